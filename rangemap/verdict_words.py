"""A verdict in words: one sentence for the finding, one for other launch regions, one for other definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rangemap import places, wording
from rangemap.needs import MOST_PROVINCES
from rangemap.units import format_km
from rangemap.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.ballot import Vote
    from rangemap.needs import Need
    from rangemap.verdicts import Judgement

MOST_NAMED = 4
"""So many regions are named; of more, only the number is told."""


def explain(judged: Judgement) -> str:
    """Say in one sentence what the statement requires, who grants it, and what follows."""
    if judged.verdict is Verdict.NOT_TESTABLE:
        return f"Not testable: {judged.reason}"
    needs = "; ".join(_need(each) for each in judged.needs)
    text = f"{wording.capital(judged.verdict.value)}: {needs}; {_standing(judged)}."
    if judged.given is None or judged.assertion.given is None:
        return text
    return f"{text} For the {judged.assertion.given} that the statement itself names, it {judged.given.value}."


def explain_regions(judged: Judgement) -> str:
    """Say whether another launch region of the same country would change the verdict; empty where none is known."""
    if judged.needs and all(each.area is None for each in judged.needs):
        return "The launch region does not change it: it is about a distance, not a place."
    if not judged.regions:
        return "" if judged.regions is None else _nowhere_else(judged)
    changed = _by_verdict({name: each for name, each in judged.regions.items() if each is not judged.verdict})
    many = len(judged.regions) > MOST_PROVINCES
    if not changed:
        where = _of_all(judged) if many else "every part of the country that has a name here"
        return f"The launch region does not change it: the same from {where}."
    clauses = [f"{verdict} from {_share(names, judged) if many else _few(names)}" for verdict, names in changed.items()]
    rest = "" if len([n for names in changed.values() for n in names]) == len(judged.regions) else "; else the same"
    return f"The launch region changes it: {'; '.join(clauses)}{rest}."


def _nowhere_else(judged: Judgement) -> str:
    countries = {each.region.country for each in judged.needs}
    if len(countries) > 1:
        return "It names launch regions in several countries itself."
    return f"No other launch region of {_country(judged)} has a name here."


def _of_all(judged: Judgement) -> str:
    return f"each of the {len(judged.regions or ())} provinces of {_country(judged)} of over 1,000 km²"


def _share(names: Sequence[str], judged: Judgement) -> str:
    """Say how many provinces, and name a few: "12 of the 32 provinces of India (among them Assam and Bihar)"."""
    short = [re.sub(r" \(.*\)$", "", name) for name in names]
    joined = [name for name in short if " and " in name]
    plain = [name for name in short if " and " not in name]
    if len(names) > MOST_NAMED:
        few = f" (among them {wording.listing(plain[: MOST_NAMED - 1])})" if plain else ""
    else:
        few = f" ({wording.listing([*joined, *plain]) if plain else ', '.join(joined)})"
    return f"{len(names)} of the {len(judged.regions or ())} provinces of {_country(judged)}{few}"


def _country(judged: Judgement) -> str:
    code = judged.needs[0].region.country
    return places.country_names().get(code, code)


def explain_definitions(judged: Judgement) -> str:
    """Say whether another definition of its areas would change the verdict; empty where there is none."""
    if not judged.definitions:
        return ""
    changed = {name: each for name, each in judged.definitions.items() if each.verdict is not judged.verdict}
    if not changed:
        return f"The definition does not change it: the same for {wording.listing(list(judged.definitions))}."
    clauses = [f"{each.verdict.value} for {name} ({_km(each.required_km)})" for name, each in changed.items()]
    return f"The definition changes it: {'; '.join(clauses)}."


def _by_verdict(regions: Mapping[str, Verdict]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, each in regions.items():
        found.setdefault(each.value, []).append(name)
    return found


def _few(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return wording.listing(names)
    return (
        f"{wording.listing(names[: MOST_NAMED - 1])}".replace(" and ", ", ")
        + f" and {len(names) - MOST_NAMED + 1} more"
    )


def _km(km: float | None) -> str:
    return "–" if km is None else format_km(km)


def _need(each: Need) -> str:
    """Say what one requirement takes: "Europe begins 891 km from Iran, in Ukraine"."""
    name = each.area.name if each.area else ""
    km, start = format_km(each.required_km), each.region.name
    within = f", in {each.where}" if each.where else ""
    last = f", {each.where} last" if each.where else ""
    verb = "lies" if each.area and "," in each.area.id else "begins"
    near = f"borders {start}" if each.required_km < 1 else f"{verb} {km} from {start}"
    phrases = {
        "any": f"{name} {near}{within}",
        "none": f"{name} begins {km} from {start}{within}, and must not be reached",
        "each": f"reaching into each of {name} from {start} takes {km}{last}",
        "most": f"reaching into more than half of {name} from {start} takes {km}",
        "share": f"covering {each.requirement.share:.0%} of {name} from {start} takes about {km}",
        "all": f"covering all of {name} from {start} takes {km}{last}",
        "beyond": f"the distance meant is {km}",
    }
    return phrases[each.requirement.extent]


def _standing(judged: Judgement) -> str:
    votes = judged.contest.votes if judged.contest else ()
    number = len(votes)
    what = "stated limits" if judged.limit else "claimants"
    one = f"the one {'stated limit' if judged.limit else 'claimant'}, {_cite(votes[0])}," if number == 1 else ""
    if judged.verdict is Verdict.DEPENDS:
        return _divided(judged, what, number)
    bears_out = judged.verdict is Verdict.HOLDS
    verb = "bears it out" if bears_out else "contradicts it"
    if one:
        return f"{one} {verb}{_edge(judged, votes)}"
    every = "both" if number == 2 else f"all {wording.number_word(number)}"  # noqa: PLR2004 - "both" is English
    return f"{every} {what} {'bear it out' if bears_out else 'contradict it'}{_edge(judged, votes)}"


def _divided(judged: Judgement, what: str, number: int) -> str:
    groups = (
        (judged.supporting, f" of {wording.number_word(number)} {what}", "bears it out", "bear it out"),
        (judged.opposing, "", "contradicts it", "contradict it"),
        (judged.undecided, "", "leaves it open", "leave it open"),
    )
    return wording.listing([_group(judged, *group) for group in groups if group[0]])


def _group(judged: Judgement, votes: Sequence[Vote], of: str, one: str, many: str) -> str:
    """Count some votes and name the plainest: "two contradict it (such as 750 km, Reuters, 2004)"."""
    verb = one if len(votes) == 1 else many
    such = "" if len(votes) == 1 else "such as "
    return f"{wording.number_word(len(votes))}{of} {verb} ({such}{_cite(_extreme(judged, votes))})"


def _extreme(judged: Judgement, votes: Sequence[Vote]) -> Vote:
    """Pick the vote that lies farthest from the range required: the plainest example."""
    required = judged.required_km or 0.0
    return max(votes, key=lambda vote: abs(vote.grants_km - required))


def _edge(judged: Judgement, votes: Sequence[Vote]) -> str:
    """Name the figure that comes closest to turning the verdict."""
    required = judged.required_km or 0.0
    if all(vote.grants_km >= required for vote in votes):
        lowest = min(votes, key=lambda vote: vote.grants_km)
        return "" if len(votes) == 1 else f", the lowest figure being {_cite(lowest)}"
    highest = max(votes, key=lambda vote: vote.allows_km)
    if highest.allows_km < required:
        short = format_km(required - highest.allows_km)
        return (
            f"; it stops {short} short" if len(votes) == 1 else f"; the highest, {_cite(highest)}, stops {short} short"
        )
    return ""


def _cite(vote: Vote) -> str:
    """Name a vote: "2,000 km, Reuters, 2004"."""
    claim = max(vote.claims, key=lambda each: each.as_of or "")
    low, high = vote.grants_km, vote.allows_km
    figure = format_km(high) if round(low) == round(high) else f"{low:,.0f} to {format_km(high)}"
    more = " or more" if vote.open_above else ""
    return f"{figure}{more}, {wording.claimant(claim)}, {(claim.as_of or 'undated')[:4] if claim.as_of else 'undated'}"
