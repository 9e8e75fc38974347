"""Ranges next to the antipode, where a geodesic circle folds.

On a sphere a circle of nearly half the circumference closes in on the antipode; on the ellipsoid it closes in on a
small astroid instead (up to 67 km from the antipode), and past its cusps geodesics cross before they get there. What
is further than the range from a point is then a small lens about the antipode. Its rim is found from the antipode
outwards, by the true distance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.curve import crossing, straying_m
from rangemap.geodesy.ellipsoid import HALF_MERIDIAN_M, direct, inverse

if TYPE_CHECKING:
    from rangemap.geodesy.ellipsoid import Floats

FAR_RING_M = 19_900_000.0
"""Beyond this a ring is found from its antipode."""

_PRECISE_M = 1e-3
_ROUNDS = 10


def far_ring(lon: float, lat: float, range_m: float, tolerance_m: float) -> Floats:
    """Return a circle near the antipode as a loop with the filled side on its left (the antipode on its right).

    Parameters
    ----------
    lon, lat
        The centre, degrees.
    range_m
        Its radius, below half a meridian.
    tolerance_m
        How far an edge may stray.

    Returns
    -------
    ndarray
        Longitudes and latitudes, shape (n, 2), clockwise about the antipode.
    """
    azimuth = np.linspace(0, 360, 49)[:-1]
    x, y = rim(lon, lat, range_m, azimuth)
    for _ in range(_ROUNDS):
        after = np.append(azimuth[1:], 360.0)
        middle = (azimuth + after) / 2
        mx, my = rim(lon, lat, range_m, middle)
        stray = straying_m((x, y), (np.roll(x, -1), np.roll(y, -1)), (mx, my))
        bad = np.flatnonzero(stray > tolerance_m)
        if not len(bad):
            break
        azimuth = np.insert(azimuth, bad + 1, middle[bad])
        x, y = np.insert(x, bad + 1, mx[bad]), np.insert(y, bad + 1, my[bad])
    return _with_seam_vertices(lon, lat, range_m, np.stack([azimuth, x, y], axis=1))


def _with_seam_vertices(lon: float, lat: float, range_m: float, rows: Floats) -> Floats:
    """Return longitudes and latitudes of rows of azimuth, longitude, latitude, with exact vertices on ±180."""
    after = np.roll(rows, -1, axis=0)
    after[-1, 0] = 360.0
    side, other = _from_seam(rows[:, 1]), _from_seam(after[:, 1])
    at = np.flatnonzero((side * other < 0) & (np.abs(side - other) < 180))  # noqa: PLR2004 - not the jump at 0°
    if not len(at):
        return rows[:, 1:]
    azimuth = crossing(lambda angle: _from_seam(rim(lon, lat, range_m, angle)[0]), rows[at, 0], after[at, 0])
    _, to_lat = rim(lon, lat, range_m, azimuth)
    return np.insert(rows[:, 1:], at + 1, np.stack([np.full(len(at), 180.0), to_lat], axis=1), axis=0)


def _from_seam(lon: Floats) -> Floats:
    return np.mod(lon, 360) - 180


def rim(lon: float, lat: float, range_m: float, azimuth_deg: Floats) -> tuple[Floats, Floats]:
    """Return the points at a distance from a centre that lie at azimuths seen from its antipode, by bisection."""
    far_lon, far_lat = np.full(len(azimuth_deg), lon + 180.0), np.full(len(azimuth_deg), -lat)
    low = np.zeros(len(azimuth_deg))
    high = np.full(len(azimuth_deg), HALF_MERIDIAN_M - range_m + 70_000.0)
    while float((high - low).max()) > _PRECISE_M:
        middle = (low + high) / 2
        _, distance = inverse(*direct(far_lon, far_lat, azimuth_deg, middle), np.array(lon), np.array(lat))
        beyond = distance > range_m
        low, high = np.where(beyond, middle, low), np.where(beyond, high, middle)
    return direct(far_lon, far_lat, azimuth_deg, (low + high) / 2)
