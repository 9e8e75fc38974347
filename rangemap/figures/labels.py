"""Where words stand on the map: no two meet, none leaves it; what finds no room is left out, the list has it.

Launch region first, then the labels of the lines, on one bearing where they can, so that they read as a scale; then
the names of countries, the largest first. Everything is in pixels from the map's upper left, y down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiLineString

from rangemap.figures.lettering import Run, line_width
from rangemap.figures.projection import polygons

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

LEADING = 1.16
_EDGE = 5.0
_STEP_PX = 8.0
_WITHIN_DEG = 24.0
_LEFT_OUT = 120.0
_GRID = 15
_LEAST_INSIDE = 0.55


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the map.

    Attributes
    ----------
    id
        Of the line, the country or the region that it names.
    kind
        "line", "country", "region" or "sea".
    lines
        One or two lines of runs.
    x, y
        The middle.
    size
        Of the letters.
    box
        West, north, east, south of the room that it takes.
    """

    id: str
    kind: str
    lines: tuple[tuple[Run, ...], ...]
    x: float
    y: float
    size: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ring:
    """A line to label: its curve in pixels and its words."""

    id: str
    curve: MultiLineString
    words: tuple[Run, ...]


@dataclass(slots=True)
class Room:
    """The map's surface: how large, what lies on it already, and where land is.

    `taken` grows as labels are placed.
    """

    width: float
    height: float
    land: BaseGeometry
    taken: list[Label] = field(default_factory=list)

    def holds(self, box: Sequence[float]) -> bool:
        """Tell whether a box lies on the map, clear of its edge."""
        return bool(
            box[0] >= _EDGE and box[1] >= _EDGE and box[2] <= self.width - _EDGE and box[3] <= self.height - _EDGE
        )

    def is_free(self, box: Sequence[float]) -> bool:
        """Tell whether a box meets nothing that has been placed."""
        return not any(_meet(box, label.box) for label in self.taken)


def box_about(lines: Sequence[Sequence[Run]], x: float, y: float, size: float) -> tuple[float, float, float, float]:
    """Return the room that words take about their middle."""
    wide = max(line_width(line, size) for line in lines) + 6
    tall = len(lines) * size * LEADING + 3
    return (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def place_region(room: Room, region: BaseGeometry, lines: Sequence[tuple[Run, ...]], size: float, name: str) -> None:
    """Name the launch region where it is roomiest, in one line if two do not fit; smaller ones beside it."""
    parts = sorted(polygons(region), key=lambda part: -part.area)
    if not parts:
        return
    for forms in (tuple(lines), tuple(lines[:1])):
        for x, y in _about(parts[0], forms, size):
            box = box_about(forms, x, y, size)
            if room.holds(box) and room.is_free(box):
                room.taken.append(Label(name, "region", forms, x, y, size, box))
                return


def _about(part: BaseGeometry, forms: Sequence[Sequence[Run]], size: float) -> list[tuple[float, float]]:
    """List where a region's name can stand: on it, or beside it where it would hide it."""
    _, _, half_wide, half_tall = box_about(forms, 0, 0, size)
    west, north, east, south = part.bounds
    x, y = (west + east) / 2, (north + south) / 2
    beside = [(east + half_wide, y), (west - half_wide, y), (x, south + half_tall), (x, north - half_tall)]
    hides = part.area < 2 * half_wide * 2 * half_tall
    return [*beside, _roomiest(part)] if hides else [_roomiest(part), *beside]


def place_rings(room: Room, rings: Sequence[Ring], center: tuple[float, float], size: float) -> None:
    """Label the lines: on the bearing that costs least for all, and elsewhere where that has no room."""
    spots = [_spots(room, ring, rings, center, size) for ring in rings]
    best: tuple[float, list[Label]] | None = None
    for bearing in range(0, 360, 8):
        plan = _plan(room, rings, spots, bearing, size)
        if best is None or plan[0] < best[0]:
            best = plan
    if best:
        room.taken.extend(best[1])
        placed = {label.id for label in best[1]}
        for ring, table in zip(rings, spots, strict=True):
            if ring.id not in placed and (label := _best(room, ring, table, None, [], size=size)):
                room.taken.append(label)


def place_name(
    room: Room,
    shape: BaseGeometry,
    forms: Iterable[tuple[tuple[Run, ...], ...]],
    *,
    size: float,
    name: str,
    lines: MultiLineString,
) -> None:
    """Name a country in its largest part in sight, clear of lines and labels, if it can be."""
    part = max(polygons(shape), key=lambda each: each.area, default=None)
    if part is None:
        return
    for form in forms:
        found = _name_spot(room, part, form, size, lines)
        if found:
            room.taken.append(Label(name, "country", form, *found, size, box_about(form, *found, size)))
            return


def _name_spot(
    room: Room, part: BaseGeometry, form: tuple[tuple[Run, ...], ...], size: float, lines: MultiLineString
) -> tuple[float, float] | None:
    half_wide, half_tall = box_about(form, 0, 0, size)[2:]
    wide, tall = 2 * half_wide, 2 * half_tall
    if part.area < 0.5 * wide * tall * _LEAST_INSIDE:
        return None
    shapely.prepare(part)
    points = _inside(part)
    if not len(points):
        return None
    boxes = shapely.box(
        points[:, 0] - wide / 2, points[:, 1] - tall / 2, points[:, 0] + wide / 2, points[:, 1] + tall / 2
    )
    inside = _share_inside(part, points, half_wide, half_tall)
    room_px = shapely.distance(shapely.points(points), part.boundary)
    bare = ~shapely.intersects(boxes, lines)
    cost = np.where((inside >= _LEAST_INSIDE) & bare, 30 * (1 - inside) + 10 * (1 - room_px / room_px.max()), np.inf)
    for place in np.argsort(cost, kind="stable"):
        if not np.isfinite(cost[place]):
            return None
        x, y = (round(float(value), 2) for value in points[place])
        box = (x - half_wide, y - half_tall, x + half_wide, y + half_tall)
        if room.holds(box) and room.is_free(box):
            return x, y
    return None


def _share_inside(
    part: BaseGeometry, points: NDArray[np.float64], half_wide: float, half_tall: float
) -> NDArray[np.float64]:
    """Return how much of a box about each point lies in an area, 0 to 1, by looking at 18 places in it."""
    places = [(x * half_wide, y * half_tall) for x in (-0.95, -0.57, -0.19, 0.19, 0.57, 0.95) for y in (-0.7, 0, 0.7)]
    held = [shapely.contains_xy(part, *np.add(points, place).T) for place in places]
    return np.asarray(np.mean(held, axis=0), dtype=np.float64)


def _inside(part: BaseGeometry) -> NDArray[np.float64]:
    """Return points spread over an area."""
    west, north, east, south = part.bounds
    x, y = np.meshgrid(np.linspace(west, east, _GRID + 2)[1:-1], np.linspace(north, south, _GRID + 2)[1:-1])
    points = np.column_stack([x.ravel(), y.ravel()])
    middle = np.array([_roomiest(part)])
    return np.concatenate([middle, points[shapely.contains_xy(part, points[:, 0], points[:, 1])]])


def _roomiest(part: BaseGeometry) -> tuple[float, float]:
    west, north, east, south = part.bounds
    circle = shapely.maximum_inscribed_circle(part, tolerance=max(east - west, south - north) / 50)
    x, y = circle.coords[0][:2]
    return float(x), float(y)


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where a ring's label could stand: middles, bearings from the launch region in degrees, and costs."""

    xy: NDArray[np.float64]
    bearing: NDArray[np.float64]
    cost: NDArray[np.float64]


def _spots(room: Room, ring: Ring, rings: Sequence[Ring], center: tuple[float, float], size: float) -> _Spots:
    """List the points along a ring, on it and just beside it, that lie on the map and off what is placed."""
    on, slope = _along(ring.curve)
    shift = size * 0.9
    xy = np.concatenate([on, np.add(on, (0, shift)), np.subtract(on, (0, shift))])
    cost = np.concatenate([30 * slope**2, 30 * slope**2 + 8, 30 * slope**2 + 8])
    half = np.array(box_about([ring.words], 0, 0, size)[2:])
    boxes = shapely.box(*(xy - half).T, *(xy + half).T)
    others = [other.curve for other in rings if other.id != ring.id]
    for other in others:
        cost = cost + 45 * shapely.intersects(boxes, other)
    cost = cost + 6 * shapely.intersects_xy(room.land, xy[:, 0], xy[:, 1])
    low, high = np.array([_EDGE, _EDGE]) + half, np.array([room.width - _EDGE, room.height - _EDGE]) - half
    good = np.all((xy >= low) & (xy <= high), axis=1)
    good &= np.array([room.is_free(box) for box in shapely.bounds(boxes)], dtype=bool) if len(xy) else good
    from_center = xy[good] - center
    bearing = np.degrees(np.arctan2(from_center[:, 0], -from_center[:, 1])) % 360
    return _Spots(np.round(xy[good], 2), bearing, cost[good])


def _along(curve: MultiLineString) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points every few pixels along curves, and how steep the curve is there, 0 to 1."""
    points, slopes = [np.empty((0, 2))], [np.empty(0)]
    for part in shapely.get_parts(curve):
        at = np.arange(0, part.length, _STEP_PX)
        here = shapely.get_coordinates(shapely.line_interpolate_point(part, at))
        ahead = shapely.get_coordinates(shapely.line_interpolate_point(part, np.minimum(at + 3, part.length)))
        run = ahead - here
        points.append(here)
        slopes.append(np.abs(run[:, 1]) / np.maximum(np.hypot(*run.T), 1e-9))
    return np.concatenate(points), np.concatenate(slopes)


def _plan(
    room: Room, rings: Sequence[Ring], spots: Sequence[_Spots], bearing: float, size: float
) -> tuple[float, list[Label]]:
    placed: list[Label] = []
    total = 0.0
    for ring, table in zip(rings, spots, strict=True):
        label = _best(room, ring, table, bearing, placed, size=size)
        if label is None:
            total += _LEFT_OUT
            continue
        total += _cost_at(table, label)
        placed.append(label)
    return total, placed


def _cost_at(table: _Spots, label: Label) -> float:
    return float(table.cost[np.all(table.xy == (label.x, label.y), axis=1)].min())


def _best(
    room: Room, ring: Ring, table: _Spots, bearing: float | None, placed: Sequence[Label], *, size: float
) -> Label | None:
    """Return the cheapest label near a bearing (anywhere without one) that meets no other."""
    off = np.zeros(len(table.cost)) if bearing is None else np.abs((table.bearing - bearing + 180) % 360 - 180)
    cost = table.cost + 0.5 * off
    if placed:
        cost = cost + np.minimum(30, 0.2 * np.abs(table.xy[:, 0] - placed[-1].x))
    near = np.flatnonzero(off <= _WITHIN_DEG)
    for place in near[np.argsort(cost[near], kind="stable")]:
        x, y = map(float, table.xy[place])
        box = box_about([ring.words], x, y, size)
        if cost[place] > _LEFT_OUT:
            return None
        if room.is_free(box) and not any(_meet(box, label.box) for label in placed):
            return Label(ring.id, "line", (ring.words,), x, y, size, box)
    return None


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
