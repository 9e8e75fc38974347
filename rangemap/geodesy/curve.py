"""Vertices along geodesic circles, no more than a tolerance needs.

A drawn edge is straight in longitude and latitude (GeoJSON) or in Web Mercator (Leaflet); on the ground both are
curves of their own. At heading β and latitude φ a line straight in Mercator has geodesic curvature −tan φ sin β, one
straight in longitude and latitude −tan φ sin β (1 + cos² β), and a circle of radius r has cot r (all over the Earth's
radius). An edge of length s leaves the circle by s²/8 times the difference. That gives the first spacing; every edge
is then looked at in its middle and divided where it still strays. A vertex is put exactly where a curve crosses the
rim of the Web Mercator map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import MEAN_RADIUS_M, MERCATOR_LIMIT_DEG, direct

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

_WIDEST_DEG = 12.0
_ROUNDS = 12
_NEAR_POLE_M = 1.0


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs of circles of one radius, linked to loops, clockwise about their centres.

    Attributes
    ----------
    lon, lat
        The centre of each arc's circle, degrees, shape (a,).
    low, high
        Azimuths at the centre where the arc begins and ends, degrees, `low` ≤ `high`.
    loop
        Number of the arc's loop, not descending; arcs of one loop follow each other.
    range_m
        Their radius.
    """

    lon: Floats
    lat: Floats
    low: Floats
    high: Floats
    loop: Ints
    range_m: float


@dataclass(frozen=True, slots=True)
class Trace:
    """Vertices of loops, each with the stretch of arc that follows it.

    Attributes
    ----------
    arc
        Index of the arc, shape (n,).
    low, high
        Azimuths of the vertex and of the end of its stretch, degrees.
    lon, lat
        The vertex, degrees.
    loop
        Number of the loop.
    """

    arc: Ints
    low: Floats
    high: Floats
    lon: Floats
    lat: Floats
    loop: Ints

    def following(self) -> Ints:
        """Return the index of the next vertex of the same loop, shape (n,)."""
        n = len(self.loop)
        first = np.flatnonzero(np.concatenate([[True], self.loop[1:] != self.loop[:-1]]))
        following = np.arange(1, n + 1)
        following[np.concatenate([first[1:], [n]]) - 1] = first
        return following

    def with_vertices(self, at: Ints, azimuth: Floats, lon: Floats, lat: Floats) -> Trace:
        """Return the trace with a vertex put into each of some stretches (one each)."""
        high = self.high.copy()
        high[at] = azimuth
        after = at + 1
        return Trace(
            np.insert(self.arc, after, self.arc[at]),
            np.insert(self.low, after, azimuth),
            np.insert(high, after, self.high[at]),
            np.insert(self.lon, after, lon),
            np.insert(self.lat, after, lat),
            np.insert(self.loop, after, self.loop[at]),
        )


def traced(arcs: Arcs, tolerance_m: float) -> Trace:
    """Return vertices on arcs such that every edge stays within a tolerance of its arc in both projections."""
    trace = _first(arcs, tolerance_m)
    fresh = np.ones(len(trace.arc), dtype=bool)
    for _ in range(_ROUNDS):
        trace, fresh = _divided(arcs, trace, fresh, tolerance_m)
        if not fresh.any():
            break
    for limit in (MERCATOR_LIMIT_DEG, -MERCATOR_LIMIT_DEG):
        trace = _with_crossings(arcs, trace, limit)
    return _with_seam_crossings(arcs, trace)


def relative_curvature(lat: Floats, azimuth_deg: Floats, range_m: float) -> Floats:
    """Return how much more a circle bends than an edge drawn through it, the worse of both projections, per radian.

    Parameters
    ----------
    lat
        Latitude of the centre, degrees.
    azimuth_deg
        Azimuth of the point at the centre, degrees.
    range_m
        Radius of the circle.
    """
    r = range_m / MEAN_RADIUS_M
    phi = np.radians(lat)
    sin_0, cos_0, cos_az = np.sin(phi), np.cos(phi), np.cos(np.radians(azimuth_deg))
    sin_1 = np.clip(sin_0 * np.cos(r) + cos_0 * np.sin(r) * cos_az, -1, 1)
    cos_1 = np.maximum(np.sqrt(1 - sin_1 * sin_1), 1e-5)
    sin_heading = np.clip((cos_0 * cos_az * np.cos(r) - sin_0 * np.sin(r)) / cos_1, -1, 1)
    bend = sin_1 / cos_1 * sin_heading
    cot = 1 / np.tan(r)
    worst: Floats = np.maximum(np.abs(cot + bend), np.abs(cot + bend * (2 - sin_heading * sin_heading)))
    return worst


def _first(arcs: Arcs, tolerance_m: float) -> Trace:
    pieces = np.maximum(np.ceil((arcs.high - arcs.low) / _WIDEST_DEG), 1).astype(np.intp)
    arc, low, high = _divide_evenly(np.arange(len(arcs.lon)), arcs.low, arcs.high, pieces)
    shares = np.array([[0.1], [0.5], [0.9]])
    bend = relative_curvature(arcs.lat[arc], low + shares * (high - low), arcs.range_m).max(axis=0)
    step_m = np.sqrt(8 * tolerance_m * MEAN_RADIUS_M / np.maximum(bend, 0.05))
    length_m = np.radians(high - low) * np.sin(arcs.range_m / MEAN_RADIUS_M) * MEAN_RADIUS_M
    pieces = np.clip(np.ceil(length_m / step_m), 1, 200).astype(np.intp)
    arc, low, high = _divide_evenly(arc, low, high, pieces)
    lon, lat = direct(arcs.lon[arc], arcs.lat[arc], low, arcs.range_m)
    return Trace(arc, low, high, lon, lat, arcs.loop[arc])


def _divide_evenly(arc: Ints, low: Floats, high: Floats, pieces: Ints) -> tuple[Ints, Floats, Floats]:
    source = np.repeat(np.arange(len(arc)), pieces)
    k = np.arange(len(source)) - (np.cumsum(pieces) - pieces)[source]
    step = ((high - low) / pieces)[source]
    start = low[source] + k * step
    end = np.where(k == pieces[source] - 1, high[source], start + step)
    return arc[source], start, end


def _divided(arcs: Arcs, trace: Trace, fresh: Bools, tolerance_m: float) -> tuple[Trace, Bools]:
    """Divide the fresh stretches whose edge strays in the middle; tell which stretches are fresh then."""
    at = np.flatnonzero(fresh)
    to = trace.following()[at]
    azimuth = (trace.low[at] + trace.high[at]) / 2
    arc = trace.arc[at]
    lon, lat = direct(arcs.lon[arc], arcs.lat[arc], azimuth, arcs.range_m)
    stray_m = straying_m((trace.lon[at], trace.lat[at]), (trace.lon[to], trace.lat[to]), (lon, lat))
    wide = trace.high[at] - trace.low[at] > 1e-9  # noqa: PLR2004 - nothing is left to divide
    bad = wide & (stray_m > tolerance_m)
    at = at[bad]
    halves = np.zeros(len(fresh), dtype=bool)
    halves[at] = True
    fresh = np.insert(halves, at + 1, np.ones(len(at), dtype=bool))
    return trace.with_vertices(at, azimuth[bad], lon[bad], lat[bad]), fresh


def straying_m(start: tuple[Floats, Floats], end: tuple[Floats, Floats], middle: tuple[Floats, Floats]) -> Floats:
    """Return how far points lie from edges, metres, the worse of both projections.

    Parameters
    ----------
    start, end
        Ends of each edge: longitudes and latitudes, degrees.
    middle
        The point of the true curve between them.
    """
    cos_mid = np.cos(np.radians(middle[1]))
    dx, mx = _turn(end[0] - start[0]), _turn(middle[0] - start[0])
    flat = _from_chord(dx * cos_mid, end[1] - start[1], mx * cos_mid, middle[1] - start[1])
    y0, y1, ym = _mercator_deg(start[1]), _mercator_deg(end[1]), _mercator_deg(middle[1])
    tall = _from_chord(dx, y1 - y0, mx, ym - y0) * cos_mid
    return np.radians(np.maximum(flat, tall)) * MEAN_RADIUS_M


def _from_chord(dx: Floats, dy: Floats, mx: Floats, my: Floats) -> Floats:
    """Return how far (mx, my) lies from the segment from the origin to (dx, dy)."""
    share = np.clip((mx * dx + my * dy) / np.maximum(dx * dx + dy * dy, 1e-300), 0, 1)
    return np.hypot(mx - share * dx, my - share * dy)


def _mercator_deg(lat: Floats) -> Floats:
    sine = np.sin(np.radians(np.clip(lat, -89.999, 89.999)))
    return np.degrees(np.arctanh(sine))


def _turn(degrees: Floats) -> Floats:
    return np.mod(degrees + 180, 360) - 180


def _with_crossings(arcs: Arcs, trace: Trace, limit_deg: float) -> Trace:
    """Put a vertex where the curve crosses a parallel."""

    def offset(_lon: Floats, lat: Floats) -> Floats:
        return lat - limit_deg

    trace, put = _with_zeros(arcs, trace, offset)
    trace.lat[put] = limit_deg
    return trace


def _with_seam_crossings(arcs: Arcs, trace: Trace) -> Trace:
    """Put a vertex where the curve crosses the antimeridian."""

    def offset(lon: Floats, _lat: Floats) -> Floats:
        return np.mod(lon, 360) - 180

    trace, put = _with_zeros(arcs, trace, offset)
    trace.lon[put] = 180.0
    return trace


def _with_zeros(arcs: Arcs, trace: Trace, offset: Callable[[Floats, Floats], Floats]) -> tuple[Trace, Ints]:
    """Put a vertex where a function of longitude and latitude passes through zero; return where they are, too."""
    to = trace.following()
    side, other = offset(trace.lon, trace.lat), offset(trace.lon[to], trace.lat[to])
    passes = (side * other < 0) & (np.abs(side - other) < 180)  # noqa: PLR2004 - not the jump at 0°
    at = np.flatnonzero(passes & (trace.high > trace.low))
    arc = trace.arc[at]

    def point(azimuth: Floats) -> tuple[Floats, Floats]:
        return direct(arcs.lon[arc], arcs.lat[arc], azimuth, arcs.range_m)

    if not len(at):
        return trace, at
    azimuth = crossing(lambda angle: offset(*point(angle)), trace.low[at], trace.high[at])
    lon, lat = point(azimuth)
    # On the ground: beside a pole, longitude runs faster than azimuth can tell.
    found = np.abs(offset(lon, lat)) * np.cos(np.radians(lat)) < 1e-8  # noqa: PLR2004 - a millimetre
    trace = trace.with_vertices(at[found], azimuth[found], lon[found], lat[found])
    return trace, at[found] + 1 + np.arange(int(found.sum()))


def crossing(
    height: Callable[[Floats], Floats], low: Floats, high: Floats, *, ends: tuple[Floats, Floats] | None = None
) -> Floats:
    """Return the zeros of an array function between arrays of bounds (Illinois' false position with bisections).

    Parameters
    ----------
    height
        A function from an array to an array, of opposite signs at `low` and `high`.
    low, high
        Bounds, shape (n,).
    ends
        The function there, when it is known.
    """
    a, b = low.astype(float), high.astype(float)
    fa, fb = ends or (height(a), height(b))
    x, fx = b, fb
    done = np.zeros(len(x), dtype=bool)
    for k in range(150):
        span = fb - fa
        secant = b - fb * (b - a) / np.where(span == 0, 1, span)
        trial = (a + b) / 2 if k % 4 == 3 else secant  # noqa: PLR2004 - every fourth step halves
        x = np.where(done, x, trial)
        fx = height(x)
        crosses = fx * fb < 0
        a, fa = np.where(crosses, b, a), np.where(crosses, fb, fa / 2)
        b, fb = x, fx
        done |= (np.abs(fx) < 1e-10) | (np.abs(b - a) < 1e-13)  # noqa: PLR2004 - degrees: ten micrometres
        if done.all():
            break
    return x
