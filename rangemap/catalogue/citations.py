"""Sources out and in as CSL-JSON and BibTeX, as Zotero, pandoc and LaTeX read and write them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rangemap.catalogue.models import Name, Source
from rangemap.catalogue.records import validated
from rangemap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand levels
        raise DataError([f"{name}: is no CSL-JSON: nested too deep, or a number too long"]) from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise DataError([f"{name}: is no list of CSL-JSON items"])
    problems: list[str] = []
    sources = [
        source
        for number, item in enumerate(items, 1)
        for source in validated(Source, _from_csl_item(item), f"{name}: item {number}", problems)
    ]
    if problems:
        raise DataError(problems)
    return sources


def _from_csl_item(item: Mapping[str, Any]) -> dict[str, Any]:
    known = ("id", "type", "title", "publisher", "author", "URL", "archive", "language", "note")
    record = {key: item[key] for key in known if item.get(key)}
    record["publisher"] = item.get("publisher") or item.get("container-title") or "unknown"
    authors = item.get("author") or []
    if isinstance(authors, list) and all(isinstance(each, dict) for each in authors):
        record["author"] = [{k: v for k, v in each.items() if k in Name.model_fields} for each in authors]
    for field in ("issued", "accessed"):
        if date := _csl_date(item.get(field)):
            record[field] = date
    custom = item.get("custom") if isinstance(item.get("custom"), dict) else {}
    return {**record, "tier": "C", **(custom or {})}


def _csl_date(value: object) -> str | None:
    if isinstance(value, dict) and value.get("date-parts"):
        try:
            return "-".join(f"{int(part):02d}" for part in value["date-parts"][0])
        except (KeyError, IndexError, TypeError, ValueError, OverflowError):
            return str(value["date-parts"])  # the check of dates will say what is wrong with it
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
    position, line = 0, 1
    while match := _ENTRY.search(text, position):
        line += text.count("\n", position, match.start())
        fields, end = _bibtex_fields(text, match.end())
        if too_long := [field for field, value in fields.items() if len(value) > _MAX_VALUE]:
            problems.append(f"{name}:{line}: '{too_long[0]}': is over {_MAX_VALUE:,} characters")
        elif match[1].lower() not in ("comment", "string", "preamble"):
            record = _from_bibtex_entry(match[2], match[1].lower(), fields)
            sources += validated(Source, record, f"{name}:{line}", problems)
        line += text.count("\n", match.start(), end)
        position = end
    if not sources and not problems:
        problems.append(f"{name}: holds no BibTeX entry")
    if problems:
        raise DataError(problems)
    return sources


_ENTRY = re.compile(r"@(\w{1,40})\s*\{\s*([^,\s{}]{1,200})\s*,")
_FIELD = re.compile(r"[\s,]*([\w-]{1,60})\s*=\s*")
_MAX_VALUE = 4000
"""Characters of a field, as in the records; what looks for "and" between authors takes the square of it."""


def _bibtex_fields(text: str, position: int) -> tuple[dict[str, str], int]:
    """Read `name = {value},` up to the brace that closes the entry, and tell where that is."""
    fields: dict[str, str] = {}
    while match := _FIELD.match(text, position):
        value, position = _bibtex_value(text, match.end())
        fields[match[1].lower()] = value
    return fields, position


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
