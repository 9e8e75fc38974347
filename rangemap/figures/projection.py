"""Map projections for figures: geometry in longitude and latitude, cut where the map is torn, then flattened.

Three kinds of map tear in three ways. An azimuthal one is torn at its rim: geometry is first clipped to what lies
within a geodesic circle about the centre, then cut into cells of 90 degrees (so that no piece touches both sides of
the antimeridian or runs round a pole), flattened and joined again. A cylindrical one is torn along the meridian
opposite its centre: geometry is cut there, and its parts are moved to either side. Edges are divided before they are
flattened, so that what is straight in degrees is bent on the map where it has to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import shapely
from pyproj import Proj
from shapely import LineString, MultiLineString, Polygon, box

from rangemap import geodesy
from rangemap.errors import UsageError
from rangemap.types import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Window: TypeAlias = tuple[float, float, float, float]

Name: TypeAlias = Literal["aeqd", "globe", "robinson", "plate-carree", "mercator"]

NAMES: tuple[Name, ...] = ("aeqd", "globe", "robinson", "plate-carree", "mercator")
"""All projections, the default first."""

_PROJ = {
    "aeqd": "+proj=aeqd +ellps=WGS84 +units=km",
    "globe": "+proj=ortho +R=6371008.8 +units=km",
    "robinson": "+proj=robin +R=6371008.8 +units=km +over",
    "plate-carree": "+proj=eqc +R=6371008.8 +units=km +over",
    "mercator": "+proj=merc +ellps=WGS84 +units=km +over",
}
_STEP_DEG = 0.5
_JOIN_KM = 1e-4
_HORIZON_KM = 9_960.0
_FAR_KM = 19_950.0
_MERCATOR_LAT = 84.0
_CELLS = tuple(box(lon, lat, lon + 90, lat + 90) for lon in (-180, -90, 0, 90) for lat in (-90, 0))


@dataclass(frozen=True)
class Projection:
    """A projection with its centre, and how much of the Earth it shows.

    Attributes
    ----------
    name
        One of `NAMES`.
    center
        The middle of an azimuthal map; of the others only its meridian counts.
    radius_km
        How far from the centre an azimuthal map is drawn, kilometres; the globe ends at its horizon.
    """

    name: Name
    center: LonLat
    radius_km: float = _FAR_KM

    @property
    def is_azimuthal(self) -> bool:
        """Whether the map is a disc about its centre."""
        return self.name in {"aeqd", "globe"}

    @cached_property
    def frame(self) -> Polygon:
        """The edge of the whole map, in kilometres on paper."""
        if self.is_azimuthal:
            reach = min(self.radius_km, _HORIZON_KM if self.name == "globe" else _FAR_KM)
            turns = np.radians(np.arange(0, 360, 1.0))
            size = _globe_radius() if self.name == "globe" else reach
            return Polygon(np.column_stack([np.cos(turns), np.sin(turns)]) * size)
        top = _MERCATOR_LAT if self.name == "mercator" else 90.0
        return Polygon(self._flat(shapely.get_coordinates(box(-180, -top, 180, top).segmentize(1.0))))

    def area(self, area: BaseGeometry) -> BaseGeometry:
        """Flatten a lon/lat area: what of it is on the map, valid, in kilometres on paper."""
        pieces = [self._flattened(piece) for piece in self._pieces(area)]
        if not pieces:
            return Polygon()
        grown = [shapely.buffer(piece, _JOIN_KM, join_style="mitre") for piece in pieces]
        joined = shapely.buffer(shapely.union_all(grown), -_JOIN_KM, join_style="mitre")
        return joined if joined.is_valid else shapely.make_valid(joined)

    def line(self, line: BaseGeometry) -> MultiLineString:
        """Flatten lon/lat curves: what of them is on the map, in kilometres on paper, joined where it was cut."""
        parts = [self._flattened(piece) for piece in self._pieces(line)]
        kept = [part for part in _lines(parts) if part.length > 0]
        if not kept:
            return MultiLineString()
        snapped = shapely.set_precision(MultiLineString(kept), 1e-3, mode="pointwise")
        merged = shapely.line_merge(shapely.MultiLineString([part for part in _lines([snapped]) if part.length > 0]))
        return MultiLineString(list(_lines([merged])))

    def point(self, at: LonLat) -> tuple[float, float] | None:
        """Flatten a point; None where it is not on the map."""
        if not shapely.intersects_xy(self._window, *at):
            return None
        lon = at.lon if self.is_azimuthal else (at.lon - self.center.lon + 180) % 360 - 180
        x, y = self._flat(np.array([[lon, at.lat]]))[0]
        return float(x), float(y)

    @cached_property
    def _proj(self) -> Proj:
        turn = f" +lon_0={self.center.lon} +lat_0={self.center.lat}" if self.is_azimuthal else " +lon_0=0"
        return Proj(_PROJ[self.name] + turn)

    @cached_property
    def _window(self) -> BaseGeometry:
        """What of the Earth is on the map, in degrees."""
        if self.is_azimuthal:
            return geodesy.ring(self.center, min(self.radius_km, _HORIZON_KM if self.name == "globe" else _FAR_KM))
        top = _MERCATOR_LAT if self.name == "mercator" else 90.0
        return box(-180, -top, 180, top)

    def _pieces(self, geometry: BaseGeometry) -> list[BaseGeometry]:
        """Cut geometry so that no piece holds a tear of the map."""
        seen = shapely.intersection(geometry, self._window)
        if self.is_azimuthal:
            return [piece for cell in _CELLS if not (piece := shapely.intersection(seen, cell)).is_empty]
        return [piece for piece in self._moved(seen) if not piece.is_empty]

    def _moved(self, seen: BaseGeometry) -> Iterable[BaseGeometry]:
        """Cut at the meridian opposite the centre, and measure longitudes from the centre."""
        middle = (self.center.lon + 180) % 360 - 180
        for turn in (-360, 0, 360):
            west = middle - 180 - turn
            part = shapely.intersection(seen, box(west, -90, west + 360, 90))
            yield shapely.transform(
                part, lambda xy, by=turn - middle: np.clip(np.add(xy, (by, 0)), (-180, -90), (180, 90))
            )

    def _flattened(self, piece: BaseGeometry) -> BaseGeometry:
        flat = shapely.transform(shapely.segmentize(piece, _STEP_DEG), self._flat)
        return flat if flat.is_valid else shapely.make_valid(flat)

    def _flat(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._proj(positions[:, 0], positions[:, 1]))


def named(name: str) -> Name:
    """Read the name of a projection.

    Raises
    ------
    UsageError
        If it is none of those known, with their list.
    """
    for known in NAMES:
        if name.casefold() == known:
            return known
    msg = f"unknown projection '{name}'; known: {', '.join(NAMES)}"
    raise UsageError(msg)


def middle(area: BaseGeometry) -> LonLat:
    """Return the middle of a lon/lat area: the centroid that it has on a map centred there."""
    corners = np.radians(shapely.get_coordinates(shapely.convex_hull(shapely.segmentize(area, 1.0))))
    lon, lat = corners.T
    x, y, z = np.mean([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    center = LonLat(float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y)))))
    for _ in range(3):
        plane = Projection("aeqd", center)
        at = plane.area(area).centroid
        lon_deg, lat_deg = Proj(plane._proj.srs)(at.x, at.y, inverse=True)  # noqa: SLF001 - our own
        center = LonLat(round(float(lon_deg), 2), round(float(lat_deg), 2))
    return center


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """List the polygons in a geometry of any kind."""
    parts = shapely.get_parts(shapely.get_parts(geometry)) if not geometry.is_empty else []
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _lines(geometries: Iterable[BaseGeometry]) -> Iterable[LineString]:
    for geometry in geometries:
        for part in shapely.get_parts(shapely.get_parts(geometry)):
            if part.geom_type in {"LineString", "LinearRing"}:
                yield part


def _globe_radius() -> float:
    return 6371.0088
