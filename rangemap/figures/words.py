"""What a figure says round its map: sources, projection, alternative text. Taken from the `LayerSet`, never counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap import style, wording
from rangemap.figures.sheet import UNDRAWN, drawn_lines
from rangemap.types import LineRole
from rangemap.units import format_km

if TYPE_CHECKING:
    from rangemap.figures.projection import Name
    from rangemap.layers import LayerSet, Line, SystemLayers

_NAMED_SOURCES = 9
_NOTES = {
    "aeqd": "Azimuthal equidistant about the launch area: distances from its middle are true; rings keep their shape.",
    "globe": "The Earth from far away: each ring keeps one width all round, though the edge foreshortens it.",
    "robinson": "Robinson projection: rings are true, but a flat map bends them and tears them open at the poles.",
    "plate-carree": "Degrees as a square grid: rings are true, but the map stretches them sideways towards the poles.",
    "mercator": "Mercator, for comparison: it enlarges towards the poles, so rings bulge there; no one scale holds.",
}
_APART = frozenset({LineRole.FLOWN, LineRole.LIMIT, LineRole.REQUIRED})


@dataclass(frozen=True, slots=True)
class AltText:
    """A figure in words: for screen readers, and for the metadata of its file."""

    title: str
    description: str
    keywords: tuple[str, ...]


def projection_note(projection: Name, layerset: LayerSet) -> str:
    """Say how the map bends distances, and which distances have no ring on it."""
    return " ".join([_NOTES[projection], *_ringless(layerset)])


def _ringless(layerset: LayerSet) -> list[str]:
    curves = layerset.views[0].outlines
    absent = [
        line.km
        for system in layerset.systems
        for line in system.lines
        if line.role not in UNDRAWN and line.id in curves and curves[line.id].is_empty
    ]
    if not absent:
        return []
    verb = "reaches" if len(absent) == 1 else "reach"
    return [f"{wording.kilometres(sorted(set(absent)))} {verb} every point on Earth: an area, but no ring."]


def source_line(layerset: LayerSet) -> str:
    """Name the publishers, those of counted claims first; the rest as a number."""
    counted = {row.source for system in layerset.systems for row in system.statements if row.counted}
    ordered = sorted(layerset.sources, key=lambda row: row.id not in counted)
    names = list(dict.fromkeys(row.publisher for row in ordered))
    if not names:
        return "Sources: none in the catalogue."
    more = len(names) - _NAMED_SOURCES
    shown = names if more <= 1 else [*names[:_NAMED_SOURCES], f"{more} more"]
    return f"Sources: {wording.listing(shown)}."


def role_words(line: Line, system: SystemLayers) -> str:
    """Say what a line's drawing stands for, where its own words do not."""
    if line.role in _APART or (line.role is LineRole.CLAIM):
        return ""
    words = style.LINES[line.role].legend
    if line.role is LineRole.MAJORITY and len(line.grants) == len(system.origins):
        words = style.LINES[LineRole.ALL].legend if len(system.origins) > 1 else "the one claim counted"
    return words.replace("claim", "projection") if system.projected else words


def alt_text(layerset: LayerSet, projection: Name) -> AltText:
    """Describe the figure: the question, the finding, every line drawn, where it is measured from."""
    view = layerset.views[0]
    names = {system.id: system.name for system in layerset.systems}
    several = len(names) > 1
    lines = [
        f"{f'{names[line.system]} ' if several else ''}{format_km(line.km)} ({line.remark})"
        for line in drawn_lines(layerset)
    ]
    drawn = f" Lines drawn: {'; '.join(lines)}." if lines else " No range is drawn."
    return AltText(
        title=layerset.title,
        description=(
            f"Map. {layerset.standfirst.replace('**', '')} Launch area: {view.region_name}.{drawn} "
            f"{projection_note(projection, layerset)}"
        ),
        keywords=(*names.values(), view.region_name, *layerset.kicker, "reported range", "rangemap"),
    )
