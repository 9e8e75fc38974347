from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rangemap.types import Tier
from rangemap.webmap.timeline import HEIGHT, decimal_year, timeline

if TYPE_CHECKING:
    from rangemap.layers import LayerSet


@pytest.mark.parametrize(
    ("date", "year"), [("2016", 2016.5), ("2016-01", 2016.04), ("2016-12-31", 2016.999), ("undated", None)]
)
def test_dates_stand_in_the_middle_of_what_they_name(date: str, year: float | None) -> None:
    found = decimal_year(date)
    assert found == (None if year is None else pytest.approx(year, abs=0.01))


def test_marks_follow_date_and_distance(layerset: LayerSet) -> None:
    found = timeline(layerset)
    assert found is not None
    first, second = found.marks
    assert (first.id, second.id) == ("test-1", "test-2")
    assert first.x < second.x
    assert first.y > second.y, "750 km lies below 1,500 km"
    assert dict(found.levels)[0] == HEIGHT, "few claims: from zero"
    assert (found.first_year, found.last_year) == (2010, 2020)
    assert found.slider_start == pytest.approx(1 / 11)


def test_marks_that_meet_move_aside_but_not_far(layerset: LayerSet) -> None:
    system = layerset.systems[0]
    same = [replace(system.statements[0], id=f"copy-{n}", tier=Tier.B) for n in range(7)]
    crowded = replace(layerset, systems=(replace(system, statements=(*system.statements, *same)),))
    found = timeline(crowded)
    assert found is not None
    spots = [(320 * m.x + m.aside, m.y + m.lift) for m in found.marks]
    assert min(math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i]) >= 8
    assert max(abs(m.aside) for m in found.marks) <= 18


def test_the_arrow_of_at_least_meets_no_other_mark(layerset: LayerSet) -> None:
    system = layerset.systems[0]
    days = ("2017-11-28", "2017-11-29")
    more = [replace(system.statements[0], id=day, as_of=day, high_km=None) for day in days]
    found = timeline(replace(layerset, systems=(replace(system, statements=tuple(more)),)))
    assert found is not None
    tails = [(320 * m.x + m.aside, m.y + m.lift) for m in found.marks]
    heads = [(x, y - 8) for x, y in tails]
    assert min(math.dist(a, b) for i, a in enumerate(heads) for j, b in enumerate(tails) if i != j) >= 8


def test_one_claim_is_no_timeline(layerset: LayerSet) -> None:
    system = layerset.systems[0]
    assert timeline(replace(layerset, systems=(replace(system, statements=system.statements[:1]),))) is None
