"""Put accepted drafts into a catalogue's YAML: appended as text, so that comments, order and wording stay untouched.

Everything is prepared and checked in memory first; only then are the files written, each whole or not at all. Accepting
the same drafts again changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from rangemap.catalogue.drafts import DraftRange, yaml_text
from rangemap.catalogue.models import RangeClaim, ReachAssertion, Source, System
from rangemap.catalogue.yamlfile import parse_yaml
from rangemap.errors import DataError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ruamel.yaml.nodes import Node

    from rangemap.catalogue.drafts import DraftAssertion, DraftDocument, DraftFile, DraftSource

ARTICLE_VOICE = "article voice"
_Model = TypeVar("_Model", Source, System, RangeClaim, ReachAssertion)


@dataclass(slots=True)
class Acceptance:
    """What accepting did or would do: ids added, changed, there already; files to write."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    files: dict[Path, str] = field(default_factory=dict)


def accept(drafts: DraftFile, root: Path) -> Acceptance:
    """Add every accepted draft to the catalogue in folder `root`, with its source.

    Raises
    ------
    DataError
        Naming every draft that can't be accepted and why; then nothing is written.
    """
    done, problems = _prepare(drafts, root)
    if problems:
        raise DataError(problems)
    for path, text in done.files.items():
        write_atomic(path, text)
    return done


def _prepare(drafts: DraftFile, root: Path) -> tuple[Acceptance, list[str]]:
    done = Acceptance()
    problems: list[str] = []
    for document in drafts.documents:
        accepted = [draft for draft in document.drafts if draft.decision == "accept"]
        if not accepted:
            continue
        if document.source.missing:
            fields = " and ".join(document.source.missing)
            problems.append(f"{document.file}: its source has no {fields}; fill it in under `source:` of the draft")
            continue
        try:
            source = _add_source(document.source, root, done)
        except DataError as error:
            problems += error.problems
            continue
        for draft in accepted:
            problems += _add_draft(draft, source, document, root, done)
    return done, problems


def _add_source(draft: DraftSource, root: Path, done: Acceptance) -> Source:
    """Find the source in the catalogue by id or address, or add it."""
    path = root / "sources.yaml"
    text = text_of(path, done, empty="sources: []\n")
    known = [Source.model_validate(_without_nulls(item)) for item in plain_record(text, path).get("sources") or []]
    for source in known:
        if source.id == draft.id or (draft.url and source.url == draft.url):
            if source.id == draft.id and source.title != draft.title:
                what = f"the source '{draft.id}' is there with another title ('{source.title[:60]}')"
                message = f"{path}: {what}; give the draft's source another id"
                raise DataError([message])
            done.known.append(source.id)
            return source
    record = _source_record(draft)
    source = _checked(Source, record, f"source '{draft.id}'")
    done.files[path] = append_record(text, "sources", record)
    done.added.append(source.id)
    return source


def _source_record(draft: DraftSource) -> dict[str, Any]:
    author = [{"literal": name.strip()} for name in draft.author.split(";") if name.strip()]
    record = {
        "id": draft.id,
        "type": draft.type,
        "title": draft.title,
        "publisher": draft.publisher,
        "author": author or None,
        "issued": draft.issued,
        "URL": draft.url,
        "kind": draft.kind,
        "tier": draft.tier.value,
    }
    return {key: value for key, value in record.items() if value is not None}


def _add_draft(
    draft: DraftRange | DraftAssertion, source: Source, document: DraftDocument, root: Path, done: Acceptance
) -> list[str]:
    """Add one draft to its system's file; give the problems, if any."""
    where = f"{document.file}: {draft.id}"
    if isinstance(draft, DraftRange) and draft.system is None:
        return [f"{where}: no system; name one of the catalogue's in the draft, or reject it"]
    path = root / "systems" / f"{draft.system}.yaml" if draft.system else root / "reach_assertions.yaml"
    if draft.system and not path.exists() and path not in done.files:
        return [
            f"{where}: the catalogue has no system '{draft.system}' ({path}); add its file first, see CONTRIBUTING.md"
        ]
    try:
        _append(draft, source, path, done)
    except DataError as error:
        return [f"{where}: {problem}" for problem in error.problems]
    return []


def _append(draft: DraftRange | DraftAssertion, source: Source, path: Path, done: Acceptance) -> None:
    key = "claims" if isinstance(draft, DraftRange) else "reach_assertions"
    text = text_of(path, done, empty=f"{key}: []\n")
    data = plain_record(text, path)
    existing = data.get(key) or []
    record = _record(draft, source)
    if twin := next((item for item in existing if _same(item, record)), None):
        done.known.append(str(twin["id"]))
        return
    stem = f"{draft.system or 'any'}{'' if isinstance(draft, DraftRange) else '-reach'}-{source.id}"
    taken = {str(item["id"]) for kind in ("claims", "reach_assertions") for item in data.get(kind) or []}
    record = {"id": _free(stem[:76], taken), **record}
    if isinstance(draft, DraftRange):
        _checked(RangeClaim, record, f"draft {draft.id}")
    else:
        _checked(ReachAssertion, record, f"draft {draft.id}")
    new = append_record(text, key, record)
    if draft.system:
        _checked(System, _without_nulls(plain_record(new, path)), str(path))
    done.files[path] = new
    done.added.append(str(record["id"]))


def _record(draft: DraftRange | DraftAssertion, source: Source) -> dict[str, Any]:
    """Write a draft as the catalogue does; what an article says itself, its publisher says."""
    said_by = source.publisher if draft.claimant == ARTICLE_VOICE else draft.claimant
    specific: dict[str, Any]
    if isinstance(draft, DraftRange):
        specific = {"range": draft.range, "quantity": draft.quantity.value, "flags": list(draft.flags) or None}
    else:
        specific = {"area": draft.area, "expected": draft.expected, "actor": None if draft.system else draft.subject}
    record = {
        "source": source.id,
        "claimant": said_by,
        "hedge": getattr(draft, "hedge", None),
        "as_of": source.issued,
        **specific,
        "stance": draft.stance.value,
        "locator": f"sentence {draft.sentence}",
        "quote": {name: value for name, value in draft.quote.model_dump().items() if value},
        "note": draft.note,
    }
    return {key: value for key, value in record.items() if value is not None}


def _same(known: dict[str, Any], new: dict[str, Any]) -> bool:
    """Tell a record that is there already: same source, same figure or area, same words."""
    keys = ("source", "range", "area", "expected", "quantity")
    words = " ".join(str((known.get("quote") or {}).get("exact", "")).split())
    same_words = words == " ".join(str(new["quote"]["exact"]).split())
    return same_words and all(known.get(key) == new.get(key) for key in keys)


def _free(stem: str, taken: Iterable[str]) -> str:
    names = set(taken)
    if stem not in names:
        return stem
    return next(f"{stem}-{number}" for number in range(2, 1000) if f"{stem}-{number}" not in names)


def text_of(path: Path, done: Acceptance, *, empty: str) -> str:
    """Give the text of a file as it will be: what is to be written, else what is there, else `empty`."""
    if path in done.files:
        return done.files[path]
    try:
        return path.read_text(encoding="utf-8") if path.exists() else empty
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([f"{path}: can't be read ({error})"]) from error


def plain_record(text: str, path: Path) -> dict[str, Any]:
    """Read a YAML record, or raise `DataError` with file and line."""
    document, problems = parse_yaml(text, str(path))
    if document is None or not isinstance(document.data, dict):
        raise DataError([str(problem) for problem in problems] or [f"{path}: is not a record"])
    return dict(document.data)


def _without_nulls(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


def _checked(model: type[_Model], record: dict[str, Any], name: str) -> _Model:
    try:
        return model.model_validate(record)
    except ValidationError as error:
        lines = [
            f"{name}: '{detail['loc'][-1] if detail['loc'] else 'record'}': {detail['msg']}"
            for detail in error.errors()
        ]
        raise DataError(lines) from None


def append_record(text: str, key: str, record: dict[str, Any]) -> str:
    """Append a record to the list `key` of a YAML text, touching no other line.

    Parameters
    ----------
    text
        A YAML mapping.
    key
        Name of a list in it; made at the end where there is none.
    record
        Plain data, in the order to be written.
    """
    node = YAML(typ="rt").compose(text)
    sequence = _list_node(node, key)
    if sequence is None:
        return f"{text.rstrip()}\n{key}:\n{_item(record, 2)}"
    if sequence.flow_style or not sequence.value:
        return _replace_empty(text, key, sequence, record)
    column = sequence.start_mark.column
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    at = _last_line(sequence) + 1
    while not lines[at - 1].strip():  # a block of text may end in empty lines
        at -= 1
    spaced = "\n" if _is_spaced(lines, sequence) else ""
    return "".join([*lines[:at], spaced, _item(record, column), *lines[at:]])


def replace_record(text: str, key: str, identifier: str, record: dict[str, Any]) -> str:
    """Write the record with that id anew, touching no other line."""
    sequence = _list_node(YAML(typ="rt").compose(text), key)
    for item in sequence.value if sequence else ():
        ids = [value.value for name, value in item.value if name.value == "id"]
        if sequence and ids == [identifier]:
            lines = text.splitlines(keepends=True)
            new = _item(record, sequence.start_mark.column)
            return "".join([*lines[: item.start_mark.line], new, *lines[_last_line(item) + 1 :]])
    return append_record(text, key, record)


def _list_node(node: Node, key: str) -> SequenceNode | None:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if name.value == key and isinstance(value, SequenceNode):
                return value
    return None


def _replace_empty(text: str, key: str, sequence: SequenceNode, record: dict[str, Any]) -> str:
    """Turn `claims: []` into a list with one record; a list written in brackets is refused."""
    if sequence.value:
        message = f"'{key}' is written in brackets; write it as a list with dashes first"
        raise DataError([message])
    start, end = sequence.start_mark.index, sequence.end_mark.index
    return f"{text[:start].rstrip(' ')}\n{_item(record, 2)}{text[end:].lstrip(' ').removeprefix(chr(10))}"


def _last_line(node: Node) -> int:
    """Find the last line that a node's content stands on (its end mark may lie behind comments)."""
    if isinstance(node, SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])
    if isinstance(node, MappingNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1][1])
    end = node.end_mark
    behind = end.column == 0 and end.line > node.start_mark.line
    return int(end.line) - (1 if behind else 0)


def _is_spaced(lines: list[str], sequence: SequenceNode) -> bool:
    """Tell whether an empty line stands between the records of a list."""
    starts = [item.start_mark.line for item in sequence.value[1:]]
    return bool(starts) and all(not lines[start - 1].strip() for start in starts)


def _item(record: dict[str, Any], column: int) -> str:
    body = yaml_text([record])
    body = re.sub(r"^(\s*(?:- )?(?:as_of|issued|accessed): )'([\d-]+)'$", r"\1\2", body, flags=re.MULTILINE)
    lines = [line.removeprefix("  ") for line in body.splitlines()]
    return "".join(f"{' ' * column}{line}".rstrip() + "\n" for line in lines)
