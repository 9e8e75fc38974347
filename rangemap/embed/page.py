"""What a rendered page says about itself: title, language, and what it was made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from rangemap.ballot import Filters
from rangemap.errors import DataError, UsageError
from rangemap.types import Tier

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 20_000_000
"""No page of rangemap's comes near it; a larger file is something else."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A rendered page, and the choice of claims and launch regions that it shows.

    Attributes
    ----------
    html
        The page itself.
    systems, regions
        Ids, in the order of the page.
    gap
        Id of the area that the page draws the way to, or None.
    data_hash
        Hash of the catalogue that the page was made from.
    """

    html: str
    title: str
    description: str
    lang: str
    version: str
    data_hash: str
    systems: tuple[str, ...]
    regions: tuple[str, ...]
    filters: Filters
    gap: str | None


def read_page(path: Path) -> PageFacts:
    """Read a page that `rangemap render` wrote.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If it is no page of rangemap's, or one of a version that did not say what it was made of.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        html = content.decode()
    except OSError as error:
        msg = f"can't read '{path}': {(error.strerror or str(error)).lower()}"
        raise UsageError(msg) from None
    except UnicodeDecodeError:
        raise _stranger(path) from None
    if len(content) > MAX_BYTES:
        raise _stranger(path)
    parser = _Head()
    parser.feed(html)
    try:
        return _page_facts(html, parser)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _stranger(path) from None


def _stranger(path: Path) -> DataError:
    return DataError([f"{path}: this is no map that this version of rangemap rendered; make it with `rangemap render`"])


def _page_facts(html: str, parser: _Head) -> PageFacts:
    facts = json.loads(parser.facts)
    asked = facts["filters"]
    return PageFacts(
        html=html,
        title=" ".join(parser.title.split()),
        description=parser.description,
        lang=parser.lang,
        version=facts["version"],
        data_hash=facts["hash"],
        systems=tuple(str(system["id"]) for system in facts["systems"]),
        regions=tuple(str(view["id"]) for view in facts["views"]),
        filters=_filters(asked),
        gap=facts["gap"]["area_id"] if facts["gap"] else None,
    )


def _filters(asked: dict[str, Any]) -> Filters:
    return Filters(
        tiers=frozenset(Tier(tier) for tier in asked["tiers"]),
        as_of=asked["as_of"],
        origins=frozenset(asked["origins"]),
        claims=frozenset(asked["claims"]),
        flagged=asked["flagged"],
    )


class _Head(HTMLParser):
    """Collects the page's language, title, description and facts, and nothing else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.description = ""
        self.title = ""
        self.lang = ""
        self.facts = ""
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.lang = found.get("lang") or ""
        if tag == "meta" and found.get("name") == "description":
            self.description = found.get("content") or ""
        if tag == "title" and not self.title:  # pictures in the page have titles, too
            self._within = "title"
        elif tag == "script" and found.get("id") == "facts":
            self._within = "facts"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"title", "script"}:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title += data
        elif self._within == "facts":
            self.facts += data
