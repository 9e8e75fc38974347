"""Bounding boxes as RFC 7946 (section 5) has them: over the antimeridian, west is the greater number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE_DEG = 360.0


def bbox(geometries: Iterable[shapely.Geometry]) -> tuple[float, float, float, float]:
    """Return west, south, east, north in degrees: the narrowest box round all geometries.

    West is greater than east where the box crosses ±180; it runs from -180 to 180 where nothing is left out.
    """
    parts = [part for geometry in geometries for part in shapely.get_parts(geometry)]
    boxes = [shapely.bounds(part) for part in parts if not shapely.is_empty(part)]
    west, east = _narrowest([(float(box[0]), float(box[2])) for box in boxes])
    return west, float(min(box[1] for box in boxes)), east, float(max(box[3] for box in boxes))


def _narrowest(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """Leave out the widest gap between the spans, going round the globe; the one at ±180 if none is wider."""
    merged = _merged(spans)
    gaps = [(merged[0][0] + WHOLE_DEG - merged[-1][1], merged[0][0], merged[-1][1])]
    gaps += [(b[0] - a[1], b[0], a[1]) for a, b in pairwise(merged)]
    _, west, east = max(gaps, key=lambda gap: gap[0])
    return west, east


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for west, east in sorted(spans):
        if merged and west <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(east, merged[-1][1]))
        else:
            merged.append((west, east))
    return merged
