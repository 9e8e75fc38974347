"""Golden pairs: a question and its answer as GeoJSON, each named after the story that it retells.

`RANGEMAP_GOLDEN=write pytest tests/golden` writes the answers anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from shapely.geometry import mapping, shape

from rangemap.geodesy import area_km2, core_reaches, reaches, rings
from rangemap.types import LonLat

if TYPE_CHECKING:
    from typing import Any

    from rangemap.geodesy import Area

FOLDER = Path(__file__).parents[1] / "data" / "geodesy"
STORIES = sorted(path.stem for path in FOLDER.glob("*.json"))


def asked(name: str) -> tuple[dict[str, Any], Area]:
    question = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    if "center" in question:
        (area,) = rings(LonLat(*question["center"]), [question["range_km"]])
    else:
        find = core_reaches if question.get("core") else reaches
        (area,) = find(shape(question["region"]), [question["range_km"]])
    return question, area


@pytest.mark.parametrize("name", STORIES)
def test_answer_is_the_golden_one(name: str) -> None:
    _, area = asked(name)
    path = FOLDER / f"{name}.geojson"
    if os.environ.get("RANGEMAP_GOLDEN") == "write":
        geometry = mapping(shapely.set_precision(area.fill, 1e-7, mode="pointwise"))
        path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}) + "\n", "utf-8")
    golden = shape(json.loads(path.read_text(encoding="utf-8"))["geometry"])
    assert len(shapely.get_parts(golden)) == len(shapely.get_parts(area.fill))
    assert shapely.hausdorff_distance(golden, area.fill) < 1e-5
    assert area_km2(area.fill) == pytest.approx(area_km2(golden), rel=1e-6)


@pytest.mark.parametrize("name", STORIES)
def test_story_ends_well(name: str) -> None:
    question, area = asked(name)
    for point in question["inside"]:
        assert area.fill.covers(shapely.Point(point)), point
    for point in question["outside"]:
        assert not area.fill.covers(shapely.Point(point)), point
    low, high = question["area_million_km2"]
    assert low <= area_km2(area.fill) / 1e6 <= high
    assert len(shapely.get_parts(area.fill)) == question["parts"]
    assert len(area.outline.geoms) == question["lines"]


def test_every_story_has_its_answer() -> None:
    assert len(STORIES) >= 14
    assert sorted(path.stem for path in FOLDER.glob("*.geojson")) == STORIES
