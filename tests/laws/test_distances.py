"""Nearest and furthest distances against brute force: every region as points 1 km apart, ten metres near the extremes.

The oracle shares nothing with the search: its own densified boundary (seams on ±180 included, as their points belong to
the region), its own sphere to set aside what can't matter, and PROJ's geodesics, which a test of `test_oracle.py` holds
against geographiclib.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Polygon

from rangemap.geodesy import distances, nearest_distances, spans
from rangemap.places.basemap import countries

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
GEOMETRY = {country.id: country.geometry for country in countries()}
STEP_KM = 1.0
WITHIN_KM = 0.01
HALF_MERIDIAN_KM = 20_003.931459
SPHERE_SHARE = 0.012  # a geodesic and a great circle differ by at most 0.56 %, so two of them order alike beyond this
SAMPLE = ("RUS", "FJI", "ATA", "FRA", "CHN")
ALMOST_DEG = st.floats(-2, 2)
PLACES = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=4, max_size=4)


class Brute:
    """Distances to all points of a boundary."""

    def __init__(self, region: Polygon | MultiPolygon) -> None:
        self.region = region
        self.lonlat, self.following = self._dense(region)
        self.sphere = on_sphere(self.lonlat)

    @staticmethod
    def _dense(region: Polygon | MultiPolygon) -> tuple[Floats, Floats]:
        pieces = []
        for ring in shapely.get_rings(shapely.get_parts(region)):
            xy = shapely.get_coordinates(ring)
            for start, end in itertools.pairwise(xy):
                widest = np.cos(np.radians(0 if start[1] * end[1] < 0 else min(abs(start[1]), abs(end[1]))))
                km = 111.7 * np.hypot((end[0] - start[0]) * widest, end[1] - start[1])
                share = np.linspace(0, 1, int(km / STEP_KM) + 2)[:, None]
                pieces.append(start + share * (end - start))
        return np.concatenate([piece[:-1] for piece in pieces]), np.concatenate([piece[1:] for piece in pieces])

    def nearest_km(self, points: Floats) -> Floats:
        inside = shapely.intersects_xy(self.region, *points.T)
        found = np.array([self._extreme(point, 1) for point in points])
        return np.where(inside, 0, found)

    def farthest_km(self, points: Floats) -> Floats:
        facing = shapely.intersects_xy(self.region, (points[:, 0] + 360) % 360 - 180, -points[:, 1])
        found = np.array([self._extreme(point, -1) for point in points])
        return np.where(facing, HALF_MERIDIAN_KM, found)

    def _extreme(self, point: Floats, sign: int) -> float:
        cosine = self.sphere @ on_sphere(point[None])[0]
        arc = np.arccos(np.clip(cosine, -1, 1))
        limit = arc.min() if sign > 0 else arc.max()
        maybe = np.flatnonzero(sign * arc <= sign * limit * (1 + sign * SPHERE_SHARE) + STEP_KM / 3000)
        cost = sign * km_between(point, self.lonlat[maybe])
        best = maybe[np.argsort(cost)[:40]]
        share = np.linspace(0, 1, 101)[:, None, None]
        fine = self.lonlat[best] + share * (self.following[best] - self.lonlat[best])
        return sign * float((sign * km_between(point, fine.reshape(-1, 2))).min())


def km_between(point: Floats, others: Floats) -> Floats:
    n = len(others)
    return np.asarray(GEOD.inv(np.full(n, point[0]), np.full(n, point[1]), *others.T)[2]) / 1000


def on_sphere(lonlat: Floats) -> Floats:
    lon, lat = np.radians(lonlat).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def check(region: Polygon | MultiPolygon, points: Floats) -> None:
    brute = Brute(region)
    nearest, farthest = distances(region, points)
    assert nearest == pytest.approx(brute.nearest_km(points), abs=WITHIN_KM)
    assert farthest == pytest.approx(brute.farthest_km(points), abs=WITHIN_KM)
    assert nearest_distances(region, points).tolist() == nearest.tolist()


def some_points(region: Polygon | MultiPolygon, count: int) -> Floats:
    """Points anywhere, beside the boundary, and beside the antipodes of the boundary."""
    random = np.random.default_rng(count)
    anywhere = np.stack([random.uniform(-180, 180, count), np.degrees(np.arcsin(random.uniform(-1, 1, count)))], axis=1)
    xy = shapely.get_coordinates(region)
    beside = xy[random.integers(0, len(xy), count)] + random.normal(0, 0.5, (count, 2))
    facing = (xy[random.integers(0, len(xy), count)] + (180, 0)) * (1, -1) + random.normal(0, 0.5, (count, 2))
    points = np.concatenate([anywhere, beside, facing])
    return np.stack([(points[:, 0] + 180) % 360 - 180, np.clip(points[:, 1], -90, 90)], axis=1)


@pytest.mark.parametrize("code", SAMPLE)
def test_points_are_right_for_the_hard_countries(code: str) -> None:
    check(GEOMETRY[code], some_points(GEOMETRY[code], 25))


@st.composite
def stars(draw: st.DrawFn) -> Polygon:
    """Draw polygons that are seen whole from their middle, a degree to forty across, spiky or round."""
    lon, lat = draw(st.floats(-150, 150)), draw(st.floats(-65, 65))
    reach = draw(st.sampled_from([0.5, 5.0, 20.0]))
    shares = draw(st.lists(st.floats(0.1, 1), min_size=3, max_size=9))
    angle = np.linspace(0, 2 * np.pi, len(shares), endpoint=False)
    return Polygon(np.stack([lon + reach * np.cos(angle) * shares, lat + reach * np.sin(angle) * shares], axis=1))


@settings(max_examples=15)
@given(
    stars(),
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=4, max_size=4),
    ALMOST_DEG,
    ALMOST_DEG,
)
def test_points_are_right_for_any_star(
    star: Polygon, anywhere: list[tuple[float, float]], east: float, north: float
) -> None:
    lon, lat = star.exterior.coords[1]
    facing = ((lon + east + 360) % 360 - 180, float(np.clip(-lat + north, -90, 90)))
    check(star, np.array([*anywhere, facing]))


def check_span(one: Polygon | MultiPolygon, others: list[Polygon | MultiPolygon]) -> None:
    """Hold spans against distances to points of the others' boundaries, which are held against brute force above."""
    for span, other in zip(spans(one, others), others, strict=True):
        nearest, farthest = distances(one, Brute(other).lonlat)
        if not one.intersects(other):
            assert nearest.min() - STEP_KM / 2 - WITHIN_KM <= span.nearest_km <= nearest.min() + WITHIN_KM
        assert farthest.max() - WITHIN_KM <= span.farthest_km <= farthest.max() + STEP_KM / 2 + WITHIN_KM


@settings(max_examples=15)
@given(stars(), stars())
def test_spans_are_right_for_any_two_stars(one: Polygon, other: Polygon) -> None:
    check_span(one, [other])


@pytest.mark.parametrize(("code", "others"), [("RUS", ("FJI", "CHL", "NZL")), ("FRA", ("ATA", "NZL"))])
def test_spans_are_right_for_far_flung_countries(code: str, others: tuple[str, ...]) -> None:
    check_span(GEOMETRY[code], [GEOMETRY[other] for other in others])
