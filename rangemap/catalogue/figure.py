"""A range as sources write it, read once: "up to 810 miles", "1,300–2,000 km", "at least 5,500 km".

The grammar, in words::

    range      = { hedge } , figure , [ "range" ] , [ afterthought ] , [ conversion ]
    figure     = number unit | number unit? dash number unit | "between" number unit? "and" number unit
    dash       = "-" | "–" | "—" | "to"
    number     = 1,300 | 1 300 | 1.300 (a dot before three digits groups them) | 1300 | 2.5 | 2 thousand | two thousand
    unit       = km, kilometres, miles, nautical miles, m …
    hedge      = about, up to, at least, more than, less than … (see `rangemap.catalogue.hedges`)
    afterthought = "or more", "or so", "at most" … (ibid.)
    conversion = "(" figure ")" | "[" figure "]" | "/" figure | ", or" figure, in another unit: the source's own
                 arithmetic, not a second claim

A conversion in kilometres wins over a figure in miles, because it is what the source itself printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from rangemap.catalogue.hedges import AFTERTHOUGHTS, HEDGES
from rangemap.errors import RangeError
from rangemap.types import Qualifier
from rangemap.units import KM_PER_UNIT, MAX_RANGE_KM, UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LENGTH = 200
MAX_ROUNDING_SHARE = 0.05

_WORDS: dict[str, int] = {
    **dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)),  # noqa: SIM905 - a sentence reads better than a list
    "a": 1,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
}
_SCALES = {"hundred": 100, "thousand": 1000}


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SPELLED = (
    rf"\b(?:{_alternatives(_WORDS)})[\s-](?:hundred|thousand)\b"
    rf"(?:[\s-](?:{_alternatives(_WORDS)})[\s-]hundred\b)?"
    rf"|\b(?:{_alternatives(_WORDS)})[\s-]and[\s-]a[\s-]half[\s-](?:hundred|thousand)\b"
)
"""Pattern of a number in words."""
SPELLED_SPAN = (
    rf"\b(?P<few>{_alternatives(_WORDS)})\s+(?:to|or)\s+"
    rf"(?P<many>{_alternatives(_WORDS)})[\s-](?P<scale>hundred|thousand)\b"
)
"""Pattern of an interval whose first number leaves out its scale: "twelve to fifteen thousand"."""
NUMBER = (
    r"\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?![\d])|\d+(?:\.\d+)?"
    rf"|{SPELLED}"
)
"""Pattern of a number as sources write it, digits or words; matched without regard to case."""
UNIT = _alternatives(UNIT_WORDS).replace(r"\ ", r"[\s-]+")
"""Pattern of a unit of length."""
HEDGE = _alternatives(HEDGES)
"""Pattern of a word or phrase of `HEDGES`."""
AFTERTHOUGHT = _alternatives(AFTERTHOUGHTS)
"""Pattern of a phrase of `AFTERTHOUGHTS`."""


def measure_pattern(name: str) -> str:
    """Give the pattern of a number with an optional unit, as groups `name`, `name_thousand` and `name_unit`."""
    return (
        rf"(?P<{name}>{NUMBER})(?P<{name}_plus>\+|-plus\b)?(?P<{name}_thousand>[\s-]+thousand)?"
        rf"(?:[\s-]*(?P<{name}_unit>{UNIT})\b)?"
    )


_FIGURE = re.compile(
    rf"(?:(?:between|from)\s+)?{measure_pattern('low')}"
    rf"(?:\s*(?P<dash>-?\s*\bto\b-?|-|–|—|\band\b)\s*(?:a\s+)?{measure_pattern('high')})?"
    rf"(?:[\s-]+ranges?)?(?:\s*(?P<after>{AFTERTHOUGHT}))?",
    re.IGNORECASE,
)
_HEDGE = re.compile(rf"\s*({HEDGE})(?=[\s\d])", re.IGNORECASE)
_CONVERSION = re.compile(
    r"(?P<main>[^()\[\]/]+?)"
    r"(?:\s*\((?P<round>[^()]+)\)|\s*\[(?P<square>[^\[\]]+)\]|\s*/\s*(?P<slash>[^/]+)|,?\s+or\s+(?P<or_>.*\d.*))"
    rf"(?:[\s-]+ranges?)?(?P<after>\s*(?:{AFTERTHOUGHT}))?",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(r"[\s-]+and[\s-]+a[\s-]+half[\s-]+", re.IGNORECASE)
_SPELLED_SPAN = re.compile(SPELLED_SPAN, re.IGNORECASE)
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


@lru_cache(maxsize=65536)
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
    main, conversion = _split_conversion(_SPELLED_SPAN.sub(_in_digits, " ".join(text.split())))
    qualifier, rest = _take_hedges(main)
    measures, after = _measures(rest, text)
    if after and qualifier in (Qualifier.EXACT, Qualifier.ABOUT):
        qualifier = after
    if conversion and measures[-1].converted:
        measures = _own_conversion(conversion, measures)
    return _assemble(text, qualifier, measures)


def _in_digits(match: re.Match[str]) -> str:
    few, many, scale = (match[name].lower() for name in ("few", "many", "scale"))
    return f"{_WORDS[few] * _SCALES[scale]} to {_WORDS[many] * _SCALES[scale]}"


def _split_conversion(text: str) -> tuple[str, str]:
    match = _CONVERSION.fullmatch(text)
    if match is None:
        return text, ""
    conversion = match["round"] or match["square"] or match["slash"] or match["or_"]
    return f"{match['main']} {match['after'] or ''}".strip(), conversion.strip()


def _take_hedges(text: str) -> tuple[Qualifier, str]:
    """Strip the words before the figure; "about" and "maximum" yield to any sharper word."""
    qualifier, yields = Qualifier.EXACT, True
    while match := _HEDGE.match(text):
        words = match[1].lower()
        if yields:
            qualifier = HEDGES[words]
            yields = qualifier is Qualifier.ABOUT or "maximum" in words
        text = text[match.end() :].lstrip()
    return qualifier, text


def _measures(text: str, original: str) -> tuple[list[_Measure], Qualifier | None]:
    match = _FIGURE.fullmatch(text.strip().rstrip("."))
    if match is None:
        raise RangeError(_cannot_read(original))
    unit = match["high_unit"] or match["low_unit"]
    if unit is None:
        msg = f"'{_short(original)}' has no unit; {_REMEDY}"
        raise RangeError(msg)
    thousand = match["high_thousand"] or match["low_thousand"] if match["dash"] else match["low_thousand"]
    low = _measure(match["low"], thousand, match["low_unit"] or unit)
    after = AFTERTHOUGHTS[match["after"].lower()] if match["after"] else None
    if match["low_plus"] or match["high_plus"]:
        after = Qualifier.AT_LEAST
    if not match["dash"]:
        return [low], after
    return [low, _measure(match["high"], match["high_thousand"], unit)], after


def _measure(digits: str, thousand: str | None, unit: str) -> _Measure:
    """One number with its unit, in kilometres, with the rounding that its last non-zero digit betrays."""
    factor = KM_PER_UNIT[UNIT_WORDS[re.sub(r"[\s-]+", " ", unit.lower())]]
    value = number(digits) * (1000 if thousand else 1)
    rounding = min(_last_digit_unit(value) / 2, value * Decimal(str(MAX_ROUNDING_SHARE)))
    exact = Decimal(str(factor))  # 108 nautical miles are 200.016 km, not 200.01600000000002
    return _Measure(float(value * exact), float(rounding * exact), converted=factor != 1.0)


def number(digits: str) -> Decimal:
    """Read a number that `NUMBER` matched: "1,300", "1.300", "two thousand five hundred"."""
    if digits[0].isalpha():
        return _spelled(digits)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    return Decimal(re.sub(r"[,\s]", "", digits))


def _spelled(words: str) -> Decimal:
    half = _AND_A_HALF.sub("-", words)
    values = [_WORDS.get(word) or _SCALES[word] for word in re.split(r"[\s-]+", half.lower())]
    whole = Decimal(sum(first * second for first, second in zip(values[::2], values[1::2], strict=True)))
    return whole if half == words else whole + Decimal(values[1]) / 2


def _last_digit_unit(value: Decimal) -> Decimal:
    """Give the place value of the last non-zero digit: 100 for 1,300, 1 for 644, 0.1 for 7.5."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _own_conversion(conversion: str, measures: list[_Measure]) -> list[_Measure]:
    """Kilometres that the source printed itself, in place of ours; ours where it printed none."""
    try:
        own, _ = _measures(_take_hedges(conversion)[1], conversion)
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
