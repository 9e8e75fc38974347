"""The reach of a region: all points within a distance of at least one of its points, and of every one.

Only boundary points matter: outside the region the nearest point of it lies on the boundary, and the furthest always
does unless the antipode is inside. So the reach is the region and a union of geodesic discs about its boundary, the
core reach an intersection of discs. `envelope` finds the arcs of their outline, `curve` puts vertices on them, `seam`
lays the loops out on the sheet.

Ranges of one region share work. A boundary point that is nearest to some point at a distance is nearest to the points
on the way to it too, so what is seen at a long range was seen at every shorter one: ranges are taken in ascending
order, each looking only at the arcs that the one before has left (descending for the core, where the same holds of
the furthest).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import MultiLineString, MultiPolygon, Polygon

from rangemap.geodesy import boundary as _boundary
from rangemap.geodesy import seam
from rangemap.geodesy.area import Area
from rangemap.geodesy.curve import traced
from rangemap.geodesy.ellipsoid import HALF_MERIDIAN_M, checked_range_m, checked_tolerance_m
from rangemap.geodesy.envelope import envelope, linked
from rangemap.geodesy.folded import folded_loops
from rangemap.geodesy.level import FAR_M, level
from rangemap.geodesy.tree import occurring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rangemap.geodesy.curve import Trace
    from rangemap.geodesy.ellipsoid import Bools, Floats

DEFAULT_TOLERANCE_M = 250.0

_SCALLOP_SHARE = 0.6
_CHORD_SHARE = 0.7


def reach(
    region: Polygon | MultiPolygon, range_km: float, *, tolerance_m: float = DEFAULT_TOLERANCE_M
) -> Polygon | MultiPolygon:
    """Return all points within a range of at least one point of a region, the region itself included.

    Parameters
    ----------
    region
        Valid polygons in degrees, longitude first, cut at the antimeridian; edges are straight in longitude and
        latitude.
    range_km
        Above 0 and up to 40,076 km; from about 20,004 km on, all is within reach.
    tolerance_m
        How far the drawn edge may lie from the true one, on the ground.

    Returns
    -------
    Polygon or MultiPolygon
        The fill; `reaches` gives its outline too.

    Raises
    ------
    RangeError
        If the range or the tolerance is no such number.
    RegionError
        If the region can't be measured from.
    """
    return reaches(region, [range_km], tolerance_m=tolerance_m)[0].fill


def core_reach(
    region: Polygon | MultiPolygon, range_km: float, *, tolerance_m: float = DEFAULT_TOLERANCE_M
) -> Polygon | MultiPolygon:
    """Return all points within a range of every point of a region; an empty Polygon where there are none.

    Parameters, return value and errors are those of `reach`.
    """
    return core_reaches(region, [range_km], tolerance_m=tolerance_m)[0].fill


def reaches(
    region: Polygon | MultiPolygon, ranges_km: Iterable[float], *, tolerance_m: float = DEFAULT_TOLERANCE_M
) -> list[Area]:
    """Return the reach of a region at several ranges, fill and outline, sharing the work between them.

    Parameters
    ----------
    region, tolerance_m
        As for `reach`.
    ranges_km
        The ranges, in any order.

    Returns
    -------
    list of Area
        In the order of `ranges_km`.
    """
    return _areas(region, ranges_km, tolerance_m, inside=True)


def core_reaches(
    region: Polygon | MultiPolygon, ranges_km: Iterable[float], *, tolerance_m: float = DEFAULT_TOLERANCE_M
) -> list[Area]:
    """Return the core reach of a region at several ranges, fill and outline; parameters as for `reaches`."""
    return _areas(region, ranges_km, tolerance_m, inside=False)


def _areas(
    region: Polygon | MultiPolygon, ranges_km: Iterable[float], tolerance_m: float, *, inside: bool
) -> list[Area]:
    wanted = [(float(range_km), checked_range_m(range_km)) for range_km in ranges_km]
    checked_tolerance_m(tolerance_m)
    _boundary.checked_region(region)
    finder = _Finder(region, [range_m for _, range_m in wanted], tolerance_m, inside=inside)
    found = {range_km: finder.area(range_km, range_m) for range_km, range_m in sorted(set(wanted), reverse=not inside)}
    return [found[range_km] for range_km, _ in wanted]


class _Finder:
    """Finds areas of one region, one range after another, each from the points that the one before has left."""

    def __init__(
        self, region: Polygon | MultiPolygon, ranges_m: list[float], tolerance_m: float, *, inside: bool
    ) -> None:
        self.region = region
        self.tolerance_m = tolerance_m
        self.inside = inside
        edges = _boundary.real_edges(region)
        steps = [
            _boundary.spacing_m(edges, range_m, _SCALLOP_SHARE * self._tolerance_m(range_m))
            for range_m in ranges_m
            if range_m < HALF_MERIDIAN_M
        ]
        self.points = _boundary.points_along(edges, np.min(steps, axis=0) if steps else np.inf)

    def area(self, range_km: float, range_m: float) -> Area:
        """Return the area of one range."""
        if range_m >= HALF_MERIDIAN_M or not len(self.points):
            whole = self.inside or range_m >= HALF_MERIDIAN_M
            return Area(range_km, seam.WHOLE_EARTH if whole else Polygon(), MultiLineString())
        sheet = seam.laid_out(self._loops(range_m))
        return Area(range_km, seam.filled(sheet, whole_when_empty=self.inside), seam.outline(sheet))

    def _tolerance_m(self, range_m: float) -> float:
        return min(self.tolerance_m, range_m / 20)

    def _loops(self, range_m: float) -> list[Floats]:
        tolerance_m = self._tolerance_m(range_m)
        if range_m > FAR_M:
            return folded_loops(self.region, self.points, range_m, tolerance_m, inside=self.inside)
        at = level(range_m)
        arcs = envelope(self.points, at, inside=self.inside)
        if not len(arcs):
            self.points = self.points.take(arcs.owner)
            return []
        loops = linked(self.points, at, arcs).without(self._within_region)
        self.points = self.points.take(occurring(loops.arcs.owner))
        return _split(traced(loops.on_ellipsoid(), _CHORD_SHARE * tolerance_m)) if len(loops.arcs) else []

    def _within_region(self, lon: Floats, lat: Floats) -> Bools:
        """Tell points inside the region, where distance to the boundary says nothing."""
        if not self.inside:  # the furthest point is the antipode where that is in the region
            lon, lat = np.where(lon > 0, lon - 180, lon + 180), -lat
        within: Bools = shapely.contains_xy(self.region, lon, lat)
        return within


def _split(trace: Trace) -> list[Floats]:
    """Return the loops of a trace as points, the filled side on the left."""
    xy = np.stack([trace.lon, trace.lat], axis=1)
    cuts = np.flatnonzero(trace.loop[1:] != trace.loop[:-1]) + 1
    return [loop[::-1] for loop in np.split(xy, cuts) if len(loop) > 2]  # noqa: PLR2004 - an area has three
