"""Fold Leaflet and the page's own scripts and styles into the file, and say so in its Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rangemap.errors import RangemapError

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAFLET_VERSION = "1.9.3"
"""The version that folium 0.20 links, and that XStatic-Leaflet 1.9.3 carries."""

SCRIPTS = (
    "counting.js", "format.js", "topojson.js", "seas.js", "scene.js", "basemap.js", "rings.js", "boxes.js", "room.js",
    "labels.js", "words.js", "card.js", "panel.js", "choice.js", "tables.js", "search.js", "naive.js", "tiles.js",
    "print.js", "downloads.js", "embedded.js", "main.js",
)  # fmt: skip
"""The page's own scripts, in the order in which they are joined into one closure."""

TILE_HOST = "gibs.earthdata.nasa.gov"
"""The one host that a page may ask, for pictures only, and only while the reader has ticked so."""

STYLES = ("page.css", "map.css", "panel.css", "narrow.css", "print.css")

_JQUERY_SHIM = (
    "window.$=window.$||(x=>typeof x==='string'?[Object.assign(document.createElement('template'),{innerHTML:x})"
    ".content.firstElementChild]:{ready:f=>f()});"
)
_CSS_IMAGE = re.compile(r"url\((images/[\w.-]+)\)")
_CSS_RULE = re.compile(r"([^{}]+)(\{[^{}]*\})")
_FOR_GUESTS = re.compile(
    r"leaflet-(?:popup|tooltip|marker|div-icon|control-layers|control-scale|control-attribution|shadow|tile"
    r"|default-icon|image-layer|retina|oldie|vml)|lvml"
)
_ICON_FILES = {
    "iconUrl": "marker-icon.png",
    "iconRetinaUrl": "marker-icon-2x.png",
    "shadowUrl": "marker-shadow.png",
}


class UnknownLinkError(RangemapError):
    """An element added to the map wants a file that can't be put into the page."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"the page can't hold '{url}': only Leaflet {LEAFLET_VERSION} is packed into it; "
            "leave out the element that links it"
        )


@cache
def leaflet_js() -> str:
    """Return Leaflet's script without its source map comment."""
    text = (files("xstatic.pkg.leaflet") / "data" / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"\n?//# sourceMappingURL=.*\s*$", "\n", text).replace("</script", "<\\/script")


@cache
def leaflet_css(*, guests: bool = False) -> str:
    """Return Leaflet's styles, squeezed, with nothing to request.

    Parameters
    ----------
    guests
        Whether a user has added elements of their own: only those need images (which go inside) and the styles of
        popups, tooltips and the like.
    """
    text = (files("xstatic.pkg.leaflet") / "data" / "leaflet.css").read_text(encoding="utf-8")
    if guests:
        return squeeze_css(_CSS_IMAGE.sub(lambda found: f"url({_data_address(found[1])})", text))
    return _CSS_RULE.sub(_without_guests, squeeze_css(_CSS_IMAGE.sub("none", text)))


def _without_guests(rule: re.Match[str]) -> str:
    """Take the selectors that only guests need out of a rule, and the rule away if none is left."""
    kept = [selector for selector in rule[1].split(",") if not _FOR_GUESTS.search(selector)]
    return f"{','.join(kept)}{rule[2]}" if kept else ""


@cache
def guests_js() -> str:
    """Return what elements that a user adds to the map may need: folium's two uses of jQuery, and marker icons."""
    icons = {option: _data_address(f"images/{name}") for option, name in _ICON_FILES.items()}
    return f'{_JQUERY_SHIM}L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({json.dumps(icons)});'


def _data_address(path: str) -> str:
    data = (files("xstatic.pkg.leaflet") / "data" / path).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def asset(name: str) -> str:
    """Return one of the page's own scripts or styles."""
    return (files("rangemap.webmap") / "assets" / name).read_text(encoding="utf-8")


@cache
def page_js() -> str:
    """Join the page's scripts into one closure: nothing of them is global but `rangemap`."""
    body = "\n".join(squeeze_js(asset(name)) for name in SCRIPTS)
    return f'(()=>{{"use strict";\n{body}\n}})();\n'.replace("</script", "<\\/script")


@cache
def page_css() -> str:
    """Join the page's styles."""
    return "\n".join(squeeze_css(asset(name)) for name in STYLES)


OPENING_JS = 'document.documentElement.classList.add("has-script")'
"""Run in the head, so that the first paint already leaves room for what only a script fills."""


def squeeze_js(text: str) -> str:
    """Drop indentation, blank lines and lines that are nothing but comment; touch nothing else.

    Our scripts hold no string that runs over lines, so this can't change what they do.
    """
    text = re.sub(r"(?m)^[ \t]*/\*\*.*?\*/[ \t]*$", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def squeeze_css(text: str) -> str:
    """Drop comments, indentation and line ends."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", " ".join(text.split())).replace(";}", "}")


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Write the Content-Security-Policy: exactly these inline scripts and styles, and pictures of one host."""
    return "; ".join([
        "default-src 'none'",
        f"script-src {' '.join(map(_hash, scripts))}",
        f"style-src {' '.join(map(_hash, styles))}",
        f"img-src data: blob: https://{TILE_HOST}",
        "base-uri 'none'",
        "form-action 'none'",
    ])  # fmt: skip


def _hash(text: str) -> str:
    # a browser hashes the text after the parser has turned CR LF into LF
    digest = hashlib.sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
