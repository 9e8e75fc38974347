"""The tables of the page: country by country, and the verdicts on statements about reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.types import Status
from rangemap.webmap import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rangemap.layers import CountryRow, LayerSet, SystemLayers, VerdictRow

_VERDICTS = {
    "holds": ("within", "Holds"),
    "depends": ("contested", "Depends on whose claim"),
    "fails": ("beyond", "Fails"),
    "not-testable": ("uncertain", "Not testable"),
}
"""Verdicts with the shape that stands for them and their words; the shapes are those of the country card."""


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
    caption: str
    rows: tuple[TableRow, ...]
    halves: tuple[tuple[TableRow, ...], ...]


@dataclass(frozen=True, slots=True)
class VerdictItem:
    """A statement about reach: what was said by whom, the range it takes, and a verdict in words and a shape."""

    statement: str
    sentence: str
    claimant: str
    year: str
    url: str | None
    source: str
    required_km: float | None
    required: str
    badge: str
    verdict: str


def coverage(rows: Iterable[CountryRow], place: int, system: SystemLayers) -> CoverageTable:
    """Sort the countries by status for the system at `place`, nearest first where contested."""
    by_status: dict[Status, list[CountryRow]] = {status: [] for status in Status}
    for row in rows:
        by_status[row.status[place]].append(row)
    contested = sorted(by_status[Status.CONTESTED], key=lambda row: (row.nearest_km, row.name))
    table = tuple(_table_row(row, place, len(system.origins)) for row in contested)
    middle = (len(table) + 1) // 2
    halves = (table[:middle], table[middle:]) if len(table) > 1 else (table,)
    return CoverageTable(
        groups=tuple(_groups(by_status, system)),
        lead=f"Contested ({len(table)}):",
        words="at least one claim reaches some part, at least one does not.",
        caption=f"Contested countries: {system.name}",
        rows=table,
        halves=halves,
    )


def _groups(by_status: dict[Status, list[CountryRow]], system: SystemLayers) -> Iterable[Group]:
    if system.all_km is None:
        yield Group("none", "No claim of range is counted,", "so no country is said to be within or beyond it.")
        return
    lead = (
        "Within every claim, in part or whole"
        if len(system.origins) > 1
        else "Within the claimed range, in part or whole"
    )
    for status, words in ((Status.WITHIN, lead), (Status.UNCERTAIN, "Uncertain, one claimant’s span")):
        names = sorted(row.name for row in by_status[status])
        if names or status is Status.WITHIN:
            yield Group(status.value, f"{words} ({len(names)}):", f"{', '.join(names) or 'none'}.")


def _table_row(row: CountryRow, place: int, origins: int) -> TableRow:
    reach, may = row.reaching[place], row.may_reach[place]
    return TableRow(
        id=row.id,
        name=row.name,
        nearest=text.km(row.nearest_km),
        count=f"{reach} of {origins}{f' +{may} may' if may else ''}",
    )


def verdicts(layerset: LayerSet, system: SystemLayers) -> tuple[VerdictItem, ...]:
    """Put the verdicts on statements about one system into words."""
    return tuple(_verdict(row) for row in layerset.verdicts if row.system == system.id)


def _verdict(row: VerdictRow) -> VerdictItem:
    badge, words = _VERDICTS[row.verdict]
    return VerdictItem(
        statement=row.statement,
        sentence=row.sentence,
        claimant=row.claimant,
        year=row.as_of[:4] if row.as_of else "undated",
        url=text.address(row.url),
        source=row.source,
        required_km=row.required_km,
        required="–" if row.required_km is None else text.km(row.required_km),
        badge=badge,
        verdict=words,
    )
