"""GeoParquet 1.1: the table with its lists, and metadata that say how the geometry is meant."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from rangemap._optional import require
from rangemap.exports.bounds import bbox

if TYPE_CHECKING:
    from rangemap.exports.table import Table


def to_parquet(table: Table) -> bytes:
    """Write the table as GeoParquet.

    Geometry is WKB; edges are straight in longitude and latitude (`planar`), for which the tolerance holds; outer
    rings run counter-clockwise; the bounding box is that of RFC 7946. A key `rangemap` holds version and credits.
    """
    require("pyarrow", extra="exports")
    from pyarrow import parquet  # noqa: PLC0415 - optional

    stream = io.BytesIO()
    table.frame.to_parquet(stream, index=False, schema_version="1.1.0")
    plain = parquet.read_table(io.BytesIO(stream.getvalue()))
    geo = json.loads(plain.schema.metadata[b"geo"])
    box = bbox(table.frame.geometry)
    geo["columns"]["geometry"] |= {"edges": "planar", "orientation": "counterclockwise", "bbox": box}
    described = plain.replace_schema_metadata({"geo": json.dumps(geo), "rangemap": json.dumps(table.about())})
    stream = io.BytesIO()
    parquet.write_table(described, stream, compression="snappy")
    return stream.getvalue()
