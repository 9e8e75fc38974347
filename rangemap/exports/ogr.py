"""GeoPackage, FlatGeobuf and shapefiles, written by GDAL through pyogrio."""

from __future__ import annotations

import sqlite3
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyogrio

from rangemap.errors import CutTextWarning, OutputError
from rangemap.exports.qml import qml
from rangemap.exports.sheets import CLAIM_COLUMNS, SOURCE_COLUMNS, claim_rows, source_rows, to_csv
from rangemap.exports.table import KINDS
from rangemap.files import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geopandas import GeoDataFrame

    from rangemap.exports.table import Table
    from rangemap.layers import LayerSet

SHORT_NAMES = {"tolerance_m": "toler_m"}
"""Columns whose names are over the ten characters of a shapefile."""

MAX_TEXT_BYTES = 254
"""What a text of a shapefile holds."""

_STYLES_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP
)
"""
_STYLES_ENTRY = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)
"""
_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
  styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', 'rangemap', ?, '', 1, 'As on the map', '', ?)
"""


def to_geopackage(table: Table) -> bytes:
    """Write a GeoPackage: a layer a kind, the tables `claims` and `sources`, and a style for each layer."""
    with _scratch("map.gpkg") as path:
        frame = table.flat()
        kinds = [kind for kind in KINDS if (frame["kind"] == kind).any()]
        for kind in kinds:
            made = (
                {"append": True} if path.exists() else {"VERSION": "1.3"}
            )  # 1.4 makes GDAL 3.6 and QGIS 3.22 complain
            _write(frame[frame["kind"] == kind], path, "GPKG", layer=kind, promote_to_multi=True, **made)
        for name, rows in _side_tables(table.layerset):
            _write(rows, path, "GPKG", layer=name, append=True)
        _add_styles(path, {kind: qml(kind, table.layerset) for kind in kinds})
        return path.read_bytes()


def to_flatgeobuf(table: Table) -> bytes:
    """Write FlatGeobuf: all features in one layer with a spatial index."""
    with _scratch("map.fgb") as path:
        _write(
            table.flat(), path, "FlatGeobuf", layer="rangemap", geometry_type="Unknown", TITLE=table.about()["title"]
        )
        return path.read_bytes()


def to_shapefiles(table: Table) -> dict[str, bytes]:
    """Write areas and lines as two shapefiles, and all fields in full as CSV.

    Warns
    -----
    CutTextWarning
        If texts are longer than a shapefile holds.
    """
    flat = table.flat()
    frame = flat.rename(columns=SHORT_NAMES)
    texts = [name for name in frame.columns if pd.api.types.is_string_dtype(frame[name])]
    for name in texts:
        frame[name] = frame[name].map(_cut, na_action="ignore")
    _warn_of_cuts(int(sum((flat[name].fillna("") != frame[name].fillna("")).sum() for name in texts)))
    areas = frame.geometry.geom_type.str.endswith("Polygon")
    with _scratch("map") as path:
        files: dict[str, bytes] = {}
        for end, part in (("", frame[areas]), ("_lines", frame[~areas])):
            if len(part):
                files |= _shapefile(part, path / f"map{end}.shp", end)
    return files | {"_fields.csv": to_csv(table)}


def _shapefile(frame: GeoDataFrame, path: Path, end: str) -> dict[str, bytes]:
    path.parent.mkdir(exist_ok=True)
    _write(frame, path, "ESRI Shapefile", ENCODING="UTF-8", DBF_DATE_LAST_UPDATE=stamp().strftime("%Y-%m-%d"))
    return {f"{end}{part.suffix}": part.read_bytes() for part in sorted(path.parent.glob(f"{path.stem}.*"))}


def _cut(text: str) -> str:
    return text.encode()[:MAX_TEXT_BYTES].decode(errors="ignore")


def _warn_of_cuts(cuts: int) -> None:
    renamed = " and ".join(f"'{name}' is '{short}'" for name, short in SHORT_NAMES.items())
    held = f"a shapefile holds {MAX_TEXT_BYTES} bytes a text and 10 characters a column name"
    lost = f"{cuts} texts are cut, {renamed}" if cuts else renamed
    warnings.warn(f"{held}: {lost}; the file that ends in _fields.csv has them whole", CutTextWarning, stacklevel=4)


def _side_tables(layerset: LayerSet) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give the claims and the sources of the map as tables without geometry."""
    yield "claims", pd.DataFrame([*claim_rows(layerset)], columns=CLAIM_COLUMNS)
    yield "sources", pd.DataFrame([*source_rows(layerset)], columns=SOURCE_COLUMNS)


@contextmanager
def _scratch(name: str) -> Iterator[Path]:
    """Lend a place for GDAL to write to; a disk that is full there is an error of ours."""
    with tempfile.TemporaryDirectory(prefix="rangemap-") as folder:
        try:
            yield Path(folder) / name
        except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, sqlite3.Error, OSError) as error:
            reason = " ".join(str(error).split())
            raise OutputError(Path(folder), f"{reason[:200]} (a temporary folder; TMPDIR moves it)") from error


def _write(frame: Any, path: Path, driver: str, **options: Any) -> None:  # noqa: ANN401 - pyogrio's
    with _settings():
        pyogrio.write_dataframe(frame, path, driver=driver, **options)


@contextmanager
def _settings() -> Iterator[None]:
    """Let GDAL write a fixed time where it would write the present one, and not wait for the disk of a scratch file."""
    wanted = {"OGR_CURRENT_DATE": _when(), "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    before = {name: pyogrio.get_gdal_config_option(name) for name in wanted}
    pyogrio.set_gdal_config_options(wanted)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _when() -> str:
    return stamp().strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _add_styles(path: Path, styles: Mapping[str, str]) -> None:
    """Add the table in which QGIS looks for styles, one default style a layer."""
    base = sqlite3.connect(path)
    try:
        base.execute("PRAGMA synchronous = OFF")
        with base:
            base.execute(_STYLES_TABLE)
            base.execute(_STYLES_ENTRY, (_when(),))
            base.executemany(_STYLE, [(layer, text, _when()) for layer, text in styles.items()])
        base.execute("VACUUM")
    finally:
        base.close()
