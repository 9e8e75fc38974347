"""Regions at ranges next to half the circumference, where the circles fold and no closed formula holds.

What a range of 19,700 km and more leaves out lies within a few hundred kilometres of the antipodes: lenses, one about
the antipode of each boundary point. They are few enough, or the question rare enough, to be cut and joined as polygons
in a plane (azimuthal, equidistant) about the antipode of the region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from rangemap.geodesy.ellipsoid import direct, inverse, lonlat_of
from rangemap.geodesy.ring import circle
from rangemap.types import LonLat

if TYPE_CHECKING:
    from rangemap.geodesy.boundary import Points
    from rangemap.geodesy.ellipsoid import Floats

_CIRCLE_SHARE = 0.3


def folded_loops(
    region: Polygon | MultiPolygon, points: Points, range_m: float, tolerance_m: float, *, inside: bool
) -> list[Floats]:
    """Return the loops of a reach (inside) or core reach beyond 19,700 km, the filled side on their left."""
    plane = _Plane(points)
    lenses = (
        Polygon(plane.flat(circle(LonLat(float(x), float(y)), range_m, _CIRCLE_SHARE * tolerance_m)))
        for x, y in zip(points.lon, points.lat, strict=True)
    )
    if inside:
        left_out: Polygon | MultiPolygon | None = None
        for lens in lenses:
            left_out = lens if left_out is None else left_out.intersection(lens)
            if left_out.is_empty:
                return []
    else:
        left_out = shapely.union_all([*lenses, plane.opposite(region, points)])
    return [plane.round(ring) for part in shapely.get_parts(left_out) for ring in _rings(part)]


def _rings(polygon: Polygon) -> list[Floats]:
    """Return a polygon's rings with the polygon on their right, so that what it leaves out is on the left."""
    if polygon.geom_type != "Polygon":
        return []
    turned = shapely.geometry.polygon.orient(polygon, sign=-1.0)
    return [shapely.get_coordinates(ring)[:-1] for ring in (turned.exterior, *turned.interiors)]


class _Plane:
    """Distances and directions from the antipode of the middle of some points."""

    def __init__(self, points: Points) -> None:
        lon, lat = lonlat_of(-points.vectors.sum(axis=1, keepdims=True))
        self.lon, self.lat = lon, lat

    def flat(self, loop: Floats) -> Floats:
        """Return a loop in the plane, metres."""
        azimuth, distance = inverse(self.lon, self.lat, loop[:, 0], loop[:, 1])
        angle = np.radians(azimuth)
        return np.stack([distance * np.sin(angle), distance * np.cos(angle)], axis=1)

    def round(self, ring: Floats) -> Floats:
        """Return a ring of the plane on the globe, degrees."""
        azimuth = np.degrees(np.arctan2(ring[:, 0], ring[:, 1]))
        return np.stack(direct(self.lon, self.lat, azimuth, np.hypot(ring[:, 0], ring[:, 1])), axis=1)

    def opposite(self, region: Polygon | MultiPolygon, points: Points) -> Polygon | MultiPolygon:
        """Return the antipodes of a region's points in the plane, where it holds any."""
        edge = np.stack([points.lon + 180, -points.lat], axis=1)
        rings = [shapely.get_coordinates(part.exterior) for part in shapely.get_parts(region)]
        if len(rings) == 1 and len(edge) > 2:  # noqa: PLR2004 - an area has three
            return shapely.make_valid(Polygon(self.flat(edge)))
        return shapely.make_valid(MultiPolygon([Polygon(self.flat(ring * (1, -1) + (180, 0))) for ring in rings]))
