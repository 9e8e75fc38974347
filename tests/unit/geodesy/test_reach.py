"""Reach and core reach of regions: their rules, and what is refused."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from shapely import MultiPolygon, Point, Polygon, box

from rangemap.errors import RangeError, RegionError
from rangemap.geodesy import area_km2, core_reach, core_reaches, reach, reaches

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WGS84 = Geodesic.WGS84
COLORADO = box(-109.05, 36.993, -102.05, 41.0)
FIJI_LIKE = MultiPolygon([box(177, -19, 180, -16), box(-180, -18, -178, -16)])
POLAR = box(-180, -90, 180, -70)


def test_the_49th_parallel_stays_a_parallel() -> None:
    area = reach(box(-123, 40, -95, 49), 100)
    north_lat = WGS84.Direct(49, -109, 0, 100_000)["lat2"]
    assert area.contains(Point(-109, north_lat - 0.0025))
    assert not area.contains(Point(-109, north_lat + 0.0025))


def test_a_seam_is_no_boundary() -> None:
    (area,) = reaches(FIJI_LIKE, [20])
    assert area.fill.covers(Point(180, -17))
    xy = shapely.get_coordinates(area.outline)
    assert ((np.abs(xy[:, 0]) < 180) | (xy[:, 1] > -16) | (xy[:, 1] < -18)).all()


def test_a_region_about_a_pole_has_no_pole_edge() -> None:
    (area,) = reaches(POLAR, [500])
    edge_lat = WGS84.Direct(-70, 0, 0, 500_000)["lat2"]
    xy = shapely.get_coordinates(area.outline)
    assert len(area.outline.geoms) == 1
    assert xy[:, 1] == pytest.approx(edge_lat, abs=0.0025)
    assert area.fill.contains(Point(33, -89.99))


def test_reach_keeps_the_hole_that_a_range_does_not_close() -> None:
    sea = Polygon(box(0, 0, 20, 20).exterior, [box(4, 4, 16, 16).exterior])
    area = reach(sea, 200)
    assert len(area.interiors) == 1
    assert not area.contains(Point(10, 10))


def test_reach_drops_what_lies_inside_the_region() -> None:
    assert not reach(box(0, 0, 20, 20), 200).interiors


def test_ranges_come_back_in_their_order() -> None:
    areas = reaches(COLORADO, [2000, 300, 2000, 13_000])
    assert [area.range_km for area in areas] == [2000, 300, 2000, 13_000]
    assert areas[0].fill.equals(areas[2].fill)


def test_shared_work_changes_nothing() -> None:
    together = reaches(COLORADO, [50, 2000, 5500])
    for area in together:
        alone = reach(COLORADO, area.range_km)
        assert area_km2(alone) == pytest.approx(area_km2(area.fill), rel=2e-3 / area.range_km**0.5)


def test_bands_tile() -> None:
    inner, outer = reaches(FIJI_LIKE, [1300, 2000])
    band = outer.fill.difference(inner.fill)
    assert area_km2(inner.fill) + area_km2(band) == pytest.approx(area_km2(outer.fill), rel=1e-6)


def test_core_reach_is_empty_until_the_range_spans_the_region() -> None:
    assert core_reach(COLORADO, 300).is_empty
    assert not core_reach(COLORADO, 500).is_empty


def test_core_reach_lies_within_reach() -> None:
    (core,), (any_point,) = core_reaches(FIJI_LIKE, [3000]), reaches(FIJI_LIKE, [3000])
    assert any_point.fill.contains(core.fill)


def test_core_reach_leaves_out_the_antipodes() -> None:
    core = core_reach(COLORADO, 19_000)
    assert not core.contains(Point(-105.5 + 180, -39))
    assert core.contains(Point(-105.5, 39))


def test_reach_near_half_the_circumference() -> None:
    assert reach(COLORADO, 19_800).equals(shapely.box(-180, -90, 180, 90))
    small = box(10, 50, 10.1, 50.1)
    hole = shapely.box(-180, -90, 180, 90).difference(reach(small, 19_800))
    assert hole.centroid.distance(Point(-169.95, -50.05)) < 0.5


def test_more_than_half_the_circumference_is_the_whole_earth() -> None:
    (area,) = reaches(COLORADO, [20_004])
    assert area.fill.equals(shapely.box(-180, -90, 180, 90))
    assert area.outline.is_empty


@pytest.mark.parametrize("range_km", [0, -3, math.nan, math.inf, 50_000])
def test_refuses_ranges(range_km: float) -> None:
    with pytest.raises(RangeError):
        reach(COLORADO, range_km)


@pytest.mark.parametrize("tolerance_m", [0, -3, math.nan, math.inf])
def test_refuses_tolerances(tolerance_m: float) -> None:
    with pytest.raises(RangeError, match="tolerance"):
        reach(COLORADO, 100, tolerance_m=tolerance_m)


@pytest.mark.parametrize(
    ("region", "why"),
    [
        (Point(0, 0), "must be a Polygon"),
        (Polygon(), "is empty"),
        (box(170, 0, 190, 10), "not inside"),
        (Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "not valid"),
    ],
)
def test_refuses_regions(region: BaseGeometry, why: str) -> None:
    with pytest.raises(RegionError, match=why):
        reach(region, 100)
