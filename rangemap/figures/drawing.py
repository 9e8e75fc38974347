"""A figure put together: furniture, map, labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib as mpl
import shapely
from matplotlib.figure import Figure
from shapely import MultiLineString, Point, affinity

from rangemap import places, style
from rangemap.figures import furniture, labels, paint, words
from rangemap.figures.lettering import Run, halo, line_width, plain
from rangemap.figures.sheet import Sheet, drawn_lines, sheet_for
from rangemap.types import LineRole, Status
from rangemap.units import format_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from rangemap.figures.projection import Name
    from rangemap.figures.sizes import Use
    from rangemap.layers import LayerSet, SystemLayers

_LINE, _COUNTRY, _REGION, _SEA = 11.5, 10.5, 13.0, 10.5
_COLUMN_MAP = 1.0
_GAP = 22.0
_FLAT = 0.8


@dataclass(frozen=True)
class Chart:
    """A drawn figure with what it was drawn from.

    Attributes
    ----------
    figure, axes
        matplotlib's; the axes are the map's, in kilometres on paper.
    sheet
        The window on the projection: `sheet.projection.point(LonLat(…))` finds a place on the axes.
    labels
        What stands on the map, in pixels from its upper left.
    alt
        The figure in words.
    """

    figure: Figure
    axes: Axes
    use: Use
    sheet: Sheet
    labels: tuple[labels.Label, ...]
    alt: words.AltText


def draw(layerset: LayerSet, name: Name, use: Use, *, header: bool, footer: bool) -> Chart:
    """Draw a figure."""
    with mpl.rc_context():
        mpl.rcdefaults()
        return _drawn(layerset, name, use, header=header, footer=footer)


def _drawn(layerset: LayerSet, name: Name, use: Use, *, header: bool, footer: bool) -> Chart:
    inner, scale = use.width - 2 * use.margin, use.scale
    head = furniture.heading(layerset, inner, scale) if header else []
    foot = furniture.foot(layerset, inner, scale) if footer else []
    top = use.margin + furniture.height_of(head) + (10 * scale if head else 0)
    below = furniture.height_of(foot) + (6 * scale if foot else 0) + use.margin
    sheet, panel, used = _arranged(layerset, name, use, inner, None if use.height is None else use.height - top - below)
    height = use.height or top + used + below
    figure = Figure(figsize=(use.width / 96, height / 96), dpi=use.dpi, facecolor=style.LIGHT["paper"])
    ax = _map_axes(figure, sheet, (use.margin, top), use.width, height)
    canvas = _canvas(figure, use.width, height)
    furniture.set_blocks(canvas, head, use.margin, use.margin, scale=scale)
    for blocks, x, y in panel:
        furniture.set_blocks(canvas, blocks, use.margin + x, top + y, scale=scale)
    furniture.set_blocks(canvas, foot, use.margin, height - below + 6 * scale, scale=scale)
    placed = _map(ax, canvas, layerset, sheet, (use.margin, top), scale=scale)
    return Chart(figure, ax, use, sheet, tuple(placed), words.alt_text(layerset, sheet.projection.name))


def _arranged(
    layerset: LayerSet, name: Name, use: Use, inner: float, room: float | None
) -> tuple[Sheet, list[tuple[list[furniture.Block], float, float]], float]:
    """Fit map and list into the room between head and foot: side by side, or the list below a flat world map.

    Returns
    -------
    sheet, panel, used
        The map; columns of blocks with their place from the map's upper left; the height taken, pixels.
    """
    if room is None:
        sheet = sheet_for(layerset, name, inner, inner * _COLUMN_MAP)
        blocks = furniture.panel(layerset, sheet.projection, inner, use.scale, None)
        return sheet, [(blocks, 0, sheet.height + 2)], sheet.height + 2 + furniture.height_of(blocks)
    beside = sheet_for(layerset, name, inner - use.panel - _GAP * use.scale, room)
    if beside.height > _FLAT * room:
        blocks = furniture.panel(layerset, beside.projection, use.panel, use.scale, room)
        return beside, [(blocks, inner - use.panel, -8 * use.scale)], room
    blocks = furniture.panel(layerset, beside.projection, use.panel, use.scale, None)
    columns = furniture.columns(blocks)
    tall = max(furniture.height_of(column) for column in columns) + 4 * use.scale
    sheet = sheet_for(layerset, name, min(inner, (room - tall) * beside.width / beside.height), room - tall)
    pitch = (inner + _GAP * use.scale) / len(columns)
    return sheet, [(column, i * pitch, sheet.height + 4 * use.scale) for i, column in enumerate(columns)], room


def _map_axes(figure: Figure, sheet: Sheet, at: tuple[float, float], width: float, height: float) -> Axes:
    x, y = at
    ax = figure.add_axes((x / width, 1 - (y + sheet.height) / height, sheet.width / width, sheet.height / height))
    west, south, east, north = sheet.bounds
    ax.set(xlim=(west, east), ylim=(south, north))
    ax.set_axis_off()
    return ax


def _canvas(figure: Figure, width: float, height: float) -> Axes:
    """Lay axes over the whole figure, in pixels, y down."""
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    return ax


def _map(
    ax: Axes, canvas: Axes, layerset: LayerSet, sheet: Sheet, at: tuple[float, float], *, scale: float
) -> list[labels.Label]:
    land = _base(ax, sheet, scale)
    region = sheet.area(layerset.views[0].region)
    for place, system in enumerate(layerset.systems):
        _fills(ax, layerset, system, place, sheet, scale=scale)
    ink = furniture.region_ink(layerset)
    paint.fill(ax, region, ink, alpha=style.OPACITY_LIGHT["region"], zorder=3)
    paint.curve(ax, shapely.boundary(region), ink, scale, zorder=3.1)
    curves = {line.id: sheet.line(layerset.views[0].outlines[line.id]) for line in drawn_lines(layerset)}
    _rings(ax, layerset, curves, scale)
    placed = _labels(layerset, sheet, curves, land, region, scale=scale)
    for label in placed:
        _letter(canvas, label, at, scale)
    return placed


def _base(ax: Axes, sheet: Sheet, scale: float) -> BaseGeometry:
    """Draw sea, land, coasts and borders; return the land."""
    land, coasts, borders = sheet.base()
    paint.fill(ax, sheet.ground, style.LIGHT["sea"], zorder=0)
    paint.fill(ax, land, style.LIGHT["land"], zorder=1)
    paint.curve(ax, borders, style.LIGHT["border"], 0.8 * scale, zorder=1.5)
    paint.curve(ax, coasts, style.LIGHT["coast"], 0.7 * scale, zorder=1.6)
    if sheet.is_world:
        rim = shapely.intersection(shapely.boundary(sheet.projection.frame), shapely.box(*sheet.bounds))
        paint.curve(ax, rim, style.LIGHT["coast"], 0.7 * scale, zorder=6)
    return land


def _fills(ax: Axes, layerset: LayerSet, system: SystemLayers, place: int, sheet: Sheet, *, scale: float) -> None:
    accent = furniture.accent(layerset, place)
    for step in system.steps:
        area = sheet.area(layerset.views[0].areas[step.id])
        if area.is_empty or (step.contested and not step.share):
            continue
        tint = style.OPACITY_LIGHT["contested" if step.contested else "within"]
        paint.fill(ax, area, accent, alpha=tint, zorder=2)
        if step.contested:
            gap = style.hatch_gap(step.share) * scale
            rising = furniture.is_rising(place)
            paint.hatch(ax, area, accent, gap=gap, unit=sheet.km_per_px, width=scale, rising=rising, zorder=2.5)


def _rings(ax: Axes, layerset: LayerSet, curves: dict[str, MultiLineString], scale: float) -> None:
    """Draw the lines, thin ones first, so that none hides the heavier."""
    for place, system in enumerate(layerset.systems):
        accent = furniture.accent(layerset, place)
        for line in sorted(system.lines, key=lambda line: style.LINES[line.role].strokes[0].width):
            if line.id in curves:
                paint.strokes(ax, curves[line.id], style.LINES[line.role], accent, scale=scale, zorder=4)


def _labels(
    layerset: LayerSet,
    sheet: Sheet,
    curves: dict[str, MultiLineString],
    land: BaseGeometry,
    region: BaseGeometry,
    *,
    scale: float,
) -> list[labels.Label]:
    view = layerset.views[0]
    room = labels.Room(sheet.width, sheet.height, sheet.pixels(land))
    shape = sheet.pixels(region)
    ink = furniture.region_ink(layerset)
    names = ((Run(plain(view.region_name), "bold", ink),), (Run("launch area", "sans", ink),))
    labels.place_region(room, shape, names, _REGION * scale, view.region_id)
    rings = list(_ring_words(layerset, sheet, curves))
    middle = shape.centroid if not shape.is_empty else Point(sheet.width / 2, sheet.height / 2)
    labels.place_rings(room, rings, (middle.x, middle.y), _LINE * scale)
    lines = MultiLineString([part for ring in rings for part in shapely.get_parts(ring.curve)])
    shapely.prepare(lines)
    for code, shape, is_touched in _ranked(layerset, sheet):
        forms = _name_forms(code, "label" if is_touched else "label-beyond")
        labels.place_name(room, shape, forms, size=_COUNTRY * scale, name=code, lines=lines)
    return room.taken


def _ring_words(layerset: LayerSet, sheet: Sheet, curves: dict[str, MultiLineString]) -> Iterator[labels.Ring]:
    systems = {system.id: (place, system) for place, system in enumerate(layerset.systems)}
    for line in drawn_lines(layerset):
        place, system = systems[line.system]
        ink = (
            "ink-2"
            if line.role in {LineRole.FLOWN, LineRole.LIMIT, LineRole.REQUIRED}
            else furniture.accent(layerset, place)
        )
        who = f"{plain(system.name)} " if len(systems) > 1 else ""
        said = f" · {plain(line.remark)}" if line.remark and len(systems) == 1 else ""
        yield labels.Ring(
            line.id,
            sheet.pixels(curves[line.id]),
            (Run(f"{who}{format_km(line.km)}", "bold", ink), Run(said, "sans", ink)),
        )


def _ranked(layerset: LayerSet, sheet: Sheet) -> list[tuple[str, BaseGeometry, bool]]:
    """List the countries in sight, those that a ring touches before others of the same size."""
    view = layerset.views[0]
    touched = {row.id for row in view.countries if any(status is not Status.BEYOND for status in row.status)}
    shapes = sheet.countries()
    shapes.pop(view.region_country, None)
    ranked = sorted(shapes, key=lambda code: (-shapes[code].area * (2.2 if code in touched else 1), code))
    return [(code, shapes[code], code in touched) for code in ranked]


def _name_forms(code: str, ink: str) -> list[tuple[tuple[Run, ...], ...]]:
    """Offer a name in one line, in two, and short."""
    found = places.country(code)
    forms: list[tuple[tuple[Run, ...], ...]] = []
    for name in dict.fromkeys((found.name, found.short_name)):
        if len(name) <= 18:  # noqa: PLR2004 - longer ones break, or go
            forms.append(((Run(name, "sans", ink),),))
        words_of = name.split(" ")
        if 1 < len(words_of) <= 4:  # noqa: PLR2004 - the same
            half = min(
                range(1, len(words_of)), key=lambda i: max(len(" ".join(words_of[:i])), len(" ".join(words_of[i:])))
            )
            forms.append(tuple((Run(" ".join(part), "sans", ink),) for part in (words_of[:half], words_of[half:])))
    return forms


def _letter(canvas: Axes, label: labels.Label, at: tuple[float, float], scale: float) -> None:
    """Draw a label: its halo below, then its words."""
    is_plain = label.kind == "country"
    ground, grow, alpha = ("land", 1.6, 0.85) if is_plain else ("paper", 2.6, 0.92)
    step = label.size * labels.LEADING
    baseline = label.y + at[1] - step * (len(label.lines) - 1) / 2 + label.size * 0.36
    for runs in label.lines:
        x = label.x + at[0] - line_width(runs, label.size) / 2
        shape = _halo(runs, label.size, grow * scale, is_plate=not is_plain)
        paint.fill(canvas, affinity.translate(shape, x, baseline), style.LIGHT[ground], alpha=alpha, zorder=8)
        furniture.set_line(canvas, runs, x, baseline, label.size)
        baseline += step


def _halo(runs: tuple[Run, ...], size: float, grow: float, *, is_plate: bool) -> BaseGeometry:
    """Return the ground of a line of words; where a line runs below it, a plate closes the gaps between words."""
    shapes, x = [], 0.0
    if is_plate:
        shapes.append(shapely.box(0, -0.55 * size, line_width(runs, size), 0).buffer(grow * 0.7, quad_segs=3))
    for run in runs:
        shapes.append(affinity.translate(halo(run.text, run.face, size, grow), x, 0))
        x += line_width([run], size)
    return shapely.union_all(shapes)
