"""The gap line of a map: the way from the launch region to an area, and whose claims cover which part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap import areas, gap
from rangemap.layers.model import Gap, GapStretch
from rangemap.units import format_km

if TYPE_CHECKING:
    from rangemap.contest import Contest
    from rangemap.gap import Way
    from rangemap.places import Region


def gap_of(region: Region, name: str, contest: Contest) -> Gap:
    """Lay the claims of a contest along the way from a region to the area called `name`.

    Raises
    ------
    UnknownNameError
        For an area that nobody has heard of.
    """
    found = gap.way(region, areas.area(name))
    stretches = tuple(
        GapStretch(part.kind, part.inner_km, part.outer_km, part.line, part.label, part.words)
        for part in gap.gap_parts(found, contest)
    )
    return Gap(
        system=contest.system.id,
        region_id=region.id,
        area_id=found.area.id,
        area_name=found.area.name,
        nearest_km=found.nearest_km,
        start=found.start,
        end=found.end,
        stretches=stretches,
        sentence=_sentence(found, contest),
    )


def _sentence(found: Way, contest: Contest) -> str:
    lead = f"From {found.region.name} to the nearest point of {found.area.name}: **{gap.both_units(found.nearest_km)}**"
    if contest.any_km is None:
        return f"{lead}; nobody’s claim counts as a range."
    short = found.nearest_km - contest.any_km
    if short > 0:
        return f"{lead}; the highest figure stops **{format_km(short)} short**."
    if contest.all_km is not None and contest.all_km >= found.nearest_km:
        return f"{lead}; every claim covers that."
    return f"{lead}; whether that is covered depends on the claim."
