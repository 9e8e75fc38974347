"""An atlas, page by page, and what a catalogue of thousands of systems costs. Timing is told, never tested."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rangemap.atlas import make_atlas
from rangemap.atlas.page import make_page
from rangemap.atlas.tasks import make_tasks
from rangemap.ballot import Filters
from rangemap.catalogue.load import load_catalogue, read_catalogue
from rangemap.summary import list_rows

if TYPE_CHECKING:
    from rangemap.catalogue.load import Catalogue

SCRIPT = Path(__file__).parents[1] / "scripts" / "generate_catalogue.py"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,000 invented systems with 50,000 claims."""
    folder = tmp_path_factory.mktemp("large")
    runpy.run_path(str(SCRIPT))["generate"](folder)
    return folder


def read(folder: Path) -> Catalogue:
    catalogue, problems = read_catalogue(folder, warn=False)
    assert catalogue is not None, problems
    return catalogue


@pytest.mark.benchmark(group="catalogue of 5,000 systems")
def test_load_for_the_first_time(benchmark: Any, large: Path) -> None:  # noqa: ANN401 - a fixture without a type
    assert len(benchmark.pedantic(read, args=(large,), rounds=2).systems) == 5_000


@pytest.mark.benchmark(group="catalogue of 5,000 systems")
def test_load_again(benchmark: Any, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401 - the same
    monkeypatch.setenv("RANGEMAP_CACHE", str(tmp_path))
    read(large)
    assert len(benchmark.pedantic(read, args=(large,), rounds=3).systems) == 5_000


@pytest.mark.benchmark(group="catalogue of 5,000 systems")
def test_list(benchmark: Any, large: Path) -> None:  # noqa: ANN401 - the same
    data = read(large)
    assert len(benchmark.pedantic(list_rows, kwargs={"catalogue": data}, rounds=3)) == 5_000


@pytest.mark.benchmark(group="a page, measured region warm")
@pytest.mark.parametrize("systems", [67, 5_000])
def test_one_page(benchmark: Any, systems: int, large: Path) -> None:  # noqa: ANN401 - the same
    data = load_catalogue() if systems == 67 else read(large)
    task = make_tasks(data, Filters())[1]
    make_page(task)
    assert benchmark.pedantic(make_page, args=(task,), rounds=10).card


@pytest.mark.benchmark(group="atlas of 67 systems")
@pytest.mark.parametrize("workers", [1, 2])
def test_from_nothing(benchmark: Any, workers: int, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401 - the same
    def make() -> int:
        return len(make_atlas(tmp_path_factory.mktemp("atlas"), workers=workers).made)

    assert benchmark.pedantic(make, rounds=1) == len(load_catalogue().systems)


@pytest.mark.benchmark(group="atlas of 67 systems")
def test_nothing_to_do(benchmark: Any, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401 - the same
    folder = tmp_path_factory.mktemp("atlas")
    make_atlas(folder)
    assert len(benchmark.pedantic(make_atlas, args=(folder,), rounds=3).kept) == len(load_catalogue().systems)
