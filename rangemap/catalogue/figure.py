"""A range as sources write it, read once: "up to 810 miles", "1,300–2,000 km", "at least 5,500 km".

The grammar, in words::

    range      = { hedge } , figure , [ "range" ] , [ "(" conversion ")" ]
    figure     = number unit | number unit? dash number unit | "between" number unit? "and" number unit
    dash       = "-" | "–" | "—" | "to"
    number     = 1,300 | 1 300 | 1.300 (a dot before three digits groups them) | 1300 | 2.5 | 2 thousand
    unit       = km, kilometres, miles, nautical miles, m …
    hedge      = about, up to, at least, more than, less than … (see `HEDGES`)
    conversion = another figure; it is the source's own arithmetic and is not a second claim

A conversion in kilometres wins over a figure in miles, because it is what the source itself printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rangemap.errors import RangeError
from rangemap.types import Qualifier
from rangemap.units import KM_PER_UNIT, MAX_RANGE_KM, UNIT_WORDS

MAX_LENGTH = 200
MAX_ROUNDING_SHARE = 0.05

HEDGES: dict[str, Qualifier] = {
    "at least": Qualifier.AT_LEAST,
    "no less than": Qualifier.AT_LEAST,
    "not less than": Qualifier.AT_LEAST,
    "a minimum of": Qualifier.AT_LEAST,
    "more than": Qualifier.MORE_THAN,
    "over": Qualifier.MORE_THAN,
    "beyond": Qualifier.MORE_THAN,
    "above": Qualifier.MORE_THAN,
    "greater than": Qualifier.MORE_THAN,
    "longer than": Qualifier.MORE_THAN,
    "in excess of": Qualifier.MORE_THAN,
    "exceeding": Qualifier.MORE_THAN,
    "exceeds": Qualifier.MORE_THAN,
    "can exceed": Qualifier.MORE_THAN,
    "less than": Qualifier.LESS_THAN,
    "below": Qualifier.LESS_THAN,
    "under": Qualifier.LESS_THAN,
    "up to": Qualifier.UP_TO,
    "as far as": Qualifier.UP_TO,
    "maximum": Qualifier.UP_TO,
    "a maximum of": Qualifier.UP_TO,
    "maximum of": Qualifier.UP_TO,
    "maximum range of": Qualifier.UP_TO,
    "no more than": Qualifier.UP_TO,
    "no greater than": Qualifier.UP_TO,
    "not beyond": Qualifier.UP_TO,
    "within a range of": Qualifier.UP_TO,
    "about": Qualifier.ABOUT,
    "around": Qualifier.ABOUT,
    "approximately": Qualifier.ABOUT,
    "approx.": Qualifier.ABOUT,
    "roughly": Qualifier.ABOUT,
    "some": Qualifier.ABOUT,
    "nearly": Qualifier.ABOUT,
    "almost": Qualifier.ABOUT,
    "close to": Qualifier.ABOUT,
    "in the region of": Qualifier.ABOUT,
    "an estimated": Qualifier.ABOUT,
    "estimated": Qualifier.ABOUT,
    "estimated range of": Qualifier.ABOUT,
}
"""Words before a figure and what they make of it. "between" is part of the figure itself."""

_NUMBER = r"\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?![\d])|\d+(?:\.\d+)?"
_UNIT = "|".join(sorted((re.escape(word) for word in UNIT_WORDS), key=len, reverse=True))


def _measure_pattern(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})(?P<{name}_thousand>\s+thousand)?(?:[\s-]*(?P<{name}_unit>{_UNIT})\b)?"


_FIGURE = re.compile(
    rf"(?:(?:between|from)\s+)?{_measure_pattern('low')}"
    rf"(?:\s*(?P<dash>-|–|—|\bto\b|\band\b)\s*(?:a\s+)?{_measure_pattern('high')})?"
    r"(?:[\s-]+range)?",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    rf"\s*({'|'.join(re.escape(hedge) for hedge in sorted(HEDGES, key=len, reverse=True))})(?=[\s\d])",
    re.IGNORECASE,
)
_REMEDY = 'write it like "750 km", "1,300–2,000 km", "up to 810 miles" or "at least 5,500 km"'


@dataclass(frozen=True, slots=True)
class Figure:
    """A range as written, and what it says in kilometres.

    Attributes
    ----------
    original
        The text as written.
    qualifier
        How it is hedged.
    low_km, high_km
        What is granted and what is allowed, in kilometres, exact; None where the statement is open ("at least"
        leaves `high_km` open, "less than" leaves `low_km` open).
    low_rounding_km, high_rounding_km
        Half a unit of the last non-zero digit of each figure, at most 5 % of it: how far the figure may be
        from what was meant.
    converted
        True if the kilometres were computed here from another unit.
    """

    original: str
    qualifier: Qualifier
    low_km: float | None
    high_km: float | None
    low_rounding_km: float
    high_rounding_km: float
    converted: bool

    @property
    def rounding_km(self) -> float:
        """The wider of the two roundings, in kilometres."""
        return max(self.low_rounding_km, self.high_rounding_km)

    @property
    def top_km(self) -> float:
        """The greatest distance named, in kilometres: the high end, or the low end of an open statement."""
        return self.high_km if self.high_km is not None else self.low_km or 0.0


@dataclass(frozen=True, slots=True)
class _Measure:
    km: float
    rounding_km: float
    converted: bool


@lru_cache(maxsize=4096)
def parse_figure(text: str) -> Figure:
    """Read a range as written.

    Raises
    ------
    RangeError
        If it can't be read, is not positive, runs backwards, or is longer than once round the Earth.
    """
    if len(text) > MAX_LENGTH:
        msg = f"a range of {len(text)} characters; {_REMEDY}"
        raise RangeError(msg)
    main, conversion = _split_conversion(" ".join(text.split()))
    qualifier, rest = _take_hedges(main)
    measures = _measures(rest, text)
    if conversion and measures[-1].converted:
        measures = _own_conversion(conversion, measures)
    return _assemble(text, qualifier, measures)


def _split_conversion(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"([^()]+)\(([^()]+)\)", text)
    return (match[1].strip(), match[2].strip()) if match else (text, "")


def _take_hedges(text: str) -> tuple[Qualifier, str]:
    """Strip the words before the figure; "about" yields to any sharper word."""
    qualifier = Qualifier.EXACT
    while match := _HEDGE.match(text):
        found = HEDGES[match[1].lower()]
        if qualifier in (Qualifier.EXACT, Qualifier.ABOUT):
            qualifier = found
        text = text[match.end() :].lstrip()
    return qualifier, text


def _measures(text: str, original: str) -> list[_Measure]:
    match = _FIGURE.fullmatch(text.strip().rstrip("."))
    if match is None:
        raise RangeError(_cannot_read(original))
    unit = match["high_unit"] or match["low_unit"]
    if unit is None:
        msg = f"'{_short(original)}' has no unit; {_REMEDY}"
        raise RangeError(msg)
    thousand = match["high_thousand"] or match["low_thousand"] if match["dash"] else match["low_thousand"]
    low = _measure(match["low"], thousand, match["low_unit"] or unit)
    if not match["dash"]:
        return [low]
    return [low, _measure(match["high"], match["high_thousand"], unit)]


def _measure(digits: str, thousand: str | None, unit: str) -> _Measure:
    """One number with its unit, in kilometres, with the rounding that its last non-zero digit betrays."""
    factor = KM_PER_UNIT[UNIT_WORDS[unit.lower()]]
    value = _number(digits) * (1000 if thousand else 1)
    rounding = min(_last_digit_unit(value) / 2, value * Decimal(str(MAX_ROUNDING_SHARE)))
    return _Measure(float(value) * factor, float(rounding) * factor, converted=factor != 1.0)


def _number(digits: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    return Decimal(re.sub(r"[,\s]", "", digits))


def _last_digit_unit(value: Decimal) -> Decimal:
    """Give the place value of the last non-zero digit: 100 for 1,300, 1 for 644, 0.1 for 7.5."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _own_conversion(conversion: str, measures: list[_Measure]) -> list[_Measure]:
    """Kilometres that the source printed itself, in place of ours; ours where it printed none."""
    try:
        own = _measures(_take_hedges(conversion)[1], conversion)
    except RangeError:
        return measures
    same_shape = len(own) == len(measures) and not any(measure.converted for measure in own)
    return own if same_shape else measures


def _assemble(text: str, qualifier: Qualifier, measures: list[_Measure]) -> Figure:
    low, high = measures[0], measures[-1]
    _check(text, low.km, high.km)
    if len(measures) > 1 and qualifier in (Qualifier.EXACT, Qualifier.ABOUT):
        qualifier = Qualifier.BETWEEN
    opens_above = qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
    return Figure(
        original=text,
        qualifier=qualifier,
        low_km=None if qualifier is Qualifier.LESS_THAN else low.km,
        high_km=None if opens_above else high.km,
        low_rounding_km=low.rounding_km,
        high_rounding_km=high.rounding_km,
        converted=low.converted,
    )


def _check(text: str, low_km: float, high_km: float) -> None:
    if low_km <= 0 or high_km <= 0:
        msg = f"'{_short(text)}' is not a distance: a range is greater than 0; {_REMEDY}"
        raise RangeError(msg)
    if low_km > high_km:
        msg = f"'{_short(text)}' runs backwards: write the lower figure first"
        raise RangeError(msg)
    if high_km > MAX_RANGE_KM:
        msg = f"'{_short(text)}' is longer than once round the Earth (40,076 km); check the unit"
        raise RangeError(msg)


def _cannot_read(text: str) -> str:
    if re.match(r"\s*[-−]\s*\d", text):
        return f"'{_short(text)}' is negative: a range is greater than 0; {_REMEDY}"
    return f"can't read the range '{_short(text)}'; {_REMEDY}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - a line's worth
