"""The page as a `folium.Map`: Leaflet in folium's frame, our template round it, everything in one file."""

from __future__ import annotations

import json
import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from jinja2 import ChoiceLoader, Environment, PackageLoader, Template
from markupsafe import Markup

from rangemap import places, style
from rangemap.errors import UsageError
from rangemap.files import write_atomic
from rangemap.language import Language, language
from rangemap.types import LineRole
from rangemap.webmap import inline, inset, notebook, page, panel, payload, still, text, timeline, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from rangemap.layers import LayerSet

    Home: TypeAlias = tuple[str, str]

GLOBE_RADIUS = 58.0
LARGE_GLOBE_RADIUS = 100.0

_BASE_PER_DEGREE = 100
"""Grid of the base map in the page: under a pixel up to zoom 7, and finer than the map of 1 : 50,000,000 is true."""

_LEAFLET_JS = f"https://cdn.jsdelivr.net/npm/leaflet@{inline.LEAFLET_VERSION}/dist/leaflet.js"
_LEAFLET_CSS = f"https://cdn.jsdelivr.net/npm/leaflet@{inline.LEAFLET_VERSION}/dist/leaflet.css"
_START = "rangemap.start"


class RangeMap(folium.Map):
    """A folium map of one `LayerSet`; children may be added to it like to any other.

    It differs from its parent in four things: it links nothing but Leaflet, it has no tiles, its figure is a
    `PageFigure`, which puts every link's text into the page, and in a notebook it stands in a sandboxed frame.
    """

    default_js = [("leaflet", _LEAFLET_JS)]  # noqa: RUF012 - folium's own interface; the parent's list is left alone
    default_css = [("leaflet_css", _LEAFLET_CSS)]  # noqa: RUF012 - the same

    _template = Template(
        """{% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}<div class="folium-map map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) -%}
        var {{ this.get_name() }} = rangemap.map({{ this.get_name()|tojson }});
        {%- endmacro %}"""
    )

    def __init__(
        self,
        layerset: LayerSet,
        lang: str | None = None,
        *,
        home: Home | None = None,
        picture: notebook.Picture | None = None,
    ) -> None:
        super().__init__(tiles=None)
        self.layerset = layerset
        self.picture = picture
        PageFigure(layerset, lang, home=home).add_child(self)

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002 - branca's signature
        """Write the page to `outfile`, a path or an open binary file, whole or not at all."""
        html = self.get_root().render(**kwargs)
        if hasattr(outfile, "write"):
            outfile.write(html.encode())
        else:
            from pathlib import Path as FilePath  # noqa: PLC0415 - the name is for typing elsewhere

            write_atomic(FilePath(outfile), html)

    def __repr__(self) -> str:
        return f"<RangeMap: {notebook.plain(self.layerset)}>"

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401 - folium's signature
        return notebook.frame(self.get_root().render(**kwargs), self.layerset)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """Give every form that Jupyter, Quarto or nbconvert may choose from, the picture if something draws it."""
        wanted = set(include or notebook.FORMS) - set(exclude or ())
        page = self.get_root().render() if "text/html" in wanted else ""
        png = self.picture(self.layerset) if self.picture and wanted - {"text/plain"} else None
        return notebook.bundle(page, self.layerset, png, wanted)


class PageFigure(Figure):
    """A branca figure that renders into our template, with every script and style inside the file."""

    def __init__(self, layerset: LayerSet, lang: str | None = None, *, home: Home | None = None) -> None:
        super().__init__()
        self.layerset = layerset
        self.lang = language(lang or layerset.lang)
        if layerset.lang not in {"en", self.lang.code}:
            msg = f"a map with sentences in {layerset.lang} can’t be a page in {self.lang.code}"
            raise UsageError(msg)
        self.home = home

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Render the whole page. Children are rendered afresh each time: saving twice gives the same bytes."""
        self._forget()
        for child in self._children.values():
            child.render(**kwargs)
        scripts, styles = self._head()
        body_script = "\n".join(_rendered(self.script, kwargs))
        # a popup's text stands in folium's script as it is: it must not end that script
        start = re.sub(r"</(?=script)", r"<\\/", f"{body_script}\n{_START}();\n", flags=re.IGNORECASE)
        scripts = [*scripts, inline.page_js(), start]
        styles = [*styles, tokens.tokens_css(), inline.page_css()]
        map_html = "\n".join(_rendered(self.html, kwargs))
        scripts, map_html = _settled([*scripts, map_html], self)[:-1], _settled([map_html], self)[0]
        context = _context(self.layerset, self.lang, scripts, styles, map_html)
        return _template(self.lang).render(page=context, home=self.home)

    def _forget(self) -> None:
        """Drop what an earlier rendering left in header, body and script."""
        for part in (self.header, self.html, self.script):
            part._children.clear()  # noqa: SLF001 - branca has no other way

    def _head(self) -> tuple[list[str], list[str]]:
        """Sort what the children put into the header into scripts and styles; a file that we don't have is an error."""
        scripts, styles = [], []
        for element in self.header._children.values():  # noqa: SLF001 - the same
            if isinstance(element, JavascriptLink):
                scripts.append(_known(element.url, _LEAFLET_JS, inline.leaflet_js()))
            elif isinstance(element, CssLink):
                styles.append(_known(element.url, _LEAFLET_CSS, inline.leaflet_css(guests=self._has_guests())))
            else:
                html = element.render()
                scripts += re.findall(r"<script[^>]*>(.*?)</script>", html, flags=re.DOTALL)
                styles += re.findall(r"<style[^>]*>(.*?)</style>", html, flags=re.DOTALL)
        if self._has_guests():
            scripts.insert(1, inline.guests_js())
        return [script for script in scripts if script.strip()], styles

    def _has_guests(self) -> bool:
        return any(child._children for child in self._children.values())  # noqa: SLF001 - the same


def build(
    layerset: LayerSet,
    *,
    lang: str | None = None,
    home: Home | None = None,
    picture: notebook.Picture | None = None,
) -> RangeMap:
    """Make the page of a `LayerSet` as a folium map, to which more can be added before it is saved.

    Parameters
    ----------
    lang
        Language of the page's own words: "en", "fr", "de", "ar" or "fa"; that of the layer set by default. The
        sentences are those of the layer set: where it is English and the page is not, they are marked as English.
    home
        Address and words of a link above the title, for a page that is one of many.
    picture
        What draws the layer set as PNG bytes, or None, for notebooks: see `rangemap.draw`.

    Raises
    ------
    UnknownNameError
        For another language.
    """
    return RangeMap(layerset, lang, home=home, picture=picture)


def render(layerset: LayerSet, *, lang: str | None = None, home: Home | None = None) -> str:
    """Return the whole page as HTML text, one file that asks nothing of anyone; parameters as for `build`."""
    return str(build(layerset, lang=lang, home=home).get_root().render())


def save(layerset: LayerSet, path: Path, *, lang: str | None = None) -> None:
    """Write the page to `path`, whole or not at all, in the language `lang`.

    Raises
    ------
    OutputError
        If it can't be written.
    """
    write_atomic(path, render(layerset, lang=lang))


def _known(url: str, known: str, content: str) -> str:
    if url != known:
        raise inline.UnknownLinkError(url)
    return content


def _rendered(part: Element, kwargs: dict[str, Any]) -> list[str]:
    return [child.render(**kwargs) for child in part._children.values()]  # noqa: SLF001 - branca has no other way


def _settled(texts: list[str], figure: Figure) -> list[str]:
    """Replace branca's random ids by numbers in order of appearance, so that the same map gives the same bytes."""
    names = {element._id: f"{place:02d}" for place, element in enumerate(_walk(figure))}  # noqa: SLF001 - the same
    pattern = re.compile("|".join(map(re.escape, names)))
    return [pattern.sub(lambda found: names[found[0]], part) for part in texts]


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001 - the same
        yield from _walk(child)


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
    layerset: LayerSet, lang: Language, scripts: list[str], styles: list[str], map_html: str
) -> dict[str, Any]:
    said = partial(text.said, lang=lang, of=layerset.lang)
    world, beside = inset.is_world(layerset), inset.is_wide(layerset)
    return {
        "lang": lang.code,
        "dir": lang.direction,
        "policy": inline.policy(scripts, styles),
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
    return payload.base(json.loads(places.basemap_topology("50m")), per_degree=_BASE_PER_DEGREE, lang=lang)
