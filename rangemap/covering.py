"""The ranges at which a region's reach touches an area, and at which it covers the whole of it.

The second is the greatest distance from any point of the area to the *nearest* point of the region, so the reach at
that range contains the area. (The farthest distance between two areas, from end to end, is longer.)

The distance to a region changes by at most a kilometre a kilometre, which bounds it along a stretch of boundary whose
two ends are measured. Stretches that can't hold an extreme are dropped, the others halved. Inside an area the greatest
distance can only lie where the region surrounds it, within a cap about the region or about its antipode; there, cells
of a grid are halved by the same bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from rangemap.geodesy import nearest_distances

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

    Fill: TypeAlias = Polygon | MultiPolygon
    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.intp]
    Bools: TypeAlias = NDArray[np.bool_]

NEAREST_TOLERANCE_KM = 0.02
TOLERANCE_KM = 0.2
INSIDE_TOLERANCE_KM = 2.0

_KM_A_DEGREE = 111.7
"""No degree of a meridian or a parallel is longer."""
_FIRST_KM = 600.0
_FIRST_CELL_DEG = 4.0


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


def extremes_km(region: Fill, areas: Sequence[Fill]) -> tuple[Floats, Floats]:
    """Return the ranges at which a region's reach touches each area, and at which it covers it.

    Parameters
    ----------
    region, areas
        Valid polygons in degrees, longitude first, cut at the antimeridian.

    Returns
    -------
    nearest_km, covering_km
        Kilometres, shape (len(areas),) each. Nearest is 0 where they meet, and at most 30 m too great; covering is at
        most 0.2 km too small, or 2 km where it lies inside an area.
    """
    if not areas:
        return np.zeros(0), np.zeros(0)
    walk, start, end, owner = _stretches(areas)
    nearest, covering = _along_boundaries(region, walk, start, end, owner)
    shapely.prepare(region)
    nearest[shapely.intersects(region, np.asarray(areas, dtype=object))] = 0.0
    return nearest, _inside(region, areas, _surrounded(region, areas, walk.points(start), owner), covering)


def _along_boundaries(region: Fill, walk: _Walk, start: Floats, end: Floats, owner: Ints) -> tuple[Floats, Floats]:
    count = int(owner.max()) + 1
    ends, where = np.unique(np.concatenate([start, end]), return_inverse=True)
    measured = _km(region, walk.points(ends))[where]
    at_start, at_end = measured[: len(start)], measured[len(start) :]
    least, most = np.full(count, np.inf), np.zeros(count)
    np.minimum.at(least, owner, np.minimum(at_start, at_end))
    np.maximum.at(most, owner, np.maximum(at_start, at_end))
    while len(start):
        mean, half = (at_start + at_end) / 2, (end - start) / 2
        farther = mean + half > most[owner] + TOLERANCE_KM
        nearer = np.maximum(mean - half, 0) < least[owner] - NEAREST_TOLERANCE_KM
        open_ = farther | nearer
        start, end, at_start, at_end = (each[open_] for each in (start, end, at_start, at_end))
        owner = owner[open_]
        middle = (start + end) / 2
        at_middle = _km(region, walk.points(middle))
        np.minimum.at(least, owner, at_middle)
        np.maximum.at(most, owner, at_middle)
        start, end = np.concatenate([start, middle]), np.concatenate([middle, end])
        at_start, at_end = np.concatenate([at_start, at_middle]), np.concatenate([at_middle, at_end])
        owner = np.concatenate([owner, owner])
    return least, most


def marked(areas: Sequence[Fill], apart_km: float) -> tuple[Floats, Ints]:
    """Return points along the boundaries of areas, no more than so far apart, and the area of each.

    Returns
    -------
    lonlat, owner
        Degrees, shape (n, 2), and indices, shape (n,).
    """
    walk, start, _, owner = _stretches(areas, apart_km)
    return walk.points(start), owner


def _stretches(areas: Sequence[Fill], most_km: float = _FIRST_KM) -> tuple[_Walk, Floats, Floats, Ints]:
    """Lay all boundaries out as one walk, and divide every ring of it into stretches of up to so many kilometres."""
    polygons, of_area = shapely.get_parts(np.asarray(areas, dtype=object), return_index=True)
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


def _km(region: Fill, lonlat: Floats) -> Floats:
    return nearest_distances(region, lonlat)


def _surrounded(region: Fill, areas: Sequence[Fill], marks: Floats, owner: Ints) -> list[int]:
    """Name the areas that reach into the cap about the region or the cap opposite to it.

    `marks` are points of their boundaries no more than 600 km apart, so that one is that near to any other point.
    """
    vectors = _unit_vectors(shapely.get_coordinates(region))
    centre = vectors.mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    radius = np.arccos(max(float((vectors @ centre).min()) - 0.01, 0.0))
    limit = np.cos(radius + np.radians(_FIRST_KM / 2 / 110))
    near = set(owner[np.abs(_unit_vectors(marks) @ centre) >= limit].tolist())
    lon, lat = np.degrees([np.arctan2(centre[1], centre[0]), np.arcsin(np.clip(centre[2], -1, 1))])
    middles = shapely.points([lon, (lon + 360) % 360 - 180], [lat, -lat])
    holding = [
        k for middle in middles for k in np.flatnonzero(shapely.intersects(np.asarray(areas, dtype=object), middle))
    ]
    return sorted(near.union(map(int, holding)))


def _unit_vectors(lonlat: Floats) -> Floats:
    lon, lat = np.radians(lonlat).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _first_cells(area: Fill) -> Floats:
    """Return the centres of the first cells that touch an area, degrees, shape (n, 2)."""
    half = _FIRST_CELL_DEG / 2
    west, south, east, north = area.bounds
    lon = np.arange(west + half, east + half, 2 * half)
    lat = np.arange(south + half, north + half, 2 * half)
    centres = np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
    return centres[_touching(area, centres, half)]


def _touching(area: Fill, centres: Floats, half: float) -> Bools:
    lon, lat = centres.T
    shapely.prepare(area)
    touching: Bools = shapely.intersects(area, shapely.box(lon - half, lat - half, lon + half, lat + half))
    return touching


def _inside(region: Fill, areas: Sequence[Fill], which: Sequence[int], best: Floats) -> Floats:
    """Raise the greatest distances found so far by points inside the areas named by `which`."""
    best, half = best.copy(), _FIRST_CELL_DEG / 2
    first = [_first_cells(areas[index]) for index in which]
    owner = np.repeat(np.array(which, dtype=np.intp), [len(cells) for cells in first])
    centres = np.concatenate([*first, np.zeros((0, 2))])
    while len(centres):
        lon, lat = np.clip(centres, (-180, -90), (180, 90)).T
        measured = _km(region, np.stack([lon, lat], axis=1))
        within = _each(owner, partial(_holding, areas, lon, lat))
        np.maximum.at(best, owner[within], measured[within])
        widest = np.cos(np.radians(np.maximum(np.abs(centres[:, 1]) - half, 0)))
        open_ = measured + _KM_A_DEGREE * half * np.hypot(widest, 1) > best[owner] + INSIDE_TOLERANCE_KM
        half /= 2
        quarters = np.array([(x, y) for x in (-half, half) for y in (-half, half)])
        centres = (centres[open_][:, None] + quarters).reshape(-1, 2)
        owner = np.repeat(owner[open_], len(quarters))
        keep = _each(owner, partial(_meeting, areas, centres, half))
        centres, owner = centres[keep], owner[keep]
    return best


def _holding(areas: Sequence[Fill], lon: Floats, lat: Floats, index: int, own: Bools) -> Bools:
    holding: Bools = shapely.intersects_xy(areas[index], lon[own], lat[own])
    return holding


def _meeting(areas: Sequence[Fill], centres: Floats, half: float, index: int, own: Bools) -> Bools:
    return _touching(areas[index], centres[own], half)


def _each(owner: Ints, test: Callable[[int, Bools], Bools]) -> Bools:
    """Apply a test of one area to the rows that it owns."""
    found = np.zeros(len(owner), dtype=bool)
    for index in np.unique(owner):
        own = owner == index
        found[own] = test(int(index), own)
    return found
