"""The outline of a union (or intersection) of equal geodesic discs: which arcs of which circles can be seen.

An arc of circle i is on the outline where no other disc covers it. Instead of uniting thousands of polygons, the
intervals that other discs cover are subtracted from each circle, cheapest and most telling first:

1. neighbours along the boundary, at growing steps: nearly all points have lost their whole circle by then;
2. for what is left, the disc that lies deepest over the middle of a gap, a few times over;
3. for the few gaps that survive, every disc that could still touch them, found through caps about blocks of points.

Every interval comes from one closed formula (`level`), so step 3 leaves the exact arrangement, whatever 1 and 2 did.
The arcs then link up by themselves: where j ends an arc of i, an arc of j begins at i.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy import gaps as _gaps
from rangemap.geodesy.gaps import CUT, Gaps
from rangemap.geodesy.level import Circles, Level

if TYPE_CHECKING:
    from rangemap.geodesy.boundary import Points
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

_WIDEST = 0.15
_PROBES = 4
_CHUNK = 2_000_000


def envelope(points: Points, at: Level, *, inside: bool, start: Gaps | None = None) -> Gaps:
    """Return the arcs of the outline.

    Parameters
    ----------
    points
        Centres of the discs.
    at
        Their common radius.
    inside
        True for the outline of the union, False for that of the intersection.
    start
        Gaps that are known to hold all arcs; without it, all circles are looked at.

    Returns
    -------
    Gaps
        Visible arcs, each ended by the discs of its tags.
    """
    circles = Circles(points.vectors, at, inside=inside)
    left = _by_neighbours(circles, len(points)) if start is None else start
    left = _by_deepest(circles, points, left)
    return _gaps.rejoin(_by_all(circles, points, _gaps.divide(left, _WIDEST)))


def _by_neighbours(circles: Circles, n: int) -> Gaps:
    every = np.arange(n)
    left = _gaps.opened(circles, every, (every + 1) % n)
    for step in _steps(n):
        if not len(left):
            break
        disc = (left.owner + step) % n
        left = _gaps.subtract(left, circles.covers(left.owner, disc), disc)
    return left


def _steps(n: int) -> list[int]:
    growing = [1, 2, 3, 5, 8, 14, 24, 40, 70, 120, 200, 350, 600, 1000, 2000, 4000, 8000, 16000]
    return [-1, *(sign * step for step in growing[1:] if step < n // 2 for sign in (1, -1))]


def _by_deepest(circles: Circles, points: Points, left: Gaps) -> Gaps:
    """Subtract, a few times, the disc that lies deepest over the middle of each gap."""
    settled: list[Gaps] = []
    for _ in range(_PROBES):
        if not len(left):
            break
        disc = _deepest(circles, points, left)
        own = disc == left.owner
        settled.append(left.take(own))
        left, disc = left.take(~own), disc[~own]
        left = _gaps.subtract(left, circles.covers(left.owner, disc), disc)
    return Gaps.join(*settled, left)


def _deepest(circles: Circles, points: Points, left: Gaps) -> Ints:
    """Return the centre nearest to the middle of each gap (the furthest one for an intersection)."""
    sign = 1.0 if circles.inside else -1.0
    at = sign * _middles(circles, left)
    best = _argmax_rows(at, points.blocks.middle)
    members = points.blocks.members[best]
    depth = np.einsum("kg,kgm->gm", at, points.vectors[:, members])
    found = members[np.arange(len(left)), depth.argmax(axis=1)]
    own = (at * points.vectors[:, left.owner]).sum(axis=0)
    return np.where(depth.max(axis=1) > own + 1e-15, found, left.owner)


def _middles(circles: Circles, left: Gaps) -> Floats:
    return circles.point(left.owner, (left.low + left.high) / 2)


def _argmax_rows(rows: Floats, columns: Floats) -> Ints:
    size = max(1, _CHUNK // columns.shape[1])
    parts = [(rows[:, k : k + size].T @ columns).argmax(axis=1) for k in range(0, rows.shape[1], size)]
    return np.concatenate(parts)


def _by_all(circles: Circles, points: Points, left: Gaps) -> Gaps:
    """Subtract every disc that may still touch a gap: the exact arrangement."""
    size = max(1, _CHUNK // (4 * len(points.blocks.radius)))
    done = [
        _by_touching(circles, points, left.take(np.arange(k, min(k + size, len(left)))))
        for k in range(0, len(left), size)
    ]
    return Gaps.join(*done) if done else left


def _by_touching(circles: Circles, points: Points, left: Gaps) -> Gaps:
    gap, disc = _touching(circles, points, left)
    return _gaps.subtract_all(left, gap, circles.covers(left.owner[gap], disc), disc)


def _touching(circles: Circles, points: Points, left: Gaps) -> tuple[Ints, Ints]:
    """Return pairs of a gap and a disc that can take something from it.

    A union's disc can only if its centre is nearer to the gap's middle than the radius and half the gap; an
    intersection's only if it is further than the radius less half the gap.
    """
    middle = _middles(circles, left)
    at = circles.at
    half = (left.high - left.low) / 2 * 1.02 * math.sin(at.sigma) + 1e-6
    if circles.inside:
        least_cos = np.cos(np.minimum(at.greatest + half, math.pi))
        sign = 1.0
    else:
        least_cos = -np.cos(np.maximum(at.least - half, 0.0))
        sign = -1.0
    reach = np.arccos(np.clip(least_cos, -1, 1))
    blocks = points.blocks
    apart = np.arccos(np.clip(sign * (middle.T @ blocks.middle), -1, 1))
    gap, block = np.nonzero(apart <= reach[:, None] + blocks.radius[None, :])
    return _expanded(points, sign * middle, least_cos, left.owner, gap, block)


def _expanded(
    points: Points, middle: Floats, least_cos: Floats, owner: Ints, gap: Ints, block: Ints
) -> tuple[Ints, Ints]:
    found_gap, found_disc = [], []
    for k in range(0, max(len(gap), 1), _CHUNK // 32):
        some, members = gap[k : k + _CHUNK // 32], points.blocks.members[block[k : k + _CHUNK // 32]]
        depth = np.einsum("kg,kgm->gm", middle[:, some], points.vectors[:, members])
        near = (depth >= least_cos[some][:, None]) & (members != owner[some][:, None])
        row, column = np.nonzero(near)
        found_gap.append(some[row])
        found_disc.append(members[row, column])
    return np.concatenate(found_gap), np.concatenate(found_disc)


@dataclass(frozen=True, slots=True)
class Loops:
    """Arcs linked end to end.

    Attributes
    ----------
    arcs
        The arcs, loop after loop, each loop clockwise along its arcs.
    loop
        Number of the loop of each arc, shape (a,).
    whole
        Whether the arc is a whole circle, shape (a,).
    """

    arcs: Gaps
    loop: Ints
    whole: Bools


def linked(points: Points, at: Level, arcs: Gaps) -> Loops:
    """Link arcs to loops: where disc j ends an arc of circle i, an arc of j begins that i ends."""
    n = len(points)
    whole = (arcs.low_tag == CUT) & (arcs.high_tag == CUT)
    following = _following(points, at, arcs, n)
    following[whole] = np.flatnonzero(whole)
    order, loop = _walked(following)
    return Loops(arcs.take(order), loop, whole[order])


def _following(points: Points, at: Level, arcs: Gaps, n: int) -> Ints:
    starts = arcs.owner * (n + 1) + arcs.low_tag + 1
    wanted = arcs.high_tag * (n + 1) + arcs.owner + 1
    order = np.argsort(starts, kind="stable")
    place = np.minimum(np.searchsorted(starts[order], wanted), len(order) - 1)
    following = np.where(starts[order][place] == wanted, order[place], CUT)
    lost = np.flatnonzero((following == CUT) & ((arcs.low_tag != CUT) | (arcs.high_tag != CUT)))
    return _repaired(points, at, arcs, following, lost) if len(lost) else following


def _repaired(points: Points, at: Level, arcs: Gaps, following: Ints, lost: Ints) -> Ints:
    """Link ends that rounding has parted (three circles through one point) to the nearest free start."""
    circles = Circles(points.vectors, at, inside=True)
    taken = np.isin(np.arange(len(arcs)), following)
    free = np.flatnonzero(~taken & ((arcs.low_tag != CUT) | (arcs.high_tag != CUT)))
    ends = circles.point(arcs.owner[lost], arcs.high[lost])
    starts = circles.point(arcs.owner[free], arcs.low[free])
    closeness = ends.T @ starts
    following = following.copy()
    for _ in range(min(len(lost), len(free))):
        row, column = np.unravel_index(int(closeness.argmax()), closeness.shape)
        following[lost[row]] = free[column]
        closeness[row, :] = -2
        closeness[:, column] = -2
    return following


def _walked(following: Ints) -> tuple[Ints, Ints]:
    to = following.tolist()
    seen = [False] * len(to)
    order: list[int] = []
    loop: list[int] = []
    number = 0
    for start in range(len(to)):
        at = start
        while at != CUT and not seen[at]:
            seen[at] = True
            order.append(at)
            loop.append(number)
            at = to[at]
        number += 1
    return np.array(order, dtype=np.intp), np.array(loop, dtype=np.intp)
