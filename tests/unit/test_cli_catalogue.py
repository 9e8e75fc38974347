"""Whose catalogue: every command that reads one takes --catalogue and --with-built-in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from rangemap.cli.app import app

WRITES = {"accept", "import-claims"}
"""They write to a catalogue of one's own: the built-in one is nobody's to change."""
NO_CATALOGUE = {"init", "schema", "diff", "verify"}
"""They make one, describe its form, name two, or (a bundle) bring their own."""
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def _options(name: str) -> set[str]:
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - WRITES - NO_CATALOGUE))
def test_commands_that_read_a_catalogue_take_ones_own(name: str) -> None:
    assert {"--catalogue", "--with-built-in"} <= _options(name)


@pytest.mark.parametrize("name", sorted(WRITES))
def test_commands_that_write_take_ones_own_alone(name: str) -> None:
    assert "--catalogue" in _options(name)
    assert "--with-built-in" not in _options(name)


def test_ones_own_system_is_found_beside_the_built_in_ones(tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["init", str(tmp_path / "own")]).exit_code == 0
    own = ["--catalogue", str(tmp_path / "own")]
    (mine,) = [row["system"] for row in json.loads(run.invoke(app, ["list", *own, "--json"]).output)]
    both = run.invoke(app, ["list", *own, "--with-built-in"]).output
    assert mine in both
    assert "sejjil" in both
    for command in (["show", mine], ["coverage", mine], ["validate"]):
        alone, together = (run.invoke(app, [*command, *own, *more]) for more in ([], ["--with-built-in"]))
        assert alone.exit_code == together.exit_code == 0, (command, alone.output, together.output)
