"""Layer sets of real systems, built once, and GDAL's own tools to read files back with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas
import pytest
from shapely.geometry import shape

from rangemap import layers
from rangemap.exports import table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rangemap.exports.table import Table
    from rangemap.layers import LayerSet

HOSTILE = (
    '=HYPERLINK("x") <script>alert(\'1\')</script> $[name] <![CDATA[ ]]> \x00\x1b[31m\u202e\ud800 & "quoted"\n| \t\''
)


@pytest.fixture(scope="session")
def qiam() -> LayerSet:
    return layers.build(["qiam-1"], gap="Israel", cores=True)


@pytest.fixture(scope="session")
def hwasong() -> LayerSet:
    """Rings over the antimeridian and the pole."""
    return layers.build(["hwasong-15"], cores=True)


@pytest.fixture(scope="session")
def sarmat() -> LayerSet:
    """A region that itself crosses the antimeridian; its widest ring is the whole Earth."""
    return layers.build(["sarmat"], cores=True)


@pytest.fixture(scope="session", params=["qiam", "hwasong", "sarmat"])
def layerset(request: pytest.FixtureRequest) -> LayerSet:
    found: LayerSet = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def made(layerset: LayerSet) -> Table:
    return table(layerset)


@pytest.fixture(scope="session")
def hostile(qiam: LayerSet) -> LayerSet:
    """Every text that comes from data says something that it should not."""
    system = qiam.systems[0]
    said = [replace(each, citation=HOSTILE, claimant=HOSTILE, original=HOSTILE) for each in system.statements]
    origins = [replace(each, id=HOSTILE, name=HOSTILE) for each in system.origins]
    lines = [replace(each, remark=HOSTILE) for each in system.lines]
    sources = [replace(each, citation=HOSTILE, publisher=HOSTILE, url=None) for each in qiam.sources]
    worse = replace(system, name=HOSTILE, statements=tuple(said), origins=tuple(origins), lines=tuple(lines))
    return replace(qiam, title=HOSTILE, systems=(worse,), sources=tuple(sources))


@pytest.fixture(scope="session")
def gdal_reads() -> Callable[..., geopandas.GeoDataFrame]:
    """Read a layer by Debian's own GDAL, which is not the one that wrote the file."""
    if shutil.which("ogr2ogr") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("ogr2ogr is missing: apt-get install gdal-bin")
        pytest.skip("ogr2ogr is missing: apt-get install gdal-bin")

    def read(path: Path, *layer: str) -> geopandas.GeoDataFrame:
        command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", str(path), *layer, "-lco", "COORDINATE_PRECISION=9"]
        done = subprocess.run(command, capture_output=True, check=True)
        assert done.stderr == b""
        features: list[dict[str, Any]] = json.loads(done.stdout)["features"]
        shapes = [shape(each["geometry"]) if each["geometry"] else None for each in features]
        rows = [{"id": each.get("id"), **each["properties"]} for each in features]
        return geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")

    return read
