"""The brief: that its four formats say the same, stand on paper, and let no text break out of its medium."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from rangemap import figures, layers, report
from rangemap._optional import have
from rangemap.ballot import Filters
from rangemap.errors import MissingExtraError, OutputError, UsageError
from rangemap.report.blocks import References, Table, runs
from rangemap.report.brief import brief
from rangemap.report.markdown import escaped
from rangemap.types import Tier

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.layers import LayerSet

HOSTILE = (
    "</style><script>alert(1)</script> [x](javascript:y) | `a` **b** <img src=http://x.org/y.png> \u202e &amp; \x07"
)


@pytest.fixture(scope="module")
def layerset() -> LayerSet:
    return layers.build(["qiam-1"], regions=["iran"])


@pytest.fixture(scope="module")
def hostile(layerset: LayerSet) -> LayerSet:
    system = layerset.systems[0]
    said = tuple(replace(row, claimant=HOSTILE, original=HOSTILE, route=HOSTILE) for row in system.statements)
    sources = tuple(replace(row, citation=HOSTILE, url="javascript:alert(1)") for row in layerset.sources)
    return replace(
        layerset,
        title=HOSTILE,
        standfirst=HOSTILE,
        description=HOSTILE,
        kicker=(HOSTILE,),
        limits=(HOSTILE,),
        systems=(replace(system, name=HOSTILE, note=HOSTILE, statements=said),),
        sources=sources,
    )


@pytest.fixture(scope="module")
def rendered(layerset: LayerSet) -> dict[str, bytes]:
    return {ending: report.render(layerset, ending, picture="x.svg") for ending in report.FORMATS}


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing, where a test is about the words: a figure takes seconds."""
    pixel = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    drawn = {"png": pixel, "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}
    monkeypatch.setattr(figures, "render", lambda _, ending, **__: drawn[ending])


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w,.–-]*\w", text))


def text_of_pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def text_of_docx(content: bytes) -> str:
    document: Any = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_claim_is_there_with_its_source(layerset: LayerSet) -> None:
    document = brief(layerset)
    claims = next(block for block in document.blocks if isinstance(block, Table))
    sources = next(block for block in document.blocks if isinstance(block, References))
    statements = layerset.systems[0].statements
    assert len(claims.rows) == len(statements)
    assert {row[2] for row in claims.rows} == {row.original for row in statements}
    assert sum(row[4] == "yes" for row in claims.rows) == sum(row.counted for row in statements)
    assert [item.number for item in sources.items] == list(range(1, len(layerset.sources) + 1))
    for row in claims.rows:
        number = int(re.match(r"\[(\d+)\]", row[5])[1])  # type: ignore[index] # every row has one
        assert 1 <= number <= len(sources.items)


def test_the_four_formats_say_the_same(layerset: LayerSet, rendered: dict[str, bytes]) -> None:
    texts = {
        "md": rendered["md"].decode().replace("\\", ""),
        "html": re.sub(r"<[^>]+>", " ", rendered["html"].decode()),
        "docx": text_of_docx(rendered["docx"]),
        "pdf": text_of_pdf(rendered["pdf"]),
    }
    rows = [row for block in brief(layerset).blocks if isinstance(block, Table) for row in block.rows]
    wanted = words_of(" ".join(cell for row in rows for cell in row)) - {"-"}
    for ending, text in texts.items():
        missing = {word for word in wanted if word not in text and word not in text.replace("\n", "")}
        assert len(missing) <= 0.02 * len(wanted), (ending, missing)  # paper hyphenates and wraps a few


def test_the_word_file_has_real_headings_tables_and_a_described_picture(
    layerset: LayerSet, rendered: dict[str, bytes]
) -> None:
    document: Any = docx.Document(io.BytesIO(rendered["docx"]))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 2") >= 6
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    described = document.inline_shapes[0]._inline.docPr.get("descr")
    assert described.startswith("Map.")
    assert document.core_properties.title == layerset.title


def test_the_pdf_is_a4_and_titled(layerset: LayerSet, rendered: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(rendered["pdf"]))
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    assert reader.metadata is not None
    assert reader.metadata.title == layerset.title
    assert len(reader.pages) <= 5


@pytest.mark.parametrize("ending", report.FORMATS)
def test_the_same_brief_is_the_same_bytes(ending: str, layerset: LayerSet, rendered: dict[str, bytes]) -> None:
    assert report.render(layerset, ending, picture="x.svg") == rendered[ending]


def test_a_brief_tells_how_to_make_it_again() -> None:
    asked = layers.build(["qiam-1"], regions=["iran"], filters=Filters(tiers=frozenset({Tier.A}), as_of="2018"))
    assert "rangemap report qiam-1 --from iran --tier A --as-of 2018" in report.render(asked, "md").decode()


@pytest.mark.usefixtures("no_drawing")
def test_hostile_words_stay_words_on_the_web(hostile: LayerSet) -> None:
    html = report.render(hostile, "html").decode()
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert html.count("<img") == 1
    assert html.count("</style>") == 1
    assert "\x07" not in html
    assert "\u202e" not in html


@pytest.mark.usefixtures("no_drawing")
def test_hostile_words_ask_for_nothing_on_paper(hostile: LayerSet) -> None:
    assert "alert(1)" in text_of_pdf(report.render(hostile, "pdf"))


@pytest.mark.usefixtures("no_drawing")
def test_hostile_words_stay_words_in_word(hostile: LayerSet) -> None:
    text = text_of_docx(report.render(hostile, "docx"))
    assert "<script>alert(1)</script>" in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", r"a \| b"),
        ("<b>", r"\<b\>"),
        ("[x](y)", r"\[x\](y)"),
        ("1. not a list", r"\1. not a list"),
        ("- nor this", r"\- nor this"),
        ("**bold** and *not*", r"**bold** and \*not\*"),
        ("two\nlines", "two lines"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_markdown_marks_are_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


def test_bold_marks_are_runs() -> None:
    assert list(runs("a **b** c\x00")) == [("a ", False), ("b", True), (" c", False)]


def test_a_system_without_a_range_says_so() -> None:
    text = report.render(layers.build(["zelzal-3"], regions=["iran"]), "md").decode()
    assert "No claim counts as a range" in text


def test_a_markdown_brief_has_its_figure_beside_it(layerset: LayerSet, tmp_path: Path) -> None:
    written = report.save(layerset, tmp_path / "brief.md")
    assert [path.name for path in written] == ["brief.md", "brief.svg"]
    assert "](<brief.svg>)" in written[0].read_text(encoding="utf-8")
    assert written[1].read_bytes().startswith(b"<?xml")


def test_an_unknown_ending_lists_those_known(layerset: LayerSet, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.html, \.pdf, \.docx, \.md"):
        report.save(layerset, tmp_path / "brief.odt")


def test_a_missing_library_names_the_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rangemap._optional.have", lambda module: module != "weasyprint" and have(module))
    with pytest.raises(MissingExtraError, match=r"pip install 'rangemap\[report\]'"):
        report.check_libraries("pdf")


def test_a_target_that_cant_be_written_is_one_error(layerset: LayerSet, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        report.save(layerset, tmp_path / "file" / "brief.html")


def test_no_page_is_blank(rendered: dict[str, bytes], tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("pdftoppm is missing: apt-get install poppler-utils")
        pytest.skip("pdftoppm is missing: apt-get install poppler-utils")
    path = tmp_path / "brief.pdf"
    path.write_bytes(rendered["pdf"])
    subprocess.run(["pdftoppm", "-r", "20", "-gray", str(path), str(tmp_path / "page")], check=True)  # noqa: S607
    pages = sorted(tmp_path.glob("page-*.pgm"))
    assert len(pages) == len(pypdf.PdfReader(path).pages)
    for page in pages:
        pixels = page.read_bytes()[20:]
        assert sum(byte < 200 for byte in pixels) > 50, page.name


def test_a_line_that_does_not_count_parts_no_band() -> None:
    shahab = layers.build(["shahab-3"], regions=["iran"])
    text = report.render(shahab, "md").decode()
    counts = re.findall(r"(?m)^- [\d,]+ to [\d,]+ km: contested, (.*)$", text)
    assert len(counts) >= 3
    assert "since replaced" not in text  # the figure doesn't draw what is replaced, so its caption doesn't name it
    assert all(a != b for a, b in pairwise(counts))
