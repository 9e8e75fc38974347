"""Units of length as sources write them: convert to kilometres and format for readers."""

from __future__ import annotations

KM_PER_UNIT: dict[str, float] = {"km": 1.0, "mi": 1.609344, "nmi": 1.852, "m": 0.001}
"""Kilometres in one international mile, nautical mile, metre (exact by definition)."""

UNIT_WORDS: dict[str, str] = {
    "km": "km",
    "kms": "km",
    "kilometre": "km",
    "kilometres": "km",
    "kilometer": "km",
    "kilometers": "km",
    "mi": "mi",
    "mile": "mi",
    "miles": "mi",
    "nm": "nmi",
    "nmi": "nmi",
    "statute mile": "mi",
    "statute miles": "mi",
    "nautical mile": "nmi",
    "nautical miles": "nmi",
    "m": "m",
    "metres": "m",
    "meters": "m",
}

MAX_RANGE_KM = 40_076.0
"""Once round the Earth at the equator, rounded up: no range on Earth is longer."""

HALF_CIRCUMFERENCE_KM = 20_004.0
"""Half a meridian ellipse: nothing on Earth is farther than this from anywhere."""


def to_km(value: float, unit: str) -> float:
    """Convert `value` in `unit` ("km", "mi", "nmi", "m") to kilometres."""
    return value * KM_PER_UNIT[unit]


def format_km(km: float) -> str:
    """Write a distance for readers: "1,300 km", to the nearest kilometre."""
    return f"{km:,.0f} km"
