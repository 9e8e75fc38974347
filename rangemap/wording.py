"""The words of a map: numbers, dates, citations, and the sentences that say what the figures say.

House words: *reach*, *within*, *beyond*, *short by*; *claimants*, never "experts"; no adjectives of fear. Emphasis is
`**bold**`, the only mark that a renderer understands.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from rangemap import places
from rangemap.language import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.catalogue.models import RangeClaim, Source, Statement
    from rangemap.language import Language

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a sentence reads better than a list
)
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - the same


def count(number: int, noun: str, plural: str = "") -> str:
    """Say how many: "one claimant", "six claimants", "18 claimants"."""
    return f"{number_word(number)} {noun if number == 1 else plural or noun + 's'}"


def number_word(number: int) -> str:
    """Write small numbers as words: "six", "18"."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def capital(text: str) -> str:
    """Raise the first letter and leave the rest alone."""
    return text[:1].upper() + text[1:]


def listing(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does: "a", "a and b", "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joint
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def kilometres(values: Sequence[float], last: str = "and") -> str:
    """List distances with one unit at the end: "750, 800 and 1,500 km"."""
    return f"{listing([f'{value:,.0f}' for value in values], last)} km"


def format_date(edtf: str | None) -> str:
    """Write a date for readers: "14 March 2016", "March 2016", "2016", or "undated"."""
    if not edtf:
        return "undated"
    year, *rest = edtf.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"


def citation(source: Source) -> str:
    """Render a source as one line: author, title, publisher, date.

    A title in parentheses is a description, not a title, and stands without quotation marks.
    """
    title = source.title
    shown = capital(title[1:-1]) if title.startswith("(") and title.endswith(")") else f"“{title}”"
    authors = listing([author.full for author in source.author])
    parts = [part for part in (authors, shown, source.publisher, format_date(source.issued)) if part]
    return f"{', '.join(parts)}."


def claimant(statement: Statement) -> str:
    """Name who says it."""
    return capital(statement.claimant)


def hedge(claim: RangeClaim) -> str:
    """Say how the figure was hedged, in the source's own words: “up to”, “reportedly”."""
    words = re.match(r"[^\d(]*", claim.original)
    lead = words[0].strip(" ,;") if words else ""
    parts = [f"“{part}”" for part in (lead if len(lead) <= 32 else "", claim.hedge) if part]  # noqa: PLR2004 - a line's worth
    if claim.figure.low_km != claim.figure.high_km and claim.figure.low_km and claim.figure.high_km:
        parts.append(f"{claim.figure.low_km:,.0f} to {claim.figure.high_km:,.0f} km")
    return ", ".join([*parts, *([claim.role] if claim.role else [])])


def route(claim: RangeClaim, source: Source) -> str:
    """Say through whom the claim reached us: “via The Defense Post”, or the publisher where it is not the claimant."""
    if claim.via:
        return claim.via if re.match(r"(citing|as|according|for|in)\b", claim.via) else f"via {claim.via}"
    publisher = re.sub(r"\s*\([^()]*\)", "", source.publisher).strip() or source.publisher
    core, said_by = publisher.casefold(), claim.claimant.casefold()
    return "" if said_by in core or core in said_by else publisher


def question(names: Sequence[str], lang: Language | None = None) -> str:
    """Ask the page's question: "How far is the Qiam-1 said to reach?"."""
    lang = lang or language("en")
    shown = [lang.foreign(name) for name in names]
    if len(names) == 1:
        return lang.say("title.one", system=shown[0])
    return lang.say("title.several", systems=lang.listing(shown, "and_the"))


def named(lang: Language, name: str) -> str:
    """Name an area in a language: a country by its own name there, anything else in English, marked as such."""
    code = _country_codes().get(name)
    return lang.country(code, name) if code else lang.foreign(name)


def place(lang: Language, name: str, form: Literal["in", "from"] = "from") -> str:
    """Put an area, given by its English name, into a sentence after "from" or "in"."""
    code = _country_codes().get(name, "")
    return lang.place(form, code if lang.code != "en" else "", named(lang, name))


@cache
def _country_codes() -> dict[str, str]:
    return {name: code for code, name in places.country_names().items()}


def web_address(url: str | None) -> str | None:
    """Keep an address that a browser may follow; anything but http(s) is no link."""
    return url if url and re.match(r"https?://[^\s<>\"']+$", url) else None
