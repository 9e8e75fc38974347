"""The timeline of claims: when each was made (x) and how far it goes (y), as marks for an SVG.

Places along x are parts of the width (0 to 1), so that the drawing stretches with its column and its text does not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rangemap.layers import LayerSet, Statement, SystemLayers

HEIGHT = 92.0
"""Height of the plot in pixels, from its top line to the axis."""

_WIDTH = 320.0
_MARK_PX = 8.6
_ARROW_PX = 8.0
_FEW_CLAIMS = 10
_STEPS = (1, 2, 2.5, 5, 10)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement on the timeline.

    Attributes
    ----------
    x
        Part of the width, 0 to 1.
    y, y_low
        Pixels from the top: of its greatest figure, and of its lowest where it is an interval (else equal).
    aside, lift
        Pixels to the right and down by which it moved aside for a mark that it would meet.
    kind
        "A", "B", "C" for the tier of its source; "flown" for a distance flown.
    open_above
        Whether it says "at least".
    """

    id: str
    series: int
    x: float
    y: float
    y_low: float
    aside: float
    lift: float
    kind: str
    open_above: bool
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing: marks, ticks and the years that the slider runs over."""

    marks: tuple[Mark, ...]
    years: tuple[tuple[int, float], ...]
    levels: tuple[tuple[int, float], ...]
    first_year: int
    last_year: int

    @property
    def slider_start(self) -> float:
        """Part of the width at which the slider's track begins: the end of the first year."""
        return 1 / (self.last_year + 1 - self.first_year)


def timeline(layerset: LayerSet) -> Timeline | None:
    """Lay out the dated statements of all systems; None where fewer than two have a date."""
    rows = [(system, statement) for system in layerset.systems for statement in system.statements]
    dated = [(system, row) for system, row in rows if _is_plotted(row)]
    if len(dated) < 2:  # noqa: PLR2004 - one mark is no timeline
        return None
    first, last = _years([row for _, row in dated], layerset.data_date)
    bottom, top, step = _scale([row for _, row in dated])
    place = _Place(first, last, bottom, top)
    return Timeline(
        marks=tuple(
            _apart(sorted((place.mark(system, row) for system, row in dated), key=lambda mark: (mark.x, mark.y)))
        ),
        years=tuple((year, (year - first) / (last + 1 - first)) for year in _year_ticks(first, last)),
        levels=tuple((round(km), place.y(km)) for km in _levels(bottom, top, step)),
        first_year=first,
        last_year=last,
    )


def decimal_year(date: str) -> float | None:
    """Read an EDTF date as a year with decimals, in the middle of the time that it names; None if it has no year."""
    found = _DATE.match(date)
    if not found:
        return None
    year, month, day = found.groups()
    if month is None:
        return int(year) + 0.5
    days = int(day) - 0.5 if day else 15
    return int(year) + (min(max(int(month), 1), 12) - 1 + days / 31) / 12


@dataclass(frozen=True, slots=True)
class _Place:
    first: int
    last: int
    bottom: float
    top: float

    def y(self, km: float) -> float:
        return round(HEIGHT * (1 - (km - self.bottom) / (self.top - self.bottom)), 1)

    def mark(self, system: SystemLayers, row: Statement) -> Mark:
        low, high = _figures(row)
        return Mark(
            id=row.id,
            series=system.series + 1,
            x=round(((decimal_year(row.as_of or "") or 0) - self.first) / (self.last + 1 - self.first), 4),
            y=self.y(high),
            y_low=self.y(low),
            aside=0,
            lift=0,
            kind="flown" if row.quantity == "distance-flown" else str(row.tier),
            open_above=row.high_km is None,
            words=f"{row.claimant}, {row.as_of}: {row.original}",
        )


def _is_plotted(row: Statement) -> bool:
    is_figure = row.low_km is not None or row.high_km is not None
    is_range = row.votable or row.dormant or row.quantity == "distance-flown"
    return bool(is_figure and is_range and row.as_of and decimal_year(row.as_of) is not None)


def _figures(row: Statement) -> tuple[float, float]:
    known = [km for km in (row.low_km, row.high_km) if km is not None]
    return min(known), max(known)


def _years(rows: Iterable[Statement], data_date: str | None) -> tuple[int, int]:
    found = [year for row in rows if (year := decimal_year(row.as_of or "")) is not None]
    today = decimal_year(data_date) if data_date else None
    first = math.floor(min(found))
    last = math.floor(max([*found, *([today] if today else [])]))
    return (first, last) if last - first > 1 else (last - 2, last)


def _year_ticks(first: int, last: int) -> list[int]:
    step = next(step for step in (1, 2, 4, 5, 10, 20, 50, 100) if (last + 1 - first) / step <= 7)  # noqa: PLR2004
    start = first if step == 1 else math.ceil(first / 2) * 2
    return [year for year in range(start, last + 2, step) if year <= last + 0.6]


def _scale(rows: Sequence[Statement]) -> tuple[float, float, float]:
    figures = [km for row in rows for km in _figures(row)]
    least = 0.0 if len(rows) <= _FEW_CLAIMS else min(figures)
    spread = max(max(figures) - least, max(figures) * 0.3)
    step = _step(spread / 3.6)
    bottom = max(0.0, math.floor((least - 0.25 * step) / (step / 2)) * step / 2) if least else 0.0
    return bottom, max(figures) + 0.15 * spread, step


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * 0.999)


def _levels(bottom: float, top: float, step: float) -> list[float]:
    first = math.ceil(bottom / step)
    return [step * place for place in range(first, math.floor(top / step) + 1)]


def _apart(marks: list[Mark]) -> Iterable[Mark]:
    """Move a mark aside by as little as keeps it off those placed before it."""
    placed: list[tuple[float, float]] = []
    for mark in marks:
        aside, lift = next((step for step in _ASIDES if not _meets(mark, *step, placed)), (0.0, 0.0))
        placed += [(mark.x * _WIDTH + aside, y + lift) for y in _heights(mark)]
        yield replace(mark, aside=aside, lift=lift)


_ASIDES = sorted(
    ((3.0 * x, 3.0 * y) for x in range(-6, 7) for y in range(-6, 7)),
    key=lambda step: (math.hypot(step[0], 2 * step[1]), step),
)
"""Ways to move aside, in pixels to the right and down, least first; along the years rather than off the distance."""


def _meets(mark: Mark, aside: float, lift: float, placed: list[tuple[float, float]]) -> bool:
    x = mark.x * _WIDTH + aside
    return any(math.hypot(x - px, y + lift - py) < _MARK_PX for px, py in placed for y in _heights(mark))


def _heights(mark: Mark) -> set[float]:
    """Where a mark needs room: at both ends, and at the head of the arrow that says "at least"."""
    return {mark.y, mark.y_low} | ({mark.y - _ARROW_PX} if mark.open_above else set())
