"""Statements about reach are judged by geometry and claims; the two project documents' own are the showcase."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rangemap import areas, places
from rangemap.answers import check_dict, check_rows
from rangemap.catalogue.load import load_catalogue
from rangemap.catalogue.models import ReachAssertion
from rangemap.catalogue.requirement import parse_requirement
from rangemap.coverage import standing
from rangemap.errors import UnknownNameError
from rangemap.needs import need, parts_of
from rangemap.roughly import bounds_km
from rangemap.verdicts import Judgement, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@cache
def rows(system: str) -> dict[str, dict[str, Any]]:
    return {row["assertion"].removeprefix(f"{system}-reach-"): row for row in check_rows(system)}


def made(system: str, area: str, *, expected: str = "reaches", **fields: Any) -> Judgement:  # noqa: ANN401 - record fields
    """Judge a statement made up for the test."""
    data = load_catalogue()
    source = next(iter(data.sources))
    record = {"id": "made", "source": source, "claimant": "Test", "area": area, "expected": expected, **fields}
    return judge(ReachAssertion.model_validate(record), standing(data.systems[system], data.sources))


def test_shahab_3_to_israel_and_to_european_airspace() -> None:
    israel, gulf, europe = (rows("shahab-3")[f"redline-2026-paper{n}"] for n in ("", "-2", "-3"))
    assert (israel["verdict"], gulf["verdict"]) == ("holds", "holds")
    assert israel["required_km"] == pytest.approx(885, abs=2)
    assert "Ukraine" in europe["explanation"]
    assert "depends for the European Union without Cyprus (1,339 km)" in europe["definitions"]
    assert "fails from southern Iran and south-east Iran" in europe["sensitivity"]


def test_zelzal_2_covers_not_the_middle_east_but_touches_south_asia() -> None:
    middle_east, south_asia = (rows("zelzal-2")[f"redline-2026-paper{n}"] for n in ("", "-2"))
    assert middle_east["verdict"] == "fails"
    assert middle_east["required_km"] > 2_000
    assert not middle_east["claims_for"]
    assert len(middle_east["claims_against"]) == 4
    assert south_asia["verdict"] == "holds"
    assert "fails from north-west Iran" in south_asia["sensitivity"]


def test_a_limit_of_2000_km_puts_israel_in_and_the_american_mainland_out() -> None:
    found = rows("iran-declared-limit")
    israel, gulf, mainland = (found[f"veritas-2026-geneva-{n}"] for n in (2, 3, 4))
    assert (israel["verdict"], gulf["verdict"], mainland["verdict"]) == ("holds", "holds", "holds")
    assert all(row["judged_by_limit"] for row in (israel, gulf, mainland))
    assert mainland["required_km"] == pytest.approx(8_293, abs=5)
    assert "stated limits" in mainland["explanation"]


def test_an_icbm_reaches_the_contiguous_us_only_by_some_claims() -> None:
    row = rows("iran-icbm-claimed")["reuters-2026-turkiyetoday"]
    assert row["verdict"] == "depends"
    assert 8_000 < row["required_km"] < 10_000
    assert any("yaalon" in claim for claim in row["claims_for"])
    whole = need(places.region("iran"), parse_requirement("all of contiguous-us"))
    assert 11_000 < whole.required_km < 12_500


def test_london_depends_on_where_in_iran_one_measures() -> None:
    row = rows("iran-march-2026-irbm")["qstage-2026-idf"]
    assert row["verdict"] == "holds"
    assert row["required_km"] == pytest.approx(3_642, abs=1)
    from_tehran = check_rows("iran-march-2026-irbm", region="tehran")
    assert {each["assertion"]: each["verdict"] for each in from_tehran}[row["assertion"]] == "fails"


@pytest.mark.parametrize(
    ("requirement", "where"), [("any of europe", "UKR"), ("each of us-hosts-gulf", "BHR"), ("all of south-asia", "BGD")]
)
def test_the_range_required_is_what_the_oracle_measures(
    requirement: str, where: str, extremes_oracle_km: Callable[..., tuple[float, float]]
) -> None:
    launch = places.region("iran")
    found = need(launch, parse_requirement(requirement))
    near_km, far_km = extremes_oracle_km(launch.geometry, places.country(where).geometry)
    if requirement.startswith("all"):
        assert found.required_km >= far_km - 0.3
        assert found.where in {"India", "Bangladesh"}
    else:
        assert found.required_km == pytest.approx(near_km, abs=0.05)
        assert found.where == places.country(where).name


def test_extents_stand_in_the_order_of_what_they_ask() -> None:
    launch = places.region("iran")
    forms = ["any of arab-league", "most of arab-league", "each of arab-league", "all of arab-league"]
    found = [need(launch, parse_requirement(form)).required_km for form in forms]
    assert found == sorted(found)
    shares = [need(launch, parse_requirement(f"{share}% of europe")).required_km for share in (10, 50, 90)]
    ends = [need(launch, parse_requirement(form)).required_km for form in ("any of europe", "all of europe")]
    assert [ends[0], *shares, ends[1]] == sorted([ends[0], *shares, ends[1]])


def test_what_is_measured_briefly_is_what_is_measured_in_full() -> None:
    launch = places.region("iran-west")
    for form in ("any of europe", "all of gulf-cooperation-council", "none of south-asia"):
        full, brief = (need(launch, parse_requirement(form), briefly=quick) for quick in (False, True))
        assert brief.required_km == pytest.approx(full.required_km, abs=0.3)


def test_a_statement_and_its_denial_never_both_hold() -> None:
    for requires in ("any of israel", "all of middle-east", "any of europe"):
        pair = [made("shahab-3", "x", requires=(requires,), expected=e) for e in ("reaches", "does-not-reach")]
        verdicts = {each.verdict for each in pair}
        assert verdicts in ({Verdict.DEPENDS}, {Verdict.HOLDS, Verdict.FAILS})
        assert pair[0].supporting == pair[1].opposing


def test_all_of_a_list_must_be_reached_and_none_of_it_when_denied() -> None:
    both = ("any of israel", "any of contiguous-us")
    assert made("shahab-3", "x", requires=both).verdict is Verdict.FAILS
    assert made("shahab-3", "x", requires=both, expected="does-not-reach").verdict is Verdict.FAILS
    assert made("shahab-3", "x", requires=both[1:], expected="does-not-reach").verdict is Verdict.HOLDS


def test_at_least_counts_as_what_it_says_and_is_shown_as_or_more() -> None:
    row = rows("musudan")["csis-2016-musudan"]
    assert len(row["claims_against"]) == 1
    assert "one contradicts it (3,000 km or more," in row["explanation"]
    assert made("bm-25-iran", "x", requires=("all of united-kingdom",)).verdict is Verdict.FAILS


def test_only_means_that_nothing_else_is_reached() -> None:
    row = rows("fateh-110")["reuters-2012-fateh"]
    assert row["verdict"] == "depends"
    assert row["required_km"] == pytest.approx(158, abs=2)
    assert "must not be reached" in row["explanation"]


def test_a_range_that_the_statement_names_is_judged_too() -> None:
    row = rows("sejjil")["rferl-2007-ashura"]
    assert row["explanation"].endswith("For the 2,000 km that the statement itself names, it fails.")


def test_a_statement_keeps_its_own_launch_region_until_the_reader_names_one() -> None:
    assert rows("zelzal-2")["nai-2006-zelzal"]["region"] == "lebanon"
    assert {row["region"] for row in check_rows("zelzal-2", region="iran-west")} == {"iran-west"}


def test_without_requires_the_words_are_taken_for_an_area() -> None:
    assert made("shahab-3", "the Middle East").verdict is Verdict.HOLDS
    unknown = made("shahab-3", "regional adversaries")
    assert unknown.verdict is Verdict.NOT_TESTABLE
    assert "regional adversaries" in unknown.reason


def test_an_area_that_nobody_defined_is_an_error_and_no_verdict() -> None:
    with pytest.raises(UnknownNameError, match="atlantis"):
        made("shahab-3", "x", requires=("any of atlantis",))


def test_an_untestable_statement_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        ReachAssertion.model_validate(
            {"id": "a", "source": "s", "claimant": "c", "area": "x", "expected": "reaches", "testable": False}
        )


def test_each_of_the_94_has_a_verdict_or_a_reason_on_the_page_made_by_the_program() -> None:
    spec = importlib.util.spec_from_file_location("make_verdicts", ROOT / "scripts" / "make_verdicts.py")
    assert spec is not None
    assert spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    page = program.page()
    assert page == (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8"), "run scripts/make_verdicts.py"
    data = load_catalogue()
    ids = [a.id for s in data.systems.values() for a in s.reach_assertions] + [a.id for a in data.reach_assertions]
    assert len(ids) == 94
    assert all(page.count(f"<!-- {each} -->") == 1 for each in ids)


def test_plain_data_has_the_promised_keys() -> None:
    judged = made("shahab-3", "Israel")
    row = check_dict(judged, load_catalogue())
    promised = (
        "assertion system area expected verdict required_km region claims_for claims_against explanation citation"
    )
    assert set(promised.split()) <= set(row)
    assert set(row["citations"]) == {*row["claims_for"], *row["claims_against"], *row["claims_undecided"]}
    assert areas.area("israel").parts[0].country == "ISR"


@pytest.mark.parametrize(
    ("country", "form"),
    [
        ("IND", "any of europe"),
        ("IND", "70% of europe"),
        ("IND", "all of pakistan"),
        ("RUS", "most of arab-league"),
        ("CHN", "all of western-us"),
        ("IRN", "each of us-hosts-gulf"),
        ("IRN", "none of beyond-iran-neighbours"),
    ],
)
def test_the_exact_range_lies_between_the_rough_ones(country: str, form: str) -> None:
    regions = [places.region(info.id) for info in parts_of(country)][1::9]
    requirement = parse_requirement(form)
    low, high = bounds_km(regions, requirement)
    for region, least, most in zip(regions, low, high, strict=True):
        exact = need(region, requirement).required_km
        assert least <= exact <= most
        assert most - least < 160


def test_nothing_rough_is_said_of_an_area_in_the_launch_regions_own_country() -> None:
    low, high = bounds_km([places.region("irn-tehran")], parse_requirement("any of Isfahan, IRN"))
    assert (low[0], high[0]) == (0, pytest.approx(20_004))


def test_of_many_provinces_the_number_is_told_and_a_few_are_named() -> None:
    europe, asia = rows("agni-5").values()
    assert (
        "depends from 7 of the 30 provinces of India (among them Kerala, Manipur and Mizoram)" in europe["sensitivity"]
    )
    assert "(Andaman and Nicobar Islands, Delhi, Gujarat and Punjab)" in asia["sensitivity"]
    assert len(asia["regions"]) == 30


def test_every_verdict_says_what_another_launch_region_does() -> None:
    for system in ("df-3a", "kh-55", "oreshnik", "zelzal-family"):
        for row in rows(system).values():
            assert bool(row["sensitivity"]) == (row["verdict"] != "not-testable")
    words = rows("oreshnik").values()
    assert any(
        "the same from each of the 83 provinces of Russia of over 1,000 km²" in row["sensitivity"] for row in words
    )
