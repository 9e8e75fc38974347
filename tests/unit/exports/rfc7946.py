"""A validator of RFC 7946, written from its text and apart from the code that it judges."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_DECIMALS = 6


def problems(document: dict[str, Any]) -> list[str]:
    found = [] if document["type"] == "FeatureCollection" else ["is no FeatureCollection"]
    found += ["has a crs, which section 4 took away"] if "crs" in document else []
    ids = [feature.get("id") for feature in document["features"]]
    found += ["has features of one id"] if len(set(ids)) != len(ids) else []
    positions = []
    for feature in document["features"]:
        name = feature["id"]
        found += [f"{name}: {what}" for what in _feature(feature)]
        positions += list(_positions(feature["geometry"]["coordinates"]))
    return found + [f"collection: {what}" for what in _bbox(document["bbox"], positions)]


def _feature(feature: dict[str, Any]) -> Iterator[str]:
    if feature["type"] != "Feature" or "properties" not in feature:
        yield "is no Feature"
    geometry = feature["geometry"]
    kind, coordinates = geometry["type"], geometry["coordinates"]
    for lon, lat in _positions(coordinates):
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            yield f"{lon}, {lat} lies outside"
        if any(abs(value * 10**MAX_DECIMALS - round(value * 10**MAX_DECIMALS)) > 1e-4 for value in (lon, lat)):
            yield f"{lon}, {lat} is more precise than it is known"
    if kind in ("Polygon", "MultiPolygon"):
        for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
            for place, ring in enumerate(polygon):
                yield from _ring(ring, outer=place == 0)
    elif kind in ("LineString", "MultiLineString"):
        for line in coordinates if kind == "MultiLineString" else [coordinates]:
            yield from _line(line)
    else:
        yield f"has the geometry {kind}"
    yield from _bbox(feature["bbox"], list(_positions(coordinates)))


def _ring(ring: list[list[float]], *, outer: bool) -> Iterator[str]:
    if len(ring) < 4 or ring[0] != ring[-1]:
        yield "has a ring that is not closed"
    doubled = sum((bx - ax) * (by + ay) for (ax, ay), (bx, by) in itertools.pairwise(ring))
    if (doubled < 0) is not outer:  # the shoelace of a counter-clockwise ring, this way round, is negative
        yield "has a ring that is wound the wrong way (section 3.1.6)"
    for (a_lon, a_lat), (b_lon, b_lat) in itertools.pairwise(ring):
        along_pole = a_lat == b_lat and abs(a_lat) == 90
        if abs(a_lon - b_lon) > 180 and not along_pole:
            yield "has an edge that should have been cut at the antimeridian (section 3.1.9)"


def _line(line: list[list[float]]) -> Iterator[str]:
    if len(line) < 2:
        yield "has a line of one position"
    if any(abs(a[0] - b[0]) > 180 for a, b in itertools.pairwise(line)):
        yield "has a line that should have been cut at the antimeridian"
    if any(abs(a[0]) == abs(b[0]) == 180 for a, b in itertools.pairwise(line)):
        yield "has a line along the seam"


def _bbox(bbox: list[float], positions: list[list[float]]) -> Iterator[str]:
    west, south, east, north = bbox
    lats = [lat for _, lat in positions]
    if (south, north) != (min(lats), max(lats)):
        yield "has a box of the wrong height"
    inside = [west <= lon <= east if west <= east else lon >= west or lon <= east for lon, _ in positions]
    if not all(inside):
        yield "has a box that leaves something out"
    lons = {lon for lon, _ in positions}
    if not {west, east} <= lons:
        yield "has a box that is wider than what is in it"


def _positions(coordinates: Iterable[Any]) -> Iterator[list[float]]:
    for each in coordinates:
        if isinstance(each[0], (int, float)):
            assert len(each) == 2
            yield each
        else:
            yield from _positions(each)
