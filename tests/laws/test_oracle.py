"""The reach of every country against an oracle: true distances to its boundary at 2 km or finer.

By default a sample; `RANGEMAP_SWEEP=full pytest -m slow tests/laws/test_oracle.py` asks all 242 countries.
"""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from rangemap.geodesy import core_reaches, reaches
from rangemap.geodesy.boundary import points_along, real_edges
from rangemap.geodesy.ellipsoid import A_M, B_M, GEOD, HALF_MERIDIAN_M, unit_vectors
from rangemap.places.basemap import countries

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from rangemap.geodesy import Area
    from rangemap.geodesy.ellipsoid import Floats

FULL = os.environ.get("RANGEMAP_SWEEP") == "full"
RANGES_KM = (10, 300, 2000, 5500, 9990, 13_000, 16_500, 19_000, 19_900) if FULL else (300, 2000, 5500, 13_000)
CORE_KM = (500, 2000, 5000, 9000, 13_000, 19_000)
SAMPLE = ("IRN", "FJI", "IDN", "ATA", "RUS", "FRA")
TOLERANCE_M = 250.0
GEOMETRY = {country.id: country.geometry for country in countries()}


class Oracle:
    """Least or greatest true distance to the boundary of a region, at 2 km or finer."""

    def __init__(self, region: BaseGeometry, *, greatest: bool = False) -> None:
        self.region = region
        self.points = points_along(real_edges(region), 2000.0)
        self.greatest = greatest

    def __call__(self, lon: Floats, lat: Floats) -> Floats:
        found = np.concatenate([self._some(lon[k : k + 100], lat[k : k + 100]) for k in range(0, len(lon), 100)])
        if self.greatest:
            opposite = shapely.contains_xy(self.region, np.where(lon > 0, lon - 180, lon + 180), -lat)
            return np.where(opposite, HALF_MERIDIAN_M, found)
        return np.where(shapely.contains_xy(self.region, lon, lat), 0.0, found)

    def _some(self, lon: Floats, lat: Floats) -> Floats:
        # b·arc <= distance <= a·arc rules most points out; the rest are measured exactly.
        arc = np.arccos(np.clip(unit_vectors(lon, lat).T @ self.points.vectors, -1, 1))
        if self.greatest:
            row, column = np.nonzero(arc >= arc.max(axis=1, keepdims=True) * B_M / A_M)
        else:
            row, column = np.nonzero(arc <= arc.min(axis=1, keepdims=True) * A_M / B_M + 1e-9)
        _, _, measured = GEOD.inv(lon[row], lat[row], self.points.lon[column], self.points.lat[column])
        best = np.full(len(lon), -np.inf if self.greatest else np.inf)
        (np.maximum if self.greatest else np.minimum).at(best, row, measured)
        return best


def on_edges(area: Area, most: int, random: np.random.Generator) -> Floats:
    """Points on drawn edges, straight in longitude and latitude or in Web Mercator."""
    lines = [shapely.get_coordinates(line) for line in area.outline.geoms]
    start, end = np.concatenate([line[:-1] for line in lines]), np.concatenate([line[1:] for line in lines])
    pick = random.permutation(len(start))[:most]
    start, end = start[pick], end[pick]
    share = random.choice([0, 0.25, 0.5, 0.75], len(start))[:, None]
    flat = start + share * (end - start)
    y = np.arctanh(np.sin(np.radians(np.clip(np.stack([start[:, 1], end[:, 1]]), -89.99, 89.99))))
    tall = np.degrees(np.arcsin(np.tanh(y[0] + share[:, 0] * (y[1] - y[0]))))
    shown = (np.abs(start[:, 1]) < 85.06) & (np.abs(end[:, 1]) < 85.06)
    return np.concatenate([flat, np.stack([flat[:, 0], tall], axis=1)[shown]]).T


def near_and_random(oracle: Oracle, range_m: float, most: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Random points on Earth, and points a little inside and outside of discs about the boundary."""
    lon, lat = random.uniform(-180, 180, most), np.degrees(np.arcsin(random.uniform(-1, 1, most)))
    at = random.integers(0, len(oracle.points), most)
    apart = np.clip(range_m + random.choice([-600, -300, 300, 600, 4000], most), 1, 2e7)
    to_lon, to_lat, _ = GEOD.fwd(oracle.points.lon[at], oracle.points.lat[at], random.uniform(0, 360, most), apart)
    return np.concatenate([lon, to_lon]), np.concatenate([lat, to_lat])


def check(area: Area, oracle: Oracle, most: int) -> None:
    random = np.random.default_rng(zlib.crc32(str(area.range_km).encode()))
    range_m = area.range_km * 1000
    if len(area.outline.geoms):
        stray = np.abs(oracle(*on_edges(area, most, random)) - range_m)
        assert stray.max() <= TOLERANCE_M, f"{area.range_km} km: edge {stray.max():.0f} m off"
    lon, lat = near_and_random(oracle, range_m, most, random)
    true_m = oracle(lon, lat)
    shapely.prepare(area.fill)
    inside = shapely.contains_xy(area.fill, lon, lat)
    wrong = (inside & (true_m > range_m + TOLERANCE_M)) | (~inside & (true_m < range_m - TOLERANCE_M))
    assert not wrong.any(), f"{area.range_km} km: {lon[wrong][0]}, {lat[wrong][0]} on the wrong side"
    assert area.fill.is_valid
    assert area.fill.is_empty or shapely.box(-180, -90, 180, 90).covers(area.fill)


@pytest.mark.parametrize("code", SAMPLE)
def test_reach_of_the_hard_countries(code: str) -> None:
    oracle = Oracle(GEOMETRY[code])
    for area in reaches(GEOMETRY[code], RANGES_KM):
        check(area, oracle, 60)


@pytest.mark.parametrize("code", ["IRN", "FJI", "ATA"])
def test_core_reach_of_some(code: str) -> None:
    oracle = Oracle(GEOMETRY[code], greatest=True)
    for area in core_reaches(GEOMETRY[code], CORE_KM):
        check(area, oracle, 60)


def test_the_oracle_agrees_with_geographiclib() -> None:
    random = np.random.default_rng(1)
    lon, lat = random.uniform(-180, 180, (2, 200)), random.uniform(-90, 90, (2, 200))
    _, _, ours = GEOD.inv(lon[0], lat[0], lon[1], lat[1])
    theirs = [Geodesic.WGS84.Inverse(*ends)["s12"] for ends in zip(lat[0], lon[0], lat[1], lon[1], strict=True)]
    assert ours == pytest.approx(theirs, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(GEOMETRY) if FULL else sorted(GEOMETRY)[::12])
def test_reach_of_every_country(code: str) -> None:
    for area in reaches(GEOMETRY[code], RANGES_KM):
        check(area, Oracle(GEOMETRY[code]), 300 if FULL else 60)


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(GEOMETRY) if FULL else sorted(GEOMETRY)[5::24])
def test_core_reach_of_every_country(code: str) -> None:
    for area in core_reaches(GEOMETRY[code], CORE_KM):
        check(area, Oracle(GEOMETRY[code], greatest=True), 300 if FULL else 60)
