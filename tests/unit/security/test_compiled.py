"""Compiled templates are code: a file that is not ours to the last byte, in a folder of ours, is never run."""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from rangemap.webmap import compiled
from rangemap.webmap.compiled import CompiledTemplates

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="owners and modes as POSIX has them")


def said(source: str = "Hello {{ name }}") -> str:
    environment = Environment(loader=DictLoader({"hello": source}), autoescape=True, bytecode_cache=CompiledTemplates())
    return environment.get_template("hello").render(name="world")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RANGEMAP_CACHE", str(tmp_path / "cache"))
    assert said() == "Hello world"
    return next((tmp_path / "cache").rglob("*.code"))


def poisoned(path: Path) -> Path:
    """Put other code under the digest that belongs to it, as whoever may write the file could."""
    code = Environment(autoescape=True).compile("Stolen")
    body = marshal.dumps(code)
    bucket = CompiledTemplates().get_bucket(Environment(autoescape=True), "hello", None, "Hello {{ name }}")
    path.write_bytes(compiled._digest(bucket, body) + body)
    return path


def test_what_is_kept_is_used(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poisoned(kept)
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert said() == "Stolen"  # what we wrote ourselves, we believe


@POSIX
def test_it_is_ours_alone(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


@POSIX
@pytest.mark.parametrize("mode", [0o666, 0o660, 0o602])
def test_a_file_that_others_may_write_is_not_run(kept: Path, mode: int) -> None:
    poisoned(kept).chmod(mode)
    assert said() == "Hello world"


@POSIX
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_nothing_is_run_from_a_folder_that_others_may_write(kept: Path, mode: int) -> None:
    poisoned(kept)
    kept.parent.chmod(mode)
    assert said() == "Hello world"


@POSIX
def test_a_file_of_another_user_is_not_run(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = poisoned(kept).stat().st_uid
    monkeypatch.setattr("os.getuid", lambda: owner + 1)
    assert said() == "Hello world"


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 32, b"\0" * 4000])
def test_a_damaged_file_is_as_good_as_none(kept: Path, damage: bytes) -> None:
    kept.write_bytes(damage)
    assert said() == "Hello world"
    assert kept.read_bytes() != damage  # and is mended


def test_a_flipped_bit_is_noticed(kept: Path) -> None:
    content = bytearray(kept.read_bytes())
    for place in range(0, len(content), 41):
        content[place] ^= 1
        kept.write_bytes(content)
        assert said() == "Hello world"
        content = bytearray(kept.read_bytes())


@pytest.mark.parametrize("what", ["source", "jinja", "format", "python"])
def test_code_of_something_else_is_not_run(kept: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    poisoned(kept)
    if what == "jinja":
        monkeypatch.setattr(compiled, "_compiler", lambda: "0.1")
    if what == "format":
        monkeypatch.setattr(compiled, "FORMAT", 0)
    if what == "python":
        monkeypatch.setattr(compiled, "MAGIC_NUMBER", b"\0\0\0\0")
    assert said("Bye {{ name }}" if what == "source" else "Hello {{ name }}") != "Stolen"


def test_nothing_is_kept_where_caching_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("RANGEMAP_CACHE", "off")
    assert said() == "Hello world"
    assert not list(tmp_path.rglob("*.code"))


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("RANGEMAP_CACHE", str(tmp_path / "file"))
    assert said() == said() == "Hello world"
