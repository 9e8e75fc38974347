"""From votes to distances: what all grant, what at least half grant, what anyone allows; steps and conflicts.

Numbers only: no geometry, no averaging. The method is `design.md` section 5; see `docs/how-a-claim-becomes-a-ring.md`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from rangemap.ballot import Filters, Judged, Vote, judge, votes
from rangemap.types import Agreement, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rangemap.catalogue.models import Source, System

_SAME_KM = 1e-6


@dataclass(frozen=True, slots=True)
class Distance:
    """Figures that share one line: the kilometres to draw, and the exact figures behind them."""

    km: float
    exact_km: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The distances between two neighbouring lines, with the origins that grant or only allow the outer one.

    `claims` are the ids of the claims behind those origins.
    """

    inner_km: float
    outer_km: float
    grants: tuple[str, ...]
    allows: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two origins that can't both be right: their intervals, widened by rounding, lie `gap_km` apart."""

    a: Vote
    b: Vote
    gap_km: float


@dataclass(frozen=True, slots=True)
class Contest:
    """The whole standing of one system.

    Attributes
    ----------
    all_km, majority_km, any_km
        The greatest distances that every origin grants, at least half grant, and at least one allows, exact;
        None where nobody votes.
    distances
        The lines of the counted claims, shortest first.
    history
        Lines that only older statements of the origins name, and projections that yielded to assertions (drawn when
        the reader goes back in time).
    steps
        From `all_km` outwards; empty where one distance is all there is.
    """

    system: System
    judged: tuple[Judged, ...]
    votes: tuple[Vote, ...]
    agreement: Agreement
    all_km: float | None
    majority_km: float | None
    any_km: float | None
    distances: tuple[Distance, ...]
    history: tuple[Distance, ...]
    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """Ids of the origins that vote."""
        return tuple(vote.origin for vote in self.votes)

    def line_km(self, exact_km: float) -> float:
        """Give the distance of the line that an exact figure is drawn on."""
        return line_of(exact_km, (*self.distances, *self.history))

    def reaching(self, distance_km: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Name the origins that grant `distance_km`, and those that only allow it, by their exact figures."""
        return reaching(self.votes, distance_km)

    def status(self, nearest_km: float) -> Status:
        """Judge a place by the distance of its nearest point."""
        if self.all_km is None or self.any_km is None or nearest_km > self.any_km:
            return Status.BEYOND
        if nearest_km <= self.all_km:
            return Status.WITHIN
        return Status.UNCERTAIN if one_own_interval(self.votes) else Status.CONTESTED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a contest comes down to, without its lines: enough for a list of thousands of systems."""

    agreement: Agreement
    all_km: float | None
    majority_km: float | None
    any_km: float | None


def outcome(ballots: Sequence[Vote]) -> Outcome:
    """Sum up the votes about a system."""
    return Outcome(
        agreement=_agreement(ballots),
        all_km=min((vote.grants_km for vote in ballots), default=None),
        majority_km=_majority_km(ballots),
        any_km=max((vote.allows_km for vote in ballots), default=None),
    )


def contest(system: System, sources: Mapping[str, Source], filters: Filters | None = None) -> Contest:
    """Count the claims of a system.

    Parameters
    ----------
    system
        The system with its claims.
    sources
        All sources by id (for their tiers).
    filters
        What the reader wants counted; everything by default.
    """
    judged = judge(system, sources, filters or Filters())
    ballots = votes(judged)
    found = outcome(ballots)
    distances, history = _lines(judged, ballots)
    return Contest(
        system=system,
        judged=tuple(judged),
        votes=tuple(ballots),
        agreement=found.agreement,
        all_km=found.all_km,
        majority_km=found.majority_km,
        any_km=found.any_km,
        distances=distances,
        history=history,
        steps=tuple(_steps(ballots, distances)),
        conflicts=tuple(_conflicts(ballots)),
    )


def reaching(ballots: Iterable[Vote], distance_km: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split the origins that reach `distance_km` into those that grant it and those that only allow it."""
    ballots = list(ballots)
    grants = tuple(vote.origin for vote in ballots if vote.grants_km >= distance_km)
    allows = tuple(vote.origin for vote in ballots if vote.grants_km < distance_km <= vote.allows_km)
    return grants, allows


def one_own_interval(ballots: Sequence[Vote]) -> bool:
    """Tell whether the only spread is one origin's own interval: every other origin grants all that it allows."""
    top = max((vote.allows_km for vote in ballots), default=0.0)
    below = [vote for vote in ballots if vote.grants_km < top]
    return len(below) == 1 and below[0].allows_km >= top


def _majority_km(ballots: Sequence[Vote]) -> float | None:
    """Take the grant of the origin that completes the half, counted from the greatest."""
    if not ballots:
        return None
    grants = sorted((vote.grants_km for vote in ballots), reverse=True)
    return grants[math.ceil(len(grants) / 2) - 1]


def _widened(vote: Vote) -> tuple[float, float]:
    high = math.inf if vote.open_above else vote.allows_km + vote.allows_rounding_km
    return vote.grants_km - vote.grants_rounding_km, high


def _agreement(ballots: Sequence[Vote]) -> Agreement:
    if not ballots:
        return Agreement.NONE
    if len(ballots) == 1:
        return Agreement.SINGLE
    lows, highs = zip(*map(_widened, ballots), strict=True)
    return Agreement.AGREED if max(lows) <= min(highs) else Agreement.CONTESTED


def _conflicts(ballots: Sequence[Vote]) -> Iterable[Conflict]:
    """List every pair whose widened intervals do not meet, widest gap first."""
    pairs = []
    for a, b in combinations(ballots, 2):
        (a_low, a_high), (b_low, b_high) = _widened(a), _widened(b)
        gap_km = max(b_low - a_high, a_low - b_high)
        if gap_km > _SAME_KM:
            pairs.append(Conflict(a, b, gap_km))
    return sorted(pairs, key=lambda pair: -pair.gap_km)


def _lines(judged: Sequence[Judged], ballots: Sequence[Vote]) -> tuple[tuple[Distance, ...], tuple[Distance, ...]]:
    """Group the figures that meet within rounding, and part the counted lines from history's."""
    figures = [figure for item in judged if item.votable or item.dormant for figure in _figures(item)]
    lines = share_lines(figures)
    counted = {km for vote in ballots for km in (vote.grants_km, vote.allows_km)}
    current = [any(_is_in(km, line) for km in counted) for line in lines]
    return (
        tuple(line for line, now in zip(lines, current, strict=True) if now),
        tuple(line for line, now in zip(lines, current, strict=True) if not now),
    )


def _figures(item: Judged) -> Iterable[tuple[float, float, bool]]:
    figure = item.claim.figure
    if item.low_km is not None:
        rounding = figure.high_rounding_km if item.low_km == figure.high_km else figure.low_rounding_km
        yield item.low_km, rounding, figure.converted
    if item.high_km is not None and item.high_km != item.low_km:
        yield item.high_km, figure.high_rounding_km, figure.converted


def share_lines(figures: Iterable[tuple[float, float, bool]]) -> list[Distance]:
    """Give figures that meet within their rounding one line.

    A figure that a source states in kilometres keeps its own line. A figure converted from another unit joins the
    nearest stated line that it meets ("810 miles" the line at 1,300 km), else those converted figures that it
    meets, drawn at the conversion rounded as its source rounds ("1,200 miles" at 1,930 km).

    Parameters
    ----------
    figures
        Triples of kilometres, rounding in kilometres, and whether it was converted.
    """
    unique = sorted(set(figures))
    groups: dict[float, set[float]] = {km: {km} for km, _, converted in unique if not converted}
    roundings = {km: rounding for km, rounding, converted in unique if not converted}
    for km, rounding, converted in unique:
        if not converted:
            continue
        meeting = [line for line in groups if abs(line - km) <= rounding + roundings[line]]
        line = min(meeting, key=lambda line: abs(line - km)) if meeting else _rounded(km, rounding)
        groups.setdefault(line, set()).add(km)
        roundings.setdefault(line, rounding)
    return [Distance(km, tuple(sorted(exact))) for km, exact in sorted(groups.items())]


def _rounded(km: float, rounding_km: float) -> float:
    """Round a conversion to the power of ten just under its rounding, but not finer than a kilometre."""
    unit = 10.0 ** max(0, math.floor(math.log10(max(rounding_km, 1.0))))
    return round(km / unit) * unit


def line_of(exact_km: float, lines: Iterable[Distance]) -> float:
    """Find the line that draws `exact_km`.

    Raises
    ------
    KeyError
        If no line holds it.
    """
    for line in lines:
        if _is_in(exact_km, line):
            return line.km
    raise KeyError(exact_km)


def _is_in(km: float, line: Distance) -> bool:
    return any(abs(km - exact) < _SAME_KM for exact in line.exact_km)


def _steps(ballots: Sequence[Vote], distances: Sequence[Distance]) -> Iterable[Step]:
    """Run over the distances between neighbouring lines; lines, not exact figures, so that no step is a sliver."""
    drawn = _drawn(ballots, distances)
    for inner, outer in pairwise(distances):
        yield _step(drawn, inner.km, outer.km)


def step_between(ballots: Iterable[Vote], distances: Sequence[Distance], inner_km: float, outer_km: float) -> Step:
    """Name who grants and who only allows the step between two lines."""
    return _step(_drawn(ballots, distances), inner_km, outer_km)


def _drawn(ballots: Iterable[Vote], distances: Sequence[Distance]) -> list[tuple[Vote, float, float]]:
    """Find the lines that draw what each vote grants and allows."""
    return [(vote, line_of(vote.grants_km, distances), line_of(vote.allows_km, distances)) for vote in ballots]


def _step(drawn: Iterable[tuple[Vote, float, float]], inner_km: float, outer_km: float) -> Step:
    grants, allows, claims = [], [], []
    for vote, granted_km, allowed_km in drawn:
        if granted_km >= outer_km:
            grants.append(vote.origin)
        elif allowed_km >= outer_km:
            allows.append(vote.origin)
        else:
            continue
        claims += [claim.id for claim in vote.claims]
    return Step(inner_km, outer_km, tuple(grants), tuple(allows), tuple(claims))
