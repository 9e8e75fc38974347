"""The nearest or furthest points of stretches that the search has left, to the metre.

Along a short stretch the square of a distance is a parabola, on whatever surface; so the distances to its two ends and
its middle tell where it is least. Only within some 250 km of the antipode it is not: there the distance is concave (the
least of many that grow almost evenly), and the furthest point is found by golden sections.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import inverse, unit_vectors
from rangemap.geodesy.quick import quick_m
from rangemap.geodesy.search import candidates
from rangemap.geodesy.tree import Tree

if TYPE_CHECKING:
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints
    from rangemap.geodesy.stretches import Stretches

_FOLDED_COSINE = -math.cos(0.04)
_GOLDEN = (math.sqrt(5) - 1) / 2
_SECTIONS = 18
_TOP = 48


@dataclass(frozen=True, slots=True)
class Closest:
    """For each group of the second stretches: the nearest (or furthest) distance to the first ones, and its ends.

    Attributes
    ----------
    distance_m
        Shape (g,).
    from_lon, from_lat, to_lon, to_lat
        Where it runs, degrees.
    """

    distance_m: Floats
    from_lon: Floats
    from_lat: Floats
    to_lon: Floats
    to_lat: Floats


def closest_to_points(ours: Stretches, vectors: Floats, *, furthest: bool = False) -> Floats:
    """Return the nearest (or furthest) distances from points to stretches, metres, shape (n,).

    Parameters
    ----------
    ours
        Stretches; their groups are ignored.
    vectors
        The points as unit vectors at reduced latitude, shape (3, n).
    """
    return _closest_to_points(ours, vectors, -1.0 if furthest else 1.0)[0]


def nearest_of(ours: Stretches, vectors: Floats) -> tuple[Floats, Floats]:
    """Return the nearest distances from points to stretches, and where on them.

    Parameters
    ----------
    ours, vectors
        As for `closest_to_points`.

    Returns
    -------
    distance_m, feet
        Metres, shape (n,), and unit vectors, shape (3, n).
    """
    distance_m, our, share = _closest_to_points(ours, vectors, 1.0)
    return distance_m, unit_vectors(*ours.at(our, share))


def _closest_to_points(ours: Stretches, vectors: Floats, sign: float) -> tuple[Floats, Ints, Floats]:
    """Return distances in metres, the stretches that they run to, and the shares of their ways."""
    n = vectors.shape[1]
    if not n:
        return np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros(0)
    theirs = Tree.of(vectors, np.zeros(n), np.zeros(n, dtype=np.intp), max(_TOP, n // 40))
    our, their = candidates(ours.tree, theirs, sign, each=True)
    share, cost = _along(ours, our, vectors.take(their, axis=1), sign)
    least = np.full(n, np.inf)
    np.minimum.at(least, their, cost)
    ties = np.flatnonzero(cost == least[their])[::-1]
    pick = np.zeros(n, dtype=np.intp)
    pick[their[ties]] = ties
    return sign * least, our[pick], share[pick]


def closest(ours: Stretches, theirs: Stretches, known: Bools, *, furthest: bool = False) -> Closest:
    """Find the nearest or furthest points of our stretches and of each group of theirs.

    Two lines that do not cross come nearest at an end of one of them, and nothing else is tried.

    Parameters
    ----------
    ours, theirs
        Stretches; the groups of ours are ignored.
    known
        Groups of theirs that need no search, shape (g,); what is returned for them means nothing.
    furthest
        Search the furthest points instead: on the sphere, those nearest to their antipodes.
    """
    wanted = np.flatnonzero(~known[theirs.group])
    nothing = np.full(len(known), np.nan)
    if not len(wanted):
        return Closest(nothing, nothing, nothing, nothing, nothing)
    sign = -1.0 if furthest else 1.0
    tree = Tree.of(theirs.middle.take(wanted, axis=1), theirs.half_m[wanted], theirs.group[wanted], 2 * len(known))
    our, their = candidates(ours.tree, tree, sign, each=False)
    return _measured(ours, theirs, (our, wanted[their]), sign, len(known))


def _measured(ours: Stretches, theirs: Stretches, pairs: tuple[Ints, Ints], sign: float, groups: int) -> Closest:
    """Measure each end against the other stretch, and keep the best of each group."""
    our, their = pairs
    tried = []
    for end, our_ends, their_ends in ((0.0, ours.first, theirs.first), (1.0, ours.last, theirs.last)):
        fixed = np.full(len(our), end)
        share, cost = _along(ours, our, their_ends.take(their, axis=1), sign)
        tried.append((share, fixed, cost))
        share, cost = _along(theirs, their, our_ends.take(our, axis=1), sign)
        tried.append((fixed, share, cost))
    on_ours, on_theirs, cost = (np.concatenate(part) for part in zip(*tried, strict=True))
    our, their = np.tile(our, len(tried)), np.tile(their, len(tried))
    group = theirs.group[their]
    least = np.full(groups, np.inf)
    np.minimum.at(least, group, cost)
    ties = np.flatnonzero(cost == least[group])[::-1]
    pick = np.zeros(groups, dtype=np.intp)
    pick[group[ties]] = ties  # the first of equals, as they are written from the last
    lon1, lat1 = ours.at(our[pick], on_ours[pick])
    lon2, lat2 = theirs.at(their[pick], on_theirs[pick])
    return Closest(inverse(lon1, lat1, lon2, lat2)[1], lon1, lat1, lon2, lat2)


def _along(line: Stretches, on: Ints, point: Floats, sign: float) -> tuple[Floats, Floats]:
    """Return the shares of their ways, 0 to 1, at which stretches are least costly from points, and the costs."""
    first, middle, last = (part.take(on, axis=1) for part in (line.first, line.middle, line.last))
    start, half, end = (quick_m(part, point) for part in (first, middle, last))
    square = half * half
    slope, bend = (end * end - start * start) / 2, end * end + start * start - 2 * square
    turns = sign * bend > 0
    best = np.where(turns, -slope / np.where(turns, bend, 1), -sign * np.sign(slope))
    best = np.minimum(np.maximum(best, -1), 1)
    share, cost = (1 + best) / 2, sign * np.sqrt(np.maximum(square + best * (slope + best * bend / 2), 0))
    if sign < 0:
        folded = np.flatnonzero((middle * point).sum(axis=0) < _FOLDED_COSINE)
        share[folded], cost[folded] = _folded(line, on[folded], point[:, folded])
    return share, cost


def _folded(line: Stretches, on: Ints, point: Floats) -> tuple[Floats, Floats]:
    """Return the shares at which stretches are furthest from points near their antipodes, and the costs."""

    def cost(share: Floats) -> Floats:
        return -quick_m(unit_vectors(*line.at(on, share)), point)

    low, high = np.zeros(len(on)), np.ones(len(on))
    left, right = high - _GOLDEN, low + _GOLDEN
    at_left, at_right = cost(left), cost(right)
    for _ in range(_SECTIONS):
        lower = at_left < at_right
        low, high = np.where(lower, low, left), np.where(lower, right, high)
        fresh = np.where(lower, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low))
        at_fresh = cost(fresh)
        left, right = np.where(lower, fresh, right), np.where(lower, left, fresh)
        at_left, at_right = np.where(lower, at_fresh, at_right), np.where(lower, at_left, at_fresh)
    return np.where(at_left < at_right, left, right), np.minimum(at_left, at_right)
