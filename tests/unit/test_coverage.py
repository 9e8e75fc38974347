"""Countries and cities are judged by true distances; shares of area agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from rangemap import places
from rangemap.answers import coverage_dict
from rangemap.ballot import Filters
from rangemap.catalogue.load import load_catalogue
from rangemap.coverage import (
    counts_limits,
    cover,
    cover_cities,
    measure_cities,
    measure_countries,
    share_areas,
    standing,
)
from rangemap.covering import extremes_km
from rangemap.geodesy import area_km2, nearest_distances, reaches
from rangemap.types import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.contest import Contest

NAMED_CITIES = [
    ("iran", "London", "GBR", 3_642),
    ("iran", "Athens", "GRC", 1_769),
    ("irn-tehran", "London", "GBR", 4_380),
]


@pytest.fixture(scope="module")
def shahab() -> Contest:
    data = load_catalogue()
    return standing(data.systems["shahab-3"], data.sources)


def _city(name: str, country: str) -> int:
    cities = places.cities()
    return next(i for i in range(len(cities)) if (cities.name[i], cities.country[i]) == (name, country))


@pytest.mark.parametrize(("region", "name", "country", "known_km"), NAMED_CITIES)
def test_cities_lie_as_far_as_the_oracle_says(
    region: str, name: str, country: str, known_km: float, point_km: Callable[..., float]
) -> None:
    index, cities = _city(name, country), places.cities()
    launch = places.region(region)
    measured = measure_cities(launch)[index]
    true_km = point_km(launch.geometry, float(cities.lon[index]), float(cities.lat[index]))
    assert measured == pytest.approx(true_km, abs=0.05)
    assert measured == pytest.approx(known_km, abs=60 if region == "irn-tehran" else 1)


def test_the_launch_region_explains_the_dispute_about_diego_garcia(extremes_oracle_km: Callable[..., tuple]) -> None:
    atoll = places.country("IOT").geometry
    for region, expected_km in (("iran", 3_771), ("irn-tehran", 5_150)):
        launch = places.region(region).geometry
        nearest, covering = extremes_km(launch, [atoll])
        true_near, true_far = extremes_oracle_km(launch, atoll)
        assert nearest[0] == pytest.approx(true_near, abs=0.05)
        assert covering[0] == pytest.approx(true_far, abs=0.25)
        assert nearest[0] == pytest.approx(expected_km, abs=20 if region == "iran" else 120)
    assert extremes_km(places.region("irn-tehran").geometry, [atoll])[0][0] > 5_000


@pytest.mark.parametrize("code", ["GRC", "ISR", "EGY", "LKA", "ISL"])
def test_countries_begin_and_end_where_the_oracle_says(code: str, extremes_oracle_km: Callable[..., tuple]) -> None:
    launch, outline = places.region("iran").geometry, places.country(code).geometry
    nearest, covering = extremes_km(launch, [outline])
    true_near, true_far = extremes_oracle_km(launch, outline)
    assert nearest[0] == pytest.approx(true_near, abs=0.05)
    assert covering[0] == pytest.approx(true_far, abs=0.3)


@pytest.mark.parametrize(
    ("region", "area"),
    [("iran", "PAK"), ("usa-alaska", "CAN"), ("north-korea", "USA"), ("iran", "RUS"), ("egypt", "SDN")],
)
def test_the_reach_at_the_covering_range_holds_the_area_and_at_less_does_not(region: str, area: str) -> None:
    launch = places.region(region, launch=False).geometry
    outline = places.country(area).geometry
    covering_km = float(extremes_km(launch, [outline])[1][0])
    less, more = reaches(launch, [covering_km - 5, covering_km + 3])
    assert shapely.buffer(more.fill, 1e-3).covers(outline)
    assert not less.fill.covers(outline)


@pytest.mark.parametrize("region", ["iran", "russia", "irn-tehran"])
def test_every_boundary_lies_between_the_two_ranges(region: str) -> None:
    launch = places.region(region)
    outlines = [country.geometry for country in places.countries()]
    nearest, covering = extremes_km(launch.geometry, outlines)
    points, owner = shapely.get_coordinates(np.array(outlines), return_index=True)
    measured = nearest_distances(launch.geometry, points)
    least, most = np.full(len(outlines), np.inf), np.zeros(len(outlines))
    np.minimum.at(least, owner, measured)
    np.maximum.at(most, owner, measured)
    assert (nearest <= least + 0.03).all()
    assert (most <= covering + 0.2).all()
    assert (nearest <= covering + 0.2).all()


def test_an_area_that_hugs_the_region_is_covered_by_little_more_than_its_margin() -> None:
    launch = places.country("ISR").geometry
    margin = shapely.buffer(launch, 0.01)
    assert extremes_km(launch, [margin])[1][0] == pytest.approx(1.1, abs=0.35)
    assert extremes_km(launch, [launch])[1][0] == 0


def test_provinces_of_a_finer_map_that_overlap_their_country_are_measured_where_they_stick_out() -> None:
    launch = places.country("IRN").geometry
    provinces = [places.region(info.id, launch=False).geometry for info in places.regions("IRN")]
    covering = extremes_km(launch, provinces)[1]
    for outline, km in zip(provinces, covering, strict=True):
        most = nearest_distances(launch, shapely.get_coordinates(outline)).max()
        assert most - 0.2 <= km <= most + 2


def test_a_point_amid_the_region_is_found_where_the_boundary_is_not_farthest() -> None:
    ring = shapely.box(0, 0, 30, 30).difference(shapely.box(5, 5, 25, 25))
    nearest, covering = extremes_km(ring, [shapely.box(5.5, 5.5, 24.5, 24.5), shapely.box(14, 14, 16, 16)])
    assert nearest[0] == pytest.approx(50, abs=6)
    assert covering[0] == pytest.approx(covering[1], abs=5)
    assert covering[0] > 1_000


def test_the_launch_regions_own_country_is_left_out(shahab: Contest) -> None:
    rows = cover(shahab, measure_countries(places.region("irn-tehran")))
    assert "IRN" not in {row.place.id for row in rows}
    assert len(rows) == len(places.countries()) - 2
    assert "KAS" not in {row.place.id for row in rows}, "the Siachen Glacier is drawn, but is no country"


def test_status_share_and_distance_tell_one_story(shahab: Contest) -> None:
    launch = places.region("iran")
    measured = measure_countries(launch)
    shares = share_areas(launch, shahab, measured)
    for row in cover(shahab, measured):
        share = shares[row.place.id]
        assert 0 <= share.all <= share.majority <= share.any <= 1
        assert (share.any > 0) == (row.place.nearest_km < (shahab.any_km or 0)), row.place.name
        assert (share.all == 1) == (row.place.farthest_km <= (shahab.all_km or 0))
        assert (row.status is Status.WITHIN) == (len(row.reaching) == len(shahab.votes))
        assert len(row.whole) <= len(row.reaching)


def test_a_share_is_the_share_of_points_within_reach(shahab: Contest) -> None:
    launch = places.region("iran")
    measured = [row for row in measure_countries(launch) if row.id == "EGY"]
    share = share_areas(launch, shahab, measured)["EGY"].any
    outline = places.country("EGY").geometry
    rng = np.random.default_rng(7)
    west, south, east, north = outline.bounds
    lon = rng.uniform(west, east, 6_000)
    lat = np.degrees(np.arcsin(rng.uniform(*np.sin(np.radians([south, north])), 6_000)))
    inside = shapely.contains_xy(outline, lon, lat)
    fill = reaches(launch.geometry, [shahab.any_km or 0])[0].fill
    hits = shapely.contains_xy(fill, lon[inside], lat[inside])
    assert share == pytest.approx(hits.mean(), abs=0.03)
    assert area_km2(outline) == pytest.approx(1_000_000, rel=0.03)


def test_cities_are_judged_by_the_exact_figures(shahab: Contest) -> None:
    launch = places.region("iran")
    rows = cover_cities(shahab, launch, measure_cities(launch))
    assert all(row.country != "IRN" for row in rows)
    for row in rows[::500]:
        assert row.status == shahab.status(row.distance_km)
        assert (row.reaching, row.may_reach) == shahab.reaching(row.distance_km)
        figures = [km for vote in shahab.votes for km in (vote.grants_km, vote.allows_km)]
        assert abs(row.margin_km or 0) == pytest.approx(min(abs(km - row.distance_km) for km in figures))


def test_a_declared_limit_is_counted_where_no_range_is() -> None:
    data = load_catalogue()
    found = standing(data.systems["iran-declared-limit"], data.sources)
    assert counts_limits(found)
    assert found.any_km == 2_200
    assert "ahmad-bakhshayesh-ardestani" not in found.origins  # says that it was lifted
    assert "hossein-salami" not in found.origins  # says that it may go
    assert not counts_limits(standing(data.systems["shahab-3"], data.sources))
    assert not standing(data.systems["ya-ali"], data.sources).votes


def test_plain_data_has_the_promised_keys_and_sentences() -> None:
    data = coverage_dict("shahab-3")
    greece = next(row for row in data["countries"] if row["id"] == "GRC")
    assert greece["origins_reaching"] == len(greece["origins"]) > 0
    assert set(greece["area_share"]) == {"all", "majority", "any"}
    assert greece["sentence"] == (
        f"Greece: {greece['origins_reaching']} of {data['origins_total']} origins put part of it in range, "
        f"{len(greece['may_reach'])} more may; the nearest point is 1,425 km from Iran."
    )
    margins = [abs(row["margin_km"]) for row in data["countries"]]
    assert margins == sorted(margins)
    city = data["cities"][0]
    keys = {"name", "country", "population", "distance_km", "status", "margin_km", "origins_reaching", "origins"}
    assert keys <= set(city)


def test_filters_change_who_reaches() -> None:
    everyone = coverage_dict("qiam-1")
    some = coverage_dict("qiam-1", filters=Filters(as_of="2011"))
    assert some["origins_total"] < everyone["origins_total"]


def test_where_nobody_votes_distances_stand_and_shares_do_not() -> None:
    data = coverage_dict("ya-ali")
    assert data["origins_total"] == 0
    assert all(row["margin_km"] is None and row["status"] == "beyond" for row in data["countries"])
    assert all(share is None for row in data["countries"] for share in row["area_share"].values())


def test_a_country_that_lies_wholly_in_range_for_all_who_reach_it_is_said_to() -> None:
    sentences = {row["id"]: row["sentence"] for row in coverage_dict("sarmat")["countries"]}
    assert (
        sentences["PER"] == "Peru: 2 of 3 origins put all of it in range; the nearest point is 10,203 km from Russia."
    )
    assert sentences["ECU"].startswith("Ecuador: 3 of 3 origins put part of it in range, 2 all of it; ")
