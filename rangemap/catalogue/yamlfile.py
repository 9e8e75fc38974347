"""YAML to plain data that remembers its lines, without the surprises of YAML.

Every scalar stays the text that was written (`2016-03-14` is no date object, `no` no truth value); pydantic decides
the types. Aliases, tags and repeated keys are refused: a catalogue needs none of them, and each is a way to smuggle.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rangemap.catalogue.document import TOO_DEEP, Document
from rangemap.catalogue.problems import Problem
from rangemap.catalogue.yamlfast import TooDeepError, is_fast, parse_plain
from rangemap.files import read_plain

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.catalogue.cache import Cache

MAX_BYTES = 4_000_000
"""Of one file: a source list of ten thousand documents. Two seconds."""
MAX_ODD_BYTES = 200_000
"""Of a file that is not plain YAML, and so takes the slow reader twenty times as long. Three seconds."""
MAX_DEPTH = 12
"""Levels of nesting; a catalogue has four."""

_SPLIT = "split it: one file a system"


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
        return None, [Problem(name, error.line, *TOO_DEEP)]
    if len(text) > MAX_ODD_BYTES and is_fast():
        what = f"is over {MAX_ODD_BYTES:,} bytes and no plain YAML (an alias, a tag, a tab, a slip?)"
        return None, [Problem(name, 0, what, f"{_SPLIT}; of a smaller file the line is named")]
    from rangemap.catalogue.yamlodd import parse_odd  # noqa: PLC0415 - ruamel.yaml loads only where a file is not plain

    return parse_odd(text, name, MAX_DEPTH)
