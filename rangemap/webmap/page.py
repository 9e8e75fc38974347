"""What the page says before its script runs: list, legend, tables and sources, worked out from a `LayerSet`.

Everything here is also the text equivalent of the map: it stands in the file as plain HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely import get_coordinates

from rangemap import style
from rangemap.types import LineRole, Status, Tier
from rangemap.webmap import text
from rangemap.webmap.globe import Globe, globe_center

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from rangemap.layers import (
        CountryRow,
        Gap,
        LayerSet,
        Line,
        SourceRow,
        Statement,
        Step,
        SystemLayers,
        VerdictRow,
        View,
    )

WORLD_KM = 5_000
"""A ring longer than this needs the whole world in view."""

OPEN_UP_TO = 8
"""With so many claims or fewer, every row of the list starts open."""

COUNTED = (LineRole.ALL, LineRole.MAJORITY, LineRole.CLAIM, LineRole.ANY, LineRole.EARLIER)
"""Roles of lines that counted claims name, now or earlier."""

_WIDE = 1.3
_MERCATOR_DEG = 85.05
_APART_WORDS = {LineRole.REQUIRED: "required"}
_VERDICTS = {
    "holds": ("within", "Holds"),
    "depends": ("contested", "Depends on whose claim"),
    "fails": ("beyond", "Fails"),
    "not-testable": ("uncertain", "Not testable"),
}
"""Verdicts with the shape that stands for them and their words; the shapes are those of the country card."""

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


@dataclass(frozen=True, slots=True)
class GlobePath:
    """One path of the globe with the classes that style it and what it stands for."""

    kind: str
    key: str
    path: str
    classes: str
    fill: str


@dataclass(frozen=True, slots=True)
class GlobeInset:
    """The globe, drawn: land and borders once, rings once for every launch region."""

    radius: float
    base: tuple[GlobePath, ...]
    views: tuple[tuple[GlobePath, ...], ...]


def blocks(layerset: LayerSet) -> tuple[Block, ...]:
    """Work out the list and the table of every system, from the first launch region."""
    return tuple(
        replace(_block(system, place, layerset.views[0]), verdicts=_verdicts(layerset, system))
        for place, system in enumerate(layerset.systems)
    )


def is_world(layerset: LayerSet) -> bool:
    """Tell whether a counted ring is so long that the whole world must be in view."""
    drawn = {line for view in layerset.views for line in view.outlines}
    return any(
        line.km > WORLD_KM and line.id in drawn and line.role is not LineRole.SET_ASIDE
        for system in layerset.systems
        for line in system.lines
    )


def is_wide(layerset: LayerSet) -> bool:
    """Tell whether the rings leave no corner of the map free, so that the globe has to stand beside it."""
    return is_world(layerset) or any(_aspect(view) > _WIDE for view in layerset.views)


def _aspect(view: View) -> float:
    """Width by height, on the flat map, of all that is drawn from a launch region, unrolled about it."""
    positions = get_coordinates([view.region, *view.outlines.values()])
    turns = np.radians(get_coordinates(view.region)[:, 0])
    middle = np.degrees(np.arctan2(np.sin(turns).sum(), np.cos(turns).sum()))
    lon = np.radians((positions[:, 0] - middle + 180) % 360 - 180)
    lat = np.radians(np.clip(positions[:, 1], -_MERCATOR_DEG, _MERCATOR_DEG))
    return float(np.ptp(lon) / max(np.ptp(np.arctanh(np.sin(lat))), 1e-9))


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


def sources(rows: Iterable[SourceRow]) -> list[dict[str, Any]]:
    """Prepare the list of sources: an address only where a browser may follow it."""
    return [
        {
            "id": row.id,
            "tier": row.tier.value,
            "tier_words": style.TIER_WORDS[row.tier],
            "citation": row.citation,
            "url": text.address(row.url),
            "host": text.host(text.address(row.url)),
        }
        for row in rows
    ]


def legend(layerset: LayerSet) -> dict[str, Any]:
    """List the lines and fills that the map uses, and only those."""
    drawn = {line for view in layerset.views for line, curve in view.outlines.items() if not curve.is_empty}
    lines = [line for system in layerset.systems for line in system.lines if line.id in drawn]
    roles = [role for role in LineRole if any(line.role is role for line in lines)]
    hidden = {LineRole.EARLIER, LineRole.SET_ASIDE}
    steps = [step for system in layerset.systems for step in system.steps if _is_hatched(step)]
    series = [system.series + 1 for system in layerset.systems]
    projected = any(system.projected for system in layerset.systems)
    claim = "projection" if projected else "claim"
    return {
        "systems": [(s.series + 1, s.name) for s in layerset.systems] if len(series) > 1 else [],
        "lines": [
            _legend_line(role, series[0] if len(series) == 1 else 0, projected) for role in roles if role not in hidden
        ],
        "gap": bool(layerset.gap and layerset.gap.stretches),
        "region": True,
        "within": f"within every {claim}" if any(s.all_km is not None for s in layerset.systems) else "",
        "hatches": _unique([(_series(layerset, step), style.hatch_step(step.share)) for step in steps]),
        "hatch_words": f"contested: the closer the lines, the more {claim}s reach",
        "hatch_short": f"contested: closer lines, more {claim}s",
        "series": series,
    }


def globe(layerset: LayerSet, radius: float) -> GlobeInset:
    """Draw the globe with the rings of every view."""
    world = Globe(globe_center(layerset.views, is_world=is_world(layerset)), radius)
    looks = _looks(layerset)
    return GlobeInset(
        radius=radius,
        base=tuple(GlobePath(shape.kind, "", shape.path, "", "") for shape in world.base()),
        views=tuple(
            (*_globe_paths(world, view, looks), *_gap_paths(world, view, layerset.gap)) for view in layerset.views
        ),
    )


def _legend_line(role: LineRole, series: int, projected: bool) -> dict[str, Any]:  # noqa: FBT001 - a plain fact
    words, short = style.LINES[role].legend, style.LINES[role].legend_short
    if projected:
        words, short = words.replace("claim", "projection"), short.replace("claim", "projection")
    return {"role": role.value, "series": series, "words": words, "short": short}


def _unique(pairs: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"series": series, "step": step} for series, step in sorted(set(pairs))]


def _series(layerset: LayerSet, step: Step) -> int:
    return next(system.series + 1 for system in layerset.systems if system.id == step.system)


def _is_hatched(step: Step) -> bool:
    return step.contested and step.share > 0


def _block(system: SystemLayers, place: int, view: View) -> Block:
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
        coverage=coverage(view.countries, place, system),
        verdicts=(),
    )


def _verdicts(layerset: LayerSet, system: SystemLayers) -> tuple[VerdictItem, ...]:
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


def _row(line: Line, system: SystemLayers, *, apart: bool, crowded: bool) -> Row:
    origins = len(system.origins)
    is_past = line.role is LineRole.EARLIER
    may = f" +{len(line.allows)} may" if line.allows else ""
    items = [_claim(row, line) for row in _on(line, system.statements)]
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
        else ("replaced" if is_past else f"{len(line.grants)} of {origins}{may}"),
        claims=tuple(item for item in items if not item.older),
        older=tuple(item for item in items if item.older),
    )


def _on(line: Line, statements: Iterable[Statement]) -> list[Statement]:
    named = [row for row in statements if row.id in line.claims]
    return sorted(named, key=lambda row: (not row.counted and row.votable, row.as_of or "9999", row.claimant))


def _claim(row: Statement, line: Line) -> ClaimItem:
    span = "" if line.id in (row.line, None) or not row.lower_line else "as its lower end"
    older = row.votable and not row.counted
    return ClaimItem(
        id=row.id,
        claimant=row.claimant,
        aside="; ".join(part for part in (row.hedge, row.route, span) if part),
        year=(row.as_of or "undated")[:4] if row.as_of else "undated",
        mark=_mark(row),
        url=text.address(row.url),
        source=row.source,
        older=older,
    )


def _mark(row: Statement) -> str:
    return "flown" if row.quantity == "distance-flown" else row.tier.value


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


def _looks(layerset: LayerSet) -> dict[str, tuple[str, str]]:
    """Give every step, region and line its classes, and its hatch where it has one."""
    alone = layerset.systems[0].series + 1 if len(layerset.systems) == 1 else 0
    looks: dict[str, tuple[str, str]] = {"region": (f"globe-region s{alone}", "")}
    for system in layerset.systems:
        series = system.series + 1
        for step in system.steps:
            hatch = f"url(#hatch-{series}-{style.hatch_step(step.share)})" if _is_hatched(step) else ""
            kind = "" if hatch else ("globe-within" if step.share >= 1 else "globe-none")
            looks[step.id] = (f"{kind} s{series}".strip(), hatch)
        for line in system.lines:
            hidden = line.role in {LineRole.EARLIER, LineRole.SET_ASIDE}
            looks[line.id] = ("globe-none" if hidden else f"globe-ring globe-{line.role} s{series}", "")
    return looks


def _globe_paths(world: Globe, view: View, looks: dict[str, tuple[str, str]]) -> Iterable[GlobePath]:
    for shape in world.view(view):
        if shape.kind == "region":
            yield GlobePath("region", "", shape.path, looks["region"][0], "")
            continue
        classes, fill = looks.get(shape.id, ("globe-none", ""))
        if classes != "globe-none":
            yield GlobePath(shape.kind, shape.id, shape.path, classes, fill)


def _gap_paths(world: Globe, view: View, gap: Gap | None) -> Iterable[GlobePath]:
    """Draw the shortest way to an area over a halo, on the launch region that it starts from."""
    if gap is None or gap.region_id != view.region_id:
        return
    for classes in ("globe-halo", "globe-gap"):
        for stretch in gap.stretches:
            yield GlobePath("gap", "", world.line(stretch.line), classes, "")


def heading(layerset: LayerSet) -> Markup:
    """Write the page's question, with every system's name kept on one line."""
    return text.unbroken(layerset.title, [system.name for system in layerset.systems])
