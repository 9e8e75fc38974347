"""The YAML that is not plain, read by ruamel.yaml: what it finds wrong it can say, and where.

It takes twenty times as long as `rangemap.catalogue.yamlfast`, and a hundredth of a second to load, so it is asked only
for what that reader leaves.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from rangemap.catalogue.document import TOO_DEEP, Document, Path_, joined
from rangemap.catalogue.problems import Problem
from rangemap.catalogue.yamlfast import NULLS

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, node: Node, what: str, remedy: str) -> None:
        self.line = node.start_mark.line + 1
        self.what = what
        self.remedy = remedy
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How deep a file may be nested, and the nodes that have been read, by their identity."""

    max_depth: int
    nodes: set[int] = field(default_factory=set)


def parse_odd(text: str, name: str, max_depth: int) -> tuple[Document | None, list[Problem]]:
    """Turn any YAML text into plain data with lines; see `rangemap.catalogue.yamlfile.read_yaml`."""
    document = Document(name, None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of anchors that are set twice; aliases are refused below
            node = YAML(typ="safe", pure=True).compose(text)
        if node is None:
            return None, [Problem(name, 0, "is empty", "see CONTRIBUTING.md for a claim to start from")]
        document.data = _plain(node, (), document.lines, _Seen(max_depth))
    except _Refused as error:
        return None, [Problem(name, error.line, error.what, error.remedy)]
    except RecursionError:
        return None, [Problem(name, 0, *TOO_DEEP)]
    except MarkedYAMLError as error:
        return None, [_syntax_problem(name, error)]
    except (YAMLError, ValueError) as error:
        return None, [Problem(name, 0, f"is not YAML: {str(error).splitlines()[0]}")]
    return document, []


def _plain(node: Node, path: Path_, lines: dict[str, int], seen: _Seen) -> Any:  # noqa: ANN401 - YAML holds anything
    _refuse_tricks(node, path, seen.max_depth)
    seen.nodes.add(id(node))
    lines[joined(path)] = node.start_mark.line + 1
    if isinstance(node, MappingNode):
        return _plain_mapping(node, path, lines, seen)
    if isinstance(node, SequenceNode):
        return _plain_sequence(node, path, lines, seen)
    is_null = isinstance(node, ScalarNode) and not node.style and node.value in NULLS
    return None if is_null else node.value


def _plain_sequence(node: SequenceNode, path: Path_, lines: dict[str, int], seen: _Seen) -> list[Any]:
    plain = []
    for index, child in enumerate(node.value):
        _refuse_alias(node, child, seen)
        plain.append(_plain(child, (*path, index), lines, seen))
    return plain


def _plain_mapping(node: MappingNode, path: Path_, lines: dict[str, int], seen: _Seen) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, value in node.value:
        _refuse_alias(key, value, seen)
        if not isinstance(key, ScalarNode):
            raise _Refused(key, "a key that is not a word", "write `key: value`")
        if key.value in plain:
            raise _Refused(key, f"the key '{key.value}' stands twice in one record", "keep one of the two")
        plain[key.value] = _plain(value, (*path, key.value), lines, seen)
        lines[joined((*path, key.value))] = key.start_mark.line + 1
    return plain


def _refuse_alias(place: Node, child: Node, seen: _Seen) -> None:
    """Refuse a value that stands in the file once and is meant twice, at the line where it is meant again."""
    if id(child) in seen.nodes:
        raise _Refused(place, "a YAML alias (*name)", "write the value out; aliases are not used here")


def _refuse_tricks(node: Node, path: Path_, max_depth: int) -> None:
    if len(path) > max_depth:
        raise _Refused(node, *TOO_DEEP)
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
