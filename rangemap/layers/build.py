"""Build a `LayerSet`: count the claims, measure from the launch region, word the findings, gather the sources."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import shapely

from rangemap import places, wording
from rangemap.ballot import Filters, check_filters
from rangemap.catalogue.load import load_catalogue
from rangemap.contest import contest
from rangemap.coverage import cover, measure_countries, standing
from rangemap.errors import UsageError
from rangemap.language import language
from rangemap.layers import prose
from rangemap.layers.cities import city_rows
from rangemap.layers.gap import gap_of
from rangemap.layers.lines import Drawing, conflict_rows, draw, origin_rows
from rangemap.layers.model import CountryRow, LayerSet, SourceRow, SystemLayers, VerdictRow, View
from rangemap.layers.verdicts import verdict_rows
from rangemap.needs import remember
from rangemap.reach import REGION_TOLERANCE_M, Reaches, core_reaches_of, reaches_of
from rangemap.types import LineRole, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely import MultiLineString

    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import Source
    from rangemap.contest import Contest
    from rangemap.coverage import Coverage, Measured
    from rangemap.language import Language
    from rangemap.places import Region
    from rangemap.reach import Fill

MAX_SYSTEMS = 5
"""As many as there are accent colours that stay apart."""

_LEVELS = (LineRole.ALL, LineRole.MAJORITY, LineRole.ANY)


def build(
    names: Sequence[str],
    *,
    regions: Sequence[str] = (),
    filters: Filters | None = None,
    catalogue: Catalogue | None = None,
    gap: str | None = None,
    cores: bool = False,
    lang: str = "en",
) -> LayerSet:
    """Build the layers of one map.

    Parameters
    ----------
    names
        One to five systems, by id, name or alias.
    regions
        Launch regions by id, code, name or GeoJSON file; the first is drawn, the others can be switched to. By
        default those of the first system.
    filters
        What the reader wants counted; everything by default.
    catalogue
        The catalogue to read; the built-in one by default.
    gap
        An area to draw the way to, from the first region, divided by the first system's claims.
    cores
        Measure what is reached from everywhere in a region too; exports show it, the map does not.
    lang
        Language of the sentences: "en", "fr", "de", "ar" or "fa". What the catalogue says in its own words (names,
        questions, notes, quotes) stays English.

    Raises
    ------
    UnknownNameError
        For a system, region, area or language that nobody has heard of.
    RegionError
        For a launch region that is no area, or too small.
    UsageError
        For no system, or more than five.
    """
    data, words_in = catalogue or load_catalogue(), language(lang)
    systems = list({system.id: system for system in map(data.system, names)}.values())
    if not 1 <= len(systems) <= MAX_SYSTEMS:
        msg = f"a map shows one to {MAX_SYSTEMS} systems, not {len(systems)}"
        raise UsageError(msg)
    wanted = filters or Filters()
    check_filters(wanted, systems)
    contests = [contest(system, data.sources, wanted) for system in systems]
    drawings = [draw(found, data.sources, words_in) for found in contests]
    launch = [places.region(name) for name in (regions or systems[0].regions)]
    coverages, views = [], []
    for region in launch:
        covered, view = _view(region, contests, drawings, words_in, cores=cores)
        coverages.append(covered)
        views.append(view)
    rows = [
        _system_layers(i, c, d, data.sources, words_in) for i, (c, d) in enumerate(zip(contests, drawings, strict=True))
    ]
    verdicts = verdict_rows(systems, data, regions[0] if regions else None, wanted, words_in)
    newest = max((s.issued for s in data.sources.values() if s.issued), default=None)
    words = prose.Words(contests, launch[0], coverages[0], data, wanted, words_in)
    return LayerSet(
        title=words.title(),
        kicker=words.kicker(),
        standfirst=words.standfirst(),
        description=words.description(),
        systems=tuple(rows),
        views=tuple(views),
        sources=_sources(drawings, verdicts, data.sources),
        method=words.method(),
        limits=words.limits(),
        filters=words.filters(),
        credits=prose.edition(newest, _version(), data.data_hash, words_in),
        data_date=newest,
        version=_version(),
        data_hash=data.data_hash,
        gap=gap_of(launch[0], gap, standing(systems[0], data.sources, wanted), words_in) if gap else None,
        verdicts=verdicts,
        filters_asked=wanted,
        lang=lang,
        cities=city_rows(launch, max((km for d in drawings for kms in d.ring_km.values() for km in kms), default=0.0)),
    )


def _view(
    region: Region, contests: Sequence[Contest], drawings: Sequence[Drawing], lang: Language, *, cores: bool
) -> tuple[list[tuple[Coverage, ...]], View]:
    rings = {line_id: kms for drawing in drawings for line_id, kms in drawing.ring_km.items()}
    measured = _measured(region)
    remember(region, {row.id: (row.nearest_km, row.farthest_km) for row in measured})
    coverages = [cover(found, measured) for found in contests]
    reaches = reaches_of(region.geometry, {km for kms in rings.values() for km in kms})
    view = View(
        region_id=region.id,
        region_name=region.name,
        region_country=region.country,
        region=region.geometry,
        outlines={line_id: _merged(reaches, kms) for line_id, kms in rings.items()},
        areas={s.id: reaches.between(s.inner_km, s.outer_km) for drawing in drawings for s in drawing.steps},
        countries=_country_rows(region, contests, coverages, lang),
        tolerance_m=REGION_TOLERANCE_M,
        reaches={line_id: reaches.fills[max(kms)] for line_id, kms in rings.items()},
        cores=_cores(region, drawings) if cores else {},
    )
    return coverages, view


@lru_cache(maxsize=64)
def _measured(region: Region) -> tuple[Measured, ...]:
    """Measure the countries once a launch region: an atlas draws many systems from the same one."""
    return measure_countries(region)


def _cores(region: Region, drawings: Sequence[Drawing]) -> dict[str, Fill]:
    """Measure the core reach of the lines that stand for all, for half and for the highest claim."""
    kms = {line.id: line.km for drawing in drawings for line in drawing.lines if line.role in _LEVELS}
    found = core_reaches_of(region.geometry, kms.values())
    return {line_id: found[km] for line_id, km in kms.items() if not found[km].is_empty}


def _merged(reaches: Reaches, kms: Sequence[float]) -> MultiLineString:
    return shapely.MultiLineString([line for km in kms for line in shapely.get_parts(reaches.outlines[km])])


def _country_rows(
    region: Region, contests: Sequence[Contest], coverages: Sequence[Sequence[Coverage]], lang: Language
) -> tuple[CountryRow, ...]:
    return tuple(_country_row(region, contests, row, lang) for row in zip(*coverages, strict=True))


def _country_row(region: Region, contests: Sequence[Contest], row: Sequence[Coverage], lang: Language) -> CountryRow:
    place = row[0].place
    return CountryRow(
        id=place.id,
        name=place.name,
        short_name=place.short_name,
        nearest_km=place.nearest_km,
        farthest_km=place.farthest_km,
        status=tuple(cell.status for cell in row),
        reaching=tuple(len(cell.reaching) for cell in row),
        may_reach=tuple(len(cell.may_reach) for cell in row),
        whole=tuple(len(cell.whole) for cell in row),
        margin_km=tuple(cell.margin_km or 0.0 for cell in row),
        sentence=prose.country_sentence(region, contests, row, lang),
    )


def _system_layers(
    series: int, found: Contest, drawing: Drawing, sources: Mapping[str, Source], lang: Language
) -> SystemLayers:
    system = found.system
    return SystemLayers(
        id=system.id,
        name=system.name,
        series=series,
        country=system.country,
        country_name=prose.country_name(system.country, lang),
        kind_label=prose.kind_label(system, lang),
        agreement=found.agreement,
        all_km=found.all_km,
        majority_km=found.majority_km,
        any_km=found.any_km,
        projected=bool(found.votes)
        and all(claim.stance is Stance.PROJECTS for vote in found.votes for claim in vote.claims),
        origins=origin_rows(found),
        lines=drawing.lines,
        steps=drawing.steps,
        statements=drawing.statements,
        conflicts=conflict_rows(found, sources, lang),
        note=system.note or "",
    )


def _sources(
    drawings: Sequence[Drawing], verdicts: Sequence[VerdictRow], sources: Mapping[str, Source]
) -> tuple[SourceRow, ...]:
    """List the sources that the statements cite, in the order in which they are first cited."""
    cited = dict.fromkeys(statement.source for drawing in drawings for statement in drawing.statements)
    cited |= dict.fromkeys(row.source for row in verdicts)
    return tuple(
        SourceRow(
            id=source.id,
            citation=wording.citation(source),
            publisher=source.publisher,
            tier=source.tier,
            issued=source.issued,
            url=wording.web_address(source.url),
            note=source.note or "",
        )
        for source in (sources[name] for name in cited)
    )


def _version() -> str:
    try:
        return version("rangemap")
    except PackageNotFoundError:  # a bare checkout on the path
        return "unreleased"
