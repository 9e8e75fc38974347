"""YAML to plain data that remembers its lines, without the surprises of YAML.

Every scalar stays the text that was written (`2016-03-14` is no date object, `no` no truth value); pydantic decides
the types. Aliases, tags and repeated keys are refused: a catalogue needs none of them, and each is a way to smuggle.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from rangemap.catalogue.problems import Problem
from rangemap.catalogue.yamlfast import NULLS, TooDeepError, is_fast, parse_plain
from rangemap.files import read_plain

if TYPE_CHECKING:
    from pathlib import Path

    from ruamel.yaml.nodes import Node

    from rangemap.catalogue.cache import Cache

MAX_BYTES = 4_000_000
"""Of one file: a source list of ten thousand documents. Two seconds."""
MAX_ODD_BYTES = 200_000
"""Of a file that is not plain YAML, and so takes the slow reader twenty times as long. Three seconds."""
MAX_DEPTH = 12
"""Levels of nesting; a catalogue has four."""

_TOO_DEEP = ("nested too deeply", "a catalogue file has four levels")
_SPLIT = "split it: one file a system"

Path_ = tuple["str | int", ...]


@dataclass(slots=True)
class Document:
    """Plain data of one file, with the line (from 1) of every value by its path ("claims/0/id"; "" for the whole).

    `digest` is the SHA-256 of the file's bytes; empty for text that came from no file.
    """

    name: str
    data: Any
    lines: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    def line(self, path: Path_) -> int:
        """Find the line of the value at `path`, or of the nearest thing that holds it."""
        while path and _joined(path) not in self.lines:
            path = path[:-1]
        return self.lines.get(_joined(path), 1)


def _joined(path: Path_) -> str:
    return "/".join(map(str, path))


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, node: Node, what: str, remedy: str) -> None:
        self.line = node.start_mark.line + 1
        self.what = what
        self.remedy = remedy
        super().__init__(what)


def read_yaml(path: Path, name: str, cache: Cache | None = None) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file.

    Parameters
    ----------
    path
        The file.
    name
        What to call it in problems.
    cache
        Where to look first for what the file parsed to.

    Returns
    -------
    document, problems
        The document, or None and what is wrong with the file.
    """
    try:
        content = read_plain(path, at_most=MAX_BYTES)
        if len(content) > MAX_BYTES:
            return None, [Problem(name, 0, f"is over the limit of {MAX_BYTES:,} bytes", _SPLIT)]
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None, [Problem(name, 0, "is not UTF-8 text", "save it as UTF-8")]
    except OSError as error:
        return None, [Problem(name, 0, f"can't be read: {(error.strerror or str(error)).lower()}")]
    digest = hashlib.sha256(content).hexdigest()
    if cache and (known := cache.get(digest)):
        return Document(name, *known, digest), []
    document, problems = parse_yaml(text, name)
    if document:
        document.digest = digest
    if cache and document:
        cache.put(digest, document.data, document.lines)
    return document, problems


def parse_yaml(text: str, name: str) -> tuple[Document | None, list[Problem]]:
    """Turn YAML text into plain data with lines; see `read_yaml`."""
    try:
        if plain := parse_plain(text, MAX_DEPTH):
            return Document(name, *plain), []
    except TooDeepError as error:
        return None, [Problem(name, error.line, *_TOO_DEEP)]
    if len(text) > MAX_ODD_BYTES and is_fast():
        what = f"is over {MAX_ODD_BYTES:,} bytes and no plain YAML (an alias, a tag, a tab, a slip?)"
        return None, [Problem(name, 0, what, f"{_SPLIT}; of a smaller file the line is named")]
    document = Document(name, None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of anchors that are set twice; aliases are refused below
            node = YAML(typ="safe", pure=True).compose(text)
        if node is None:
            return None, [Problem(name, 0, "is empty", "see CONTRIBUTING.md for a claim to start from")]
        document.data = _plain(node, (), document.lines, set())
    except _Refused as error:
        return None, [Problem(name, error.line, error.what, error.remedy)]
    except RecursionError:
        return None, [Problem(name, 0, *_TOO_DEEP)]
    except MarkedYAMLError as error:
        return None, [_syntax_problem(name, error)]
    except (YAMLError, ValueError) as error:
        return None, [Problem(name, 0, f"is not YAML: {str(error).splitlines()[0]}")]
    return document, []


def _plain(node: Node, path: Path_, lines: dict[str, int], seen: set[int]) -> Any:  # noqa: ANN401 - YAML holds anything
    _refuse_tricks(node, path)
    seen.add(id(node))
    lines[_joined(path)] = node.start_mark.line + 1
    if isinstance(node, MappingNode):
        return _plain_mapping(node, path, lines, seen)
    if isinstance(node, SequenceNode):
        return _plain_sequence(node, path, lines, seen)
    is_null = isinstance(node, ScalarNode) and not node.style and node.value in NULLS
    return None if is_null else node.value


def _plain_sequence(node: SequenceNode, path: Path_, lines: dict[str, int], seen: set[int]) -> list[Any]:
    plain = []
    for index, child in enumerate(node.value):
        _refuse_alias(node, child, seen)
        plain.append(_plain(child, (*path, index), lines, seen))
    return plain


def _plain_mapping(node: MappingNode, path: Path_, lines: dict[str, int], seen: set[int]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, value in node.value:
        _refuse_alias(key, value, seen)
        if not isinstance(key, ScalarNode):
            raise _Refused(key, "a key that is not a word", "write `key: value`")
        if key.value in plain:
            raise _Refused(key, f"the key '{key.value}' stands twice in one record", "keep one of the two")
        plain[key.value] = _plain(value, (*path, key.value), lines, seen)
        lines[_joined((*path, key.value))] = key.start_mark.line + 1
    return plain


def _refuse_alias(place: Node, child: Node, seen: set[int]) -> None:
    """Refuse a value that stands in the file once and is meant twice, at the line where it is meant again."""
    if id(child) in seen:
        raise _Refused(place, "a YAML alias (*name)", "write the value out; aliases are not used here")


def _refuse_tricks(node: Node, path: Path_) -> None:
    if len(path) > MAX_DEPTH:
        raise _Refused(node, *_TOO_DEEP)
    tag = str(node.tag or "")
    if not tag.startswith("tag:yaml.org,2002:") or tag.startswith("tag:yaml.org,2002:python"):
        raise _Refused(node, f"a YAML tag ({tag[:40]})", "plain values only")


def _syntax_problem(name: str, error: MarkedYAMLError) -> Problem:
    what = " ".join(str(error.problem or error.context or "is not YAML").split())
    unclosed = "end of stream" in what
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    if unclosed:
        return Problem(name, line, "a quotation mark or bracket that is never closed", "close it", rule="yaml")
    if "\\t" in what or "'\t'" in what or "tab" in what:
        return Problem(name, line, "a tab where YAML wants spaces", "indent with two spaces", rule="yaml")
    return Problem(name, line, what, "check indentation, colons and quotes here", rule="yaml")
