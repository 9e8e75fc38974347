"""The search for the two stretches that come nearest, or are furthest apart.

Bounds sift them in three rounds, flocks against blocks first, then blocks, then stretches by their middles on the
sphere of reduced latitudes, each corrected after Andoyer and Lambert; the few that remain are measured end against
stretch, since two lines that do not cross come nearest at an end of one of them. Near the antipode Karney decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import A_M, B_M, FLATTENING, inverse, lonlat_of, unit_vectors
from rangemap.geodesy.stretches import Flocks, expanded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints
    from rangemap.geodesy.stretches import Stretches

_RATIO = A_M / B_M
_CHUNK = 4_000_000
_ANTIPODAL = 2.95  # radians; beyond, Andoyer and Lambert's formula fails
_VAGUE = 0.7  # radians to the antipode; below, those that may be the closest are measured exactly
_FOLDED = 0.02  # radians to the antipode; below, the furthest point of a stretch is not the one next to the antipode
_SHARES = np.linspace(0, 1, 9)
_LAMBERT_M = 60.0  # what it may err before that, in the difference of two neighbours


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


def closest(ours: Stretches, theirs: Stretches, known: Bools, *, furthest: bool = False) -> Closest:
    """Find the nearest or furthest points of our stretches and of each group of theirs.

    Parameters
    ----------
    ours, theirs
        Stretches; the groups of ours are ignored.
    known
        Groups of theirs that need no search, shape (g,); what is returned for them means nothing.
    furthest
        Search the furthest points instead: on the sphere, those nearest to their antipodes.
    """
    search = _Search(ours, theirs, known, -1.0 if furthest else 1.0)
    our, their = search.pairs()
    if not len(our):
        nothing = np.full(len(known), np.nan)
        return Closest(nothing, nothing, nothing, nothing, nothing)
    return search.measured(our, their)


class _Search:
    """One search; `sign` is −1 for the furthest points: all vectors of theirs are then turned to their antipodes.

    Costs are what is to become least: the distance, or what it lacks to half a turn of the equator.
    """

    def __init__(self, ours: Stretches, theirs: Stretches, known: Bools, sign: float) -> None:
        self.ours = ours
        self.theirs = theirs
        self.known = known
        self.groups = len(known)
        self.sign = sign

    def pairs(self) -> tuple[Ints, Ints]:
        """Return pairs of stretches that may be the closest of their group, in the order of theirs."""
        blocks = self.theirs.blocks
        wanted = np.flatnonzero(~self.known[blocks.group])
        none = np.zeros(0, dtype=np.intp)
        if not len(wanted):
            return none, none
        flocks = Flocks.of(self.theirs, wanted)
        bound = np.full(self.groups, np.inf)
        for some in self._chunks(len(flocks.start)):
            best = self._towards(flocks, some).argmax(axis=1)
            each, members = flocks.members(some)
            self._lower(members, best[each], bound)
        found = [pair for some in self._chunks(len(flocks.start)) for pair in self._near(flocks, some, bound)]
        our = np.concatenate([none, *(our for our, _ in found)])
        their = np.concatenate([none, *(their for _, their in found)])
        order = np.lexsort([our, their])
        return our[order], their[order]

    def _chunks(self, count: int) -> Iterator[Ints]:
        size = max(1, _CHUNK // len(self.ours.blocks.start))
        for k in range(0, count, size):
            yield np.arange(k, min(k + size, count))

    def _towards(self, flocks: Flocks, some: Ints) -> Floats:
        """Return cosines of the arcs from flocks (rows) to blocks of ours."""
        cosine: Floats = (self.sign * flocks.middle[:, some]).T @ self.ours.blocks.middle
        return cosine

    def _lower(self, blocks: Ints, best: Ints, bound: Floats) -> None:
        """Lower the bounds of groups by a cost between blocks of theirs and a block of ours each, `best`."""
        theirs, other = self.theirs, self.theirs.blocks
        cost = self._probed(other.middle[:, blocks], best) + other.radius[blocks] * A_M
        np.minimum.at(bound, other.group[blocks], cost)
        if other.count.max() == 1:
            return
        setters = cost <= bound[other.group[blocks]] + 1.0  # the blocks that have set a bound: look at their stretches
        row, member = expanded(other.start[blocks[setters]], other.count[blocks[setters]])
        sharper = self._probed(theirs.middle[:, member], best[setters][row]) + theirs.half[member] * A_M
        np.minimum.at(bound, theirs.group[member], sharper)

    def _probed(self, middle: Floats, best: Ints) -> Floats:
        """Return, for points of theirs, the cost from the closest stretch of a block of ours each."""
        blocks = self.ours.blocks
        cosine = np.matmul(blocks.vectors[best], (self.sign * middle).T[:, :, None])[:, :, 0]
        found = blocks.start[best] + np.minimum(cosine.argmax(axis=1), blocks.count[best] - 1)
        return self._cost(self.ours.middle[:, found], middle)

    def _cost(self, p: Floats, q: Floats) -> Floats:
        distance, sure = lambert_m(p, q)
        if not sure.all():
            unsure = ~sure
            distance[unsure] = inverse(*lonlat_of(p[:, unsure]), *lonlat_of(q[:, unsure]))[1]
        return distance if self.sign > 0 else np.pi * A_M - distance

    def _near(self, flocks: Flocks, some: Ints, bound: Floats) -> Iterator[tuple[Ints, Ints]]:
        """Yield pairs of stretches from some flocks: flocks with blocks, blocks with blocks, then their stretches."""
        mine, other = self.ours.blocks, self.theirs.blocks
        each, members = flocks.members(some)
        highest = np.full(len(some), -np.inf)
        np.maximum.at(highest, each, bound[other.group[members]])
        limit = self._widened(np.maximum(highest, 0) / B_M)[:, None] + flocks.radius[some][:, None] + mine.radius
        flock, our = np.nonzero(self._towards(flocks, some) >= np.cos(np.minimum(limit, np.pi)))
        radii = flocks.radius[some[flock]] + mine.radius[our]
        room, kept = self._room(flocks.middle[:, some[flock]], our, highest[flock], radii)
        flock, our, room = flock[kept], our[kept], room[kept] - highest[flock[kept]]
        row, their = expanded(flocks.start[some[flock]], flocks.count[some[flock]])
        their, our, room = flocks.order[their], our[row], room[row]
        del row
        arc = self._arc(other.middle[:, their], our)
        reach = room + bound[other.group[their]]
        close = (arc - other.radius[their] - mine.radius[our]) * A_M <= reach
        their, our, arc = their[close], our[close], arc[close]
        self._lower_by_nearest(their, our, arc, bound)
        radii = other.radius[their] + mine.radius[our]
        room, kept = self._room(other.middle[:, their], our, bound[other.group[their]], radii)
        yield from self._members(their[kept], our[kept], room[kept])

    def _lower_by_nearest(self, their: Ints, our: Ints, arc: Floats, bound: Floats) -> None:
        """Lower bounds by the nearest block of ours to each block of theirs."""
        order = np.lexsort([arc, their])
        first = np.ones(len(order), dtype=bool)
        first[1:] = their[order][1:] != their[order][:-1]
        pick = order[first]
        self._lower(their[pick], our[pick], bound)

    def _arc(self, middle: Floats, our: Ints) -> Floats:
        cosine = np.einsum("kn,kn->n", middle, self.ours.blocks.middle[:, our])
        arc: Floats = np.arccos(np.minimum(np.maximum(self.sign * cosine, -1), 1))
        return arc

    def _room(self, middle: Floats, our: Ints, bound: Floats, radii: Floats) -> tuple[Floats, Bools]:
        """Return what arcs between caps (as metres of the equator) may measure, and whether they do anywhere."""
        arc = self._arc(middle, our)
        cost = self._cost(self.ours.blocks.middle[:, our], middle)
        # What the ellipsoid adds to the arc is nearly the same all over a pair of caps.
        plain = arc > np.pi - _ANTIPODAL if self.sign < 0 else arc < _ANTIPODAL
        room = bound - (cost - arc * A_M) + np.where(plain, 0.008, 2.0) * radii * A_M
        room += np.maximum(_LAMBERT_M, _slack_m(np.maximum(self._to_antipode(arc) - radii, np.pi - _ANTIPODAL)))
        return room, (arc - radii) * A_M <= room

    def _to_antipode(self, arc: Floats) -> Floats:
        return arc if self.sign < 0 else np.pi - arc

    def _widened(self, sigma: Floats) -> Floats:
        """Return the arc that a cost, divided by the polar radius, can't exceed."""
        return sigma + (0 if self.sign > 0 else np.pi * (_RATIO - 1))

    def _members(self, their: Ints, our: Ints, room: Floats) -> Iterator[tuple[Ints, Ints]]:
        """Yield pairs of stretches of pairs of blocks."""
        mine, other = self.ours.blocks, self.theirs.blocks
        least = np.cos(np.clip(room / A_M + mine.half[our] + other.half[their], 0, np.pi))
        size = _CHUNK // (mine.vectors.shape[1] * other.vectors.shape[1])
        for k in range(0, len(their), size):
            i, j = our[k : k + size], their[k : k + size]
            cosine = np.matmul(mine.vectors[i], (self.sign * other.vectors[j]).transpose(0, 2, 1))
            pair, row, column = np.nonzero(cosine >= least[k : k + size, None, None])
            real = (row < mine.count[i][pair]) & (column < other.count[j][pair])
            pair, row, column = pair[real], row[real], column[real]
            yield mine.start[i[pair]] + row, other.start[j[pair]] + column

    def measured(self, our: Ints, their: Ints) -> Closest:
        """Measure each end against the other stretch, and keep the best of each group."""
        both = [self._feet(self.ours, our, self.theirs, their)]
        if self.theirs.half.max() > 1e-8:  # noqa: PLR2004 - not points
            both = [
                *(self._feet(self.ours, our, self.theirs, their, end=end) for end in (-1.0, 1.0)),
                *(self._feet(self.theirs, their, self.ours, our, end=end, swapped=True) for end in (-1.0, 1.0)),
            ]
        start, end, on_ours, on_theirs = (np.concatenate(part, axis=-1) for part in zip(*both, strict=True))
        our, their = np.tile(our, len(both)), np.tile(their, len(both))
        folded = np.flatnonzero(self.sign * np.einsum("kn,kn->n", start, end) > math.cos(_FOLDED))
        if self.sign < 0 and len(folded):
            more = np.tile(folded, len(_SHARES)), np.repeat(_SHARES, len(folded))
            our, their = np.concatenate([our, our[more[0]]]), np.concatenate([their, their[more[0]]])
            on_ours, on_theirs = np.concatenate([on_ours, more[1]]), np.concatenate([on_theirs, on_theirs[more[0]]])
            start = np.concatenate([start, unit_vectors(*self.ours.at(our[-len(more[0]) :], more[1]))], axis=1)
            end = np.concatenate([end, end[:, more[0]]], axis=1)
        group = self.theirs.group[their]
        cost = self._sharp_cost(start, end, group)
        least = np.full(self.groups, np.inf)
        np.minimum.at(least, group, cost)
        pick = np.zeros(self.groups, dtype=np.intp)
        ties = np.flatnonzero(cost == least[group])[::-1]
        pick[group[ties]] = ties  # the first of equals, as they are written from the last
        lon1, lat1 = self.ours.at(our[pick], on_ours[pick])
        lon2, lat2 = self.theirs.at(their[pick], on_theirs[pick])
        return Closest(inverse(lon1, lat1, lon2, lat2)[1], lon1, lat1, lon2, lat2)

    def _feet(
        self, line: Stretches, on: Ints, ends: Stretches, end_of: Ints, *, end: float = 0.0, swapped: bool = False
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Return feet on lines, the ends (−1 first, 0 middle, 1 last), and the shares of the way, ours then theirs."""
        x = (ends.middle if end == 0 else ends.first if end < 0 else ends.last)[:, end_of]
        middle, along, half = line.middle[:, on], line.along[:, on], line.half[on]
        turned = self.sign * x
        angle = np.clip(np.arctan2((turned * along).sum(axis=0), (turned * middle).sum(axis=0)), -half, half)
        foot = np.cos(angle) * middle + np.sin(angle) * along
        share, fixed = (1 + angle / half) / 2, np.full(len(on), (1 + end) / 2)
        return (foot, x, fixed, share) if swapped else (foot, x, share, fixed)

    def _sharp_cost(self, p: Floats, q: Floats, group: Ints) -> Floats:
        """Return costs; near the antipode exact ones for those that may be the least of their group."""
        distance, _ = lambert_m(p, q)
        cost = distance if self.sign > 0 else np.pi * A_M - distance
        cosine = -np.einsum("kn,kn->n", p, q)
        unsure = np.flatnonzero(cosine > math.cos(_VAGUE))
        if not len(unsure):
            return cost
        slack = _slack_m(np.arccos(np.minimum(cosine[unsure], 1)))
        best = np.full(self.groups, np.inf)
        np.minimum.at(best, group, cost + _LAMBERT_M)
        best[group[unsure]] = np.inf
        np.minimum.at(best, group[unsure], cost[unsure] + slack)
        near = cost[unsure] - slack <= best[group[unsure]]
        cost[unsure[~near]] = np.inf
        exact = unsure[near]
        measured = inverse(*lonlat_of(p[:, exact]), *lonlat_of(q[:, exact]))[1]
        cost[exact] = measured if self.sign > 0 else np.pi * A_M - measured
        return cost


def _slack_m(to_antipode: Floats) -> Floats:
    """Return how far Andoyer and Lambert's formula may err at an arc from the antipode, radians."""
    slack: Floats = np.minimum(4.0 / np.maximum(to_antipode, 1e-3) ** 3, 70_000.0)
    return slack


def lambert_m(p: Floats, q: Floats) -> tuple[Floats, Bools]:
    """Return geodesic distances of unit vectors after Andoyer and Lambert, and where they can be relied on.

    Within 20 m up to 11,000 km and 500 m up to 18,800 km.
    """
    cosine = np.clip((p * q).sum(axis=0), -1, 1)
    sigma = np.arccos(cosine)
    sine = np.sqrt(1 - cosine * cosine)
    u, v = (p[2] + q[2]) ** 2, (p[2] - q[2]) ** 2
    bend = (sigma - sine) * u / np.maximum(1 + cosine, 1e-9) + (sigma + sine) * v / np.maximum(1 - cosine, 1e-15)
    return A_M * (sigma - FLATTENING / 4 * bend), sigma < _ANTIPODAL
