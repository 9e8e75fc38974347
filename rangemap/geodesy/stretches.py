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

from rangemap.geodesy.ellipsoid import A_M, B_M, FLATTENING, inverse, unit_vectors

if TYPE_CHECKING:
    from rangemap.geodesy.boundary import Edges
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

STEP_M = 5_000.0

_BLOCK = 32
_RATIO = A_M / B_M
_CHUNK = 4_000_000
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
        middle = self.first + self.last
        return middle / np.sqrt((middle * middle).sum(axis=0))

    @cached_property
    def half(self) -> Floats:
        """Half their lengths, radians, shape (n,)."""
        apart = self.last - self.first
        return np.sqrt((apart * apart).sum(axis=0)) * 0.5001 + 1e-9

    @cached_property
    def blocks(self) -> Blocks:
        """The stretches in blocks of up to 32 of one group."""
        return Blocks.of(self)

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
    """Caps about up to 32 consecutive stretches of one group; attributes have shapes (3, b) or (b,)."""

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


def closest(ours: Stretches, theirs: Stretches, groups: int, *, furthest: bool = False) -> Closest:
    """Find the nearest or furthest points of our stretches and of each group of theirs.

    Parameters
    ----------
    ours, theirs
        Stretches; the groups of ours are ignored.
    groups
        How many groups theirs have, numbered from 0.
    furthest
        Search the furthest points instead: on the sphere, those nearest to their antipodes.
    """
    sign = -1.0 if furthest else 1.0
    our, their = _pairs(ours, theirs, groups, sign)
    our, their = _by_lambert(ours, theirs, groups, our, their, furthest=furthest)
    return _measured(ours, theirs, groups, our, their, furthest=furthest)


def _widened(sigma: Floats, sign: float) -> Floats:
    """Return the arc up to which something may still beat an arc, whatever the ellipsoid adds."""
    if sign > 0:
        return sigma * _RATIO
    return np.pi - (np.pi - sigma) / _RATIO


def _pairs(ours: Stretches, theirs: Stretches, groups: int, sign: float) -> tuple[Ints, Ints]:
    """Return pairs of stretches that may be the closest of their group, by arcs between middles."""
    mine, other = ours.blocks, theirs.blocks
    size = max(1, _CHUNK // len(mine.start))
    bound = np.full(groups, np.inf)
    for k in range(0, len(other.start), size):
        some = slice(k, k + size)
        middles = sign * other.middle[:, some]
        best = (middles.T @ mine.middle).argmax(axis=1)
        probe = (middles * ours.middle[:, mine.start[best]]).sum(axis=0)
        for step in range(1, _BLOCK):
            member = mine.start[best] + np.minimum(step, mine.count[best] - 1)
            probe = np.maximum(probe, (middles * ours.middle[:, member]).sum(axis=0))
        near = np.arccos(np.clip(probe, -1, 1)) + other.radius[some]
        np.minimum.at(bound, other.group[some], near)
    allowed = _widened(bound, sign) + 1e-7
    found = [
        _expanded(ours, theirs, allowed, sign, *_block_pairs(mine, other, allowed, sign, k, k + size))
        for k in range(0, len(other.start), size)
    ]
    return np.concatenate([our for our, _ in found]), np.concatenate([their for _, their in found])


def _block_pairs(mine: Blocks, other: Blocks, allowed: Floats, sign: float, begin: int, end: int) -> tuple[Ints, Ints]:
    """Return pairs of blocks near enough: cos apart ≥ cos(allowed + both radii), as one product of matrices."""
    some = slice(begin, end)
    limit = np.minimum(allowed[other.group[some]] + other.radius[some], np.pi)
    rows = np.concatenate([sign * other.middle[:, some], -np.cos(limit)[None], np.sin(limit)[None]])
    columns = np.concatenate([mine.middle, np.cos(mine.radius)[None], np.sin(mine.radius)[None]])
    near: Bools = rows.T @ columns >= 0
    near |= limit[:, None] + mine.radius.max() >= np.pi
    theirs, ours = np.nonzero(near)
    return ours, theirs + begin


def _expanded(
    ours: Stretches, theirs: Stretches, allowed: Floats, sign: float, mine: Ints, other: Ints
) -> tuple[Ints, Ints]:
    """Return pairs of stretches from pairs of blocks."""
    found_ours, found_theirs = [], []
    counts = ours.blocks.count[mine] * theirs.blocks.count[other]
    cuts = np.searchsorted(np.cumsum(counts), np.arange(_CHUNK, counts.sum() + _CHUNK, _CHUNK)) + 1
    for part in np.split(np.arange(len(mine)), cuts):
        our, their = _members(ours.blocks, theirs.blocks, mine[part], other[part])
        cosine = sign * (ours.middle[:, our] * theirs.middle[:, their]).sum(axis=0)
        limit = np.minimum(allowed[theirs.group[their]] + ours.half[our] + theirs.half[their], np.pi)
        near = cosine >= np.cos(limit)
        found_ours.append(our[near])
        found_theirs.append(their[near])
    return np.concatenate(found_ours), np.concatenate(found_theirs)


def _members(mine: Blocks, other: Blocks, our_block: Ints, their_block: Ints) -> tuple[Ints, Ints]:
    width = other.count[their_block]
    counts = mine.count[our_block] * width
    pair = np.repeat(np.arange(len(counts)), counts)
    k = np.arange(len(pair)) - (np.cumsum(counts) - counts)[pair]
    row, column = np.divmod(k, width[pair])
    return mine.start[our_block][pair] + row, other.start[their_block][pair] + column


def _by_lambert(
    ours: Stretches, theirs: Stretches, groups: int, our: Ints, their: Ints, *, furthest: bool
) -> tuple[Ints, Ints]:
    """Keep the pairs that may be closest by the distance between their middles."""
    sign = -1.0 if furthest else 1.0
    distance, sure = lambert_m(ours.middle[:, our], theirs.middle[:, their])
    slack = (ours.half[our] + theirs.half[their]) * A_M + _LAMBERT_M
    best = np.full(groups, np.inf)
    group = theirs.group[their]
    np.minimum.at(best, group[sure], (sign * distance + slack)[sure])
    kept = ~sure | (sign * distance - slack <= best[group])
    return our[kept], their[kept]


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


def _measured(ours: Stretches, theirs: Stretches, groups: int, our: Ints, their: Ints, *, furthest: bool) -> Closest:
    """Measure each end against the other stretch, and keep the best of each group."""
    sign = -1.0 if furthest else 1.0
    ends = [_foot_pairs(ours, theirs, our, their, sign), _foot_pairs(theirs, ours, their, our, sign)]
    lon1 = np.concatenate([ends[0][0], ends[1][2]])
    lat1 = np.concatenate([ends[0][1], ends[1][3]])
    lon2 = np.concatenate([ends[0][2], ends[1][0]])
    lat2 = np.concatenate([ends[0][3], ends[1][1]])
    group = np.concatenate([theirs.group[their]] * 4)
    rough, sure = lambert_m(unit_vectors(lon1, lat1), unit_vectors(lon2, lat2))
    score = sign * rough
    if not sure.all():
        score[~sure] = sign * inverse(lon1[~sure], lat1[~sure], lon2[~sure], lat2[~sure])[1]
    order = np.lexsort((score, group))
    _, first = np.unique(group[order], return_index=True)
    pick = order[first]
    out = np.full((5, groups), np.nan)
    found = group[pick]
    out[1:, found] = lon1[pick], lat1[pick], lon2[pick], lat2[pick]
    out[0, found] = inverse(lon1[pick], lat1[pick], lon2[pick], lat2[pick])[1]
    return Closest(*out)


def _foot_pairs(
    line: Stretches, ends: Stretches, on: Ints, end: Ints, sign: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return, for both ends of stretches, the foot on another stretch, and the end: degrees."""
    a, b = line.first[:, on], line.last[:, on]
    feet = [_foot(a, b, sign * point[:, end]) for point in (ends.first, ends.last)]
    share = np.concatenate(feet)
    both = np.concatenate([on, on])
    lon = line.lon1[both] + share * (line.lon2 - line.lon1)[both]
    lat = line.lat1[both] + share * (line.lat2 - line.lat1)[both]
    to_lon = np.concatenate([ends.lon1[end], ends.lon2[end]])
    to_lat = np.concatenate([ends.lat1[end], ends.lat2[end]])
    return lon, lat, to_lon, to_lat


def _foot(a: Floats, b: Floats, x: Floats) -> Floats:
    """Return the share of the way from a to b where an arc comes nearest to x, 0 to 1."""
    along = b - a
    along = along - (along * a).sum(axis=0) * a
    length = np.sqrt((along * along).sum(axis=0))
    flat = length < 1e-15  # noqa: PLR2004 - a point
    angle = np.arctan2((x * along).sum(axis=0) / np.where(flat, 1, length), (x * a).sum(axis=0))
    return np.where(flat, 0.0, np.clip(angle / np.where(flat, 1, length), 0, 1))
