"""Areas on the globe: fill and outline together, and their size on the ellipsoid.

A polygon whose edges are straight in longitude and latitude has an area in closed form: between an edge and the
equator lies ∫ q(φ) dλ, where q(φ) is the ellipsoid's area between equator and parallel per radian of longitude. The
integral runs along each edge on its own, so shared edges of neighbours cancel exactly, seams on ±180 add nothing, an
edge along a pole adds its half of the Earth, and nothing is special beyond a hemisphere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from rangemap.geodesy.ellipsoid import B_M, FLATTENING

if TYPE_CHECKING:
    from shapely import MultiLineString, MultiPolygon, Polygon

    from rangemap.geodesy.ellipsoid import Floats

_ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))
_LONGEST_DEG = 5.0


@dataclass(frozen=True, slots=True)
class Area:
    """An area on the globe, laid out on the sheet of longitude and latitude.

    Attributes
    ----------
    range_km
        The distance that it stands for.
    fill
        Valid, inside ±180 and ±90, cut at the antimeridian, closed over a pole, counter-clockwise; degrees.
    outline
        Its edge without seams: split at ±180, no line along ±180 or a pole. Empty for the whole Earth.
    """

    range_km: float
    fill: Polygon | MultiPolygon
    outline: MultiLineString


def area_km2(geometry: Polygon | MultiPolygon) -> float:
    """Return the area of polygons on the WGS84 ellipsoid.

    Parameters
    ----------
    geometry
        Polygons in degrees; edges are straight in longitude and latitude. Anything but polygons counts nothing.

    Returns
    -------
    float
        Square kilometres; up to 510,065,622 for the whole Earth.
    """
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    return sum(_polygon_m2(polygon) for polygon in polygons) / 1e6


def _polygon_m2(polygon: Polygon) -> float:
    exterior = abs(_ring_m2(shapely.get_coordinates(polygon.exterior)))
    return exterior - sum(abs(_ring_m2(shapely.get_coordinates(hole))) for hole in polygon.interiors)


def _ring_m2(xy: Floats) -> float:
    xy = _densified(xy)
    lon, lat = np.radians(xy).T
    middle, half = (lat[1:] + lat[:-1]) / 2, np.diff(lat) / 2
    nodes, weights = _gauss_legendre()
    strips = (weights / 2) @ _strip_m2(middle + nodes[:, None] * half)
    return float(np.sum(strips * np.diff(lon)))


@cache
def _gauss_legendre() -> tuple[Floats, Floats]:
    """Return the nodes and weights of a quadrature; numpy loads its polynomials for them."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    return nodes, weights


def _densified(xy: Floats) -> Floats:
    """Divide edges that run through many degrees of latitude, for the quadrature's sake."""
    pieces = np.maximum(np.ceil(np.abs(np.diff(xy[:, 1])) / _LONGEST_DEG), 1).astype(np.intp)
    if pieces.max(initial=1) == 1:
        return xy
    edge = np.repeat(np.arange(len(pieces)), pieces)
    share = (np.arange(len(edge)) - (np.cumsum(pieces) - pieces)[edge]) / pieces[edge]
    return np.concatenate([xy[edge] + share[:, None] * np.diff(xy, axis=0)[edge], xy[-1:]])


def _strip_m2(lat: Floats) -> Floats:
    """Return the area between the equator and a latitude (radians), square metres per radian of longitude."""
    sine = np.sin(lat)
    x = _ECCENTRICITY * sine
    return B_M * B_M / 2 * (sine / (1 - x * x) + np.arctanh(x) / _ECCENTRICITY)
