"""Which claims count, and why the others do not: one origin, one vote.

A claim votes if it is active, says a maximum range, asserts it (or projects it, where nobody asserts), passes the
reader's filters and is its origin's newest dated statement. Nothing is dropped silently: every claim of the system
comes back, counted or with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rangemap.errors import UnknownNameError
from rangemap.types import Qualifier, Quantity, Stance, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rangemap.catalogue.models import RangeClaim, Source, System

UNCOUNTED_FLAGS: dict[str, str] = {
    "likely-error": "set aside as a likely error",
    "name-collision": "set aside: the name may mean another system",
}
NOT_RANGE: dict[Quantity, str] = {
    Quantity.DISTANCE_FLOWN: "a distance flown, not a range",
    Quantity.POLICY_LIMIT: "a policy limit, not a range",
    Quantity.DISTANCE_TO_PLACE: "a distance to a place, not a range",
    Quantity.REQUIRED_RANGE: "a range said to be required, not claimed",
    Quantity.REGULATORY_THRESHOLD: "a regulatory threshold, not a range",
}
MINIMUM_RANGE_FLAG = "interval-includes-minimum-range"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked to see; empty means everything.

    Attributes
    ----------
    tiers
        Tiers of source to count.
    as_of
        Count what had been said by then (EDTF: 2004, 2004-10 or 2004-10-05).
    origins, claims
        Ids to count, leaving out all others. A claim asked for by id counts in spite of its flags.
    flagged
        Count likely errors and name collisions too.
    """

    tiers: frozenset[Tier] = frozenset()
    as_of: str | None = None
    origins: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    flagged: bool = False


def check_filters(filters: Filters, systems: Iterable[System]) -> None:
    """Refuse filters that name an origin or a claim that none of the systems has.

    Raises
    ------
    UnknownNameError
        With the known names that look like it.
    """
    claims = [claim for system in systems for claim in system.claims]
    known = (
        ("origin", filters.origins, {claim.origin_id for claim in claims}),
        ("claim", filters.claims, {claim.id for claim in claims}),
    )
    for kind, asked, names in known:
        for name in sorted(asked - names):
            close = get_close_matches(name, sorted(names), n=3, cutoff=0.5)
            remedy = "`rangemap show SYSTEM` names them"
            raise UnknownNameError(kind, name[:80], suggestions=close, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its standing.

    Attributes
    ----------
    votable
        It would vote if it were its origin's newest statement.
    counted
        It votes.
    why_not
        The reason in words where it does not; empty where it does.
    dormant
        It does not vote, but did until it was replaced, or would if nobody asserted a range.
    until
        When what replaced it was said (EDTF); None where nothing dated did.
    low_km, high_km
        What it grants and allows when it votes (minimum ranges dropped); None where open.
    """

    claim: RangeClaim
    tier: Tier
    votable: bool
    counted: bool
    dormant: bool
    until: str | None
    why_not: str
    low_km: float | None
    high_km: float | None


@dataclass(frozen=True, slots=True)
class Vote:
    """What one origin grants and allows, in kilometres, with the rounding of either end.

    `open_above` marks "at least": it allows what it grants and says nothing against more.
    """

    origin: str
    grants_km: float
    allows_km: float
    grants_rounding_km: float
    allows_rounding_km: float
    open_above: bool
    claims: tuple[RangeClaim, ...] = field(repr=False)


def judge(system: System, sources: Mapping[str, Source], filters: Filters) -> list[Judged]:
    """Decide for every claim of the system whether it votes.

    Returns
    -------
    list of Judged
        In the order of the catalogue; none left out.
    """
    dates = {claim.id: claim.as_of for claim in system.claims}
    tiers = {claim.id: sources[claim.source].tier for claim in system.claims}
    reasons = {
        claim.id: _reason(_as_it_stood(claim, dates, filters), tiers[claim.id], filters) for claim in system.claims
    }
    dormant = {
        claim.id
        for claim in system.claims
        if reasons[claim.id] and not _reason(_unreplaced(claim, dates), tiers[claim.id], filters)
    }
    votable = [claim for claim in system.claims if not reasons[claim.id]]
    if any(claim.stance is Stance.ASSERTS for claim in votable):
        yielding = [claim.id for claim in votable if claim.stance is Stance.PROJECTS]
        reasons.update(dict.fromkeys(yielding, "a projection; others assert a range"))
        dormant.update(yielding)
    votable = [claim for claim in votable if not reasons[claim.id]]
    newest = {claim.id for group in _by_origin(votable).values() for claim in _newest(group)}
    return [
        _judged(
            claim,
            tiers[claim.id],
            reasons[claim.id],
            counted=claim.id in newest,
            dormant=claim.id in dormant,
            until=_until(claim, dates),
        )
        for claim in system.claims
    ]


def votes(judged: Iterable[Judged]) -> list[Vote]:
    """Gather the counted claims into one vote an origin, lowest grant first."""
    groups: dict[str, list[Judged]] = {}
    for item in judged:
        if item.counted:
            groups.setdefault(item.claim.origin_id, []).append(item)
    ballots = [_vote(origin, group) for origin, group in groups.items()]
    return sorted(ballots, key=lambda vote: (vote.grants_km, vote.allows_km, vote.origin))


def _as_it_stood(claim: RangeClaim, dates: Mapping[str, str | None], filters: Filters) -> RangeClaim:
    """Give a replaced claim its standing of the day asked about: it stood until what replaced it was said."""
    until = _until(claim, dates)
    if filters.as_of is None or until is None or said_by(until, filters.as_of):
        return claim
    return _unreplaced(claim, dates)


def _until(claim: RangeClaim, dates: Mapping[str, str | None]) -> str | None:
    """Tell when what replaced a claim was said, if it was replaced by something dated."""
    return None if claim.status == "active" else dates.get(claim.replaced_by or "")


def _unreplaced(claim: RangeClaim, dates: Mapping[str, str | None]) -> RangeClaim:
    """Give a claim the standing that it had before what replaced it was said."""
    return claim if _until(claim, dates) is None else claim.model_copy(update={"status": "active"})


def _reason(claim: RangeClaim, tier: Tier, filters: Filters) -> str:
    return _own_reason(claim, filters) or _filtered(claim, tier, filters)


def _own_reason(claim: RangeClaim, filters: Filters) -> str:
    """Why the claim itself never votes, whatever else is said."""
    if claim.status != "active":
        return f"{claim.status}: {claim.reason}"
    if claim.stance is Stance.DENIES and claim.quantity is not Quantity.REQUIRED_RANGE:
        return "a figure that is denied here"
    if claim.quantity is not Quantity.MAX_RANGE:
        return NOT_RANGE[claim.quantity]
    if claim.stance is Stance.TESTED:
        return "a test, not a range"
    if claim.stance is Stance.LIMITS or claim.figure.qualifier is Qualifier.LESS_THAN:
        return "a ceiling, drawn as a limit"
    if filters.flagged or claim.id in filters.claims:
        return ""
    return next((UNCOUNTED_FLAGS[flag] for flag in claim.flags if flag in UNCOUNTED_FLAGS), "")


def _filtered(claim: RangeClaim, tier: Tier, filters: Filters) -> str:
    """Why the reader's filters leave it out."""
    if filters.tiers and tier not in filters.tiers:
        return f"left out: its source is tier {tier}"
    if filters.origins and claim.origin_id not in filters.origins:
        return "left out: another origin was asked for"
    if filters.claims and claim.id not in filters.claims:
        return "left out: another claim was asked for"
    if filters.as_of is None:
        return ""
    if claim.as_of is None:
        return f"left out: undated, so not known to be said by {filters.as_of}"
    return "" if said_by(claim.as_of, filters.as_of) else f"left out: said after {filters.as_of}"


def said_by(date: str, limit: str) -> bool:
    """Tell whether something dated `date` had been said by `limit`, whatever the precision of either.

    A date counts as said by a limit that it lies in: 2004-10-05 by 2004, and 2004 by 2004-10.
    """
    length = min(len(date), len(limit))
    return date[:length] <= limit[:length]


def _by_origin(claims: Iterable[RangeClaim]) -> dict[str, list[RangeClaim]]:
    groups: dict[str, list[RangeClaim]] = {}
    for claim in claims:
        groups.setdefault(claim.origin_id, []).append(claim)
    return groups


def _newest(claims: Sequence[RangeClaim]) -> list[RangeClaim]:
    """Keep an origin's newest dated statements; undated ones only where it has nothing else.

    A date that lies within another (2025-10-08 in 2025-10) is the same date as far as anyone can tell.
    """
    newest = max((claim.as_of for claim in claims if claim.as_of), default=None)
    if newest is None:
        return list(claims)
    return [claim for claim in claims if claim.as_of and newest.startswith(claim.as_of)]


def _judged(claim: RangeClaim, tier: Tier, reason: str, *, counted: bool, dormant: bool, until: str | None) -> Judged:
    figure = claim.figure
    return Judged(
        claim,
        tier,
        votable=not reason,
        counted=counted,
        dormant=dormant,
        until=until,
        why_not=reason or ("" if counted else "its claimant has said something newer"),
        low_km=figure.high_km if MINIMUM_RANGE_FLAG in claim.flags else figure.low_km,
        high_km=figure.high_km,
    )


def _vote(origin: str, group: Sequence[Judged]) -> Vote:
    """Make one interval of an origin's statements of one date: the least low to the greatest high."""
    low = min(group, key=lambda item: item.low_km or 0.0)
    high = max(group, key=lambda item: item.claim.figure.top_km)
    low_figure, high_figure = low.claim.figure, high.claim.figure
    single_end = low.low_km == low_figure.high_km
    return Vote(
        origin=origin,
        grants_km=low.low_km or 0.0,
        allows_km=high_figure.top_km,
        grants_rounding_km=low_figure.high_rounding_km if single_end else low_figure.low_rounding_km,
        allows_rounding_km=high_figure.high_rounding_km,
        open_above=any(item.high_km is None for item in group),
        claims=tuple(item.claim for item in group),
    )
