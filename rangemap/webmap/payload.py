"""The data inside the page: who says what as JSON, geometry packed as integers, both for the page's script.

Coordinates are whole multiples of `GRID_DEG`, each ring as its first position and then steps, longitude first:
`[lon, lat, dlon, dlat, …]`.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely import get_coordinates, get_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely import MultiLineString, MultiPolygon, Polygon

    from rangemap.layers import LayerSet, Line, Statement, Step, SystemLayers, View

GRID_DEG = 1e-4
"""Grid of the packed coordinates: 11 m at most, far inside the tolerance of every outline."""


def facts(layerset: LayerSet) -> dict[str, Any]:
    """Return what the page's script needs in order to count, as plain JSON values."""
    return {
        "systems": [_system(system) for system in layerset.systems],
        "views": [_view(view) for view in layerset.views],
        "title": layerset.title,
        "credits": layerset.credits,
        "version": layerset.version,
        "hash": layerset.data_hash,
    }


def geometry(layerset: LayerSet) -> str:
    """Return the geometry of every view, packed for the page."""
    return pack(json.dumps([_shapes(view) for view in layerset.views], separators=(",", ":")).encode())


def pack(data: bytes) -> str:
    """Compress with gzip and write as base64: the same bytes for the same data on every day."""
    return base64.b64encode(gzip.compress(data, compresslevel=9, mtime=0)).decode()


def _system(system: SystemLayers) -> dict[str, Any]:
    return {
        "id": system.id,
        "name": system.name,
        "series": system.series + 1,
        "projected": system.projected,
        "origins": {origin.id: origin.name for origin in system.origins},
        "lines": [_line(line) for line in system.lines],
        "steps": [_step(step) for step in system.steps],
        "statements": [_statement(statement) for statement in system.statements],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "km": line.km,
        "label": line.label,
        "role": str(line.role),
        "remark": line.remark,
        "claims": list(line.claims),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "inner": step.inner_km,
        "outer": step.outer_km,
        "line": step.outer_line,
        "claims": list(step.claims),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "line": statement.line,
        "lower": statement.lower_line,
        "origin": statement.origin,
        "claimant": statement.claimant,
        "tier": str(statement.tier),
        "asOf": statement.as_of,
        "low": statement.low_km,
        "high": statement.high_km,
        "stance": str(statement.stance),
        "votable": statement.votable,
        "counted": statement.counted,
        "original": statement.original,
        "citation": statement.citation,
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "id": view.region_id,
        "name": view.region_name,
        "country": view.region_country,
        "countries": [
            [row.id, row.name, row.short_name, round(row.nearest_km, 6), round(row.farthest_km, 6)]
            for row in view.countries
        ],
    }


def _shapes(view: View) -> dict[str, Any]:
    return {
        "region": _polygons(view.region),
        "outlines": {line: _curves(curve) for line, curve in view.outlines.items()},
        "areas": {step: _polygons(area) for step, area in view.areas.items()},
    }


def _polygons(area: Polygon | MultiPolygon) -> list[list[list[int]]]:
    """Polygons as lists of rings, exterior first; a ring's closing position is left out."""
    return [
        [_steps(get_coordinates(ring)[:-1]) for ring in (part.exterior, *part.interiors)]
        for part in get_parts(area)
        if not part.is_empty
    ]


def _curves(curve: MultiLineString) -> list[list[int]]:
    return [_steps(get_coordinates(part)) for part in get_parts(curve) if not part.is_empty]


def _steps(positions: Iterable[Iterable[float]]) -> list[int]:
    grid = np.round(np.asarray(positions) / GRID_DEG).astype(np.int64)
    return [int(step) for step in np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()]
