"""The LayerSet: every system of the catalogue gets one, with geometry that holds what its words say."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from rangemap import places
from rangemap.ballot import Filters
from rangemap.catalogue.load import load_catalogue
from rangemap.errors import UnknownNameError, UsageError
from rangemap.layers import LayerSet, build
from rangemap.layers.lines import _surname
from rangemap.types import LineRole, Status, Tier

PROJECT_SYSTEMS = (
    *("shahab-3", "shahab-4", "sejjil", "qiam-1", "zelzal-2", "fateh-110", "noor", "scud-b"),
    *("iran-icbm-claimed", "iran-declared-limit", "iran-arsenal-max"),
)


@cache
def layers(*names: str) -> LayerSet:
    return build(names)


def test_qiam_1_shows_four_lines_as_a_contested_band() -> None:
    system = layers("qiam-1").systems[0]
    assert [(line.km, line.role, line.remark) for line in system.lines] == [
        (750, LineRole.ALL, "all 6"),
        (800, LineRole.MAJORITY, "4 of 6"),
        (1500, LineRole.CLAIM, "2 of 6"),
        (1700, LineRole.ANY, "1 of 6"),
    ]
    assert [step.contested for step in system.steps] == [False, True, True, True]
    assert system.steps[1].label == "750 to 800 km: contested, 4 of 6 reach it"


def test_a_declared_limit_is_a_line_and_no_reach() -> None:
    found = layers("iran-declared-limit")
    system = found.systems[0]
    assert system.steps == ()
    assert found.views[0].areas == {}
    assert {line.role for line in system.lines} == {LineRole.LIMIT, LineRole.SET_ASIDE}
    assert "iran-declared-limit-limit-2000" in found.views[0].outlines
    assert all(row.status == (Status.BEYOND,) for row in found.views[0].countries)


@pytest.mark.parametrize("name", ["ya-ali", "zelzal-3"])
def test_a_system_without_claims_says_so(name: str) -> None:
    found = layers(name)
    assert "No source in the catalogue gives a range" in found.standfirst
    assert found.views[0].outlines == {}


def test_a_required_range_is_a_line_of_its_own_whoever_denies_the_missile() -> None:
    system = layers("iran-icbm-claimed").systems[0]
    assert [line.km for line in system.lines if line.role is LineRole.REQUIRED] == [9000]


def test_a_flown_distance_on_a_claimed_ring_is_listed_but_not_drawn_again() -> None:
    found = layers("shahab-3")
    flown = {line.km: line.id for line in found.systems[0].lines if line.role is LineRole.FLOWN}
    assert set(flown) == {1100, 1300, 1700}
    assert flown[1100] in found.views[0].outlines
    assert flown[1300] not in found.views[0].outlines


@pytest.mark.parametrize("name", PROJECT_SYSTEMS)
def test_every_claim_is_on_the_page_with_its_citation(name: str) -> None:
    system = layers(name).systems[0]
    catalogue = load_catalogue()
    claims = {claim.id for claim in catalogue.system(name).claims}
    assert {statement.id for statement in system.statements} == claims
    assert claims == {claim for line in system.lines for claim in line.claims}
    assert all(statement.citation and (statement.counted or statement.why_not) for statement in system.statements)


@pytest.mark.parametrize("name", PROJECT_SYSTEMS)
def test_geometry_is_valid_and_bands_tile(name: str) -> None:
    view = layers(name).views[0]
    for area in view.areas.values():
        assert area.is_valid
        assert area.bounds[0] >= -180
        assert area.bounds[2] <= 180
    total = shapely.union_all(list(view.areas.values()))
    assert sum(area.area for area in view.areas.values()) == pytest.approx(total.area, rel=1e-6)


def test_points_of_the_bands_lie_at_their_distances() -> None:
    """Judged by geographiclib over Iran's outline, densified: no point of a band is nearer or farther than it says."""
    found = layers("qiam-1")
    view, system = found.views[0], found.systems[0]
    outline = shapely.segmentize(view.region, 0.1)
    edge = shapely.get_coordinates(outline)
    rng = np.random.default_rng(1)
    for step in system.steps[1:]:
        area = view.areas[step.id]
        inside = _random_points(area, rng, 12)
        for lon, lat in inside:
            assert step.inner_km - 1 <= _distance_km(edge, lon, lat) <= step.outer_km + 1


def _random_points(area: shapely.Geometry, rng: np.random.Generator, number: int) -> list[tuple[float, float]]:
    west, south, east, north = area.bounds
    points: list[tuple[float, float]] = []
    while len(points) < number:
        lon, lat = rng.uniform(west, east), rng.uniform(south, north)
        if area.contains(shapely.Point(lon, lat)):
            points.append((lon, lat))
    return points


def _distance_km(edge: np.ndarray, lon: float, lat: float) -> float:
    """Measure to the likeliest edge points only: those nearest on a sphere, give or take one per cent."""
    a, b = np.radians(edge), np.radians([lon, lat])
    h = np.sin((a[:, 1] - b[1]) / 2) ** 2 + np.cos(a[:, 1]) * np.cos(b[1]) * np.sin((a[:, 0] - b[0]) / 2) ** 2
    near = edge[h <= h.min() * 1.03]
    return min(Geodesic.WGS84.Inverse(y, x, lat, lon)["s12"] for x, y in near) / 1000


def test_countries_agree_with_the_status_of_their_nearest_point() -> None:
    found = layers("qiam-1")
    rows = {row.id: row for row in found.views[0].countries}
    assert "IRN" not in rows
    assert rows["IRQ"].status == (Status.WITHIN,)
    assert rows["ISR"].status == (Status.CONTESTED,)
    assert rows["ISR"].reaching == (2,)
    assert rows["FRA"].status == (Status.BEYOND,)
    assert 880 < rows["ISR"].nearest_km < 890


def test_two_systems_share_a_map() -> None:
    found = layers("qiam-1", "fateh-110")
    assert [system.series for system in found.systems] == [0, 1]
    assert len(found.views[0].countries[0].status) == 2
    assert found.title == "How far are the Qiam-1 and the Fateh-110 said to reach?"


def test_statements_about_reach_follow_from_the_counted_claims() -> None:
    found = layers("shahab-3")
    rows = {row.id: row for row in found.verdicts}
    assert len(rows) == len(load_catalogue().system("shahab-3").reach_assertions) == 8
    aca = rows["shahab-3-reach-aca-2000-shahab"]
    assert (aca.verdict, aca.claimant, aca.as_of) == ("depends", "Arms Control Association", "2000-09")
    israel = next(row for row in found.views[0].countries if row.id == "ISR")
    assert aca.required_km == israel.farthest_km, "all of Israel, and nothing farther"
    assert rows["shahab-3-reach-ap-2003-shahab3"].required_km == israel.nearest_km
    assert {row.source for row in found.verdicts} <= {source.id for source in found.sources}


def test_statements_are_judged_from_the_region_of_the_map_and_by_its_filters() -> None:
    found = build(["shahab-3"], regions=["iran-south-east"], filters=Filters(tiers=frozenset({Tier.A})))
    israel = next(row for row in found.views[0].countries if row.id == "ISR")
    by_id = {row.id: row for row in found.verdicts}
    assert by_id["shahab-3-reach-aca-2000-shahab"].required_km == israel.farthest_km
    assert len(found.systems[0].origins) == 9
    assert "of nine claimants" in by_id["shahab-3-reach-aca-2000-shahab"].sentence


def test_cities_near_the_rings_are_measured_from_every_region() -> None:
    found = build(["qiam-1"], regions=["iran", "iran-south-east"])
    cities = {(row.name, row.country): row for row in found.cities}
    assert 250 <= len(cities) <= 480
    assert {"Baghdad", "Tel Aviv", "Doha", "London", "Tokyo", "Reykjavík"} <= {row.name for row in found.cities}
    assert "IRN" not in {row.country for row in found.cities}
    edge = shapely.get_coordinates(shapely.segmentize(places.region("iran").geometry, 0.1))
    city = cities["Baghdad", "IRQ"]
    assert city.nearest_km[0] == pytest.approx(_distance_km(edge, city.lon, city.lat), abs=0.1)
    assert all(part >= whole - 6 for whole, part in (row.nearest_km for row in found.cities)), (
        "provinces have finer coasts"
    )


def test_rings_of_few_claimants_name_them_by_family_name() -> None:
    remarks = [line.remark for line in layers("iran-icbm-claimed").systems[0].lines]
    assert remarks[:3] == ["Netanyahu 2025", "Ya'alon 2012", "Netanyahu 2025"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("Ali Akbar Mohtashamipour", "Mohtashamipour"), ("M. A. Jafari", "Jafari"), ("Fox News", "Fox News"),
     ("Arms Control Association", "Arms Control Association"), ("wire copy", "Wire copy")],
)  # fmt: skip
def test_only_persons_are_shortened(name: str, short: str) -> None:
    assert _surname(name) == short


def test_filters_are_told() -> None:
    found = build(["qiam-1"], filters=Filters(tiers=frozenset({Tier.A})))
    assert found.filters == "Counting only sources of tier A."
    assert found.systems[0].any_km == 800
    aside = next(line for line in found.systems[0].lines if line.role is LineRole.SET_ASIDE)
    assert len(aside.claims) == 3


def test_a_launch_region_of_ones_own_choice() -> None:
    found = build(["zelzal-2"], regions=["iran-south-east"])
    assert found.views[0].region_name == places.region("iran-south-east").name
    assert found.views[0].region.area < places.region("iran").geometry.area / 3


@pytest.mark.parametrize(
    ("names", "regions", "error"),
    [
        (["nothing"], [], UnknownNameError),
        (["qiam-1"], ["nowhere"], UnknownNameError),
        (["qiam-1", "shahab-3", "sejjil", "noor", "emad", "dezful"], [], UsageError),
        ([], [], UsageError),
    ],
)
def test_what_cannot_be_drawn_is_refused(names: list[str], regions: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        build(names, regions=regions)
