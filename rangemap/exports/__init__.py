"""The layers of a map for other programs: GIS, spreadsheets, globes. Needs rangemap's extra `exports`."""

from __future__ import annotations

from rangemap.exports.table import table
from rangemap.exports.write import WRITERS, export, geojson_text, writer_of

__all__ = ["WRITERS", "export", "geojson_text", "table", "writer_of"]
