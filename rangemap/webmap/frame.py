"""The page as a `folium.Map`: Leaflet in folium's frame, our template round it, everything in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from jinja2 import Template

from rangemap.files import write_atomic
from rangemap.webmap import inline, notebook
from rangemap.webmap.document import START, Frame, document, page_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rangemap.layers import LayerSet
    from rangemap.webmap.document import Home

_LEAFLET_JS = f"https://cdn.jsdelivr.net/npm/leaflet@{inline.LEAFLET_VERSION}/dist/leaflet.js"
_LEAFLET_CSS = f"https://cdn.jsdelivr.net/npm/leaflet@{inline.LEAFLET_VERSION}/dist/leaflet.css"


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
        self.lang = page_language(layerset, lang)
        self.home = home

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Render the whole page. Children are rendered afresh each time: saving twice gives the same bytes."""
        self._forget()
        for child in self._children.values():
            child.render(**kwargs)
        libraries, styles = self._head()
        body_script = "\n".join(_rendered(self.script, kwargs))
        # a popup's text stands in folium's script as it is: it must not end that script
        start = re.sub(r"</(?=script)", r"<\\/", f"{body_script}\n{START}();\n", flags=re.IGNORECASE)
        html = "\n".join(_rendered(self.html, kwargs))
        *libraries, start, html = _settled([*libraries, start, html], self)
        return document(self.layerset, self.lang, Frame(tuple(libraries), tuple(styles), html, start), home=self.home)

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
    lang, home
        As for `rangemap.webmap.render`.
    picture
        What draws the layer set as PNG bytes, or None, for notebooks: see `rangemap.draw`.

    Raises
    ------
    UnknownNameError
        For another language.
    """
    return RangeMap(layerset, lang, home=home, picture=picture)


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
