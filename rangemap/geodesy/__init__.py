"""Geodesic areas and distances on the WGS84 ellipsoid: rings, reach of regions, spans, to a stated tolerance.

Usable without the rest of rangemap. Degrees, longitude first; ranges and distances in kilometres, tolerances in metres.
`docs/geometry.md` explains the method.
"""

from __future__ import annotations

from rangemap.geodesy.area import Area, area_km2
from rangemap.geodesy.buffer import core_reach, core_reaches, reach, reaches
from rangemap.geodesy.distance import Span, distance, distances, nearest_distances, spans
from rangemap.geodesy.line import geodesic_line
from rangemap.geodesy.ring import ring, rings

__all__ = [
    "Area",
    "Span",
    "area_km2",
    "core_reach",
    "core_reaches",
    "distance",
    "distances",
    "geodesic_line",
    "nearest_distances",
    "reach",
    "reaches",
    "ring",
    "rings",
    "spans",
]
