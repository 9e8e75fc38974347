"""Areas drawn all at once are those drawn one by one, and coasts and borders those of their arcs."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, chain
from typing import Any

import numpy as np
import pytest
from shapely import MultiPolygon, Polygon

from rangemap import places
from rangemap.places import topology
from rangemap.places.outline import outlines

SCALES: tuple[places.Scale, ...] = ("110m", "50m")
SMALL = {
    "transform": {"scale": [1.0, 1.0], "translate": [0.0, 0.0]},
    "arcs": [[[0, 0], [4, 0], [0, 4]], [[4, 4], [-4, 0], [0, -4]], [[1, 1], [0, 1], [1, 0], [-1, -1]]],
}


@pytest.mark.parametrize("scale", SCALES)
def test_arcs_are_summed_one_by_one(scale: places.Scale) -> None:
    source = places.topology_of(scale)
    (east, north), (west, south) = source["transform"]["scale"], source["transform"]["translate"]
    for found, arc in zip(topology.arcs(source), source["arcs"], strict=True):
        walked = accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
        assert found.tolist() == [[round(x * east + west, 9), round(y * north + south, 9)] for x, y in walked]


@pytest.mark.parametrize("scale", SCALES)
def test_areas_drawn_at_once_are_those_drawn_one_by_one(scale: places.Scale) -> None:
    source = places.topology_of(scale)
    geometries, lines = source["objects"]["countries"]["geometries"], topology.arcs(source)
    for geometry, found in zip(geometries, topology.shapes(source, geometries), strict=True):
        parts = [Polygon(outer, holes) for outer, *holes in topology.rings(geometry, lines)]
        assert found.wkb == (parts[0] if len(parts) == 1 else MultiPolygon(parts)).wkb, geometry["id"]


def test_holes_and_backward_arcs_are_walked_as_they_are_written() -> None:
    polygon = {"type": "Polygon", "arcs": [[0, 1], [2]]}
    pair = {"type": "MultiPolygon", "arcs": [[[~1, ~0]], [[~2]]]}
    first, second = topology.shapes(SMALL, [polygon, pair])
    square, hole = [(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)], [(1, 1), (1, 2), (2, 2), (1, 1)]
    assert first.wkb == Polygon(square, [hole]).wkb
    assert second.wkb == MultiPolygon([Polygon(square[::-1]), Polygon(hole[::-1])]).wkb


@pytest.mark.parametrize("scale", SCALES)
def test_coasts_bound_one_country_and_borders_two(scale: places.Scale) -> None:
    source = places.topology_of(scale)
    polygons = chain.from_iterable(map(topology.polygons, source["objects"]["countries"]["geometries"]))
    used = Counter(number if number >= 0 else ~number for polygon in polygons for ring in polygon for number in ring)
    lines = dict(enumerate(topology.arcs(source)))
    kept = {place: line for place, line in lines.items() if not is_seam(line)}
    found = outlines(scale)
    assert coordinates(found.edges) == [line.tolist() for line in kept.values()]
    assert coordinates(found.coasts) == [line.tolist() for place, line in kept.items() if used[place] == 1]
    assert coordinates(found.borders) == [line.tolist() for place, line in kept.items() if used[place] == 2]


def is_seam(line: np.ndarray) -> bool:
    return bool(np.all(np.abs(line[:, 0]) == 180) or np.all(line[:, 1] == -90))


def coordinates(lines: Any) -> list[list[list[float]]]:  # noqa: ANN401 - shapely is untyped
    return [[list(position) for position in line.coords] for line in lines.geoms]
