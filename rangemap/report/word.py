"""Set a brief as a Word file by python-docx: real headings, repeated table heads, captions, a described picture."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from rangemap import figures
from rangemap.cells import plain
from rangemap.report.blocks import Bullets, Commands, Heading, Paragraph, Picture, Table, runs

if TYPE_CHECKING:
    from rangemap.layers import LayerSet
    from rangemap.report.blocks import Block, Document, References

WIDTH_MM = 176.0
_GREY = RGBColor(0x4A, 0x4B, 0x4F)
_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def as_docx(document: Document, layerset: LayerSet) -> bytes:
    """Return the brief as the bytes of a .docx file, the same for the same brief."""
    word = docx.Document()
    _page(word)
    _properties(word, document)
    word.add_paragraph(plain(document.kicker)).style = "Subtitle"
    word.add_heading(plain(document.title), level=0)
    for block in document.blocks:
        _block(word, block, layerset)
    _words(word.add_paragraph(), document.colophon, size=8)
    stream = io.BytesIO()
    word.save(stream)
    return _settled(stream.getvalue())


def _page(word: Any) -> None:  # noqa: ANN401 - python-docx has no types
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH_MM) / 2)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (
        ("Normal", 10),
        ("Title", 22),
        ("Subtitle", 9),
        ("Heading 2", 13),
        ("Heading 3", 11),
        ("Caption", 9),
    ):
        style = word.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Calibri" if name in {"Normal", "Subtitle", "Caption"} else "Georgia"
        style.font.color.rgb = _GREY if name in {"Subtitle", "Caption"} else RGBColor(0x1D, 0x1D, 0x1F)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _properties(word: Any, document: Document) -> None:  # noqa: ANN401 - the same
    when = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "315532800")), UTC).replace(tzinfo=None)
    properties = word.core_properties
    properties.title, properties.subject = plain(document.title)[:255], plain(document.description)[:255]
    properties.author, properties.language, properties.comments = "rangemap", "en", ""
    properties.created = properties.modified = when


def _block(word: Any, block: Block, layerset: LayerSet) -> None:  # noqa: ANN401 - the same
    if isinstance(block, Heading):
        word.add_heading(plain(block.text), level=block.level)
    elif isinstance(block, Paragraph):
        _words(word.add_paragraph(), block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            _words(word.add_paragraph(style="List Bullet"), item)
    elif isinstance(block, Commands):
        for line in block.lines:
            run = word.add_paragraph().add_run(plain(line))
            run.font.name, run.font.size = "Consolas", Pt(8.5)
    elif isinstance(block, Picture):
        _picture(word, block, layerset)
    elif isinstance(block, Table):
        _table(word, block)
    else:
        _references(word, block)


def _words(paragraph: Any, text: str, *, size: float | None = None) -> None:  # noqa: ANN401 - the same
    for piece, heavy in runs(text):
        run = paragraph.add_run(piece)
        run.bold = heavy or None
        if size:
            run.font.size = Pt(size)


def _picture(word: Any, block: Picture, layerset: LayerSet) -> None:  # noqa: ANN401 - the same
    png = figures.render(layerset, "png", use="a4", header=False, footer=False)
    shape = word.add_picture(io.BytesIO(png), width=Mm(WIDTH_MM))
    described = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to alternative text
    described.set("descr", plain(block.alt))
    described.set("title", "Map")
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    word.add_paragraph(plain(block.caption), style="Caption")


def _table(word: Any, block: Table) -> None:  # noqa: ANN401 - the same
    caption = word.add_paragraph(plain(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = word.add_table(rows=0, cols=len(block.head))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Mm(WIDTH_MM * width)
    for place, row in enumerate([block.head, *block.rows]):
        _row(table.add_row(), row, block, head=place == 0)
    word.add_paragraph()


def _row(row: Any, cells: tuple[str, ...], table: Table, *, head: bool) -> None:  # noqa: ANN401 - the same
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for what follows
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))  # repeated on every page
    for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Mm(WIDTH_MM * table.widths[place])
        paragraph = cell.paragraphs[0]
        _words(paragraph, f"**{text}**" if head else text, size=8.5)
        if place in table.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _references(word: Any, block: References) -> None:  # noqa: ANN401 - the same
    for item in block.items:
        address = f" {item.url}" if item.url else ""
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
        paragraph.paragraph_format.space_after = Pt(2)
        _words(paragraph, f"[{item.number}] {item.text}{address}", size=9)


def _settled(content: bytes) -> bytes:
    """Pack the file again with one date on every part, so that the same brief gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _FIRST_ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return stream.getvalue()
