"""The examples run: scripts by their `main`, notebooks in a kernel."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import shape

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"


def main_of(name: str) -> Callable[[Path], Any]:
    spec = importlib.util.spec_from_file_location(name.removesuffix(".py"), EXAMPLES / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Callable[[Path], Any] = module.main
    return main


def test_first_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = main_of("first_map.py")(tmp_path / "map.html").read_text(encoding="utf-8")
    assert "How far is the Qiam-1 said to reach?" in page
    assert "grant 750 km, the boldest 1,700 km" in capsys.readouterr().out


def test_compare_two(tmp_path: Path) -> None:
    lines = main_of("compare_two.py")(tmp_path / "map.html")
    assert "Montenegro (2,019 km): Shahab-3 beyond, Sejjil / Sejjil-2 contested" in lines
    assert "Sejjil" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_own_ring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feature = json.loads(main_of("own_ring.py")(tmp_path / "ring.geojson").read_text(encoding="utf-8"))
    ring = shape(feature["geometry"])
    assert ring.is_valid
    assert ring.bounds[::2] == (-180, 180)
    assert "Apia lies within it." in capsys.readouterr().out


def test_coverage_to_csv(tmp_path: Path) -> None:
    with main_of("coverage_to_csv.py")(tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["IRQ"]["status"] == "within"
    assert rows["USA"]["status"] == "beyond"


def outputs(notebook: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - nbformat is untyped
    return [output["data"] for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_the_notebook_of_the_first_map(run_notebook: Callable[[str], Any]) -> None:
    map_, claims, levels, closest = outputs(run_notebook("first_map.ipynb"))
    assert set(map_) == {"text/html", "image/png", "text/plain"}
    assert "Arms Control" in claims["text/html"]
    assert levels["text/plain"] == "(750.0, 800.0, 1700.0, 'contested')"
    assert "margin_km" in closest["text/html"]


def test_the_notebook_of_disagreement(run_notebook: Callable[[str], Any]) -> None:
    systems, steps, conflicts, figure, map_ = outputs(run_notebook("contested.ipynb"))
    assert "times" in systems["text/html"]
    assert "outer_km" in steps["text/html"]
    assert "gap_km" in conflicts["text/html"]
    assert "image/png" in figure
    assert "to the nearest point of Greece" in map_["text/html"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_kept_without_output(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


def test_the_list_of_examples_is_complete() -> None:
    said = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [
        path.name for path in EXAMPLES.glob("*") if path.suffix in {".py", ".ipynb"} and path.name not in said
    ] == []
