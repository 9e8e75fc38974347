"""Land as one area, coasts and borders as curves: what a drawing of the Earth starts from."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiLineString

from rangemap.places import topology
from rangemap.places.basemap import Scale, basemap_topology, countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_SEAM_DEG = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The base map without its countries.

    Attributes
    ----------
    land
        All land, one lon/lat area in degrees, cut at ±180°.
    edges
        Coasts and borders together, without the seams where the map is cut but no coast is.
    coasts, borders
        The same apart: what one country has to itself, and what two share.
    """

    land: BaseGeometry
    edges: MultiLineString
    coasts: MultiLineString
    borders: MultiLineString


@cache
def outlines(scale: Scale) -> Outlines:
    """Return land, coasts and borders of the "50m" or "110m" base map."""
    source = json.loads(basemap_topology(scale))
    arcs = topology.arcs(source)
    used = Counter(_indices(geometry["arcs"] for geometry in source["objects"]["countries"]["geometries"]))
    drawn = [(arc, used[place]) for place, arc in enumerate(arcs) if not _is_seam(arc)]
    return Outlines(
        land=shapely.coverage_union_all([country.geometry for country in countries(scale)]),
        edges=MultiLineString([arc for arc, _ in drawn]),
        coasts=MultiLineString([arc for arc, times in drawn if times < 2]),  # noqa: PLR2004 - a border has two sides
        borders=MultiLineString([arc for arc, times in drawn if times >= 2]),  # noqa: PLR2004 - the same
    )


def _indices(nested: Iterable[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, int):
            yield item if item >= 0 else ~item
        else:
            yield from _indices(item)


def _is_seam(arc: NDArray[np.float64]) -> bool:
    """Tell whether an arc runs along ±180° or the pole, where the map is cut but no coast is."""
    return bool(np.all(np.abs(arc[:, 0]) > 180 - _SEAM_DEG) or np.all(arc[:, 1] < _SEAM_DEG - 90))
