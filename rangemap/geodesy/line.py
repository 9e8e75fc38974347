"""The shortest path between two points, as a line that can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString, MultiLineString

from rangemap.geodesy import seam
from rangemap.geodesy.curve import straying_m
from rangemap.geodesy.ellipsoid import checked_tolerance_m, direct, inverse

if TYPE_CHECKING:
    from rangemap.geodesy.ellipsoid import Floats
    from rangemap.types import LonLat

_ROUNDS = 20


def geodesic_line(start: LonLat, end: LonLat, *, tolerance_m: float = 250.0) -> MultiLineString:
    """Return the shortest path between two points, cut at ±180.

    Parameters
    ----------
    start, end
        Longitudes and latitudes, degrees.
    tolerance_m
        How far a drawn edge may lie from the path, as a segment of longitude and latitude and as one of Web Mercator.

    Returns
    -------
    MultiLineString
        Degrees; empty when both points are the same. A path over a pole is cut there.

    Raises
    ------
    RangeError
        If the tolerance is no such number.
    """
    checked_tolerance_m(tolerance_m)
    (azimuth,), (length_m,) = inverse(*(np.array([value], dtype=float) for value in (*start, *end)))
    if length_m == 0:
        return MultiLineString()

    def point(along_m: Floats) -> tuple[Floats, Floats]:
        return direct(np.array(float(start[0])), np.array(float(start[1])), np.array(azimuth), along_m)

    along = np.linspace(0, length_m, 9)
    for _ in range(_ROUNDS):
        middle = (along[1:] + along[:-1]) / 2
        lon, lat = point(along)
        bad = straying_m((lon[:-1], lat[:-1]), (lon[1:], lat[1:]), point(middle)) > tolerance_m
        if not bad.any():
            break
        along = np.insert(along, np.flatnonzero(bad) + 1, middle[bad])
    lines = seam.cut_line(np.stack(point(along), axis=1))
    return MultiLineString([LineString(line) for line in lines])
