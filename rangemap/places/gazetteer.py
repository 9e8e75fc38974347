"""The cities of the world over 15,000 people, from GeoNames."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from itertools import chain

from rangemap import resources
from rangemap.places.model import Cities


@cache
def cities() -> Cities:
    """Return every place over 15,000 people, and the smaller capitals, the most populous first.

    Credit is due wherever they are shown: GeoNames, geonames.org, CC BY 4.0.
    """
    import numpy as np  # noqa: PLC0415 - loads only where cities are asked for

    text = gzip.decompress(resources.read_bytes("cities.csv.gz")).decode("utf-8")
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
