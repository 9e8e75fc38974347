"""Rings: rangemap beside its floor and beside the usual recipes, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer
from shapely import Polygon

from rangemap.geodesy import ring
from rangemap.geodesy.ellipsoid import GEOD
from rangemap.types import LonLat

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture
    from shapely.geometry.base import BaseGeometry

CASES = {
    "equator 300": ((20.0, 0.0), 300),
    "iran 2000": ((53.7, 32.4), 2000),
    "dateline 3000": ((178.0, -18.0), 3000),
    "pole 5500": ((125.75, 39.02), 5500),
    "both poles 13000": ((51.4, 0.0), 13_000),
}
PARAMS = pytest.mark.parametrize(("center", "range_km"), CASES.values(), ids=CASES)


@PARAMS
@pytest.mark.benchmark(group="ring")
def test_rangemap(benchmark: BenchmarkFixture, center: tuple[float, float], range_km: float) -> None:
    area = benchmark(ring, LonLat(*center), range_km)
    assert area.is_valid


@PARAMS
@pytest.mark.benchmark(group="ring")
def test_floor_fwd_for_the_same_vertices_and_one_polygon(
    benchmark: BenchmarkFixture, center: tuple[float, float], range_km: float
) -> None:
    n = shapely.get_num_coordinates(ring(LonLat(*center), range_km))
    lon, lat, far = np.full(n, center[0]), np.full(n, center[1]), np.full(n, range_km * 1000.0)
    azimuth = np.linspace(0, 360, n)

    def floor() -> Polygon:
        x, y, _ = GEOD.fwd(lon, lat, azimuth, far)
        return Polygon(np.stack([x, y], axis=1))

    assert not benchmark(floor).is_empty


@PARAMS
@pytest.mark.benchmark(group="ring")
def test_recipe_aeqd_orient_antimeridian(
    benchmark: BenchmarkFixture, center: tuple[float, float], range_km: float
) -> None:
    antimeridian = pytest.importorskip("antimeridian", reason="pip install antimeridian")
    geopandas = pytest.importorskip("geopandas")
    plane = CRS.from_proj4(f"+proj=aeqd +lon_0={center[0]} +lat_0={center[1]} +datum=WGS84 +units=m")

    def recipe() -> BaseGeometry:
        disc = geopandas.GeoSeries([shapely.Point(0, 0)], crs=plane).buffer(range_km * 1000.0, quad_segs=90)
        globe = disc.to_crs(4326).iloc[0]
        return antimeridian.fix_polygon(shapely.geometry.polygon.orient(globe), fix_winding=False)

    assert not benchmark(recipe).is_empty


@PARAMS
@pytest.mark.benchmark(group="ring")
def test_recipe_transformer_kept(benchmark: BenchmarkFixture, center: tuple[float, float], range_km: float) -> None:
    antimeridian = pytest.importorskip("antimeridian", reason="pip install antimeridian")
    plane = CRS.from_proj4(f"+proj=aeqd +lon_0={center[0]} +lat_0={center[1]} +datum=WGS84 +units=m")
    to_globe = Transformer.from_crs(plane, 4326, always_xy=True)
    angle = np.linspace(0, 2 * np.pi, 360, endpoint=False)

    def recipe() -> BaseGeometry:
        x, y = to_globe.transform(range_km * 1000 * np.cos(angle), range_km * 1000 * np.sin(angle))
        globe = shapely.geometry.polygon.orient(Polygon(np.stack([x, y], axis=1)))
        return antimeridian.fix_polygon(globe, fix_winding=False)

    assert not benchmark(recipe).is_empty


@PARAMS
@pytest.mark.benchmark(group="ring")
def test_cartopy_circle_uncut(benchmark: BenchmarkFixture, center: tuple[float, float], range_km: float) -> None:
    geodesic = pytest.importorskip("cartopy.geodesic", reason="pip install cartopy")
    earth = geodesic.Geodesic()
    points = benchmark(lambda: Polygon(earth.circle(*center, range_km * 1000, n_samples=360)))
    assert not points.is_empty  # neither cut at the antimeridian nor closed over a pole


@PARAMS
@pytest.mark.benchmark(group="ring")
def test_s2(benchmark: BenchmarkFixture, center: tuple[float, float], range_km: float) -> None:
    s2 = pytest.importorskip("s2geometry", reason="pip install s2geometry (no wheel for every platform)")
    cap = s2.S2Cap(s2.S2LatLng.FromDegrees(center[1], center[0]).ToPoint(), s2.S1Angle.Degrees(range_km / 111.195))
    assert benchmark(s2.S2RegionCoverer().GetCovering, cap)
