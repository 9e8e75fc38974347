"""What a reader waits for: coverage of one system, and a megabyte of articles read. Timing is told, never tested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rangemap.answers import coverage_dict
from rangemap.extract.article import extract

ARTICLES = Path(__file__).parents[1] / "tests" / "data" / "articles"


def test_coverage_of_one_system_from_one_region(benchmark: Any) -> None:  # noqa: ANN401 - a fixture without a type
    coverage_dict("shahab-3", region="iran")
    data = benchmark(coverage_dict, "shahab-3", region="iran")
    assert data["countries"]


def test_a_megabyte_of_articles(benchmark: Any) -> None:  # noqa: ANN401 - the same
    prose = "\n\n".join(path.read_text() for path in sorted(ARTICLES.glob("*/*.txt")))
    text = (prose * (1_000_000 // len(prose) + 1))[:1_000_000]
    found = benchmark.pedantic(extract, args=(text,), rounds=2)
    assert found.claims
