"""Between which two ranges a requirement lies, from many launch regions at once and in a moment.

Outlines are stood for by points some 50 km apart, and arcs on the sphere of reduced latitudes bound the geodesics: no
distance is shorter than the polar radius times the arc, none longer than the equatorial radius times it. Whoever asks
whether a figure suffices needs to measure only where it lies between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from rangemap import areas, places
from rangemap.geodesy.ellipsoid import A_M, B_M, unit_vectors
from rangemap.needs import evenly_over

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

    from rangemap.areas import Area
    from rangemap.catalogue.requirement import Requirement
    from rangemap.places import Region

    Fill: TypeAlias = Polygon | MultiPolygon
    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.intp]

_KM_A_DEGREE = 111.7
"""No degree of a meridian or a parallel is longer."""
_APART_KM = 50.0
_CELL_DEG = 0.45
_TO_MARK_KM = _APART_KM / 2
"""No point of a boundary is farther from a mark on it."""
_TO_SPOT_KM = 36.0 + _TO_MARK_KM
"""No point of an area is farther from a spot in it: half the diagonal of a cell, and on to a mark beyond a border."""
_FURTHEST_KM = 20_004.0


def bounds_km(regions: Sequence[Region], requirement: Requirement) -> tuple[Floats, Floats]:
    """Return two ranges for each launch region; what the requirement takes from there lies between them.

    Parameters
    ----------
    regions
        Parts of one country.

    Returns
    -------
    low_km, high_km
        Kilometres, shape (len(regions),) each, as a rule 100 to 150 km apart. They say nothing (0 and half the
        Earth's girth) where the area lies in the regions' own country.
    """
    if requirement.extent == "beyond":
        exact = np.full(len(regions), requirement.distance_km)
        return exact, exact
    area = areas.area(requirement.area).seen_from(regions[0].country)
    if any(_is_within(part.geometry, regions[0].country) for part in area.parts):
        return np.zeros(len(regions)), np.full(len(regions), _FURTHEST_KM)
    ends = np.array([_ends_km(region, area, requirement) for region in regions])
    return np.maximum(ends[:, 0], 0.0), np.minimum(ends[:, 1], _FURTHEST_KM)


@cache
def _is_within(outline: shapely.Geometry, country: str) -> bool:
    """Tell whether one holds the other; where borders only meet or cross, marks on them tell all."""
    own = places.country(country).geometry
    return bool(own.intersects(outline.representative_point()) or outline.intersects(own.representative_point()))


def _ends_km(region: Region, area: Area, requirement: Requirement) -> tuple[float, float]:
    ids = tuple(part.id for part in area.parts)
    if requirement.extent == "share":
        arcs = np.sort(_arcs(region, _vectors_of_sample(area.id, ids)))
        arc = arcs[min(int(np.ceil(requirement.share * len(arcs))), len(arcs) - 1)]
        return arc * B_M / 1000 - _TO_MARK_KM, arc * A_M / 1000
    marks, spots = _points(area.id, ids)
    if requirement.extent == "all":
        arc = max(float(_arcs(region, each).max()) for each in spots)
        return arc * B_M / 1000 - _TO_MARK_KM, arc * A_M / 1000 + _TO_SPOT_KM
    arcs = np.sort([float(_arcs(region, each).min()) for each in marks])
    arc = arcs[{"each": len(arcs) - 1, "most": len(arcs) // 2}.get(requirement.extent, 0)]
    return arc * B_M / 1000 - 2 * _TO_MARK_KM, arc * A_M / 1000


def _arcs(region: Region, vectors: Floats) -> Floats:
    """Return the arcs from points to the nearest mark of a region, radians."""
    arcs: Floats = np.arccos(np.clip((_marks_of(region).T @ vectors).max(axis=0), -1, 1))
    return arcs


@cache
def _marks_of(region: Region) -> Floats:
    return unit_vectors(*_marked([region.geometry], _APART_KM)[0].T)


@cache
def _points(area_id: str, part_ids: tuple[str, ...]) -> tuple[list[Floats], list[Floats]]:
    """Return, for each part of an area, vectors of marks along its boundary, and of spots all over it."""
    outlines = {part.id: part.geometry for part in areas.area(area_id).parts}
    parts = [outlines[each] for each in part_ids]
    lonlat, owner = _marked(parts, _APART_KM)
    vectors = unit_vectors(*lonlat.T)
    marks = [vectors[:, owner == k] for k in range(len(parts))]
    return marks, [np.concatenate([own, _inside(part)], axis=1) for own, part in zip(marks, parts, strict=True)]


def _inside(outline: shapely.Geometry) -> Floats:
    west, south, east, north = outline.bounds
    half = _CELL_DEG / 2
    grid = np.meshgrid(np.arange(west + half, east + half, _CELL_DEG), np.arange(south + half, north + half, _CELL_DEG))
    lon, lat = (np.clip(each.ravel(), -most, most) for each, most in zip(grid, (180, 90), strict=True))
    shapely.prepare(outline)
    within = shapely.contains_xy(outline, lon, lat)
    return unit_vectors(lon[within], lat[within])


@cache
def _vectors_of_sample(area_id: str, part_ids: tuple[str, ...]) -> Floats:
    return unit_vectors(*evenly_over(area_id, part_ids).T)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The boundaries of several areas in one line, by kilometres along it (an upper bound of the true length).

    Attributes
    ----------
    at_km
        Where each vertex lies, ascending, shape (n,); rings follow one another.
    lonlat
        Degrees, shape (n, 2).
    """

    at_km: Floats
    lonlat: Floats

    def points(self, km: Floats) -> Floats:
        """Return the points at kilometres along the walk, shape (k, 2)."""
        return np.stack([np.interp(km, self.at_km, self.lonlat[:, axis]) for axis in (0, 1)], axis=1)


def _marked(outlines: Sequence[Fill], apart_km: float) -> tuple[Floats, Ints]:
    """Return points along the boundaries of areas, no more than so far apart, and the area of each.

    Returns
    -------
    lonlat, owner
        Degrees, shape (n, 2), and indices, shape (n,).
    """
    walk, start, _, owner = _stretches(outlines, apart_km)
    return walk.points(start), owner


def _stretches(outlines: Sequence[Fill], most_km: float) -> tuple[_Walk, Floats, Floats, Ints]:
    """Lay all boundaries out as one walk, and divide every ring of it into stretches of up to so many kilometres."""
    polygons, of_area = shapely.get_parts(np.asarray(outlines, dtype=object), return_index=True)
    rings, of_polygon = shapely.get_rings(polygons, return_index=True)
    lonlat, of_ring = shapely.get_coordinates(rings, return_index=True)
    first = np.flatnonzero(np.diff(of_ring, prepend=-1))
    steps = np.concatenate([[0.0], _lengths_km(lonlat)])
    steps[first] = 1.0  # from ring to ring
    walk = _Walk(np.cumsum(steps), lonlat)
    begin, stop = walk.at_km[first], walk.at_km[np.append(first[1:], len(lonlat)) - 1]
    pieces = np.maximum(np.ceil((stop - begin) / most_km), 1).astype(np.intp)
    ring = np.repeat(np.arange(len(pieces)), pieces)
    piece = np.arange(len(ring)) - (np.cumsum(pieces) - pieces)[ring]
    step = ((stop - begin) / pieces)[ring]
    start = begin[ring] + piece * step
    end = np.where(piece == pieces[ring] - 1, stop[ring], start + step)
    return walk, start, end, of_area[of_polygon[ring]]


def _lengths_km(lonlat: Floats) -> Floats:
    """Bound the lengths of edges, straight in longitude and latitude, from above."""
    east, north = np.abs(np.diff(lonlat, axis=0)).T
    low, high = lonlat[:-1, 1], lonlat[1:, 1]
    flattest = np.where(low * high < 0, 0.0, np.minimum(np.abs(low), np.abs(high)))
    widest = np.cos(np.radians(flattest))
    lengths: Floats = _KM_A_DEGREE * np.hypot(east * widest, north)
    return lengths
