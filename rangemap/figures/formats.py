"""A figure as the bytes of a file: SVG, PNG or PDF, with its alternative text in the format's own place."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zlib import crc32

import matplotlib as mpl

from rangemap.figures.lettering import plain

if TYPE_CHECKING:
    from rangemap.figures.drawing import Chart

_NUMBER = re.compile(r"-?\d+\.\d+")
_DATA = re.compile(r'(?<= d=")[^"]+')
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_GROUP = re.compile(r'<g id="[^"]*">')
_GLYPH = re.compile(r'(id="|href="#)(DejaVu\w+(?:-[A-Z]\w+)?)-([0-9a-f]+)(?=")')
_FACES = {"DejaVuSans": "s", "DejaVuSans-Bold": "b", "DejaVuSerif-Bold": "q", "DejaVuSerif-Italic": "i"}
_PLACE = re.compile(r"(?<=translate\()[^)]+")
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_SPACE = re.compile(r"\s*\n\s*")
_CURVED = re.compile(r"[QCSAHVqcsa]")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def encode(chart: Chart, extension: str) -> bytes:
    """Write a figure as "svg", "png" or "pdf"; the same figure always gives the same bytes."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {"svg.fonttype": "path", "svg.hashsalt": "rangemap", "pdf.fonttype": 42, "text.hinting": "no_hinting"}
        )
        return {"svg": _svg, "png": _png, "pdf": _pdf}[extension](chart)


def _svg(chart: Chart) -> bytes:
    buffer = io.StringIO()
    chart.figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = _METADATA.sub("", _COMMENT.sub("", buffer.getvalue()))
    text = _DATA.sub(lambda found: _shorter(found[0]), text)
    text = _PLACE.sub(lambda found: _rounded(found[0]), _GLYPH.sub(_short_glyph, _GROUP.sub("<g>", text)))
    return _described(_INDENT.sub("", text), chart).encode()


def _short_glyph(found: re.Match[str]) -> str:
    """Name a letter shortly; the same letter has the same name in every figure, so two fit on one page."""
    return f"{found[1]}rm-{_FACES[found[2]]}{found[3]}"


def _shorter(path: str) -> str:
    """Write a path of straight lines as steps of a tenth of a point: a third of the bytes of matplotlib's."""
    if _CURVED.search(path):
        return _rounded(path)
    return "".join(_steps(part) for part in path.replace("\n", " ").split("M") if part.strip())


def _steps(part: str) -> str:
    """Write one run of "x y L x y …", closed or not, as its start and steps."""
    numbers = [round(float(number) * 10) for number in _PLAIN.findall(part)]
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(corners) if (a, b) != (x, y)]
    start = f"M{_tenth(corners[0][0])} {_tenth(corners[0][1])}"
    line = "l" + " ".join(f"{_tenth(x)} {_tenth(y)}" for x, y in steps) if steps else ""
    return f"{start}{line}{'z' if 'z' in part else ''}".replace(" -", "-")


def _tenth(tenths: int) -> str:
    text = f"{tenths / 10:g}"
    return text.replace("0.", ".", 1) if 0 < abs(tenths) < 10 else text  # noqa: PLR2004 - one, in tenths


def _rounded(text: str) -> str:
    short = _NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), text)
    return _SPACE.sub(" ", short).strip()


def _described(text: str, chart: Chart) -> str:
    """Put title and description where screen readers look for them."""
    title, description = escape(plain(chart.alt.title)), escape(plain(chart.alt.description))
    start, end = re.search(r"<svg [^>]*>", text).span()  # type: ignore[union-attr] # matplotlib writes one
    name = f"rm-{crc32((title + description).encode()):08x}"  # two figures may stand on one page
    opening = f'{text[start : end - 1]} role="img" aria-labelledby="{name}-t {name}-d" lang="en">'
    words = f'\n<title id="{name}-t">{title}</title>\n<desc id="{name}-d">{description}</desc>'
    return text[:start] + opening + words + text[end:]


def _png(chart: Chart) -> bytes:
    buffer = io.BytesIO()
    metadata = {
        "Title": plain(chart.alt.title),
        "Description": plain(chart.alt.description),
        "Software": "rangemap",
    }
    chart.figure.savefig(buffer, format="png", dpi=chart.use.dpi, metadata=metadata)
    return buffer.getvalue()


def _pdf(chart: Chart) -> bytes:
    buffer = io.BytesIO()
    metadata = {
        "Title": plain(chart.alt.title),
        "Subject": plain(chart.alt.description),
        "Keywords": plain(", ".join(chart.alt.keywords)),
        "Creator": "rangemap",
        "Producer": "rangemap",
        "CreationDate": None,
    }
    chart.figure.savefig(buffer, format="pdf", metadata=metadata)
    return buffer.getvalue()
