"""A tree of caps about points of a boundary, so that most of it can be set aside unseen.

The centre of every cap is itself one of the points, so the distance to it is no less than the least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import A_M

if TYPE_CHECKING:
    from rangemap.geodesy.ellipsoid import Floats, Ints

_FAN = 3
_CELLS = 1024


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes of all levels in one row, the leaves first.

    Attributes
    ----------
    centre
        Unit vectors, shape (3, n).
    radius_m
        No point below a node is farther from its centre, shape (n,).
    group
        Shape (n,).
    child, children
        The first of its children, and how many follow each other there; leaves are their own.
    item
        For each leaf: which of the given items it is.
    top
        The first node of the highest level.
    """

    centre: Floats
    radius_m: Floats
    group: Ints
    child: Ints
    children: Ints
    item: Ints
    top: int

    @classmethod
    def of(cls, centre: Floats, radius_m: Floats, group: Ints, most: int) -> Tree:
        """Build a tree over caps, none of its nodes over two groups, up to a level of at most so many nodes.

        Parameters
        ----------
        centre, radius_m, group
            Unit vectors, metres and numbers of groups, in any order.
        most
            It may end higher where there are more groups.
        """
        item = np.lexsort([_morton(centre), group])
        leaves = _Level(
            centre.take(item, axis=1), radius_m[item], group[item], np.arange(len(item)), np.ones_like(item)
        )
        levels, first = [leaves], np.arange(len(item))
        while len(levels[-1].group) > most:
            level, first = _above(leaves, levels[-1], first)
            if len(level.group) == len(levels[-1].group):
                break
            levels.append(level)
        base = np.cumsum([0, 0, *(len(level.group) for level in levels[:-1])])
        return cls(
            np.ascontiguousarray(np.concatenate([level.centre for level in levels], axis=1)),
            np.concatenate([level.radius_m for level in levels]),
            np.concatenate([level.group for level in levels]),
            np.concatenate([level.child + start for level, start in zip(levels, base, strict=False)]),
            np.concatenate([level.children for level in levels]),
            item,
            int(base[-1]),
        )


@dataclass(frozen=True, slots=True)
class _Level:
    centre: Floats
    radius_m: Floats
    group: Ints
    child: Ints
    children: Ints


def _above(leaves: _Level, below: _Level, first: Ints) -> tuple[_Level, Ints]:
    """Return the next level, and the first leaf of each of its nodes."""
    _, start, size = np.unique(below.group, return_index=True, return_counts=True)
    owner, k = runs(-(-size // _FAN))
    child = start[owner] + k * _FAN
    first = first[child]
    node = np.repeat(np.arange(len(first)), np.diff(first, append=len(leaves.group)))
    towards = np.add.reduceat(leaves.centre, first, axis=1)
    cosine = np.einsum("kn,kn->n", leaves.centre, towards.take(node, axis=1))
    best = np.flatnonzero(cosine == np.maximum.reduceat(cosine, first)[node])
    middle = np.empty_like(first)
    middle[node[best]] = best
    centre = leaves.centre.take(middle, axis=1)
    away = leaves.centre - centre.take(node, axis=1)
    chord = np.sqrt(np.einsum("kn,kn->n", away, away))
    reach_m = 2 * A_M * np.arcsin(np.minimum(chord / 2, 1)) + leaves.radius_m
    children = np.minimum(size[owner] - k * _FAN, _FAN)
    return _Level(centre, np.maximum.reduceat(reach_m, first), below.group[child], child, children), first


def _morton(centre: Floats) -> Ints:
    """Return places along a curve that visits the cells of a cube eighth by eighth (G. M. Morton, 1966)."""
    place = np.zeros(centre.shape[1], dtype=np.intp)
    for axis, cells in enumerate(((centre + 1) * (_CELLS / 2 - 0.01)).astype(np.intp)):
        spread = (cells | cells << 16) & 0x030000FF
        spread = (spread | spread << 8) & 0x0300F00F
        spread = (spread | spread << 4) & 0x030C30C3
        place |= ((spread | spread << 2) & 0x09249249) << axis
    return place


def runs(count: Ints) -> tuple[Ints, Ints]:
    """Return, for runs of so many numbers each, the run of every number and its place in it."""
    row = np.repeat(np.arange(len(count)), count)
    return row, np.arange(len(row)) - (np.cumsum(count) - count)[row]


def occurring(numbers: Ints) -> Ints:
    """Return which numbers from 0 on occur, ascending: `np.unique`, which would load masked arrays for it."""
    return np.flatnonzero(np.bincount(numbers))
