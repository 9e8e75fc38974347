"""Tables without geometry: CSV, and an XLSX workbook with a sheet a kind, the claims and the sources.

Outlines run to thousands of vertices and a cell holds 32,767 characters, so geometry stays out; areas are given in
square kilometres. What a spreadsheet would run as a formula is written with an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

from rangemap._optional import require
from rangemap.cells import escape, plain, xlsx_safe
from rangemap.exports.table import COLUMNS, KINDS
from rangemap.files import stamp, zipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rangemap.exports.table import Table
    from rangemap.layers import LayerSet

CLAIM_COLUMNS = (
    *("id", "system", "claimant", "origin", "hedge", "route", "as_of", "original", "low_km", "high_km", "quantity"),
    *("stance", "flags", "tier", "counted", "why_not", "source", "citation", "url"),
)
SOURCE_COLUMNS = ("id", "citation", "publisher", "tier", "issued", "url")

MAX_CELL = 32_767
"""Characters that a cell of XLSX holds."""

_WIDTHS = {"label": 48, "citation": 70, "claims": 40, "origins": 40, "url": 50, "id": 44, "original": 30, "why_not": 40}
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def to_csv(table: Table) -> bytes:
    """Write the table as CSV (RFC 4180, UTF-8), without geometry."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_text(value) for value in row] for row in feature_rows(table))
    return stream.getvalue().encode()


def to_xlsx(table: Table) -> bytes:
    """Write the table as a workbook: a sheet a kind, then all claims and sources with links to follow."""
    openpyxl = require("openpyxl", extra="exports")
    book = openpyxl.Workbook()
    book.remove(book.active)
    rows = list(feature_rows(table))
    for kind in KINDS:
        of_kind = [row for row in rows if row[COLUMNS.index("kind")] == kind]
        if of_kind:
            _fill(book.create_sheet(kind), COLUMNS, of_kind)
    _fill(book.create_sheet("claims"), CLAIM_COLUMNS, claim_rows(table.layerset))
    _fill(book.create_sheet("sources"), SOURCE_COLUMNS, source_rows(table.layerset))
    stream = io.BytesIO()
    book.save(stream)
    return _repacked(stream.getvalue())


def feature_rows(table: Table) -> Iterator[Sequence[object]]:
    """Give the features as plain rows, in the order of `COLUMNS`; lists are joined, what does not apply is None."""
    for row in table.flat()[list(COLUMNS)].itertuples(index=False):
        yield [None if isinstance(value, float) and math.isnan(value) else value for value in row]


def claim_rows(layerset: LayerSet) -> Iterator[Sequence[object]]:
    """Give every claim of the map, counted or not, in the order of `CLAIM_COLUMNS`."""
    for system in layerset.systems:
        for said in system.statements:
            row = {name: getattr(said, name) for name in CLAIM_COLUMNS}
            row |= {"flags": "; ".join(said.flags), "tier": said.tier.value, "counted": "yes" if said.counted else "no"}
            yield _clean(row.values())


def source_rows(layerset: LayerSet) -> Iterator[Sequence[object]]:
    """Give every source of the map, in the order of `SOURCE_COLUMNS`."""
    for source in layerset.sources:
        row = {name: getattr(source, name) for name in SOURCE_COLUMNS} | {"tier": source.tier.value}
        yield _clean(row.values())


def _clean(row: Iterable[object]) -> list[object]:
    return [plain(value) if isinstance(value, str) else value for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else escape(str(value))


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:  # noqa: ANN401 - openpyxl's
    sheet.freeze_panes = "B2"
    sheet.append(columns)
    for cell, name in zip(sheet[1], columns, strict=True):
        cell.style = "Headline 4"
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(name, 13)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            if value is not None:
                _put(sheet.cell(number, column), columns[column - 1], value)
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Any, name: str, value: object) -> None:  # noqa: ANN401 - openpyxl's
    if isinstance(value, float):
        cell.value = value
        return
    text = xlsx_safe(escape(str(value)))
    cell.value = text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…"
    cell.data_type = "s"
    if name == "url":
        cell.hyperlink = text
        cell.style = "Hyperlink"


def _repacked(book: bytes) -> bytes:
    """Pack the workbook again with a fixed time in place of the hour at which it was made."""
    when = stamp().strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    return zipped(parts | {core: _MODIFIED.sub(rb"\g<1>" + when, parts[core])})
