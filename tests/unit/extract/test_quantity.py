"""Figures are found in running text: units, intervals, hedges, conversions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rangemap.extract.article import extract
from rangemap.extract.quantity import find_quantities
from rangemap.extract.text import plain, sentences


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a range of 2,000 km", 2000, 2000),
        ("some 2 thousand km away", 2000, 2000),
        ("two thousand kilometres", 2000, 2000),
        ("one thousand three hundred kilometres", 1300, 1300),
        ("a 2,000-kilometre-range missile", 2000, 2000),
        ("1,300–2,000 km", 1300, 2000),
        ("1,300 to 2,000 kilometers", 1300, 2000),
        ("between 1,300 and 2,000 km", 1300, 2000),
        ("from 1,300 km to 2,000 km", 1300, 2000),
        ("1,000- to 1,500-kilometre", 1000, 1500),
        ("at least 5,500 km", 5500, None),
        ("5,500 km or more", 5500, None),
        ("2,000+ km", 2000, None),
        ("less than 300 km", None, 300),
        ("up to 810 miles", 1303.57, 1303.57),
        ("65 nautical miles", 120.38, 120.38),
        ("1,450 kilometres (900 miles)", 1450, 1450),
        ("900 miles (1,450 kilometres)", 1450, 1450),
        ("1,300 km, or 810 miles,", 1300, 1300),
        ("1,300km / 810mi", 1300, 1300),
        ("maximum range of at least 10,000 km", 10000, None),
        ("upward of 1,750 km", 1750, None),
        ("3,800 km at the very least", 3800, None),
        ("does not exceed 700 km", 700, 700),
        ("the 1,700km-to-2,000km bracket", 1700, 2000),
        ("it was flown over about 500 km", 500, 500),
        ("the Zolfaghar of 2016 to 700 km", 700, 700),
        ("210 km (130 miles; 113 nautical miles)", 210, 210),
    ],
)
def test_one_figure(text: str, low: float | None, high: float | None) -> None:
    (found,) = find_quantities(plain(text))
    assert found.figure.low_km == (None if low is None else pytest.approx(low, abs=0.01))
    assert found.figure.high_km == (None if high is None else pytest.approx(high, abs=0.01))
    assert plain(text)[found.start : found.end] == found.original


@pytest.mark.parametrize("text", ["900 km/h", "300 km per hour", "32,000 square miles", "$500 m", "40 km²", "Mach 5"])
def test_no_length(text: str) -> None:
    assert list(find_quantities(plain(text))) == []


def test_two_figures_stay_two() -> None:
    assert [q.original for q in find_quantities("300 km and 500 km")] == ["300 km", "500 km"]


def test_sentences_know_abbreviations_wrapped_lines_and_lists() -> None:
    text = "Gen. Vahidi of the U.S. desk spoke\nat 9 a.m. in town. He left\nsoon after.\n\n1. Sejjil\n2. Ghadr"
    assert [" ".join(sentence.text.split()) for sentence in sentences(text)] == [
        "Gen. Vahidi of the U.S. desk spoke at 9 a.m. in town.",
        "He left soon after.",
        "1. Sejjil",
        "2. Ghadr",
    ]


@given(st.text(alphabet="Shahab-3 range of 1,20km()–.,\n“’miles to", max_size=200))
@settings(max_examples=150)
def test_any_text_is_read_with_true_offsets(text: str) -> None:
    for claim in extract(text).claims:
        assert " ".join(text[claim.passage.start : claim.passage.end].split()) == claim.original
