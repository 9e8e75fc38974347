"""The gap line of a map: the way from the launch region to an area, and whose claims cover which part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap import areas, gap, wording
from rangemap.layers.model import Gap, GapStretch

if TYPE_CHECKING:
    from rangemap.contest import Contest
    from rangemap.gap import GapPart, Way
    from rangemap.language import Language
    from rangemap.places import Region


def gap_of(region: Region, name: str, contest: Contest, lang: Language) -> Gap:
    """Lay the claims of a contest along the way from a region to the area called `name`.

    Raises
    ------
    UnknownNameError
        For an area that nobody has heard of.
    """
    found = gap.way(region, areas.area(name))
    stretches = tuple(_stretch(part, lang) for part in gap.gap_parts(found, contest))
    return Gap(
        system=contest.system.id,
        region_id=region.id,
        area_id=found.area.id,
        area_name=found.area.name,
        nearest_km=found.nearest_km,
        start=found.start,
        end=found.end,
        stretches=stretches,
        sentence=_sentence(found, contest, lang),
    )


def _sentence(found: Way, contest: Contest, lang: Language) -> str:
    lead = lang.say(
        "gap.lead",
        place=wording.place(lang, found.region.name),
        area=wording.named(lang, found.area.name),
        distance=lang.miles_too(found.nearest_km),
    )
    if contest.any_km is None:
        return lang.say("gap.none", lead=lead)
    short = found.nearest_km - contest.any_km
    if short > 0:
        return lang.say("gap.short", lead=lead, distance=lang.km(short))
    covered = contest.all_km is not None and contest.all_km >= found.nearest_km
    return lang.say("gap.all" if covered else "gap.depends", lead=lead)


def _stretch(part: GapPart, lang: Language) -> GapStretch:
    words = lang.say(f"map.gap_{part.kind}")
    label = f"{lang.miles_too(part.outer_km - part.inner_km)} {words}"
    return GapStretch(part.kind, part.inner_km, part.outer_km, part.line, label, words)
