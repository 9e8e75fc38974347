"""Distances between regions, and from a region to many points: nearest and furthest, and where.

Nearest points of areas that do not overlap lie on their boundaries; furthest points do unless one area holds the
antipode of a point of the other, which is then half a meridian away. `closest` searches the boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from rangemap.errors import UsageError
from rangemap.geodesy.boundary import checked_region, edges_of
from rangemap.geodesy.closest import closest, closest_to_points
from rangemap.geodesy.ellipsoid import HALF_MERIDIAN_M, unit_vectors
from rangemap.geodesy.seam import polygonal
from rangemap.geodesy.stretches import Stretches
from rangemap.types import LonLat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike
    from shapely import MultiPolygon, Polygon

    from rangemap.geodesy.closest import Closest
    from rangemap.geodesy.ellipsoid import Floats


@dataclass(frozen=True, slots=True)
class Span:
    """How near and how far two areas are, and between which of their points.

    Attributes
    ----------
    nearest_km
        0 where they overlap or touch.
    nearest_from, nearest_to
        The points of the first and the second area that realise it.
    farthest_km
        At most 20,003.9, half a meridian.
    farthest_from, farthest_to
        The points that realise it.
    """

    nearest_km: float
    nearest_from: LonLat
    nearest_to: LonLat
    farthest_km: float
    farthest_from: LonLat
    farthest_to: LonLat


def distance(region: Polygon | MultiPolygon, area: Polygon | MultiPolygon) -> Span:
    """Return the nearest and the furthest geodesic distance between two areas, and where they run.

    Parameters
    ----------
    region, area
        Valid polygons in degrees, longitude first, cut at the antimeridian.

    Returns
    -------
    Span
        Kilometres within 10 m, and the points.

    Raises
    ------
    RegionError
        If one of them can't be measured from.
    """
    return spans(region, [area])[0]


def spans(region: Polygon | MultiPolygon, areas: Sequence[Polygon | MultiPolygon]) -> list[Span]:
    """Return the spans from one region to many areas, in their order; errors as for `distance`."""
    checked_region(region)
    for area in areas:
        checked_region(area)
    if not areas:
        return []
    ours = _stretches([region])
    theirs = _stretches(areas)
    shapely.prepare(region)
    meeting = shapely.intersects(region, np.asarray(areas, dtype=object))
    facing = shapely.intersects(_antipodes(region), np.asarray(areas, dtype=object))
    near = closest(ours, theirs, meeting)
    far = closest(ours, theirs, facing, furthest=True)
    return [
        _span(near, far, k, _shared(region, area) if meeting[k] else None, _facing(region, area) if facing[k] else None)
        for k, area in enumerate(areas)
    ]


def distances(region: Polygon | MultiPolygon, points: ArrayLike) -> tuple[Floats, Floats]:
    """Return the nearest and furthest geodesic distances from a region to many points.

    Parameters
    ----------
    region
        Valid polygons in degrees, longitude first, cut at the antimeridian.
    points
        Longitudes and latitudes, degrees, shape (n, 2).

    Returns
    -------
    nearest_km, farthest_km
        Kilometres within 10 m, shape (n,) each. Nearest is 0 for points of the region; farthest is half a meridian
        (20,003.9 km) for points whose antipode belongs to it.

    Raises
    ------
    RegionError
        If the region can't be measured from.
    UsageError
        If the points are no such array.
    """
    checked_region(region)
    lon, lat = _checked_points(points)
    ours = _stretches([region])
    shapely.prepare(region)
    facing = shapely.intersects_xy(region, _across(lon), -lat)
    far_m = np.full(len(lon), HALF_MERIDIAN_M)
    far_m[~facing] = closest_to_points(ours, unit_vectors(lon[~facing], lat[~facing]), furthest=True)
    return _nearest_km(region, ours, lon, lat), far_m / 1000


def nearest_distances(region: Polygon | MultiPolygon, points: ArrayLike) -> Floats:
    """Return the nearest geodesic distances from a region to many points, at half the cost of `distances`.

    Returns
    -------
    ndarray
        Kilometres within 10 m, shape (n,); 0 for points of the region.

    Raises
    ------
    RegionError, UsageError
        As for `distances`.
    """
    checked_region(region)
    lon, lat = _checked_points(points)
    shapely.prepare(region)
    return _nearest_km(region, _stretches([region]), lon, lat)


def _nearest_km(region: Polygon | MultiPolygon, ours: Stretches, lon: Floats, lat: Floats) -> Floats:
    outside = ~shapely.intersects_xy(region, lon, lat)
    near_km = np.zeros(len(lon))
    near_km[outside] = closest_to_points(ours, unit_vectors(lon[outside], lat[outside])) / 1000
    return near_km


def _checked_points(points: ArrayLike) -> tuple[Floats, Floats]:
    array = np.asarray(points, dtype=float)
    if array.size == 0:
        array = array.reshape(0, 2)
    if array.ndim != 2 or array.shape[1] != 2:  # noqa: PLR2004 - longitude and latitude
        message = f"points must be an array of longitude and latitude, shape (n, 2), not {array.shape}"
        raise UsageError(message)
    lon, lat = np.ascontiguousarray(array.T)
    if not (np.isfinite(lon).all() and (np.abs(lat) <= 90).all()):  # noqa: PLR2004 - the poles
        message = "points must be finite, with latitudes within ±90"
        raise UsageError(message)
    return (lon + 180) % 360 - 180, lat


def _across(lon: Floats) -> Floats:
    return np.where(lon > 0, lon - 180, lon + 180)


def _stretches(areas: Sequence[Polygon | MultiPolygon]) -> Stretches:
    """Return the stretches of areas, one group each; an area without boundary stands as one point."""
    return Stretches.of_edges(*edges_of(areas))


def _antipodes(region: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return the points opposite to those of a region, cut at the antimeridian again."""
    turned = [
        shapely.transform(shapely.intersection(region, half), lambda xy, shift=shift: xy * (1, -1) + (shift, 0))
        for half, shift in ((shapely.box(-180, -90, 0, 90), 180.0), (shapely.box(0, -90, 180, 90), -180.0))
    ]
    return polygonal(shapely.GeometryCollection(turned))


def _shared(region: Polygon | MultiPolygon, area: Polygon | MultiPolygon) -> LonLat:
    point = shapely.intersection(region, area).representative_point()
    return LonLat(float(point.x), float(point.y))


def _facing(region: Polygon | MultiPolygon, area: Polygon | MultiPolygon) -> tuple[LonLat, LonLat]:
    there = _shared(_antipodes(region), area)
    here = LonLat(float(_across(np.array(there.lon))), -there.lat)
    return here, there


def _span(near: Closest, far: Closest, k: int, shared: LonLat | None, facing: tuple[LonLat, LonLat] | None) -> Span:
    nearest = (0.0, shared, shared) if shared else _ends(near, k)
    farthest = (HALF_MERIDIAN_M / 1000, *facing) if facing else _ends(far, k)
    return Span(*nearest, *farthest)


def _ends(found: Closest, k: int) -> tuple[float, LonLat, LonLat]:
    return (
        float(found.distance_m[k]) / 1000,
        LonLat(float(found.from_lon[k]), float(found.from_lat[k])),
        LonLat(float(found.to_lon[k]), float(found.to_lat[k])),
    )
