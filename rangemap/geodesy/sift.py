"""Which stretches of boundary may come nearest to a region, or lie furthest from it, by caps about runs of them.

One dot product a pair: on the sphere of reduced latitudes no distance is shorter than the polar radius times the arc.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import A_M, B_M, Bools, Floats, Ints
from rangemap.geodesy.quick import quick_m

if TYPE_CHECKING:
    from rangemap.geodesy.stretches import Stretches

_AT_ONCE = 60_000
"""So small products stay in the processor's cache, and no library starts threads for them."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Runs of stretches of one group that follow each other, each run within a cap.

    Attributes
    ----------
    run
        The run of each stretch, shape (n,).
    centre
        Unit vectors, each a point of the run, shape (3, c).
    radius_m
        No point of the run is farther from the centre, shape (c,).
    group
        Shape (c,).
    """

    run: Ints
    centre: Floats
    radius_m: Floats
    group: Ints

    @classmethod
    def of(cls, stretches: Stretches, most_m: float) -> Caps:
        """Gather stretches in runs of up to so many metres; one that is longer stays alone."""
        first = _first_of_runs(stretches, most_m)
        size = np.diff(first, append=len(stretches))
        run = np.repeat(np.arange(len(first)), size)
        centre = stretches.middle.take(first + size // 2, axis=1)
        away = stretches.middle - centre.take(run, axis=1)
        chord = np.sqrt(np.einsum("kn,kn->n", away, away))
        reach_m = 2 * A_M * np.arcsin(np.minimum(chord / 2, 1)) + stretches.half_m
        return cls(run, centre, np.maximum.reduceat(reach_m, first), stretches.group[first])


def _first_of_runs(stretches: Stretches, most_m: float) -> Ints:
    line = np.ones(len(stretches), dtype=bool)
    line[1:] = stretches.group[1:] != stretches.group[:-1]
    line[1:] |= stretches.lon1[1:] != stretches.lon2[:-1]
    line[1:] |= stretches.lat1[1:] != stretches.lat2[:-1]
    start_m = np.cumsum(2 * stretches.half_m) - 2 * stretches.half_m
    begin_m = start_m[np.flatnonzero(line)][np.cumsum(line) - 1]
    part = (start_m - begin_m) // most_m
    line[1:] |= part[1:] != part[:-1]
    return np.flatnonzero(line)


@dataclass(frozen=True, slots=True)
class Sifted:
    """Which stretches may hold the nearest and the furthest points of their groups.

    Attributes
    ----------
    near, far
        Shape (n,).
    bound_m
        No point of a stretch is farther from the region, shape (n,).
    """

    near: Bools
    far: Bools
    bound_m: Floats


def sift(marks: Caps, caps: Caps, held: Bools, groups: int) -> Sifted:
    """Compare caps with those of a region, its marks.

    Parameters
    ----------
    marks
        Small caps over the whole boundary of the region.
    caps
        Caps of stretches; each group has one.
    held
        Which of their centres lie in the region, and are no distance from it.
    groups
        How many groups there are.
    """
    mark = _nearest_marks(marks, caps)
    cosine = np.einsum("kn,kn->n", marks.centre.take(mark, axis=1), caps.centre)
    low_m = np.where(held, 0, B_M * np.arccos(np.clip(cosine, -1, 1)) - float(marks.radius_m.max()))
    high_m = quick_m(marks.centre.take(mark, axis=1), caps.centre)
    most, least = np.full(groups, -np.inf), np.full(groups, np.inf)
    np.maximum.at(most, caps.group, low_m)
    np.minimum.at(least, caps.group, high_m)
    far = high_m + caps.radius_m >= most[caps.group]
    near = low_m - caps.radius_m <= least[caps.group]
    return Sifted(near[caps.run], far[caps.run], (high_m + caps.radius_m)[caps.run])


def _nearest_marks(marks: Caps, caps: Caps) -> Ints:
    """Return the mark at the least arc from each cap's centre."""
    ours, theirs = np.ascontiguousarray(marks.centre), np.ascontiguousarray(caps.centre.T)
    rows = max(_AT_ONCE // ours.shape[1], 1)
    found = [(theirs[k : k + rows] @ ours).argmax(axis=1) for k in range(0, len(theirs), rows)]
    return np.concatenate(found)
