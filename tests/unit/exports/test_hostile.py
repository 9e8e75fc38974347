"""Text from data can't become code, markup or a formula in any format."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from rangemap.exports import export

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.layers import LayerSet

KML = "{http://www.opengis.net/kml/2.2}"


def test_kml_shows_it_as_text(hostile: LayerSet, tmp_path: Path) -> None:
    export(hostile, tmp_path / "x.kml")
    tree = ET.parse(tmp_path / "x.kml")  # noqa: S314 - our own file
    balloons = [each.text or "" for each in tree.iter(f"{KML}description")]
    assert any("&lt;script&gt;" in text for text in balloons)
    assert not any("<script" in text or "$[" in text for text in balloons)
    assert {each.text for each in tree.iter(f"{KML}text")} == {"$[description]"}
    assert "<![CDATA[" not in (tmp_path / "x.kml").read_text(encoding="utf-8")


def test_kmz_holds_one_document(hostile: LayerSet, tmp_path: Path) -> None:
    export(hostile, tmp_path / "x.kmz")
    with zipfile.ZipFile(tmp_path / "x.kmz") as archive:
        assert archive.namelist() == ["doc.kml"]


def test_csv_runs_no_formula(hostile: LayerSet, tmp_path: Path) -> None:
    export(hostile, tmp_path / "x.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"))))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)


def test_xlsx_runs_no_formula(hostile: LayerSet, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    export(hostile, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)


def test_xlsx_links_lead_to_the_sources(qiam: LayerSet, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    export(qiam, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["region", "band", "reach", "core", "outline", "gap", "claims", "sources"]
    links = [cell.hyperlink.target for row in book["sources"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [source.url for source in qiam.sources if source.url]


def test_styles_find_a_system_whatever_it_is_called(hostile: LayerSet, tmp_path: Path) -> None:
    export(hostile, tmp_path / "x.gpkg")
    base = sqlite3.connect(tmp_path / "x.gpkg")
    styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    base.close()
    assert list(styles) == ["region", "band", "reach", "core", "outline", "gap"]
    rules = [rule for text in styles.values() for rule in ET.fromstring(text).iter("rule")]  # noqa: S314 - ours
    assert all("<script" not in rule.get("label", "") for rule in rules)
    assert "\"system\" = 'qiam-1' AND \"level\" = 'within'" in [rule.get("filter") for rule in rules]


def test_geojson_has_no_control_characters(hostile: LayerSet, tmp_path: Path) -> None:
    export(hostile, tmp_path / "x.geojson")
    document = json.loads((tmp_path / "x.geojson").read_bytes())
    texts = [feature["properties"]["citation"] for feature in document["features"]]
    assert not any(set(text) & set("\x00\x1b\u202e\n\t") for text in texts)
