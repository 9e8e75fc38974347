"""Write the brief: put what a `LayerSet` holds into the order in which a reader asks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rangemap import figures
from rangemap.figures.sheet import UNDRAWN
from rangemap.language import language
from rangemap.layers.lines import step_label
from rangemap.report.blocks import (
    Block,
    Bullets,
    Commands,
    Document,
    Heading,
    Paragraph,
    Picture,
    Reference,
    References,
    Table,
)
from rangemap.style import LINES, STATUS_WORDS, TIER_WORDS
from rangemap.types import LineRole, Status
from rangemap.wording import count, format_date, listing, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rangemap.layers import LayerSet, Line, Statement, SystemLayers

WIDEST_CONFLICTS = 4
"""Pairs of claimants that are named; the others are counted."""
NEAREST_BEYOND = 8
"""Countries beyond every claim that are named."""

VERDICTS = {"holds": "holds", "depends": "depends on the claim", "fails": "fails", "not-testable": "can’t be tested"}


def brief(layerset: LayerSet) -> Document:
    """Write the brief of a `LayerSet`, as seen from its first launch region."""
    numbers = {source.id: number for number, source in enumerate(layerset.sources, 1)}
    several = len(layerset.systems) > 1
    blocks: list[Block] = [Paragraph(layerset.standfirst), _picture(layerset)]
    if layerset.filters:
        blocks.append(Paragraph(layerset.filters))
    blocks.append(Heading(2, "What sources say"))
    for system in layerset.systems:
        blocks += _says(system, numbers, several=several)
    blocks.append(Heading(2, "Where they disagree, and why"))
    for system in layerset.systems:
        blocks += _disagree(system, several=several)
    blocks.append(Heading(2, f"Which countries, from {layerset.views[0].region_name}"))
    for place, system in enumerate(layerset.systems):
        blocks += _coverage(layerset, place, system, several=several)
    if layerset.verdicts:
        blocks += [Heading(2, "Statements about reach"), _verdicts(layerset, numbers)]
    blocks += [Heading(2, "Method"), Paragraph(" ".join(layerset.method))]
    blocks += [Heading(2, "What this does not show"), Bullets(layerset.limits)]
    blocks += [Heading(2, "Sources"), _references(layerset)]
    blocks += [Heading(2, "Make it again"), *_again(layerset)]
    return Document(layerset.title, " · ".join(layerset.kicker), layerset.description, tuple(blocks), layerset.credits)


def _picture(layerset: LayerSet) -> Picture:
    drawn = {line.role for system in layerset.systems for line in system.lines} - UNDRAWN
    legend = [LINES[role].legend for role in LineRole if role in drawn]
    region = layerset.views[0].region_name
    hatched = "Hatched: contested; the closer the lines, the more claims reach."
    caption = f"Reach measured from anywhere in {region}. Lines: {listing(legend)}. {hatched}"
    return Picture(caption, figures.alt_text(layerset).description)


def _says(system: SystemLayers, numbers: dict[str, int], *, several: bool) -> Iterator[Block]:
    if several:
        yield Heading(3, system.name)
    if not system.statements:
        yield Paragraph(f"No source in the catalogue says anything about the {system.name}’s range.")
        return
    order = {line.id: line.km for line in system.lines}
    rows = sorted(system.statements, key=lambda row: (not row.counted, order.get(row.line or "", 0.0), row.as_of or ""))
    yield Table(
        f"Claims about the {system.name}: {sum(row.counted for row in rows)} of {len(rows)} count.",
        ("Claimant", "Date", "As written", "km", "Counts", "Source"),
        tuple(_claim(row, numbers) for row in rows),
        (0.24, 0.13, 0.22, 0.13, 0.19, 0.09),
        frozenset({3}),
    )


def _claim(row: Statement, numbers: dict[str, int]) -> tuple[str, ...]:
    who = f"{row.claimant}, {row.route}" if row.route else row.claimant
    counts = "yes" if row.counted else f"no: {row.why_not}"
    return who, format_date(row.as_of), row.original, _span(row), counts, f"[{numbers[row.source]}] {row.tier}"


def _span(row: Statement) -> str:
    low, high = row.low_km, row.high_km
    if low is None or high is None:
        return f"{high or low or 0:,.0f}" + (" or more" if high is None else "") if (low or high) else "–"
    return f"{high:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def _disagree(system: SystemLayers, *, several: bool) -> Iterator[Block]:
    if several:
        yield Heading(3, system.name)
    contested = tuple(_bands(system))
    if contested:
        yield Bullets(contested)
    else:
        yield Paragraph("The counted claims agree." if system.origins else "No claim counts as a range.")
    widest = sorted(system.conflicts, key=lambda row: -row.gap_km)
    if widest:
        rest = len(widest) - WIDEST_CONFLICTS
        more = f" {count(rest, 'more pair').capitalize()} can’t both be right either." if rest > 0 else ""
        yield Paragraph(" ".join(row.sentence for row in widest[:WIDEST_CONFLICTS]) + more)
    apart = [line for line in system.lines if line.role in {LineRole.FLOWN, LineRole.LIMIT, LineRole.REQUIRED}]
    if apart:
        yield Paragraph(f"Not counted as a range: {listing([_apart(line) for line in apart])}.")
    if system.note:
        yield Paragraph(system.note)


def _bands(system: SystemLayers) -> Iterator[str]:
    """Word the contested bands; neighbours with the same claimants, parted by a line that does not count, are one."""
    contested = (step for step in system.steps if step.contested)
    for (grants, allows), steps in groupby(contested, key=lambda step: (step.grants, step.allows)):
        run = list(steps)
        counts = {"grants": len(grants), "allows": len(allows), "origins": len(system.origins)}
        yield step_label(run[0].inner_km, run[-1].outer_km, language("en"), **counts)


def _apart(line: Line) -> str:
    return f"{line.label} ({line.remark})" if line.remark else line.label


def _coverage(layerset: LayerSet, place: int, system: SystemLayers, *, several: bool) -> Iterator[Block]:
    if several:
        yield Heading(3, system.name)
    rows = layerset.views[0].countries
    by_status = {status: [row for row in rows if row.status[place] is status] for status in Status}
    if not system.origins:
        yield Paragraph("No claim counts as a range, so no country can be judged.")
        return
    within = sorted(row.short_name for row in by_status[Status.WITHIN])
    if within:
        lead = STATUS_WORDS[Status.WITHIN].capitalize()
        yield Paragraph(f"**{lead}, in part or whole ({len(within)}):** {', '.join(within)}.")
    open_rows = sorted(by_status[Status.CONTESTED] + by_status[Status.UNCERTAIN], key=lambda row: row.nearest_km)
    if open_rows:
        total = len(system.origins)
        yield Table(
            f"Where it depends on the claim: {count(len(open_rows), 'country', 'countries')}; distances in km.",
            ("Country", "Nearest point", "Farthest point", "Claims that reach part of it"),
            tuple(
                (
                    row.name,
                    f"{row.nearest_km:,.0f}",
                    f"{row.farthest_km:,.0f}",
                    _reaching(row.reaching[place], row.may_reach[place], total),
                )
                for row in open_rows
            ),
            (0.34, 0.18, 0.18, 0.30),
            frozenset({1, 2}),
        )
    beyond = sorted(by_status[Status.BEYOND], key=lambda row: row.nearest_km)[:NEAREST_BEYOND]
    if beyond:
        named = listing([f"{row.short_name} ({row.nearest_km:,.0f} km)" for row in beyond])
        yield Paragraph(f"Nearest beyond every claim: {named}.")


def _reaching(reaching: int, may: int, total: int) -> str:
    more = f", {may} more may" if may else ""
    return f"{reaching} of {total}{more}"


def _verdicts(layerset: LayerSet, numbers: dict[str, int]) -> Table:
    names = {system.id: system.name for system in layerset.systems}
    return Table(
        "Does it follow from the counted claims?",
        ("Statement", "Who, when", "Verdict", "Why", "Source"),
        tuple(
            (
                f"{names.get(row.system, row.system)}: {row.statement}",
                f"{row.claimant}, {format_date(row.as_of)}",
                VERDICTS[row.verdict],
                row.sentence,
                f"[{numbers[row.source]}]" if row.source in numbers else "",
            )
            for row in layerset.verdicts
        ),
        (0.22, 0.17, 0.12, 0.41, 0.08),
    )


def _references(layerset: LayerSet) -> References:
    return References(
        tuple(
            Reference(number, f"{source.citation} ({source.tier}: {TIER_WORDS[source.tier]})", web_address(source.url))
            for number, source in enumerate(layerset.sources, 1)
        )
    )


def _again(layerset: LayerSet) -> Iterator[Block]:
    yield Paragraph(
        f"Made by rangemap {layerset.version} from catalogue {layerset.data_hash}. "
        "The same versions and catalogue give the same brief, byte for byte:"
    )
    asked = layerset.filters_asked
    options = [f"--from {layerset.views[0].region_id}"]
    options += [f"--tier {tier}" for tier in sorted(asked.tiers)]
    options += [f"--as-of {asked.as_of}"] if asked.as_of else []
    options += [f"--origin {each}" for each in sorted(asked.origins)]
    options += [f"--claim {each}" for each in sorted(asked.claims)]
    options += ["--flagged"] if asked.flagged else []
    names = " ".join(system.id for system in layerset.systems)
    yield Commands(
        (
            f"rangemap report {names} {' '.join(options)} -o brief.pdf",
            f"rangemap render {names} {' '.join(options)} -o map.html",
        )
    )
