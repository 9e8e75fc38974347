"""The cities of the world over 15,000 people, from GeoNames."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from rangemap import resources
from rangemap.places.model import Cities

if TYPE_CHECKING:
    from collections.abc import Sequence


LARGEST = 3_000
"""So many of the most populous cities are in the short list; all of them have over a quarter of a million people."""


@cache
def cities() -> Cities:
    """Return every place over 15,000 people, and the smaller capitals, the most populous first.

    Credit is due wherever they are shown: GeoNames, geonames.org, CC BY 4.0.
    """
    return _cities(gzip.decompress(resources.read_bytes("cities.csv.gz")).decode("utf-8"))


@cache
def largest_cities() -> Cities:
    """Return the 3,000 most populous of `cities()` and the largest of each country, in the same order.

    They are the rows of a file of their own, which `scripts/refresh_derived.py` makes: all take twenty times as long.
    """
    return _cities(resources.read_text("cities-largest.csv"))


def largest_rows(lines: Sequence[str]) -> list[str]:
    """Pick the header and the rows of the largest cities from a table of them all, the most populous first."""
    header, *rows = lines
    seen: set[str] = set()
    kept = [header]
    for place, row in enumerate(rows):
        code = _fields(row)[1]
        if place < LARGEST or code not in seen:
            kept.append(row)
        seen.add(code)
    return kept


def _cities(text: str) -> Cities:
    import numpy as np  # noqa: PLC0415 - loads only where cities are asked for

    header, *lines = text.rstrip("\n").split("\n")
    fields = list(chain.from_iterable(map(_fields, lines)))  # a flat list: 34,000 small ones keep the collector busy
    columns = header.split(",")
    column = {name: tuple(fields[k :: len(columns)]) for k, name in enumerate(columns)}
    return Cities(
        name=column["name"],
        country=column["country"],
        lon=np.fromiter(map(float, column["lon"]), dtype=np.float64),
        lat=np.fromiter(map(float, column["lat"]), dtype=np.float64),
        population=np.fromiter(map(int, column["population"]), dtype=np.int64),
        geonameid=np.fromiter(map(int, column["geonameid"]), dtype=np.int64),
    )


def _fields(line: str) -> list[str]:
    """Split a line of our own table; few of them are quoted."""
    return next(csv.reader([line])) if '"' in line else line.split(",")
