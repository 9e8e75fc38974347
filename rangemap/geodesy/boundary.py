"""The boundary of a region as points, dense enough that discs about them stand for discs about every point.

Edges are straight in longitude and latitude (RFC 7946), so they are divided there, not along geodesics: the 49th
parallel stays a parallel. Two kinds of edge are no boundary at all and are dropped: seams on ±180 that another part
continues, and edges along a pole. Consecutive points are gathered in blocks, each inside a spherical cap, so that
most of a long boundary can be set aside by one comparison a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from rangemap.errors import RegionError
from rangemap.geodesy.ellipsoid import MEAN_RADIUS_M, unit_vectors
from rangemap.geodesy.tree import occurring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

_BLOCK = 32
_SEAM_DEG = 180 - 1e-9
_BOUNDS_DEG = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Edges:
    """The real boundary edges of a region, ring after ring: degrees, shapes (n,)."""

    lon1: Floats
    lat1: Floats
    lon2: Floats
    lat2: Floats

    def take(self, index: Ints | Bools) -> Edges:
        """Return some of the edges."""
        return Edges(self.lon1[index], self.lat1[index], self.lon2[index], self.lat2[index])

    @classmethod
    def join(cls, *parts: Edges) -> Edges:
        """Return the edges of several collections."""
        return cls(
            np.concatenate([part.lon1 for part in parts]),
            np.concatenate([part.lat1 for part in parts]),
            np.concatenate([part.lon2 for part in parts]),
            np.concatenate([part.lat2 for part in parts]),
        )

    def lengths_m(self) -> Floats:
        """Return how long the edges are as drawn in longitude and latitude, never too short."""
        widest = np.cos(np.radians(np.minimum(np.abs(self.lat1), np.abs(self.lat2))))
        east = widest * (self.lon2 - self.lon1)
        return np.radians(np.hypot(east, self.lat2 - self.lat1)) * 1.006 * MEAN_RADIUS_M


_POINT = Edges(*np.zeros((4, 1)))


@dataclass(frozen=True)
class Points:
    """Boundary points in order, as degrees and as unit vectors at reduced latitude.

    Attributes
    ----------
    lon, lat
        Degrees, shape (n,).
    vectors
        Shape (3, n).
    """

    lon: Floats
    lat: Floats
    vectors: Floats

    def __len__(self) -> int:
        return len(self.lon)

    def take(self, index: Ints | Bools) -> Points:
        """Return some of the points, in order."""
        return Points(self.lon[index], self.lat[index], self.vectors[:, index])

    @cached_property
    def blocks(self) -> Blocks:
        """The points in blocks of 32, each within a cap."""
        return Blocks.of(self.vectors)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Caps about consecutive points.

    Attributes
    ----------
    middle
        Unit vectors of the caps' centres, shape (3, b).
    radius
        Their arc radii, radians, shape (b,).
    members
        Indices of the points, shape (b, 32); the last block repeats its last point.
    """

    middle: Floats
    radius: Floats
    members: Ints

    def take(self, index: Ints) -> Blocks:
        """Return some of the blocks."""
        return Blocks(self.middle[:, index], self.radius[index], self.members[index])

    @classmethod
    def of(cls, vectors: Floats) -> Blocks:
        """Gather points in blocks."""
        n = vectors.shape[1]
        count = -(-n // _BLOCK)
        members = np.minimum(np.arange(count * _BLOCK), n - 1).reshape(count, _BLOCK)
        inside = vectors[:, members]
        middle = inside.sum(axis=2)
        middle = middle / np.maximum(np.sqrt((middle * middle).sum(axis=0)), 1e-12)
        nearest = np.einsum("kb,kbm->bm", middle, inside).min(axis=1)
        return cls(middle, np.arccos(np.clip(nearest, -1, 1)) + 1e-9, members)


def checked_region(region: BaseGeometry) -> Polygon | MultiPolygon:
    """Return a region that can be measured from.

    Raises
    ------
    RegionError
        If it is no polygon, empty, invalid, not finite or outside ±180 and ±90.
    """
    if not isinstance(region, Polygon | MultiPolygon):
        message = f"a region must be a Polygon or MultiPolygon, not {type(region).__name__}"
        raise RegionError(message)
    if region.is_empty:
        message = "the region is empty"
        raise RegionError(message)
    west, south, east, north = region.bounds
    slack = 1e-9
    if not (
        west >= _BOUNDS_DEG[0] - slack
        and south >= _BOUNDS_DEG[1] - slack
        and east <= _BOUNDS_DEG[2] + slack
        and north <= _BOUNDS_DEG[3] + slack
    ):
        message = f"the region's bounds {region.bounds} are not inside ±180, ±90 (longitude first)"
        raise RegionError(message)
    if not region.is_valid:
        message = f"the region is not valid: {shapely.is_valid_reason(region)}"
        raise RegionError(message)
    return region


def real_edges(region: Polygon | MultiPolygon) -> Edges:
    """Return a region's edges without seams on ±180 and edges along a pole."""
    rings = shapely.get_rings(shapely.get_parts(region))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    edges = Edges(*(xy[:-1][same].T), *(xy[1:][same].T))
    edges = edges.take(~_along_pole(edges))
    east = (edges.lon1 >= _SEAM_DEG) & (edges.lon2 >= _SEAM_DEG)
    west = (edges.lon1 <= -_SEAM_DEG) & (edges.lon2 <= -_SEAM_DEG)
    if not (east.any() and west.any()):
        return edges
    left = [_uncontinued(edges.take(here), edges.take(there)) for here, there in ((east, west), (west, east))]
    return Edges.join(edges.take(~east & ~west), *left)


def edges_of(areas: Sequence[Polygon | MultiPolygon]) -> tuple[Edges, Ints]:
    """Return the real edges of many areas, and the area of each; an area without any stands as one point."""
    polygons, of_area = shapely.get_parts(np.asarray(areas, dtype=object), return_index=True)
    rings, of_polygon = shapely.get_rings(polygons, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    edges, group = Edges(*(xy[:-1][same].T), *(xy[1:][same].T)), of_area[of_polygon[ring[:-1][same]]]
    on_seam = (np.abs(edges.lon1) >= _SEAM_DEG) & (np.abs(edges.lon2) >= _SEAM_DEG)
    cut = occurring(group[on_seam | _along_pole(edges)])
    is_plain = np.ones(len(areas), dtype=bool)
    is_plain[cut] = False
    plain = is_plain[group]
    parts = [edges.take(plain), *(real_edges(areas[k]) for k in cut)]
    sizes = [len(part.lon1) for part in parts[1:]]
    parts += [_POINT] * sizes.count(0)
    group = np.concatenate([group[plain], np.repeat(cut, sizes), cut[np.array(sizes, dtype=np.intp) == 0]])
    order = np.argsort(group, kind="stable")
    return Edges.join(*parts).take(order), group[order]


def _along_pole(edges: Edges) -> Bools:
    at = 90 - 1e-9
    return ((edges.lat1 >= at) & (edges.lat2 >= at)) | ((edges.lat1 <= -at) & (edges.lat2 <= -at))


def _uncontinued(here: Edges, there: Edges) -> Edges:
    """Return what of the edges on one side of the antimeridian no edge on the other side continues."""
    ours, theirs = (
        shapely.union_all(shapely.linestrings([[(0, a), (0, b)] for a, b in zip(side.lat1, side.lat2, strict=True)]))
        for side in (here, there)
    )
    lines = [line for line in shapely.get_parts(ours.difference(theirs)) if line.length > 1e-9]  # noqa: PLR2004 - 0.1 mm
    ends = np.array([shapely.get_coordinates(line)[[0, -1], 1] for line in lines]).reshape(-1, 2)
    lon = np.full(len(ends), here.lon1[0])
    return Edges(lon, ends[:, 0], lon, ends[:, 1])


def spacing_m(edges: Edges, range_m: float, sagitta_m: float, *, greatest_m: float = 300_000.0) -> Floats:
    """Return how far apart points may be along each edge, metres, shape (n,).

    Between two points at distance s, discs of radius r about them fall short of the edge's own offset curve by
    s²/8 times the difference of curvature: |cot r| of the circle, and that of a line straight in longitude and
    latitude, at most tan φ · sin β (1 + cos² β) for heading β.
    """
    lat = np.radians(np.minimum(np.maximum(np.abs(edges.lat1), np.abs(edges.lat2)), 89.9))
    east = np.abs(edges.lon2 - edges.lon1) * np.cos(lat)
    north = np.abs(edges.lat2 - edges.lat1)
    sine = east / np.maximum(np.hypot(east, north), 1e-300)
    line = np.tan(lat) * sine * (2 - sine * sine) / MEAN_RADIUS_M
    circle = abs(1 / np.tan(range_m / MEAN_RADIUS_M)) / MEAN_RADIUS_M
    step_m: Floats = np.minimum(np.sqrt(8 * sagitta_m / (circle + line)), greatest_m)
    return step_m


def points_along(edges: Edges, step_m: Floats | float) -> Points:
    """Return distinct points along edges, in order, no further apart than a step."""
    pieces = np.maximum(np.ceil(edges.lengths_m() / step_m), 1).astype(np.intp)
    edge = np.repeat(np.arange(len(pieces)), pieces)
    first = np.cumsum(pieces) - pieces
    share = (np.arange(len(edge)) - first[edge]) / pieces[edge]
    lon = edges.lon1[edge] + share * (edges.lon2 - edges.lon1)[edge]
    lat = edges.lat1[edge] + share * (edges.lat2 - edges.lat1)[edge]
    ends = _chain_ends(edges)
    return distinct(np.concatenate([lon, edges.lon2[ends]]), np.concatenate([lat, edges.lat2[ends]]))


def _chain_ends(edges: Edges) -> Bools:
    """Tell edges whose end no later edge starts from: the last ones before a dropped seam."""
    starts = edges.lon1 + 1j * edges.lat1
    return ~np.isin(edges.lon2 + 1j * edges.lat2, starts)


def distinct(lon: Floats, lat: Floats) -> Points:
    """Return points without repetitions, in order of first appearance."""
    lon = np.where(np.abs(lat) > 90 - 1e-9, 0.0, np.where(lon <= -180 + 1e-9, lon + 360, lon))
    _, first = np.unique(np.round(lon, 9) + 1j * np.round(lat, 9), return_index=True)
    first.sort()
    lon, lat = lon[first], lat[first]
    return Points(lon, lat, unit_vectors(lon, lat))
