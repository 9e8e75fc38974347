"""The front door: every command has a twin that the reference names rightly, and `import rangemap` loads nothing."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

import rangemap
from rangemap.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCE = Path(__file__).parents[2] / "docs" / "api.md"
ROW = re.compile(r"^\| `(?P<command>[\w-]+)` \| `(?P<twin>rangemap[\w.]+)` \| `(?P<example>.+)` \|$", re.MULTILINE)
ROWS = [(row["command"], row["twin"], row["example"]) for row in ROW.finditer(REFERENCE.read_text(encoding="utf-8"))]


def found(dotted: str) -> Callable[..., Any]:
    module, _, name = dotted.rpartition(".")
    twin: Callable[..., Any] = getattr(import_module(module), name)
    return twin


def test_every_command_has_its_row() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # typer gives a click group
    assert {command for command, _, _ in ROWS} == commands
    assert len(ROWS) == len(commands)


@pytest.mark.parametrize(("command", "twin", "example"), ROWS, ids=[row[0] for row in ROWS])
def test_the_example_is_a_call_that_the_twin_takes(command: str, twin: str, example: str) -> None:
    name = twin.rpartition(".")[2]
    calls = [
        node
        for node in ast.walk(ast.parse(example))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
    assert calls, f"{command}: {example} does not call {name}"
    keywords = {keyword.arg or "": keyword.value for keyword in calls[0].keywords}
    inspect.signature(found(twin)).bind(*calls[0].args, **keywords)


@pytest.mark.parametrize("name", rangemap.__all__)
def test_every_name_of_the_front_door_is_there(name: str) -> None:
    assert getattr(rangemap, name) is not None


def test_the_front_door_knows_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'missile'"):
        _ = rangemap.missile


def test_importing_loads_nothing() -> None:
    code = "import sys, rangemap; print([name for name in sys.modules if name.startswith('rangemap.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
