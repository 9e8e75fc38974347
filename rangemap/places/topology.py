"""Decode TopoJSON polygons: delta-encoded arcs on an integer grid, shared by the areas on both their sides."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

Line: TypeAlias = "NDArray[np.float64]"
"""Positions in degrees, longitude first: shape (n, 2)."""

_DECIMALS = 9
"""Takes back the rounding of `steps × scale`, so that one node is the same number in every ring."""


def walked(arcs: Sequence[Sequence[Sequence[int]]]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the positions of delta-encoded arcs on their grid, one arc after the other, and where each begins."""
    steps = np.fromiter(chain.from_iterable(chain.from_iterable(arcs)), dtype=np.int64).reshape(-1, 2)
    sizes = np.fromiter(map(len, arcs), dtype=np.intp)
    starts = np.cumsum(sizes) - sizes
    positions = np.cumsum(steps, axis=0)
    before = positions[starts] - steps[starts]
    return positions - np.repeat(before, sizes, axis=0), starts


def arcs(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs of a topology in degrees, each of shape (n, 2)."""
    positions, starts = in_degrees(topology)
    return np.split(positions, starts[1:])


def rings(geometry: dict[str, Any], lines: Sequence[Line]) -> list[list[Line]]:
    """Return the polygons of a TopoJSON geometry as closed rings in degrees: the exterior first, then the holes."""
    return [[_ring(indices, lines) for indices in polygon] for polygon in polygons(geometry)]


def shapes(topology: dict[str, Any], geometries: Sequence[dict[str, Any]]) -> list[Polygon | MultiPolygon]:
    """Return TopoJSON geometries as shapely areas, all in one go; a MultiPolygon of one part becomes a Polygon."""
    found = [polygons(geometry) for geometry in geometries]
    parts = list(chain.from_iterable(found))
    positions, of_ring = _joined(list(chain.from_iterable(parts)), *in_degrees(topology))
    drawn = shapely.polygons(shapely.linearrings(positions, indices=of_ring), indices=_owners(map(len, parts)))
    areas = shapely.multipolygons(drawn, indices=_owners(map(len, found))).tolist()
    return [area.geoms[0] if len(own) == 1 else area for area, own in zip(areas, found, strict=True)]


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return the polygons of a geometry, each as rings of arc numbers."""
    found: list[list[list[int]]] = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return found


def in_degrees(topology: dict[str, Any]) -> tuple[Line, NDArray[np.intp]]:
    """Return the positions of all arcs in degrees, one arc after the other, and where each begins."""
    positions, starts = walked(topology["arcs"])
    scale, translate = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    return np.round(positions * scale + translate, _DECIMALS), starts


def _joined(outlines: Sequence[list[int]], positions: Line, starts: NDArray[np.intp]) -> tuple[Line, NDArray[np.intp]]:
    """Walk along rings of arcs; ~i is arc i backwards, and an arc begins where the one before it ends.

    Returns
    -------
    tuple
        The positions of all rings, and the ring of each.
    """
    number = np.fromiter(chain.from_iterable(outlines), dtype=np.intp)
    of_ring = _owners(map(len, outlines))
    goes_on = np.diff(of_ring, prepend=-1) == 0
    arc = np.where(number < 0, ~number, number)
    sizes = np.diff(starts, append=len(positions))[arc]
    first = np.where(number < 0, starts[arc] + sizes - 1 - goes_on, starts[arc] + goes_on)
    counts = sizes - goes_on
    nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(first, counts) + nth * np.repeat(np.where(number < 0, -1, 1), counts)
    return positions[places], np.repeat(of_ring, counts)


def _owners(sizes: Iterable[int]) -> NDArray[np.intp]:
    """Say for each member which group it belongs to, from the groups' sizes."""
    found = np.fromiter(sizes, dtype=np.intp)
    return np.repeat(np.arange(len(found)), found)


def _ring(indices: list[int], lines: Sequence[Line]) -> Line:
    walked = [lines[i] if i >= 0 else lines[~i][::-1] for i in indices]
    return np.concatenate([walked[0], *(line[1:] for line in walked[1:])])
