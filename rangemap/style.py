"""How a map looks: colours, line drawings, hatch and legend words, shared by every renderer.

The values and their reasons are in `docs/cartography.md`. Colours are hex; widths and dashes are CSS pixels of
1/96 inch.
"""

from __future__ import annotations

from dataclasses import dataclass

from rangemap.types import LineRole, Status, Tier

SERIES_LIGHT = ("#332288", "#117733", "#882255", "#006fb0", "#8a6a00")
"""One accent a system, in this order, on light paper: 3.4:1 or more on its own tint."""

SERIES_DARK = ("#b0a4f5", "#6fc587", "#f2a0c4", "#c8f0fa", "#dcbb55")
"""The same five on dark paper: 4.2:1 or more on their own tint."""

LIGHT: dict[str, str] = {
    "paper": "#ffffff",
    "ink": "#1d1d1f",
    "ink-2": "#4a4b4f",
    "ink-3": "#66686d",
    "rule": "#dddad3",
    "sea": "#e0e9ed",
    "land": "#faf8f4",
    "coast": "#9fafb7",
    "border": "#d3cec4",
    "label": "#2f3036",
    "label-beyond": "#565551",
    "label-sea": "#3d5967",
    "focus": "#0b57d0",
    "hover": "#f5f3ee",
}
"""Every colour of the page that is not an accent, by role, on light paper."""

DARK: dict[str, str] = {
    "paper": "#14171a",
    "ink": "#f0eee9",
    "ink-2": "#bfc2c6",
    "ink-3": "#9a9fa6",
    "rule": "#343a40",
    "sea": "#1a2025",
    "land": "#2b3136",
    "coast": "#4b565e",
    "border": "#454d54",
    "label": "#e9e8e4",
    "label-beyond": "#b4b8bb",
    "label-sea": "#a6bcc8",
    "focus": "#8ab4f8",
    "hover": "#23282d",
}
"""The same roles on dark paper."""

OPACITY_LIGHT: dict[str, float] = {"within": 0.14, "region": 0.32, "contested": 0.045, "hatch": 0.5}
"""Opacity of the accent in each fill, and of the hatch lines, on light paper."""

OPACITY_DARK: dict[str, float] = {"within": 0.17, "region": 0.34, "contested": 0.06, "hatch": 0.5}
"""The same on dark paper."""

HATCH_STEPS: tuple[tuple[float, float], ...] = ((0.75, 4.5), (0.5, 6.5), (0.25, 9.5), (0.0, 14.0))
"""Least share of origins, and the gap between hatch lines in pixels: four steps, so that nobody reads a gradient."""

HATCH_WIDTH = 0.9
"""Width of a hatch line, in pixels; the lines rise at 45 degrees."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a line.

    Attributes
    ----------
    ink
        Colour role: "accent", or a key of `LIGHT`.
    width
        In pixels.
    dash
        Lengths of dash and gap in pixels; empty for a solid line.
    round
        Whether dashes end round: a dash of 0 is then a dot.
    """

    ink: str
    width: float
    dash: tuple[float, ...] = ()
    round: bool = False


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line role is drawn, lowest stroke first, and what the legend calls it."""

    strokes: tuple[Stroke, ...]
    legend: str
    legend_short: str


LINES: dict[LineRole, LineStyle] = {
    LineRole.ALL: LineStyle((Stroke("accent", 1.6),), "reached by every claim", "every claim"),
    LineRole.MAJORITY: LineStyle((Stroke("accent", 3),), "by at least half", "half or more"),
    LineRole.CLAIM: LineStyle((Stroke("accent", 0.9),), "other claims", "other claims"),
    LineRole.ANY: LineStyle((Stroke("accent", 1.8, (7, 4.5)),), "by the highest claim only", "the highest claim"),
    LineRole.FLOWN: LineStyle(
        (Stroke("ink-2", 2.6, (0, 6), round=True),), "distance flown in a test", "distance flown"
    ),
    LineRole.LIMIT: LineStyle(
        (Stroke("ink-2", 1.25), Stroke("ink-2", 7, (1.25, 6.2))), "declared policy limit", "policy limit"
    ),
    LineRole.REQUIRED: LineStyle(
        (Stroke("ink-2", 5), Stroke("land", 2.4)), "range said to be required", "required range"
    ),
    LineRole.EARLIER: LineStyle((Stroke("accent", 0.9),), "figure since replaced", "since replaced"),
    LineRole.SET_ASIDE: LineStyle((Stroke("ink-3", 1.2, (3, 3)),), "figure set aside", "set aside"),
}
"""The accent is a claim of range; ink is everything else."""

TIER_WORDS: dict[Tier, str] = {
    Tier.A: "publisher’s own page",
    Tier.B: "agency copy",
    Tier.C: "weak lead",
}
"""What the mark of a source's tier means."""

STATUS_WORDS: dict[Status, str] = {
    Status.WITHIN: "within every claim",
    Status.CONTESTED: "contested",
    Status.UNCERTAIN: "uncertain",
    Status.BEYOND: "beyond every claim",
}
"""Where a place stands, in words."""

SERIF = 'Charter, "Iowan Old Style", Georgia, "Liberation Serif", serif'
SANS = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif'


def hatch_step(share: float) -> int:
    """Return the hatch density of a step, 0 (closest) to 3, for the share of origins (0 to 1) that allow it."""
    return next(place for place, (least, _) in enumerate(HATCH_STEPS) if share >= least)


def hatch_gap(share: float) -> float:
    """Return the gap between hatch lines in pixels for the share of origins (0 to 1) that allow the step."""
    return HATCH_STEPS[hatch_step(share)][1]
