"""The WGS84 ellipsoid, and the sphere of reduced latitudes that stands in for it when only an order is wanted.

Exact work (a vertex, a distance that is reported) is done by Karney's solution in PROJ, through the one `GEOD`. To sift
thousands of candidates first, points become unit vectors at their *reduced* latitude β = atan((1 − f) tan φ). On that
sphere every geodesic distance d and great-circle arc σ obey b·σ ≤ d ≤ a·σ, so a bound costs one dot product, and the
correction to a true distance depends on the two points only through u = (z₁ + z₂)² and v = (z₁ − z₂)² (the form of
Andoyer and Lambert's correction).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from pyproj import Geod

from rangemap.errors import RangeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Ints: TypeAlias = "NDArray[np.intp]"
Bools: TypeAlias = "NDArray[np.bool_]"

GEOD = Geod(ellps="WGS84")
"""The one geodesic solver of rangemap (Karney's algorithms, in PROJ); it speaks metres and degrees."""

A_M = float(GEOD.a)
"""Equatorial radius, metres."""

B_M = float(GEOD.b)
"""Polar radius, metres."""

FLATTENING = float(GEOD.f)

MEAN_RADIUS_M = (2 * A_M + B_M) / 3

HALF_MERIDIAN_M = float(GEOD.inv(0.0, 0.0, 180.0, 0.0)[2])
"""Greatest distance between two points of the ellipsoid: from any point to its antipode, over a pole (20,003.9 km)."""

CIRCUMFERENCE_KM = 40_076.0
"""Ranges beyond the equator's length (40,075.017 km, rounded up) are taken for slips of the pen."""

MERCATOR_LIMIT_DEG = math.degrees(math.atan(math.sinh(math.pi)))
"""Latitude where the square Web Mercator map ends: 85.0511°."""


def checked_range_m(range_km: float) -> float:
    """Return a range in metres.

    Raises
    ------
    RangeError
        If it is not a number above 0 and up to 40,076 km.
    """
    if not 0 < range_km <= CIRCUMFERENCE_KM:  # also false for NaN
        message = f"a range must be above 0 and at most {CIRCUMFERENCE_KM:,.0f} km, not {range_km}"
        raise RangeError(message)
    return float(range_km) * 1000.0


def checked_tolerance_m(tolerance_m: float) -> float:
    """Return a tolerance in metres.

    Raises
    ------
    RangeError
        If it is not a finite number above 0.
    """
    if not (0 < tolerance_m < math.inf):
        message = f"a tolerance must be a finite number of metres above 0, not {tolerance_m}"
        raise RangeError(message)
    return float(tolerance_m)


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return points as unit vectors at their reduced latitude, shape (3, n).

    Parameters
    ----------
    lon, lat
        Degrees, shape (n,).
    """
    lam = np.radians(lon)
    phi = np.radians(lat)
    # (cos β, sin β) from (cos φ, (1 − f) sin φ): exact at the poles, where tan φ is not.
    x = np.cos(phi)
    z = (1 - FLATTENING) * np.sin(phi)
    scale = 1 / np.sqrt(x * x + z * z)
    x = x * scale
    return np.stack([x * np.cos(lam), x * np.sin(lam), z * scale])


def lonlat_of(vectors: Floats) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes in degrees of unit vectors at reduced latitude, shape (3, n)."""
    x, y, z = vectors
    lat = np.arctan2(z, (1 - FLATTENING) * np.hypot(x, y))
    return np.degrees(np.arctan2(y, x)), np.degrees(lat)


def direct(lon: Floats, lat: Floats, azimuth_deg: Floats, distance_m: float | Floats) -> tuple[Floats, Floats]:
    """Return the points reached from (lon, lat) along azimuths: the direct geodesic problem.

    All in degrees and metres, shapes broadcast; longitudes within ±180.
    """
    lon, lat, azimuth, distance = np.broadcast_arrays(lon, lat, azimuth_deg, distance_m)
    to_lon, to_lat, _ = GEOD.fwd(lon, lat, azimuth, distance, return_back_azimuth=False)
    return to_lon, to_lat


def inverse(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> tuple[Floats, Floats]:
    """Return azimuths in degrees from the first points to the second, and distances in metres."""
    lon1, lat1, lon2, lat2 = np.broadcast_arrays(lon1, lat1, lon2, lat2)
    azimuth, _, distance = GEOD.inv(lon1, lat1, lon2, lat2, return_back_azimuth=False)
    return azimuth, distance
