"""Distances between areas and to points, judged by geographiclib."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from shapely import MultiPolygon, Point, box

from rangemap.errors import RegionError, UsageError
from rangemap.geodesy import area_km2, distance, distances, geodesic_line, spans
from rangemap.geodesy.tree import occurring
from rangemap.types import LonLat

if TYPE_CHECKING:
    from shapely import Polygon

WGS84 = Geodesic.WGS84
HOME = box(44, 25, 63, 40)
SEAM = MultiPolygon([box(175, -20, 180, -15), box(-180, -20, -178, -15)])


def km(start: tuple[float, float], end: tuple[float, float]) -> float:
    return WGS84.Inverse(start[1], start[0], end[1], end[0])["s12"] / 1000


def boundary_km(region: MultiPolygon, lon: float, lat: float) -> np.ndarray:
    parts = region.geoms if hasattr(region, "geoms") else [region]
    lines = [part.exterior.segmentize(0.05).coords for part in parts]
    return np.array([km((lon, lat), point) for line in lines for point in line])


@pytest.mark.parametrize("area", [box(100, -10, 110, 0), box(-120, 50, -100, 60), SEAM, box(-180, -90, 180, -70)])
def test_the_ends_realise_the_distances(area: Polygon | MultiPolygon) -> None:
    span = distance(HOME, area)
    assert km(span.nearest_from, span.nearest_to) == pytest.approx(span.nearest_km, abs=1e-6)
    assert km(span.farthest_from, span.farthest_to) == pytest.approx(span.farthest_km, abs=1e-6)
    for end, region in ((span.nearest_from, HOME), (span.nearest_to, area)):
        assert region.boundary.distance(Point(end)) < 1e-9


@pytest.mark.parametrize("region", [HOME, SEAM])
def test_points_are_measured_within_ten_metres(region: Polygon | MultiPolygon) -> None:
    random = np.random.default_rng(3)
    points = np.stack([random.uniform(-180, 180, 12), random.uniform(-85, 85, 12)], axis=1)
    nearest, farthest = distances(region, points)
    for (lon, lat), near_km, far_km in zip(points, nearest, farthest, strict=True):
        all_km = boundary_km(region, lon, lat)
        assert near_km <= all_km.min() + 0.01
        assert near_km == pytest.approx(0 if region.contains(Point(lon, lat)) else all_km.min(), abs=0.05)
        facing = region.contains(Point((lon + 360) % 360 - 180, -lat))
        assert far_km == pytest.approx(20_003.9315 if facing else all_km.max(), abs=0.05)


@pytest.mark.parametrize("shift_deg", [0.02, 0.2, 0.5, 6, 11.5, 12, 15])
def test_the_furthest_point_is_right_beside_the_antipode_and_where_formulas_change(shift_deg: float) -> None:
    """Near the antipode the furthest point is not the one next to it; at 18,800 km Karney takes over from Lambert."""
    region = box(170, -41, 172, -40)
    points = [(-9, 41 + shift_deg), (-8 + shift_deg, 40.3), (-9.3, 40 - shift_deg), (-10 - shift_deg, 41.2)]
    _, farthest = distances(region, points)
    for (lon, lat), far_km in zip(points, farthest, strict=True):
        sampled_km = boundary_km(region, lon, lat).max()  # every 5 km, so a little less than the furthest
        assert sampled_km - 0.01 < far_km < sampled_km + 0.5


def test_points_inside_are_at_no_distance() -> None:
    nearest, _ = distances(HOME, [(51.4, 35.7), (44, 25), (0, 0)])
    assert nearest[:2].tolist() == [0, 0]
    assert nearest[2] > 4000


def test_the_antipode_in_the_region_is_half_a_meridian_away() -> None:
    _, farthest = distances(HOME, [(-128, -30)])
    assert farthest[0] == pytest.approx(20_003.9315, abs=1e-3)
    span = distance(HOME, box(-130, -31, -127, -29))
    assert span.farthest_km == pytest.approx(20_003.9315, abs=1e-3)
    assert km(span.farthest_from, span.farthest_to) == pytest.approx(span.farthest_km, abs=1e-3)


def test_overlapping_areas_share_a_point() -> None:
    span = distance(HOME, box(60, 30, 80, 50))
    assert span.nearest_km == 0
    assert span.nearest_from == span.nearest_to
    assert HOME.covers(Point(span.nearest_from))


def test_across_the_antimeridian_is_near() -> None:
    assert distance(box(178, 0, 179, 1), box(-179, 0, -178, 1)).nearest_km == pytest.approx(
        km((179, 1), (-179, 1)), abs=0.01
    )


def test_spans_are_distances() -> None:
    areas = [box(0, 0, 1, 1), HOME, SEAM]
    assert spans(HOME, areas) == [distance(HOME, area) for area in areas]
    assert spans(HOME, []) == []


def test_no_points_no_distances() -> None:
    nearest, farthest = distances(HOME, [])
    assert nearest.shape == farthest.shape == (0,)


@pytest.mark.parametrize("points", [[1, 2, 3], [[0, 91]], [[np.nan, 0]]])
def test_refuses_points(points: list[object]) -> None:
    with pytest.raises(UsageError, match="points must be"):
        distances(HOME, points)


def test_refuses_areas() -> None:
    with pytest.raises(RegionError):
        distance(HOME, Point(0, 0))


@pytest.mark.parametrize("numbers", [[], [0], [3, 3, 1], [7, 0, 7, 2, 2]])
def test_numbers_that_occur_are_what_numpy_calls_unique(numbers: list[int]) -> None:
    found = occurring(np.array(numbers, dtype=np.intp))
    assert found.tolist() == np.unique(np.array(numbers, dtype=np.intp)).tolist()
    assert found.dtype == np.intp


def test_area_of_the_whole_earth_and_of_its_half() -> None:
    assert area_km2(box(-180, -90, 180, 90)) == pytest.approx(510_065_621.724, rel=1e-9)
    assert area_km2(box(-180, 0, 180, 90)) == pytest.approx(510_065_621.724 / 2, rel=1e-9)


def test_area_of_a_small_box_agrees_with_geographiclib() -> None:
    polygon = WGS84.Polygon()
    for lon in np.linspace(10, 11, 200):
        polygon.AddPoint(50, lon)
    for lon in np.linspace(11, 10, 200):
        polygon.AddPoint(51, lon)
    _, _, area = polygon.Compute()
    assert area_km2(box(10, 50, 11, 51)) == pytest.approx(abs(area) / 1e6, rel=1e-6)


def test_a_hole_is_subtracted() -> None:
    whole, hole = box(0, 0, 10, 10), box(3, 3, 5, 5)
    assert area_km2(whole.difference(hole)) == pytest.approx(area_km2(whole) - area_km2(hole), rel=1e-12)


@pytest.mark.parametrize(
    ("start", "end", "pieces"), [((51, 35), (-100, 40), 1), ((170, 50), (-120, 40), 2), ((5, 5), (5, 5), 0)]
)
def test_a_line_keeps_to_the_shortest_path(start: tuple[float, float], end: tuple[float, float], pieces: int) -> None:
    line = geodesic_line(LonLat(*start), LonLat(*end))
    assert len(line.geoms) == pieces
    direct_km = km(start, end)
    for lon, lat in (point for part in line.geoms for point in part.segmentize(1).coords):
        assert km(start, (lon, lat)) + km((lon, lat), end) == pytest.approx(direct_km, abs=0.25)
