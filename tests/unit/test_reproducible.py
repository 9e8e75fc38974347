"""The same input gives the same bytes, whatever the hash seed, the locale, the time zone, the folder, the workers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
ELSEWHERE = {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"}
REPOSITORY = Path(__file__).parents[2]
SYSTEMS = ("qiam-1", "hwasong-14", "iran-declared-limit")


def run(arguments: list[str], environment: dict[str, str], cwd: Path) -> bytes:
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    done = subprocess.run(
        [sys.executable, "-m", "rangemap", *arguments],
        env=environ,
        cwd=cwd,
        capture_output=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Three systems of the built-in catalogue, from two countries, and its sources."""
    folder = tmp_path / "own"
    (folder / "systems").mkdir(parents=True)
    for name in (*(f"systems/{system}.yaml" for system in SYSTEMS), "sources.yaml"):
        (folder / name).write_bytes((REPOSITORY / "geodata" / name).read_bytes())
    return folder


def hashes(folder: Path) -> dict[str, str]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_an_atlas_is_the_same_by_one_process_here_and_by_two_elsewhere(catalogue: Path, tmp_path: Path) -> None:
    run(["atlas", "one", "--workers", "1", "--catalogue", str(catalogue)], HERE, tmp_path)
    moved = tmp_path / "some where else"
    moved.mkdir()
    catalogue.rename(moved / "cat")
    run(["atlas", "two", "--workers", "2", "--catalogue", "cat"], ELSEWHERE, moved)
    one, two = hashes(tmp_path / "one"), hashes(moved / "two")
    assert {name: (one.get(name), two.get(name)) for name in one | two if one.get(name) != two.get(name)} == {}


def test_a_page_is_the_same_wherever_it_is_rendered(tmp_path: Path) -> None:
    arguments = ["render", "shahab-1", "qiam-1", "--from", "iran-north-west", "-o", "-"]
    assert run(arguments, HERE, tmp_path) == run(arguments, ELSEWHERE, REPOSITORY)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_brief_is_the_same_wherever_it_is_written(ending: str, tmp_path: Path) -> None:
    written = [tmp_path / f"{place}.{ending}" for place in ("here", "elsewhere")]
    for path, environment, cwd in zip(written, (HERE, ELSEWHERE), (tmp_path, REPOSITORY), strict=True):
        run(["report", "qiam-1", "--from", "iran", "-o", str(path)], environment, cwd)
    assert written[0].read_bytes() == written[1].read_bytes()
