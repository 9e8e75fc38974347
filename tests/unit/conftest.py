"""An oracle of distances written apart from the code: geographiclib over outlines divided every two kilometres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

if TYPE_CHECKING:
    from collections.abc import Callable

STEP_DEG = 0.02
SPHERE_ERRS = 1.007  # no geodesic differs more from the sphere's arc


def divided(area: shapely.Geometry) -> np.ndarray:
    """Return points of all boundaries at most 0.02° apart, shape (n, 2)."""
    return shapely.get_coordinates(shapely.segmentize(shapely.boundary(area), STEP_DEG))


def arcs(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return arcs on the sphere of all pairs, radians, shape (len(a), len(b))."""
    a, b = np.radians(a), np.radians(b)
    h = (
        np.sin((a[:, None, 1] - b[None, :, 1]) / 2) ** 2
        + np.cos(a[:, None, 1]) * np.cos(b[None, :, 1]) * np.sin((a[:, None, 0] - b[None, :, 0]) / 2) ** 2
    )
    return 2 * np.arcsin(np.sqrt(np.clip(h, 0, 1)))


def exact_km(a: np.ndarray, b: np.ndarray) -> float:
    return float(Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]) / 1000


def from_points_km(points: np.ndarray, outline: np.ndarray) -> np.ndarray:
    """Return the distance of each point to the nearest of an outline's points."""
    best = np.full(len(points), np.inf)
    for k, point in enumerate(points):
        found = arcs(point[None], outline)[0]
        near = np.flatnonzero(found <= found.min() * SPHERE_ERRS + 1e-9)
        near = near[np.argsort(found[near])][:400]
        best[k] = min(exact_km(point, outline[index]) for index in near[:: max(len(near) // 60, 1)])
        close = near[:12]
        best[k] = min(best[k], *(exact_km(point, outline[index]) for index in close))
    return best


@pytest.fixture(scope="session")
def point_km() -> Callable[[shapely.Geometry, float, float], float]:
    """Measure from a region to a point outside it."""

    def measure(region: shapely.Geometry, lon: float, lat: float) -> float:
        return float(from_points_km(np.array([[lon, lat]]), divided(region))[0])

    return measure


@pytest.fixture(scope="session")
def extremes_oracle_km() -> Callable[[shapely.Geometry, shapely.Geometry], tuple[float, float]]:
    """Measure where the reach of a region begins to touch an area apart from it, and where it covers it."""

    def measure(region: shapely.Geometry, area: shapely.Geometry) -> tuple[float, float]:
        ours, theirs = divided(region), divided(area)
        rough = np.concatenate(
            [arcs(part, ours).min(axis=1) for part in np.array_split(theirs, len(theirs) // 500 + 1)]
        )
        near = np.flatnonzero(rough <= rough.min() * SPHERE_ERRS)[:400]
        far = np.flatnonzero(rough >= rough.max() / SPHERE_ERRS)
        far = far[np.argsort(-rough[far])][:120]
        return float(from_points_km(theirs[near], ours).min()), float(from_points_km(theirs[far], ours).max())

    return measure
