"""Answers about places as plain data: `coverage`, `check`, `distance`, and what the launch region changes.

The keys are those of design.md, section 8; more may be added, none is renamed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rangemap import areas, places, wording
from rangemap.ballot import Filters, check_filters
from rangemap.catalogue.load import Catalogue, load_catalogue
from rangemap.coverage import cover, cover_cities, measure_cities, measure_countries, share_areas, standing
from rangemap.errors import UsageError
from rangemap.gap import figure_shares, gap_contests, gap_parts, sort_contests, way
from rangemap.geodesy import area_km2, core_reaches, spans
from rangemap.needs import MOST_PROVINCES, parts_of
from rangemap.reach import reaches_of
from rangemap.types import Quantity, Stance, Status
from rangemap.units import HALF_CIRCUMFERENCE_KM, format_km
from rangemap.verdict_words import explain, explain_definitions, explain_regions
from rangemap.verdicts import judge_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rangemap.ballot import Vote
    from rangemap.contest import Contest
    from rangemap.coverage import CityCoverage, Coverage, Shares
    from rangemap.gap import Way
    from rangemap.places import Region
    from rangemap.verdicts import Judgement

LEVELS = ("all", "majority", "any")
_STATUS_WORDS = {status: status.value for status in Status}


def coverage_dict(
    name: str,
    *,
    region: str | None = None,
    filters: Filters | None = None,
    catalogue: Catalogue | None = None,
) -> dict[str, Any]:
    """Judge every country and listed city by the claims about a system.

    Parameters
    ----------
    name
        Id, name or alias of a system.
    region
        Launch region; the system's first by default.
    filters
        What the reader wants counted.

    Returns
    -------
    dict
        `system`, `region`, `countries` (closest calls first) and `cities` (most populous first). `origins_reaching`
        counts the origins that grant the nearest point, `origins` names them, `may_reach` those that only allow it.

    Raises
    ------
    UnknownNameError
        For a system, region, origin or claim that nobody has heard of.
    RegionError
        For a launch region that is too small or can't be read.
    """
    data = catalogue or load_catalogue()
    found, launch = _contest(name, filters, data), _launch(name, region, data)
    measured = measure_countries(launch)
    covered = cover(found, measured)
    shares = share_areas(launch, found, measured)
    cities = cover_cities(found, launch, measure_cities(launch))
    rows = [_country_dict(found, launch, row, shares.get(row.place.id)) for row in covered]
    return {
        "system": found.system.id,
        "region": launch.id,
        "origins_total": len(found.votes),
        "all_km": found.all_km,
        "majority_km": found.majority_km,
        "any_km": found.any_km,
        "countries": sorted(rows, key=lambda row: abs(row["margin_km"] or 0.0)),
        "cities": _city_dicts(cities),
    }


def _contest(name: str, filters: Filters | None, data: Catalogue) -> Contest:
    system = data.system(name)
    check_filters(filters or Filters(), [system])
    return standing(system, data.sources, filters)


def _launch(name: str, region: str | None, data: Catalogue) -> Region:
    return areas.launch_region(region or data.system(name).regions[0])


def _country_dict(found: Contest, launch: Region, row: Coverage, shares: Shares | None) -> dict[str, Any]:
    return {
        "id": row.place.id,
        "name": row.place.name,
        "status": row.status.value,
        "nearest_km": row.place.nearest_km,
        "farthest_km": row.place.farthest_km,
        "margin_km": row.margin_km,
        "origins_reaching": len(row.reaching),
        "origins": list(row.reaching),
        "may_reach": list(row.may_reach),
        "area_share": {level: getattr(shares, level) if shares else None for level in LEVELS},
        "sentence": country_sentence(found, launch, row),
    }


def _city_dicts(cities: Iterable[CityCoverage]) -> list[dict[str, Any]]:
    """Give the cities as plain data; cities that stand alike share their lists of origins, since there are 34,000."""
    lists: dict[tuple[str, ...], list[str]] = {}
    return [
        {
            "name": name,
            "country": country,
            "population": population,
            "distance_km": distance_km,
            "status": _STATUS_WORDS[status],
            "margin_km": margin_km,
            "origins_reaching": len(reaching),
            "origins": lists.setdefault(reaching, list(reaching)),
            "may_reach": lists.setdefault(may_reach, list(may_reach)),
        }
        for name, country, population, distance_km, status, reaching, may_reach, margin_km in cities
    ]


def country_sentence(found: Contest, launch: Region, row: Coverage) -> str:
    """Say how a country stands: "Greece: 9 of 19 origins put part of it in range; …"."""
    near = row.place.nearest_km
    where = f"it borders {launch.name}" if near < 1 else f"the nearest point is {format_km(near)} from {launch.name}"
    if not found.votes:
        return f"{row.place.name}: nobody's claim counts as a range; {where}."
    if row.status is Status.BEYOND:
        short = format_km(near - (found.any_km or 0.0))
        return f"{row.place.name}: no origin puts any of it in range; {where}, {short} beyond the highest figure."
    who = f"{len(row.reaching)} of {len(found.votes)} origins put{'s' if len(row.reaching) == 1 else ''}"
    extent = "all" if len(row.whole) == len(row.reaching) > 0 else "part"
    whole = f", {len(row.whole)} all of it" if row.whole and extent == "part" else ""
    may = f", {len(row.may_reach)} more may" if row.may_reach else ""
    return f"{row.place.name}: {who} {extent} of it in range{whole}{may}; {where}."


def check_rows(
    name: str | None = None,
    *,
    region: str | None = None,
    filters: Filters | None = None,
    catalogue: Catalogue | None = None,
) -> list[dict[str, Any]]:
    """Judge the reach assertions of a system, or of the whole catalogue.

    Parameters
    ----------
    name
        A system; all of them by default.
    region
        Launch region to judge every statement from, in place of its own.

    Raises
    ------
    UnknownNameError
        For a system, region, origin or claim that nobody has heard of.
    """
    data = catalogue or load_catalogue()
    system = data.system(name) if name else None
    check_filters(filters or Filters(), [system] if system else data.systems.values())
    judged = judge_all(data, system=system, region=region, filters=filters)
    return [check_dict(each, data) for each in judged]


def check_dict(judged: Judgement, data: Catalogue) -> dict[str, Any]:
    """Give one judgement as plain data."""
    assertion = judged.assertion
    cited = [*judged.supporting, *judged.opposing, *judged.undecided]
    return {
        "assertion": assertion.id,
        "system": judged.system.id if judged.system else None,
        "claimant": assertion.claimant,
        "as_of": assertion.as_of,
        "area": assertion.area,
        "expected": assertion.expected,
        "verdict": judged.verdict.value,
        "required_km": judged.required_km,
        "region": judged.needs[0].region.id if judged.needs else None,
        "claims_for": _claim_ids(judged.supporting),
        "claims_against": _claim_ids(judged.opposing),
        "claims_undecided": _claim_ids(judged.undecided),
        "explanation": explain(judged),
        "sensitivity": explain_regions(judged),
        "definitions": explain_definitions(judged),
        "note": assertion.note,
        "judged_by_limit": judged.limit,
        "requires": [_need_dict(judged, index) for index in range(len(judged.needs))],
        "regions": {name: verdict.value for name, verdict in (judged.regions or {}).items()},
        "citation": wording.citation(data.sources[assertion.source]),
        "citations": _citations(cited, data),
    }


def _need_dict(judged: Judgement, index: int) -> dict[str, Any]:
    each = judged.needs[index]
    return {
        "extent": each.requirement.extent,
        "share": each.requirement.share or None,
        "area": each.area.id if each.area else None,
        "area_name": each.area.name if each.area else None,
        "definition": (each.area.definition or None) if each.area else None,
        "region": each.region.id,
        "required_km": each.required_km,
        "where": each.where or None,
    }


def _claim_ids(votes: Iterable[Vote]) -> list[str]:
    return [claim.id for vote in votes for claim in vote.claims]


def _citations(votes: Iterable[Vote], data: Catalogue) -> dict[str, str]:
    return {claim.id: wording.citation(data.sources[claim.source]) for vote in votes for claim in vote.claims}


def distance_dict(
    start: str,
    end: str,
    *,
    systems: Sequence[str] = (),
    filters: Filters | None = None,
    catalogue: Catalogue | None = None,
) -> dict[str, Any]:
    """Measure from a launch region to an area, and say what part of the way the claims cover.

    Parameters
    ----------
    start
        A launch region.
    end
        An area, region, country, province, GeoJSON file or city ("Athens, GRC").
    systems
        Whose claims to lay along the way; by default those of every system of the launch region's country.

    Raises
    ------
    UnknownNameError
        For a name that nobody has heard of.
    """
    data = catalogue or load_catalogue()
    found = way(areas.launch_region(start), areas.area(end))
    chosen = [data.system(name) for name in systems]
    check_filters(filters or Filters(), chosen or data.systems.values())
    contests = sort_contests(chosen, data, filters) if chosen else gap_contests(data, found.region.country, filters)
    return {
        "from": found.region.id,
        "to": found.area.id,
        "nearest_km": found.nearest_km,
        "nearest_from": list(found.start),
        "nearest_to": list(found.end),
        "farthest_km": found.farthest_km,
        "farthest_from": list(found.farthest_from),
        "farthest_to": list(found.farthest_to),
        "covering_km": found.covering_km,
        "definition": found.area.definition or None,
        "systems": [_along_the_way(found, each, chosen_system=bool(chosen)) for each in contests],
    }


def _along_the_way(found: Way, contest: Contest, *, chosen_system: bool) -> dict[str, Any]:
    """Say how far one system's claims get: each figure where the system was asked for, else the two ends only."""
    row: dict[str, Any] = {
        "system": contest.system.id,
        "name": contest.system.name,
        "all_km": contest.all_km,
        "any_km": contest.any_km,
        "all_share": _part(contest.all_km, found.nearest_km),
        "any_share": _part(contest.any_km, found.nearest_km),
    }
    if chosen_system:
        row["parts"] = [
            {"kind": part.kind, "inner_km": part.inner_km, "outer_km": part.outer_km, "label": part.label}
            for part in gap_parts(found, contest)
        ]
        row["figures"] = _figures(found, contest)
    return row


def _figures(found: Way, contest: Contest) -> list[dict[str, Any]]:
    """List every figure of a system, ranges, limits and tests alike, that nobody denies."""
    claims = [claim for claim in contest.system.claims if claim.stance is not Stance.DENIES]
    lengths = [claim for claim in claims if claim.quantity is not Quantity.REGULATORY_THRESHOLD]
    return [
        {
            "km": each.km,
            "share": each.share,
            "short_km": each.short_km,
            "quantities": sorted({claim.quantity.value for claim in each.claims}),
            "claims": [claim.id for claim in each.claims],
            "claimants": list(dict.fromkeys(claim.claimant for claim in each.claims)),
        }
        for each in figure_shares(found, lengths)
    ]


def _part(km: float | None, way_km: float) -> float | None:
    return None if km is None else 1.0 if way_km <= km else km / way_km


def region_rows(
    name: str, *, filters: Filters | None = None, catalogue: Catalogue | None = None
) -> list[dict[str, Any]]:
    """Say how a system's reach moves with the launch region: its country, each named part, and from everywhere at once.

    Returns
    -------
    list of dict
        `region`, `name`, `kind`; `area_km2` (size of the reach) and `countries` (how many are reached in part), each by
        level. The last row, of kind "core", is what every point of the country reaches.
    """
    data = catalogue or load_catalogue()
    found = _contest(name, filters, data)
    whole = _launch(name, None, data)
    if not found.votes:
        msg = f"no claim about {found.system.name} counts as a range, so no region changes anything"
        raise UsageError(msg)
    infos = [info for info in parts_of(whole.country, MOST_PROVINCES) if info.id != whole.id]
    regions = [whole, *(places.region(info.id) for info in infos)]
    rows = [_region_row(found, region) for region in regions]
    return [*rows, _core_row(found, whole)]


def _levels(found: Contest) -> dict[str, float]:
    levels = {"all": found.all_km, "majority": found.majority_km, "any": found.any_km}
    return {name: min(km, HALF_CIRCUMFERENCE_KM) for name, km in levels.items() if km is not None}


def _region_row(found: Contest, region: Region) -> dict[str, Any]:
    levels = _levels(found)
    fills = reaches_of(region.geometry, levels.values()).fills
    others = [country for country in places.countries() if country.id != region.country]
    nearest = [span.nearest_km for span in spans(region.geometry, [country.geometry for country in others])]
    return {
        "region": region.id,
        "name": region.name,
        "kind": region.kind,
        "area_km2": {level: area_km2(fills[km]) for level, km in levels.items()},
        "countries": {level: sum(near <= km for near in nearest) for level, km in levels.items()},
    }


def _core_row(found: Contest, region: Region) -> dict[str, Any]:
    levels = _levels(found)
    cores = core_reaches(region.geometry, sorted(levels.values()))
    fills = {core.range_km: core.fill for core in cores}
    others = [country for country in places.countries() if country.id != region.country]
    return {
        "region": f"{region.id}-core",
        "name": f"every point of {region.name}",
        "kind": "core",
        "area_km2": {level: area_km2(fills[km]) for level, km in levels.items()},
        "countries": {
            level: sum(fills[km].intersects(country.geometry) for country in others) for level, km in levels.items()
        },
    }
