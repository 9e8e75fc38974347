"""No text from data steers the terminal: tables, JSON, complaints and names of files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rangemap.cli.app import main
from rangemap.cli.output import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

EVIL = '"\\e]0;owned\\a\\e[2J\\x9b31mred\\u202e'  # in a YAML string: OSC, CSI, C1, bidi
SOURCES = f'sources:\n  - {{id: page-1, title: {EVIL}title", publisher: {EVIL}paper", tier: A}}\n'
SYSTEM = f"""id: one
name: {EVIL}name"
aliases: [{EVIL}alias"]
country: IRN
kind: srbm
status: operational
regions: [iran]
claims:
  - {{id: c1, source: page-1, claimant: {EVIL}who", range: 800 km, as_written: {EVIL}800 km", as_of: '2016'}}
  - {{id: c2, source: page-1, claimant: other, range: 300 km, as_of: '2016', quote: {{exact: {EVIL}quote"}}}}
reach_assertions:
  - {{id: a1, source: page-1, claimant: {EVIL}who", area: {EVIL}Israel", expected: reaches, requires: [any of israel]}}
"""
COMMANDS = (
    *(("list",), ("show", "one"), ("coverage", "one"), ("check", "one"), ("validate",), ("show", "two")),
    *(
        ("list", "--json"),
        ("show", "one", "--json"),
        ("coverage", "one", "--json"),
        ("validate", "--json"),
        ("check", "one", "--json"),
    ),
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process; anything but a known error comes out as itself."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["rangemap", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        return (int(end.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("terminal")
    (root / "own" / "systems").mkdir(parents=True)
    (root / "own" / "sources.yaml").write_text(SOURCES)
    (root / "own" / "systems" / "one.yaml").write_text(SYSTEM)
    return root


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_escape_sequences_stay_out(
    command: tuple[str, ...], folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANGEMAP_CATALOGUE", str(folder / "own"))
    code, out, err = run(*command)
    assert code == (2 if "two" in command else 0)
    assert not set(out + err) & {"\x1b", "\x07", "\x9b", "\u202e"}
    if command == ("list", "--json"):
        assert "\\u009b" in out, "nothing is lost, it is escaped"
        assert "\x9b" in json.loads(out)[0]["name"]


@pytest.mark.parametrize("name", ["\x1b[2Jx.geojson", "\u202ex.geojson", "n\x9bx.geojson", "\x1b[2J", "x\x07" * 5000])
def test_names_in_complaints_are_clean(name: str, run: Run) -> None:
    code, _, err = run("render", "qiam-1", "--from", name)
    assert code == 2
    assert not set(err) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert err.count("\n") == 1
    assert len(err) < 400


@pytest.mark.skipif(os.name != "posix", reason="names that are no text")
def test_a_name_that_is_no_text_is_no_traceback(tmp_path: Path) -> None:
    article = os.path.join(os.fsencode(tmp_path), b"a\xff.txt")  # noqa: PTH118 - bytes
    with open(article, "wb") as file:  # noqa: PTH123 - the same
        file.write(b"The Qiam has a range of 800 km.")
    command = [sys.executable, "-m", "rangemap", "extract", article, "-o", article + b".yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert [path.name for path in tmp_path.glob("*.yaml")] == ["a\udcff.txt.yaml"]


def test_clean_keeps_what_is_text() -> None:
    assert clean("a\tb\nموشک – é") == "a\tb\nموشک – é"
    assert clean("a\ud800b") == "a?b"


@pytest.mark.parametrize("name", ["x" * 300, "a\x1b[2Jb", "\u202egpj", "-x", "nowhere/x", "CON"])
@pytest.mark.parametrize("command", ["render qiam-1 -o", "extract article.txt -o", "export-claims qiam-1 -o", "init"])
def test_hostile_output_names_write_nothing_elsewhere(
    command: str, name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "article.txt").write_text("The Qiam has a range of 800 km, he said.")
    monkeypatch.chdir(inside)
    words = command.split()
    end = {"render": ".html", "extract": ".yaml", "export-claims": ".csv", "init": ""}[words[0]]
    code, out, err = run(*words, f"{name}{end}")
    assert code in (0, 1, 2)
    assert not set(out + err) & {"\x1b", "\u202e"}
    assert code == 0 or "can't write" in err or "file name too long" in err or "No such option" in err
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]
    assert not list(inside.rglob("*.part"))
