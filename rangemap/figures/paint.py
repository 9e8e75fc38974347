"""Geometry on matplotlib axes: fills, hatches as real lines, strokes as `rangemap.style` has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely import LineString, MultiLineString

from rangemap import style
from rangemap.figures.projection import polygons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

PT = 0.75
"""Points to a pixel of 1/96 inch."""


def colour(ink: str, accent: str = "") -> str:
    """Look up a colour role: "accent", a key of `style.LIGHT`, or a hex colour itself."""
    return accent if ink == "accent" else style.LIGHT.get(ink, ink)


def fill(ax: Axes, area: BaseGeometry, ink: str, *, alpha: float = 1.0, zorder: float) -> None:
    """Fill an area without an edge."""
    path = path_of(area)
    if path is not None:
        ax.add_artist(PathPatch(path, facecolor=ink, edgecolor="none", linewidth=0, alpha=alpha, zorder=zorder))


def path_of(area: BaseGeometry) -> Path | None:
    """Turn an area into one path with its holes; None where it is empty."""
    rings = [ring for part in polygons(area) for ring in (part.exterior, *part.interiors)]
    if not rings:
        return None
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def hatch(
    ax: Axes,
    area: BaseGeometry,
    accent: str,
    *,
    gap: float,
    unit: float,
    width: float = 1.0,
    rising: bool,
    zorder: float,
) -> None:
    """Draw hatch lines at 45 degrees, clipped to an area: PDF would turn a pattern into a blurred picture.

    Parameters
    ----------
    gap
        Between the lines, pixels.
    unit
        Units of the axes to a pixel.
    width
        Times the usual one.
    rising
        To the upper right, or to the lower right.
    """
    lines = _hatch_lines(area, gap * unit, rising=rising)
    curve(ax, lines, accent, style.HATCH_WIDTH * width, alpha=style.OPACITY_LIGHT["hatch"], zorder=zorder)


def _hatch_lines(area: BaseGeometry, gap: float, *, rising: bool) -> MultiLineString:
    """Cut a grid of lines to an area; the grid is the same for all areas, so that steps of one density join."""
    if area.is_empty:
        return MultiLineString()
    west, south, east, north = area.bounds
    lean = 1 if rising else -1
    ends = [(y - lean * x) for x in (west, east) for y in (south, north)]
    pitch = gap * np.sqrt(2)
    starts = np.arange(np.floor(min(ends) / pitch), np.ceil(max(ends) / pitch) + 1) * pitch
    grid = MultiLineString([LineString([(west, b + lean * west), (east, b + lean * east)]) for b in starts])
    shapely.prepare(area)
    parts = shapely.get_parts(shapely.intersection(shapely.get_parts(grid), area))
    lines = [part for part in shapely.get_parts(parts) if part.geom_type == "LineString" and part.length > gap / 4]
    return MultiLineString(lines)


def strokes(
    ax: Axes, line: MultiLineString, role_style: style.LineStyle, accent: str, *, scale: float, zorder: float
) -> None:
    """Draw curves in all strokes of a line's style, the lowest first."""
    for place, stroke in enumerate(role_style.strokes):
        curve(
            ax,
            line,
            colour(stroke.ink, accent),
            stroke.width * scale,
            dash=tuple(length * scale for length in stroke.dash),
            is_round=stroke.round,
            zorder=zorder + place * 0.01,
        )


def curve(
    ax: Axes,
    line: BaseGeometry,
    ink: str,
    width: float,
    *,
    dash: tuple[float, ...] = (),
    is_round: bool = False,
    alpha: float = 1.0,
    zorder: float,
) -> None:
    """Draw curves in one stroke, widths and dashes in pixels."""
    path = _open_path(shapely.get_parts(line))
    if path is None:
        return
    cap = "round" if is_round else "butt"
    # matplotlib counts dashes in widths of the line; of a dot, a dash without length, Agg draws nothing at all
    pattern = (0, tuple(max(length / width, 0.01) for length in dash)) if dash else "solid"
    ax.add_artist(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=ink,
            linewidth=width * PT,
            linestyle=pattern,
            capstyle=cap,
            joinstyle="round",
            alpha=alpha,
            zorder=zorder,
        )
    )


def _open_path(parts: Iterable[BaseGeometry]) -> Path | None:
    paths = [_ring_or_line(shapely.get_coordinates(part)) for part in parts]
    return Path.make_compound_path(*paths) if paths else None


def _ring_or_line(points: Any) -> Path:  # noqa: ANN401 - an array of positions
    return Path(points, closed=bool(np.array_equal(points[0], points[-1])))
