"""Figures as files: formats, sizes, alternative text, the same bytes, one clear line for bad input."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rangemap.cli.app import app


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_the_command_writes_every_format(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"x.{ending}"
    result = CliRunner().invoke(app, ["figure", "qiam-1", "-o", str(target)])
    assert result.exit_code == 0, result.output
    start = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[ending]
    assert target.read_bytes().startswith(start)
