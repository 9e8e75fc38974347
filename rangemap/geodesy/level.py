"""Geodesic circles of one radius, on the sphere of reduced latitudes: where two of them cross, in closed form.

On that sphere (see `ellipsoid`) a geodesic circle of radius r is *almost* a circle: its arc radius σ is r / a and a
correction that depends on the two end points only through u = (z₁ + z₂)² and v = (z₁ − z₂)², since swapping the
points or mirroring them in the equator changes no distance. For one r that correction is a smooth function of two
numbers, so a cubic in u and v is fitted to a few hundred exact geodesics. It is then right to centimetres up to
17,000 km and to about a metre up to 19,700 km, at the cost of a few multiplications.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.ellipsoid import A_M, direct, unit_vectors

if TYPE_CHECKING:
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

TURN = 2 * math.pi
FAR_M = 19_700_000.0
"""Beyond this the circles fold near the antipode and no cubic describes them: `far` takes over."""

_CURVED_M = 15_000_000.0  # up to here a quadratic is enough


@dataclass(frozen=True, slots=True)
class Level:
    """The arc radius σ(u, v) of geodesic circles of one radius.

    Attributes
    ----------
    range_m
        The radius, metres.
    sigma
        The middle arc radius, radians.
    least, greatest
        Bounds of the arc radius over the whole Earth, radians.
    coefficients
        Of 1, u, v, u², uv, v² (and u³, u²v, uv², v³) in σ − `sigma`.
    passes
        How often to repeat the correction until it has settled.
    """

    range_m: float
    sigma: float
    least: float
    greatest: float
    coefficients: tuple[float, ...]
    passes: int

    def excess(self, u: Floats, v: Floats) -> Floats:
        """Return σ − `sigma` in radians for u = (z₁ + z₂)², v = (z₁ − z₂)²."""
        k = self.coefficients
        value = k[0] + u * (k[1] + u * k[3] + v * k[4]) + v * (k[2] + v * k[5])
        if len(k) > 6:  # noqa: PLR2004 - a quadratic in two variables has six terms
            value += u * u * (u * k[6] + v * k[7]) + v * v * (u * k[8] + v * k[9])
        return value


@lru_cache(maxsize=256)
def level(range_m: float) -> Level:
    """Fit the arc radius of circles of one radius to 221 exact geodesics."""
    lat, azimuth = (grid.ravel() for grid in np.meshgrid(np.linspace(0, 90, 13), np.linspace(0, 180, 17)))
    lon = np.zeros_like(lat)
    centre = unit_vectors(lon, lat)
    edge = unit_vectors(*direct(lon, lat, azimuth, range_m))
    cross = np.cross(centre, edge, axis=0)
    sigma = np.arctan2(np.sqrt((cross * cross).sum(axis=0)), (centre * edge).sum(axis=0))
    middle = float(sigma.min() + sigma.max()) / 2
    u, v = (centre[2] + edge[2]) ** 2, (centre[2] - edge[2]) ** 2
    terms = [np.ones_like(u), u, v, u * u, u * v, v * v]
    if range_m > _CURVED_M:
        terms += [u**3, u * u * v, u * v * v, v**3]
    fitted = np.linalg.lstsq(np.stack(terms, axis=1), sigma - middle, rcond=None)[0]
    slack = 2e-6 + 1e-4 * float(sigma.max() - sigma.min())
    return Level(
        range_m,
        middle,
        float(sigma.min()) - slack,
        float(sigma.max()) + slack,
        tuple(fitted.tolist()),
        _passes(range_m),
    )


def _passes(range_m: float) -> int:
    """Return how many corrections settle a crossing: each shrinks what is left by about πf / (π − σ)."""
    shrink = 0.0106 / (math.pi - range_m / A_M)
    return max(2, math.ceil(math.log(1e-6) / math.log(shrink)) - 1) if shrink > 0.005 else 2  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Covers:
    """Which part of one circle each of several discs takes away.

    Attributes
    ----------
    start, length
        Clockwise interval of azimuth on the reduced sphere, radians; length 0 where nothing is taken.
    full
        Whether the whole circle is taken.
    """

    start: Floats
    length: Floats
    full: Bools


class Circles:
    """Circles of one radius about many centres.

    Parameters
    ----------
    centres
        Unit vectors at reduced latitude, shape (3, n).
    at
        The level that the circles lie on.
    inside
        What a disc takes away from another one's circle: its inside (True, for a union of discs) or its outside
        (False, for their intersection).
    """

    def __init__(self, centres: Floats, at: Level, *, inside: bool) -> None:
        self.centres = centres
        self.at = at
        self.inside = inside
        x, y, z = centres
        across = np.hypot(x, y)
        pole = across < 1e-15  # noqa: PLR2004 - at a pole north is along the meridian of 0°
        safe = np.where(pole, 1.0, across)
        cos_lon, sin_lon = np.where(pole, 1.0, x / safe), np.where(pole, 0.0, y / safe)
        self.east = np.stack([-sin_lon, cos_lon, np.zeros_like(z)])
        self.north = np.stack([-z * cos_lon, -z * sin_lon, across])

    def point(self, i: Ints, tau: Floats) -> Floats:
        """Return unit vectors, shape (3, m), of the points of circles i at azimuth tau of the reduced sphere."""
        p = self.centres[:, i]
        heading = np.sin(tau) * self.east[:, i] + np.cos(tau) * self.north[:, i]
        sigma = np.full(len(tau), self.at.sigma)
        for _ in range(self.at.passes):
            x = np.cos(sigma) * p + np.sin(sigma) * heading
            sigma = self.at.sigma + self.at.excess((x[2] + p[2]) ** 2, (x[2] - p[2]) ** 2)
        found: Floats = np.cos(sigma) * p + np.sin(sigma) * heading
        return found

    def covers(self, i: Ints, j: Ints) -> Covers:
        """Return what disc j takes from circle i, for pairs: shapes (m,)."""
        pair = _Pair(self, i, j)
        (left, right), met = pair.crossings()
        start, end = (left, right) if self.inside else (right, left)
        length = np.where(met, np.mod(end - start, TURN), 0.0)
        swallowed = (self.at.sigma > math.pi / 2) == self.inside
        return Covers(start, length, ~met & swallowed & ~pair.same)


class _Pair:
    """The crossings of circles i and j, in the frame of their centres.

    With ŝ along pᵢ + pⱼ, d̂ along pⱼ − pᵢ and n̂ = ŝ × d̂ (orthonormal, and well conditioned however close the centres),
    a point at arcs σᵢ and σⱼ from them is α ŝ + β d̂ ± γ n̂ with α = (cos σⱼ + cos σᵢ) / |pᵢ + pⱼ| and
    β = (cos σⱼ − cos σᵢ) / |pⱼ − pᵢ|.
    """

    def __init__(self, circles: Circles, i: Ints, j: Ints) -> None:
        self.at = circles.at
        pi, pj = circles.centres[:, i], circles.centres[:, j]
        total, apart = pi + pj, pj - pi
        self.sum_length = np.sqrt((total * total).sum(axis=0))
        apart_length = np.sqrt((apart * apart).sum(axis=0))
        self.same = apart_length < 1e-12  # noqa: PLR2004 - 6 micrometres
        self.apart_length = np.where(self.same, 1.0, apart_length)
        self.sum_length = np.maximum(self.sum_length, 1e-12)
        self.twist = 2 / (self.sum_length * self.apart_length)
        self.zi, self.zj = pi[2], pj[2]
        self.s_z = total[2] / self.sum_length
        self.d_z = apart[2] / self.apart_length
        self.n_z = (pi[0] * pj[1] - pi[1] * pj[0]) * self.twist
        self.e = (pj * circles.east[:, i]).sum(axis=0)
        self.m = (pj * circles.north[:, i]).sum(axis=0)

    def crossings(self) -> tuple[Floats, Bools]:
        """Return the azimuths on circle i of its crossings left and right of j, (2, m), and whether they exist."""
        side = np.array([[1.0], [-1.0]])
        cos_mid, sin_mid = math.cos(self.at.sigma), math.sin(self.at.sigma)
        alpha = np.broadcast_to(2 * cos_mid / self.sum_length, (2, len(self.sum_length)))
        beta = np.zeros_like(alpha)
        square = 1 - alpha * alpha
        for _ in range(self.at.passes):
            z = alpha * self.s_z + beta * self.d_z + side * np.sqrt(np.maximum(square, 0)) * self.n_z
            z = np.clip(z, -1, 1)  # circles that do not cross
            di = self.at.excess((z + self.zi) ** 2, (z - self.zi) ** 2)
            dj = self.at.excess((z + self.zj) ** 2, (z - self.zj) ** 2)
            # cos(σ + δ) to the third order, as sum and difference, so that close centres lose no digits
            both, gap = di * di + dj * dj, di - dj
            alpha = (2 * cos_mid - sin_mid * (di + dj) - cos_mid * both / 2) / self.sum_length
            beta = gap * (sin_mid + cos_mid * (di + dj) / 2) / self.apart_length
            square = 1 - alpha * alpha - beta * beta
        along = alpha / self.sum_length + beta / self.apart_length
        across = side * np.sqrt(np.maximum(square, 0)) * self.twist
        tau = np.arctan2(along * self.e - across * self.m, along * self.m + across * self.e)
        return tau, (square > 0).all(axis=0) & ~self.same
