"""What a brief is made of: headings, paragraphs, lists, tables and one figure, in no format yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rangemap.cells import plain

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; the title is level 1 and belongs to the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, with `**bold**` marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order means nothing."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commands:
    """What to type in order to make this again."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The map, with its caption and its text alternative."""

    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption.

    Attributes
    ----------
    widths
        Share of the width for each column, adding up to 1.
    numeric
        Places of the columns that hold numbers.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reference:
    """A source in the numbered list."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class References:
    """The numbered list of sources."""

    items: tuple[Reference, ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Commands | Picture | Table | References


@dataclass(frozen=True, slots=True)
class Document:
    """A whole brief."""

    title: str
    kicker: str
    description: str
    blocks: tuple[Block, ...]
    colophon: str


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Split text at its `**bold**` marks: each piece, and whether it is bold. Control characters are dropped."""
    for place, piece in enumerate(re.split(r"\*\*(.+?)\*\*", plain(text), flags=re.DOTALL)):
        if piece:
            yield piece, place % 2 == 1
