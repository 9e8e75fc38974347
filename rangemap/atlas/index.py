"""The index of an atlas: every system with a small globe, in one offline page that can be searched and filtered.

Without a script the whole list is there; the script only hides what a reader did not ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from rangemap import wording
from rangemap.atlas.page import GLOBE_RADIUS
from rangemap.atlas.store import page_name
from rangemap.language import language
from rangemap.types import Agreement, LonLat
from rangemap.webmap import inline, text, tokens
from rangemap.webmap.document import environment
from rangemap.webmap.globe import Globe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Template

    from rangemap.atlas.model import Card, Thumbnail

_AGREEMENTS = {
    Agreement.CONTESTED: ("contested", "contested", "where claimants contradict each other"),
    Agreement.AGREED: ("within", "agreed", "where claimants agree"),
    Agreement.SINGLE: ("uncertain", "one claimant", "with one claimant alone"),
    Agreement.NONE: ("beyond", "no range is counted", "where no range is counted"),
}
"""For each agreement the shape that stands for it, its words on a card, and its words in the filter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One card as the template draws it."""

    card: Card
    href: str
    land: int
    badge: str
    standing: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """The systems of one country."""

    code: str
    name: str
    entries: tuple[Entry, ...]


def render_index(cards: Sequence[Card], *, filters: str, credits_: str, version: str) -> str:
    """Return the index as HTML text: one file that asks nothing of anyone until a link is followed.

    Parameters
    ----------
    filters
        What the reader of the catalogue chose to count, as a sentence; empty for everything.
    credits_
        Last line of the page.
    """
    lands = {_place(card.thumbnail): number for number, card in enumerate(_first_of_each_land(cards))}
    sections = _sections(cards, lands)
    styles = [tokens.tokens_css(), _css()]
    script = _js()
    return _template().render(
        policy=inline.policy([script], styles),
        script=Markup(script),  # noqa: S704 - our own
        styles=[Markup(css) for css in styles],  # noqa: S704 - our own
        version=version,
        kicker=_kicker(cards),
        heading=_heading(cards),
        standfirst=text.bold(_standfirst(cards)),
        filters=filters,
        countries=[(section.code, section.name, len(section.entries)) for section in sections],
        kinds=_counted((card.kind, language("en").say(f"kind.{card.kind}")) for card in cards),
        agreements=_counted((card.agreement, _AGREEMENTS[Agreement(card.agreement)][2]) for card in cards),
        lands=[_land(place) for place in lands],
        radius=GLOBE_RADIUS,
        sections=sections,
        credits=credits_,
    )


def _first_of_each_land(cards: Sequence[Card]) -> list[Card]:
    """Pick one card for each view of the Earth: cards that share a view share its drawing."""
    first: dict[LonLat, Card] = {}
    for card in cards:
        first.setdefault(_place(card.thumbnail), card)
    return [first[place] for place in sorted(first)]


def _place(thumbnail: Thumbnail) -> LonLat:
    return LonLat(thumbnail.lon, thumbnail.lat)


def _land(place: LonLat) -> list[tuple[str, str]]:
    return [(shape.kind, shape.path) for shape in Globe(place, GLOBE_RADIUS).base()]


def _sections(cards: Sequence[Card], lands: dict[LonLat, int]) -> list[Section]:
    by_country: dict[tuple[str, str], list[Entry]] = {}
    for card in sorted(cards, key=lambda card: (card.country_name.casefold(), card.name.casefold(), card.system)):
        entries = by_country.setdefault((card.country, card.country_name), [])
        entries.append(_entry(card, lands[_place(card.thumbnail)]))
    return [Section(code, name, tuple(entries)) for (code, name), entries in by_country.items()]


def _entry(card: Card, land: int) -> Entry:
    badge, standing, _ = _AGREEMENTS[Agreement(card.agreement)]
    if card.origins > 1:
        standing = f"{standing}, {wording.count(card.origins, 'claimant')}"
    if card.projected:
        standing = f"{standing}, projected"
    words = " ".join((card.name, card.system, *card.aliases, card.country_name, card.kind_label, card.kind))
    return Entry(card, page_name(card.system), land, badge, standing, words.casefold())


def _counted(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Count the cards of each value for a filter, most first."""
    found: dict[tuple[str, str], int] = {}
    for pair in pairs:
        found[pair] = found.get(pair, 0) + 1
    return [(value, words, count) for (value, words), count in sorted(found.items(), key=lambda item: (-item[1], item))]


def _kicker(cards: Sequence[Card]) -> str:
    countries = len({card.country for card in cards})
    return f"{len(cards):,} system{'s' if len(cards) != 1 else ''}, {wording.count(countries, 'country', 'countries')}"


def _heading(cards: Sequence[Card]) -> str:
    if len(cards) == 1:
        return wording.question([cards[0].name])
    return f"How far are {wording.number_word(len(cards))} systems said to reach?"


def _standfirst(cards: Sequence[Card]) -> str:
    """Say how many systems claimants contradict each other about, and what is known of the others."""
    found = {agreement: sum(card.agreement == agreement for card in cards) for agreement in Agreement}
    claims = sum(card.claims for card in cards)
    parts = [
        f"contradict each other on **{found[Agreement.CONTESTED]:,}**" if found[Agreement.CONTESTED] else "",
        f"agree on **{found[Agreement.AGREED]:,}**" if found[Agreement.AGREED] else "",
        f"stand alone on **{found[Agreement.SINGLE]:,}**" if found[Agreement.SINGLE] else "",
    ]
    told = wording.listing([part for part in parts if part])
    none = f" On **{found[Agreement.NONE]:,}** no range is counted." if found[Agreement.NONE] else ""
    head = f"**{claims:,}** cited statement{'s' if claims != 1 else ''}, each drawn on the map of its system."
    return f"{head}{f' Claimants {told}.' if told else ''}{none}"


@cache
def _template() -> Template:
    return environment(language("en"), "rangemap.atlas", "rangemap.webmap").get_template("index.html.j2")


def _asset(name: str) -> str:
    return (files("rangemap.atlas") / "assets" / name).read_text(encoding="utf-8")


@cache
def _css() -> str:
    shared = "\n".join(inline.asset(name) for name in ("page.css", "map.css"))
    return inline.squeeze_css(f"{shared}\n{_asset('index.css')}")


@cache
def _js() -> str:
    return f'(()=>{{"use strict";\n{inline.squeeze_js(_asset("index.js"))}\n}})();\n'
