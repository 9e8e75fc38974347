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
from rangemap.geodesy.curve import Arcs
from rangemap.geodesy.ellipsoid import inverse, lonlat_of
from rangemap.geodesy.gaps import CUT, Gaps
from rangemap.geodesy.level import Circles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rangemap.geodesy.boundary import Blocks, Points
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints
    from rangemap.geodesy.level import Level

_WIDEST = 0.15
_SHORT = 0.06  # radians, 400 km: discs that meet few others
_NEIGHBOURS = (2, 4, 8, 18, 40, 90, 200, 500, 1200, 3000, 8000)
_PROBES = 4
_FEW = 200
_CHUNK = 2_000_000


def envelope(points: Points, at: Level, *, inside: bool) -> Gaps:
    """Return the arcs of the outline.

    Parameters
    ----------
    points
        Centres of the discs.
    at
        Their common radius.
    inside
        True for the outline of the union, False for that of the intersection.

    Returns
    -------
    Gaps
        Visible arcs, each ended by the discs of its tags.
    """
    circles = Circles(points.vectors, at, inside=inside)
    left = _by_deepest(circles, points, _by_neighbours(circles, points))
    return _gaps.rejoin(_by_all(circles, points, _gaps.divide(left, 0.6 if at.sigma < _SHORT else _WIDEST)))


def _by_neighbours(circles: Circles, points: Points) -> Gaps:
    n = len(points)
    every = np.arange(n)
    left = _gaps.opened(circles, every, (every + 1) % n)
    for step in _steps(circles, n):
        if not len(left):
            break
        disc = (left.owner + step) % n
        left = _gaps.subtract(left, circles.covers(left.owner, disc), disc)
    return left


def _steps(circles: Circles, n: int) -> list[int]:
    """Return steps along the boundary, growing as long as a typical one is shorter than the discs are wide."""
    apart = circles.centres - np.roll(circles.centres, 1, axis=1)
    typical = float(np.median(np.sqrt((apart * apart).sum(axis=0))))
    if n < _FEW:
        return [-1, 2, -2]
    widest = min(n // 2, 3 * circles.at.sigma / max(typical, 1e-9))
    return [-1, *(sign * step for step in _NEIGHBOURS if step < widest for sign in (1, -1))]


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
    if not len(left):
        return left
    if circles.inside and circles.at.sigma < _SHORT:
        groups = list(_near_by_blocks(circles, points, left))
    else:
        every = np.arange(len(points.blocks.radius))
        size = max(1, _CHUNK // (4 * len(every)))
        groups = [(np.arange(k, min(k + size, len(left))), every) for k in range(0, len(left), size)]
    gap, disc = (
        np.concatenate(part)
        for part in zip(*(_touching(circles, points, left, some, blocks) for some, blocks in groups), strict=True)
    )
    return _gaps.subtract_all(left, gap, circles.covers(left.owner[gap], disc), disc)


def _touching(circles: Circles, points: Points, left: Gaps, some: Ints, candidates: Ints) -> tuple[Ints, Ints]:
    """Return pairs of a gap and a disc that can take something from it.

    A union's disc can only if its centre is nearer to the gap's middle than the radius and half the gap; an
    intersection's only if it is further than the radius less half the gap.
    """
    at = circles.at
    gaps = left.take(some)
    half = (gaps.high - gaps.low) / 2 * 1.02 * math.sin(at.sigma) + 1e-6
    if circles.inside:
        middle, least_cos = _middles(circles, gaps), np.cos(np.minimum(at.greatest + half, math.pi))
    else:
        middle, least_cos = -_middles(circles, gaps), -np.cos(np.maximum(at.least - half, 0.0))
    blocks = points.blocks.take(candidates)
    near = _near(middle, least_cos, blocks)
    found_gap, found_disc = [np.zeros(0, dtype=np.intp)], [np.zeros(0, dtype=np.intp)]
    for block in np.flatnonzero(near.any(axis=0)):
        rows = np.flatnonzero(near[:, block])
        members = blocks.members[block]
        depth = middle[:, rows].T @ points.vectors[:, members]
        row, column = np.nonzero(depth >= least_cos[rows][:, None])
        found_gap.append(rows[row])
        found_disc.append(members[column])
    gap, disc = np.concatenate(found_gap), np.concatenate(found_disc)
    other = disc != gaps.owner[gap]
    return some[gap[other]], disc[other]


def _near(middle: Floats, least_cos: Floats, blocks: Blocks) -> Bools:
    """Tell which blocks may hold a point so near: cos apart ≥ cos(limit + radius), as one product of matrices."""
    limit = np.arccos(np.clip(least_cos, -1, 1))
    rows = np.concatenate([middle, -np.cos(limit)[None], np.sin(limit)[None]])
    columns = np.concatenate([blocks.middle, np.cos(blocks.radius)[None], np.sin(blocks.radius)[None]])
    near: Bools = rows.T @ columns >= 0
    return near | (limit[:, None] + blocks.radius >= np.pi)


def _near_by_blocks(circles: Circles, points: Points, left: Gaps) -> Iterator[tuple[Ints, Ints]]:
    """Yield, for the gaps of each block of owners in turn, the blocks that their circles can meet."""
    blocks = points.blocks
    cosine = np.cos(np.minimum(blocks.radius + 2 * circles.at.greatest, math.pi))
    close = _near(blocks.middle, cosine, blocks)
    owner_block = left.owner // blocks.members.shape[1]
    order = np.argsort(owner_block, kind="stable")
    cuts = np.flatnonzero(np.diff(owner_block[order])) + 1
    for part in np.split(order, cuts):
        yield part, np.flatnonzero(close[owner_block[part[0]]])


@dataclass(frozen=True, slots=True)
class Linked:
    """Arcs linked end to end.

    Attributes
    ----------
    points
        The centres of the circles.
    at
        Their radius.
    arcs
        The arcs, loop after loop, each loop clockwise along its arcs.
    loop
        Number of the loop of each arc, shape (a,).
    """

    points: Points
    at: Level
    arcs: Gaps
    loop: Ints

    def without(self, dropped: Callable[[Floats, Floats], Bools]) -> Linked:
        """Return the loops whose first point a test of longitudes and latitudes does not drop."""
        _, first, number = np.unique(self.loop, return_index=True, return_inverse=True)
        kept = ~dropped(*self._lonlat(self.arcs.owner[first], self.arcs.low[first]))[number]
        return Linked(self.points, self.at, self.arcs.take(kept), self.loop[kept])

    def on_ellipsoid(self) -> Arcs:
        """Return the arcs between true azimuths."""
        owner = self.arcs.owner
        lon, lat = self.points.lon[owner], self.points.lat[owner]
        low, _ = inverse(lon, lat, *self._lonlat(owner, self.arcs.low))
        high, _ = inverse(lon, lat, *self._lonlat(owner, self.arcs.high))
        width = np.degrees(self.arcs.high - self.arcs.low)
        width = np.maximum(width + np.mod(high - low - width + 180, 360) - 180, 0)
        return Arcs(lon, lat, low, low + width, self.loop, self.at.range_m)

    def _lonlat(self, owner: Ints, tau: Floats) -> tuple[Floats, Floats]:
        return lonlat_of(Circles(self.points.vectors, self.at, inside=True).point(owner, tau))


def linked(points: Points, at: Level, arcs: Gaps) -> Linked:
    """Link arcs to loops: where disc j ends an arc of circle i, an arc of j begins that i ends."""
    following = _following(points, at, arcs)
    order, loop = _walked(following)
    return Linked(points, at, arcs.take(order), loop)


def _following(points: Points, at: Level, arcs: Gaps) -> Ints:
    every = np.arange(len(arcs))
    whole = (arcs.low_tag == CUT) & (arcs.high_tag == CUT)
    if whole.all():
        return every
    n = len(points)
    starts = arcs.owner * (n + 1) + arcs.low_tag + 1
    wanted = arcs.high_tag * (n + 1) + arcs.owner + 1
    order = np.argsort(starts, kind="stable")
    place = np.minimum(np.searchsorted(starts[order], wanted), len(order) - 1)
    following = np.where(starts[order][place] == wanted, order[place], CUT)
    following = np.where(whole, every, following)
    lost = np.flatnonzero(following == CUT)
    return _repaired(points, at, arcs, following, lost) if len(lost) else following


def _repaired(points: Points, at: Level, arcs: Gaps, following: Ints, lost: Ints) -> Ints:
    """Link ends that rounding has parted (three circles through one point) to the nearest free start."""
    circles = Circles(points.vectors, at, inside=True)
    taken = np.isin(np.arange(len(arcs)), following)
    free = np.flatnonzero(~taken)
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
    for number in range(len(to)):
        at = number
        while at != CUT and not seen[at]:
            seen[at] = True
            order.append(at)
            loop.append(number)
            at = to[at]
    return np.array(order, dtype=np.intp), np.array(loop, dtype=np.intp)
