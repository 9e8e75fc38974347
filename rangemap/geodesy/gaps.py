"""Open intervals on circles, and what is left of them after other discs have taken their share.

A gap is a clockwise interval [low, high] of azimuth on the circle of one owner, with the disc that ends it on either
side (its tag). Everything here works on arrays of gaps at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.level import TURN, Circles

if TYPE_CHECKING:
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints
    from rangemap.geodesy.level import Covers

CUT = -1
"""Tag of an end that no disc has made: the start of a whole circle, or a gap divided for convenience."""

_SHORTEST = 1e-12
_STRIDE = 16.0  # more than two turns: keeps the gaps apart on one common axis


@dataclass(frozen=True, slots=True)
class Gaps:
    """Intervals on circles.

    Attributes
    ----------
    owner
        Index of the circle, shape (g,).
    low, high
        Azimuths on the reduced sphere, radians, `low` < `high` ≤ `low` + a turn.
    low_tag, high_tag
        Index of the disc whose edge the end is, or `CUT`.
    """

    owner: Ints
    low: Floats
    high: Floats
    low_tag: Ints
    high_tag: Ints

    def __len__(self) -> int:
        return len(self.owner)

    def take(self, index: Ints | Bools) -> Gaps:
        """Return some of the gaps."""
        return Gaps(self.owner[index], self.low[index], self.high[index], self.low_tag[index], self.high_tag[index])

    @classmethod
    def join(cls, *parts: Gaps) -> Gaps:
        """Return all gaps of several collections."""
        return cls(
            np.concatenate([part.owner for part in parts]),
            np.concatenate([part.low for part in parts]),
            np.concatenate([part.high for part in parts]),
            np.concatenate([part.low_tag for part in parts]),
            np.concatenate([part.high_tag for part in parts]),
        )


def opened(circles: Circles, owner: Ints, first: Ints) -> Gaps:
    """Return what each owner's circle has left after one first disc has taken its share."""
    cover = circles.covers(owner, first)
    whole = cover.length <= 0
    low = np.where(whole, 0.0, cover.start + cover.length)
    high = np.where(whole, TURN, cover.start + TURN)
    tag = np.where(whole, CUT, first)
    return Gaps(owner, low, high, tag, tag).take(~cover.full & (high - low > _SHORTEST))


def subtract(gaps: Gaps, cover: Covers, disc: Ints) -> Gaps:
    """Return what is left of each gap after its own one disc has taken its share."""
    start = gaps.low + np.mod(cover.start - gaps.low, TURN)
    end = start + cover.length
    before = end - TURN  # the same disc, one turn earlier
    taken = cover.length > 0
    low_cut = taken & (before > gaps.low)
    high_cut = taken & (start < gaps.high)
    first = Gaps(
        gaps.owner,
        np.where(low_cut, before, gaps.low),
        np.where(high_cut, start, gaps.high),
        np.where(low_cut, disc, gaps.low_tag),
        np.where(high_cut, disc, gaps.high_tag),
    ).take(~cover.full)
    first = first.take(first.high - first.low > _SHORTEST)
    beyond = taken & ~cover.full & (end < gaps.high - _SHORTEST)
    if not beyond.any():
        return first
    return Gaps.join(
        first,
        Gaps(gaps.owner[beyond], end[beyond], gaps.high[beyond], disc[beyond], gaps.high_tag[beyond]),
    )


def divide(gaps: Gaps, widest: float) -> Gaps:
    """Return the gaps in pieces no wider than an angle, the new ends tagged `CUT`."""
    pieces = np.maximum(np.ceil((gaps.high - gaps.low) / widest), 1).astype(np.intp)
    gap = np.repeat(np.arange(len(gaps)), pieces)
    k = np.arange(len(gap)) - (np.cumsum(pieces) - pieces)[gap]
    last = k == pieces[gap] - 1
    step = ((gaps.high - gaps.low) / pieces)[gap]
    return Gaps(
        gaps.owner[gap],
        gaps.low[gap] + k * step,
        np.where(last, gaps.high[gap], gaps.low[gap] + (k + 1) * step),
        np.where(k == 0, gaps.low_tag[gap], CUT),
        np.where(last, gaps.high_tag[gap], CUT),
    )


def subtract_all(gaps: Gaps, gap: Ints, cover: Covers, disc: Ints) -> Gaps:
    """Return what is left of the gaps after many discs have taken their share.

    Parameters
    ----------
    gaps
        The gaps.
    gap, cover, disc
        One entry for each pair of a gap and a disc.
    """
    dead = np.zeros(len(gaps), dtype=bool)
    dead[gap[cover.full]] = True
    low, width = gaps.low[gap], (gaps.high - gaps.low)[gap]
    start = np.mod(cover.start - low, TURN)
    end = start + cover.length
    ahead = (cover.length > 0) & (start < width)
    behind = (cover.length > 0) & (end > TURN)
    every = np.arange(len(gaps))
    base = every * _STRIDE
    index = np.concatenate([every, gap[ahead], gap[behind], every])
    offset = index * _STRIDE
    begins = offset + np.concatenate([np.zeros(len(gaps)), start[ahead], np.zeros(behind.sum()), gaps.high - gaps.low])
    ends = offset + np.concatenate([np.zeros(len(gaps)), end[ahead], end[behind] - TURN, np.full(len(gaps), 2 * TURN)])
    tags = np.concatenate([gaps.low_tag, disc[ahead], disc[behind], gaps.high_tag])
    order = np.argsort(begins, kind="stable")
    index, begins, ends, tags = index[order], begins[order], ends[order], tags[order]
    reach = np.maximum.accumulate(ends)
    by = np.maximum.accumulate(np.where(ends >= reach, np.arange(len(ends)), 0))
    free = (begins[1:] > reach[:-1] + _SHORTEST) & (index[1:] == index[:-1]) & ~dead[index[1:]]
    at = np.flatnonzero(free)
    owner_gap = index[at + 1]
    shift = gaps.low[owner_gap] - base[owner_gap]
    return Gaps(gaps.owner[owner_gap], reach[at] + shift, begins[at + 1] + shift, tags[by[at]], tags[at + 1])


def rejoin(gaps: Gaps) -> Gaps:
    """Return gaps with the pieces that `divide` made joined again where nothing was taken at the cut."""
    order = np.lexsort((gaps.low, gaps.owner))
    gaps = gaps.take(order)
    if len(gaps) < 2:  # noqa: PLR2004 - nothing to join
        return gaps
    joined = (
        (gaps.owner[1:] == gaps.owner[:-1])
        & (gaps.high_tag[:-1] == CUT)
        & (gaps.low_tag[1:] == CUT)
        & (np.abs(gaps.low[1:] - gaps.high[:-1]) < 1e-9)  # noqa: PLR2004 - rounding
    )
    starts = np.flatnonzero(np.concatenate([[True], ~joined]))
    ends = np.concatenate([starts[1:], [len(gaps)]]) - 1
    return _round(
        Gaps(gaps.owner[starts], gaps.low[starts], gaps.high[ends], gaps.low_tag[starts], gaps.high_tag[ends])
    )


def _round(gaps: Gaps) -> Gaps:
    """Join the last piece of a circle to the first where a whole circle was opened at azimuth 0."""
    cut_low = np.flatnonzero((gaps.low_tag == CUT) & (gaps.high_tag != CUT))
    cut_high = np.flatnonzero((gaps.high_tag == CUT) & (gaps.low_tag != CUT))
    common, first, last = np.intersect1d(gaps.owner[cut_low], gaps.owner[cut_high], return_indices=True)
    if not len(common):
        return gaps
    first, last = cut_low[first], cut_high[last]
    high, tag = gaps.high.copy(), gaps.high_tag.copy()
    high[last], tag[last] = gaps.high[first] + TURN, gaps.high_tag[first]
    kept = np.ones(len(gaps), dtype=bool)
    kept[first] = False
    return Gaps(gaps.owner, gaps.low, high, gaps.low_tag, tag).take(kept)
