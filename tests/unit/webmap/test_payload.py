"""What is packed can be unpacked: the same decoding as `topojson.js`, written again in Python."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, get_coordinates

from rangemap import places
from rangemap.language import language
from rangemap.webmap import packing, payload

if TYPE_CHECKING:
    from rangemap.layers import LayerSet


def read_digits(text: str) -> bytes:
    places = [packing.DIGITS.index(digit) for digit in text]
    bits = "".join(f"{places[at] + 91 * places[at + 1]:013b}" for at in range(0, len(places) - 1, 2))
    bits += f"{places[-1]:06b}" if len(places) % 2 else ""
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def unpack(text: str) -> bytes:
    return gzip.decompress(read_digits(text))


def read_varints(data: bytes) -> list[int]:
    values, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append((value >> 1) ^ -(value & 1))
            value, shift = 0, 0
    return values


def read_curves(data: bytes, sizes: list[int]) -> list[np.ndarray]:
    steps = np.array(read_varints(data)).reshape(-1, 2)
    return [np.cumsum(part, axis=0) for part in np.split(steps, np.cumsum(sizes)[:-1])]


@given(st.lists(st.integers(-(2**31) + 1, 2**31 - 1)))
def test_varints_read_back(values: list[int]) -> None:
    assert read_varints(packing.varints(np.array(values, dtype=np.int64))) == values


@given(st.binary(max_size=200))
def test_bytes_read_back_to_the_last_and_could_never_be_markup(data: bytes) -> None:
    text = packing.base91(data)
    assert not set(text) & set("<&\\ \n")
    assert read_digits(text) == data


def test_curves_shared_by_bands_and_rings_are_stored_once(layerset: LayerSet) -> None:
    plan, curves = payload.geometry(layerset)
    read: dict[str, Any] = json.loads(unpack(plan))
    view = read["views"][0]
    assert len(read["sizes"]) == 3, "region, inner ring, outer ring"
    assert view["areas"]["test-750-1500"] == [[*view["outlines"]["test-1500"], *view["outlines"]["test-750"]]]
    assert view["areas"]["test-0-750"] == [view["outlines"]["test-750"]]
    decoded = read_curves(unpack(curves), read["sizes"])
    ring = decoded[view["region"][0][0]] / payload.PER_DEGREE
    assert Polygon(ring).equals(layerset.views[0].region)


def test_open_curves_keep_their_ends(layerset: LayerSet) -> None:
    pool = payload.Pool()
    curve = np.array([[179.0, 10.0], [180.0, 11.0]])
    back = np.array([[-180.0, 11.0], [-179.0, 12.0]])
    assert [pool.curve(curve), pool.curve(back), pool.curve(curve)] == [0, 1, 0]
    assert pool.sizes() == [2, 2]
    assert layerset.views[0].outlines


def test_the_same_bytes_every_time(layerset: LayerSet) -> None:
    assert payload.geometry(layerset) == payload.geometry(layerset)


@pytest.fixture(scope="module")
def topology() -> dict[str, Any]:
    return dict(json.loads(places.basemap_topology("110m")))


def test_base_map_stays_within_half_a_cell(topology: dict[str, Any]) -> None:
    plan, steps = payload.base(topology, payload.packed_arcs(topology, per_degree=200), lang=language("en"))
    read = json.loads(unpack(plan))
    arcs = [arc * read["scale"] + read["translate"] for arc in read_curves(unpack(steps), read["sizes"])]
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    for coarse, fine in zip(arcs, topology["arcs"], strict=True):
        ends = (np.cumsum(fine, axis=0) * scale + translate)[[0, -1]]
        assert np.abs(coarse[[0, -1]] - ends).max() <= 0.5 / 200 + 1e-9
    ids = [country[0] for country in read["countries"]]
    assert {"IRN", "ISR", "USA"} <= set(ids)


def test_the_base_map_that_is_shipped_is_what_the_outlines_give() -> None:
    shipped, made = payload.shipped_arcs(), payload.packed_arcs(places.topology_of("50m"))
    assert (shipped["per_degree"], shipped["sizes"]) == (made["per_degree"], made["sizes"])
    assert unpack(shipped["steps"]) == unpack(made["steps"])  # how well zlib packs depends on its version


def test_region_coordinates_are_on_the_grid(layerset: LayerSet) -> None:
    plan, curves = payload.geometry(layerset)
    read = json.loads(unpack(plan))
    decoded = read_curves(unpack(curves), read["sizes"])
    corners = {tuple(row) for row in (decoded[read["views"][0]["region"][0][0]] / payload.PER_DEGREE).round(6)}
    assert corners == {tuple(row) for row in get_coordinates(layerset.views[0].region)}
