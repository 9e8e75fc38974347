"""Whether a statement about reach follows from the claims: the range it requires, who grants that, and a verdict.

A statement is judged from its system's first launch region, unless it names another or the reader does. What it asks
for stands in the catalogue (`requires`); the range required is geometry, who grants it is the contest's. Where a system
has no range but a declared limit, the limit is what it is judged against.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from rangemap import areas, places
from rangemap.catalogue.figure import parse_figure
from rangemap.catalogue.requirement import Requirement, parse_requirement
from rangemap.coverage import counts_limits, standing
from rangemap.errors import UnknownNameError
from rangemap.needs import Need, need, parts_of
from rangemap.roughly import bounds_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rangemap.ballot import Filters, Vote
    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import ReachAssertion, System
    from rangemap.contest import Contest
    from rangemap.places import Region

_NONE = "none"


class Verdict(StrEnum):
    """Whether a statement follows from the claims."""

    HOLDS = "holds"
    DEPENDS = "depends"
    FAILS = "fails"
    NOT_TESTABLE = "not-testable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reach assertion with its verdict.

    Attributes
    ----------
    contest
        What it was judged by; None where it was not.
    limit
        True where that is a declared limit.
    needs
        One for each requirement.
    required_km
        The range at which the statement turns: the greatest of its needs where something is to be reached, the least
        where nothing is. None where it was not judged.
    supporting, opposing, undecided
        Votes under which it is true, false, and those whose own interval straddles the range.
    given
        The verdict for the range that the statement names for itself; None where it names none.
    regions
        Verdicts from other launch regions of the same country, by their names.
    definitions
        Verdicts under other definitions of its areas, by their names.
    reason
        Why there is no verdict; empty where there is one.
    """

    assertion: ReachAssertion
    system: System | None
    verdict: Verdict
    reason: str = ""
    contest: Contest | None = None
    limit: bool = False
    needs: tuple[Need, ...] = ()
    required_km: float | None = None
    supporting: tuple[Vote, ...] = ()
    opposing: tuple[Vote, ...] = ()
    undecided: tuple[Vote, ...] = ()
    given: Verdict | None = None
    regions: Mapping[str, Verdict] | None = None
    definitions: Mapping[str, Judgement] | None = None


def judge_all(
    catalogue: Catalogue,
    *,
    system: System | None = None,
    region: str | None = None,
    filters: Filters | None = None,
    alone: bool = False,
) -> Iterator[Judgement]:
    """Judge the reach assertions of one system, or all of the catalogue's.

    Parameters
    ----------
    system
        All systems, and the statements about none of them, by default.
    region
        Launch region to judge every statement from, in place of its own.
    filters
        What the reader wants counted.
    alone
        True where nobody asks for other launch regions and definitions, which take most of the time.
    """
    for each in [system] if system else catalogue.systems.values():
        found = standing(each, catalogue.sources, filters)
        for assertion in each.reach_assertions:
            yield judge(assertion, found, region=region, alone=alone)
    if system is None:
        for assertion in catalogue.reach_assertions:
            yield _untested(assertion, None, _reason(assertion) or "It names none of the catalogue's systems.")


def judge(assertion: ReachAssertion, contest: Contest, *, region: str | None = None, alone: bool = False) -> Judgement:
    """Judge one statement by the claims about its system; see `judge_all`.

    Raises
    ------
    UnknownNameError
        For a region, or an area that the assertion names, that nobody has heard of.
    """
    if not assertion.testable:
        return _untested(assertion, contest.system, _reason(assertion))
    requirements = _requirements(assertion)
    if not requirements:
        reason = f"No outline is known for “{assertion.area}”; `requires` can name one."
        return _untested(assertion, contest.system, reason)
    if not contest.votes:
        return _untested(assertion, contest.system, f"No claim about {contest.system.name} counts as a range.")
    judged = _judged(assertion, contest, requirements, region)
    if alone:
        return judged
    return replace(
        judged,
        regions=_from_elsewhere(judged, requirements) if region is None else None,
        definitions=_otherwise_defined(judged, requirements, region),
    )


def _untested(assertion: ReachAssertion, system: System | None, reason: str) -> Judgement:
    return Judgement(assertion, system, Verdict.NOT_TESTABLE, reason=reason)


def _reason(assertion: ReachAssertion) -> str:
    return assertion.reason or assertion.note or ""


def _requirements(assertion: ReachAssertion) -> tuple[Requirement, ...]:
    """Read what the statement asks for; where the catalogue does not say, take its words for the name of an area."""
    if assertion.requires:
        return tuple(parse_requirement(text) for text in assertion.requires)
    try:
        areas.area(assertion.area)
    except UnknownNameError:
        return ()
    return (Requirement("any", assertion.area),)


def _judged(
    assertion: ReachAssertion,
    contest: Contest,
    requirements: Sequence[Requirement],
    region: str | None,
    *,
    briefly: bool = False,
) -> Judgement:
    default = contest.system.regions[0]
    needs = tuple(
        need(areas.launch_region(region or each.launched_from or default), each, briefly=briefly)
        for each in requirements
    )
    reaching = assertion.expected == "reaches"
    judged = Judgement(
        assertion,
        contest.system,
        Verdict.DEPENDS,
        contest=contest,
        limit=counts_limits(contest),
        needs=needs,
        required_km=_required_km(needs, reaching=reaching),
    )
    sides = {vote.origin: _side(vote, needs, reaching=reaching) for vote in contest.votes}
    return replace(
        judged,
        verdict=_verdict(sides.values()),
        supporting=tuple(vote for vote in contest.votes if sides[vote.origin] > 0),
        opposing=tuple(vote for vote in contest.votes if sides[vote.origin] < 0),
        undecided=tuple(vote for vote in contest.votes if sides[vote.origin] == 0),
        given=_given(assertion, needs, reaching=reaching),
    )


def _required_km(needs: Iterable[Need], *, reaching: bool) -> float:
    wanted = [each.required_km for each in needs]
    return max(wanted) if reaching else min(wanted)


def _side(vote: Vote, needs: Iterable[Need], *, reaching: bool) -> int:
    """Tell whether the statement is true (1) or false (-1) if this origin is right, or whether it leaves it open (0).

    "At least" counts as what it says: nobody claims what lies beyond it.
    """
    return min(_reaches(vote.grants_km, vote.allows_km, each, reaching=reaching) for each in needs)


def _reaches(grants_km: float, allows_km: float, each: Need, *, reaching: bool) -> int:
    if each.requirement.extent == _NONE:
        reaching = not reaching
    if grants_km >= each.required_km:
        return 1 if reaching else -1
    if allows_km < each.required_km:
        return -1 if reaching else 1
    return 0


def _given(assertion: ReachAssertion, needs: Sequence[Need], *, reaching: bool) -> Verdict | None:
    if assertion.given is None:
        return None
    km = parse_figure(assertion.given).top_km
    side = min(_reaches(km, km, each, reaching=reaching) for each in needs)
    return Verdict.HOLDS if side > 0 else Verdict.FAILS


def _verdict(sides: Iterable[int]) -> Verdict:
    found = set(sides)
    return Verdict.HOLDS if found == {1} else Verdict.FAILS if found == {-1} else Verdict.DEPENDS


def _from_elsewhere(judged: Judgement, requirements: Sequence[Requirement]) -> dict[str, Verdict]:
    """Judge the statement from the country as a whole and each of its named groups (else provinces)."""
    used = {each.region.id for each in judged.needs}
    countries = {each.region.country for each in judged.needs}
    if len(countries) != 1 or judged.contest is None or all(each.area is None for each in judged.needs):
        return {}
    regions = [places.region(info.id) for info in parts_of(countries.pop()) if info.id not in used]
    if not regions:
        return {}
    rough = [bounds_km(regions, each) for each in requirements]
    found = {}
    for place, region in enumerate(regions):
        ends = [tuple(float(end[place]) for end in each) for each in zip(*rough, strict=True)]
        found[region.name] = _sure(judged, requirements, region, ends) or (
            _judged(judged.assertion, judged.contest, requirements, region.id, briefly=True).verdict
        )
    return found


def _sure(
    judged: Judgement, requirements: Sequence[Requirement], region: Region, ends: Iterable[Sequence[float]]
) -> Verdict | None:
    """Judge by the least and by the greatest ranges that the requirements may take; None where the two differ."""
    reaching = judged.assertion.expected == "reaches"
    votes = judged.contest.votes if judged.contest else ()
    sides = []
    for kms in ends:
        needs = [Need(each, None, region, km, "") for each, km in zip(requirements, kms, strict=True)]
        sides.append([_side(vote, needs, reaching=reaching) for vote in votes])
    return _verdict(sides[0]) if sides[0] == sides[1] else None


def _otherwise_defined(
    judged: Judgement, requirements: Sequence[Requirement], region: str | None
) -> dict[str, Judgement]:
    """Judge the statement under every other definition of its areas, one area changed at a time."""
    found: dict[str, Judgement] = {}
    if judged.contest is None:
        return found
    for index, each in enumerate(judged.needs):
        for other in each.area.others if each.area else ():
            changed = [*requirements]
            changed[index] = replace(requirements[index], area=other)
            found[areas.area(other).name] = _judged(judged.assertion, judged.contest, changed, region)
    return found
