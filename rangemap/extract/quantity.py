"""Find every length in a text, with its hedges and its conversion, as one figure each.

The grammar is that of `rangemap.catalogue.figure`; here it is searched for instead of matched::

    figure = { hedge } , [ "between" | "from" ] , measure , [ dash measure ] , [ "range" ] , [ conversion ] , [ afterthought ]

A speed ("900 km/h"), an area ("km²") and an amount of money ("$500 m") are no lengths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.catalogue.figure import AFTERTHOUGHT, HEDGE, NUMBER, SPELLED, SPELLED_SPAN, UNIT, parse_figure
from rangemap.catalogue.hedges import HEDGES
from rangemap.errors import RangeError
from rangemap.units import UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rangemap.catalogue.figure import Figure

MAX_CONVERSION_GAP = 0.2
"""How far a second figure in another unit may be off, as a share, and still be the first one's conversion."""

_DASH = r"\s*(?:-?\s*\bto\b-?|-|–|—)\s*"
_ONE = rf"(?:{NUMBER})(?:\+|-plus\b)?(?:[\s-]+thousand)?"
_UNITED = rf"{_ONE}[\s-]*(?:{UNIT})\b"
_SPAN = re.sub(r"\?P<\w+>", "?:", SPELLED_SPAN)
_MEASURE = (
    rf"(?:(?:between|from)\s+{_ONE}(?:[\s-]*(?:{UNIT})\b)?\s*(?:\band\b|{_DASH})\s*(?:a\s+)?{_UNITED}"
    rf"|{_SPAN}[\s-]*(?:{UNIT})\b"
    rf"|{_ONE}(?:[\s-]*(?:{UNIT})\b)?{_DASH}(?:a\s+)?{_UNITED}"
    rf"|{_UNITED})"
)
_LEAD = rf"(?:(?:{HEDGE})\s+(?:an?\s+|the\s+)?)*"
_FIGURE = re.compile(
    rf"(?<![\w$€£.,])(?<![A-Za-z]-)(?P<lead>{_LEAD}~?)(?P<main>{_MEASURE})(?P<range>[\s-]+ranges?\b)?"
    rf"(?P<conversion>\"?\s*\(\s*{_LEAD}{_MEASURE}(?:\s*[;,/]\s*{_MEASURE})*\s*\)|\s*\[\s*{_LEAD}{_MEASURE}\s*\]|\s*/\s*{_MEASURE}"
    rf"|,?\s+(?:or|(?:which|that) is|i\.e\.|equal to|equivalent to|meaning),?\s+{_LEAD}{_MEASURE}|,\s+(?:about|some|roughly|nearly|almost)\s+{_MEASURE}(?=[,.;)]))?(?P<late>[\s-]+ranges?\b)?(?P<after>\s*(?:{AFTERTHOUGHT})\b)?",
    re.IGNORECASE,
)
_ANCHOR = re.compile(rf"(?:\d|hundred|thousand)(?:\+|-plus)?(?:[\s-]+thousand)?[\s-]*(?:{UNIT})\b", re.IGNORECASE)
"""What every figure holds, quick to find; the grammar is then tried from some way before it."""
_OPENING = re.compile(r"[^\W\d]+|~|\d[\d.,]*")
_FIGURE_WORDS = frozenset(re.findall(r"[a-z]+", f"{HEDGES} {SPELLED} {UNIT_WORDS}".lower())) | frozenset(
    ["a", "an", "the", "and", "to", "between", "from", "range", "ranges", "plus"]
)
"""All words that may stand in a figure before its last unit."""
_LONGEST_LEAD = 150
_LONGEST_LOAN = 160
"""How far behind a figure its unit may be left out, in letters."""
SMALLEST_LOAN_KM = 100.0
"""A shorter figure does not leave out its unit."""
_BARE = re.compile(
    r"\b(?:fl(?:y|ies|ew|ying)|reach(?:es|ing)?|goes|does|do|(?:maximum|figure) (?:is|was)|good for|manages?|makes? it|puts? it at|sometimes|somewhere around|go to|goes to|more like|closer to|rated at|credited with|put at|out to|ranges? (?:of|is|was|at)|as far as|as high as|needs?|gave|gives|claims?|claimed|claiming|talk\w* of|spoke of|speaks of|wrote|writes|read|reads|seen|heard|or even|or)\s+(?:a |only |just |also )?"
    rf"(?P<words>(?:(?P<hedge>{HEDGE})\s+)?(?P<number>(?!(?:19|20)\d\d\b)\d{{1,2}},\d{{3}}|[1-9]\d00|[1-9]\d0|[1-9]\d{{1,2}} thousand))(?=[.,;)](?!\d)|\s+(?:with|or|and|but|when|if|instead|at most|on|in)\b|\s*$)(?!\s+or\s+(?:more|so)\b)",
    re.IGNORECASE,
)
"""A number behind a word of range, where the unit went before."""
_MAY_BORROW = re.compile(r"\d,\d{3}(?!\d)|\d0(?!\d)|\d thousand")
"""What every number of either kind holds: quick to find, and most figures are followed by none."""
_LOOSE = re.compile(
    rf"(?<![\w$€£#.,-])(?P<words>(?:perhaps |maybe )?(?:(?P<hedge>{HEDGE})\s+)?(?P<number>(?!(?:19|20)\d\d\b)\d{{1,2}},\d{{3}}|[1-9]\d0)(?P<more>\s+or more\b)?)"
    r"(?=[.;)\"](?!\d)|,(?!\d)|\s+(?:with|or|but|when|if|instead|in its|in the|for the|at most)\b|\s*$)",
    re.IGNORECASE,
)
"""A number that ends its clause ..."""
_LOAN_LEAD = re.compile(
    r"(?:\b(?:with|given|than|for|to|(?<!is )(?<!are )(?<!was )(?<!were )at|or)|[:,–—(])\s+\"?$", re.IGNORECASE
)
"""... behind words that lead up to a figure: "the Fattah-2, with a glider in place of a warhead, 1,500"."""
MAX_LOAN_RATIO = 5.0
"""How many times longer or shorter it may be than the figure whose unit it borrows."""
_CARRIED = re.compile(
    r"\b(?:carr(?:y|ies|ied|ying)|deliver\w*|lift\w*|throws?|hurls?|lobs?)\s+(?:[^,.;]|[.,]\d){3,60}$|\b(?:flight-)?tested\s+(?:(?:once|twice|again|successfully)\s+)?$|\b(?:been|was|were) fired\s+successfully\s+$",
    re.IGNORECASE,
)
"""A load is carried over so many kilometres: "over" is no hedge then."""
_OVER_ABOUT = re.compile(r"over (?:about|some|around|roughly|approximately|nearly|almost)\b", re.IGNORECASE)
"""Flown "over about 500 km"; the same."""
_SHARED = re.compile(
    rf"\b(?:ranges|distances|reach|fly|travel)\s+(?:of\s+|are\s+|were\s+)?(?P<list>(?:{NUMBER})(?:\s*,\s*(?:{NUMBER}))*)\s*,?\s+(?:and|or)\s+$",
    re.IGNORECASE,
)
_ANY_UNIT = re.compile(rf"(?:{UNIT})\b", re.IGNORECASE)
_METRES = re.compile(r"\b(?:m|met(?:er|re)s?)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|the)\s+(?=\d)", re.IGNORECASE)
_FROM_TO = re.compile(rf"(?:from\s+)?(?P<old>{_ONE}(?:[\s-]*(?:{UNIT})\b)?)\s+to\s+(?P<new>{_UNITED})", re.IGNORECASE)
_GROWTH = re.compile(
    r"\b(?:extend|increas|rais|grow|grew|improv|boost|stretch|upgrad|lengthen|jump|climb|rose)\w*\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"\b(?:to|of|at|as|is|are|was|were|between)\s+$", re.IGNORECASE)
_BY = re.compile(r"\bby\s+$", re.IGNORECASE)
_LONGEST_GROWTH = 90
_YEAR_TO = re.compile(r"(?:19|20)\d\d\s+to\s+(?=\d)")
_OF_YEAR = re.compile(r"\b(?:of|in|since)\s$")
"""A year before a figure is no interval: "brought by the Zolfaghar of 2016 to 700 km"."""
_COMPARES = re.compile(r"(?:less|more|shorter|longer|further|farther|greater) than the\s+(?=\d)", re.IGNORECASE)
"""A comparison with another missile's figure is no hedge: "less than the 2,000 km of the Khorramshahr"."""
_OR = re.compile(
    r",?\s*\b(?:or|(?:which|that) is|i\.e\.|equal to|equivalent to|meaning),?\s+(?!more|less|so\b|longer)|,\s+(?=(?:about|some|roughly|nearly|almost)\s)",
    re.IGNORECASE,
)
_NO_LENGTH = re.compile(
    r"\s*(?:²|2\b|/\s*(?:h|hr|s|sec|hour)\b|ph\b|per\s+(?:hour|second|minute|day|gallon|litre|charge)"
    r"|an?\s+(?:hour|second|minute|day|month|week|year)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure in a text.

    Attributes
    ----------
    start, end
        Code-point offsets of `original`.
    original
        The figure as it stands there, line ends turned to spaces.
    figure
        What it says in kilometres.
    says_range
        True if the word "range" belongs to it ("2,000-km-range").
    in_metres
        True if it counts metres, which ranges seldom do.
    """

    start: int
    end: int
    original: str
    figure: Figure
    says_range: bool
    in_metres: bool


def find_quantities(text: str) -> Iterator[Quantity]:
    """Find the lengths in a plain text (see `rangemap.extract.text.plain`), in order."""
    position = 0
    last: Quantity | None = None
    for anchor in _ANCHOR.finditer(text):
        if anchor.end() <= position:
            continue
        match = _figure_near(text, max(position, anchor.start() - _LONGEST_LEAD), anchor.end())
        if match is None:
            continue
        found = _read(text, match)
        position = found.end if found else match.end()
        if found:
            if last:
                yield from _borrowing(text, last, found.start)
            yield from _sharing_unit(text, found)
            yield from _before_and_after(text, found) or (found,)
            last = found
    if last:
        yield from _borrowing(text, last, len(text))


def _before_and_after(text: str, found: Quantity) -> tuple[Quantity, ...]:
    """Part "raised its range from 200 to 300 km" into what it was and what it is; of "grown by 50 km to 300 km", the latter.

    Returns
    -------
    tuple of Quantity
        Empty where the figure is an interval.
    """
    match = _FROM_TO.fullmatch(text, found.start, found.end)
    lead = text[max(0, found.start - _LONGEST_GROWTH) : found.start]
    if match is None or not _GROWTH.search(lead) or _TOWARDS.search(lead):
        return ()
    unit = _ANY_UNIT.search(match["new"])
    old = match["old"] if _ANY_UNIT.search(match["old"]) else f"{match['old']} {unit[0] if unit else ''}".strip()
    kept = [("new", match["new"])] if _BY.search(lead) else [("old", old), ("new", match["new"])]
    return tuple(
        Quantity(match.start(part), match.end(part), words, parse_figure(words), found.says_range, found.in_metres)
        for part, words in kept
    )


def _figure_near(text: str, first: int, last: int) -> re.Match[str] | None:
    """Match the grammar where a figure may open: at the words just before `last` that hedges and numbers are made of."""
    starts: list[int] = []
    for match in _OPENING.finditer(text, first, last):
        word = match[0].lower()
        if word in _FIGURE_WORDS or not word[0].isalpha():
            starts.append(match.start())
        else:
            starts.clear()
    for start in starts:
        if found := _FIGURE.match(text, start):
            return found
    return None


def _sharing_unit(text: str, last: Quantity) -> Iterator[Quantity]:
    """Read the numbers that borrow the unit of the figure behind them: "ranges of 300 and 500 km"."""
    match = (
        _SHARED.search(text, max(0, last.start - 80), last.start)
        if text[last.start - 4 : last.start] in {"and ", " or "}
        else None
    )
    unit = _ANY_UNIT.search(last.original)
    for number in re.finditer(NUMBER, match["list"]) if match and unit else ():
        start = match.start("list") + number.start() if match else 0
        figure = parse_figure(f"{number[0]} {unit[0]}") if unit else last.figure
        yield Quantity(
            start,
            start + len(number[0]),
            f"{number[0]} {unit[0]}" if unit else "",
            figure,
            last.says_range,
            last.in_metres,
        )


def _borrowing(text: str, last: Quantity, stop: int) -> Iterator[Quantity]:
    """Read the numbers that leave out the unit of a figure just before: "2,000 km, or 3,000 with a lighter warhead"."""
    end = min(stop, last.end + _LONGEST_LOAN, _paragraph_end(text, last.end))
    unit = _ANY_UNIT.search(last.original)
    if unit is None or last.in_metres or not _MAY_BORROW.search(text, last.end, end):
        return
    loose = (
        match
        for match in _LOOSE.finditer(text, last.end, end)
        if match["hedge"] or _LOAN_LEAD.search(text, last.end, match.start("words"))
    )
    taken = last.end
    for match in sorted([*_BARE.finditer(text, last.end, end), *loose], key=lambda match: match.start("number")):
        more = match.groupdict().get("more") or ""
        words = " ".join(f"{match['hedge'] or ''} {match['number']} {unit[0]} {more}".split())
        figure = parse_figure(words)
        alike = 1 / MAX_LOAN_RATIO <= figure.top_km / last.figure.top_km <= MAX_LOAN_RATIO
        if figure.top_km >= SMALLEST_LOAN_KM and alike and match.start("words") >= taken:
            taken = match.end("words")
            yield Quantity(match.start("words"), taken, words, figure, says_range=False, in_metres=False)


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    end = match.end() if match["conversion"] is None else _end_with_conversion(match)
    if _NO_LENGTH.match(text, match.end("main")) or _NO_LENGTH.match(text, end):
        return None
    start = match.start()
    if match["lead"].lower().startswith("over ") and (
        _OVER_ABOUT.match(match["lead"]) or _CARRIED.search(text[max(0, start - 80) : start])
    ):
        start += len("over ")
    if (year := _YEAR_TO.match(text, start)) and _OF_YEAR.search(text, max(0, start - 6), start):
        start = year.end()
    if compared := _COMPARES.match(text, start):
        start = compared.end()
    original = " ".join(text[start:end].split())
    try:
        figure = parse_figure(_OR.sub(" or ", _without_articles(original)).replace('"', ""))
    except RangeError:
        return None
    says_range = bool(match["range"] or match["late"]) or "range" in match["lead"].lower()
    in_metres = _METRES.search(match["main"]) is not None
    return Quantity(start, end, original, figure, says_range, in_metres)


def _without_articles(text: str) -> str:
    """Drop an article between hedge and number ("up to a 1,000 km", but not "a thousand")."""
    return _ARTICLE.sub("", text)


def _end_with_conversion(match: re.Match[str]) -> int:
    """Keep what follows only if it is the same distance in another unit."""
    first, second = match["main"], match["conversion"].strip(' ,()[]/"')
    second = re.split(r"\s*[;/]\s*|,\s+", _OR.sub("", second))[0]
    try:
        one, other = parse_figure(_without_articles(first)), parse_figure(_without_articles(second))
    except RangeError:
        return match.end("range") if match["range"] else match.end("main")
    gap = abs(one.top_km - other.top_km) / max(one.top_km, other.top_km)
    if one.converted != other.converted or (one.converted and _unit(first) != _unit(second)):
        parenthesis = match["conversion"].lstrip()[:1] in "(["
        if gap <= (2 * MAX_CONVERSION_GAP if parenthesis else MAX_CONVERSION_GAP):
            return match.end()
    return match.end("range") if match["range"] else match.end("main")


def _unit(text: str) -> str:
    found = re.findall(UNIT, text, re.IGNORECASE)
    return found[-1].lower()[:2] if found else ""
