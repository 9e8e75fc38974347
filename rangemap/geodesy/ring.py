"""Range rings: all points within a distance of one point, for any centre and any range.

A geodesic circle on an ellipsoid of revolution is its own mirror image in the centre's meridian, so half of it is
computed. Vertices are dealt out by the curvature that an edge has to follow in the worse of both projections
(`curve.relative_curvature`), on a grid of azimuths that crowds where the circle comes near a pole. Exact vertices
mark where it crosses ±180 and the rim of the Web Mercator map. Which pole is inside needs no question: see `seam`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from shapely import MultiLineString, MultiPolygon, Polygon

from rangemap.errors import RegionError
from rangemap.geodesy import seam
from rangemap.geodesy.area import Area
from rangemap.geodesy.curve import Arcs, traced
from rangemap.geodesy.ellipsoid import (
    GEOD,
    HALF_MERIDIAN_M,
    MEAN_RADIUS_M,
    MERCATOR_LIMIT_DEG,
    checked_range_m,
    checked_tolerance_m,
)
from rangemap.geodesy.far import FAR_RING_M, far_ring
from rangemap.types import LonLat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

_TOLERANCE_M = 100.0
_TOLERANCE_SHARE = 0.0005
_SAFETY = 0.8
_ROUND_M = 15_000_000.0  # beyond this the ellipsoid's circles are no longer near enough to a sphere's
_PER_M = np.pi / HALF_MERIDIAN_M
_GRID = np.linspace(0, 1, 24)
_LEAST_BEND = 0.12
_WIDEST_STEP = 0.35


def ring(center: LonLat, range_km: float, *, tolerance_m: float | None = None) -> Polygon | MultiPolygon:
    """Return all points within a range of a point.

    Parameters
    ----------
    center
        Longitude and latitude, degrees; within ±90 of latitude, any longitude.
    range_km
        Above 0 and up to 40,076 km; from about 20,004 km on, the whole Earth.
    tolerance_m
        How far a drawn edge may lie from the true circle, as a segment of longitude and latitude and as one of Web
        Mercator. By default 100 m or 0.05 % of the range, whichever is less. Vertices lie on the circle within a
        centimetre.

    Returns
    -------
    Polygon or MultiPolygon
        Degrees; valid, inside ±180 and ±90, cut at the antimeridian, closed over a pole, counter-clockwise.

    Raises
    ------
    RangeError
        If the range or the tolerance is no such number.
    RegionError
        If the centre is no point on Earth.
    """
    loop = _loop(center, range_km, tolerance_m)
    if loop is None:
        return seam.WHOLE_EARTH
    return seam.filled(seam.laid_out([loop]))


def rings(center: LonLat, ranges_km: Iterable[float], *, tolerance_m: float | None = None) -> list[Area]:
    """Return rings about a point with fill and outline, in the order of the ranges; parameters as for `ring`."""
    return [_area(center, range_km, tolerance_m) for range_km in ranges_km]


def _area(center: LonLat, range_km: float, tolerance_m: float | None) -> Area:
    loop = _loop(center, range_km, tolerance_m)
    if loop is None:
        return Area(float(range_km), seam.WHOLE_EARTH, MultiLineString())
    sheet = seam.laid_out([loop])
    return Area(float(range_km), seam.filled(sheet), seam.outline(sheet))


def _loop(center: LonLat, range_km: float, tolerance_m: float | None) -> Floats | None:
    """Return the circle counter-clockwise about its centre, shape (n, 2), or None where it encloses the Earth."""
    range_m = checked_range_m(range_km)
    if tolerance_m is None:
        tolerance_m = min(_TOLERANCE_M, _TOLERANCE_SHARE * range_m)
    lon, lat = _checked(center)
    checked_tolerance_m(tolerance_m)
    return None if range_m >= HALF_MERIDIAN_M else circle(LonLat(lon, lat), range_m, tolerance_m)


def circle(center: LonLat, range_m: float, tolerance_m: float) -> Floats:
    """Return a geodesic circle counter-clockwise about its centre, below half a meridian, shape (n, 2), degrees."""
    lon, lat = center
    if range_m > FAR_RING_M:
        return far_ring(lon, lat, range_m, _SAFETY * tolerance_m)
    if range_m > _ROUND_M:
        return _traced(lon, lat, range_m, _SAFETY * tolerance_m)
    return _mirrored(lon, *_half(lon, lat, range_m, _SAFETY * tolerance_m))


def _checked(center: LonLat) -> tuple[float, float]:
    lon, lat = float(center[0]), float(center[1])
    if not (-90 <= lat <= 90 and abs(lon) < 1e6):  # noqa: PLR2004 - also false for NaN
        message = f"a centre is longitude and latitude in degrees, not {tuple(center)}"
        raise RegionError(message)
    return (lon + 180) % 360 - 180, lat


def _traced(lon: float, lat: float, range_m: float, tolerance_m: float) -> Floats:
    low = np.array([0.0, 180.0])  # so that there are vertices where the circle is nearest to a pole
    arcs = Arcs(np.full(2, lon), np.full(2, lat), low, low + 180, np.zeros(2, dtype=np.intp), range_m)
    trace = traced(arcs, tolerance_m)
    return np.stack([trace.lon, trace.lat], axis=1)[::-1]


def _half(lon: float, lat: float, range_m: float, tolerance_m: float) -> tuple[Floats, Floats]:
    """Return the eastern half from azimuth 0 to 180: degrees east of the centre (0 to 180), and latitudes."""
    azimuth = _azimuths_deg(lat, range_m, tolerance_m)
    east, to_lat = _eastward(lon, lat, azimuth, range_m)
    marks = _crossings(LonLat(lon, lat), range_m, azimuth, east, to_lat)
    if not marks:
        return east, to_lat
    at, _, mark_east, mark_lat = np.array(sorted(marks)).T
    after = at.astype(np.intp) + 1
    return _inserted(east, after, mark_east), _inserted(to_lat, after, mark_lat)


def _inserted(values: Floats, at: Ints, more: Floats) -> Floats:
    """Return values with some more put in before those at ascending places; np.insert takes four times as long."""
    place = at + np.arange(len(at))
    old = np.ones(len(values) + len(at), dtype=bool)
    old[place] = False
    merged = np.empty(len(old))
    merged[old] = values
    merged[place] = more
    return merged


def _eastward(lon: float, lat: float, azimuth_deg: Floats, range_m: float) -> tuple[Floats, Floats]:
    n = len(azimuth_deg)
    x, y, distance = np.full(n, lon), np.full(n, lat), np.full(n, range_m)
    to_lon, to_lat, _ = GEOD.fwd(x, y, azimuth_deg.copy(), distance, inplace=True, return_back_azimuth=False)
    east = np.abs(to_lon - lon)
    return np.minimum(east, np.abs(360 - east)), to_lat


def _azimuths_deg(lat: float, range_m: float, tolerance_m: float) -> Floats:
    """Return azimuths from 0 to 180 spaced by the curvature to follow."""
    # Angles on the sphere whose meridians are as long as the ellipsoid's: the distance to the poles is then exact.
    r = range_m * _PER_M
    colatitude = _to_pole_m(lat) * _PER_M
    sin_r, cos_r = math.sin(r), math.cos(r)
    sin_0, cos_0 = math.cos(colatitude), math.sin(colatitude)
    north, south = abs(r - colatitude), abs(r - (np.pi - colatitude))
    theta = np.concatenate([_crowded(north / sin_r), np.pi - _crowded(south / sin_r)[-2::-1]])
    cos_az = np.cos(theta)
    apart = math.sin(north / 2) ** 2 + sin_r * cos_0 * np.sin(theta / 2) ** 2
    cos_1 = np.maximum(2 * np.sqrt(np.maximum(apart * (1 - apart), 0)), 1e-8)
    sin_1 = 1 - 2 * apart
    sin_heading = np.minimum(np.maximum((cos_0 * cos_r * cos_az - sin_0 * sin_r) / cos_1, -1), 1)
    bend = sin_1 / cos_1 * sin_heading
    cot = cos_r / sin_r
    worst = np.maximum(np.abs(cot + bend), np.abs(cot + bend * (2 - sin_heading * sin_heading)))
    worst = np.maximum(worst, _LEAST_BEND)
    tolerance = tolerance_m / MEAN_RADIUS_M
    density = np.maximum(np.sqrt(worst / (8 * tolerance)), 1 / (cos_1 + tolerance)) * sin_r
    density = np.maximum(density, 1 / _WIDEST_STEP)
    count = np.zeros(len(theta))
    np.cumsum((density[1:] + density[:-1]) * (theta[1:] - theta[:-1]) / 2, out=count[1:])
    steps = math.ceil(count[-1])
    azimuth: Floats = np.interp(np.arange(steps + 1) * (count[-1] / steps), count, theta) * (180 / np.pi)
    azimuth[-1] = 180.0
    return azimuth


def _crowded(share: float) -> Floats:
    """Return angles from 0 to π/2, crowded at 0 on the scale of a share."""
    scale = min(max(share, 1e-6), 1.0)
    angles: Floats = scale * np.sinh(_GRID * math.asinh(math.pi / 2 / scale))
    return angles


def _to_pole_m(lat: float) -> float:
    return float(GEOD.inv(0.0, lat, 0.0, 90.0)[2])


def _crossings(
    center: LonLat, range_m: float, azimuth: Floats, east: Floats, to_lat: Floats
) -> list[tuple[int, float, float, float]]:
    """Return where the half crosses ±180 (from either side) or Mercator's rim.

    Each with the index of the vertex before, the azimuth, the degrees east and the latitude.
    """
    lon, lat = center

    def point(theta: float) -> tuple[float, float]:
        x, y, _ = GEOD.fwd(lon, lat, theta, range_m, return_back_azimuth=False)
        return abs((x - lon + 180) % 360 - 180), y

    marks = []
    for limit in (MERCATOR_LIMIT_DEG, -MERCATOR_LIMIT_DEG):
        for k in _changes(to_lat - limit):
            theta, (x, _) = _marked(point, 1, limit, azimuth[k : k + 2], to_lat[k : k + 2])
            marks.append((k, theta, x, limit))
    for seam_east in (180 - lon, 180 + lon):
        if seam_east < 180:  # noqa: PLR2004 - the half reaches no further east
            for k in _changes(east - seam_east):
                theta, (_, y) = _marked(point, 0, seam_east, azimuth[k : k + 2], east[k : k + 2])
                marks.append((k, theta, seam_east, y))
    return marks


def _marked(
    point: Callable[[float], tuple[float, float]], axis: int, target: float, azimuth: Floats, known: Floats
) -> tuple[float, tuple[float, float]]:
    """Return the azimuth and the point where a coordinate takes a value, between two azimuths where it is known.

    The same false position as `curve.crossing`, for one crossing: a single point costs PROJ a microsecond, an array
    of four ten.
    """
    a, b = azimuth.tolist()
    fa, fb = (known - target).tolist()
    for k in range(150):
        x = (a + b) / 2 if k % 8 == 7 else b - fb * (b - a) / (fb - fa)  # noqa: PLR2004 - every eighth step halves
        found = point(x)
        fx = found[axis] - target
        if abs(fx) < 1e-10 or abs(b - a) < 1e-13:  # noqa: PLR2004 - degrees: ten micrometres
            break
        a, fa = (b, fb) if fx * fb < 0 else (a, fa / 2)
        b, fb = x, fx
    return x, found


def _changes(side: Floats) -> list[int]:
    above: Bools = side > 0
    changes = np.flatnonzero(above[1:] != above[:-1])
    return [int(k) for k in changes if side[k] != 0 and side[k + 1] != 0]


def _mirrored(lon: float, east: Floats, lat: Floats) -> Floats:
    """Return the whole circle counter-clockwise from its half: west side from north to south, then back."""
    n = len(east)
    around = np.empty((2 * n - 2, 2))
    around[:n, 0] = lon - east
    around[n:, 0] = lon + east[-2:0:-1]
    around[:n, 1] = lat
    around[n:, 1] = lat[-2:0:-1]
    x = around[:, 0]
    x[x < -180] += 360  # noqa: PLR2004 - onto the sheet again
    x[x >= 180] -= 360  # noqa: PLR2004
    return around
