"""The words of a map: numbers, dates, citations, and the sentences that say what the figures say.

House words: *reach*, *within*, *beyond*, *short by*; *claimants*, never "experts"; no adjectives of fear. Emphasis is
`**bold**`, the only mark that a renderer understands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rangemap.units import format_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.catalogue.models import RangeClaim, Source, Statement

KIND_LABELS: dict[str, str] = {
    "srbm": "short-range ballistic missile",
    "mrbm": "medium-range ballistic missile",
    "irbm": "intermediate-range ballistic missile",
    "icbm": "intercontinental ballistic missile",
    "cruise": "cruise missile",
    "anti-ship-cruise": "anti-ship cruise missile",
    "rocket": "unguided rocket",
    "slv": "space launch vehicle",
    "hypothetical": "claim without a named missile",
    "arsenal": "whole inventory",
}

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


def question(names: Sequence[str]) -> str:
    """Ask the page's question: "How far is the Qiam-1 said to reach?"."""
    if len(names) == 1:
        return f"How far is the {names[0]} said to reach?"
    return f"How far are the {listing(names, 'and the')} said to reach?"


def reach_label(inner_km: float, outer_km: float, grants: int, allows: int, origins: int) -> str:
    """Say who reaches a step: "1,300 to 1,700 km: contested, 9 of 18 reach it, 2 more may"."""
    if grants == origins:
        return f"Up to {format_km(outer_km)}: within every claim"
    standing = "one claimant’s own span" if origins == 1 else "contested"
    more = f", {allows} more may" if allows else ""
    return f"{inner_km:,.0f} to {format_km(outer_km)}: {standing}, {grants} of {origins} reach it{more}"


def web_address(url: str | None) -> str | None:
    """Keep an address that a browser may follow; anything but http(s) is no link."""
    return url if url and re.match(r"https?://[^\s<>\"']+$", url) else None
