"""The map without a script: everything lies in its frame, also across ±180° and over the pole."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from shapely import MultiLineString, Polygon, box

from rangemap.language import language
from rangemap.webmap.still import HEIGHT, WIDTH, still

if TYPE_CHECKING:
    from rangemap.layers import LayerSet


def walk(data: str) -> list[tuple[int, int]]:
    """Follow relative path data to its positions."""
    found = []
    for piece in filter(None, data.replace("Z", "").split("M")):
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        x, y = 0, 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def turned(layerset: LayerSet, lon: float) -> LayerSet:
    """Move the launch region and its rings to another meridian, cut where they cross ±180°."""
    view = layerset.views[0]
    outlines = {
        name: MultiLineString([[((x - 51 + lon + 180) % 360 - 180, y) for x, y in part.coords] for part in curve.geoms])
        for name, curve in view.outlines.items()
    }
    region = box(lon - 1, 30, min(lon + 1, 180), 32)
    return replace(layerset, views=(replace(view, region=region, outlines=outlines, areas={}),))


@pytest.mark.parametrize("lon", [51.0, 178.0, -179.0])
def test_rings_fill_the_frame(layerset: LayerSet, lon: float) -> None:
    drawing = still(turned(layerset, lon), language("en"))
    (ring,) = [path for path in drawing.paths if "ln-majority" in path.classes or "ln-any" in path.classes][-1:]
    positions = walk(ring.path)
    ys = [y for _, y in positions]
    assert min(ys) >= 0
    assert max(ys) <= HEIGHT
    assert max(ys) - min(ys) > 0.85 * HEIGHT, "the outermost ring is as large as the frame allows"
    assert all(-30 <= x <= WIDTH + 30 for x, _ in positions)


def test_words_stand_apart_and_inside(layerset: LayerSet) -> None:
    labels = still(layerset, language("en")).labels
    assert labels[0].words == "Iran"
    assert {"750 km", "1,500 km"} <= {label.words for label in labels}
    assert all(0 < label.x < WIDTH and 0 < label.y < HEIGHT for label in labels)


def test_land_is_closed_and_drawn_first(layerset: LayerSet) -> None:
    land = still(layerset, language("en")).paths[0]
    assert land.classes == "still-land"
    rings = [walk(f"M{piece}") for piece in land.path.split("M") if piece]
    assert sum(Polygon(ring).area for ring in rings if len(ring) > 2) > 0.3 * WIDTH * HEIGHT
