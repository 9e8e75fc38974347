"""The plain YAML that catalogues are written in, read by libyaml where PyYAML brings it: twenty times as fast.

This reader gives up on all that is not plain (aliases, anchors, tags, repeated keys, deep nesting, errors of any kind)
and leaves it to `rangemap.catalogue.yamlfile`, whose answer and whose messages are the ones that count.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rangemap._optional import have

if TYPE_CHECKING:
    from collections.abc import Iterator

NULLS = ("", "~", "null")
"""Plain scalars that stand for nothing."""

_SCALAR, _SEQUENCE, _MAPPING = "ScalarEvent", "SequenceStartEvent", "MappingStartEvent"


_ODD = re.compile(r"[\t\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^%|(?:^|[-{,\[]) *\?", re.MULTILINE)
"""What YAML 1.1, which libyaml reads, and YAML 1.2 may take differently: tabs, rare line ends, directives, `?` keys."""


class TooDeepError(Exception):
    """The text is nested deeper than is allowed; the slow reader would take seconds to find the same.

    Parameters
    ----------
    line
        Where, from 1.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


class _GivesUpError(Exception):
    """The text is not plain."""


def is_fast() -> bool:
    """Tell whether libyaml is there."""
    return _yaml() is not None


@cache
def _yaml() -> Any:  # noqa: ANN401 - a library without types
    """Import PyYAML where it is there with libyaml inside, else None."""
    yaml = import_module("yaml") if have("yaml") else None
    return yaml if hasattr(yaml, "CSafeLoader") else None


def parse_plain(text: str, max_depth: int) -> tuple[Any, dict[str, int]] | None:
    """Turn plain YAML into data, every scalar the text that was written, and the line (from 1) of every value.

    Returns
    -------
    data, lines
        Lines by path ("claims/0/id"); None where the text is not plain, or libyaml is not there.

    Raises
    ------
    TooDeepError
        If it is nested deeper than `max_depth`.
    """
    yaml = _yaml()
    if yaml is None or _ODD.search(text):
        return None
    try:
        events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        for name in ("StreamStartEvent", "DocumentStartEvent"):
            _expect(next(events), name)
        lines: dict[str, int] = {}
        data = _value(next(events), events, "", lines, max_depth)
        for name in ("DocumentEndEvent", "StreamEndEvent"):
            _expect(next(events), name)
    except yaml.YAMLError as error:
        if line := _too_deep_for_libyaml(error):
            raise TooDeepError(line) from None
        return None
    except (_GivesUpError, StopIteration, ValueError):
        return None
    return data, lines


def _too_deep_for_libyaml(error: Any) -> int | None:  # noqa: ANN401 - a library without types
    """Find the line where libyaml stopped at its own limit, a thousand levels since 0.2.6; None for another error."""
    is_depth = "nesting depth" in (getattr(error, "problem", None) or "")
    return error.problem_mark.line + 1 if is_depth else None


def _expect(event: Any, name: str) -> None:  # noqa: ANN401 - the same
    if type(event).__name__ != name or getattr(event, "version", None) or getattr(event, "tags", None):
        raise _GivesUpError


def _value(event: Any, events: Iterator[Any], path: str, lines: dict[str, int], depth: int) -> Any:  # noqa: ANN401 - YAML holds anything
    kind = type(event).__name__
    if depth < 0:
        raise TooDeepError(event.start_mark.line + 1)
    if kind not in {_SCALAR, _SEQUENCE, _MAPPING} or event.anchor is not None or event.tag is not None:
        raise _GivesUpError
    lines[path] = event.start_mark.line + 1
    if kind == _SCALAR:
        return None if not event.style and event.value in NULLS else event.value
    read = _sequence if kind == _SEQUENCE else _mapping
    return read(events, f"{path}/" if path else "", lines, depth - 1)


def _sequence(events: Iterator[Any], head: str, lines: dict[str, int], depth: int) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if type(event).__name__ == "SequenceEndEvent":
            return found
        found.append(_value(event, events, f"{head}{len(found)}", lines, depth))
    raise _GivesUpError


def _mapping(events: Iterator[Any], head: str, lines: dict[str, int], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for event in events:
        if type(event).__name__ == "MappingEndEvent":
            return found
        if type(event).__name__ != _SCALAR or event.anchor is not None or event.tag is not None or event.value in found:
            raise _GivesUpError
        path = f"{head}{event.value}"
        found[event.value] = _value(next(events), events, path, lines, depth)
        lines[path] = event.start_mark.line + 1
    raise _GivesUpError
