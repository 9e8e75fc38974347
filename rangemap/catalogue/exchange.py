"""Claims out and in as CSV and XLSX; for their sources see `rangemap.catalogue.citations`.

One claim is one row; every field of the record has its column, so that a round trip loses nothing. A cell that a
spreadsheet would take for a formula is written with an apostrophe before it, which is taken off again on the way in.
"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Any

from rangemap._optional import require
from rangemap.catalogue.models import RangeClaim
from rangemap.catalogue.records import validated
from rangemap.cells import escape, unescape, xlsx_restored, xlsx_safe
from rangemap.errors import DataError
from rangemap.files import bomb_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CLAIM_COLUMNS = (
    *(
        "system",
        "id",
        "source",
        "claimant",
        "role",
        "hedge",
        "via",
        "as_of",
        "origin",
        "range",
        "as_written",
        "quantity",
    ),
    *("stance", "flags", "status", "replaced_by", "reason", "derives_from", "variant", "basis", "locator"),
    *("quote_exact", "quote_prefix", "quote_suffix", "note"),
)
"""Columns of a claim row, in order."""

MAX_ROWS = 100_000
"""Twice the claims of the largest catalogue that rangemap is measured with."""
MAX_COLUMNS = 200
"""A row of claims has 26; a workbook may say that it has 16,384 in each row."""


def claim_rows(claims: Iterable[tuple[str, RangeClaim]]) -> list[dict[str, str]]:
    """Give a row a claim; the claims come with the id of their system."""
    return [_row(system, claim) for system, claim in claims]


def _row(system: str, claim: RangeClaim) -> dict[str, str]:
    data = claim.model_dump(mode="json", exclude_none=True)
    quote = data.pop("quote", {})
    data["flags"] = "; ".join(data.get("flags", ()))
    row = {"system": system, **data, **{f"quote_{part}": quote.get(part, "") for part in ("exact", "prefix", "suffix")}}
    return {column: str(row.get(column, "")) for column in CLAIM_COLUMNS}


def to_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Write rows as CSV (RFC 4180, UTF-8), formulas escaped."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CLAIM_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: escape(row[column]) for column in CLAIM_COLUMNS} for row in rows)
    return stream.getvalue()


def from_csv(text: str, name: str) -> list[tuple[str, RangeClaim]]:
    """Read claims from CSV.

    Raises
    ------
    DataError
        With file, line and remedy for everything wrong.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    table: list[tuple[int, list[str]]] = []
    try:
        table.extend((reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        raise DataError([f"{name}:{reader.line_num}: is not CSV ({error})"]) from None
    return _from_table(table, name)


def to_xlsx(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Write rows as an XLSX workbook, every cell as text."""
    openpyxl = require("openpyxl", extra="xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "claims"
    sheet.freeze_panes = "C2"
    table = [CLAIM_COLUMNS, *([escape(row[column]) for column in CLAIM_COLUMNS] for row in rows)]
    for number, cells in enumerate(table, 1):
        for column, value in enumerate(cells, 1):
            if value == "":
                continue
            cell = sheet.cell(number, column)
            cell.value = xlsx_safe(value)
            cell.data_type = "s"
            cell.number_format = "@"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def from_xlsx(data: bytes, name: str) -> list[tuple[str, RangeClaim]]:
    """Read claims from the first sheet of an XLSX workbook; see `from_csv`."""
    openpyxl = require("openpyxl", extra="xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive, name)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS))
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken workbook raises anything
        raise DataError([f"{name}: is no XLSX workbook that can be read ({type(error).__name__})"]) from None
    table = [(number, [_cell_text(value) for value in row]) for number, row in enumerate(rows, 1)]
    return _from_table(table, name)


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    if size := bomb_size(archive):
        raise DataError([f"{name}: unpacks to {size / 1e6:,.0f} MB, far more than a table (a zip bomb?); refused"])


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    date = getattr(value, "date", None)
    return date().isoformat() if callable(date) else xlsx_restored(str(value))


def _from_table(table: Sequence[tuple[int, Sequence[str]]], name: str) -> list[tuple[str, RangeClaim]]:
    if not table:
        raise DataError([f"{name}: is empty"])
    if len(table) > MAX_ROWS:
        raise DataError([f"{name}: holds over {MAX_ROWS:,} rows; split it"])
    header = [cell.strip() for cell in table[0][1]]
    unknown = [column for column in header if column and column not in CLAIM_COLUMNS]
    missing = [column for column in ("system", "id", "source", "claimant", "range") if column not in header]
    if unknown or missing:
        what = f"unknown column '{unknown[0][:40]}'" if unknown else f"no column '{missing[0]}'"
        raise DataError([f"{name}:1: {what}; the columns are {', '.join(CLAIM_COLUMNS)}"])
    claims: list[tuple[str, RangeClaim]] = []
    problems: list[str] = []
    for line, cells in table[1:]:
        row = {column: unescape(cell) for column, cell in zip(header, cells, strict=False) if column and cell != ""}
        if row:
            system, record = row.pop("system", ""), _record(row)
            problems += [] if system else [f"{name}:{line}: 'system' is missing"]
            claims += [(system, claim) for claim in validated(RangeClaim, record, f"{name}:{line}", problems)]
    if problems:
        raise DataError(problems)
    return claims


def _record(row: Mapping[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = {key: value for key, value in row.items() if not key.startswith("quote_")}
    quote = {key.removeprefix("quote_"): value for key, value in row.items() if key.startswith("quote_")}
    if quote:
        record["quote"] = quote
    if "flags" in record:
        record["flags"] = [flag.strip() for flag in record["flags"].split(";") if flag.strip()]
    return record
