"""GeoJSON to RFC 7946: one FeatureCollection, six decimals, boxes that know the antimeridian."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping

from rangemap.exports.bounds import bbox

if TYPE_CHECKING:
    from rangemap.exports.table import Table


def to_geojson(table: Table) -> bytes:
    """Write the table as GeoJSON.

    Columns that do not apply to a feature are null. Beside the features stands a member `rangemap` with title, version
    and hash of the data, and the credits.
    """
    collection = {
        "type": "FeatureCollection",
        "rangemap": table.about(),
        "bbox": bbox(table.frame.geometry),
    }
    head = json.dumps(collection, ensure_ascii=False)[:-1]
    features = ",\n".join(_feature(row) for row in table.frame.to_dict("records"))
    return f'{head}, "features": [\n{features}\n]}}\n'.encode()


def _feature(row: dict[str, Any]) -> str:
    geometry = row.pop("geometry")
    feature = {
        "type": "Feature",
        "id": row.pop("id"),
        "bbox": bbox([geometry]),
        "properties": {name: _json(value) for name, value in row.items()},
        "geometry": mapping(_simple(geometry)),
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> object:
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else value
    return value


def _simple(geometry: shapely.Geometry) -> shapely.Geometry:
    """Write a collection of one as that one: simpler to read, and what most tools write."""
    parts = shapely.get_parts(geometry)
    return parts[0] if len(parts) == 1 else geometry
