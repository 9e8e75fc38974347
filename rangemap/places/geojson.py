"""Read areas from GeoJSON (RFC 7946): polygons only, and every fault answered with one sentence and its remedy."""

from __future__ import annotations

import json
import math
import os.path
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

import shapely
from shapely.geometry.polygon import orient

from rangemap.errors import RegionError
from rangemap.files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rangemap.places.model import Area

MAX_BYTES = 50_000_000
"""Read whole, in two seconds; the outline of Canada at 1:10m is a tenth of it."""
MAX_POSITIONS = 10_000
"""In all rings. Canada at 1:50m has 7,826. A map from 10,000 positions takes half a minute."""

_RING_POSITIONS = 4
_POINTS_AND_LINES = {
    "Point": "a point",
    "MultiPoint": "points",
    "LineString": "a line",
    "MultiLineString": "lines",
}


def read_area(path: Path) -> tuple[str, Area]:
    """Read the polygons of a GeoJSON file as one area.

    Parameters
    ----------
    path
        A Polygon, MultiPolygon, Feature, FeatureCollection or GeometryCollection in lon/lat degrees. Heights are
        dropped, rings wound the wrong way are turned, overlapping parts are joined.

    Returns
    -------
    tuple
        The name (`properties.name` of a single feature, else the file's name) and the area: valid, inside ±180/±90,
        exterior rings counter-clockwise.

    Raises
    ------
    RegionError
        If the file can't be read, is no GeoJSON, holds anything but polygons, leaves ±180/±90 or crosses itself.
    """
    document = _document(path)
    try:
        found = list(_polygons(path, document))
        _check_size(path, found)
        polygons = [_polygon(path, rings) for rings in found]
    except RecursionError:
        _refuse(path, "is nested too deep to be GeoJSON", "save it again from a GIS")
    if not polygons:
        _refuse(path, "holds no polygon", "a launch region is an area: draw at least one Polygon")
    return _name(path, document), counter_clockwise(shapely.union_all(polygons))


def counter_clockwise(area: Area) -> Area:
    """Return an area with its exterior rings counter-clockwise and its holes clockwise, as RFC 7946 asks."""
    parts = [orient(part) for part in shapely.get_parts(area)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _refuse(path: Path, problem: str, remedy: str) -> NoReturn:
    message = f"'{path}' {problem}; {remedy}"
    raise RegionError(message)


def _document(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file, after the checks that need no geometry."""
    text = _text(path)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        _refuse(path, f"is not JSON (line {error.lineno}: {error.msg})", "save it as GeoJSON")
    except RecursionError:
        _refuse(path, "is nested too deep to be GeoJSON", "save it again from a GIS")
    except ValueError as error:  # a number of thousands of digits
        _refuse(path, f"is not JSON that can be read ({error})", "save it as GeoJSON")
    if not isinstance(document, dict):
        _refuse(path, "is JSON but not GeoJSON", "its outermost value must be an object with a 'type'")
    _check_crs(path, document)
    return document


def _text(path: Path) -> str:
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises on names that are too long
        reason = "is a folder" if os.path.isdir(path) else "is not there"  # noqa: PTH112 - the same
        _refuse(path, reason, "name a GeoJSON file of polygons, or a region of `rangemap list --regions`")
    try:
        content = read_plain(path, at_most=MAX_BYTES)
        if len(content) > MAX_BYTES:
            _refuse(path, f"is over {MAX_BYTES // 1_000_000} MB", "simplify the outline: a coarse one is enough")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(path, "is not text in UTF-8", "save it as GeoJSON in UTF-8")
    except OSError as error:
        _refuse(path, f"can't be read ({(error.strerror or str(error)).lower()})", "check its permissions")


def _check_crs(path: Path, document: dict[str, Any]) -> None:
    crs = document.get("crs")
    if crs is not None and not any(known in json.dumps(crs) for known in ("CRS84", "EPSG::4326", "EPSG:4326")):
        _refuse(path, "is in another coordinate system", "save it in longitude and latitude (EPSG:4326)")


def _polygons(path: Path, thing: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - anything may stand in a user's file
    """Yield the coordinates of every polygon, in depth."""
    kind = thing.get("type") if isinstance(thing, dict) else None
    if kind == "Polygon":
        yield _list(path, thing.get("coordinates"))
    elif kind == "MultiPolygon":
        yield from (_list(path, rings) for rings in _list(path, thing.get("coordinates")))
    elif kind == "Feature":
        if thing.get("geometry") is not None:
            yield from _polygons(path, thing["geometry"])
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for member in _list(path, thing.get("features" if kind == "FeatureCollection" else "geometries")):
            yield from _polygons(path, member)
    elif isinstance(kind, str) and kind in _POINTS_AND_LINES:
        _refuse(path, f"holds {_POINTS_AND_LINES[kind]}", "a launch region is an area, never a point: draw a Polygon")
    else:
        _refuse(
            path,
            f"is not GeoJSON: its type is {_shown(kind)}",
            "use Polygon, MultiPolygon, Feature or FeatureCollection",
        )


def _check_size(path: Path, polygons: list[list[Any]]) -> None:
    positions = sum(len(ring) for rings in polygons for ring in rings if isinstance(ring, list))
    if positions > MAX_POSITIONS:
        what = f"has {positions:,} positions, over the limit of {MAX_POSITIONS:,}"
        _refuse(path, what, "simplify the outline, e.g. in a GIS: a coarse one is enough")


def _list(path: Path, value: Any) -> list[Any]:  # noqa: ANN401 - the same
    if not isinstance(value, list):
        _refuse(path, f"is not GeoJSON: {_shown(value)} stands where a list should", "save it again from a GIS")
    return value


def _shown(value: Any) -> str:  # noqa: ANN401 - the same
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - enough to recognise it by


def _polygon(path: Path, rings: list[Any]) -> shapely.Polygon:
    """Return one polygon, checked."""
    if not rings:
        _refuse(path, "holds an empty polygon", "draw it, or take it out")
    outer, *holes = (_ring(path, _list(path, ring)) for ring in rings)
    polygon = shapely.Polygon(outer, holes)
    if not polygon.is_valid:
        _refuse(path, f"is not a clean area: {_fault(polygon)}", "untangle the outline there, e.g. with a GIS")
    return polygon


def _fault(polygon: shapely.Polygon) -> str:
    """Say what is wrong with a polygon, and where, longitude first."""
    reason = shapely.is_valid_reason(polygon)
    what, _, where = reason.rstrip("]").partition("[")
    words = {"Self-intersection": "it crosses itself", "Ring Self-intersection": "it touches itself"}.get(what, what)
    return f"{words} at {', '.join(f'{float(number):.4f}' for number in where.split())}" if where else words.lower()


def _ring(path: Path, positions: list[Any]) -> list[tuple[float, float]]:
    ring = [_position(path, position) for position in positions]
    _check_bounds(path, ring)
    if len(ring) < _RING_POSITIONS or ring[0] != ring[-1]:
        _refuse(
            path, f"holds a ring of {len(ring)} positions that is no closed outline", "end each ring where it begins"
        )
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(ring):
        if 180 < abs(lon_a - lon_b) < 360 and abs(lat_a + lat_b) < 180:  # noqa: PLR2004 - half and whole turn
            edge = f"an edge from longitude {lon_a:g} to {lon_b:g}"
            _refuse(path, f"has {edge}", "cut the area in two at ±180°, as RFC 7946 (section 3.1.9) asks")
    return ring


def _position(path: Path, position: Any) -> tuple[float, float]:  # noqa: ANN401 - the same
    try:
        lon, lat = (float(number) for number in _list(path, position)[:2] if not isinstance(number, (bool, str)))
    except (TypeError, ValueError, OverflowError):
        _refuse(path, f"has {_shown(position)} where a position should be", "write [longitude, latitude] in degrees")
    return lon, lat


def _check_bounds(path: Path, ring: list[tuple[float, float]]) -> None:
    """Refuse positions off the Earth; where swapping would mend it, say so."""
    wrong = [at for at in ring if not _is_on_earth(*at)]
    if not wrong:
        return
    place = f"[{wrong[0][0]:g}, {wrong[0][1]:g}]"
    if not all(map(math.isfinite, wrong[0])):
        _refuse(path, f"has a position that is no number, {place}", "take it out")
    if all(_is_on_earth(lat, lon) for lon, lat in ring):
        _refuse(path, f"has a latitude beyond ±90° at {place}", "the order seems swapped: write longitude first")
    _refuse(path, f"leaves ±180/±90 degrees at {place}", "use degrees (EPSG:4326), and cut the area at ±180°")


def _is_on_earth(lon: float, lat: float) -> bool:
    return abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004 - the Earth is round


def _name(path: Path, document: dict[str, Any]) -> str:
    """Return the name of a file's single feature, else that of the file."""
    features = document.get("features") if document["type"] == "FeatureCollection" else [document]
    if isinstance(features, list) and len(features) == 1 and isinstance(features[0], dict):
        properties = features[0].get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        if isinstance(name, str) and name.strip():
            return " ".join(name.split())[:80]
    return path.stem
