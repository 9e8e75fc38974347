"""A cache that somebody else could have written is not believed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from rangemap.catalogue.load import read_catalogue

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="owners and modes as POSIX has them")
SOURCES = "sources:\n  - {id: page-1, title: A page, publisher: P, URL: 'https://example.org/', tier: A}\n"
SYSTEM = "id: one\nname: One\ncountry: IRN\nkind: srbm\nstatus: operational\nregions: [iran]\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RANGEMAP_CACHE", str(tmp_path / "cache"))
    (tmp_path / "own" / "systems").mkdir(parents=True)
    (tmp_path / "own" / "sources.yaml").write_text(SOURCES)
    (tmp_path / "own" / "systems" / "one.yaml").write_text(SYSTEM)
    read_catalogue(tmp_path / "own")
    return tmp_path / "own"


def cache_file(root: Path) -> Path:
    return next((root.parent / "cache").glob("*.json"))


def name_read(root: Path) -> str:
    found, problems = read_catalogue(root)
    assert found is not None, problems
    return found.systems["one"].name


def poison(root: Path) -> Path:
    path = cache_file(root)
    path.write_text(path.read_text().replace('"One"', '"Another"'))
    return path


def test_our_cache_is_ours_alone(root: Path) -> None:
    previous = os.umask(0)
    try:
        cache_file(root).unlink()
        read_catalogue(root)
    finally:
        os.umask(previous)
    assert cache_file(root).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o666, 0o660, 0o602])
def test_a_cache_that_others_may_write_is_not_read(root: Path, mode: int) -> None:
    poison(root).chmod(mode)
    assert name_read(root) == "One"


def test_a_cache_of_another_user_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poison(root)
    assert name_read(root) == "Another"  # what we wrote ourselves, we believe
    poison(root)
    monkeypatch.setattr("os.getuid", lambda: cache_file(root).stat().st_uid + 1)
    assert name_read(root) == "One"


@pytest.mark.parametrize(
    "entry",
    [3, [], {}, {"data": {}}, {"data": {"id": 3}, "lines": []}, {"data": {}, "lines": {"id": "x"}}, {"lines": {"": 1}}],
)
def test_a_tampered_entry_is_harmless(root: Path, entry: object) -> None:
    path = cache_file(root)
    stored = json.loads(path.read_text())
    stored["files"] = dict.fromkeys(stored["files"], entry)
    path.write_text(json.dumps(stored))
    found, problems = read_catalogue(root)
    assert found is not None or all(problem.what for problem in problems)


def test_poisoned_data_pass_the_same_checks_as_files(root: Path) -> None:
    path = cache_file(root)
    path.write_text(path.read_text().replace('"one"', '"../../one"'))
    found, problems = read_catalogue(root)
    assert found is None
    assert "'id'" in str(problems[0])
