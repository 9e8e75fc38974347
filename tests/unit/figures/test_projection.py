"""Projections against geographiclib: what is inside on the map is what is within the range on the ground."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from rangemap import geodesy
from rangemap.errors import UsageError
from rangemap.figures.projection import NAMES, Name, Projection, middle, named, polygons
from rangemap.places import region
from rangemap.places.outline import outlines
from rangemap.types import LonLat

SEEN = 6371.0088


def km(a: LonLat, b: LonLat) -> float:
    return float(Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon)["s12"]) / 1000


def globe_points(number: int) -> list[LonLat]:
    rng = np.random.default_rng(7)
    lats = np.degrees(np.arcsin(rng.uniform(-1, 1, number)))
    return [LonLat(float(lon), float(lat)) for lon, lat in zip(rng.uniform(-180, 180, number), lats, strict=True)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("at", "map_center", "range_km"),
    [
        (LonLat(53, 32), LonLat(53, 32), 2000),  # the plain case
        (LonLat(127, 40), LonLat(127, 40), 5500),  # across the antimeridian, near the pole
        (LonLat(127, 40), LonLat(20, 10), 13000),  # beyond a hemisphere, over the pole, the seam elsewhere
        (LonLat(95, 66), LonLat(95, 66), 10000),  # over the pole, from Russia
        (LonLat(-178, -17), LonLat(-10, 50), 1500),  # astride the antimeridian
        (LonLat(0, 0), LonLat(0, 0), 19000),  # all but a cap about the antipode
        (LonLat(10, 88), LonLat(10, 88), 1200),  # about the pole
    ],
)
def test_inside_on_the_map_is_within_the_range(name: Name, at: LonLat, map_center: LonLat, range_km: float) -> None:
    projection = Projection(name, map_center)
    flat = projection.area(geodesy.ring(at, range_km))
    assert flat.is_valid
    shapely.prepare(flat)
    seen = 0
    for point in globe_points(250):
        place = projection.point(point)
        distance = km(at, point)
        if place is None or abs(distance - range_km) < 25:
            continue
        if name == "globe" and np.hypot(*place) > 0.998 * SEEN:
            continue  # on the limb a pixel is hundreds of kilometres
        seen += 1
        assert shapely.contains_xy(flat, *place) == (distance < range_km), (point, distance)
    assert seen > (100 if name == "globe" else 200)


@pytest.mark.parametrize("name", NAMES)
def test_outlines_stay_on_the_edge_of_the_fill_and_have_no_seam(name: Name) -> None:
    at = LonLat(127, 40)
    (area,) = geodesy.rings(at, [8500])
    projection = Projection(name, at)
    line, fill = projection.line(area.outline), projection.area(area.fill)
    assert line.length <= fill.boundary.length + 1
    assert fill.boundary.buffer(12).covers(line), "at the limb of the globe the fill is cut a little sooner"
    if name == "aeqd":
        assert len(line.geoms) == 1, "one ring, in one piece, though it was cut at the antimeridian"


def test_a_circle_about_the_centre_is_a_circle_of_its_radius() -> None:
    at = LonLat(54.4, 32.5)
    (area,) = geodesy.rings(at, [2000])
    xy = shapely.get_coordinates(Projection("aeqd", at).line(area.outline))
    assert np.hypot(*xy.T) == pytest.approx(2000, abs=0.5)


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_earth_fills_the_frame(name: Name) -> None:
    projection = Projection(name, LonLat(40, 30))
    whole = projection.area(shapely.box(-180, -90, 180, 90))
    assert whole.area == pytest.approx(projection.frame.area, rel=2e-3)


@pytest.mark.parametrize("name", NAMES)
def test_land_is_valid_and_as_large_as_it_should_be(name: Name) -> None:
    projection = Projection(name, LonLat(-100, 45))
    land = projection.area(outlines("110m").land)
    assert land.is_valid
    assert 0.05 < land.area / projection.frame.area < 0.75
    assert projection.frame.buffer(2).covers(land)


def test_the_middle_of_a_region_across_the_antimeridian_lies_in_it() -> None:
    russia = region("russia")
    lon, lat = middle(russia.geometry)
    assert 85 < lon < 105
    assert 55 < lat < 70


def test_an_unknown_projection_is_told_the_known_ones() -> None:
    with pytest.raises(UsageError, match="unknown projection 'peters'; known: aeqd, globe"):
        named("peters")


def test_polygons_finds_them_in_any_geometry() -> None:
    square = shapely.box(0, 0, 1, 1)
    mixed = shapely.GeometryCollection([square, shapely.Point(3, 3), shapely.MultiPolygon([shapely.box(5, 5, 6, 6)])])
    assert sum(part.area for part in polygons(mixed)) == 2
