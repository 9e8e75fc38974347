"""The page as text: our template filled with what a `LayerSet` holds, round the frame that a map stands in.

A map to which nothing was added has always the same frame, three lines of script; it is written here as folium writes
it, so that who only wants the page does not wait for folium and pandas to load. `rangemap.webmap.frame` has the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from jinja2 import ChoiceLoader, Environment, PackageLoader, Template
from markupsafe import Markup

from rangemap import places, style
from rangemap.errors import UsageError
from rangemap.files import write_atomic
from rangemap.language import Language, language
from rangemap.types import LineRole
from rangemap.webmap import inline, inset, page, panel, payload, still, text, timeline, tokens
from rangemap.webmap.compiled import CompiledTemplates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rangemap.layers import LayerSet

Home: TypeAlias = tuple[str, str]

GLOBE_RADIUS = 58.0
LARGE_GLOBE_RADIUS = 100.0

START = "rangemap.start"
"""What the page calls once every map and all that was added to it stands."""

_MAP = "map_01"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map brings into its page.

    Attributes
    ----------
    libraries, styles
        The text of the files that it links, in their order.
    html
        The element that it stands in.
    script
        What makes it, run after the page's own script.
    """

    libraries: tuple[str, ...]
    styles: tuple[str, ...]
    html: str
    script: str


def render(layerset: LayerSet, *, lang: str | None = None, home: Home | None = None) -> str:
    """Return the whole page as HTML text, one file that asks nothing of anyone.

    Parameters
    ----------
    lang
        Language of the page's own words: "en", "fr", "de", "ar" or "fa"; that of the layer set by default. The
        sentences are those of the layer set: where it is English and the page is not, they are marked as English.
    home
        Address and words of a link above the title, for a page that is one of many.

    Raises
    ------
    UnknownNameError
        For another language.
    """
    return document(layerset, page_language(layerset, lang), _plain_frame(), home=home)


def save(layerset: LayerSet, path: Path, *, lang: str | None = None) -> None:
    """Write the page to `path`, whole or not at all, in the language `lang`.

    Raises
    ------
    OutputError
        If it can't be written.
    """
    write_atomic(path, render(layerset, lang=lang))


def page_language(layerset: LayerSet, lang: str | None) -> Language:
    """Choose the language of a page's own words.

    Raises
    ------
    UsageError
        If the sentences of the layer set are in a third language.
    """
    wanted = language(lang or layerset.lang)
    if layerset.lang not in {"en", wanted.code}:
        msg = f"a map with sentences in {layerset.lang} can’t be a page in {wanted.code}"
        raise UsageError(msg)
    return wanted


def document(layerset: LayerSet, lang: Language, frame: Frame, *, home: Home | None = None) -> str:
    """Fill in the page: every script and style inside the file, and a policy that names just these."""
    scripts = [*frame.libraries, inline.page_js(), frame.script]
    styles = [*frame.styles, tokens.tokens_css(), inline.page_css()]
    context = _context(layerset, lang, scripts, styles, frame.html)
    return str(_template(lang).render(page=context, home=home))


def _plain_frame() -> Frame:
    """Write what folium writes for a map without children; a test holds the two to the same bytes."""
    return Frame(
        libraries=(inline.leaflet_js(),),
        styles=(inline.leaflet_css(),),
        html=f'<div class="folium-map map" id="{_MAP}"></div>',
        script=f'var {_MAP} = rangemap.map("{_MAP}");\n{START}();\n',
    )


@cache
def _template(lang: Language) -> Template:
    return environment(lang, "rangemap.webmap").get_template("page.html.j2")


def environment(lang: Language, *packages: str) -> Environment:
    """Set up templates: every text from data cleaned and escaped, looked for in the packages in that order."""
    found = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        finalize=text.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(),
    )
    found.globals.update(
        t=partial(text.message, lang),
        place=partial(text.place, lang),
        number=lang.number,
        digits=lambda value: lang.digits(str(value)),
        en="" if lang.code == "en" else text.ENGLISH,
        unit_span=lambda mark: Markup(f"<span {mark}>{text.message(lang, 'unit.km')}</span>"),  # noqa: S704 - our words
        year_span=lambda year: Markup(f'<b id="year-said">{lang.digits(str(year))}</b>'),  # noqa: S704 - the same
        hatch_gaps=[gap for _, gap in style.HATCH_STEPS],
        strokes={role.value: len(style.LINES[role].strokes) for role in LineRole},
        tile_host=inline.TILE_HOST,
        timeline_height=timeline.HEIGHT,
        pc=lambda part: f"{part * 100:.2f}%",
    )
    return found


def _context(
    layerset: LayerSet, lang: Language, scripts: Sequence[str], styles: Sequence[str], map_html: str
) -> dict[str, Any]:
    said = partial(text.said, lang=lang, of=layerset.lang)
    world, beside = inset.is_world(layerset), inset.is_wide(layerset)
    return {
        "lang": lang.code,
        "dir": lang.direction,
        "policy": inline.policy([inline.OPENING_JS, *scripts], styles),
        "opening": Markup(inline.OPENING_JS),  # noqa: S704 - ours
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 - ours, Leaflet's, and branca's own
        "styles": [Markup(css) for css in styles],  # noqa: S704 - the same
        "map_html": Markup(map_html),  # noqa: S704 - the same
        "title": layerset.title,
        "heading": page.heading(layerset, lang),
        "kicker": [said(part) for part in layerset.kicker],
        "standfirst": said(layerset.standfirst),
        "description": layerset.description.replace("**", ""),
        "version": layerset.version,
        "series": [system.series + 1 for system in layerset.systems] or [1],
        "is_world": world,
        "globe_beside": beside,
        "views": layerset.views,
        "search_words": lang.say("controls.search" if layerset.cities else "controls.search_countries"),
        "globe": inset.globe(layerset, LARGE_GLOBE_RADIUS if beside else GLOBE_RADIUS),
        "still": still.still(layerset, lang),
        "globe_words": lang.say("page.globe_world" if world else "page.globe"),
        "legend": page.legend(layerset, lang),
        "gap": said(layerset.gap.sentence) if layerset.gap else "",
        "claimants": panel.claimants(layerset, lang),
        "timeline": timeline.timeline(layerset),
        "blocks": panel.blocks(layerset, lang),
        "mark_keys": panel.keys(layerset, lang),
        "tiers": panel.tiers(layerset, lang),
        "origins": panel.origins(layerset),
        "sources": page.sources(layerset.sources, lang),
        "method": [said(part) for part in layerset.method],
        "limits": [said(part) for part in layerset.limits],
        "credits": [said(layerset.credits), *map(text.bold, _credits(layerset, lang))],
        "facts": text.json_script(payload.facts(layerset, lang)),
        "packed": _packed(layerset, lang),
    }


def _packed(layerset: LayerSet, lang: Language) -> dict[str, Markup]:
    names = ("shapes", "curves", "base", "arcs", "distances")
    packed = (*payload.geometry(layerset), *_base(lang), payload.distances(layerset, lang))
    return {name: Markup(data) for name, data in zip(names, packed, strict=True)}  # noqa: S704 - no digit is markup


def _credits(layerset: LayerSet, lang: Language) -> list[str]:
    cities = [lang.say("downloads.credit_cities")] if layerset.cities else []
    return [lang.say("downloads.credit_map"), *cities]


@cache
def _base(lang: Language) -> tuple[str, str]:
    return payload.base(places.topology_of("50m"), payload.shipped_arcs(), lang=lang)
