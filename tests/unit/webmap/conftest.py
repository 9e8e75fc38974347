"""A small map made by hand: one system, two origins, a square region, three countries. No catalogue, no geodesy."""

from __future__ import annotations

from typing import Literal

import pytest
from shapely import MultiLineString, Polygon, box

from rangemap.layers import (
    CountryRow,
    LayerSet,
    Line,
    OriginRow,
    SourceRow,
    Statement,
    Step,
    SystemLayers,
    VerdictRow,
    View,
)
from rangemap.types import Agreement, LineRole, Status, Tier

REGION = box(50.0, 30.0, 52.0, 32.0)
INNER = box(45.0, 25.0, 57.0, 37.0)
OUTER = box(40.0, 20.0, 62.0, 42.0)


def statement(number: int, claimant: str, km: float, as_of: str, tier: Tier) -> Statement:
    return Statement(
        id=f"test-{number}",
        system="test",
        line=f"test-{km:g}",
        lower_line=None,
        origin=claimant.lower(),
        claimant=claimant,
        hedge="“up to”",
        route="",
        tier=tier,
        as_of=as_of,
        original=f"{km:g} km",
        low_km=km,
        high_km=km,
        quantity="max-range",
        stance="asserts",
        flags=(),
        counted=True,
        votable=True,
        why_not="",
        source=f"source-{number}",
        citation=f"“Paper {number}”, {claimant}.",
        url=f"https://example.org/{number}",
        note="",
    )


def line(km: float, role: LineRole, grants: tuple[str, ...], claims: tuple[str, ...]) -> Line:
    return Line(f"test-{km:g}", "test", km, f"{km:,.0f} km", role, f"{len(grants)} of 2", 1, grants, (), claims)


def step(inner_km: int, outer_km: int, grants: tuple[str, ...], claims: tuple[str, ...]) -> Step:
    return Step(
        id=f"test-{inner_km}-{outer_km}",
        system="test",
        inner_km=inner_km,
        outer_km=outer_km,
        outer_line=f"test-{outer_km}",
        contested=len(grants) < 2,
        share=len(grants) / 2,
        grants=grants,
        allows=(),
        claims=claims,
        label="",
    )


def country(code: str, name: str, nearest_km: float, status: Status, reaching: int) -> CountryRow:
    margin_km = (1_500 if reaching else 750) - nearest_km
    return CountryRow(
        code, name, name, nearest_km, nearest_km + 300, (status,), (reaching,), (0,), (0,), (margin_km,), ""
    )


def verdict(number: int, kind: Literal["holds", "depends", "fails", "not-testable"], km: float | None) -> VerdictRow:
    return VerdictRow(
        id=f"said-{number}",
        system="test",
        area="Israel",
        expected="reaches",
        statement="Reaches Israel",
        verdict=kind,
        required_km=km,
        sentence="Israel begins 885 km from Iran.",
        claimant="Gamma",
        as_of=None,
        source="source-2",
        citation="“Paper 2”, Gamma.",
        url="javascript:alert(1)",
    )


@pytest.fixture
def layerset() -> LayerSet:
    ring = Polygon(OUTER.exterior.coords, [INNER.exterior.coords[::-1]])
    system = SystemLayers(
        id="test",
        name="Test-1",
        series=0,
        country="IRN",
        country_name="Iran",
        kind_label="short-range ballistic missile",
        agreement=Agreement.CONTESTED,
        all_km=750.0,
        majority_km=1_500.0,
        any_km=1_500.0,
        projected=False,
        origins=(
            OriginRow("alpha", "Alpha", 750.0, 750.0, open_above=False, claims=("test-1",)),
            OriginRow("beta", "Beta", 1_500.0, 1_500.0, open_above=False, claims=("test-2",)),
        ),
        lines=(
            line(750, LineRole.ALL, ("alpha", "beta"), ("test-1",)),
            line(1500, LineRole.MAJORITY, ("beta",), ("test-2",)),
        ),
        steps=(
            step(0, 750, ("alpha", "beta"), ("test-1", "test-2")),
            step(750, 1500, ("beta",), ("test-2",)),
        ),
        statements=(
            statement(1, "Alpha", 750, "2010-08", Tier.A),
            statement(2, "Beta", 1500, "2016-03-14", Tier.C),
        ),
        conflicts=(),
        note="",
    )
    view = View(
        region_id="square",
        region_name="Iran",
        region_country="IRN",
        region=REGION,
        outlines={
            "test-750": MultiLineString([INNER.exterior.coords]),
            "test-1500": MultiLineString([OUTER.exterior.coords]),
        },
        areas={"test-0-750": INNER, "test-750-1500": ring},
        countries=(
            country("IRQ", "Iraq", 0.0, Status.WITHIN, 2),
            country("ISR", "Israel", 885.0, Status.CONTESTED, 1),
            country("FRA", "France", 3000.0, Status.BEYOND, 0),
        ),
        tolerance_m=250.0,
    )
    return LayerSet(
        title="How far is the Test-1 said to reach?",
        kicker=("Reported range", "Iran"),
        standfirst="One says **750 km**, one **1,500 km**.",
        description="One says **750 km**.",
        systems=(system,),
        views=(view,),
        sources=tuple(
            SourceRow(f"source-{n}", f"“Paper {n}”.", "A publisher", Tier.A, "2016", f"https://example.org/{n}", "")
            for n in (1, 2)
        ),
        method=("Measured.",),
        limits=("Much.",),
        filters="",
        credits="Natural Earth.",
        data_date="2020",
        version="0",
        data_hash="abc",
        verdicts=(verdict(1, "depends", 885.0), verdict(2, "not-testable", None)),
    )
