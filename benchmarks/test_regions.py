"""Regions: reach beside the usual careful recipe, in one run, and how cost grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from rangemap.geodesy import core_reach, distances, reach, reaches, spans
from rangemap.geodesy.boundary import points_along, real_edges
from rangemap.geodesy.ellipsoid import GEOD
from rangemap.places import cities, countries

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture
    from shapely.geometry.base import BaseGeometry

    from rangemap.geodesy import Area

GEOMETRY = {country.id: country.geometry for country in countries()}
IRAN = GEOMETRY["IRN"]
CITIES = np.stack([cities().lon, cities().lat], axis=1)


@pytest.mark.benchmark(group="Iran, 2,000 km")
def test_rangemap_iran(benchmark: BenchmarkFixture) -> None:
    assert benchmark(reach, IRAN, 2000).is_valid


@pytest.mark.benchmark(group="Iran, 2,000 km")
def test_careful_recipe_discs_in_a_plane(benchmark: BenchmarkFixture) -> None:
    """Geodesic discs of 180 vertices at the outline's vertices, united in an azimuthal-equidistant plane."""
    xy = shapely.get_coordinates(shapely.get_parts(IRAN))
    middle = IRAN.centroid
    plane = CRS.from_proj4(f"+proj=aeqd +lon_0={middle.x} +lat_0={middle.y} +datum=WGS84 +units=m")
    to_plane = Transformer.from_crs(4326, plane, always_xy=True)
    azimuth = np.tile(np.linspace(0, 360, 180, endpoint=False), len(xy))

    def recipe() -> BaseGeometry:
        lon, lat = np.repeat(xy[:, 0], 180), np.repeat(xy[:, 1], 180)
        x, y, _ = GEOD.fwd(lon, lat, azimuth, np.full(len(lon), 2e6))
        flat = np.stack(to_plane.transform(x, y), axis=1).reshape(len(xy), 180, 2)
        united = shapely.union_all(shapely.polygons(flat))
        return shapely.transform(united, lambda p: np.stack(to_plane.transform(*p.T, direction="INVERSE"), axis=1))

    assert benchmark(recipe).is_valid


@pytest.mark.parametrize("count", [1, 2, 4, 8])
@pytest.mark.benchmark(group="Iran, ranges from 2,000 km")
def test_more_ranges(benchmark: BenchmarkFixture, count: int) -> None:
    ranges = [2000 + 400 * k for k in range(count)]
    assert len(benchmark(reaches, IRAN, ranges)) == count


@pytest.mark.parametrize("code", ["MLT", "IRN", "CHN", "USA", "RUS", "CAN"])
@pytest.mark.benchmark(group="boundary vertices, 2,000 km")
def test_more_vertices(benchmark: BenchmarkFixture, code: str) -> None:
    assert benchmark(reach, GEOMETRY[code], 2000).is_valid


@pytest.mark.parametrize("range_km", [10, 100, 300, 1000, 5500, 13_000])
@pytest.mark.benchmark(group="Iran by range")
def test_by_range(benchmark: BenchmarkFixture, range_km: float) -> None:
    assert benchmark(reach, IRAN, range_km).is_valid


@pytest.mark.benchmark(group="core")
def test_core_reach(benchmark: BenchmarkFixture) -> None:
    assert benchmark(core_reach, IRAN, 2000).is_valid


@pytest.mark.parametrize("code", ["IRN", "PRK", "CHN", "USA", "RUS", "CAN"])
@pytest.mark.benchmark(group="distances to 34,006 cities")
def test_distances(benchmark: BenchmarkFixture, code: str) -> None:
    nearest, _ = benchmark.pedantic(distances, (GEOMETRY[code], CITIES), rounds=5)
    assert len(nearest) == len(CITIES)


@pytest.mark.parametrize("code", ["IRN", "PRK", "CHN", "USA", "RUS", "CAN"])
@pytest.mark.benchmark(group="spans to 242 countries")
def test_spans(benchmark: BenchmarkFixture, code: str) -> None:
    assert len(benchmark.pedantic(spans, (GEOMETRY[code], list(GEOMETRY.values())), rounds=5)) == len(GEOMETRY)


@pytest.mark.slow
@pytest.mark.benchmark(group="242 countries at 300, 2,000, 5,500 and 13,000 km")
def test_all_countries(benchmark: BenchmarkFixture) -> None:
    def everything() -> list[list[Area]]:
        return [reaches(geometry, [300, 2000, 5500, 13_000]) for geometry in GEOMETRY.values()]

    assert len(benchmark.pedantic(everything, rounds=1)) == len(GEOMETRY)


def test_the_densified_boundary_of_the_oracle_is_what_a_naive_union_would_need() -> None:
    assert len(points_along(real_edges(IRAN), 2000.0)) > 5 * len(points_along(real_edges(IRAN), 60_000.0))
