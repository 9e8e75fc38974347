"""The greatest distance from any point of a boundary to the *nearest* point of a region, for many boundaries at once.

From one point of the region, the distances to a short stretch are greatest at one of its ends; and no point is farther
from the region than from any one point of it. So a few points of the region bound every stretch of an area from above.
The stretch with the greatest bound is measured at its far end; the point of the region nearest to that end joins the
few, and the bounds sink, until none is above what has been measured: cutting planes, as in J. E. Kelley, The
Cutting-Plane Method for Solving Convex Programs (1960). Where two points of the region take turns along a stretch no
bound sinks, and the stretch is halved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from rangemap.geodesy.ellipsoid import A_M, unit_vectors
from rangemap.geodesy.quick import quick_m
from rangemap.geodesy.tree import runs

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from numpy.typing import NDArray

    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints
    from rangemap.geodesy.stretches import Stretches

    Nearest: TypeAlias = Callable[[Floats, Floats], tuple[Floats, Floats]]

_Numbers = TypeVar("_Numbers", bound="NDArray[Any]")

TOLERANCE_M = 150.0

_BENT_M = 20.0
"""A stretch of 10 km rises no more between its ends, as seen from any point that is not almost opposite."""
_OPPOSITE_M = 3.0 * A_M
_SINGLE_ROUNDS = 3
_MOST_AT_ONCE = 64
_CUTS_TOLD = 8
_MOST_ROUNDS = 16
"""Cuts need four to ten; where an area hugs the region for thousands of kilometres they would need thousands."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Points of the region, each of them a bound for one group.

    Attributes
    ----------
    points
        Unit vectors, shape (3, n).
    group
        Shape (n,).
    """

    points: Floats
    group: Ints

    def join(self, other: Cuts) -> Cuts:
        """Return both."""
        return Cuts(np.concatenate([self.points, other.points], axis=1), np.concatenate([self.group, other.group]))

    def first(self, each: int) -> Cuts:
        """Return the first so many of each group."""
        order = np.argsort(self.group, kind="stable")
        group = self.group[order]
        kept = order[np.arange(len(group)) - np.searchsorted(group, group, side="left") < each]
        return Cuts(self.points[:, kept], self.group[kept])

    def pairs(self, group: Ints) -> tuple[Ints, Ints]:
        """Pair items of groups with all cuts of their groups: places among the items, and among the cuts."""
        order = np.argsort(self.group, kind="stable")
        ascending = self.group[order]
        first = np.searchsorted(ascending, group, side="left")
        item, k = runs(np.searchsorted(ascending, group, side="right") - first)
        return item, order[first[item] + k]

    def bound_m(self, vectors: Floats, group: Ints) -> Floats:
        """Bound the distances of points of groups to the region from above, metres."""
        item, cut = self.pairs(group)
        bound_m = np.full(len(group), np.inf)
        np.minimum.at(bound_m, item, quick_m(vectors.take(item, axis=1), self.points.take(cut, axis=1)))
        return bound_m


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of stretches; whatever has two ends has them in its first axis.

    Attributes
    ----------
    lon, lat
        Degrees, shape (2, n).
    vectors
        Shape (2, 3, n).
    bound_m
        No point of a piece is farther from the region.
    end
        The end that is the farther from the cut that sets the bound: 0 or 1.
    measured
        Which ends have been measured, shape (2, n).
    """

    lon: Floats
    lat: Floats
    vectors: Floats
    half_m: Floats
    group: Ints
    bound_m: Floats
    end: Ints
    measured: Bools

    def take(self, index: Ints | Bools) -> _Pieces:
        return _Pieces(
            *(self.lon[:, index], self.lat[:, index], self.vectors[:, :, index], self.half_m[index]),
            *(self.group[index], self.bound_m[index], self.end[index], self.measured[:, index]),
        )

    def above(self, best_m: Floats) -> _Pieces:
        """Return the pieces that may hold more than is known of their groups."""
        return self.take(self.bound_m > best_m[self.group] + TOLERANCE_M)

    def highest(self, each: int) -> Ints:
        """Return the pieces with the highest bounds, up to so many of each group."""
        order = np.lexsort((-self.bound_m, self.group))
        group = self.group[order]
        return order[np.arange(len(group)) - np.searchsorted(group, group, side="left") < each]

    def lowered(self, cuts: Cuts) -> _Pieces:
        """Return the pieces under the bounds of some more cuts."""
        piece, cut = cuts.pairs(self.group)
        bound_m, end = _bounds(self.vectors, self.half_m, piece, cuts.points.take(cut, axis=1))
        least = self.bound_m.copy()
        np.minimum.at(least, piece, bound_m)
        ends, tight = self.end.copy(), np.flatnonzero(bound_m == least[piece])
        ends[piece[tight]] = end[tight]
        return replace(self, bound_m=least, end=ends)

    def divided(self, cuts: Cuts) -> _Pieces:
        """Halve the pieces whose far end is measured already, as nothing but a nearer look lowers their bounds."""
        done = self.measured[self.end, np.arange(len(self.end))]
        if not done.any():
            return self
        return self.take(~done).join(self.take(done).halves().lowered(cuts))

    def halves(self) -> _Pieces:
        lon, lat = self.lon.mean(axis=0), self.lat.mean(axis=0)
        middle, unmeasured = unit_vectors(lon, lat), np.zeros(len(lon), dtype=bool)
        parts = [
            replace(
                self,
                lon=_with(self.lon, end, lon),
                lat=_with(self.lat, end, lat),
                vectors=_with(self.vectors, end, middle),
                half_m=self.half_m / 2,
                bound_m=np.full(len(lon), np.inf),
                measured=_with(self.measured, end, unmeasured),
            )
            for end in (1, 0)
        ]
        return parts[0].join(parts[1])

    def join(self, other: _Pieces) -> _Pieces:
        fields = self.__slots__
        return _Pieces(*(np.concatenate([getattr(self, f), getattr(other, f)], axis=-1) for f in fields))


def furthest(stretches: Stretches, bound_m: Floats, groups: int, nearest: Nearest) -> tuple[Floats, Cuts]:
    """Return the greatest distance of each group of stretches to the region's nearest point.

    Parameters
    ----------
    stretches, bound_m
        Those that may hold it, and upper bounds for them in metres.
    groups
        How many groups there are.
    nearest
        Measures points in degrees: distances in metres, and where in the region they end, as unit vectors.

    Returns
    -------
    best_m, cuts
        At most 170 m too small, shape (groups,); and some points of the region that bound each group.
    """
    best_m, cuts, each = np.zeros(groups), Cuts(np.zeros((3, 0)), np.zeros(0, dtype=np.intp)), 1
    pieces, rounds = _pieces(stretches, bound_m), 0
    while len(pieces.group) and rounds < _MOST_ROUNDS:
        chosen, rounds = pieces.highest(each), rounds + 1
        end, group = pieces.end[chosen], pieces.group[chosen]
        distance_m, feet = nearest(pieces.lon[end, chosen], pieces.lat[end, chosen])
        np.maximum.at(best_m, group, distance_m)
        pieces.measured[end, chosen] = True
        fresh = Cuts(feet, group)
        cuts = cuts.join(fresh)
        pieces = pieces.above(best_m).lowered(fresh).above(best_m).divided(cuts).above(best_m)
        each = 1 if rounds < _SINGLE_ROUNDS else min(2 * each, _MOST_AT_ONCE)
    _halve(pieces, best_m, nearest)
    return best_m, cuts.first(_CUTS_TOLD)


def _halve(pieces: _Pieces, best_m: Floats, nearest: Nearest) -> None:
    """Measure and halve what the cuts leave, as the distance changes by at most a metre a metre; raise `best_m`."""
    lon, lat, half_m, group = pieces.lon, pieces.lat, pieces.half_m, pieces.group
    ends_m = nearest(lon.ravel(), lat.ravel())[0].reshape(lon.shape)
    np.maximum.at(best_m, group, ends_m.max(axis=0))
    while len(group):
        open_ = ends_m.mean(axis=0) + half_m > best_m[group] + TOLERANCE_M
        lon, lat, ends_m = lon[:, open_], lat[:, open_], ends_m[:, open_]
        group, half_m = group[open_], half_m[open_] / 2
        middle = lon.mean(axis=0), lat.mean(axis=0)
        middle_m = nearest(*middle)[0]
        np.maximum.at(best_m, group, middle_m)
        lon, lat, ends_m = (_parted(ends, at) for ends, at in ((lon, middle[0]), (lat, middle[1]), (ends_m, middle_m)))
        group, half_m = np.tile(group, 2), np.tile(half_m, 2)


def _parted(ends: Floats, middle: Floats) -> Floats:
    return np.concatenate([_with(ends, 1, middle), _with(ends, 0, middle)], axis=1)


def _pieces(stretches: Stretches, bound_m: Floats) -> _Pieces:
    return _Pieces(
        lon=np.stack([stretches.lon1, stretches.lon2]),
        lat=np.stack([stretches.lat1, stretches.lat2]),
        vectors=np.stack([stretches.first, stretches.last]),
        half_m=stretches.half_m,
        group=stretches.group,
        bound_m=bound_m,
        end=np.zeros(len(stretches), dtype=np.intp),
        measured=np.zeros((2, len(stretches)), dtype=bool),
    )


def _bounds(vectors: Floats, half_m: Floats, piece: Ints, points: Floats) -> tuple[Floats, Ints]:
    """Bound the distances from points to pieces, and tell which end is the farther."""
    first, last = (quick_m(vectors[end].take(piece, axis=1), points) for end in (0, 1))
    most = np.maximum(first, last)
    bound_m = np.where(most < _OPPOSITE_M, most + _BENT_M, (first + last) / 2 + half_m[piece])
    return bound_m, (last > first).astype(np.intp)


def _with(ends: _Numbers, end: int, middle: _Numbers) -> _Numbers:
    """Return ends with one of them replaced."""
    changed = ends.copy()
    changed[end] = middle
    return changed
