"""Where claims and geodesy meet: the lines of a contest, drawn about a launch region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from rangemap.geodesy import core_reaches, reaches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from shapely import MultiLineString, MultiPolygon, Polygon

    Fill: TypeAlias = Polygon | MultiPolygon

REGION_TOLERANCE_M = 250.0
"""Greatest distance of a drawn edge from the true curve about a region."""


@dataclass(frozen=True, slots=True)
class Reaches:
    """The reach of one launch region at several distances.

    Attributes
    ----------
    fills, outlines
        By distance in kilometres: the area within it, and its curve (cut at ±180, without seam edges).
    """

    fills: dict[float, Fill]
    outlines: dict[float, MultiLineString]

    def between(self, inner_km: float, outer_km: float) -> Fill:
        """Return the area that lies within `outer_km` but not within `inner_km` (0 for nothing taken out)."""
        outer = self.fills[outer_km]
        return polygons_of(shapely.difference(outer, self.fills[inner_km])) if inner_km else outer


def reaches_of(region: Fill, ranges_km: Iterable[float], *, tolerance_m: float = REGION_TOLERANCE_M) -> Reaches:
    """Measure the reach of a region at every distance at once.

    Parameters
    ----------
    region
        Polygons in lon/lat degrees, valid, cut at ±180.
    ranges_km
        Distances in kilometres, in any order.
    tolerance_m
        Greatest distance of a drawn edge from the true curve, in metres.
    """
    distances = sorted(set(ranges_km))
    areas = reaches(region, distances, tolerance_m=tolerance_m)
    return Reaches(
        fills={km: area.fill for km, area in zip(distances, areas, strict=True)},
        outlines={km: area.outline for km, area in zip(distances, areas, strict=True)},
    )


def core_reaches_of(
    region: Fill, ranges_km: Iterable[float], *, tolerance_m: float = REGION_TOLERANCE_M
) -> dict[float, Fill]:
    """Measure what is reached from everywhere in a region, by distance; parameters as for `reaches_of`."""
    distances = sorted(set(ranges_km))
    areas = core_reaches(region, distances, tolerance_m=tolerance_m)
    return {km: area.fill for km, area in zip(distances, areas, strict=True)}


def polygons_of(geometry: shapely.Geometry) -> Fill:
    """Keep the polygons of a geometry and drop the points and lines that an overlay may leave, outer rings CCW."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    flat = [polygon for part in parts for polygon in shapely.get_parts(part)]
    return shapely.orient_polygons(flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat))
