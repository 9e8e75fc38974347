"""Warnings: what is allowed in a catalogue and yet deserves a second look.

Each rule takes the catalogue's records and yields problems. A flag on a claim (`ACKNOWLEDGED_BY`) or an entry in
`findings.yaml` says that somebody has looked; the finding is then recorded, not repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rangemap.catalogue.figure import parse_figure
from rangemap.catalogue.problems import Problem
from rangemap.errors import RangeError
from rangemap.types import Quantity, Stance, Tier
from rangemap.units import HALF_CIRCUMFERENCE_KM, format_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rangemap.catalogue.models import RangeClaim, Source, System

    Places = Mapping[str, tuple[str, int]]

MAX_CONVERSION_GAP = 0.05
"""Share by which a figure and its own conversion may differ beyond their rounding."""
MUCH_BEYOND = 1.5
"""Times the next highest figure, from which a claim stands much beyond all others."""
MIN_INTERVAL_RATIO = 3.0
MIN_RANGE_KM = 100.0
FORECAST_YEARS = 10
"""Years after which a forecast without a date of its own has lapsed."""

ACKNOWLEDGED_BY: dict[str, frozenset[str]] = {
    "conversion": frozenset({"likely-error"}),
    "unit-slip": frozenset({"likely-error"}),
    "diameter": frozenset({"likely-error", "derived", "outlier"}),
    "much-beyond": frozenset({"likely-error", "outlier", "name-collision", "ring-degenerates", "derived"}),
    "weak-edge": frozenset({"outlier"}),
    "minimum-range": frozenset({"interval-includes-minimum-range"}),
    "whole-earth": frozenset({"ring-degenerates"}),
}
"""Flags that say of a claim that a rule's finding is known."""


@dataclass(frozen=True, slots=True)
class Records:
    """What the rules look at; `today` decides which forecasts have lapsed."""

    systems: Mapping[str, System]
    sources: Mapping[str, Source]
    places: Places
    today: date

    @property
    def claims(self) -> list[RangeClaim]:
        """Every claim of every system."""
        return [claim for system in self.systems.values() for claim in system.claims]

    def warning(self, claim: RangeClaim, rule: str, what: str, remedy: str) -> Problem:
        """Make a warning about a claim, with file and line."""
        file, line = self.places[claim.id]
        return Problem(file, line, f"'{claim.id}': {what}", remedy, "warning", rule, subject=claim.id)


def lint(
    systems: Mapping[str, System], sources: Mapping[str, Source], places: Places, today: date | None = None
) -> list[Problem]:
    """Apply every rule.

    Parameters
    ----------
    systems, sources
        The records by id, ids all resolved.
    places
        File and line of every record.
    today
        The day by which forecasts are judged; today's by default.
    """
    records = Records(systems, sources, places, today or datetime.now(tz=UTC).date())
    flags = {claim.id: frozenset(claim.flags) for claim in records.claims}
    found = [problem for rule in RULES for problem in rule(records)]
    return [
        each for each in found if not flags.get(each.subject, frozenset()) & ACKNOWLEDGED_BY.get(each.rule, frozenset())
    ]


def _whole_earth(records: Records) -> Iterator[Problem]:
    for claim in records.claims:
        if claim.figure.top_km > HALF_CIRCUMFERENCE_KM:
            what = f"{format_km(claim.figure.top_km)} is over half the Earth's circumference"
            remedy = "it reaches every point on Earth; check it, then flag it `ring-degenerates`"
            yield records.warning(claim, "whole-earth", what, remedy)


def _undated(records: Records) -> Iterator[Problem]:
    for claim in records.claims:
        if claim.as_of is None:
            yield records.warning(claim, "undated", "has no date (as_of)", "add when it was said")


def _unlocated(records: Records) -> Iterator[Problem]:
    for claim in records.claims:
        if claim.locator is None:
            remedy = "add where in the source it stands (page, paragraph)"
            yield records.warning(claim, "no-locator", "has no locator", remedy)


def _without_address(records: Records) -> Iterator[Problem]:
    for source in records.sources.values():
        if source.url is None and source.id in records.places:
            file, line = records.places[source.id]
            what = f"source '{source.id}' has no URL"
            yield Problem(file, line, what, "add it", "warning", "no-address", subject=source.id)


def _conversion(records: Records) -> Iterator[Problem]:
    """Find a figure and a conversion beside it that are not one distance."""
    for claim in records.claims:
        match = re.fullmatch(r"(?P<first>[^()]*\d[^()]*)\((?P<second>[^()]*\d[^()]*)\).*", claim.original)
        if match is None:
            continue
        try:
            first, second = parse_figure(match["first"].strip()), parse_figure(match["second"].strip())
        except RangeError:
            continue
        gap = abs(first.top_km - second.top_km)
        if gap > max(MAX_CONVERSION_GAP * second.top_km, first.rounding_km + second.rounding_km):
            what = f"{match['first'].strip()} and {match['second'].strip()} are not the same: {gap:,.0f} km apart"
            remedy = "look at the source; if it prints so, flag the claim `likely-error`"
            yield records.warning(claim, "conversion", what, remedy)


def _unit_slip(records: Records) -> Iterator[Problem]:
    """Find one number once in km and once in miles about one system: one of the two may have slipped."""
    for system in records.systems.values():
        numbers = [(claim, *_number_and_unit(claim)) for claim in _ranges(system)]
        for claim, number, unit in numbers:
            if unit != "mi":
                continue
            twin = next((other for other, same, its in numbers if same == number and its == "km"), None)
            supported = any(_meets(claim, other) for other, _, its in numbers if other is not claim and its)
            if twin is not None and not supported:
                what = f"{claim.original} here, and {twin.original} in '{twin.id}': the same number in another unit"
                yield records.warning(
                    claim, "unit-slip", what, "look at both sources; flag the wrong one `likely-error`"
                )


def _diameter(records: Records) -> Iterator[Problem]:
    """Find a figure twice what several others agree on, which nobody shares: perhaps a diameter."""
    for system in records.systems.values():
        ranges = _ranges(system)
        for claim in ranges:
            said = " ".join(filter(None, (claim.as_written, claim.note, claim.quote.exact if claim.quote else "")))
            halves = [other for other in ranges if abs(2 * other.figure.top_km - claim.figure.top_km) < 1]
            agreed = len({other.origin_id for other in halves}) > 1 and len(halves) * 2 >= len(ranges) - 1
            alone = not any(_meets(claim, other) for other in ranges if other is not claim)
            if re.search(r"\bdiameter\b", said, re.IGNORECASE) or (agreed and alone):
                what = f"{claim.original} is twice what others say, or speaks of a diameter"
                yield records.warning(claim, "diameter", what, "check that it is a range, not the width of a circle")


def _much_beyond(records: Records) -> Iterator[Problem]:
    for system in records.systems.values():
        ranges = sorted(_ranges(system), key=lambda claim: claim.figure.top_km)
        if len(ranges) < 3:  # noqa: PLR2004 - of two claims neither is beyond all others
            continue
        top = ranges[-1]
        others = [claim for claim in ranges[:-1] if claim.origin_id != top.origin_id]
        if others and top.figure.top_km > MUCH_BEYOND * others[-1].figure.top_km:
            what = f"{top.original} is {top.figure.top_km / others[-1].figure.top_km:.1f} times the next highest claim"
            yield records.warning(top, "much-beyond", what, "check the source, then flag it `outlier`")


def _weak_edge(records: Records) -> Iterator[Problem]:
    """Find a tier C source that sets, alone, the least or the greatest figure of a system."""
    for system in records.systems.values():
        ranges = _ranges(system)
        if len({claim.origin_id for claim in ranges}) < 2:  # noqa: PLR2004 - one origin has no band
            continue
        low = min(claim.figure.low_km or claim.figure.top_km for claim in ranges)
        high = max(claim.figure.top_km for claim in ranges)
        for edge, setters in (
            ("least", [c for c in ranges if (c.figure.low_km or c.figure.top_km) == low]),
            ("greatest", [c for c in ranges if c.figure.top_km == high]),
        ):
            if len(setters) == 1 and records.sources[setters[0].source].tier is Tier.C and low < high:
                what = f"a tier C source alone sets the {edge} figure of {system.id}"
                yield records.warning(
                    setters[0], "weak-edge", what, "find a better source for it, or flag it `outlier`"
                )


def _minimum_range(records: Records) -> Iterator[Problem]:
    for claim in records.claims:
        low, high = claim.figure.low_km, claim.figure.high_km
        if low and high and low <= MIN_RANGE_KM and high >= MIN_INTERVAL_RATIO * low:
            what = f"{claim.original}: the lower figure may be a minimum range"
            yield records.warning(claim, "minimum-range", what, "if so, flag it `interval-includes-minimum-range`")


def _lapsed(records: Records) -> Iterator[Problem]:
    """Find a forecast whose year has passed, or one so old that it should have come true."""
    for claim in records.claims:
        if claim.stance is not Stance.PROJECTS or claim.status != "active":
            continue
        said = " ".join(
            filter(None, (claim.original, claim.hedge, claim.note, claim.quote.exact if claim.quote else ""))
        )
        years = [int(year) for year in re.findall(r"\b(?:by|in|before|until) (?:the year )?(20\d\d)\b", said)]
        due = max(years) if years else int(claim.as_of[:4]) + FORECAST_YEARS if claim.as_of else None
        if due is not None and due < records.today.year:
            what = f"a forecast that has lapsed (due by {due})"
            yield records.warning(
                claim, "lapsed-forecast", what, "mark it `status: superseded` with a reason, if it is"
            )


def _ranges(system: System) -> list[RangeClaim]:
    """Keep the claims that could set a line: active, asserted maximum ranges without a disqualifying flag."""
    set_aside = {"likely-error", "name-collision"}
    return [
        claim
        for claim in system.claims
        if claim.status == "active"
        and claim.quantity is Quantity.MAX_RANGE
        and claim.stance is Stance.ASSERTS
        and not set_aside & set(claim.flags)
    ]


def _meets(one: RangeClaim, other: RangeClaim) -> bool:
    gap = abs(one.figure.top_km - other.figure.top_km)
    return gap <= one.figure.rounding_km + other.figure.rounding_km


def _number_and_unit(claim: RangeClaim) -> tuple[str, str]:
    """Give the last number of a range, digits only, and "km" or "mi"; nothing where it states both."""
    found = re.findall(r"(\d[\d,. ]*?)[\s-]*(km|kilomet|mi\b|miles?\b)", claim.range.lower())
    if len(Counter(unit[:2] for _, unit in found)) != 1:
        return "", ""
    return re.sub(r"\D", "", found[-1][0]), found[-1][1][:2].replace("ki", "km")


RULES: tuple[Callable[[Records], Iterator[Problem]], ...] = (
    _whole_earth,
    _undated,
    _unlocated,
    _without_address,
    _conversion,
    _unit_slip,
    _diameter,
    _much_beyond,
    _weak_edge,
    _minimum_range,
    _lapsed,
)
"""All rules that warn."""


def record(problems: Sequence[Problem], findings: Mapping[tuple[str, str], str]) -> list[Problem]:
    """Mark the problems that somebody has looked at: `findings` maps (rule, id) to the reason."""
    return [each.as_recorded(findings.get((each.rule, each.subject), "")) for each in problems]
