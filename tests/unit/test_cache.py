"""The cache of parsed YAML: the same catalogue with it as without it, whatever happens to the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from rangemap.catalogue import yamlfile
from rangemap.catalogue.load import read_catalogue

SOURCES = "sources:\n  - {id: page-1, title: A page, publisher: P, URL: 'https://example.org/', tier: A}\n"
SYSTEM = "id: one\nname: {name}\ncountry: IRN\nkind: srbm\nstatus: operational\nregions: [iran]\n"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RANGEMAP_CACHE", str(tmp_path / "cache"))
    (tmp_path / "catalogue" / "systems").mkdir(parents=True)
    (tmp_path / "catalogue" / "sources.yaml").write_text(SOURCES)
    (tmp_path / "catalogue" / "systems" / "one.yaml").write_text(SYSTEM.format(name="One"))
    return tmp_path / "catalogue"


def read_name(root: Path) -> str:
    found, problems = read_catalogue(root)
    assert found is not None, problems
    return found.systems["one"].name


def cache_file(root: Path) -> Path:
    return next((root.parent / "cache").glob("*.json"))


def test_the_second_reading_parses_nothing(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = read_catalogue(catalogue)
    monkeypatch.setattr(yamlfile, "parse_yaml", lambda *_: pytest.fail("parsed again"))
    second, _ = read_catalogue(catalogue)
    assert first == second


def test_a_changed_file_is_read_anew(catalogue: Path) -> None:
    assert read_name(catalogue) == "One"
    (catalogue / "systems" / "one.yaml").write_text(SYSTEM.format(name="Two"))
    assert read_name(catalogue) == "Two"


def test_lines_survive_the_cache(catalogue: Path) -> None:
    (catalogue / "systems" / "one.yaml").write_text(SYSTEM.format(name="[One]"))
    assert [problem.line for problem in read_catalogue(catalogue)[1]] == [2]
    assert [problem.line for problem in read_catalogue(catalogue)[1]] == [2]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": 0}', b'{"format": 1, "files": 3}', b"[" * 9000])
def test_a_damaged_cache_is_as_good_as_none(catalogue: Path, damage: bytes) -> None:
    read_name(catalogue)
    cache_file(catalogue).write_bytes(damage)
    assert read_name(catalogue) == "One"


def test_a_cache_that_cannot_be_written_is_no_error(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (catalogue.parent / "in-the-way").write_text("")
    monkeypatch.setenv("RANGEMAP_CACHE", str(catalogue.parent / "in-the-way" / "cache"))
    assert read_name(catalogue) == "One"
