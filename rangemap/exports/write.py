"""From a `LayerSet` to a file: the kind of file is its extension."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rangemap.errors import UsageError
from rangemap.exports import geojson, ogr, sheets
from rangemap.exports.kml import to_kml, to_kmz
from rangemap.exports.parquet import to_parquet
from rangemap.exports.table import table
from rangemap.files import write_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rangemap.exports.table import Table
    from rangemap.layers import LayerSet

WRITERS: Mapping[str, Callable[[Table], bytes | Mapping[str, bytes]]] = {
    ".geojson": geojson.to_geojson,
    ".gpkg": ogr.to_geopackage,
    ".kml": to_kml,
    ".kmz": to_kmz,
    ".parquet": to_parquet,
    ".fgb": ogr.to_flatgeobuf,
    ".csv": sheets.to_csv,
    ".xlsx": sheets.to_xlsx,
    ".shp": ogr.to_shapefiles,
}
"""What writes each kind of file; a format of several files gives its contents by what follows the stem."""


def export(layerset: LayerSet, path: Path | str) -> list[Path]:
    """Write the features of a map for another program: GeoJSON, GeoPackage, KML and the like.

    Parameters
    ----------
    layerset
        What to write; see `rangemap.build_layers`, whose `cores=True` adds what is reached from everywhere in a region.
    path
        Where to; the extension says what: see `WRITERS`.

    Returns
    -------
    list of Path
        The files written: one, but for a shapefile.

    Raises
    ------
    UsageError
        For an extension that nobody knows.
    MissingExtraError
        If a library that the format needs is not installed.
    OutputError
        If the file can't be written; then what was there before is untouched.
    """
    target = Path(path)
    content = writer_of(target.suffix)(table(layerset))
    parts = {"": content} if isinstance(content, bytes) else content
    files = {target.with_name(f"{target.stem}{end}") if end else target: data for end, data in parts.items()}
    write_all(files)
    return list(files)


def geojson_text(layerset: LayerSet) -> str:
    """Return what `export` would write to a GeoJSON file."""
    return geojson.to_geojson(table(layerset)).decode()


def writer_of(extension: str) -> Callable[[Table], bytes | Mapping[str, bytes]]:
    """Find the writer of an extension, whatever its case.

    Raises
    ------
    UsageError
        With the extensions that are known.
    """
    try:
        return WRITERS[extension.lower()]
    except KeyError:
        got = f"'{extension}' is no format that rangemap exports" if extension else "the file has no extension"
        msg = f"{got}; name a file that ends in {', '.join(WRITERS)}"
        raise UsageError(msg) from None
