"""Laws that rings and reach keep wherever they are drawn."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from rangemap.geodesy import area_km2, core_reach, distances, reach, reaches, ring, rings
from rangemap.geodesy.seam import filled, laid_out
from rangemap.types import LonLat

if TYPE_CHECKING:
    from shapely import Polygon

WGS84 = Geodesic.WGS84
LONS = st.floats(-180, 180)
LATS = st.floats(-90, 90)
RANGES = st.floats(1, 19_990)
FIXED = settings(max_examples=40)


@st.composite
def regions(draw: st.DrawFn) -> Polygon:
    west, south = draw(st.floats(-179, 150)), draw(st.floats(-85, 75))
    return box(west, south, west + draw(st.floats(0.2, 29)), south + draw(st.floats(0.2, 9)))


def km_from(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    return WGS84.Inverse(lat, lon, to_lat, to_lon)["s12"] / 1000


@FIXED
@given(LONS, LATS, RANGES, LONS, LATS)
def test_inside_exactly_when_within_range(
    lon: float, lat: float, range_km: float, to_lon: float, to_lat: float
) -> None:
    margin_km = km_from(lon, lat, to_lon, to_lat) - range_km
    if abs(margin_km) > min(0.1, 0.0005 * range_km):
        assert ring(LonLat(lon, lat), range_km).covers(shapely.Point(to_lon, to_lat)) == (margin_km < 0)


@FIXED
@given(LONS, LATS, RANGES)
def test_a_ring_is_a_valid_polygon_on_the_sheet(lon: float, lat: float, range_km: float) -> None:
    area = ring(LonLat(lon, lat), range_km)
    assert area.is_valid
    assert shapely.box(-180, -90, 180, 90).covers(area)
    assert all(part.exterior.is_ccw for part in shapely.get_parts(area))


@FIXED
@given(LONS, LATS, RANGES, st.floats(-180, 180))
def test_turning_the_globe_turns_the_ring(lon: float, lat: float, range_km: float, turn: float) -> None:
    here = area_km2(ring(LonLat(lon, lat), range_km))
    there = area_km2(ring(LonLat((lon + turn + 180) % 360 - 180, lat), range_km))
    assert here == pytest.approx(there, rel=1e-4, abs=1e-3)


@FIXED
@given(LONS, LATS, st.floats(1, 19_900))
def test_north_and_south_are_mirrors(lon: float, lat: float, range_km: float) -> None:
    north, south = ring(LonLat(lon, lat), range_km), ring(LonLat(lon, -lat), range_km)
    mirrored = shapely.transform(south, lambda xy: xy * (1, -1))
    assert area_km2(mirrored) == pytest.approx(area_km2(north), rel=1e-4, abs=1e-3)
    assert area_km2(north.symmetric_difference(mirrored)) <= 4e-3 * area_km2(north) / range_km**0.5 + 0.01 * range_km


@FIXED
@given(LONS, LATS, st.floats(10, 19_000), st.floats(1.01, 1.05))
def test_more_range_loses_nothing(lon: float, lat: float, range_km: float, factor: float) -> None:
    less, more = (area.fill for area in rings(LonLat(lon, lat), [range_km, range_km * factor]))
    assert area_km2(less.difference(more)) < 1e-6


@FIXED
@given(LONS, LATS, RANGES)
def test_cutting_twice_is_cutting_once(lon: float, lat: float, range_km: float) -> None:
    area = ring(LonLat(lon, lat), range_km)
    loops = [shapely.get_coordinates(part.exterior)[:-1] for part in shapely.get_parts(area)]
    inside = [loop for loop in loops if np.all(np.abs(loop) < (180, 90))]
    again = filled(laid_out(inside))
    assert area_km2(again) == pytest.approx(sum(area_km2(shapely.Polygon(loop)) for loop in inside), abs=1e-6)


@FIXED
@given(regions(), st.floats(10, 19_500), st.lists(st.tuples(LONS, LATS), min_size=20, max_size=20))
def test_reach_holds_what_is_near_enough(region: Polygon, range_km: float, points: list[tuple[float, float]]) -> None:
    nearest_km, farthest_km = distances(region, points)
    near, far = reach(region, range_km), core_reach(region, range_km)
    for point, least, most in zip(points, nearest_km, farthest_km, strict=True):
        if abs(least - range_km) > 0.27:
            assert near.covers(shapely.Point(point)) == (least < range_km)
        if abs(most - range_km) > 0.27:
            assert far.covers(shapely.Point(point)) == (most < range_km)


@FIXED
@given(regions(), st.lists(st.floats(10, 19_000), min_size=3, max_size=3))
def test_levels_nest_and_bands_tile(region: Polygon, ranges_km: list[float]) -> None:
    areas = reaches(region, [*ranges_km, max(ranges_km) + 50])
    by_range = sorted(areas, key=lambda area: area.range_km)
    for inner, outer in itertools.pairwise(by_range):
        if outer.range_km - inner.range_km > 1:
            assert area_km2(inner.fill.difference(outer.fill)) < 1e-3
    band = by_range[-1].fill.difference(by_range[0].fill)
    assert area_km2(by_range[0].fill) + area_km2(band) == pytest.approx(area_km2(by_range[-1].fill), rel=1e-6)


@FIXED
@given(regions(), st.floats(100, 19_000))
def test_a_reach_is_a_valid_polygon_on_the_sheet(region: Polygon, range_km: float) -> None:
    for area in (reach(region, range_km), core_reach(region, range_km)):
        assert area.is_valid
        assert area.is_empty or shapely.box(-180, -90, 180, 90).covers(area)
        assert all(part.exterior.is_ccw for part in shapely.get_parts(area) if not part.is_empty)
