"""From loops on the globe to polygons on the sheet: cut at ±180, closed over the poles, wound counter-clockwise.

A loop is a closed line with the filled side on its left. Where loops cross the antimeridian they fall into lines that
begin and end on the rim of the sheet (±180, ±90). Filled area lies left of each line, and left of the rim when the
rim is walked counter-clockwise, so from the end of a line one walks the rim to the next line that begins, corners and
all. That one rule closes pieces at ±180 and over either pole, for less or more than a hemisphere, without asking
which pole is inside. The outline is the same lines before closing: no seam, no pole edge.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from rangemap.geodesy.ellipsoid import Floats, Ints

WHOLE_EARTH = shapely.box(-180.0, -90.0, 180.0, 90.0)
"""The sheet: every longitude and latitude, counter-clockwise."""

_POLE_DEG = 90 - 1e-10
_SAME_DEG = 1e-11
_CORNERS = ((180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0), (180.0, -90.0))
_CORNER_AT = (180.0, 540.0, 720.0, 1080.0)
_RIM = 1080.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Loops laid out on the sheet.

    Attributes
    ----------
    open_lines
        Lines from rim to rim, shape (n, 2) each.
    closed_lines
        Rings that never touch the rim, first point not repeated.
    """

    open_lines: tuple[Floats, ...]
    closed_lines: tuple[Floats, ...]


def laid_out(loops: Iterable[Floats]) -> Sheet:
    """Cut loops at the antimeridian and at the poles.

    Parameters
    ----------
    loops
        Longitudes and latitudes in degrees, shape (n, 2), first point not repeated, filled side on the left.
        Consecutive points are less than 180° of longitude apart unless one of them is a pole.
    """
    open_lines: list[Floats] = []
    closed_lines: list[Floats] = []
    for loop in loops:
        lines = _cut(loop)
        if lines is None:
            closed_lines.append(loop)
        else:
            open_lines.extend(lines)
    return Sheet(tuple(open_lines), tuple(closed_lines))


def filled(sheet: Sheet, *, whole_when_empty: bool = False) -> Polygon | MultiPolygon:
    """Return the area left of the lines of a sheet, valid and counter-clockwise.

    Parameters
    ----------
    sheet
        The lines.
    whole_when_empty
        Whether a sheet without any line is filled or empty.
    """
    if not sheet.open_lines and not sheet.closed_lines:
        return WHOLE_EARTH if whole_when_empty else Polygon()
    rings = [*_closed_along_rim(sheet.open_lines), *sheet.closed_lines]
    return _assembled(rings)


def outline(sheet: Sheet) -> MultiLineString:
    """Return the lines of a sheet, split at ±180, without seams and pole edges."""
    closed = [np.concatenate([line, line[:1]]) for line in sheet.closed_lines]
    lines = [line for line in (*sheet.open_lines, *closed) if len(line) > 1]
    return MultiLineString([LineString(line) for line in lines])


def cut_line(line: Floats) -> list[Floats]:
    """Return an open line, shape (n, 2), in pieces cut at ±180 and at poles."""
    lon = np.where(np.abs(np.abs(line[:, 0]) - 180) < _SAME_DEG, np.copysign(180.0, line[:, 0]), line[:, 0])
    lat = line[:, 1]
    poles = np.flatnonzero(np.abs(lat) >= _POLE_DEG)
    bounds = [-1, *poles.tolist(), len(lon)]
    pieces: list[Floats] = []
    for before, after in itertools.pairwise(bounds):
        inside = np.arange(before + 1, after)
        if len(inside):
            first = inside[:1] if before >= 0 else inside[:0]
            last = inside[-1:] if after < len(lon) else inside[:0]
            height = np.concatenate(
                [90 * np.sign(lat[first - 1]), lat[inside], 90 * np.sign(lat[(last + 1) % len(lon)])]
            )
            run = _Run(np.concatenate([lon[first], lon[inside], lon[last]]), height, closed=False)
            pieces += _cut_run(run) or []
    return pieces


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a loop between two poles, or the whole loop (closed)."""

    lon: Floats
    lat: Floats
    closed: bool


def _cut(loop: Floats) -> list[Floats] | None:
    """Return a loop's lines from rim to rim, or None when it stays off the rim."""
    lon, lat = loop.T
    at = np.flatnonzero(np.abs(lon) > 180 - _SAME_DEG)
    if len(at):
        lon = lon.copy()
        lon[at] = np.copysign(180.0, lon[at])
    if lat.max() < _POLE_DEG and lat.min() > -_POLE_DEG:
        simply, lines = _cut_at_vertices(lon, lat, at)
        return lines if simply else _cut_run(_Run(lon, lat, closed=True))
    return [line for run in _runs(lon, lat) for line in _cut_run(run) or []]


def _cut_at_vertices(lon: Floats, lat: Floats, at: Ints) -> tuple[bool, list[Floats] | None]:
    """Cut a closed loop at its vertices on ±180, if it crosses there and nowhere else; tell whether so, and the lines.

    Whoever knows the crossings puts vertices there; the loop then only falls into slices.
    """
    jumps = np.count_nonzero(np.abs(lon[1:] - lon[:-1]) > 180) + (abs(lon[0] - lon[-1]) > 180)  # noqa: PLR2004
    if not len(at):
        return not jumps, None
    after = (at + 1) % len(lon)
    if jumps != len(at) or not (lon[at - 1] * lon[after] < 0).all() or (np.abs(lon[after]) == 180).any():  # noqa: PLR2004
        return False, None
    first = int(at[0])
    xy = np.empty((len(lon) + 1, 2))
    for k, values in enumerate((lon, lat)):
        xy[: len(lon) - first, k] = values[first:]
        xy[len(lon) - first :, k] = values[: first + 1]
    lines = []
    for begin, end in itertools.pairwise([*(at - first).tolist(), len(lon)]):
        line = xy[begin : end + 1].copy()
        line[[0, -1], 0] = np.copysign(180.0, line[[1, -2], 0])
        lines.append(_tidied(line))
    return True, lines


def _runs(lon: Floats, lat: Floats) -> Iterable[_Run]:
    """Yield the stretches between poles, each with the pole at both ends at the longitude of its neighbour."""
    poles = np.flatnonzero(np.abs(lat) >= _POLE_DEG)
    for k, pole in enumerate(poles):
        after = poles[(k + 1) % len(poles)]
        count = (after - pole - 1) % len(lon)
        if count:
            between = (pole + 1 + np.arange(count)) % len(lon)
            ends = np.sign(lat[[pole, after]]) * 90
            yield _Run(
                np.concatenate([lon[between[:1]], lon[between], lon[between[-1:]]]),
                np.concatenate([ends[:1], lat[between], ends[1:]]),
                closed=False,
            )


def _cut_run(run: _Run) -> list[Floats] | None:
    """Cut a run at ±180; None when it is closed and never crosses."""
    lon, lat = (run.lon, run.lat)
    if run.closed:
        lon, lat = np.append(lon, lon[0]), np.append(lat, lat[0])
    step = np.mod(np.diff(lon) + 180, 360) - 180
    travelled = lon[0] + np.concatenate([[0.0], np.cumsum(step)])
    along = lon + 360 * np.round((travelled - lon) / 360)  # exact where lon is
    cell = np.floor((along + 180) / 360)
    crossings = np.flatnonzero(cell[1:] != cell[:-1])
    if run.closed and not len(crossings):
        return None
    lines = _lines(along, lat, cell, crossings)
    if run.closed:
        lines = [np.concatenate([lines[-1], lines[0][1:]]), *lines[1:-1]]
    return [line for line in map(_tidied, lines) if len(line) > 1]


def _lines(along: Floats, lat: Floats, cell: Floats, crossings: Ints) -> list[Floats]:
    lines = []
    start: list[Floats] = []
    first = 0
    for k in crossings:
        east = cell[k + 1] > cell[k]
        rim = 360 * max(cell[k], cell[k + 1]) - 180
        share = (rim - along[k]) / (along[k + 1] - along[k])
        y = lat[k] + share * (lat[k + 1] - lat[k])
        x = 180.0 if east else -180.0
        inner = np.stack([along[first : k + 1] - 360 * cell[k], lat[first : k + 1]], axis=1)
        lines.append(np.concatenate([*start, inner, [[x, y]]]))
        start = [np.array([[-x, y]])]
        first = k + 1
    inner = np.stack([along[first:] - 360 * cell[-1], lat[first:]], axis=1)
    lines.append(np.concatenate([*start, inner]))
    return lines


def _tidied(line: Floats) -> Floats:
    """Drop repeated points, and the stretches of a line that lie on the rim itself."""
    moved = (np.abs(line[1:, 0] - line[:-1, 0]) > _SAME_DEG) | (np.abs(line[1:, 1] - line[:-1, 1]) > _SAME_DEG)
    if moved.all():
        return line
    return line[np.concatenate([[True], moved])] if moved.any() else line[:1]


def _closed_along_rim(lines: Sequence[Floats]) -> list[Floats]:
    """Close lines to rings by walking the rim counter-clockwise from each end to the next beginning."""
    if not lines:
        return []
    begins = [_rim_position(line[0]) for line in lines]
    ends = [_rim_position(line[-1]) for line in lines]
    free = list(range(len(lines)))
    rings = []
    while free:
        first = k = free[0]
        parts: list[Floats] = []
        while True:
            parts.append(lines[k])
            free.remove(k)
            ahead, following = min(((begins[j] - ends[k] + 1e-9) % _RIM, j) for j in {first, *free})
            parts.append(_corners(ends[k], ahead))
            k = following
            if k == first:
                break
        rings.append(_tidied(np.concatenate([part for part in parts if len(part)])))
    return rings


def _rim_position(point: Floats) -> float:
    """Return where on the rim a point lies, in degrees counter-clockwise from the south-east corner."""
    x, y = float(point[0]), float(point[1])
    if abs(y) >= _POLE_DEG:
        return 360 - x if y > 0 else 900 + x
    return y + 90 if x > 0 else 630 - y


def _corners(position: float, ahead: float) -> Floats:
    """Return the corners of the sheet within a stretch of the rim, in order."""
    distance = [(at - position) % _RIM for at in _CORNER_AT]
    passed = sorted((far, k) for k, far in enumerate(distance) if 0 < far < ahead)
    return np.array([_CORNERS[k] for _, k in passed]).reshape(-1, 2)


def _assembled(rings: Sequence[Floats]) -> Polygon | MultiPolygon:
    areas = [_signed_area(ring) for ring in rings]
    shells = [shapely.polygons(shapely.linearrings(ring)) for ring, area in zip(rings, areas, strict=True) if area > 0]
    holes = [ring for ring, area in zip(rings, areas, strict=True) if area < 0]
    if not holes:
        return _valid(shells)
    shells.sort(key=lambda shell: shell.area)
    shapely.prepare(shells)
    owned: dict[int, list[Floats]] = {}
    for hole in holes:
        owner = next((k for k, shell in enumerate(shells) if shell.contains(shapely.Point(hole[0]))), len(shells))
        owned.setdefault(owner, []).append(hole)
    if len(shells) in owned:
        shells.append(WHOLE_EARTH)
    return _valid([Polygon(shell.exterior, owned.get(k, ())) for k, shell in enumerate(shells)])


def _signed_area(ring: Floats) -> float:
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]) + x[-1] * y[0]) / 2


def _valid(polygons: list[Polygon]) -> Polygon | MultiPolygon:
    """Return polygons as one geometry; repair where two drawn edges cross in a neck narrower than the tolerance."""
    area = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    return area if area.is_valid else polygonal(shapely.make_valid(area))


def polygonal(geometry: BaseGeometry) -> Polygon | MultiPolygon:
    """Return the polygons of any geometry, counter-clockwise, as one valid geometry."""
    parts = shapely.get_parts(geometry)
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = shapely.get_parts(parts)
    kept = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    united = shapely.union_all(kept) if kept else Polygon()
    return oriented(united)


def oriented(area: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return an area with counter-clockwise exteriors and clockwise holes (RFC 7946)."""
    polygons = [shapely.geometry.polygon.orient(part) for part in shapely.get_parts(area)]
    return polygons[0] if len(polygons) == 1 else (MultiPolygon(polygons) if polygons else Polygon())
