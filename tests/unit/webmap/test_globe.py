"""The orthographic globe, against what the projection must give."""

from __future__ import annotations

import re

import numpy as np
import pytest
from pyproj import Geod
from shapely import LineString, Polygon, box

from rangemap.types import LonLat
from rangemap.webmap.globe import Globe

SPHERE = Geod(a=6_371_000, b=6_371_000)


def points(path: str) -> list[np.ndarray]:
    """Read relative SVG path data back as runs of positions."""
    runs = []
    for part in path.split("M")[1:]:
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", part)]
        runs.append(np.cumsum(np.array(numbers).reshape(-1, 2), axis=0))
    return runs


def circle(center: LonLat, angle_deg: float) -> list[tuple[float, float]]:
    turns = np.linspace(360, 0, 181)
    lon, lat, _ = SPHERE.fwd([center.lon] * 181, [center.lat] * 181, turns, [np.radians(angle_deg) * 6_371_000] * 181)
    return list(zip(lon, lat, strict=True))


@pytest.mark.parametrize("angle_deg", [10, 45, 80])
def test_a_circle_about_the_centre_is_a_circle(angle_deg: float) -> None:
    globe = Globe(LonLat(12, 5), 100)
    (run,) = points(globe.line(LineString(circle(globe.center, angle_deg))))
    assert np.hypot(*run.T) == pytest.approx(100 * np.sin(np.radians(angle_deg)), abs=0.8)


def test_the_far_side_is_not_drawn() -> None:
    globe = Globe(LonLat(0, 0), 100)
    assert globe.line(LineString([(170, -10), (175, 10)])) == ""
    assert globe.area(box(160, -10, 170, 10)) == ""


def test_an_area_half_in_sight_ends_at_the_limb() -> None:
    (run,) = points(Globe(LonLat(0, 0), 100).area(box(60, -10, 120, 10)))
    assert np.hypot(*run.T).max() == pytest.approx(100, abs=0.3)
    assert run[:, 0].min() == pytest.approx(100 * np.sin(np.radians(60)) * np.cos(np.radians(10)), abs=1)


def test_an_area_with_the_antipode_in_it_is_what_is_left() -> None:
    globe = Globe(LonLat(0, 0), 100)
    hole = Polygon(box(-180, -90, 180, 90).exterior.coords, [circle(LonLat(0, 0), 30)])
    runs = points(globe.area(hole))
    sizes = sorted(np.hypot(*run.T).max() for run in runs)
    assert sizes == [pytest.approx(50, abs=0.5), pytest.approx(100, abs=0.5)]


def test_the_whole_earth_fills_the_disc() -> None:
    (run,) = points(Globe(LonLat(20, 50), 100).area(box(-180, -90, 180, 90)))
    assert np.hypot(*run.T) == pytest.approx(100, abs=0.5)


def test_land_and_borders_are_there() -> None:
    land, borders = Globe(LonLat(53, 32), 60).base()
    assert len(points(land.path)) > 10
    assert len(borders.path) < 20_000, "small enough for an inset"
