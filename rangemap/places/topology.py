"""Decode TopoJSON polygons: delta-encoded arcs on an integer grid, shared by the areas on both their sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from shapely import MultiPolygon, Polygon

if TYPE_CHECKING:
    from numpy.typing import NDArray

Line: TypeAlias = "NDArray[np.float64]"
"""Positions in degrees, longitude first: shape (n, 2)."""

_DECIMALS = 9
"""Takes back the rounding of `steps × scale`, so that one node is the same number in every ring."""


def arcs(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs of a topology in degrees, each of shape (n, 2)."""
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    return [np.round(np.cumsum(np.array(arc), axis=0) * scale + translate, _DECIMALS) for arc in topology["arcs"]]


def rings(geometry: dict[str, Any], lines: list[Line]) -> list[list[Line]]:
    """Return the polygons of a TopoJSON geometry as closed rings in degrees: the exterior first, then the holes."""
    if geometry["type"] == "Polygon":
        return [[_ring(indices, lines) for indices in geometry["arcs"]]]
    return [[_ring(indices, lines) for indices in polygon] for polygon in geometry["arcs"]]


def shape(geometry: dict[str, Any], lines: list[Line]) -> Polygon | MultiPolygon:
    """Return a TopoJSON geometry as a shapely area; a MultiPolygon of one part becomes a Polygon."""
    parts = [Polygon(outer, holes) for outer, *holes in rings(geometry, lines)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _ring(indices: list[int], lines: list[Line]) -> Line:
    walked = [lines[i] if i >= 0 else lines[~i][::-1] for i in indices]
    return np.concatenate([walked[0], *(line[1:] for line in walked[1:])])
