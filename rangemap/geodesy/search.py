"""The search for the parts of boundaries that come nearest, or are furthest apart.

Two trees of caps are walked down together. A distance changes by at most a metre a metre, so a pair of caps can be
dropped when the distance of their centres, less what the caps allow, is more than one that is known already. A cap
about several points, each of which has a nearest point of its own, allows less than its radius where two candidates
lie almost in one direction: the difference of their distances then hardly changes from point to point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import A_M
from rangemap.geodesy.quick import ROUGH_ERROR_M, ROUGH_RAD, quick_m
from rangemap.geodesy.tree import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rangemap.geodesy.ellipsoid import Floats, Ints
    from rangemap.geodesy.tree import Tree

_AT_ONCE = 5_000
_LEVER = 1.5  # √2 on a sphere; the rest is for the ellipsoid
_ASIDE = 0.98
_DIM_RAD = 0.05  # this close to the antipode, directions on the sphere say nothing about the ellipsoid
_THEIRS_FIRST = 2.0  # found by trial: a smaller cap of theirs also has a closer rival


def candidates(ours: Tree, theirs: Tree, sign: float, *, each: bool) -> tuple[Ints, Ints]:
    """Return pairs of items that may realise the least cost, in the order of theirs.

    Costs are distances, and negative ones for the furthest.

    Parameters
    ----------
    ours, theirs
        Trees; the groups of ours are ignored.
    sign
        1 for the nearest, −1 for the furthest.
    each
        Whether a least is wanted for each of their items, which are points, or for each of their groups.
    """
    bound = _Each(ours, theirs) if each else _Groups(theirs)
    walked = zip(*_walked(ours, theirs, bound, sign), strict=True)
    our, their, cost = (np.concatenate(part) for part in walked)
    slack_m = bound.slack_m(our, their, cost)
    near = np.flatnonzero(cost - ours.radius_m[our] - slack_m - 2 * ROUGH_ERROR_M <= bound.known(their))
    our, their = ours.item[our[near]], theirs.item[their[near]]
    order = np.lexsort([our, their])
    return our[order], their[order]


def _walked(ours: Tree, theirs: Tree, bound: _Each | _Groups, sign: float) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield pairs of leaves, and their costs."""
    our, their = np.arange(ours.top, len(ours.group)), np.arange(theirs.top, len(theirs.group))
    waiting = [(np.tile(our, len(their)), np.repeat(their, len(our)))]
    while waiting:
        our, their = _some(waiting)
        cost = sign * quick_m(ours.centre.take(our, axis=1), theirs.centre.take(their, axis=1), ROUGH_RAD)
        bound.lower(our, their, cost)
        radius_m, slack_m = ours.radius_m.take(our), bound.slack_m(our, their, cost)
        keep = cost - radius_m - slack_m - 2 * ROUGH_ERROR_M <= bound.known(their)
        ready = (our < len(ours.item)) & (their < len(theirs.item))
        last, more = np.flatnonzero(keep & ready), np.flatnonzero(keep & ~ready)
        yield our[last], their[last], cost[last]
        if len(more):
            waiting.append(_divided(ours, theirs, our[more], their[more], (radius_m[more], slack_m[more])))


def _some(waiting: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Take pairs, all of each of their nodes, no more at once than the processor's cache has room for."""
    our, their = waiting.pop()
    if len(their) <= _AT_ONCE:
        return our, their
    cut = int(np.searchsorted(their, their[_AT_ONCE])) or int(np.searchsorted(their, their[0], side="right"))
    if cut < len(their):
        waiting.append((our[cut:], their[cut:]))
    return our[:cut], their[:cut]


def _divided(ours: Tree, theirs: Tree, our: Ints, their: Ints, part_m: tuple[Floats, Floats]) -> tuple[Ints, Ints]:
    """Go down one level, for each node of theirs on the side that blurs its bounds more."""
    start = np.flatnonzero(np.concatenate([[True], their[1:] != their[:-1]]))
    radius_m, slack_m = part_m
    blur_m = np.add.reduceat(_THEIRS_FIRST * slack_m - radius_m * (our >= len(ours.item)), start)
    open_ = np.maximum.reduceat(our, start) >= len(ours.item)
    splits = (their[start] >= len(theirs.item)) & ((blur_m > 0) | ~open_)
    splits = np.repeat(splits, np.diff(start, append=len(their)))
    left, right = np.flatnonzero(~splits), np.flatnonzero(splits)
    row, k = runs(ours.children[our[left]])
    its_row, its_k = runs(theirs.children[their[right]])
    our = np.concatenate([ours.child[our[left]][row] + k, our[right][its_row]])
    their = np.concatenate([their[left][row], theirs.child[their[right]][its_row] + its_k])
    order = np.argsort(their, kind="stable")
    return our[order], their[order]


class _Groups:
    """The least costs known of groups: each that is computed is one, as centres are points of the boundary."""

    def __init__(self, theirs: Tree) -> None:
        self.theirs = theirs
        self.best = np.full(int(theirs.group.max()) + 1, np.inf)

    def lower(self, _our: Ints, their: Ints, cost: Floats) -> None:
        np.minimum.at(self.best, self.theirs.group[their], cost)

    def known(self, their: Ints) -> Floats:
        return self.best[self.theirs.group[their]]

    def slack_m(self, _our: Ints, their: Ints, _cost: Floats) -> Floats:
        """Return what points of caps may be nearer than their centres."""
        return self.theirs.radius_m[their]


class _Each:
    """The least costs known of the centres of nodes, and the node of ours that realises each."""

    def __init__(self, ours: Tree, theirs: Tree) -> None:
        self.ours = ours
        self.theirs = theirs
        self.best = np.full(len(theirs.group), np.inf)
        self.rival = np.zeros(len(theirs.group), dtype=np.intp)

    def lower(self, our: Ints, their: Ints, cost: Floats) -> None:
        np.minimum.at(self.best, their, cost)
        least = np.flatnonzero(cost == self.best.take(their))
        self.rival[their[least]] = our[least]

    def known(self, their: Ints) -> Floats:
        return self.best.take(their)

    def slack_m(self, our: Ints, their: Ints, cost: Floats) -> Floats:
        """Return by how much the lead of the centre's rival may shrink on the way to another point of the cap.

        Per metre, by the difference of two unit vectors towards ours and the rival: on a sphere at most √2 times their
        chord over the sine of the distance while their directions are less than a right angle apart, else at most 2;
        and more than a right angle they are only where the chord exceeds the sine.
        """
        slack_m = np.zeros(len(their))
        wide = np.flatnonzero(their >= len(self.theirs.item))
        our, their, cost = our[wide], their[wide], cost[wide]
        radius_m = self.theirs.radius_m.take(their)
        apart = self.ours.centre.take(our, axis=1) - self.ours.centre.take(self.rival.take(their), axis=1)
        chord = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2])
        arc = np.abs(cost) / A_M
        sine = np.sin(np.where(arc > np.pi / 2, arc + _DIM_RAD, arc)) - radius_m / A_M
        share = chord / np.maximum(sine, 1e-9)
        slack_m[wide] = radius_m * np.where(share < _ASIDE, _LEVER * share, 2)
        return slack_m
