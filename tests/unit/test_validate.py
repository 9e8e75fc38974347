"""Warnings: each rule finds its case, a flag or a recorded finding settles it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rangemap.ballot import Filters
from rangemap.catalogue.lint import lint
from rangemap.catalogue.load import load_catalogue, read_catalogue
from rangemap.catalogue.problems import Problem
from rangemap.contest import contest

SOURCES = """sources:
  - {id: good, title: A page, publisher: P, URL: "https://example.org/", tier: A}
  - {id: weak, title: A copy, publisher: P, URL: "https://example.org/2", tier: C}
  - {id: nowhere, title: No address, publisher: P, tier: A}
"""
HEAD = """id: one
name: One
country: IRN
kind: srbm
status: operational
regions: [iran]
claims:
"""


def claim(number: int, figure: str, **fields: str) -> str:
    data = {"source": "good", "claimant": f"Person {number}", "as_of": "2016-03", "locator": "page 1", **fields}
    lines = "".join(f"    {key}: {value}\n" for key, value in data.items() if value)
    return f"  - id: c{number}\n    range: {figure}\n{lines}"


def problems(tmp_path: Path, *claims: str, findings: str = "") -> list[Problem]:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems" / "one.yaml").write_text(HEAD + "".join(claims))
    (tmp_path / "sources.yaml").write_text(SOURCES)
    if findings:
        (tmp_path / "findings.yaml").write_text(findings)
    return [problem for problem in read_catalogue(tmp_path)[1] if problem.subject != "nowhere"]


CASES = {
    "undated": (claim(1, "700 km", as_of=""),),
    "no-locator": (claim(1, "700 km", locator=""),),
    "whole-earth": (claim(1, "35,000 km"),),
    "conversion": (claim(1, "1,200 km (840 miles)"),),
    "unit-slip": (claim(1, "1,300 miles"), claim(2, "1,300 km")),
    "diameter": (claim(1, "500 km"), claim(2, "500 km"), claim(3, "1,000 km")),
    "much-beyond": (claim(1, "500 km"), claim(2, "600 km"), claim(3, "1,100 km")),
    "weak-edge": (claim(1, "500 km"), claim(2, "620 km", source="weak")),
    "minimum-range": (claim(1, "50 to 300 km"),),
    "lapsed-forecast": (claim(1, "5,000 km", stance="projects", note="to be ready by 2015"),),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_its_case_with_file_line_and_remedy(tmp_path: Path, rule: str) -> None:
    found = [problem for problem in problems(tmp_path, *CASES[rule]) if problem.rule == rule]
    assert len(found) == 1, found
    assert found[0].severity == "warning"
    assert found[0].file.endswith("one.yaml")
    assert found[0].line >= 8
    assert found[0].remedy


@pytest.mark.parametrize(
    ("rule", "flag"),
    [
        ("conversion", "likely-error"),
        ("much-beyond", "outlier"),
        ("weak-edge", "outlier"),
        ("minimum-range", "interval-includes-minimum-range"),
        ("whole-earth", "ring-degenerates"),
    ],
)
def test_a_flag_settles_it(tmp_path: Path, rule: str, flag: str) -> None:
    *others, last = CASES[rule]
    flagged = last + f"    flags: [{flag}]\n"
    assert rule not in {problem.rule for problem in problems(tmp_path, *others, flagged)}


def test_a_recorded_finding_is_marked_with_its_reason(tmp_path: Path) -> None:
    findings = "findings:\n  - {rule: undated, id: c1, why: the page bears no date}\n"
    found = problems(tmp_path, *CASES["undated"], findings=findings)
    assert [(problem.rule, problem.recorded) for problem in found] == [("undated", "the page bears no date")]


def test_sound_claims_give_no_warning(tmp_path: Path) -> None:
    assert (
        problems(tmp_path, claim(1, "800 kilometres (500 miles)"), claim(2, "750 km"), claim(3, "up to 810 km")) == []
    )


def test_a_source_without_address(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems" / "one.yaml").write_text(HEAD + claim(1, "700 km"))
    (tmp_path / "sources.yaml").write_text(SOURCES)
    assert [problem.rule for problem in read_catalogue(tmp_path)[1]] == ["no-address"]


def test_a_forecast_lapses_when_its_time_has_come() -> None:
    catalogue = load_catalogue()
    early = lint(catalogue.systems, catalogue.sources, catalogue.places, date(2012, 6, 1))
    late = lint(catalogue.systems, catalogue.sources, catalogue.places, date(2026, 6, 1))
    assert len([p for p in early if p.rule == "lapsed-forecast"]) < len(
        [p for p in late if p.rule == "lapsed-forecast"]
    )


def test_a_claim_that_was_replaced_stood_until_then(tmp_path: Path) -> None:
    old = claim(1, "500 km", as_of="2003", status="corrected", replaced_by="c2", reason="a slip of the pen")
    problems(tmp_path, old, claim(2, "700 km", as_of="2005"))
    catalogue = load_catalogue(tmp_path)
    system = catalogue.systems["one"]
    assert contest(system, catalogue.sources, Filters(as_of="2004")).any_km == 500
    assert contest(system, catalogue.sources).any_km == 700
    assert "a slip of the pen" in contest(system, catalogue.sources).judged[0].why_not
