"""The panel beside the map: every system's list of distances with its claimants, and the keys to their marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap import style
from rangemap.types import LineRole, Tier
from rangemap.webmap import tables, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rangemap.layers import LayerSet, Line, Statement, SystemLayers
    from rangemap.webmap.tables import CoverageTable, VerdictItem

OPEN_UP_TO = 8
"""With so many claims or fewer, every row of the list starts open."""

COUNTED = (LineRole.ALL, LineRole.MAJORITY, LineRole.CLAIM, LineRole.ANY, LineRole.EARLIER)
"""Roles of lines that counted claims name, now or earlier."""

_APART_WORDS = {LineRole.REQUIRED: "required"}

_SMALL_NUMBERS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """One claimant under a distance of the list."""

    id: str
    claimant: str
    aside: str
    year: str
    mark: str
    url: str | None
    source: str
    older: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One distance of the list, with its claimants."""

    line: Line
    role: str
    apart: bool
    is_past: bool
    shown: bool
    open: bool
    says: str
    more: str
    claims: tuple[ClaimItem, ...]
    older: tuple[ClaimItem, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One system's part of the panel and of the tables."""

    id: str
    name: str
    series: int
    column: str
    none: str
    rows: tuple[Row, ...]
    apart: tuple[Row, ...]
    coverage: CoverageTable
    verdicts: tuple[VerdictItem, ...]


def blocks(layerset: LayerSet) -> tuple[Block, ...]:
    """Work out the list and the table of every system, from the first launch region."""
    return tuple(_block(layerset, system, place) for place, system in enumerate(layerset.systems))


def number_word(count: int) -> str:
    """Write a small number as a word that can start a sentence."""
    return _SMALL_NUMBERS[count] if count < len(_SMALL_NUMBERS) else str(count)


def claimants(layerset: LayerSet) -> str:
    """Count the claimants in words: "Six claimants, each counted once"."""
    if len(layerset.systems) > 1:
        return "Claimants, each counted once"
    origins = len(layerset.systems[0].origins)
    if origins == 0:
        return "No claim of range is counted"
    return f"{number_word(origins)} claimant{'s, each' if origins > 1 else ','} counted once"


def tiers(layerset: LayerSet) -> list[tuple[str, str]]:
    """List the tiers of source that the reader can switch, with their words; none where there is nothing to choose."""
    found = {row.tier for system in layerset.systems for row in system.statements if row.votable or row.dormant}
    return [(tier.value, style.TIER_WORDS[tier]) for tier in Tier if tier in found and len(found) > 1]


def origins(layerset: LayerSet) -> list[tuple[str, str]]:
    """List the claimants that the reader can switch: origin and name, by name; none where there is one alone."""
    rows = [row for system in layerset.systems for row in system.statements if row.votable or row.dormant]
    names = {row.origin: row.claimant for row in sorted(rows, key=lambda row: row.as_of or "")}
    found = sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return found if len(found) > 1 else []


def keys(layerset: LayerSet) -> list[tuple[str, str]]:
    """List the marks that the page uses, with what they mean."""
    rows = [row for system in layerset.systems for row in system.statements if row.line]
    found: list[tuple[str, str]] = [
        (tier.value, style.TIER_WORDS[tier]) for tier in Tier if any(_mark(row) == tier.value for row in rows)
    ]
    votes = [row for row in rows if row.votable]
    if any(row.high_km is None for row in votes):
        found.append(("open", "“at least”"))
    if any(row.low_km and row.high_km and row.low_km < row.high_km for row in votes):
        found.append(("interval", "an interval"))
    if any(_mark(row) == "flown" for row in rows):
        found.append(("flown", "distance flown"))
    return found


def _block(layerset: LayerSet, system: SystemLayers, place: int) -> Block:
    claims_in_all = sum(1 for row in system.statements if row.line)
    counted = [line for line in system.lines if line.role in COUNTED]
    apart = [line for line in system.lines if line.role not in COUNTED]
    return Block(
        id=system.id,
        name=system.name,
        series=system.series + 1,
        column="Projected range" if system.projected else "Distance and line",
        none="No source here claims a range that can be counted.",
        rows=tuple(_row(line, system, apart=False, crowded=claims_in_all > OPEN_UP_TO) for line in counted),
        apart=tuple(_row(line, system, apart=True, crowded=claims_in_all > OPEN_UP_TO) for line in apart),
        coverage=tables.coverage(layerset.views[0].countries, place, system),
        verdicts=tables.verdicts(layerset, system),
    )


def _row(line: Line, system: SystemLayers, *, apart: bool, crowded: bool) -> Row:
    origins = len(system.origins)
    is_past = line.role is LineRole.EARLIER
    on_line = _on(line, system.statements)
    past = "projected" if is_past and all(row.stance == "projects" for row in on_line) else "replaced"
    may = f" +{len(line.allows)} may" if line.allows else ""
    items = [_claim(row, line) for row in on_line]
    return Row(
        line=line,
        role=line.role.value,
        apart=apart,
        is_past=is_past,
        shown=line.role is not LineRole.SET_ASIDE,
        open=not crowded or line.role is LineRole.MAJORITY,
        says=str(line.says) if line.says else "–",
        more=_APART_WORDS.get(line.role, line.remark)
        if apart
        else (past if is_past else f"{len(line.grants)} of {origins}{may}"),
        claims=tuple(item for item in items if not item.older),
        older=tuple(item for item in items if item.older),
    )


def _on(line: Line, statements: Iterable[Statement]) -> list[Statement]:
    named = [row for row in statements if row.id in line.claims]
    return sorted(named, key=lambda row: (_is_older(row), row.as_of or "9999", row.claimant))


def _claim(row: Statement, line: Line) -> ClaimItem:
    span = "" if line.id in (row.line, None) or not row.lower_line else "as its lower end"
    return ClaimItem(
        id=row.id,
        claimant=row.claimant,
        aside="; ".join(part for part in (row.hedge, row.route, span) if part),
        year=(row.as_of or "undated")[:4] if row.as_of else "undated",
        mark=_mark(row),
        url=text.address(row.url),
        source=row.source,
        older=_is_older(row),
    )


def _is_older(row: Statement) -> bool:
    return (row.votable or row.dormant) and not row.counted


def _mark(row: Statement) -> str:
    return "flown" if row.quantity == "distance-flown" else row.tier.value
