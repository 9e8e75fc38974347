"""Rows of a table laid out with bars, whose unit stands in the head: "System | Range (km)", then "Qiam-1 | 700-800"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rangemap.catalogue.figure import parse_figure
from rangemap.errors import RangeError
from rangemap.extract.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = re.compile(
    r"\b(?:range|reach|reichweite)\b.*?[(,\[]\s*(?:in )?(?P<unit>km|kilomet(?:re|er)s|miles|mi|nmi)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?P<figure>[^\d|]{0,20}\d[\d.,]*(?:\s*(?:-|–|—|to)\s*\d[\d.,]*)?\+?)\s*(?:\[\w+\]|\*)*\s*$")


def table_figures(text: str) -> Iterator[Quantity]:
    """Find the figures of such tables in a plain text, in order, each with the unit of its column."""
    column, unit = -1, ""
    for line in re.finditer(r"[^\n]+", text) if "|" in text else ():
        cells = [*re.finditer(r"[^|]+", line[0])]
        heads = [(number, head["unit"]) for number, cell in enumerate(cells) if (head := _HEAD.search(cell[0]))]
        if len(cells) < 2:  # noqa: PLR2004 - a row has cells
            column = -1
        elif heads:
            column, unit = heads[0]
        elif 0 <= column < len(cells) and (found := _figure(cells[column], unit, line.start())):
            yield found


def _figure(cell: re.Match[str], unit: str, offset: int) -> Quantity | None:
    match = _NUMBER.match(cell[0].rstrip())
    if match is None:
        return None
    words = match["figure"].strip()
    try:
        figure = parse_figure(f"{words} {unit}")
    except RangeError:
        return None
    start = offset + cell.start() + cell[0].index(words)
    return Quantity(start, start + len(words), f"{words} {unit}", figure, says_range=True, in_metres=False)
