"""The ranges at which a region's reach touches an area, and at which it covers the whole of it.

The second is the greatest distance from any point of the area to the *nearest* point of the region, so the reach at
that range contains the area. (The farthest distance between two areas, from end to end, is longer.)

Along boundaries, stretches that can't hold an extreme are sifted out by caps; the nearest of the rest are searched in
pairs, the furthest by cuts (`geodesy.furthest`). Inside an area the greatest distance can only lie where the region
surrounds it, within a cap about the region or about its antipode; there, cells of a grid are halved, since the distance
changes by at most a kilometre a kilometre.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from rangemap.geodesy.boundary import checked_region, edges_of
from rangemap.geodesy.closest import closest, nearest_of
from rangemap.geodesy.ellipsoid import B_M, lonlat_of, unit_vectors
from rangemap.geodesy.furthest import furthest
from rangemap.geodesy.sift import Caps, sift
from rangemap.geodesy.stretches import Stretches
from rangemap.geodesy.tree import occurring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

    from rangemap.geodesy.furthest import Cuts

    Fill: TypeAlias = Polygon | MultiPolygon
    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.intp]
    Bools: TypeAlias = NDArray[np.bool_]

INSIDE_TOLERANCE_KM = 2.0

_KM_A_DEGREE = 111.7
"""No degree of a meridian or a parallel is longer."""
_FIRST_CELL_DEG = 4.0
_MARKS_M = 50_000.0
_COARSE_M = 300_000.0
_FINE_M = 60_000.0


@dataclass(frozen=True, slots=True)
class _Launch:
    """A region ready to be measured from."""

    region: Fill
    stretches: Stretches

    @classmethod
    def of(cls, region: Fill) -> _Launch:
        checked_region(region)
        shapely.prepare(region)
        return cls(region, Stretches.of_edges(*edges_of([region])))

    def holds(self, vectors: Floats) -> Bools:
        """Tell which points lie in the region."""
        holding: Bools = shapely.intersects_xy(self.region, *lonlat_of(vectors))
        return holding

    def nearest(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Measure points in degrees: distances in metres, and where in the region they end, as unit vectors."""
        feet, distance_m = unit_vectors(lon, lat), np.zeros(len(lon))
        outside = np.flatnonzero(~shapely.intersects_xy(self.region, lon, lat))
        distance_m[outside], feet[:, outside] = nearest_of(self.stretches, feet.take(outside, axis=1))
        return distance_m, feet


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

    Raises
    ------
    RegionError
        If the region can't be measured from.
    """
    if not areas:
        return np.zeros(0), np.zeros(0)
    launch, outlines = _Launch.of(region), np.asarray(areas, dtype=object)
    meeting, held = shapely.intersects(region, outlines), shapely.covers(region, outlines)
    marks = Caps.of(launch.stretches, _MARKS_M)
    edges, owner = edges_of(areas)
    whole = Stretches.whole(edges, owner)
    caps = Caps.of(whole, _COARSE_M)
    coarse = sift(marks, caps, launch.holds(caps.centre), len(areas))
    keep = coarse.near | coarse.far
    theirs = Stretches.of_edges(edges.take(keep), owner[keep])
    runs = Caps.of(theirs, _FINE_M)
    fine = sift(marks, runs, launch.holds(runs.centre), len(areas))
    nearest_m = closest(launch.stretches, theirs.take(fine.near), meeting).distance_m
    far = fine.far & ~held[theirs.group]
    covering_m, cuts = furthest(theirs.take(far), fine.bound_m[far], len(areas), launch.nearest)
    which = [index for index in _surrounded(launch, areas, caps) if not held[index]]
    return np.where(meeting, 0.0, nearest_m / 1000), _inside(launch, areas, which, covering_m / 1000, cuts)


def _surrounded(launch: _Launch, areas: Sequence[Fill], caps: Caps) -> list[int]:
    """Name the areas that reach into the cap about the region or the cap opposite to it."""
    vectors = unit_vectors(*shapely.get_coordinates(launch.region).T)
    centre = vectors.mean(axis=1)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    radius = np.arccos(max(float((centre @ vectors).min()) - 0.01, 0.0))
    arcs = np.arccos(np.minimum(np.abs(centre @ caps.centre), 1))
    near = set(caps.group[arcs <= radius + caps.radius_m / B_M].tolist())
    lon, lat = lonlat_of(centre)
    middles = shapely.points([lon, (lon + 360) % 360 - 180], [lat, -lat])
    holding = [
        k for middle in middles for k in np.flatnonzero(shapely.intersects(np.asarray(areas, dtype=object), middle))
    ]
    return sorted(near.union(map(int, holding)))


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


def _inside(launch: _Launch, areas: Sequence[Fill], which: Sequence[int], best: Floats, cuts: Cuts) -> Floats:
    """Raise the greatest distances found so far by points inside the areas named by `which`.

    Only cells that the cuts leave open are measured.
    """
    best, half = best.copy(), _FIRST_CELL_DEG / 2
    first = [_first_cells(areas[index]) for index in which]
    owner = np.repeat(np.array(which, dtype=np.intp), [len(cells) for cells in first])
    centres = np.concatenate([*first, np.zeros((0, 2))])
    while len(centres):
        lon, lat = np.clip(centres, (-180, -90), (180, 90)).T
        bound = cuts.bound_m(unit_vectors(lon, lat), owner) / 1000
        high = np.flatnonzero(bound > best[owner])
        bound[high] = launch.nearest(lon[high], lat[high])[0] / 1000
        within = high[_each(owner[high], partial(_holding, areas, lon[high], lat[high]))]
        np.maximum.at(best, owner[within], bound[within])
        widest = np.cos(np.radians(np.maximum(np.abs(centres[:, 1]) - half, 0)))
        open_ = bound + _KM_A_DEGREE * half * np.hypot(widest, 1) > best[owner] + INSIDE_TOLERANCE_KM
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
    for index in occurring(owner):
        own = owner == index
        found[own] = test(int(index), own)
    return found
