"""Short stretches of boundary, and the search for the two that come nearest.

A boundary is divided into stretches of at most 5 km. Bounds sift them in three rounds, blocks of stretches first, then
stretches by their middles on the sphere of reduced latitudes, then by Andoyer and Lambert's distance; the few that
remain are measured end against stretch, since two lines that do not cross come nearest at an end of one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import A_M, B_M, FLATTENING, inverse, lonlat_of, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rangemap.geodesy.boundary import Edges
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

STEP_M = 5_000.0

_BLOCK = 16
_RATIO = A_M / B_M
_CHUNK = 4_000_000
_ROWS = 4_096
_ANTIPODAL = 2.95  # radians; beyond, Andoyer and Lambert's formula fails
_LAMBERT_M = 60.0  # what it may err before that, in the difference of two neighbours


@dataclass(frozen=True)
class Stretches:
    """Stretches of boundary, or points (stretches of no length), in groups.

    Attributes
    ----------
    lon1, lat1, lon2, lat2
        Their ends, degrees, shape (n,).
    group
        Number of the area that each belongs to, ascending, shape (n,).
    """

    lon1: Floats
    lat1: Floats
    lon2: Floats
    lat2: Floats
    group: Ints

    def __len__(self) -> int:
        return len(self.lon1)

    @cached_property
    def first(self) -> Floats:
        """Unit vectors of the first ends, shape (3, n)."""
        return unit_vectors(self.lon1, self.lat1)

    @cached_property
    def last(self) -> Floats:
        """Unit vectors of the last ends, shape (3, n)."""
        return unit_vectors(self.lon2, self.lat2)

    @cached_property
    def middle(self) -> Floats:
        """Unit vectors of the middles, shape (3, n)."""
        total = self.first + self.last
        middle: Floats = total / np.sqrt((total * total).sum(axis=0))
        return middle

    @cached_property
    def half(self) -> Floats:
        """Half their lengths, radians, shape (n,)."""
        apart = self.last - self.first
        half: Floats = np.sqrt((apart * apart).sum(axis=0)) / 2 + 1e-9
        return half

    @cached_property
    def along(self) -> Floats:
        """Unit tangents at the middles towards the last ends (zero for points), shape (3, n)."""
        along = self.last - self.first
        length = np.sqrt((along * along).sum(axis=0))
        return along / np.where(length < 1e-15, 1.0, length)  # noqa: PLR2004 - a point

    @cached_property
    def blocks(self) -> Blocks:
        """The stretches in blocks of up to 16 of one group."""
        return Blocks.of(self)

    def at(self, index: Ints, share: Floats) -> tuple[Floats, Floats]:
        """Return the points of stretches at shares of their way, 0 to 1: degrees."""
        lon, lat = self.lon1[index], self.lat1[index]
        return lon + share * (self.lon2[index] - lon), lat + share * (self.lat2[index] - lat)

    @classmethod
    def of_points(cls, lon: Floats, lat: Floats) -> Stretches:
        """Return points as stretches, each a group of its own."""
        return cls(lon, lat, lon, lat, np.arange(len(lon)))

    @classmethod
    def of_edges(cls, edges: Edges, group: Ints) -> Stretches:
        """Return edges divided to stretches of at most 5 km; `group` is that of each edge."""
        pieces = np.maximum(np.ceil(edges.lengths_m() / STEP_M), 1).astype(np.intp)
        edge = np.repeat(np.arange(len(pieces)), pieces)
        k = np.arange(len(edge)) - (np.cumsum(pieces) - pieces)[edge]
        east, north = (edges.lon2 - edges.lon1)[edge], (edges.lat2 - edges.lat1)[edge]
        low, high = k / pieces[edge], (k + 1) / pieces[edge]
        lon, lat = edges.lon1[edge], edges.lat1[edge]
        return cls(lon + low * east, lat + low * north, lon + high * east, lat + high * north, group[edge])


@dataclass(frozen=True, slots=True)
class Blocks:
    """Caps about up to 16 consecutive stretches of one group; attributes have shapes (3, b) or (b,)."""

    middle: Floats
    radius: Floats
    start: Ints
    count: Ints
    group: Ints

    @classmethod
    def of(cls, stretches: Stretches) -> Blocks:
        """Gather stretches in blocks."""
        _, first, size = np.unique(stretches.group, return_index=True, return_counts=True)
        blocks = -(-size // _BLOCK)
        owner = np.repeat(np.arange(len(size)), blocks)
        k = np.arange(len(owner)) - (np.cumsum(blocks) - blocks)[owner]
        start = first[owner] + k * _BLOCK
        count = np.minimum(size[owner] - k * _BLOCK, _BLOCK)
        block = np.repeat(np.arange(len(start)), count)
        middle = np.add.reduceat(stretches.middle, start, axis=1)
        middle = middle / np.maximum(np.sqrt((middle * middle).sum(axis=0)), 1e-12)
        apart = np.arccos(np.clip((stretches.middle * middle[:, block]).sum(axis=0), -1, 1)) + stretches.half
        return cls(middle, np.maximum.reduceat(apart, start) + 1e-9, start, count, stretches.group[start])


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
        """Return pairs of stretches that may be the closest of their group."""
        size = max(1, _CHUNK // len(self.ours.blocks.start))
        blocks = self.theirs.blocks
        wanted = np.flatnonzero(~self.known[blocks.group])
        bound = np.full(self.groups, np.inf)
        np.minimum.at(bound, blocks.group[wanted], self._probed(blocks.middle[:, wanted]) + blocks.radius[wanted] * A_M)
        self._sharpen(wanted, bound)
        found = [pair for k in range(0, len(wanted), size) for pair in self._near(wanted[k : k + size], bound)]
        none = np.zeros(0, dtype=np.intp)
        return np.concatenate([none, *(our for our, _ in found)]), np.concatenate(
            [none, *(their for _, their in found)]
        )

    def _sharpen(self, wanted: Ints, bound: Floats) -> None:
        """Lower the bounds by looking at the single stretches of the block that has set each."""
        blocks, theirs = self.theirs.blocks, self.theirs
        if blocks.count.max() == 1:
            return
        cost = self._probed(blocks.middle[:, wanted]) + blocks.radius[wanted] * A_M
        best = wanted[cost <= bound[blocks.group[wanted]] + 1.0]
        width = blocks.count[best]
        block = np.repeat(np.arange(len(best)), width)
        member = blocks.start[best][block] + np.arange(len(block)) - (np.cumsum(width) - width)[block]
        np.minimum.at(bound, theirs.group[member], self._probed(theirs.middle[:, member]) + theirs.half[member] * A_M)

    def _probed(self, middle: Floats) -> Floats:
        """Return, for points of theirs, a cost from some stretch of ours: not the least, but near it."""
        blocks = self.ours.blocks
        best = np.concatenate(
            [
                np.zeros(0, dtype=np.intp),
                *(
                    (self.sign * (middle[:, k : k + _ROWS].T @ blocks.middle)).argmax(axis=1)
                    for k in range(0, middle.shape[1], _ROWS)
                ),
            ]
        )
        member = blocks.start[best] + np.minimum(np.arange(_BLOCK)[:, None], blocks.count[best] - 1)
        cosine = np.einsum("kc,kmc->mc", self.sign * middle, self.ours.middle[:, member])
        found = member[cosine.argmax(axis=0), np.arange(middle.shape[1])]
        return self._cost(self.ours.middle[:, found], middle)

    def _cost(self, p: Floats, q: Floats) -> Floats:
        distance, sure = lambert_m(p, q)
        if not sure.all():
            unsure = ~sure
            distance[unsure] = inverse(*lonlat_of(p[:, unsure]), *lonlat_of(q[:, unsure]))[1]
        return distance if self.sign > 0 else np.pi * A_M - distance

    def _near(self, chunk: Ints, bound: Floats) -> Iterator[tuple[Ints, Ints]]:
        """Yield pairs from each block of ours with the blocks of theirs in a chunk."""
        mine, other = self.ours.blocks, self.theirs.blocks
        limit = self._widened(np.maximum(bound[other.group[chunk]], 0) / B_M) + other.radius[chunk]
        limit = np.minimum(limit, np.pi)
        rows = np.concatenate([mine.middle, np.cos(mine.radius)[None], np.sin(mine.radius)[None]])
        columns = np.concatenate([self.sign * other.middle[:, chunk], -np.cos(limit)[None], np.sin(limit)[None]])
        near: Bools = rows.T @ columns >= 0
        near |= limit + mine.radius.max() >= np.pi
        for block in np.flatnonzero(near.any(axis=1)):
            yield self._members(int(block), chunk[near[block]], bound)

    def _widened(self, sigma: Floats) -> Floats:
        """Return the arc that a cost, divided by the polar radius, can't exceed."""
        return sigma + (0 if self.sign > 0 else np.pi * (_RATIO - 1))

    def _members(self, block: int, others: Ints, bound: Floats) -> tuple[Ints, Ints]:
        """Return pairs of stretches of one block of ours and of blocks of theirs."""
        mine, other = self.ours.blocks, self.theirs.blocks
        begin, end = mine.start[block], mine.start[block] + mine.count[block]
        # What the ellipsoid adds to the arc is nearly the same all over a pair of blocks.
        centre = np.repeat(mine.middle[:, block : block + 1], len(others), axis=1)
        middle = other.middle[:, others]
        arc = np.arccos(np.clip(self.sign * (centre * middle).sum(axis=0), -1, 1))
        cost = self._cost(centre, middle)
        radii = mine.radius[block] + other.radius[others]
        fuzzy = np.where(arc > np.pi - _ANTIPODAL if self.sign < 0 else arc < _ANTIPODAL, 0.008, 1.0) * radii * A_M
        room = bound[other.group[others]] - (cost - arc * A_M) + fuzzy + _LAMBERT_M
        kept = arc * A_M - radii * A_M <= room
        others, room = others[kept], room[kept]
        width = other.count[others]
        column = np.repeat(np.arange(len(others)), width)
        their = other.start[others][column] + np.arange(len(column)) - (np.cumsum(width) - width)[column]
        half = self.ours.half[begin:end].max() + self.theirs.half[their]
        least = np.cos(np.clip(room[column] / A_M + half, 0, np.pi))
        cosine = self.ours.middle[:, begin:end].T @ (self.sign * self.theirs.middle[:, their])
        row, column = np.nonzero(cosine >= least)
        return begin + row, their[column]

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
        distance, sure = lambert_m(p, q)
        cost = distance if self.sign > 0 else np.pi * A_M - distance
        if sure.all():
            return cost
        unsure = np.flatnonzero(~sure)
        to_antipode = np.arccos(np.clip(-(p[:, unsure] * q[:, unsure]).sum(axis=0), -1, 1))
        slack = np.minimum(4.0 / np.maximum(to_antipode, 1e-3) ** 3, 70_000.0)
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
