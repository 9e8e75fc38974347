"""A verdict in words: one sentence for the finding, one for other launch regions, one for other definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from rangemap import places, wording
from rangemap.language import language
from rangemap.needs import MOST_PROVINCES
from rangemap.units import format_km
from rangemap.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.ballot import Vote
    from rangemap.language import Language
    from rangemap.needs import Need
    from rangemap.verdicts import Judgement

MOST_NAMED = 4
"""So many regions are named; of more, only the number is told."""


def explain(judged: Judgement) -> str:
    """Say in one English sentence what the verdict is, what the statement requires, who grants it, and what follows."""
    lang = language("en")
    return lang.say(
        "list.colon",
        a=wording.capital(lang.say(f"verdict.{judged.verdict.value}")),
        b=findings(judged, lang),
    )


def findings(judged: Judgement, lang: Language) -> str:
    """Say the same without the verdict, in a language; a reason why it can't be tested stays English."""
    if judged.verdict is Verdict.NOT_TESTABLE:
        return lang.foreign(judged.reason)
    needs = lang.say("list.clauses").join(_need(each, lang) for each in judged.needs)
    text = lang.say("verdict.body", needs=needs, standing=_standing(judged, lang))
    if judged.given is None or judged.assertion.given is None:
        return text
    verdict = lang.say(f"verdict.{judged.given.value}")
    return f"{text} {lang.say('verdict.given', given=lang.foreign(judged.assertion.given), verdict=verdict)}"


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


def _need(each: Need, lang: Language) -> str:
    """Say what one requirement takes: "Europe begins 891 km from Iran, in Ukraine"."""
    extent = each.requirement.extent
    blanks = {
        "area": wording.named(lang, each.area.name) if each.area else "",
        "place": wording.place(lang, each.region.name),
        "distance": lang.km(each.required_km),
        "share": lang.percent(each.requirement.share),
    }
    if extent in {"any", "none"}:
        said = lang.say(f"verdict.{_beginning(each)}", **blanks)
        said = _with_where("where", said, each, lang)
        return said if extent == "any" else lang.say("verdict.none", need=said)
    said = lang.say(f"verdict.{extent}", **blanks)
    return _with_where("last", said, each, lang) if extent in {"each", "all"} else said


def _beginning(each: Need) -> str:
    """Tell whether an area borders the region, lies off it (several areas), or begins somewhere."""
    if each.required_km < 1 and each.requirement.extent == "any":
        return "borders"
    return "lies" if each.requirement.extent == "any" and each.area and "," in each.area.id else "begins"


def _with_where(key: Literal["where", "last"], said: str, each: Need, lang: Language) -> str:
    return lang.say(f"verdict.{key}", need=said, where=wording.named(lang, each.where)) if each.where else said


def _standing(judged: Judgement, lang: Language) -> str:
    votes = judged.contest.votes if judged.contest else ()
    if judged.verdict is Verdict.DEPENDS:
        return _divided(judged, len(votes), lang)
    verdict = "holds" if judged.verdict is Verdict.HOLDS else "fails"
    what, edge = ("_limit" if judged.limit else ""), _edge(judged, votes, lang)
    if len(votes) == 1:
        return lang.say(f"verdict.one{what}_{verdict}", cite=_cite(votes[0], lang), edge=edge)
    return lang.say(f"verdict.all{what}_{verdict}", len(votes), edge=edge)


def _divided(judged: Judgement, number: int, lang: Language) -> str:
    """Count the votes on every side and name the plainest: "two contradict it (such as 750 km, Reuters, 2004)"."""
    sides = (
        ("supports_limit" if judged.limit else "supports", judged.supporting),
        ("opposes", judged.opposing),
        ("leaves_open", judged.undecided),
    )
    return lang.listing(
        [
            lang.say(f"verdict.{side}", len(votes), total=lang.word(number), cite=_cite(_extreme(judged, votes), lang))
            for side, votes in sides
            if votes
        ]
    )


def _extreme(judged: Judgement, votes: Sequence[Vote]) -> Vote:
    """Pick the vote that lies farthest from the range required: the plainest example."""
    required = judged.required_km or 0.0
    return max(votes, key=lambda vote: abs(vote.grants_km - required))


def _edge(judged: Judgement, votes: Sequence[Vote], lang: Language) -> str:
    """Name the figure that comes closest to turning the verdict."""
    required = judged.required_km or 0.0
    if all(vote.grants_km >= required for vote in votes):
        lowest = min(votes, key=lambda vote: vote.grants_km)
        return "" if len(votes) == 1 else lang.say("verdict.edge_lowest", cite=_cite(lowest, lang))
    highest = max(votes, key=lambda vote: vote.allows_km)
    if highest.allows_km >= required:
        return ""
    short = lang.km(required - highest.allows_km)
    if len(votes) == 1:
        return lang.say("verdict.edge_stops", distance=short)
    return lang.say("verdict.edge_highest", cite=_cite(highest, lang), distance=short)


def _cite(vote: Vote, lang: Language) -> str:
    """Name a vote: "2,000 km, Reuters, 2004"."""
    claim = max(vote.claims, key=lambda each: each.as_of or "")
    low, high = vote.grants_km, vote.allows_km
    figure = lang.km(high) if round(low) == round(high) else lang.span(low, high)
    if vote.open_above:
        figure = lang.say("verdict.or_more", figure=figure)
    return lang.say(
        "verdict.cite", figure=figure, name=lang.foreign(wording.claimant(claim)), year=lang.year(claim.as_of)
    )
