"""The fast reader of plain YAML says what the careful one says, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rangemap.catalogue import yamlfile
from rangemap.catalogue.yamlfast import TooDeepError, parse_plain
from rangemap.resources import data_dir

pytest.importorskip("yaml")
FILES = sorted(data_dir().glob("**/*.yaml"))
SAMPLE = (data_dir() / "systems" / "qiam-1.yaml").read_text(encoding="utf-8")
PIECES = (
    "\t",
    "- ",
    ": ",
    ":",
    "#",
    " #",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ",",
    "|",
    ">",
    "&a ",
    "*a",
    "!x ",
    "? ",
    "%",
    "\n",
)
ODD = (*PIECES, "---\n", "...\n", "~", "null", "\\", "\\u00e9", "é", "\u2028", "\x85", "\ufeff", "\0", "\r", "\\/")
NOT_PLAIN = (
    *("", "a: &x 1\nb: *x", "a: !!int 1", "a: 1\na: 2", "a: [", "a: 1\n---\nb: 2", "a:\t1"),
    *("[" * 100_000, "{a: " * 50_000, "- " * 50_000),
)


def careful(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, dict[str, int]] | None:
    with monkeypatch.context() as patch:
        patch.setattr(yamlfile, "parse_plain", lambda *_: None)
        document, _ = yamlfile.parse_yaml(text, "x")
    return (document.data, document.lines) if document else None


@pytest.mark.parametrize("path", FILES[:: max(len(FILES) // 20, 1)], ids=lambda path: path.name)
def test_files_of_the_catalogue_are_plain_and_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")
    assert parse_plain(text, yamlfile.MAX_DEPTH) == careful(text, monkeypatch)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: &x 1\nb: *x",
        "a: !!int 1",
        "a: 1\na: 2",
        "a: [",
        "a: 1\n---\nb: 2",
    ],
    ids=lambda text: text[:12],
)
def test_what_is_not_plain_is_left_to_the_careful_reader(text: str) -> None:
    assert parse_plain(text, yamlfile.MAX_DEPTH) is None


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000], ids=lambda text: text[:4])
def test_what_is_nested_too_deep_is_said_at_once(text: str) -> None:
    with pytest.raises(TooDeepError):
        parse_plain(text, yamlfile.MAX_DEPTH)
    assert "x:1: nested too deeply" in str(yamlfile.parse_yaml(text, "x")[1][0])


@settings(max_examples=150)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 3), st.sampled_from(ODD)), min_size=1, max_size=4),
    start=st.integers(0, 40),
)
def test_spoilt_files_read_the_same_or_are_left(cuts: list[tuple[int, int, str]], start: int) -> None:
    text = "\n".join(SAMPLE.splitlines()[start : start + 14])
    for place, length, piece in cuts:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + length :]
    fast = parse_plain(text, yamlfile.MAX_DEPTH)
    if fast is not None:
        with pytest.MonkeyPatch.context() as patch:
            assert fast == careful(text, patch)
