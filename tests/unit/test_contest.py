"""Counting: the rules of design.md section 5 as a table of cases, and the real catalogue's named ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rangemap.ballot import Filters, said_by
from rangemap.catalogue.load import load_catalogue
from rangemap.catalogue.models import Source, System
from rangemap.contest import contest, share_lines
from rangemap.types import Agreement, Tier

CASES = json.loads((Path(__file__).parents[1] / "data" / "contest_cases.json").read_text())
SOURCES = {
    tier.value.lower(): Source(id=tier.value.lower(), title="A page", publisher="A publisher", tier=tier)
    for tier in Tier
}


def make_system(claims: list[dict[str, Any]]) -> System:
    records = [{"id": f"c{n}", "source": "a", **claim} for n, claim in enumerate(claims)]
    return System.model_validate(
        {
            "id": "test",
            "name": "Test",
            "country": "IRN",
            "kind": "mrbm",
            "status": "operational",
            "regions": ["iran"],
            "claims": records,
        }
    )


def filters(options: dict[str, Any]) -> Filters:
    return Filters(
        tiers=frozenset(Tier(tier) for tier in options.get("tiers", ())),
        as_of=options.get("as_of"),
        origins=frozenset(options.get("origins", ())),
        claims=frozenset(options.get("claims", ())),
        flagged=options.get("flagged", False),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    result = contest(make_system(case["claims"]), SOURCES, filters(case.get("filters", {})))
    found = {
        "agreement": result.agreement.value,
        "origins": len(result.votes),
        "all_km": result.all_km,
        "majority_km": result.majority_km,
        "any_km": result.any_km,
        "lines": [line.km for line in result.distances],
        "steps": [[step.inner_km, step.outer_km, len(step.grants), len(step.allows)] for step in result.steps],
        "counted": [item.claim.id for item in result.judged if item.counted],
        "conflicts": len(result.conflicts),
    }
    assert {key: found[key] for key in case["expect"]} == case["expect"]
    assert all(item.counted or item.why_not for item in result.judged), "an uncounted claim says why"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_status_of_places(case: dict[str, Any]) -> None:
    result = contest(make_system(case["claims"]), SOURCES, filters(case.get("filters", {})))
    for distance_km, status in case.get("status", {}).items():
        assert result.status(float(distance_km)) == status, distance_km


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 200)), min_size=1, max_size=9))
def test_all_majority_any_are_ordered_and_steps_fill_the_way_between(figures: list[tuple[int, int]]) -> None:
    claims = [
        {"claimant": f"origin {n}", "range": f"{low * 10}–{(low + extra) * 10} km" if extra else f"{low * 10} km"}
        for n, (low, extra) in enumerate(figures)
    ]
    result = contest(make_system(claims), SOURCES)
    assert result.all_km is not None
    assert result.majority_km is not None
    assert result.any_km is not None
    assert result.all_km <= result.majority_km <= result.any_km
    edges = [result.all_km, *(step.outer_km for step in result.steps)]
    assert edges == [line.km for line in result.distances]
    assert edges[-1] == result.any_km
    for step in result.steps:
        assert 0 < len(step.grants) + len(step.allows) <= len(result.votes)
        assert len(step.grants) < len(result.votes)


@given(st.lists(st.tuples(st.integers(100, 20_000), st.booleans()), min_size=1, max_size=12))
def test_sharing_lines_loses_no_figure(figures: list[tuple[int, bool]]) -> None:
    lines = share_lines((float(km), km * 0.02, converted) for km, converted in figures)
    exact = [km for line in lines for km in line.exact_km]
    assert sorted(exact) == sorted({float(km) for km, _ in figures})


@pytest.mark.parametrize(
    ("date", "limit", "said"),
    [
        ("2004-10-05", "2004", True),
        ("2004", "2004-10", True),
        ("2005", "2004", False),
        ("2004-11", "2004-10", False),
        ("2003", "2004-01-01", True),
    ],
)
def test_said_by(date: str, limit: str, said: bool) -> None:  # noqa: FBT001 - a column of the table
    assert said_by(date, limit) is said


@pytest.fixture(scope="module")
def catalogue() -> Any:  # noqa: ANN401 - the catalogue
    return load_catalogue()


def test_qiam_1_is_contested_between_750_and_1700(catalogue: Any) -> None:  # noqa: ANN401
    result = contest(catalogue.system("qiam-1"), catalogue.sources)
    assert [line.km for line in result.distances] == [750, 800, 1500, 1700]
    assert (result.all_km, result.majority_km, result.any_km) == (750, 800, 1700)
    assert [(len(step.grants), step.outer_km) for step in result.steps] == [(4, 800), (2, 1500), (1, 1700)]
    assert result.agreement is Agreement.CONTESTED
    assert {vote.origin for vote in result.votes} == {
        *("arms-control-association", "farol-da-bahia-list", "fars", "fdds-long-war-journal"),
        *("iranian-media", "2026-paper"),
    }


def test_the_claimed_icbm_is_two_origins(catalogue: Any) -> None:  # noqa: ANN401
    result = contest(catalogue.system("iran-icbm-claimed"), catalogue.sources)
    assert (result.all_km, result.majority_km, result.any_km) == (8000, 10000, 11000)
    assert len(result.votes) == 2


def test_810_miles_and_1300_km_share_a_line_on_shahab_3(catalogue: Any) -> None:  # noqa: ANN401
    result = contest(catalogue.system("shahab-3"), catalogue.sources)
    assert 1300 in [line.km for line in result.distances]
    assert result.line_km(810 * 1.609344) == 1300


@pytest.mark.parametrize("name", ["iran-declared-limit", "ya-ali", "zelzal-3"])
def test_systems_without_a_vote_say_so(catalogue: Any, name: str) -> None:  # noqa: ANN401
    result = contest(catalogue.system(name), catalogue.sources)
    assert result.agreement is Agreement.NONE
    assert result.all_km is None
    assert result.steps == ()
