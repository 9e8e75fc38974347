"""The range as written: hedges, intervals, units, rounding, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rangemap.catalogue.figure import parse_figure
from rangemap.errors import RangeError
from rangemap.types import Qualifier

READS = {
    "750 km": (Qualifier.EXACT, 750, 750),
    "1,300–2,000 km": (Qualifier.BETWEEN, 1300, 2000),
    "1300 km – 2000 km": (Qualifier.BETWEEN, 1300, 2000),
    "between 1,300 and 1,700 kilometres": (Qualifier.BETWEEN, 1300, 1700),
    "50 to 300 km": (Qualifier.BETWEEN, 50, 300),
    "at least 5,500 km": (Qualifier.AT_LEAST, 5500, None),
    "no less than 1,000 km": (Qualifier.AT_LEAST, 1000, None),
    "beyond 800 km": (Qualifier.MORE_THAN, 800, None),
    "below 1,250 miles": (Qualifier.LESS_THAN, None, 2011.68),
    "up to 800 km": (Qualifier.UP_TO, 800, 800),
    "up to about 810 miles": (Qualifier.UP_TO, 1303.56864, 1303.56864),
    "almost 2,000 kilometers": (Qualifier.ABOUT, 2000, 2000),
    "1.300 km": (Qualifier.EXACT, 1300, 1300),
    "1 300 km": (Qualifier.EXACT, 1300, 1300),
    "12.5 km": (Qualifier.EXACT, 12.5, 12.5),
    "7.5 thousand kilometres": (Qualifier.EXACT, 7500, 7500),
    "750 kilometer-range": (Qualifier.EXACT, 750, 750),
    "100 nautical miles": (Qualifier.EXACT, 185.2, 185.2),
    "about 1,200 miles (1,930 kilometers)": (Qualifier.ABOUT, 1930, 1930),
    "maximum 1,300km (700nm)": (Qualifier.UP_TO, 1300, 1300),
}


@pytest.mark.parametrize(("text", "expected"), READS.items(), ids=READS.keys())
def test_reads(text: str, expected: tuple[Qualifier, float | None, float | None]) -> None:
    figure = parse_figure(text)
    assert figure.qualifier is expected[0]
    assert figure.low_km == (None if expected[1] is None else pytest.approx(expected[1]))
    assert figure.high_km == (None if expected[2] is None else pytest.approx(expected[2]))
    assert figure.original == text


def test_kilometres_carry_no_noise_of_binary_fractions() -> None:
    assert parse_figure("108 nautical miles").low_km == 200.016


@pytest.mark.parametrize(
    ("text", "rounding_km"),
    [
        ("1,300 km", 50),
        ("750 km", 5),
        ("644 km", 0.5),
        ("2,000 km", 100),
        ("8,100 miles", 50 * 1.609344),
        ("15 km", 0.5),
    ],
)
def test_rounding_is_half_the_last_digit_and_at_most_a_twentieth(text: str, rounding_km: float) -> None:
    assert parse_figure(text).rounding_km == pytest.approx(rounding_km)


def test_8100_miles_and_13000_km_meet_within_their_rounding() -> None:
    miles, km = parse_figure("8,100 miles"), parse_figure("13,000 km")
    assert miles.high_km is not None
    assert km.high_km is not None
    assert abs(miles.high_km - km.high_km) < miles.rounding_km + km.rounding_km


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0 km", "greater than 0"),
        ("-5 km", "negative"),
        ("−5 km", "negative"),
        ("nan km", "can't read"),
        ("inf km", "can't read"),
        ("40,077 km", "round the Earth"),
        ("2,000–1,300 km", "backwards"),
        ("1,800", "no unit"),
        ("far", "can't read"),
        ("1e5 km", "can't read"),
        ("750 km and a half", "can't read"),
        ("9" * 300, "300 characters"),
    ],
)
def test_refuses_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(RangeError, match=says):
        parse_figure(text)


@given(st.integers(1, 40_076), st.sampled_from(["km", "kilometres", "kilometers"]))
def test_whole_kilometres_come_back_as_written(km: int, unit: str) -> None:
    figure = parse_figure(f"{km:,} {unit}")
    assert figure.low_km == figure.high_km == km
    assert 0 < figure.rounding_km <= 0.05 * km


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        figure = parse_figure(text)
    except RangeError:
        return
    assert 0 < figure.top_km <= 40_076
