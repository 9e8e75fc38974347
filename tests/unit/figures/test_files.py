"""Figures as files: sizes, alternative text, the same bytes, one clear line for bad input."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from rangemap import _optional, figures
from rangemap.cli.app import app
from rangemap.errors import MissingExtraError, OutputError, UsageError
from rangemap.figures.drawing import Chart
from rangemap.figures.formats import encode
from rangemap.layers import LayerSet

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '</title><script>alert(1)</script> & "x" $\\frac{1}{0}$ -->\u202e\x00'


@pytest.mark.parametrize("name", figures.USES)
def test_each_use_has_its_size(policy: LayerSet, name: str) -> None:
    use = figures.USES[name]
    picture = Image.open(io.BytesIO(figures.render(policy, "png", use=name)))
    assert picture.width == pytest.approx(use.width / 96 * use.dpi, abs=1)
    assert picture.info["dpi"][0] == pytest.approx(use.dpi, abs=0.1)
    if use.height is not None:
        assert picture.height == pytest.approx(use.height / 96 * use.dpi, abs=1)


def test_the_svg_says_what_it_shows(qiam_chart: Chart) -> None:
    text = encode(qiam_chart, "svg")
    root = ET.fromstring(text)  # noqa: S314 - our own
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby") or "").split() == [title.get("id"), desc.get("id")]
    assert title.text == "How far is the Qiam-1 said to reach?"
    assert "1,700 km (1 of 6)" in (desc.text or "")
    assert "Launch area: Iran" in (desc.text or "")
    assert len(text) < 400_000
    assert b"http" not in re.sub(rb'"http://www\.w3\.org/[^"]*"', b"", text), "it asks nothing of anyone"


def test_pdf_holds_its_fonts_and_its_words(qiam_chart: Chart) -> None:
    reader = PdfReader(io.BytesIO(encode(qiam_chart, "pdf")))
    about = reader.metadata
    assert about is not None
    assert about.title == "How far is the Qiam-1 said to reach?"
    assert "Launch area: Iran" in (about.subject or "")
    assert "Qiam-1" in (about.keywords or "")
    assert about.creation_date is None
    fonts = reader.pages[0]["/Resources"]["/Font"]
    kinds = {fonts[name].get_object()["/Subtype"] for name in fonts}
    assert kinds == {"/Type0"}, "TrueType, never outlines of type 3"
    words = reader.pages[0].extract_text()
    assert "How far is the Qiam-1 said to reach?" in words
    assert "Sources:" in words
    assert "Natural Earth" in words


def test_the_png_says_what_it_shows(qiam_chart: Chart) -> None:
    picture = Image.open(io.BytesIO(encode(qiam_chart, "png")))
    assert picture.info["Title"] == "How far is the Qiam-1 said to reach?"
    assert "Launch area: Iran" in picture.info["Description"]


_PROGRAM = """
import hashlib, sys
from rangemap import figures
from rangemap.layers import build
layers = build(["qiam-1"])
print(*(hashlib.sha256(figures.render(layers, kind, use="column")).hexdigest() for kind in ("svg", "png", "pdf")))
"""


def test_the_same_bytes_everywhere(qiam: LayerSet) -> None:
    """Whatever the zone, the language, the seed of hashes and the reader's own matplotlib settings are."""
    here = [hashlib.sha256(figures.render(qiam, kind, use="column")).hexdigest() for kind in ("svg", "png", "pdf")]
    settings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "RANGEMAP_CACHE": "off"}
    there = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    assert there.stdout.split() == here


def test_hostile_words_stay_words(qiam: LayerSet) -> None:
    view = replace(qiam.views[0], region_name=EVIL)
    nasty = replace(qiam, title=EVIL, standfirst=EVIL, kicker=(EVIL,), views=(view,), credits=EVIL)
    root = ET.fromstring(figures.render(nasty, "svg", use="column"))  # noqa: S314 - the point
    assert not list(root.iter(f"{SVG}script"))
    reader = PdfReader(io.BytesIO(figures.render(nasty, "pdf", use="column")))
    assert "<script>alert(1)" in reader.pages[0].extract_text()


def test_words_in_any_script_are_drawn_without_a_murmur(qiam: LayerSet) -> None:
    many = replace(qiam, title="Ракета 火星 صاروخ 🚀", standfirst="**火星** " * 40)
    assert figures.render(many, "png", use="column").startswith(b"\x89PNG")


def test_header_and_foot_can_be_left_to_the_page_around(qiam: LayerSet) -> None:
    reader = PdfReader(io.BytesIO(figures.render(qiam, "pdf", header=False, footer=False)))
    words = reader.pages[0].extract_text()
    assert "How far" not in words
    assert "Sources:" not in words
    assert "1,700 km" in words


@pytest.mark.parametrize("name", ["x.gif", "x", "-"])
def test_an_unknown_ending_names_those_known(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(app, ["figure", "qiam-1", "-o", str(tmp_path / name)])
    assert isinstance(result.exception, UsageError)
    assert str(result.exception).endswith("a figure ends in one of .svg, .png, .pdf")
    assert not list(tmp_path.iterdir())


def test_a_target_that_cannot_be_written_is_one_line(tmp_path: Path, qiam: LayerSet) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="can't write"):
        figures.save(qiam, tmp_path / "file" / "x.svg", use="column")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_without_matplotlib_the_pip_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_optional, "find_spec", lambda name: None if name == "matplotlib" else object())
    result = CliRunner().invoke(app, ["figure", "qiam-1", "-o", str(tmp_path / "x.svg")])
    assert isinstance(result.exception, MissingExtraError)
    assert "pip install 'rangemap[figures]'" in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_an_unknown_use_is_told_the_known_ones(qiam: LayerSet) -> None:
    with pytest.raises(UsageError, match="unknown use 'poster'; known: web, slide, a4, column"):
        figures.figure(qiam, use="poster")


def test_a_system_without_a_counted_claim_is_drawn_with_the_reason(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    result = CliRunner().invoke(app, ["figure", "iran-declared-limit", "--for", "column", "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(target)
    assert "counts as a range" in result.stderr
    assert "policy limit" in PdfReader(target).pages[0].extract_text()
