"""Files that nobody vouches for are read in bounds, and nothing is written but what was named."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rangemap import places
from rangemap.catalogue import exchange
from rangemap.catalogue.load import load_catalogue
from rangemap.errors import DataError, OutputError, RegionError
from rangemap.extract.readers import ArticleError, read_article
from rangemap.files import read_plain, write_atomic

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")


@posix
def test_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    precious, link = tmp_path / "precious", tmp_path / "out" / "page.html"
    precious.write_text("mine")
    link.parent.mkdir()
    link.symlink_to(precious)
    write_atomic(link, "page")
    assert precious.read_text() == "mine"
    assert not link.is_symlink()
    assert link.read_text() == "page"


@posix
def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    for name in (tmp_path / "pipe", tmp_path / "link", Path("/dev/null")):
        with pytest.raises(OutputError, match="device or a pipe"):
            write_atomic(name, "x")
    assert Path("/dev/null").is_char_device()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


@posix
def test_pipes_and_endless_devices_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="device or a pipe"):
            read_plain(name, at_most=10)
    (tmp_path / "systems").mkdir()
    (tmp_path / "sources.yaml").symlink_to("/dev/zero")
    (tmp_path / "systems" / "one.yaml").symlink_to(tmp_path / "pipe")
    with pytest.raises(DataError, match="device or a pipe") as caught:
        load_catalogue(tmp_path)
    assert len(caught.value.problems) == 2


@posix
def test_an_endless_article_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rangemap.extract.readers.MAX_BYTES", 1000)
    with pytest.raises(ArticleError, match="over 0 MB"):
        read_article(Path("/dev/zero"))


@posix
def test_a_region_is_no_device(tmp_path: Path) -> None:
    (tmp_path / "x.geojson").symlink_to("/dev/zero")
    with pytest.raises(RegionError):
        places.region(tmp_path / "x.geojson")


def workbook(rows: bytes, before: bytes = b"") -> bytes:
    """Make a workbook whose sheet holds these rows as they are."""
    plain, stream = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = before + b"<worksheet " + main + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return stream.getvalue()


CELL = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a0 "a">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 30))
    + b"]>"
)
BOOKS = {
    "bomb": (workbook(b'<row r="1">' + CELL % (b"A1", b"x") * 50_000 + b"</row>"), "zip bomb"),
    "laughs": (
        workbook(b'<row r="1">' + CELL % (b"A1", b"&a29;") + b"</row>", LAUGHS),
        "no XLSX",
    ),
    "file": (
        workbook(
            b'<row r="1">' + CELL % (b"A1", b"&z;") + b"</row>",
            b'<!DOCTYPE x [<!ENTITY z SYSTEM "file:///etc/passwd">]>',
        ),
        "no XLSX|no column",
    ),
    "far column": (workbook(b'<row r="1">' + CELL % (b"XFD1", b"x") + b"</row>"), "no column"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_is_refused(name: str) -> None:
    content, says = BOOKS[name]
    with pytest.raises(DataError, match=says) as caught:
        exchange.from_xlsx(content, "x.xlsx")
    assert "root:" not in str(caught.value)


def test_a_table_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MAX_ROWS", 10)
    with pytest.raises(DataError, match="over 10 rows"):
        exchange.from_csv("system\n" * 12, "x.csv")
    far = workbook(b'<row r="1048576">' + CELL % (b"A1048576", b"x") + b"</row>")
    with pytest.raises(DataError, match="over 10 rows"):
        exchange.from_xlsx(far, "x.xlsx")


def test_an_import_over_20_mb_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "sources.yaml").write_text("sources: []\n")
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(20_000_001)
    command = [sys.executable, "-m", "rangemap", "import-claims", "big.csv", "--catalogue", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 1
    assert done.stderr.strip() == "rangemap: big.csv: is over 20 MB; split it"


@pytest.mark.parametrize("name", ["/etc/x.geojson", "../x.geojson", "x.json", "C:\\x", "a/b"])
def test_a_catalogue_names_no_file_of_its_reader(name: str, tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "sources.yaml").write_text("sources: []\n")
    system = f"id: one\nname: One\ncountry: IRN\nkind: srbm\nstatus: operational\nregions: ['{name}']\n"
    (tmp_path / "systems" / "one.yaml").write_text(system)
    with pytest.raises(DataError, match="is a path; put the file into regions/"):
        load_catalogue(tmp_path)
