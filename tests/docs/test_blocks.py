"""What the documentation tells a reader to type does run: every command block and every Python block, in order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from rangemap.cli.app import app
from rangemap.errors import RangemapError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
# What other tests run: the gate calls make, the wheel test installs.
ELSEWHERE = ("make ", "pip install", "pipx ", "uvx ", "python -m pip", "git clone", "python scripts/", "docker ")
# Only a person can answer these: they are fed end of file, and say so.
INTERACTIVE = ("review",)


def documents() -> Iterator[Path]:
    yield from (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    yield from sorted((ROOT / "docs").glob("*.md"))


def blocks(path: Path, language: str) -> list[str]:
    return [
        match["body"] for match in FENCE.finditer(path.read_text(encoding="utf-8")) if match["language"] == language
    ]


WITH_COMMANDS = [path for path in documents() if blocks(path, "console")]
WITH_PYTHON = [path for path in documents() if blocks(path, "python")]


def typed_lines(path: Path) -> list[str]:
    """List what stands behind the prompts; the other lines of a block are output."""
    lines = [line.strip() for body in blocks(path, "console") for line in body.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out what the documents suppose a reader has: articles, and nothing that would open a window."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(typer, "launch", lambda _: 0)
    article = next((ROOT / "tests" / "data" / "articles").glob("*/*.txt"))
    shutil.copy(article, tmp_path / "article.txt")
    text = article.read_text(encoding="utf-8")
    (tmp_path / "article.html").write_text(
        f"<html><body><article><p>{text}</p></article></body></html>", encoding="utf-8"
    )
    return tmp_path


def type_command(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = shlex.split(line, comments=True)
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
        return
    assert words[0] == "rangemap", f"a command that no test knows how to run: {line}"
    result = CliRunner().invoke(app, words[1:])
    if isinstance(result.exception, RangemapError) and words[1] in INTERACTIVE:
        return
    assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.name)
def test_every_command_block_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = [line for line in typed_lines(path) if not line.startswith(ELSEWHERE)]
    assert typed
    if any("my-claims" in line for line in typed) and not any("init my-claims" in line for line in typed):
        type_command("rangemap init my-claims", monkeypatch)
    for line in typed:
        type_command(line, monkeypatch)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("path", WITH_PYTHON, ids=lambda path: path.name)
def test_every_python_block_runs(path: Path) -> None:
    names: dict[str, object] = {"__name__": "documentation"}
    for body in blocks(path, "python"):
        exec(compile(body, path.name, "exec"), names)  # noqa: S102 - our own documentation


def test_the_list_of_documents_is_not_empty_by_mistake() -> None:
    assert {"README.md", "index.md", "own-data.md"} <= {path.name for path in WITH_COMMANDS}
