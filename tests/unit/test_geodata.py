"""The shipped data are what the manifest says, whole, valid, and cut where a map ends."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from itertools import pairwise
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from ruamel.yaml import YAML

from rangemap import places, resources
from rangemap.places import gazetteer

MANIFEST: dict[str, dict[str, Any]] = json.loads(resources.read_text("MANIFEST.json"))
OWNERS = {"IRN": 31, "PRK": 11, "RUS": 83, "CHN": 31, "YEM": 22, "ISR": 6, "IRQ": 18, "PAK": 7, "IND": 34, "USA": 51}
KNOWN_AREAS_KM2 = {
    # land areas as encyclopaedias and statistical offices give them
    "RUS": 17_098_246 - 27_000,  # less Crimea
    "FJI": 18_274,
    "ATA": 12_300_000,  # without the ice shelves
    "IRN": 1_648_195,
    "USA": 9_500_000,
    "PRK": 120_540,
    "ISL": 103_000,
    "NZL": 268_000,
    "KIR": 811,
    "LSO": 30_355,
}


def _geodesic_area_km2(area: shapely.Geometry) -> float:
    """Area by geographiclib: what PROJ says is judged by another program."""
    total = 0.0
    for part in shapely.get_parts(area):
        for ring in (part.exterior, *part.interiors):
            polygon = Geodesic.WGS84.Polygon()
            for lon, lat in ring.coords[:-1]:
                polygon.AddPoint(lat, lon)
            total += polygon.Compute()[2]  # signed: holes run clockwise
    return total / 1e6


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_file_is_the_one_in_the_manifest(name: str) -> None:
    content = resources.read_bytes(name)
    assert len(content) == MANIFEST[name]["bytes"]
    assert hashlib.sha256(content).hexdigest() == MANIFEST[name]["sha256"]


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_manifest_says_where_from_and_under_what_licence(name: str) -> None:
    entry = MANIFEST[name]
    assert all(entry[key] for key in ("origin", "licence", "vintage", "script", "packages"))
    assert all(len(package["sha256"]) == 64 for package in entry["packages"])


def test_every_made_file_is_in_the_manifest() -> None:
    folder = resources.data_dir()
    made = {
        path.relative_to(folder).as_posix()
        for pattern in ("basemap/*", "regions/*", "cities*")
        for path in folder.glob(pattern)
        if path.suffix not in (".md", ".yaml")
    }
    assert made == set(MANIFEST)


@pytest.mark.parametrize(("scale", "count"), [("50m", 242), ("110m", 177)])
def test_countries_are_all_there_once(scale: places.Scale, count: int) -> None:
    countries = places.countries(scale)
    assert len(countries) == count
    for values in ([c.id for c in countries], [c.name for c in countries], [c.slug for c in countries]):
        assert len(set(values)) == count
    assert all(len(c.id) == 3 and c.id.isupper() for c in countries)


@pytest.mark.parametrize("scale", ["50m", "110m"])
def test_every_country_is_valid_and_inside_the_map(scale: places.Scale) -> None:
    for country in places.countries(scale):
        west, south, east, north = country.geometry.bounds
        assert country.geometry.is_valid, (country.id, shapely.is_valid_reason(country.geometry))
        assert -180 <= west < east <= 180, country.id
        assert -90 <= south < north <= 90, country.id
        assert all(part.exterior.is_ccw for part in shapely.get_parts(country.geometry)), country.id


@pytest.mark.parametrize("scale", ["50m", "110m"])
def test_no_edge_streaks_across_the_map(scale: places.Scale) -> None:
    for country in places.countries(scale):
        for part in shapely.get_parts(country.geometry):
            for (lon_a, lat_a), (lon_b, lat_b) in pairwise(part.exterior.coords):
                assert abs(lon_a - lon_b) < 90 or lat_a == lat_b == -90, country.id


@pytest.mark.parametrize("code", sorted(KNOWN_AREAS_KM2))
def test_areas_are_those_of_the_real_countries(code: str) -> None:
    area_km2 = _geodesic_area_km2(places.country(code).geometry)
    assert area_km2 == pytest.approx(KNOWN_AREAS_KM2[code], rel=0.06)
    assert places.geodesic_area_km2(places.country(code).geometry) == pytest.approx(area_km2, rel=1e-6)


def test_fiji_and_russia_lie_on_both_sides_and_antarctica_reaches_the_pole() -> None:
    for code in ("FJI", "RUS"):
        assert places.country(code).geometry.bounds[::2] == (-180, 180)
        widths = [part.bounds[2] - part.bounds[0] for part in shapely.get_parts(places.country(code).geometry)]
        assert max(widths) < 180
    antarctica = places.country("ATA").geometry
    assert antarctica.contains(shapely.Point(0, -89.99))
    assert antarctica.contains(shapely.Point(179.99, -89.99))
    assert antarctica.bounds[:3] == (-180, -90, 180)


def test_neighbours_share_their_border_to_the_last_bit() -> None:
    for a, b in (("IRN", "IRQ"), ("RUS", "KAZ"), ("USA", "CAN"), ("PRK", "KOR"), ("ITA", "VAT"), ("ZAF", "LSO")):
        first, second = places.country(a).geometry, places.country(b).geometry
        assert first.intersection(second).area == 0, (a, b)
        assert first.boundary.intersection(second.boundary).length > 0.01, (a, b)


def test_islets_lost_by_the_source_are_back() -> None:
    at = {"NLD": (-63.23, 17.63), "NZL": (-171.2, -9.37), "VAT": (12.452, 41.903), "KIR": (-171.233, -4.463)}
    for code, position in at.items():
        assert places.country(code).geometry.distance(shapely.Point(position)) < 0.02, code


def test_boundaries_are_drawn_as_the_readme_says() -> None:
    at = {
        "UKR": (34.1, 45.0),
        "ESH": (-13.0, 27.0),
        "PSE": (34.35, 31.4),
        "ISR": (35.8, 33.0),
        "TWN": (121.0, 24.0),
        "XKX": (21.0, 42.6),
        "CHN": (79.5, 35.2),
        "IND": (74.8, 34.1),
    }
    for code, position in at.items():
        assert [c.id for c in places.countries() if c.geometry.contains(shapely.Point(position))] == [code]


def test_seam_edges_are_arcs_of_their_own() -> None:
    topology = json.loads(places.basemap_topology("50m"))
    for arc in topology["arcs"]:
        x, y, on_seam = 0, 0, []
        nodes = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            nodes.append((x, y))
        for (x_a, y_a), (x_b, y_b) in pairwise(nodes):
            on_seam.append((x_a == x_b and x_a in (0, 360_000)) or (y_a == y_b == 0))
        assert len(set(on_seam)) == 1


@pytest.mark.parametrize("country", sorted(OWNERS))
def test_provinces_are_all_there_and_valid(country: str) -> None:
    infos = [info for info in places.regions(country) if info.kind == "province"]
    assert len(infos) == OWNERS[country]
    outlines = [places.region(info.id, launch=False).geometry for info in infos]
    assert all(outline.is_valid and outline.area > 0 for outline in outlines)
    assert all(part.exterior.is_ccw for outline in outlines for part in shapely.get_parts(outline))
    whole = sum(_geodesic_area_km2(outline) for outline in outlines)
    tolerance = 0.02 if country in ("RUS", "USA", "ISR") else 0.003  # lakes are cut out of the provinces
    assert whole == pytest.approx(places.geodesic_area_km2(places.country(country).geometry), rel=tolerance)


@pytest.mark.parametrize("name", ["Chukotka", "Alaska"])
def test_provinces_on_the_antimeridian_are_cut_there(name: str) -> None:
    region = places.region(name)
    assert region.geometry.bounds[0] < -178
    assert region.geometry.bounds[2] > 178
    assert max(part.bounds[2] - part.bounds[0] for part in shapely.get_parts(region.geometry)) < 40


def test_seven_groups_hold_each_province_of_iran_once() -> None:
    groups = YAML(typ="safe").load(resources.read_text("regions/groups.yaml"))
    members = [member for group in groups for member in group["members"]]
    assert len(groups) == 7
    assert sorted(members) == sorted(info.id for info in places.regions("IRN") if info.kind == "province")
    assert all(group["country"] == "IRN" and group["name"] and group["note"] for group in groups)


def test_groups_have_no_seams_inside_and_add_up_to_the_country() -> None:
    groups = [places.region(info.id) for info in places.regions("IRN") if info.kind == "group"]
    assert all(group.geometry.is_valid for group in groups)
    assert not any(part.interiors for group in groups for part in shapely.get_parts(group.geometry))
    parts = {group.id: len(shapely.get_parts(group.geometry)) for group in groups}
    assert {name for name, count in parts.items() if count > 1} == {"iran-south"}  # the islands of the Gulf
    assert sum(_geodesic_area_km2(group.geometry) for group in groups) == pytest.approx(1_622_478, abs=1)


def test_cities_are_all_there_in_order() -> None:
    cities = places.cities()
    assert len(cities) == len(set(cities.geonameid.tolist())) == 34_006
    assert abs(cities.lon).max() <= 180
    assert abs(cities.lat).max() <= 90
    assert sorted(cities.population.tolist(), reverse=True) == cities.population.tolist()
    tehran = cities.name.index("Tehran")
    assert cities.country[tehran] == "IRN"
    assert (cities.lon[tehran], cities.lat[tehran]) == pytest.approx((51.42, 35.69), abs=0.02)


def test_the_largest_cities_are_rows_of_all() -> None:
    text = gzip.decompress(resources.read_bytes("cities.csv.gz")).decode()
    assert "".join(gazetteer.largest_rows(text.splitlines(keepends=True))) == resources.read_text("cities-largest.csv")
    every, largest = places.cities(), places.largest_cities()
    assert largest.geonameid[: gazetteer.LARGEST].tolist() == every.geonameid[: gazetteer.LARGEST].tolist()
    firsts = [every.country.index(code) for code in set(every.country)]
    assert set(every.geonameid[firsts].tolist()) <= set(largest.geonameid.tolist())


def test_cities_file_bears_no_timestamp() -> None:
    content = resources.read_bytes("cities.csv.gz")
    assert content[4:8] == b"\0\0\0\0"
    rows = csv.reader(io.StringIO(gzip.decompress(content).decode("utf-8")))
    assert next(rows) == ["name", "country", "lon", "lat", "population", "geonameid"]


def test_every_city_lies_in_a_known_country() -> None:
    known = places.country_names().keys()
    # dependencies that the 50m map counts to another country, or leaves out
    assert set(places.cities().country) - known <= {"BES", "CCK", "CXR", "ESH", "GIB", "GLP", "GUF", "MTQ", "MYT",
                                                   "REU", "SJM", "TKL", "UMI", "BVT"}  # fmt: skip
