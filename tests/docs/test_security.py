"""The threat model names tests that exist and limits that hold."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)))
LIMITS = re.findall(r"^\| `([\w.]+)\.(\w+)` \| ([\d,]+) \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_a_named_test_exists(file: str, name: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(" if name else "^def test_", source, re.MULTILINE)


def test_every_promise_names_its_test() -> None:
    rows = [line for line in TEXT.split("## Limits")[0].splitlines() if line.startswith("|")][2:]
    assert len(rows) > 30
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize(("module", "name", "value"), LIMITS)
def test_a_limit_is_as_it_says(module: str, name: str, value: str) -> None:
    assert getattr(import_module(module), name) == int(value.replace(",", ""))
    assert module.startswith("rangemap.")
