"""What of the Earth a figure shows, and its geometry flattened for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod
from shapely import MultiLineString, affinity, box

from rangemap import places
from rangemap.figures.projection import Name, Projection, middle, polygons
from rangemap.places.outline import outlines
from rangemap.types import LineRole, LonLat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from rangemap.layers import LayerSet, Line, View

UNDRAWN = frozenset({LineRole.EARLIER, LineRole.SET_ASIDE})
"""Lines that the page shows only when asked."""

_WORLD_KM = 5_000.0
_DISC_KM = 16_000.0
_FLAT_KM, _RIM_KM = 11_000.0, 1_800.0
_DETAIL_KM = 9.0
_AIR = 1.07
_COARSE_PX = 0.3
_LEAST_PX2 = 0.8
_ALONE = 3.2
_TURN_DEG, _TURN_KM = -35, 5_000
_WORLD_LATS = {"plate-carree": (-90.0, 90.0), "mercator": (-78.0, 83.0), "robinson": (-90.0, 90.0)}


@dataclass(frozen=True)
class Sheet:
    """A window on a projection, at a size on paper.

    Attributes
    ----------
    view
        Whose geometry is drawn.
    bounds
        West, south, east, north of the window, kilometres on paper.
    width, height
        Of the window, pixels of 1/96 inch.
    is_world
        Whether the whole map is in the window, so that its edge is drawn.
    """

    projection: Projection
    view: View
    bounds: tuple[float, float, float, float]
    width: float
    height: float
    is_world: bool

    @property
    def km_per_px(self) -> float:
        """Kilometres on paper to a pixel."""
        return (self.bounds[2] - self.bounds[0]) / self.width

    @cached_property
    def ground(self) -> BaseGeometry:
        """What is map, not paper."""
        return shapely.intersection(box(*self.bounds), self.projection.frame)

    def area(self, area: BaseGeometry) -> BaseGeometry:
        """Flatten an area and leave out what no eye sees at this size."""
        cut = shapely.intersection(self.projection.area(area), self.ground)
        coarse = shapely.simplify(cut, _COARSE_PX * self.km_per_px)
        least = _LEAST_PX2 * self.km_per_px**2
        return shapely.MultiPolygon([part for part in polygons(coarse) if part.area > least])

    def line(self, line: BaseGeometry, *, least_px: float = 2.0) -> MultiLineString:
        """Flatten curves likewise."""
        coarse = shapely.simplify(self.projection.line(line), _COARSE_PX * self.km_per_px)
        cut = shapely.intersection(coarse, box(*self.bounds))
        parts = shapely.get_parts(shapely.get_parts(cut))
        least = least_px * self.km_per_px
        return MultiLineString([p for p in parts if p.geom_type == "LineString" and p.length > least])

    def pixels(self, geometry: BaseGeometry) -> BaseGeometry:
        """Turn kilometres on paper into pixels from the window's upper left, y down."""
        scale = 1 / self.km_per_px
        west, _, _, north = self.bounds
        return affinity.affine_transform(geometry, [scale, 0, 0, -scale, -west * scale, north * scale])

    @cached_property
    def is_coarse(self) -> bool:
        """Whether the small-scale base map is enough."""
        return self.km_per_px > _DETAIL_KM

    def base(self) -> tuple[BaseGeometry, MultiLineString, MultiLineString]:
        """Return land, coasts and borders, flattened."""
        found = outlines("110m" if self.is_coarse else "50m")
        return self.area(found.land), self.line(found.coasts), self.line(found.borders)

    def countries(self) -> dict[str, BaseGeometry]:
        """Return the countries in the window by their id, in pixels: coarse, for names to stand in."""
        seen = {row.id for row in self.view.countries} | {self.view.region_country}
        shapes = {
            each.id: self.pixels(self.area(each.geometry)) for each in places.countries("110m") if each.id in seen
        }
        return {code: shape for code, shape in shapes.items() if not shape.is_empty}


def drawn_lines(layerset: LayerSet) -> list[Line]:
    """List the lines that have a curve on the figure, innermost first."""
    curves = layerset.views[0].outlines
    lines = [line for system in layerset.systems for line in system.lines if line.role not in UNDRAWN]
    return sorted((line for line in lines if not _is_empty(curves.get(line.id))), key=lambda line: line.km)


def sheet_for(layerset: LayerSet, name: Name, width: float, height: float) -> Sheet:
    """Choose what to show: all rings and the launch region, or the world where they reach round it.

    Parameters
    ----------
    width, height
        The room for the map, pixels; a world map that is flatter takes less of the height.
    """
    view, lines = layerset.views[0], drawn_lines(layerset)
    counted = [line.km for system in layerset.systems for line in system.lines if line.role not in UNDRAWN]
    reach = max(counted, default=0.0)
    if name == "globe":
        return _whole(Projection(name, _facing(view, reach)), view, width, height)
    projection = Projection(name, middle(view.region))
    shapes = [projection.area(view.region), *(projection.line(view.outlines[line.id]) for line in lines)]
    west, south, east, north = shapely.total_bounds(shapes)
    span = max(east - west, north - south)
    if name == "aeqd":
        if span / 2 > _DISC_KM or reach > _DISC_KM:
            return _whole(projection, view, width, height)
    elif reach > _WORLD_KM or east - west > 0.5 * _width(projection):
        return _whole(projection, view, width, height)
    air = _AIR if lines else _ALONE
    bounds = _filled((west, south, east, north), width / height, air)
    if name != "aeqd":
        return Sheet(projection, view, bounds, width, height, is_world=False)
    if _farthest(bounds) > _FLAT_KM:
        disc = Projection(name, projection.center, _farthest((west, south, east, north), corners=False) + _RIM_KM)
        return _whole(disc, view, width, height)
    projection = Projection(name, projection.center, _farthest(bounds) * 1.02)
    return Sheet(projection, view, bounds, width, height, is_world=False)


def _farthest(bounds: Sequence[float], *, corners: bool = True) -> float:
    """Return how far the corners of a window lie from the map's middle, or its sides."""
    across, up = np.abs([bounds[0], bounds[2]]).max(), np.abs([bounds[1], bounds[3]]).max()
    return float(np.hypot(across, up) if corners else max(across, up))


def _is_empty(curve: MultiLineString | None) -> bool:
    return curve is None or curve.is_empty


def _facing(view: View, reach_km: float) -> LonLat:
    """Turn the globe so that launch region and rings are both in sight."""
    center = middle(view.region)
    if reach_km <= _WORLD_KM:
        return center
    lon, lat, _ = Geod(ellps="WGS84").fwd(*center, _TURN_DEG, _TURN_KM * 1000)
    return LonLat(round(float(lon), 2), round(float(lat), 2))


def _width(projection: Projection) -> float:
    west, _, east, _ = projection.frame.bounds
    return float(east - west)


def _whole(projection: Projection, view: View, width: float, height: float) -> Sheet:
    """Show the whole map; one that is flatter than its room takes less of the height."""
    west, south, east, north = projection.frame.bounds
    if projection.is_azimuthal:
        bounds = _filled((west, south, east, north), width / height, 1.02)
        return Sheet(projection, view, bounds, width, height, is_world=True)
    low, high = _WORLD_LATS[projection.name]
    middle_lon = projection.center.lon
    ends = [projection.point(LonLat(middle_lon, lat)) or (0.0, 0.0) for lat in (max(low, -89.9), min(high, 89.9))]
    south, north = max(south, ends[0][1]), min(north, ends[1][1])
    air = (east - west) * 0.004
    bounds = (west - air, south - air, east + air, north + air)
    tall = width * (bounds[3] - bounds[1]) / (bounds[2] - bounds[0])
    if tall > height:
        bounds = _shorter(bounds, height / tall)
    return Sheet(projection, view, bounds, width, min(tall, height), is_world=True)


def _shorter(bounds: tuple[float, float, float, float], share: float) -> tuple[float, float, float, float]:
    """Take from the south and the north of a window, most from the south, where there is least land."""
    west, south, east, north = bounds
    spare = (north - south) * (1 - share)
    return (west, south + 0.7 * spare, east, north - 0.3 * spare)


def _filled(bounds: Sequence[float], aspect: float, air: float) -> tuple[float, float, float, float]:
    """Grow a window about its middle to a shape, with some air."""
    west, south, east, north = bounds
    x, y = (west + east) / 2, (south + north) / 2
    wide = max(east - west, (north - south) * aspect) * air
    return (x - wide / 2, y - wide / aspect / 2, x + wide / 2, y + wide / aspect / 2)
