"""The program as a user runs it: what it prints where, its JSON, its exit codes, its complaints."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from rangemap.cli.app import COMMANDS, modules_for, program

ROOT = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rangemap", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd or ROOT,
        env={**os.environ, "NO_COLOR": "1", **environment},
        timeout=120,
        check=False,
    )


def run_json(*arguments: str) -> Any:  # noqa: ANN401 - any JSON
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_one_clear_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("rangemap: ")]
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_help_names_every_command_and_each_help_has_an_example() -> None:
    text = run("--help").stdout
    commands = re.findall(r"^  ([a-z]+)  ", text.split("Commands:")[1], re.MULTILINE)
    assert {"list", "show", "validate", "render"} <= set(commands)
    for command in commands:
        done = run(command, "--help")
        assert done.returncode == 0
        assert f"Example:  rangemap {command}" in done.stdout


def test_every_command_is_found_in_its_module_alone() -> None:
    whole = typer.main.get_command(program(*COMMANDS))
    assert isinstance(whole, TyperGroup)
    assert list(whole.commands) == [name for names in COMMANDS.values() for name in names]
    for module, names in COMMANDS.items():
        assert all(modules_for([name, "x"]) == (module,) for name in names)
        alone = program(module)
        for name in names:
            for arguments in ([name, "--help"], [name, "--no-such-option"]):
                found, expected = (
                    CliRunner().invoke(each, arguments, prog_name="rangemap") for each in (alone, program(*COMMANDS))
                )
                assert (found.output, found.exit_code) == (expected.output, expected.exit_code)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["--version"], ["rendr"], ["maps"], ["", "render"]])
def test_all_commands_are_known_where_none_is_named(arguments: list[str]) -> None:
    assert modules_for(arguments) == tuple(COMMANDS)


def test_help_loads_neither_the_catalogue_nor_geometry() -> None:
    code = "import sys; from rangemap.cli.app import app; print([m for m in sys.modules if m.split('.')[0] in HEAVY])"
    heavy = "('pydantic', 'ruamel', 'shapely', 'geopandas', 'folium', 'numpy', 'pyproj', 'pandas')"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("HEAVY", heavy)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_render_loads_only_what_it_needs(tmp_path: Path) -> None:
    told = "atexit.register(lambda: print([name for name in HEAVY if name in sys.modules]))"
    code = f"import atexit, sys; {told}; from rangemap.cli import main; main()"
    heavy = "('folium', 'geopandas', 'pandas', 'matplotlib', 'babel', 'rich', 'ruamel.yaml')"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("HEAVY", heavy), "render", "qiam-1", "-o", str(tmp_path / "map.html")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_list_has_a_row_a_system() -> None:
    rows = run_json("list")
    assert len(rows) == 67
    assert set(rows[0]) == {
        *("system", "name", "country", "kind", "status", "claims", "origins", "sources"),
        *("all_km", "majority_km", "any_km", "agreement"),
    }
    qiam = next(row for row in rows if row["system"] == "qiam-1")
    numbers = [qiam[key] for key in ("claims", "origins", "all_km", "majority_km", "any_km")]
    assert numbers == [6, 6, 750, 800, 1700]
    assert qiam["agreement"] == "contested"


def test_list_by_country() -> None:
    assert {row["country"] for row in run_json("list", "--country", "prk")} == {"PRK"}
    assert_one_clear_line(run("list", "--country", "ATL"), 2, "unknown country 'ATL'")


def test_list_of_regions() -> None:
    rows = run_json("list", "--regions", "--country", "IRN")
    assert {"iran", "iran-north-west", "iran-south-east"} <= {row["region"] for row in rows}


def test_list_as_a_table_goes_to_stdout_without_colour_codes() -> None:
    done = run("list")
    assert done.stdout.count("\n") > 67
    assert "\x1b" not in done.stdout


def test_show_has_the_promised_form() -> None:
    data = run_json("show", "qiam-1")
    assert set(data) == {"system", "claims", "contest"}
    assert {
        *("id", "source", "citation", "claimant", "origin", "tier", "as_of", "quantity", "stance", "qualifier"),
        *("original", "low_km", "high_km", "rounding_km", "counted", "why_not_counted"),
    } <= set(data["claims"][0])
    assert set(data["contest"]) == {"agreement", "origins", "all_km", "majority_km", "any_km", "steps", "conflicts"}
    assert set(data["contest"]["steps"][0]) == {"inner_km", "outer_km", "grants", "allows", "claims"}
    assert set(data["contest"]["conflicts"][0]) == {"a", "b", "gap_km"}


def test_show_says_why_a_claim_does_not_count() -> None:
    data = run_json("show", "shahab-3")
    assert all(claim["counted"] or claim["why_not_counted"] for claim in data["claims"])
    denied = next(claim for claim in data["claims"] if claim["stance"] == "denies")
    assert "denied" in denied["why_not_counted"]


@pytest.mark.parametrize(
    ("arguments", "any_km"),
    [
        (("--tier", "A", "--tier", "B"), 800),
        (("--as-of", "2016"), 1500),
        (("--origin", "fars"), 800),
        (("--claim", "qiam-1-farol-2020"), 750),
    ],
)
def test_filters(arguments: tuple[str, ...], any_km: float) -> None:
    assert run_json("show", "qiam-1", *arguments)["contest"]["any_km"] == any_km


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "shahb-3"), ("unknown system 'shahb-3'", "did you mean shahab-3")),
        (("show", "qiam-1", "--origin", "far"), ("unknown origin 'far'", "fars")),
        (("show", "qiam-1", "--claim", "qiam-1-x"), ("unknown claim",)),
        (("show", "qiam-1", "--as-of", "soon"), ("--as-of", "not a date")),
        (("render", "shahb-3"), ("did you mean shahab-3",)),
        (("render", "qiam-1", "--from", "irann"), ("unknown region 'irann'", "iran")),
        (("render", "qiam-1", "--from", "monaco"), ("1,000 km²",)),
        (("render", "a", "b", "c", "d", "e", "f"), ("unknown system",)),
    ],
)
def test_wrong_names_are_one_clear_line_and_exit_2(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_one_clear_line(run(*arguments), 2, *words)


def test_a_wrong_command_gets_a_suggestion() -> None:
    done = run("rendr", "qiam-1")
    assert done.returncode == 2
    assert "render" in done.stderr
    assert "Traceback" not in done.stderr


def test_validate_finds_the_built_in_catalogue_free_of_errors() -> None:
    done = run("validate", "--json")
    assert done.returncode == 0
    assert all(problem["severity"] == "warning" for problem in json.loads(done.stdout))


def test_validate_strict_fails_on_warnings_that_nobody_recorded(tmp_path: Path) -> None:
    assert run("validate", "--strict").returncode == 0
    text = (ROOT / "geodata/systems/qiam-1.yaml").read_text().replace("    as_of: 2020-01\n", "")
    file = tmp_path / "qiam-1.yaml"
    file.write_text(text)
    assert run("validate", str(file)).returncode == 0
    assert run("validate", str(file), "--strict").returncode == 1


def test_validate_names_file_and_line(tmp_path: Path) -> None:
    text = (ROOT / "geodata/systems/qiam-1.yaml").read_text().replace("range: 750 km", "range: 0 km")
    file = tmp_path / "qiam-1.yaml"
    file.write_text(text)
    line = text.splitlines().index("    range: 0 km") + 1
    done = run("validate", str(file))
    assert done.returncode == 1
    assert f"{file}:{line}: '0 km' is not a distance" in done.stdout


def test_validate_of_nothing(tmp_path: Path) -> None:
    done = run("validate", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "does not exist" in done.stdout


def test_escape_sequences_in_names_do_not_reach_the_terminal() -> None:
    done = run("show", "\x1b[31mred\u202e")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr
