"""Polygons cut for globes that draw on a sphere, such as Google Earth: no part wider than a quarter of the globe.

A fill that goes round the pole, or further than half round, is ambiguous on a sphere: which side is inside? Cut along
meridians into sectors it is not, and an edge that runs along a pole shrinks to a corner. Long edges get vertices on the
way, so that a straight line in longitude and latitude is not taken for a great circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely import Polygon

SECTOR_DEG = 90
LONGEST_EDGE_DEG = 1.0


def sectors(area: shapely.Geometry) -> list[Polygon]:
    """Cut polygons into parts of at most a quarter of the globe, densified, outer rings counter-clockwise."""
    parts = [piece for polygon in shapely.get_parts(area) for piece in _pieces(polygon)]
    dense = shapely.segmentize(parts, LONGEST_EDGE_DEG)
    return list(shapely.orient_polygons(dense))


def _pieces(polygon: Polygon) -> list[Polygon]:
    west, south, east, north = shapely.bounds(polygon)
    touches_pole = south <= -90 or north >= 90  # noqa: PLR2004 - the poles
    if east - west <= SECTOR_DEG and not touches_pole:
        return [polygon]
    boxes = [shapely.box(lon, -90, lon + SECTOR_DEG, 90) for lon in range(-180, 180, SECTOR_DEG)]
    pieces = shapely.get_parts(shapely.intersection(polygon, boxes))
    return [piece for piece in shapely.get_parts(pieces) if piece.geom_type == "Polygon" and piece.area > 0]
