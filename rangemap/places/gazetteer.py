"""The cities of the world over 15,000 people, from GeoNames."""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache

from rangemap import resources
from rangemap.places.model import Cities


@cache
def cities() -> Cities:
    """Return every place over 15,000 people, and the smaller capitals, the most populous first.

    Credit is due wherever they are shown: GeoNames, geonames.org, CC BY 4.0.
    """
    import numpy as np  # noqa: PLC0415 - loads only where cities are asked for

    text = gzip.decompress(resources.read_bytes("cities.csv.gz")).decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text))
    column = dict(zip(header, zip(*rows, strict=True), strict=True))
    return Cities(
        name=column["name"],
        country=column["country"],
        lon=np.fromiter(map(float, column["lon"]), dtype=np.float64),
        lat=np.fromiter(map(float, column["lat"]), dtype=np.float64),
        population=np.fromiter(map(int, column["population"]), dtype=np.int64),
        geonameid=np.fromiter(map(int, column["geonameid"]), dtype=np.int64),
    )
