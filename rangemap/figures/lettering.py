"""Words on a figure: fonts that come with matplotlib, their widths, lines broken to fit, halos as shapes.

Fonts are taken by file, never by name: another DejaVu Sans on the machine would shift every label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal, TypeAlias

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from shapely import Polygon, affinity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

Face: TypeAlias = Literal["sans", "bold", "serif", "italic"]

_FILES: dict[Face, str] = {
    "sans": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "serif": "DejaVuSerif-Bold.ttf",
    "italic": "DejaVuSerif-Italic.ttf",
}
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BREAK = re.compile(r"\s+")
_UNIT = 100.0
LEADING = 1.32
"""Distance of lines, as a multiple of the letters' size."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face and colour (a key of `style.LIGHT` or a hex colour)."""

    text: str
    face: Face = "sans"
    ink: str = "ink"


@cache
def font(face: Face, size_px: float) -> FontProperties:
    """Return a face at a size in pixels of 1/96 inch."""
    return FontProperties(fname=str(_file(face)), size=size_px * 0.75)


def width(text: str, face: Face, size_px: float) -> float:
    """Return how wide a text is, in pixels."""
    return _advance(text, face) * size_px / _UNIT


@lru_cache(maxsize=4096)
def _advance(text: str, face: Face) -> float:
    return float(text_to_path.get_text_width_height_descent(text, font(face, _UNIT / 0.75), False)[0])  # noqa: FBT003 - matplotlib's own


def line_width(runs: Iterable[Run], size_px: float) -> float:
    """Return how wide a line of runs is, in pixels."""
    return sum(width(run.text, run.face, size_px) for run in runs)


def plain(text: object) -> str:
    """Drop what a reader can't see, and stand a mark for letters that the font has not."""
    known = _letters()
    seen = _BREAK.sub(" ", _UNSEEN.sub("", str(text)))
    return "".join(letter if ord(letter) in known else "\ufffd" for letter in seen)


def runs_of(text: str, *, face: Face = "sans", ink: str = "ink-2") -> list[Run]:
    """Turn wording with `**bold**` marks into runs."""
    pieces = _BOLD.split(plain(text))
    return [
        Run(piece, "bold" if place % 2 else face, "ink" if place % 2 else ink)
        for place, piece in enumerate(pieces)
        if piece
    ]


def wrap(runs: Sequence[Run], size_px: float, room_px: float, *, most: int | None = None) -> list[list[Run]]:
    """Break runs into lines no wider than a room; beyond `most` lines the rest is cut, with an ellipsis."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word, run in _words(runs):
        size = width(word, run.face, size_px)
        if used and used + width(word.rstrip(), run.face, size_px) > room_px:
            lines.append([])
            used = 0.0
        lines[-1].append(Run(word, run.face, run.ink))
        used += size
    joined = [_joined(line) for line in lines if line]
    if most is not None and len(joined) > most:
        joined = [*joined[: most - 1], _cut(joined[most - 1], size_px, room_px)]
    return joined


def halo(text: str, face: Face, size_px: float, grow_px: float) -> BaseGeometry:
    """Return the outline of a text grown all round, pixels, y down, with its baseline's start at (0, 0)."""
    vertices, codes = text_to_path.get_text_path(font(face, _UNIT / 0.75), text)
    scale = size_px / _UNIT
    rings = Path(vertices, codes).to_polygons(closed_only=False) if len(vertices) else []
    corners = [np.asarray(ring) for ring in rings]
    glyphs = [Polygon(ring) for ring in corners if len(ring) > 3]  # noqa: PLR2004 - three corners and its first again
    grown = shapely.buffer(
        [affinity.scale(each, scale, -scale, origin=(0, 0)) for each in glyphs], grow_px, quad_segs=3
    )
    return shapely.simplify(shapely.union_all(grown), 0.25)


def _words(runs: Iterable[Run]) -> Iterable[tuple[str, Run]]:
    """Split runs at blanks; a word that is set in two faces stays together only by chance, so blanks go with words."""
    for run in runs:
        for word in re.findall(r"\S+\s*|\s+", run.text):
            yield word, run


def _joined(line: Sequence[Run]) -> list[Run]:
    """Put neighbours of one face and colour together again."""
    found: list[Run] = []
    for run in line:
        if found and (found[-1].face, found[-1].ink) == (run.face, run.ink):
            found[-1] = Run(found[-1].text + run.text, run.face, run.ink)
        else:
            found.append(run)
    return found


def _cut(line: Sequence[Run], size_px: float, room_px: float) -> list[Run]:
    kept = list(line)
    while kept and line_width(kept, size_px) + width("…", "sans", size_px) > room_px:
        shorter = kept[-1].text[:-1].rstrip()
        kept = [*kept[:-1], Run(shorter, kept[-1].face, kept[-1].ink)] if shorter else kept[:-1]
    return [*kept, Run("…", "sans", line[-1].ink)]


@cache
def _file(face: Face) -> FilePath:
    return FilePath(mpl.get_data_path()) / "fonts" / "ttf" / _FILES[face]


@cache
def _letters() -> frozenset[int]:
    """Every letter that all four faces hold."""
    found = [frozenset(get_font(str(_file(face))).get_charmap()) for face in _FILES]
    return frozenset.intersection(*found)
