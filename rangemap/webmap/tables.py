"""The tables of the page: country by country, and the verdicts on statements about reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.types import Status
from rangemap.webmap import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from rangemap.language import Language
    from rangemap.layers import CountryRow, LayerSet, SystemLayers, VerdictRow

_SHAPES = {
    "holds": "within",
    "depends": "contested",
    "fails": "beyond",
    "not-testable": "uncertain",
}
"""Verdicts with the shape that stands for them: those of the country card."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A contested country: how far off, and how many claimants reach it."""

    id: str
    name: str
    nearest: str
    count: str


@dataclass(frozen=True, slots=True)
class Group:
    """Countries of one status, as a sentence."""

    status: str
    lead: str
    names: str


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Country by country, for one system from one launch region."""

    groups: tuple[Group, ...]
    lead: str
    words: str
    system: str
    rows: tuple[TableRow, ...]
    halves: tuple[tuple[TableRow, ...], ...]


@dataclass(frozen=True, slots=True)
class VerdictItem:
    """A statement about reach: what was said by whom, the range it takes, and a verdict in words and a shape."""

    statement: Markup
    sentence: Markup
    claimant: str
    year: str
    url: str | None
    source: str
    required_km: float | None
    required: str
    badge: str
    verdict: str


def coverage(rows: Iterable[CountryRow], place: int, system: SystemLayers, lang: Language) -> CoverageTable:
    """Sort the countries by status for the system at `place`, nearest first where contested."""
    by_status: dict[Status, list[CountryRow]] = {status: [] for status in Status}
    for row in rows:
        by_status[row.status[place]].append(row)
    contested = sorted(by_status[Status.CONTESTED], key=lambda row: (row.nearest_km, row.name))
    table = tuple(_table_row(row, place, len(system.origins), lang) for row in contested)
    middle = (len(table) + 1) // 2
    halves = (table[:middle], table[middle:]) if len(table) > 1 else (table,)
    return CoverageTable(
        groups=tuple(_groups(by_status, system, lang)),
        lead=lang.say("table.contested", count=lang.number(len(table))),
        words=lang.say("table.contested_words"),
        system=system.name,
        rows=table,
        halves=halves,
    )


def _groups(by_status: dict[Status, list[CountryRow]], system: SystemLayers, lang: Language) -> Iterable[Group]:
    if system.all_km is None:
        yield Group("none", lang.say("table.none_lead"), lang.say("table.none_words"))
        return
    for status in (Status.WITHIN, Status.UNCERTAIN):
        names = lang.alphabetical(lang.country(row.id, row.name) for row in by_status[status])
        if names or status is Status.WITHIN:
            lead = lang.say(f"table.{status.value}", len(system.origins), count=lang.number(len(names)))
            all_names = lang.say("list.comma").join(names) or lang.say("table.nobody")
            yield Group(status.value, lead, f"{all_names}{lang.say('list.stop')}")


def _table_row(row: CountryRow, place: int, origins: int, lang: Language) -> TableRow:
    return TableRow(
        id=row.id,
        name=lang.country(row.id, row.name),
        nearest=lang.number(row.nearest_km),
        count=count(row.reaching[place], row.may_reach[place], origins, lang),
    )


def count(reach: int, may: int, origins: int, lang: Language) -> str:
    """Count who reaches and who may: "4 of 6", "4 of 6 +1 may"."""
    key = "count.of_may" if may else "count.of"
    return lang.say(key, reach, total=lang.number(origins), may=lang.number(may))


def verdicts(layerset: LayerSet, system: SystemLayers, lang: Language) -> tuple[VerdictItem, ...]:
    """Put the verdicts on statements about one system into words."""
    return tuple(_verdict(row, lang, of=layerset.lang) for row in layerset.verdicts if row.system == system.id)


def _verdict(row: VerdictRow, lang: Language, *, of: str) -> VerdictItem:
    return VerdictItem(
        statement=text.said(row.statement, lang, of=of),
        sentence=text.said(row.sentence, lang, of=of),
        claimant=row.claimant,
        year=lang.year(row.as_of),
        url=text.address(row.url),
        source=row.source,
        required_km=row.required_km,
        required="–" if row.required_km is None else lang.number(row.required_km),
        badge=_SHAPES[row.verdict],
        verdict=lang.say(f"statements.{row.verdict}"),
    )
