"""Regions are found by any of their names, files are read or refused in one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from rangemap import places, resources
from rangemap.errors import RegionError, UnknownNameError
from rangemap.places import launch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Save = Callable[..., Path]

SQUARE = [[50, 30], [52, 30], [52, 32], [50, 32], [50, 30]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}


def _feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _polygon(*ring: list[float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(ring)]}


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    def save(content: object, name: str = "my-region.geojson") -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return save


# names


@pytest.mark.parametrize(
    ("asked", "found", "name", "kind", "country"),
    [
        ("iran", "iran", "Iran", "country", "IRN"),
        ("IRN", "iran", "Iran", "country", "IRN"),
        ("irn", "iran", "Iran", "country", "IRN"),
        ("North Korea", "north-korea", "North Korea", "country", "PRK"),
        ("United States", "united-states", "United States", "country", "USA"),
        ("United States of America", "united-states", "United States", "country", "USA"),
        ("côte d'ivoire", "cote-d-ivoire", "Côte d'Ivoire", "country", "CIV"),
        ("Dem. Rep. Korea", None, "", "", ""),
        ("XKX", "kosovo", "Kosovo", "country", "XKX"),
        ("iran-north-west", "iran-north-west", "north-west Iran", "group", "IRN"),
        ("North-West Iran", "iran-north-west", "north-west Iran", "group", "IRN"),
        ("irn-tehran", "irn-tehran", "Tehran province", "province", "IRN"),
        ("IR-23", "irn-tehran", "Tehran province", "province", "IRN"),
        ("ir-23", "irn-tehran", "Tehran province", "province", "IRN"),
        ("tehran", "irn-tehran", "Tehran province", "province", "IRN"),
        ("Tehran Province", "irn-tehran", "Tehran province", "province", "IRN"),
        ("Georgia", "georgia", "Georgia", "country", "GEO"),
        ("US-GA", "usa-georgia", "Georgia (United States)", "province", "USA"),
        ("Murmansk", "rus-murmansk", "Murmansk Oblast", "province", "RUS"),
    ],
)
def test_a_region_is_found_by_any_of_its_names(
    asked: str, found: str | None, name: str, kind: str, country: str
) -> None:
    if found is None:
        with pytest.raises(UnknownNameError):
            places.region(asked)
        return
    region = places.region(asked)
    assert (region.id, region.name, region.kind, region.country) == (found, name, kind, country)
    assert region.note
    assert region.geometry.is_valid


@pytest.mark.parametrize(
    ("asked", "suggested"), [("irna", "iran"), ("north-corea", "north-korea"), ("Teheran", "irn-tehran")]
)
def test_a_wrong_name_gets_did_you_mean(asked: str, suggested: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        places.region(asked)
    assert suggested in caught.value.suggestions
    assert "`rangemap list --regions`" in str(caught.value)


def test_an_ambiguous_name_is_not_guessed() -> None:
    with pytest.raises(UnknownNameError, match="more than one") as caught:
        places.region("Punjab")
    assert set(caught.value.suggestions) == {"ind-punjab", "pak-punjab"}


@pytest.mark.parametrize("asked", ["", " ", "-", "🚀"])
def test_a_nameless_name_is_unknown(asked: str) -> None:
    with pytest.raises(UnknownNameError):
        places.region(asked)


def test_what_plain_names_mean_is_what_all_names_together_say() -> None:
    plain = launch._plain_names()
    assert len(plain) > 800
    assert "" not in plain
    for name, info in plain.items():
        ids = next(names[name] for names in launch._names_by_rank() if name in names)
        assert ids == (info.id,), name


def test_provinces_are_read_one_by_one_as_in_their_collection() -> None:
    for country in {info.country for info in places.regions() if info.kind == "province"}:
        whole = json.loads(resources.read_text(f"regions/{country}.geojson"))["features"]
        lines = launch._province_lines(country)
        assert [json.loads(line) for line in lines.values()] == whole
        assert list(lines) == [feature["properties"]["id"] for feature in whole]


def test_every_listed_region_is_found_by_its_id_and_is_unique() -> None:
    infos = places.regions()
    assert len(infos) == len({info.id for info in infos}) == 242 + 7 + 294
    for info in infos:
        region = places.region(info.id, launch=False)
        assert (region.id, region.name, region.kind, region.country) == (info.id, info.name, info.kind, info.country)


def test_regions_of_one_country_are_the_country_its_groups_and_its_provinces() -> None:
    kinds = [info.kind for info in places.regions("IRN")]
    assert kinds == ["country"] + ["group"] * 7 + ["province"] * 31


def test_iso_codes_are_unique() -> None:
    codes = [info.iso for info in places.regions() if info.iso]
    assert len(codes) == len(set(codes))


def test_a_country_is_found_and_missed_like_a_region() -> None:
    assert places.country("n. cyprus").id == "CYN"
    assert places.country("DR Congo").name == "Democratic Republic of the Congo"
    with pytest.raises(UnknownNameError, match="did you mean Iran"):
        places.country("irann")


# coarse regions only


@pytest.mark.parametrize("name", ["Monaco", "Singapore", "isr-tel-aviv", "US-DC"])
def test_a_small_place_is_no_launch_region_but_may_be_a_destination(name: str) -> None:
    with pytest.raises(RegionError, match=r"coarse regions only; take the province or the country") as caught:
        places.region(name)
    assert "1,000 km²" in str(caught.value)
    assert places.region(name, launch=False).geometry.area > 0


def test_a_file_of_a_small_area_is_refused(saved: Save) -> None:
    half_degree = _polygon([50, 30], [50.3, 30], [50.3, 30.3], [50, 30.3], [50, 30])
    with pytest.raises(RegionError, match="coarse regions only"):
        places.region(saved(half_degree))
    assert places.region(saved(half_degree), launch=False).kind == "file"


def test_every_country_of_a_system_and_every_group_is_coarse_enough() -> None:
    for info in places.regions():
        if info.kind == "group" or info.id in ("iran", "north-korea", "israel", "yemen", "pakistan"):
            places.require_coarse(places.region(info.id, launch=False))


# files that are good


@pytest.mark.parametrize(
    "content",
    [
        POLYGON,
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        _feature(POLYGON),
        {"type": "FeatureCollection", "features": [_feature(POLYGON)]},
        {"type": "GeometryCollection", "geometries": [POLYGON]},
        {"type": "FeatureCollection", "features": [_feature(POLYGON), _feature(None)]},
        {"type": "FeatureCollection", "features": [_feature(POLYGON), _feature(POLYGON)]},
        _polygon(*([*position, 1200.5] for position in SQUARE)),
        _polygon(*reversed(SQUARE)),
        "\ufeff" + json.dumps(POLYGON),
        POLYGON | {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
    ],
    ids=[
        "polygon", "multi", "feature", "collection", "geometries", "null-geometry", "twice", "height", "clockwise",
        "bom", "crs84",
    ],
)  # fmt: skip
def test_polygons_are_read_in_every_wrapping(saved: Save, content: object) -> None:
    region = places.region(saved(content))
    assert region.geometry.equals(shapely.Polygon(SQUARE))
    assert region.geometry.exterior.is_ccw
    assert not region.geometry.has_z
    assert (region.id, region.name, region.kind, region.country) == ("my-region", "my-region", "file", "")


def test_a_single_feature_gives_its_name(saved: Save) -> None:
    assert places.region(saved(_feature(POLYGON, name=" The   plateau "))).name == "The plateau"


def test_holes_are_kept_and_turned(saved: Save) -> None:
    hole = [[50.5, 30.5], [51.5, 30.5], [51.5, 31.5], [50.5, 31.5], [50.5, 30.5]]
    region = places.region(saved({"type": "Polygon", "coordinates": [SQUARE, hole]}))
    assert not region.geometry.contains(shapely.Point(51, 31))
    assert not region.geometry.interiors[0].is_ccw


def test_the_whole_band_to_the_pole_is_an_area(saved: Save) -> None:
    cap = _polygon([-180, -90], [180, -90], [180, -70], [90, -70], [0, -70], [-90, -70], [-180, -70], [-180, -90])
    assert places.region(saved(cap)).geometry.contains(shapely.Point(10, -89))


def test_a_file_without_suffix_is_found_and_a_folder_of_a_known_name_is_not_in_the_way(
    saved: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(POLYGON, "myplateau")
    (tmp_path / "iran").mkdir()
    monkeypatch.chdir(tmp_path)
    assert places.region("myplateau").kind == "file"
    assert places.region("iran").kind == "country"


# files that are bad: one sentence each, naming the file


BAD = {
    "not JSON": ("POLYGON((", "is not JSON"),
    "empty file": ("", "is not JSON"),
    "a list": ([1, 2], "not GeoJSON"),
    "a number": ("12", "not GeoJSON"),
    "no type": ({"coordinates": [SQUARE]}, "its type is null"),
    "odd type": ({"type": "Circle"}, 'its type is "Circle"'),
    "odd type of type": ({"type": ["Polygon"]}, "its type is"),
    "deep": ("[" * 200_000, "nested too deep"),
    "deep GeoJSON": (
        '{"type":"GeometryCollection","geometries":[' * 900 + "]}" * 900,
        "nested too deep|holds no polygon",
    ),
    "no feature": ({"type": "FeatureCollection", "features": []}, "holds no polygon"),
    "only null": (_feature(None), "holds no polygon"),
    "features no list": ({"type": "FeatureCollection", "features": 3}, "where a list should"),
    "point": ({"type": "Point", "coordinates": [51, 35]}, "holds a point; a launch region is an area, never a point"),
    "points inside": ({"type": "FeatureCollection", "features": [_feature(POLYGON), _feature({"type": "MultiPoint"})]},
                      "never a point"),
    "line": ({"type": "LineString", "coordinates": SQUARE}, "holds a line"),
    "empty polygon": ({"type": "Polygon", "coordinates": []}, "empty polygon"),
    "empty ring": ({"type": "Polygon", "coordinates": [[]]}, "no closed outline"),
    "missing coordinates": ({"type": "Polygon"}, "where a list should"),
    "two corners": (_polygon([50, 30], [52, 30], [50, 30]), "no closed outline"),
    "open ring": (_polygon(*SQUARE[:-1]), "no closed outline"),
    "NaN": ('{"type": "Polygon", "coordinates": [[[50, 30], [NaN, 30], [52, 32], [50, 30]]]}', "no number"),
    "infinite": ('{"type": "Polygon", "coordinates": [[[50, 30], [1e999, 30], [52, 32], [50, 30]]]}', "no number"),
    "huge integer": ('{"type": "Polygon", "coordinates": [[[50, 1' + "0" * 400 + "], [50, 30]]]}", "a position"),
    "endless integer": ("1" * 5000, "is not JSON that can be read"),
    "text": (_polygon(["50", "30"], [52, 30], [52, 32], ["50", "30"]), "a position should be"),
    "short position": (_polygon([50], [52, 30], [52, 32], [50]), "a position should be"),
    "true": (_polygon([True, False], [52, 30], [52, 32], [True, False]), "a position should be"),
    "swapped": (_polygon([30, 150], [30, 152], [32, 152], [30, 150]), "order seems swapped: write longitude first"),
    "off the Earth": (_polygon([190, 30], [195, 30], [195, 95], [190, 30]), "leaves ±180/±90"),
    "metres": (_polygon([5.5e6, 4e6], [5.6e6, 4e6], [5.6e6, 4.1e6], [5.5e6, 4e6]), "use degrees"),
    "not cut": (_polygon([170, 60], [-170, 60], [-170, 65], [170, 65], [170, 60]), "cut the area in two at ±180°"),
    "crossing": (_polygon([50, 30], [52, 32], [52, 30], [50, 32], [50, 30]), "crosses itself at 51.0000, 31.0000"),
    "other system": (POLYGON | {"crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}, "coordinate system"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BAD))
def test_a_bad_file_is_refused_in_one_sentence(saved: Save, case: str) -> None:
    content, expected = BAD[case]
    path = saved(content)
    with pytest.raises(RegionError, match=expected) as caught:
        places.region(path)
    message = str(caught.value)
    assert message.startswith(f"'{path}' ")
    assert ";" in message  # what is wrong; how to mend it
    assert "\n" not in message
    assert len(message) < len(str(path)) + 250


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(RegionError, match="is not there; name a GeoJSON file"):
        places.region(str(tmp_path / "nowhere.geojson"))
    with pytest.raises(RegionError, match="is a folder"):
        places.region(tmp_path / "folder.json")


def test_a_name_too_long_for_any_file_is_unknown() -> None:
    with pytest.raises(UnknownNameError):
        places.region("x" * 5000)
    with pytest.raises(RegionError, match="is not there"):
        places.region("x" * 5000 + ".json")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.json"
    path.write_bytes(b"\x89PNG\xff\xfe\x00")
    with pytest.raises(RegionError, match="UTF-8"):
        places.region(path)


def test_a_file_over_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.geojson"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(RegionError, match="over 50 MB"):
        places.region(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "features", "geometry", "geometries", "crs"]), inner)
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection", "GeometryCollection"])


@settings(max_examples=200)
@given(document=st.builds(lambda kind, rest: {**rest, "type": kind}, KINDS, st.dictionaries(
    st.sampled_from(["coordinates", "features", "geometry", "geometries"]), JSON)))  # fmt: skip
def test_no_document_brings_a_traceback(tmp_path_factory: pytest.TempPathFactory, document: object) -> None:
    path = tmp_path_factory.mktemp("any") / "any.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(RegionError):
        places.region(path)


# laziness


def test_listing_names_loads_no_geometry() -> None:
    code = (
        "import sys; from rangemap import places; places.regions(); places.country_names();"
        "print([m for m in ('shapely', 'geopandas', 'pyproj', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
