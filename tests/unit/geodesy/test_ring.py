"""Rings about points, judged by geographiclib."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from rangemap.errors import RangeError, RegionError
from rangemap.geodesy import ring, rings
from rangemap.types import LonLat

WGS84 = Geodesic.WGS84
HALF_MERIDIAN_KM = WGS84.Inverse(0, 0, 0, 180)["s12"] / 1000
TO_POLE_KM = WGS84.Inverse(40, 0, 90, 0)["s12"] / 1000

CASES = [
    ((51.4, 35.7), 1.0),
    ((51.4, 35.7), 2000.0),
    ((178.0, -18.0), 3000.0),
    ((-180.0, 10.0), 700.0),
    ((180.0, 10.0), 700.0),
    ((125.75, 39.02), 5500.0),
    ((0.0, 90.0), 11000.0),
    ((30.0, -90.0), 4000.0),
    ((10.0, 40.0), TO_POLE_KM),
    ((-90.0, 40.0), TO_POLE_KM + 0.004),
    ((180.0, 40.0), TO_POLE_KM - 0.004),
    ((0.0, 89.99999), 300.0),
    ((51.4, 35.7), 15000.0),
    ((0.0, 0.0), 19990.0),
    ((20.0, 50.0), 19930.0),
]


def km_from(center: tuple[float, float], lon: float, lat: float) -> float:
    return WGS84.Inverse(center[1], center[0], lat, lon)["s12"] / 1000


def edge_points(line: shapely.LineString) -> np.ndarray:
    xy = shapely.get_coordinates(line)
    y = np.arctanh(np.sin(np.radians(np.clip(xy[:, 1], -89.9999, 89.9999))))
    points = []
    for share in (0.25, 0.5, 0.75):
        lon = xy[:-1, 0] + share * np.diff(xy[:, 0])
        points.append(np.stack([lon, xy[:-1, 1] + share * np.diff(xy[:, 1])], axis=1))
        lat = np.degrees(np.arcsin(np.tanh(y[:-1] + share * np.diff(y))))
        shown = np.maximum(np.abs(xy[:-1, 1]), np.abs(xy[1:, 1])) < 85.06
        points.append(np.stack([lon, lat], axis=1)[shown])
    return np.concatenate(points)


@pytest.mark.parametrize(("center", "range_km"), CASES)
def test_vertices_lie_on_the_circle_and_edges_near_it(center: tuple[float, float], range_km: float) -> None:
    (area,) = rings(LonLat(*center), [range_km])
    tolerance_km = min(0.1, 0.0005 * range_km)
    for line in area.outline.geoms:
        for lon, lat in line.coords:
            assert km_from(center, lon, lat) == pytest.approx(range_km, abs=1e-5)
        for lon, lat in edge_points(line)[::7]:
            assert km_from(center, lon, lat) == pytest.approx(range_km, abs=tolerance_km)


@pytest.mark.parametrize(("center", "range_km"), CASES)
def test_no_point_on_earth_is_on_the_wrong_side(center: tuple[float, float], range_km: float) -> None:
    area = ring(LonLat(*center), range_km)
    shapely.prepare(area)
    random = np.random.default_rng(7)
    tolerance_km = min(0.1, 0.0005 * range_km)
    points = np.stack([random.uniform(-180, 180, 300), np.degrees(np.arcsin(random.uniform(-1, 1, 300)))], axis=1)
    for lon, lat in points:
        far_km = km_from(center, lon, lat) - range_km
        if abs(far_km) > tolerance_km:
            assert shapely.contains_xy(area, lon, lat) == (far_km < 0)


@pytest.mark.parametrize(("center", "range_km"), CASES)
def test_polygons_keep_rfc_7946(center: tuple[float, float], range_km: float) -> None:
    area = ring(LonLat(*center), range_km)
    west, south, east, north = area.bounds
    assert area.is_valid
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    for part in shapely.get_parts(area):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)


@pytest.mark.parametrize(("center", "range_km"), CASES)
def test_an_outline_has_no_seam(center: tuple[float, float], range_km: float) -> None:
    (area,) = rings(LonLat(*center), [range_km])
    xy, line = shapely.get_coordinates(area.outline.geoms, return_index=True)
    same = line[1:] == line[:-1]
    on_seam = (np.abs(xy[1:, 0]) == 180) & (np.abs(xy[:-1, 0]) == 180)
    at_pole = (np.abs(xy[1:, 1]) == 90) & (np.abs(xy[:-1, 1]) == 90)
    assert not (same & (on_seam | at_pole)).any()
    assert np.all(np.abs(np.diff(xy[:, 0])[same]) <= 180)


def test_a_vertex_marks_the_rim_of_the_web_mercator_map() -> None:
    (area,) = rings(LonLat(37.6, 55.8), [4000])
    limit = math.degrees(math.atan(math.sinh(math.pi)))
    assert (shapely.get_coordinates(area.outline)[:, 1] == limit).any()


@pytest.mark.parametrize("range_km", [HALF_MERIDIAN_KM + 0.001, 25_000, 40_076])
def test_beyond_the_antipode_lies_the_whole_earth(range_km: float) -> None:
    (area,) = rings(LonLat(51.4, 35.7), [range_km])
    assert area.fill.equals(shapely.box(-180, -90, 180, 90))
    assert area.outline.is_empty


@pytest.mark.parametrize("range_km", [0, -1, math.nan, math.inf, 40_077])
def test_ranges_that_no_figure_can_have(range_km: float) -> None:
    with pytest.raises(RangeError, match=r"at most 40,076 km"):
        ring(LonLat(0, 0), range_km)


@pytest.mark.parametrize("center", [(0, 91), (math.nan, 0), (0, math.nan)])
def test_centres_that_are_no_points(center: tuple[float, float]) -> None:
    with pytest.raises(RegionError, match="longitude and latitude"):
        ring(LonLat(*center), 100)


def test_a_tolerance_must_be_a_length() -> None:
    with pytest.raises(RangeError, match="tolerance"):
        ring(LonLat(0, 0), 100, tolerance_m=0)


def test_a_coarser_tolerance_takes_fewer_vertices() -> None:
    fine, coarse = (ring(LonLat(51, 35), 2000, tolerance_m=value) for value in (50, 5000))
    assert shapely.get_num_coordinates(coarse) < shapely.get_num_coordinates(fine) / 5
