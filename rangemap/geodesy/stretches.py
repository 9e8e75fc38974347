"""Short stretches of boundary, in blocks and flocks: caps that let most of them be set aside unseen.

A boundary is divided into stretches of at most 5 km; up to 16 of one group make a block, up to 16 blocks a flock.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import unit_vectors

if TYPE_CHECKING:
    from rangemap.geodesy.boundary import Edges
    from rangemap.geodesy.ellipsoid import Floats, Ints

STEP_M = 5_000.0

_BLOCK = 16


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
    """Caps about up to 16 consecutive stretches of one group; attributes have shapes (3, b) or (b,).

    `vectors` are the middles of the stretches, the last one repeated, shape (b, 16, 3), (b, 1, 3) for points; `half` is
    half the length of the longest.
    """

    middle: Floats
    radius: Floats
    half: Floats
    vectors: Floats
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
        radius = np.maximum.reduceat(apart, start) + 1e-9
        members = start[:, None] + np.minimum(np.arange(count.max()), count[:, None] - 1)
        vectors = np.ascontiguousarray(stretches.middle.T)[members]
        half = np.maximum.reduceat(stretches.half, start)
        return cls(middle, radius, half, vectors, start, count, stretches.group[start])


@dataclass(frozen=True, slots=True)
class Flocks:
    """Caps about up to 16 blocks that lie near each other.

    Attributes
    ----------
    order
        The blocks, flock by flock.
    middle, radius
        Unit vectors of the centres, shape (3, f), and arc radii, radians.
    start, count
        Where in the order each begins, and how many blocks it has.
    """

    order: Ints
    middle: Floats
    radius: Floats
    start: Ints
    count: Ints

    @classmethod
    def of(cls, stretches: Stretches, wanted: Ints) -> Flocks:
        """Gather blocks of stretches: along the boundary, or points along a curve that fills the sheet."""
        blocks = stretches.blocks
        if blocks.count.max() == 1:
            member = blocks.start[wanted]
            wanted = wanted[np.argsort(_morton(stretches.lon1[member], stretches.lat1[member]), kind="stable")]
        start = np.arange(0, len(wanted), _BLOCK)
        count = np.minimum(len(wanted) - start, _BLOCK)
        inside = blocks.middle[:, wanted]
        middle = np.add.reduceat(inside, start, axis=1)
        middle = middle / np.maximum(np.sqrt((middle * middle).sum(axis=0)), 1e-12)
        cosine = np.einsum("kn,kn->n", inside, np.repeat(middle, count, axis=1))
        apart = np.arccos(np.clip(cosine, -1, 1)) + blocks.radius[wanted]
        return cls(wanted, middle, np.maximum.reduceat(apart, start) + 1e-9, start, count)

    def members(self, some: Ints) -> tuple[Ints, Ints]:
        """Return, for every block of some flocks, which of them it is in, and the block."""
        row, place = expanded(self.start[some], self.count[some])
        return row, self.order[place]


def _morton(lon: Floats, lat: Floats) -> Ints:
    """Return places along a curve that visits the cells of the sheet quarter by quarter (G. M. Morton, 1966)."""
    x, y = ((lon + 180) * 11.3).astype(np.intp), ((lat + 90) * 11.3).astype(np.intp)
    place = np.zeros(len(x), dtype=np.intp)
    for bit in range(12):
        place |= ((x >> bit & 1) << 2 * bit) | ((y >> bit & 1) << 2 * bit + 1)
    return place


def expanded(start: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Return, for runs of numbers, the run of every number, and the numbers."""
    row = np.repeat(np.arange(len(count)), count)
    return row, start[row] + np.arange(len(row)) - (np.cumsum(count) - count)[row]
