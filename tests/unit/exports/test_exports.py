"""Files written, read back by other programs than the one that wrote them, and compared with the map."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import Geod

from rangemap import layers
from rangemap.errors import CutTextWarning, MissingExtraError, OutputError, UsageError
from rangemap.exports import WRITERS, export, geojson_text, table
from rangemap.exports.bounds import bbox
from rangemap.exports.table import COLUMNS

from . import rfc7946

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rangemap.exports.table import Table
    from rangemap.layers import LayerSet

ELLIPSOID = Geod(ellps="WGS84")
EARTH_KM2 = 510_065_621.7


def area_km2(geometry: shapely.Geometry) -> float:
    """Measure by PROJ, a part of at most a quarter of the globe at a time: it takes the smaller side of what is cut."""
    boxes = [shapely.box(lon, lat, lon + 90, lat + 90) for lon in range(-180, 180, 90) for lat in (-90, 0)]
    parts = [part for box in boxes for part in shapely.get_parts(shapely.intersection(geometry, box))]
    dense = shapely.segmentize([part for part in parts if part.geom_type.endswith("Polygon")], 0.1)
    return sum(abs(ELLIPSOID.geometry_area_perimeter(part)[0]) for part in dense) / 1e6


def of(made: Table, kind: str, level: str | None = None) -> geopandas.GeoDataFrame:
    frame = made.frame[made.frame["kind"] == kind]
    return frame if level is None else frame[frame["level"] == level]


def test_every_area_is_as_large_as_it_says(made: Table) -> None:
    areas = made.frame[made.frame.geometry.geom_type.str.endswith("Polygon")]
    for row in areas.drop_duplicates("area_km2").itertuples():
        assert row.area_km2 == pytest.approx(area_km2(row.geometry), rel=1e-4), row.id


def test_bands_fill_the_highest_reach_without_overlap(made: Table) -> None:
    reach = of(made, "reach", "any")["area_km2"].item()
    assert of(made, "band")["area_km2"].sum() == pytest.approx(reach, rel=1e-6)
    assert shapely.union_all(of(made, "band").geometry, grid_size=1e-6).area == pytest.approx(
        of(made, "reach", "any").geometry.item().area, rel=1e-6
    )


def test_every_counted_claim_and_every_level_has_a_reach(made: Table) -> None:
    system = made.layerset.systems[0]
    assert sorted(of(made, "reach", "claim")["claims"].map(lambda ids: ids[0])) == sorted(
        said.id for said in system.statements if said.counted
    )
    for level, km in (("all", system.all_km), ("majority", system.majority_km), ("any", system.any_km)):
        row = of(made, "reach", level).iloc[0]
        assert row["range_km"] == pytest.approx(km, rel=0.05)  # a line may be a figure converted from miles
        assert row["claims"]
        assert row["citation"]


def test_what_is_reached_from_everywhere_lies_within_what_is_reached_from_somewhere(made: Table) -> None:
    reach = of(made, "reach").set_index("level").geometry
    cores = of(made, "core")
    assert len(cores)
    for row in cores.itertuples():
        assert shapely.difference(row.geometry, reach[row.level]).area < 0.01


def test_cores_are_measured_on_request_only(qiam: LayerSet) -> None:
    assert not any(view.cores for view in layers.build(["qiam-1"]).views)
    assert any(view.cores for view in qiam.views)


def test_geojson_is_valid_to_rfc_7946(layerset: LayerSet) -> None:
    document = json.loads(geojson_text(layerset))
    assert rfc7946.problems(document) == []
    assert all(list(feature["properties"]) == list(COLUMNS[1:]) for feature in document["features"])


def test_the_validator_sees_what_is_wrong(hwasong: LayerSet) -> None:
    document = json.loads(geojson_text(hwasong))
    polygon = next(each for each in document["features"] if each["geometry"]["type"] == "Polygon")
    polygon["geometry"]["coordinates"] = [ring[::-1] for ring in polygon["geometry"]["coordinates"]]
    document["bbox"][0] += 1
    assert any("wound" in each for each in rfc7946.problems(document))
    assert any("collection" in each for each in rfc7946.problems(document))


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([(10, 0, 20, 5)], (10, 0, 20, 5)),
        ([(170, 0, 180, 5), (-180, 1, -170, 7)], (170, 0, -170, 7)),
        ([(-180, -90, 180, 90)], (-180, -90, 180, 90)),
        ([(-180, 50, 180, 90), (0, 0, 1, 1)], (-180, 0, 180, 90)),
        ([(-20, 0, -10, 1), (30, 0, 40, 1)], (-20, 0, 40, 1)),
    ],
)
def test_boxes_know_the_antimeridian(boxes: list[tuple[float, ...]], expected: tuple[float, ...]) -> None:
    assert bbox([shapely.box(*each) for each in boxes]) == expected


@pytest.mark.parametrize("extension", [".geojson", ".fgb", ".parquet", ".gpkg"])
def test_what_is_read_back_is_the_table(
    made: Table, extension: str, tmp_path: Path, gdal_reads: Callable[..., geopandas.GeoDataFrame]
) -> None:
    path = tmp_path / f"map{extension}"
    export(made.layerset, path)
    expected = made.flat().set_index("id")
    if extension == ".gpkg":
        expected = expected[expected["kind"].isin(["region", "band", "outline"])]
    if extension == ".parquet":  # Debian's GDAL reads none
        found = geopandas.read_parquet(path)
        assert found.set_index("id")["claims"].map(list).to_dict() == made.frame.set_index("id")["claims"].to_dict()
        found = found.assign(**{name: found[name].map("; ".join) for name in ("claims", "origins")})
    else:
        kinds = ("region", "band", "outline") if extension == ".gpkg" else [None]
        parts = [gdal_reads(path, *([kind] if kind else [])) for kind in kinds]
        found = geopandas.pd.concat([part.dropna(axis=1, how="all") for part in parts])
    found = found.set_index("id").loc[expected.index]
    for name in ("kind", "level", "system", "region", "label", "citation"):
        assert found[name].fillna("").tolist() == expected[name].fillna("").tolist()
    for name in ("range_km", "inner_km", "outer_km", "share", "area_km2", "tolerance_m"):
        assert np.allclose(found[name].astype(float), expected[name], equal_nan=True)
    for ours, theirs in zip(expected.geometry, found.geometry, strict=True):
        assert shapely.symmetric_difference(ours, theirs, grid_size=1e-6).area == pytest.approx(0, abs=1e-6)
        assert theirs.length == pytest.approx(ours.length, rel=1e-6)


def test_gdal_reads_kml_with_all_that_it_covers(
    made: Table, tmp_path: Path, gdal_reads: Callable[..., geopandas.GeoDataFrame]
) -> None:
    export(made.layerset, tmp_path / "map.kml")
    found = gdal_reads(tmp_path / "map.kml", "Within claims, and where they disagree")
    bands = of(made, "band")
    assert found["id"].tolist() == bands["id"].tolist()
    for ours, theirs in zip(bands.itertuples(), found.itertuples(), strict=True):
        # with the edges as they stand, each taken for the shortest way on the globe: so a globe fills them
        on_globe_km2 = sum(
            abs(ELLIPSOID.geometry_area_perimeter(part)[0]) for part in shapely.get_parts(theirs.geometry)
        )
        assert on_globe_km2 / 1e6 == pytest.approx(ours.area_km2, rel=5e-4)
        for part in shapely.get_parts(theirs.geometry):
            west, _, east, _ = part.bounds
            assert east - west <= 90
        assert theirs.citation == ours.citation


def test_kml_stands_in_the_order_of_its_schema(qiam: LayerSet, tmp_path: Path) -> None:
    order = ("name", "visibility", "open", "description", "styleUrl", "Style", "ExtendedData", "Folder", "Placemark")
    places = {f"{{http://www.opengis.net/kml/2.2}}{name}": place for place, name in enumerate(order)}
    export(qiam, tmp_path / "x.kml")
    elements = list(ET.parse(tmp_path / "x.kml").iter())  # noqa: S314 - our own file
    for feature in (each for each in elements if each.tag.endswith(("Document", "Folder", "Placemark"))):
        found = [places[child.tag] for child in feature if child.tag in places]
        assert found == sorted(found), feature.tag
    styles = {each.get("id") for each in elements if each.tag.endswith("}Style")}
    used = {each.text for each in elements if each.tag.endswith("styleUrl")}
    assert used == {f"#{name}" for name in styles}


@pytest.mark.filterwarnings("ignore::rangemap.errors.CutTextWarning")
def test_gdal_reads_shapefiles_and_the_sidecar_has_what_they_cut(
    made: Table, tmp_path: Path, gdal_reads: Callable[..., geopandas.GeoDataFrame]
) -> None:
    written = export(made.layerset, tmp_path / "map.shp")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    areas, lines = (gdal_reads(tmp_path / f"map{end}.shp") for end in ("", "_lines"))
    assert sorted([*areas["id"], *lines["id"]]) == sorted(made.frame["id"])
    assert np.allclose(areas["area_km2"], made.frame["area_km2"].dropna())
    whole = geopandas.pd.read_csv(tmp_path / "map_fields.csv")
    assert whole["citation"].tolist() == made.frame["citation"].tolist()


def test_shapefiles_warn_of_what_they_cut(qiam: LayerSet, tmp_path: Path) -> None:
    with pytest.warns(CutTextWarning, match=r"\d+ texts are cut, 'tolerance_m' is 'toler_m'"):
        export(qiam, tmp_path / "map.shp")


def test_geoparquet_says_how_its_geometry_is_meant(hwasong: LayerSet, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export(hwasong, tmp_path / "map.parquet")
    metadata = parquet.read_schema(tmp_path / "map.parquet").metadata
    column = json.loads(metadata[b"geo"])["columns"]["geometry"]
    assert (column["edges"], column["orientation"], column["encoding"]) == ("planar", "counterclockwise", "WKB")
    assert column["bbox"] == [-180, pytest.approx(-90, abs=15), 180, 90]
    assert json.loads(metadata[b"rangemap"])["data_hash"] == hwasong.data_hash


@pytest.mark.parametrize("extension", WRITERS)
@pytest.mark.filterwarnings("ignore::rangemap.errors.CutTextWarning")
def test_the_same_map_gives_the_same_bytes(
    qiam: LayerSet, extension: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / f"a/x{extension}", tmp_path / f"b/x{extension}"
    written = export(qiam, first)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    export(qiam, second)
    for path in written:
        assert path.read_bytes() == (second.parent / path.name).read_bytes(), path.name


def test_source_date_epoch_stamps_what_has_a_stamp(
    qiam: LayerSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    export(qiam, tmp_path / "x.gpkg")
    assert b"2020-09-13T12:26:40" in (tmp_path / "x.gpkg").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is 'yesterday'"):
        export(qiam, tmp_path / "x.gpkg")


@pytest.mark.parametrize("name", ["x.xyz", "x", "-", "x.geojson.gz"])
def test_an_unknown_extension_lists_those_known(qiam: LayerSet, name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.geojson, \.gpkg, \.kml"):
        export(qiam, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("extension", "module"), [(".kml", "simplekml"), (".xlsx", "openpyxl"), (".parquet", "pyarrow")]
)
def test_a_missing_library_names_its_extra(
    qiam: LayerSet, extension: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rangemap._optional.find_spec", lambda name: None if name == module else sys)
    with pytest.raises(MissingExtraError, match=r"pip install 'rangemap\[exports\]'"):
        export(qiam, tmp_path / f"x{extension}")


@pytest.mark.parametrize("extension", [".geojson", ".gpkg", ".shp"])
@pytest.mark.filterwarnings("ignore::rangemap.errors.CutTextWarning")
def test_a_full_disk_leaves_the_old_files(
    qiam: LayerSet, hwasong: LayerSet, extension: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {path: path.read_bytes() for path in export(qiam, tmp_path / f"x{extension}")}
    calls = iter(range(100))

    def full(_: int) -> None:
        if next(calls) == len(old) - 1:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("rangemap.files.os.fsync", full)
    with pytest.raises(OutputError, match="no space left on device"):
        export(hwasong, tmp_path / f"x{extension}")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old


@pytest.mark.parametrize("extension", [".gpkg", ".fgb", ".shp"])
@pytest.mark.filterwarnings("ignore::rangemap.errors.CutTextWarning")
def test_a_full_disk_under_gdal_is_one_clear_line(
    qiam: LayerSet, extension: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyogrio  # noqa: PLC0415

    def full(*_: object, **__: object) -> None:
        message = "database or disk is full"
        raise pyogrio.errors.DataSourceError(message)

    monkeypatch.setattr("rangemap.exports.ogr.pyogrio.write_dataframe", full)
    with pytest.raises(OutputError, match="disk is full"):
        export(qiam, tmp_path / f"x{extension}")
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_nobody_gives_a_range_has_its_region_and_limits() -> None:
    made = table(layers.build(["iran-declared-limit"], cores=True))
    assert set(made.frame["kind"]) == {"region", "outline"}
    assert set(of(made, "outline")["level"]) == {"limit"}


def test_the_gap_adds_up_to_the_shortest_way(qiam: LayerSet) -> None:
    made = table(qiam)
    gap = of(made, "gap")
    length_km = sum(ELLIPSOID.geometry_length(line) for line in gap.geometry) / 1000
    assert qiam.gap is not None
    assert length_km == pytest.approx(qiam.gap.nearest_km, rel=1e-3)
    assert not math.isnan(gap["outer_km"].iloc[-1])
