"""Set a brief as HTML, one file with its figure and styles inside, and the same on paper as PDF by WeasyPrint."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rangemap import figures
from rangemap._optional import require
from rangemap.cells import plain
from rangemap.report.blocks import runs

if TYPE_CHECKING:
    from rangemap.layers import LayerSet
    from rangemap.report.blocks import Document


def as_html(document: Document, layerset: LayerSet) -> str:
    """Return the brief as one HTML file that asks for nothing."""
    template = _templates().get_template("brief.html.j2")
    style = Markup(_templates().get_template("brief.css.j2").render())  # noqa: S704 - our own style sheet
    return template.render(document=document, picture=_figure(layerset), style=style, hash=_hash(style))


def as_pdf(html: str) -> bytes:
    """Print the HTML; it reads nothing but what is inside."""
    weasyprint = require("weasyprint", extra="report")
    fetcher = require("weasyprint.urls", extra="report").URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    content: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return content


def _figure(layerset: LayerSet) -> str:
    """Return the map as the address of an image; as an image, no style of it can reach the page."""
    svg = figures.render(layerset, "svg", use="a4", header=False, footer=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _hash(style: str) -> str:
    return f"sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}"


def bold(text: str) -> Markup:
    """Escape text and set its `**bold**` marks."""
    pieces = (Markup("<b>{}</b>").format(piece) if heavy else escape(piece) for piece, heavy in runs(text))
    return Markup().join(pieces)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("rangemap.report"), undefined=StrictUndefined, autoescape=True, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda value: plain(value) if type(value) is str else value,
    )  # fmt: skip
    environment.filters["bold"] = bold
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment
