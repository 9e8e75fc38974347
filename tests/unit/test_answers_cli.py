"""`coverage`, `check`, `distance` and `show --regions` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rangemap.cli.answers import _cell

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rangemap", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        timeout=180,
        check=False,
    )


def run_json(*arguments: str) -> Any:  # noqa: ANN401 - any JSON
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_coverage_speaks_json_csv_words_and_table() -> None:
    data = run_json("coverage", "qiam-1", "--from", "iran-west")
    assert (data["system"], data["region"]) == ("qiam-1", "iran-west")
    rows = list(csv.DictReader(io.StringIO(run("coverage", "qiam-1", "--from", "iran-west", "--csv").stdout)))
    assert len(rows) == len(data["countries"]) + len(data["cities"])
    israel = next(row for row in rows if row["id"] == "ISR")
    same = next(row for row in data["countries"] if row["id"] == "ISR")
    assert float(israel["nearest_km"]) == pytest.approx(same["nearest_km"], abs=0.001)
    assert israel["status"] == same["status"]
    words = run("coverage", "qiam-1", "--from", "iran-west", "--words").stdout.splitlines()
    assert words == [row["sentence"] for row in data["countries"]]
    table = run("coverage", "qiam-1", "--cities", "3")
    assert "closest calls first" in table.stdout
    assert "GeoNames" in table.stderr


def test_no_cell_is_taken_for_a_formula() -> None:
    assert _cell("=1+1") == "'=1+1"
    assert _cell("@here") == "'@here"
    assert _cell(["-a", "b"]) == "'-a; b"
    assert _cell(-12.34567) == -12.346
    assert _cell("Beirut\x1b[31m") == "Beirut[31m"


def test_check_exits_1_only_when_asked_and_something_fails() -> None:
    assert run("check", "zelzal-2").returncode == 0
    strict = run("check", "zelzal-2", "--strict")
    assert strict.returncode == 1
    assert "FAILS  zelzal-2 can reach the Middle East" in strict.stdout
    assert run("check", "khorramshahr-4", "--strict").returncode == 0


def test_check_counts_only_what_the_reader_wants() -> None:
    everyone, early = (run_json("check", "shahab-3", *extra) for extra in ((), ("--as-of", "2001")))
    assert len(everyone) == len(early) == 8
    assert len(early[0]["claims_for"]) < len(everyone[0]["claims_for"])


def test_distance_gives_the_promised_keys_and_the_gap_of_a_system() -> None:
    data = run_json("distance", "iran", "contiguous-us", "--system", "iran-icbm-claimed")
    assert {"from", "to", "nearest_km", "nearest_from", "nearest_to", "farthest_km"} <= set(data)
    assert data["nearest_km"] == pytest.approx(8_293, abs=2)
    (system,) = data["systems"]
    assert [part["kind"] for part in system["parts"]] == ["within", "contested"]
    assert {round(each["km"]) for each in system["figures"]} == {8_000, 10_000, 11_000}
    shown = run("distance", "irn-tehran", "London, GBR").stdout
    assert "first point  4,3" in shown


def test_show_regions_tells_how_the_answer_moves() -> None:
    rows = run_json("show", "qiam-1", "--regions")
    kinds = [row["kind"] for row in rows]
    assert kinds == ["country", *["group"] * 7, "core"]
    whole, *groups, core = rows
    for level in ("all", "majority", "any"):
        assert all(core["area_km2"][level] <= row["area_km2"][level] <= whole["area_km2"][level] for row in groups)
    assert "every point of Iran" in run("show", "qiam-1", "--regions").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("coverage", "no-such"), "unknown system"),
        (("coverage", "qiam-1", "--from", "nowhere"), "unknown region"),
        (("coverage", "qiam-1", "--from", "iran", "--from", "iran-west"), "one launch region"),
        (("distance", "iran", "europ"), "did you mean europe"),
        (("distance", "monaco", "france"), "too small"),
        (("check", "qiam-1", "--origin", "nobody"), "unknown origin"),
        (("show", "ya-ali", "--regions"), "no claim about"),
        (("render", "qiam-1", "--gap", "nowhere", "-o", "-"), "unknown area"),
    ],
)
def test_wrong_usage_is_one_clear_line_and_exit_2(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
