"""Claims out and in as CSV and XLSX, sources out and in as CSL-JSON and BibTeX.

One claim is one row; every field of the record has its column, so that a round trip loses nothing. A cell that a
spreadsheet would take for a formula is written with an apostrophe before it, which is taken off again on the way in.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from rangemap.catalogue.models import Name, RangeClaim, Source
from rangemap.cells import escape, unescape, xlsx_restored, xlsx_safe
from rangemap.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_Record = TypeVar("_Record", bound=BaseModel)

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
    openpyxl = _openpyxl()
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
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS))
    except Exception as error:  # noqa: BLE001 - a broken workbook raises anything
        raise DataError([f"{name}: is no XLSX workbook that can be read ({type(error).__name__})"]) from None
    table = [(number, [_cell_text(value) for value in row]) for number, row in enumerate(rows, 1)]
    return _from_table(table, name)


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
            claims += [(system, claim) for claim in _validated(RangeClaim, record, f"{name}:{line}", problems)]
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


def _validated(model: type[_Record], record: Mapping[str, Any], place: str, problems: list[str]) -> list[_Record]:
    try:
        return [model.model_validate(record)]
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            field = detail["loc"][0] if detail["loc"] else "record"
            problems.append(f"{place}: '{field}': {str(detail['msg']).removeprefix('Value error, ')}")
        return []


def to_csl(sources: Iterable[Source]) -> str:
    """Write sources as CSL-JSON; what CSL has no field for goes into `custom`, so that nothing is lost."""
    return json.dumps([_csl(source) for source in sources], indent=2, ensure_ascii=False) + "\n"


def _csl(source: Source) -> dict[str, Any]:
    data = source.model_dump(mode="json", by_alias=True, exclude_none=True)
    custom = {key: data.pop(key) for key in ("kind", "tier") if key in data}
    for field in ("issued", "accessed"):
        if field in data:
            data[field] = {"date-parts": [[int(part) for part in data[field].split("-")]]}
    if not data.get("author"):
        data.pop("author", None)
    return {**data, "custom": custom}


def from_csl(text: str, name: str) -> list[Source]:
    """Read sources from CSL-JSON, as Zotero and pandoc write it. Fields that rangemap does not keep are left out.

    Raises
    ------
    DataError
        Naming every item that can't be taken.
    """
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError([f"{name}:{error.lineno}: is not JSON ({error.msg})"]) from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise DataError([f"{name}: is no list of CSL-JSON items"])
    problems: list[str] = []
    sources = [
        source
        for number, item in enumerate(items, 1)
        for source in _validated(Source, _from_csl_item(item), f"{name}: item {number}", problems)
    ]
    if problems:
        raise DataError(problems)
    return sources


def _from_csl_item(item: Mapping[str, Any]) -> dict[str, Any]:
    known = ("id", "type", "title", "publisher", "author", "URL", "archive", "language", "note")
    record = {key: item[key] for key in known if item.get(key)}
    record["publisher"] = item.get("publisher") or item.get("container-title") or "unknown"
    record["author"] = [{k: v for k, v in each.items() if k in Name.model_fields} for each in item.get("author") or ()]
    for field in ("issued", "accessed"):
        if date := _csl_date(item.get(field)):
            record[field] = date
    custom = item.get("custom") if isinstance(item.get("custom"), dict) else {}
    return {**record, "tier": "C", **(custom or {})}


def _csl_date(value: object) -> str | None:
    if isinstance(value, dict) and value.get("date-parts"):
        return "-".join(f"{int(part):02d}" for part in value["date-parts"][0])
    return str(value) if isinstance(value, str) else None


_BIBTEX_TYPES = {"report": "techreport", "book": "book", "webpage": "online", "article-journal": "article"}


def to_bibtex(sources: Iterable[Source]) -> str:
    """Write sources as BibTeX (UTF-8, as biber reads it); what BibTeX has no field for goes into `keywords`."""
    return "\n".join(_bibtex(source) for source in sources)


def _bibtex(source: Source) -> str:
    kind = _BIBTEX_TYPES.get(source.type, "misc")
    authors = " and ".join(_bibtex_name(author) for author in source.author)
    fields = {
        "author": authors,
        "title": f"{{{_tex(source.title)}}}",
        "publisher": _tex(source.publisher),
        "date": source.issued or "",
        "year": (source.issued or "")[:4],
        "url": source.url or "",
        "urldate": source.accessed or "",
        "archive": _tex(source.archive or ""),
        "langid": _tex(source.language or ""),
        "note": _tex(source.note or ""),
        "keywords": f"csl-type={source.type}, kind={source.kind}, tier={source.tier.value}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{source.id},\n{lines}}}\n"


def _bibtex_name(name: Name) -> str:
    return (
        f"{{{_tex(name.literal)}}}"
        if name.literal
        else f"{_tex(name.family or '')}, {_tex(name.given or '')}".strip(", ")
    )


def _tex(text: str) -> str:
    return re.sub(r"([\\{}%&#$_~^])", lambda match: _TEX[match[1]], text)


_TEX = {
    **{letter: f"\\{letter}" for letter in "{}%&#$_"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _from_tex(text: str) -> str:
    for letter in "\\~^":
        text = text.replace(_TEX[letter], f"\x00{letter}")
    plain = re.sub(r"\\([{}%&#$_])", r"\1", text)
    return plain.replace("\x00", "")


def from_bibtex(text: str, name: str) -> list[Source]:
    """Read sources from BibTeX; entries of other programs get tier C until somebody judges them.

    Raises
    ------
    DataError
        Naming every entry that can't be taken.
    """
    problems: list[str] = []
    sources: list[Source] = []
    for match in re.finditer(r"@(\w+)\s*\{\s*([^,\s]+)\s*,", text):
        if match[1].lower() in ("comment", "string", "preamble"):
            continue
        line = text.count("\n", 0, match.start()) + 1
        record = _from_bibtex_entry(match[2], match[1].lower(), dict(_bibtex_fields(text, match.end())))
        sources += _validated(Source, record, f"{name}:{line}", problems)
    if not sources and not problems:
        problems.append(f"{name}: holds no BibTeX entry")
    if problems:
        raise DataError(problems)
    return sources


def _bibtex_fields(text: str, position: int) -> Iterable[tuple[str, str]]:
    """Read `name = {value},` up to the brace that closes the entry."""
    field = re.compile(r"\s*,?\s*([\w-]+)\s*=\s*")
    while match := field.match(text, position):
        value, position = _bibtex_value(text, match.end())
        yield match[1].lower(), value


def _bibtex_value(text: str, start: int) -> tuple[str, int]:
    opening = text[start : start + 1]
    if opening not in ("{", '"'):
        match = re.compile(r"[^,}\s]*").match(text, start)
        return (match[0], match.end()) if match else ("", start)
    depth, position = 0, start
    while position < len(text):
        letter = text[position]
        if letter == "\\":
            position += 2
            continue
        depth += (letter == "{") - (letter == "}")
        if (letter == "}" and opening == "{" and depth == 0) or (
            letter == '"' and opening == '"' and depth == 0 and position > start
        ):
            break
        position += 1
    return text[start + 1 : position], position + 1


def _from_bibtex_entry(key: str, kind: str, fields: Mapping[str, str]) -> dict[str, Any]:
    keywords = dict(re.findall(r"([\w-]+)=([\w-]+)", fields.get("keywords", "")))
    types = {twin: own for own, twin in _BIBTEX_TYPES.items()}
    publisher = (
        fields.get("publisher") or fields.get("institution") or fields.get("journal") or fields.get("howpublished")
    )
    record: dict[str, Any] = {
        "id": re.sub(r"[^a-zA-Z0-9-]+", "-", key).strip("-").lower()
        if not re.fullmatch(r"[a-z0-9][a-zA-Z0-9-]*", key)
        else key,
        "type": keywords.get("csl-type") or types.get(kind, "article-newspaper"),
        "title": _from_tex(_unbraced(fields.get("title", ""))),
        "publisher": _from_tex(_unbraced(publisher or "unknown")),
        "author": [_name(part) for part in re.split(r"\s+and\s+(?![^{]*\})", fields.get("author", "")) if part.strip()],
        "issued": fields.get("date") or fields.get("year"),
        "URL": fields.get("url"),
        "accessed": fields.get("urldate"),
        "archive": _from_tex(fields["archive"]) if "archive" in fields else None,
        "language": _from_tex(fields["langid"]) if "langid" in fields else None,
        "note": _from_tex(fields["note"]) if "note" in fields else None,
        "kind": keywords.get("kind", "news"),
        "tier": keywords.get("tier", "C"),
    }
    return {name: value for name, value in record.items() if value}


def _unbraced(text: str) -> str:
    inner = text.strip()
    return inner[1:-1] if inner.startswith("{") and inner.endswith("}") and not inner.endswith("\\}") else inner


def _name(text: str) -> dict[str, str]:
    text = text.strip()
    if text.startswith("{"):
        return {"literal": _from_tex(_unbraced(text))}
    family, comma, given = text.partition(",")
    if comma:
        return {"family": _from_tex(family.strip()), **({"given": _from_tex(given.strip())} if given.strip() else {})}
    first, _, last = text.rpartition(" ")
    return {"family": _from_tex(last), **({"given": _from_tex(first)} if first else {})}


def _openpyxl() -> Any:  # noqa: ANN401 - a module
    try:
        import openpyxl  # noqa: PLC0415 - an extra
    except ImportError:
        msg = "XLSX needs more: pip install 'rangemap[xlsx]'"
        raise UsageError(msg) from None
    return openpyxl
