"""The panel beside the map: every system's list of distances with its claimants, and the keys to their marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.types import LineRole, Tier
from rangemap.webmap import tables, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rangemap.language import Language
    from rangemap.layers import LayerSet, Line, Statement, SystemLayers
    from rangemap.webmap.tables import CoverageTable, VerdictItem

OPEN_UP_TO = 8
"""With so many claims or fewer, every row of the list starts open."""

COUNTED = (LineRole.ALL, LineRole.MAJORITY, LineRole.CLAIM, LineRole.ANY, LineRole.EARLIER)
"""Roles of lines that counted claims name, now or earlier."""


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """One claimant under a distance of the list."""

    id: str
    claimant: str
    aside: str
    lower_end: bool
    year: str
    mark: str
    url: str | None
    source: str
    older: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One distance of the list, with its claimants."""

    line: Line
    label: str
    show: str
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
    list_label: str
    none: str
    rows: tuple[Row, ...]
    apart: tuple[Row, ...]
    coverage: CoverageTable
    verdicts: tuple[VerdictItem, ...]


def blocks(layerset: LayerSet, lang: Language) -> tuple[Block, ...]:
    """Work out the list and the table of every system, from the first launch region."""
    return tuple(_block(layerset, system, place, lang) for place, system in enumerate(layerset.systems))


def claimants(layerset: LayerSet, lang: Language) -> str:
    """Count the claimants in words: "Six claimants, each counted once"."""
    if len(layerset.systems) > 1:
        return lang.say("panel.claimants_several")
    return text.capital(lang.say("panel.claimants", len(layerset.systems[0].origins)))


def tiers(layerset: LayerSet, lang: Language) -> list[tuple[str, str]]:
    """List the tiers of source that the reader can switch, with their words; none where there is nothing to choose."""
    found = {row.tier for system in layerset.systems for row in system.statements if row.votable or row.dormant}
    return [(tier.value, lang.say(f"panel.mark_{tier.value}")) for tier in Tier if tier in found and len(found) > 1]


def origins(layerset: LayerSet) -> list[tuple[str, str]]:
    """List the claimants that the reader can switch: origin and name, by name; none where there is one alone."""
    rows = [row for system in layerset.systems for row in system.statements if row.votable or row.dormant]
    names = {row.origin: row.claimant for row in sorted(rows, key=lambda row: row.as_of or "")}
    found = sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return found if len(found) > 1 else []


def keys(layerset: LayerSet, lang: Language) -> list[tuple[str, str]]:
    """List the marks that the page uses, with what they mean."""
    rows = [row for system in layerset.systems for row in system.statements if row.line]
    found = [tier.value for tier in Tier if any(_mark(row) == tier.value for row in rows)]
    votes = [row for row in rows if row.votable]
    if any(row.high_km is None for row in votes):
        found.append("open")
    if any(row.low_km and row.high_km and row.low_km < row.high_km for row in votes):
        found.append("interval")
    if any(_mark(row) == "flown" for row in rows):
        found.append("flown")
    return [(kind, lang.say(f"panel.mark_{kind}")) for kind in found]


def _block(layerset: LayerSet, system: SystemLayers, place: int, lang: Language) -> Block:
    projected = "_projected" if system.projected else ""
    claims_in_all = sum(1 for row in system.statements if row.line)
    counted = [line for line in system.lines if line.role in COUNTED]
    apart = [line for line in system.lines if line.role not in COUNTED]
    return Block(
        id=system.id,
        name=system.name,
        series=system.series + 1,
        column=lang.say(f"panel.column{projected}"),
        list_label=lang.say(f"panel.list{projected}", system=system.name),
        none=lang.say("panel.none"),
        rows=tuple(_row(line, system, lang, apart=False, crowded=claims_in_all > OPEN_UP_TO) for line in counted),
        apart=tuple(_row(line, system, lang, apart=True, crowded=claims_in_all > OPEN_UP_TO) for line in apart),
        coverage=tables.coverage(layerset.views[0].countries, place, system, lang),
        verdicts=tables.verdicts(layerset, system, lang),
    )


def _row(line: Line, system: SystemLayers, lang: Language, *, apart: bool, crowded: bool) -> Row:
    is_past = line.role is LineRole.EARLIER
    on_line = _on(line, system.statements)
    past = "projected" if is_past and all(row.stance == "projects" for row in on_line) else "replaced"
    label = line.label if line.role is LineRole.SET_ASIDE else lang.km(line.km)
    items = [_claim(row, line, lang) for row in on_line]
    return Row(
        line=line,
        label=label,
        show=lang.say(
            "panel.show_apart" if apart else "panel.show", distance=label, remark=line.remark, system=system.name
        ),
        role=line.role.value,
        apart=apart,
        is_past=is_past,
        shown=line.role is not LineRole.SET_ASIDE,
        open=not crowded or line.role is LineRole.MAJORITY,
        says=lang.number(line.says) if line.says else "–",
        more=_apart_words(line, lang)
        if apart
        else (lang.say(f"count.{past}") if is_past else _more(line, len(system.origins), lang)),
        claims=tuple(item for item in items if not item.older),
        older=tuple(item for item in items if item.older),
    )


def _apart_words(line: Line, lang: Language) -> str:
    return lang.say("count.required") if line.role is LineRole.REQUIRED else line.remark


def _more(line: Line, origins: int, lang: Language) -> str:
    """Count who grants a distance: "4 of 6", "4 of 6 +1 may"."""
    return tables.count(len(line.grants), len(line.allows), origins, lang)


def _on(line: Line, statements: Iterable[Statement]) -> list[Statement]:
    named = [row for row in statements if row.id in line.claims]
    return sorted(named, key=lambda row: (_is_older(row), row.as_of or "9999", row.claimant))


def _claim(row: Statement, line: Line, lang: Language) -> ClaimItem:
    return ClaimItem(
        id=row.id,
        claimant=row.claimant,
        aside="; ".join(part for part in (row.hedge, row.route) if part),
        lower_end=bool(row.lower_line) and line.id != row.line,
        year=lang.year(row.as_of),
        mark=_mark(row),
        url=text.address(row.url),
        source=row.source,
        older=_is_older(row),
    )


def _is_older(row: Statement) -> bool:
    return (row.votable or row.dormant) and not row.counted


def _mark(row: Statement) -> str:
    return "flown" if row.quantity == "distance-flown" else row.tier.value
