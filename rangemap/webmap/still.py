"""The map of a reader without JavaScript: a plain Mercator drawing as SVG, with the rings of the first launch region.

It is drawn from the small-scale base map on a grid of a pixel: a tenth of the bytes of the map that moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import get_coordinates, get_parts

from rangemap import places, style
from rangemap.places.outline import outlines
from rangemap.types import LineRole, Status
from rangemap.webmap import inset, page, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from rangemap.language import Language
    from rangemap.layers import CountryRow, LayerSet, Line, View

WIDTH, HEIGHT = 820, 540
"""Of the drawing, in pixels."""

_AIR = 20
_COARSE_PX = 1.0
_LEAST_PX = 4
_WORLD = (-180.0, -56.0, 180.0, 81.0)
_MOST_LAT = 85.05
_MOST_FRAMED_LAT = 83.0
_LABEL_PX, _LETTER_PX = 15, 6.2
_HIDDEN = frozenset({LineRole.EARLIER, LineRole.SET_ASIDE})


@dataclass(frozen=True, slots=True)
class StillPath:
    """One path: its classes, its data, and its hatch where it has one."""

    classes: str
    path: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class StillLabel:
    """Words with their middle at `x`, `y`, in pixels from the upper left."""

    kind: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Still:
    """The whole drawing."""

    width: int
    height: int
    paths: tuple[StillPath, ...]
    labels: tuple[StillLabel, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the Mercator map: its left and upper edge in units (the world is 1 wide), and pixels for a unit."""

    left: float
    top: float
    scale: float

    def pixels(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project longitudes and latitudes to pixels."""
        return (_unit(positions) - (self.left, self.top)) * self.scale

    def seen(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return what of a geometry lies in the window, in pixels, whichever copies of the world it is on, as one."""
        west, east = (360 * (self.left + pixels / self.scale) - 180 for pixels in (-_AIR, WIDTH + _AIR))
        south, north = (_latitude(self.top + pixels / self.scale) for pixels in (HEIGHT + _AIR, -_AIR))
        copies = []
        for turn in (-360, 0, 360):
            part = shapely.clip_by_rect(geometry, west - turn, south, east - turn, north)
            if not part.is_empty:
                copies.append(shapely.transform(part, lambda xy, turn=turn: self.pixels(np.add(xy, (turn, 0)))))
        return shapely.simplify(shapely.union_all(copies, grid_size=0.5), _COARSE_PX)


def still(layerset: LayerSet, lang: Language) -> Still:
    """Draw the first view of a `LayerSet`."""
    view = layerset.views[0]
    frame = _frame(view, is_world=inset.is_world(layerset))
    rings = [
        (line, frame.seen(view.outlines[line.id]))
        for system in layerset.systems
        for line in system.lines
        if line.id in view.outlines and line.role not in _HIDDEN
    ]
    return Still(
        width=WIDTH,
        height=HEIGHT,
        paths=tuple(path for path in _paths(layerset, view, frame, rings) if path.path),
        labels=tuple(_labels(layerset, view, frame, rings, lang)),
    )


def _paths(
    layerset: LayerSet, view: View, frame: Frame, rings: Sequence[tuple[Line, BaseGeometry]]
) -> Iterable[StillPath]:
    ground = outlines("110m")
    yield StillPath("still-land", _area_path(frame.seen(ground.land)))
    yield StillPath("still-border", _line_path(frame.seen(ground.borders)))
    for system in layerset.systems:
        for step in system.steps:
            hatch = f"url(#hatch-{system.series + 1}-{style.hatch_step(step.share)})" if page.is_hatched(step) else ""
            if step.id in view.areas and (hatch or step.share >= 1):
                kind = "" if hatch else "rm-within "
                yield StillPath(f"{kind}s{system.series + 1}", _area_path(frame.seen(view.areas[step.id])), hatch)
    alone = layerset.systems[0].series + 1 if len(layerset.systems) == 1 else 0
    yield StillPath(f"rm-region s{alone}", _area_path(frame.seen(view.region)))
    series = {system.id: system.series + 1 for system in layerset.systems}
    for line, curve in rings:
        data = _line_path(curve)
        for place in range(len(style.LINES[line.role].strokes)):
            yield StillPath(f"ln ln-{line.role.value}-{place} s{series[line.system]}", data)


def _frame(view: View, *, is_world: bool) -> Frame:
    """Put the outermost ring into the middle with some air, or the whole world."""
    if is_world:
        (left, bottom), (right, top) = _unit(np.array([_WORLD[:2], _WORLD[2:]]))
    else:
        positions = get_coordinates([view.region, *view.outlines.values()])
        turns = np.radians(get_coordinates(view.region)[:, 0])
        middle = np.degrees(np.arctan2(np.sin(turns).sum(), np.cos(turns).sum()))
        lat = np.clip(positions[:, 1], -_MOST_FRAMED_LAT, _MOST_FRAMED_LAT)
        units = _unit(np.column_stack([(positions[:, 0] - middle + 180) % 360 - 180 + middle, lat]))
        (left, top), (right, bottom) = units.min(axis=0), units.max(axis=0)
    room_x, room_y = (WIDTH, HEIGHT) if is_world else (WIDTH - 2 * _AIR, HEIGHT - 2 * _AIR)
    scale = float(min(room_x / (right - left), room_y / (bottom - top)))
    return Frame(float(left + right) / 2 - WIDTH / scale / 2, float(top + bottom) / 2 - HEIGHT / scale / 2, scale)


def _unit(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Web Mercator on the unit square: x east, y south."""
    lat = np.radians(np.clip(positions[:, 1], -_MOST_LAT, _MOST_LAT))
    return np.column_stack([positions[:, 0] / 360 + 0.5, 0.5 - np.arctanh(np.sin(lat)) / (2 * np.pi)])


def _latitude(y: float) -> float:
    return float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def _area_path(geometry: BaseGeometry) -> str:
    rings = (
        ring
        for part in _parts(geometry, "Polygon")
        if part.area > _LEAST_PX**2
        for ring in (part.exterior, *part.interiors)
    )
    return "".join(f"{_path(get_coordinates(ring))}Z" for ring in rings)


def _line_path(geometry: BaseGeometry) -> str:
    return "".join(_path(get_coordinates(part)) for part in _parts(geometry, "LineString") if part.length > _LEAST_PX)


def _parts(geometry: BaseGeometry, kind: str) -> list[BaseGeometry]:
    return [part for part in get_parts(geometry) if part.geom_type == kind and not part.is_empty]


def _path(positions: NDArray[np.float64]) -> str:
    """Write positions as relative steps on a grid of a pixel."""
    grid = np.round(positions).astype(int)
    steps = [f"{x} {y}" for x, y in np.diff(grid, axis=0) if x or y]
    return f"M{grid[0, 0]} {grid[0, 1]}l{' '.join(steps)}".replace(" -", "-") if steps else ""


def _labels(
    layerset: LayerSet, view: View, frame: Frame, rings: Sequence[tuple[Line, BaseGeometry]], lang: Language
) -> Iterable[StillLabel]:
    """Name the launch area, the rings and the countries near them; what would meet what stands already is left out."""
    series = {system.id: system.series + 1 for system in layerset.systems}
    taken: list[tuple[float, float, float, float]] = []
    wanted = [_middle("launch", text.region_name(lang, view), frame.seen(view.region))]
    wanted += _ring_labels(rings, series, lang)
    named = [row for row in view.countries if any(status is not Status.BEYOND for status in row.status)]
    wanted += [
        _middle("country", _name(row, lang), frame.seen(_areas()[row.id])) for row in named if row.id in _areas()
    ]
    for label in wanted:
        if label is None:
            continue
        half = len(label.words) * _LETTER_PX / 2 + 2
        box = (label.x - half, label.y - _LABEL_PX / 2, label.x + half, label.y + _LABEL_PX / 2)
        if box[0] < 0 or box[2] > WIDTH or box[1] < 0 or box[3] > HEIGHT or any(_meet(box, other) for other in taken):
            continue
        taken.append(box)
        yield label


def _ring_labels(
    rings: Sequence[tuple[Line, BaseGeometry]], series: dict[str, int], lang: Language
) -> list[StillLabel | None]:
    """Put figures on the lines, longest first, all on the side (upper, lower) where the lines keep farther apart."""
    found = [(line, get_coordinates(curve)) for line, curve in reversed(rings) if not curve.is_empty]
    if not found:
        return []
    upper = [positions[positions[:, 1].argmin()] for _, positions in found]
    lower = [positions[positions[:, 1].argmax()] for _, positions in found]
    best = max((upper, lower), key=lambda points: np.abs(np.diff(sorted(point[1] for point in points))).sum())
    return [
        StillLabel(
            f"ring s{series[line.system]}",
            float(x),
            float(np.clip(y, _LABEL_PX / 2 + 1, HEIGHT - _LABEL_PX / 2 - 1)),
            lang.km(line.km),
        )
        for (line, _), (x, y) in zip(found, best, strict=True)
    ]


def _middle(kind: str, words: str, area: BaseGeometry) -> StillLabel | None:
    """Put a name inside the largest part of an area in sight, if it has room there."""
    parts = _parts(area, "Polygon")
    largest = max(parts, key=lambda part: part.area, default=None)
    if largest is None or (kind == "country" and largest.area < 12 * _LETTER_PX * len(words)):
        return None
    point = shapely.centroid(largest)
    point = point if shapely.contains(largest, point) else shapely.point_on_surface(largest)
    return StillLabel(kind, float(point.x), float(point.y), words)


@cache
def _areas() -> dict[str, BaseGeometry]:
    return {country.id: country.geometry for country in places.countries("110m")}


def _name(row: CountryRow, lang: Language) -> str:
    return (row.short_name or row.name) if lang.code == "en" else lang.country(row.id, row.name)


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
