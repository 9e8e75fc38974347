"""Land as one area, coasts and borders as curves: what a drawing of the Earth starts from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiLineString

from rangemap.places import topology
from rangemap.places.basemap import Scale, countries, topology_of

if TYPE_CHECKING:
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
    source = topology_of(scale)
    positions, starts = topology.in_degrees(source)
    of_arc = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(positions)))
    arcs = shapely.linestrings(positions, indices=of_arc)
    drawn, sides = ~_are_seams(positions, starts), _sides(source, len(arcs))
    return Outlines(
        land=shapely.coverage_union_all([country.geometry for country in countries(scale)]),
        edges=MultiLineString(arcs[drawn].tolist()),
        coasts=MultiLineString(arcs[drawn & (sides < 2)].tolist()),  # noqa: PLR2004 - a border has two sides
        borders=MultiLineString(arcs[drawn & (sides >= 2)].tolist()),  # noqa: PLR2004 - the same
    )


def _sides(source: dict[str, Any], arcs: int) -> NDArray[np.intp]:
    """Count how often each arc bounds a country."""
    polygons = chain.from_iterable(map(topology.polygons, source["objects"]["countries"]["geometries"]))
    used = np.fromiter(chain.from_iterable(chain.from_iterable(polygons)), dtype=np.intp)
    return np.bincount(np.where(used < 0, ~used, used), minlength=arcs)


def _are_seams(positions: NDArray[np.float64], starts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell which arcs run along ±180° or the pole, where the map is cut but no coast is."""
    lon, lat = positions.T
    at_edge = np.logical_and.reduceat(np.abs(lon) > 180 - _SEAM_DEG, starts)
    at_pole = np.logical_and.reduceat(lat < _SEAM_DEG - 90, starts)
    return np.asarray(at_edge | at_pole)
