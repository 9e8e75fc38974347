"""The command `export` as a person types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rangemap.cli.app import main

from . import rfc7946

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["rangemap", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    return call


def test_paths_go_to_stdout_and_what_is_cut_to_stderr(run: Run, tmp_path: Path) -> None:
    code, out, err = run("export", "zelzal-2", "-o", str(tmp_path / "z.shp"))
    assert code == 0
    assert {*out.split()} == {str(path) for path in tmp_path.iterdir()}
    assert err.startswith("note: a shapefile holds")


def test_a_dash_is_geojson_on_stdout_of_all_systems_and_regions(run: Run) -> None:
    asked = ("zelzal-2", "fateh-110", "--from", "iran-north-west", "--from", "iran", "--gap", "Israel")
    code, out, _ = run("export", *asked, "-o", "-")
    document = json.loads(out)
    found = [each["properties"] for each in document["features"]]
    assert code == 0
    assert rfc7946.problems(document) == []
    pairs = {(each["system"], each["region"]) for each in found if each["kind"] == "reach"}
    assert pairs == {(name, region) for name in asked[:2] for region in ("iran", "iran-north-west")}
    assert {each["region"] for each in found if each["kind"] == "gap"} == {"iran-north-west"}


def test_filters_leave_out_what_they_leave_out(run: Run) -> None:
    _, out, _ = run("export", "zelzal-2", "-o", "-", "--as-of", "2005")
    reaches = [each["properties"] for each in json.loads(out)["features"] if each["properties"]["kind"] == "reach"]
    assert 0 < len([each for each in reaches if each["level"] == "claim"]) < 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("zelzal-2", "-o", "x.doc"),
            "'.doc' is no format that rangemap exports; name a file that",
        ),
        (("zelzal-2", "-o", "/proc/x.geojson"), "can't write '/proc/x.geojson'"),
        (("zelzall-2", "-o", "x.kml"), "did you mean"),
        (("zelzal-2", "-o", "x.kml", "--gap", "Atlantis"), "unknown area 'Atlantis'"),
    ],
)
def test_bad_input_is_one_clear_line(
    run: Run, arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    got, out, err = run("export", *arguments)
    assert (got, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert list(tmp_path.iterdir()) == []


def test_a_system_without_a_range_is_said(run: Run, tmp_path: Path) -> None:
    code, _, err = run("export", "iran-declared-limit", "-o", str(tmp_path / "x.csv"))
    assert code == 0
    assert "counts as a range; the file has no reach of it" in err
