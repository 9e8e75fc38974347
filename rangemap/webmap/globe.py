"""The globe inset: an orthographic view, drawn here as SVG, in which rings look like rings.

A point at angular distance c from the centre of the view lies at sin c from the middle of the disc; beyond the limb we
let it run on outwards, so that an area half in sight keeps its shape until the disc cuts it. Areas are first cut into
cells of 30 degrees: no piece in sight then holds the antipode, where such a projection turns inside out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely import LineString, MultiLineString, Point, box

from rangemap.places.outline import outlines
from rangemap.types import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from rangemap.layers import View

_CELL_DEG = 30
_EDGE_DEG = 1.5
_LEAST_PX, _COARSE_PX = 3, 1.0
_TURN_DEG, _TURN_KM = -35, 6_000
_HORIZON_DEG = 89.0


@dataclass(frozen=True, slots=True)
class Shape:
    """One path of the drawing: SVG path data with the middle of the disc at (0, 0), and what it shows."""

    kind: str
    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Globe:
    """An orthographic view of the Earth.

    Attributes
    ----------
    center
        Longitude and latitude in degrees of the point in the middle.
    radius
        Of the disc, in pixels.
    """

    center: LonLat
    radius: float

    def base(self) -> list[Shape]:
        """Draw land and borders: the parts that do not change with the launch region."""
        return list(_base(self))

    def view(self, view: View) -> list[Shape]:
        """Draw the launch region, its areas and its rings."""
        areas = [Shape("area", step, self.area(area)) for step, area in view.areas.items()]
        region = Shape("region", view.region_id, self.area(view.region))
        rings = [Shape("ring", line, self.line(curve)) for line, curve in view.outlines.items()]
        return [shape for shape in (*areas, region, *rings) if shape.path]

    def area(self, area: BaseGeometry) -> str:
        """Return the part of a lon/lat area in sight as SVG path data."""
        cut = [piece for cell in _cells(self.center) for piece in _polygons(_cut(area, cell))]
        seamless = shapely.union_all(shapely.buffer(self._project(cut), 2e-3))
        seen = shapely.intersection(shapely.buffer(seamless, -2e-3), Point(0, 0).buffer(1, quad_segs=48))
        return "".join(
            f"{self._path(ring.coords)}Z"
            for part in _polygons(shapely.simplify(seen, 0.5 / self.radius))
            if part.area > (1.2 / self.radius) ** 2
            for ring in (part.exterior, *part.interiors)
        )

    def line(self, line: BaseGeometry) -> str:
        """Return the part of lon/lat curves in sight as SVG path data."""
        pieces = self._seen(line)
        merged = shapely.line_merge(MultiLineString(pieces)) if pieces else MultiLineString()
        drawn = (
            part
            for part in _lines(shapely.simplify(merged, _COARSE_PX / self.radius))
            if part.length * self.radius > _LEAST_PX
        )
        return "".join(self._path(part.coords) for part in drawn)

    def _project(self, areas: Sequence[BaseGeometry]) -> NDArray[np.object_]:
        """Project areas all at once."""
        along = shapely.segmentize(np.array(areas, dtype=object), _EDGE_DEG)
        projected: NDArray[np.object_] = shapely.make_valid(shapely.transform(along, self._flat))
        return projected

    def _flat(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north, towards = _turned(positions, self.center)
        angle = np.arccos(np.clip(towards, -1, 1))
        across = np.hypot(east, north)
        reach = np.where(angle <= np.pi / 2, np.sin(angle), 1 + 3 * (angle - np.pi / 2))
        scale = np.divide(reach, across, out=np.zeros_like(across), where=across > 0)
        return np.column_stack([east * scale, north * scale])

    def _seen(self, line: BaseGeometry) -> list[LineString]:
        """Cut curves where they pass the limb; what is left lies in the disc."""
        positions, curve = shapely.get_coordinates(
            [shapely.segmentize(part, _EDGE_DEG) for part in _lines(line)], return_index=True
        )
        if not len(positions):
            return []
        seen = _turned(positions, self.center)[2] >= 0
        flat = self._flat(positions)
        cuts = np.flatnonzero((np.diff(curve) != 0) | np.diff(seen)) + 1
        runs = np.split(np.arange(len(seen)), cuts)
        return [LineString(flat[run]) for run in runs if seen[run[0]] and len(run) > 1]

    def _path(self, positions: Iterable[tuple[float, ...]]) -> str:
        """Write positions as relative steps of a tenth of a pixel: a third of the bytes of absolute ones."""
        tenths = np.round(np.array([position[:2] for position in positions]) * self.radius * 10 * (1, -1)).astype(int)
        steps = [f"{_short(x)} {_short(y)}" for x, y in np.diff(tenths, axis=0).tolist() if x or y]
        start = f"M{tenths[0, 0] / 10:g} {tenths[0, 1] / 10:g}"
        return f"{start}l{' '.join(steps).replace(' -', '-')}" if steps else ""


@lru_cache(maxsize=64)
def _base(globe: Globe) -> tuple[Shape, ...]:
    ground = outlines("110m")
    return Shape("land", "", globe.area(ground.land)), Shape("border", "", globe.line(ground.borders))


def globe_center(views: Sequence[View], *, is_world: bool) -> LonLat:
    """Choose the middle of the disc: the launch regions' own; for world views turned away, so that rings show.

    Parameters
    ----------
    views
        Launch regions; the middle is that of their bounding boxes taken together.
    is_world
        Whether rings reach so far that the far side matters.
    """
    middles = [shapely.point_on_surface(shapely.convex_hull(view.region)) for view in views]
    points = np.radians([(point.x, point.y) for point in middles])
    east, north, up = (
        np.mean(np.cos(points[:, 1]) * np.cos(points[:, 0])),
        np.mean(np.cos(points[:, 1]) * np.sin(points[:, 0])),
        np.mean(np.sin(points[:, 1])),
    )
    lon, lat = np.degrees(np.arctan2(north, east)), np.degrees(np.arctan2(up, np.hypot(east, north)))
    if is_world:
        lon, lat, _ = Geod(ellps="WGS84").fwd(lon, lat, _TURN_DEG, _TURN_KM * 1000)
    return LonLat(round(float(lon), 1), round(float(lat), 1))


def _short(tenths: int) -> str:
    text = f"{tenths / 10:g}"
    return text.replace("0.", ".", 1) if abs(tenths) < 10 else text  # noqa: PLR2004 - one in tenths


def _turned(positions: NDArray[np.float64], center: LonLat) -> tuple[NDArray[np.float64], ...]:
    """Turn positions so that the centre faces the viewer: east, north and towards the viewer, on the unit sphere."""
    lon, lat = np.radians(positions[:, 0] - center.lon), np.radians(positions[:, 1])
    middle = np.radians(center.lat)
    east = np.cos(lat) * np.sin(lon)
    north = np.cos(middle) * np.sin(lat) - np.sin(middle) * np.cos(lat) * np.cos(lon)
    towards = np.sin(middle) * np.sin(lat) + np.cos(middle) * np.cos(lat) * np.cos(lon)
    return east, north, towards


def _angle(positions: NDArray[np.float64], center: LonLat) -> NDArray[np.float64]:
    return np.arccos(np.clip(_turned(positions, center)[2], -1, 1))


@cache
def _cells(center: LonLat) -> tuple[BaseGeometry, ...]:
    """Cut the Earth into cells and keep those of which something is in sight."""
    cells = [
        box(lon, lat, lon + _CELL_DEG, lat + _CELL_DEG)
        for lon in range(-180, 180, _CELL_DEG)
        for lat in range(-90, 90, _CELL_DEG)
    ]
    nearest = [_angle(np.array(cell.segmentize(5).exterior.coords), center).min() for cell in cells]
    return tuple(cell for cell, angle in zip(cells, nearest, strict=True) if angle < np.radians(_HORIZON_DEG))


def _cut(area: BaseGeometry, cell: BaseGeometry) -> BaseGeometry:
    return shapely.clip_by_rect(area, *cell.bounds)


def _polygons(geometry: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in _flattened(geometry) if part.geom_type == "Polygon" and not part.is_empty]


def _lines(geometry: BaseGeometry) -> list[LineString]:
    return [
        part for part in _flattened(geometry) if part.geom_type in {"LineString", "LinearRing"} and not part.is_empty
    ]


def _flattened(geometry: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(geometry)
    return [piece for part in parts for piece in (shapely.get_parts(part) if hasattr(part, "geoms") else [part])]
