"""Areas are cited lists, found by any of their names; they never count the launch region's own country."""

from __future__ import annotations

import pytest
import shapely

from rangemap import areas, places
from rangemap.catalogue.load import load_catalogue
from rangemap.catalogue.requirement import parse_requirement
from rangemap.errors import RegionError, UnknownNameError
from rangemap.geodesy import area_km2


@pytest.mark.parametrize("area", areas.areas(), ids=lambda area: area.id)
def test_every_area_has_a_definition_and_a_valid_outline(area: areas.Area) -> None:
    assert area.definition
    assert area.parts
    assert all(part.geometry.is_valid and not part.geometry.is_empty for part in area.parts)
    assert len({part.id for part in area.parts}) == len(area.parts)
    assert all(areas.area(other).id == other for other in area.others)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("the Middle East", "middle-east"),
        ("American mainland", "contiguous-us"),
        ("continental United States", "contiguous-us"),
        ("US bases in the Gulf", "us-hosts-gulf"),
        ("European airspace", "europe"),
        ("GCC", "gulf-cooperation-council"),
        ("GRC", "greece"),
        ("Greece", "greece"),
        ("tehran", "irn-tehran"),
        ("athens, grc", "Athens, GRC"),
    ],
)
def test_an_area_is_found_by_any_of_its_names(name: str, found: str) -> None:
    assert areas.area(name).id == found


def test_an_unknown_area_gets_names_that_look_like_it() -> None:
    with pytest.raises(UnknownNameError, match="did you mean europe"):
        areas.area("europ")


def test_an_area_never_counts_the_launch_regions_own_country_unless_it_is_named() -> None:
    seen = areas.area("middle-east").seen_from("IRN")
    assert "IRN" in {part.country for part in areas.area("middle-east").parts}
    assert "IRN" not in {part.country for part in seen.parts}
    assert not shapely.intersects_xy(seen.geometry, 53, 33)
    assert [part.country for part in areas.area("iran").seen_from("IRN").parts] == ["IRN"]
    assert [part.country for part in areas.area("contiguous-us").seen_from("USA").parts] == ["USA"]


def test_definitions_hold_what_they_are_known_for() -> None:
    members = {area.id: {part.country for part in area.parts} for area in areas.areas()}
    assert len(members["gulf-cooperation-council"]) == 6
    assert len(members["european-union"] - {"ALA"}) == 27
    assert "CYP" in members["european-union"]
    assert "RUS" not in members["europe"]
    assert members["southern-asia-m49"] - members["south-asia"] == {"IRN"}
    assert len(members["arab-league"]) == 22
    assert "GUM" in members["us-territory"]


def test_boxes_cut_off_what_lies_overseas() -> None:
    assert not shapely.intersects_xy(areas.area("european-union").geometry, -53, 4)  # French Guiana
    contiguous = areas.area("contiguous-us").geometry
    assert 7.8e6 < area_km2(contiguous) < 8.1e6
    assert not shapely.intersects_xy(contiguous, -150, 65)
    assert areas.area("diego-garcia").geometry.bounds[0] > 72


def test_us_bases_are_countries_and_no_places() -> None:
    for name in ("us-hosts-gulf", "us-hosts-middle-east"):
        codes = {country.id for country in places.countries()}
        assert {part.id for part in areas.area(name).parts} <= codes


def test_a_launch_region_may_be_an_area_but_no_place() -> None:
    assert areas.launch_region("lebanon-north-of-litani").country == "LBN"
    assert areas.launch_region("united-states").country == "USA"
    with pytest.raises(RegionError, match="too small"):
        areas.launch_region("diego-garcia")
    with pytest.raises(UnknownNameError):
        areas.launch_region("Tel Aviv, ISR")


def test_every_area_and_region_that_a_statement_asks_for_exists() -> None:
    for system in load_catalogue().systems.values():
        for assertion in system.reach_assertions:
            for requirement in map(parse_requirement, assertion.requires):
                if requirement.area:
                    assert areas.area(requirement.area).parts
                if requirement.launched_from:
                    assert areas.launch_region(requirement.launched_from)


@pytest.mark.parametrize("text", ["some of europe", "any europe", "beyond 5500", "100% of europe", "any of "])
def test_a_requirement_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no requirement"):
        parse_requirement(text)


def test_requirements_are_read_in_all_their_forms() -> None:
    assert parse_requirement("any of Tel Aviv, ISR from lebanon").launched_from == "lebanon"
    assert parse_requirement("70% of europe").share == 0.7
    assert parse_requirement("beyond 5,500 km").distance_km == 5_500
    assert parse_requirement("none of beyond-iran-neighbours").extent == "none"


M49 = {  # subregions by ISO 3166-1 alpha-3, as the codes for statistical use have them
    "034": "AFG BGD BTN IND IRN LKA MDV NPL PAK",
    "039": "ALB AND BIH ESP GIB GRC HRV ITA MKD MLT MNE PRT SMR SRB SVN VAT",
    "151": "BGR BLR CZE HUN MDA POL ROU RUS SVK UKR",
    "154": "ALA DNK EST FIN FRO GBR GGY IMN IRL ISL JEY LTU LVA NOR SJM SWE",
    "155": "AUT BEL CHE DEU FRA LIE LUX MCO NLD",
    "142": "AFG ARE ARM AZE BGD BHR BRN BTN CHN CYP GEO HKG IDN IND IRN IRQ ISR JOR JPN KAZ KGZ KHM KOR KWT LAO LBN "
    "LKA MAC MDV MMR MNG MYS NPL OMN PAK PHL PRK PSE QAT SAU SGP SYR THA TJK TKM TLS TUR TWN UZB VNM YEM",
    "002": "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI DZA EGY ERI ESH ETH GAB GHA GIN GMB GNB GNQ KEN LBR "
    "LBY LSO MAR MDG MLI MOZ MRT MUS MWI MYT NAM NER NGA REU RWA SDN SEN SHN SLE SOM SSD STP SWZ SYC TCD TGO TUN TZA "
    "UGA ZAF ZMB ZWE",
}
NOT_ON_THE_MAP = {"GIB", "SJM", "MYT", "REU"}
NOT_IN_M49 = {"XKX", "CYN", "KAS", "SOL"}


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ("southern-asia-m49", ("034",)),
        ("southern-europe", ("039",)),
        ("eastern-europe", ("151",)),
        ("northern-europe", ("154",)),
        ("western-europe", ("155",)),
        ("europe", ("039", "151", "154", "155")),
        ("europe-with-russia", ("039", "151", "154", "155")),
        ("asia", ("142",)),
        ("africa", ("002",)),
    ],
)
def test_areas_after_m49_hold_what_m49_lists(area: str, codes: tuple[str, ...]) -> None:
    listed = {country for code in codes for country in M49[code].split()}
    ours = {part.country for part in areas.area(area).parts}
    without_russia = {"RUS"} if area in {"europe", "eastern-europe"} else set()
    assert listed - ours == (NOT_ON_THE_MAP & listed) | without_russia
    assert ours - listed <= NOT_IN_M49


def test_members_of_organisations_are_those_that_the_cited_pages_list() -> None:
    members = {area.id: {part.country for part in area.parts} for area in areas.areas()}
    seecp = {"TUR", "ALB", "BGR", "GRC", "MKD", "ROU", "SRB", "BIH", "HRV", "MDA", "MNE", "SVN", "XKX"}
    nato = {"ALB", "BGR", "GRC", "HRV", "MKD", "MNE", "ROU", "SVN", "TUR"}
    assert members["south-eastern-europe"] == seecp - {"TUR"}
    assert members["nato-south-east-with-turkey"] == seecp & nato
    assert members["nato-south-east"] == nato - {"TUR"}
    assert members["south-asia"] - members["south-asia-narrow"] == {"AFG"}
    assert len(members["arab-league"]) == 22
    assert members["arabian-peninsula"] == members["gulf-cooperation-council"] | {"YEM"}
    assert members["middle-east-wide"] - members["middle-east"] == {"AFG", "LBY", "SDN"}
    assert len(areas.area("western-us").parts) == 13
