"""One counting rule, two languages: the page's script gives what Python gives on the same table of cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rangemap.ballot import Filters
from rangemap.catalogue.models import Source, System
from rangemap.contest import contest
from rangemap.types import Tier
from rangemap.webmap import inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
CASES = json.loads((Path(__file__).parents[1] / "data" / "contest_cases.json").read_text())
SOURCES = {
    tier.value.lower(): Source(id=tier.value.lower(), title="A page", publisher="A publisher", tier=tier)
    for tier in Tier
}

COUNT = """({ statements, lines, options, places }) => {
  const votes = ballot(statements, {
    asOf: options.asOf,
    tiers: options.tiers && new Set(options.tiers),
    origins: options.origins && new Set(options.origins),
  });
  const counts = countLines(votes, lines);
  const named = lines.filter((line) => counts.get(line.id).says > 0).sort((a, b) => a.km - b.km);
  return {
    ...tally(votes),
    lines: named.map((line) => line.km),
    steps: named.slice(1).map((line, i) => {
      const { grants, allows } = counts.get(line.id);
      return [named[i].km, line.km, grants, allows];
    }),
    counted: votes.flatMap((vote) => vote.claims).sort(),
    status: Object.fromEntries(places.map((km) => [km, statusOf(votes, Number(km))])),
  };
}"""


@pytest.fixture(scope="module")
def counter(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=inline.asset("counting.js"))
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(counter: Page, case: dict[str, Any]) -> None:
    found = counter.evaluate(COUNT, _question(case))
    expect = case["expect"]
    keys = {
        "origins": "origins",
        "all_km": "all",
        "majority_km": "majority",
        "any_km": "any",
        "lines": "lines",
        "steps": "steps",
    }
    for key, name in keys.items():
        if key in expect:
            assert found[name] == expect[key], key
    if "counted" in expect:
        assert found["counted"] == sorted(expect["counted"])
    assert found["status"] == case.get("status", {})


def _question(case: dict[str, Any]) -> dict[str, Any]:
    """Put a case as the page would have it: votable claims on lines; filters of time and tier left to the script."""
    options = case.get("filters", {})
    asked = Filters(flagged=options.get("flagged", False))
    result = contest(_system(case["claims"]), SOURCES, asked)
    return {
        "statements": [_statement(item, result) for item in result.judged],
        "lines": [{"id": f"{line.km:g}", "km": line.km} for line in (*result.distances, *result.history)],
        "options": {"asOf": options.get("as_of"), "tiers": options.get("tiers"), "origins": options.get("origins")},
        "places": list(case.get("status", {})),
    }


def _system(claims: list[dict[str, Any]]) -> System:
    records = [{"id": f"c{n}", "source": "a", **claim} for n, claim in enumerate(claims)]
    head = {
        "id": "test",
        "name": "Test",
        "country": "IRN",
        "kind": "mrbm",
        "status": "operational",
        "regions": ["iran"],
    }
    return System.model_validate({**head, "claims": records})


def _statement(item: Any, result: Any) -> dict[str, Any]:  # noqa: ANN401 - judged claims of whatever case
    may_vote = item.votable or item.dormant
    split = item.low_km is not None and item.high_km is not None and item.low_km != item.high_km
    return {
        "id": item.claim.id,
        "origin": item.claim.origin_id,
        "asOf": item.claim.as_of,
        "low": item.low_km,
        "high": item.high_km,
        "tier": str(item.tier),
        "stance": str(item.claim.stance),
        "until": item.until,
        "votable": may_vote,
        "line": f"{result.line_km(item.claim.figure.top_km):g}" if may_vote else None,
        "lower": f"{result.line_km(item.low_km):g}" if may_vote and split else None,
    }
