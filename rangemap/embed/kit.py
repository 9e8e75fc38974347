"""Make the kit: snippets, a picture, citations and reviews for one rendered page, as files of one folder."""

from __future__ import annotations

import html
import json
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from rangemap import figures, layers
from rangemap.embed import cite
from rangemap.embed.page import read_page
from rangemap.embed.review import claim_reviews
from rangemap.errors import UsageError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.catalogue.load import Catalogue
    from rangemap.embed.page import PageFacts
    from rangemap.layers import LayerSet

HEIGHT_PX = 860
"""Height of the frame until the page has told its own."""
WIDTH_PX = 1200
RIGHT_TO_LEFT = frozenset({"ar", "fa"})
_TEMPLATES = ("iframe.html", "fragment.html", "rangemap-host.js", "snippets.md", "demo.html")


def write_kit(
    page: Path, folder: Path, *, base_url: str | None = None, catalogue: Catalogue | None = None
) -> tuple[Path, ...]:
    """Write the embed kit of a rendered page into a folder; other files there are left alone.

    Parameters
    ----------
    page
        The HTML file.
    base_url
        Where the folder will be published ("https://example.org/maps/"); without it addresses are relative.
    catalogue
        The catalogue that the page was rendered from; the built-in one by default.

    Returns
    -------
    tuple of Path
        The files written, by name.

    Raises
    ------
    UsageError
        If the page can't be read, is not that catalogue's, or the address is no http(s) address.
    DataError
        If the file is no page of rangemap's.
    MissingExtraError
        If matplotlib, which draws the picture, is not installed.
    OutputError
        If the folder can't be written.
    """
    found = read_page(page)
    files = make_kit(found, layers_of(found, catalogue), name=page.name, base_url=base_url)
    for name, content in files.items():
        write_atomic(folder / name, content)
    return tuple(folder / name for name in sorted(files))


def layers_of(page: PageFacts, catalogue: Catalogue | None = None) -> LayerSet:
    """Build again what the page shows.

    Raises
    ------
    UsageError
        If the catalogue is another than the one that the page was made from.
    """
    layerset = layers.build(page.systems, regions=page.regions, filters=page.filters, catalogue=catalogue, gap=page.gap)
    if layerset.data_hash != page.data_hash:
        msg = (
            f"the page was made from other data ({page.data_hash}) than the catalogue holds now ({layerset.data_hash}):"
            " render it again, or name its catalogue by --catalogue"
        )
        raise UsageError(msg)
    return layerset


def make_kit(page: PageFacts, layerset: LayerSet, *, name: str, base_url: str | None = None) -> dict[str, str | bytes]:
    """Make the files of the kit: names to contents. Parameters as for `write_kit`; `name` is the page's file name."""
    base = _checked(base_url)
    url = f"{base}{name}" if base else None
    alt = figures.alt_text(layerset).description
    stem = name.removesuffix(".html")
    values = {
        "page": page, "name": name, "stem": stem, "base": base, "url": url, "src": url or name, "alt": alt,
        "height": HEIGHT_PX, "direction": "rtl" if page.lang in RIGHT_TO_LEFT else "ltr",
        "citation": cite.as_text(layerset, url=url).strip(), "text": cite.tex,
    }  # fmt: skip
    files: dict[str, str | bytes] = {
        each: _templates().get_template(f"{each}.j2").render(values) for each in _TEMPLATES
    }
    return files | {
        name: page.html,
        f"{stem}.svg": figures.render(layerset, "svg"),
        f"{stem}.png": figures.render(layerset, "png"),
        "alt.txt": alt + "\n",
        "citation.txt": cite.as_text(layerset, url=url),
        "citation.bib": cite.as_bibtex(layerset, url=url),
        "citation.json": cite.as_csl(layerset, url=url),
        "claimreview.json": claim_reviews(layerset, url=url),
        "oembed.json": _oembed(page, base=base, stem=stem, iframe=str(files["iframe.html"])),
    }


def _checked(base_url: str | None) -> str | None:
    if base_url is None:
        return None
    if not base_url.startswith(("https://", "http://")) or any(character in base_url for character in " <>\"'\n"):
        msg = f"'{base_url}' is no address to publish at: it starts with https://"
        raise UsageError(msg)
    return base_url if base_url.endswith("/") else f"{base_url}/"


def _oembed(page: PageFacts, *, base: str | None, stem: str, iframe: str) -> str:
    """Answer as an oEmbed provider would (version 1.0, type "rich")."""
    answer = {
        "version": "1.0", "type": "rich", "title": page.title, "provider_name": "rangemap", "html": iframe.strip(),
        "width": WIDTH_PX, "height": HEIGHT_PX,
    }  # fmt: skip
    if base:
        answer |= {
            "provider_url": base,
            "thumbnail_url": f"{base}{stem}.png",
            "thumbnail_width": WIDTH_PX,
            "thumbnail_height": 800,
        }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("rangemap.embed"), undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["attribute"] = lambda text: html.escape(text, quote=True)
    return environment
