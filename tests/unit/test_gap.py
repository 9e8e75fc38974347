"""The way from a region to an area is the shortest there is, and its parts fit together, across ±180° too."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import shapely
from geographiclib.geodesic import Geodesic

from rangemap import areas, layers, places
from rangemap.catalogue.load import load_catalogue
from rangemap.coverage import standing
from rangemap.gap import figure_shares, gap_parts, way

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.gap import GapPart, Way


def _found(region: str, area: str) -> Way:
    return way(places.region(region), areas.area(area))


def _parts(found: Way, system: str) -> tuple[GapPart, ...]:
    data = load_catalogue()
    return gap_parts(found, standing(data.systems[system], data.sources))


def _length_km(part: GapPart) -> float:
    lines = [line.coords for line in part.line.geoms]
    return sum(
        Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"] / 1000 for line in lines for a, b in pairwise(line)
    )


def test_the_way_runs_between_its_nearest_points(
    extremes_oracle_km: Callable[..., tuple[float, float]],
) -> None:
    found = _found("iran", "contiguous-us")
    ends = Geodesic.WGS84.Inverse(found.start[1], found.start[0], found.end[1], found.end[0])
    assert found.nearest_km == pytest.approx(ends["s12"] / 1000, abs=0.01)
    launch = places.region("iran").geometry
    assert shapely.distance(launch, shapely.Point(found.start)) < 1e-6
    assert shapely.distance(found.area.geometry, shapely.Point(found.end)) < 1e-6
    near_km, far_km = extremes_oracle_km(launch, found.area.geometry)
    assert found.nearest_km == pytest.approx(near_km, abs=0.05)
    assert found.covering_km == pytest.approx(far_km, abs=0.3)
    assert found.nearest_km < found.covering_km < found.farthest_km


def test_first_point_and_all_of_the_contiguous_us_beside_what_was_claimed() -> None:
    found = _found("iran", "contiguous-us")
    data = load_catalogue()
    claims = [*data.systems["iran-icbm-claimed"].claims, *data.systems["iran-declared-limit"].claims]
    shares = {round(each.km): each for each in figure_shares(found, claims)}
    assert {2_000, 8_000, 10_000, 11_000} <= set(shares)
    assert shares[2_000].short_km == pytest.approx(found.nearest_km - 2_000)
    assert shares[8_000].share == pytest.approx(8_000 / found.nearest_km)
    assert shares[8_000].short_km > 0
    assert shares[10_000].share == 1
    assert found.covering_km > 11_000


@pytest.mark.parametrize(
    ("region", "area", "system", "kinds"),
    [
        ("iran", "contiguous-us", "iran-icbm-claimed", ["within", "contested"]),
        ("iran", "contiguous-us", "iran-arsenal-max", ["within", "contested", "beyond"]),
        ("iran", "contiguous-us", "iran-declared-limit", ["within", "contested", "beyond"]),
        ("north-korea", "contiguous-us", "hwasong-14", ["within"]),
        ("north-korea", "contiguous-us", "musudan", ["within", "contested", "beyond"]),
    ],
)
def test_the_parts_make_up_the_way(region: str, area: str, system: str, kinds: list[str]) -> None:
    found = _found(region, area)
    parts = _parts(found, system)
    assert [part.kind for part in parts] == kinds
    assert parts[0].inner_km == 0
    assert parts[-1].outer_km == pytest.approx(found.nearest_km)
    assert all(a.outer_km == b.inner_km for a, b in pairwise(parts))
    for part in parts:
        assert _length_km(part) == pytest.approx(part.outer_km - part.inner_km, abs=0.5)
        assert "km (" in part.label
        assert part.label.partition(" mi) ")[2] in {"within every claim", "contested", "beyond every claim"}


def test_the_line_is_cut_at_the_antimeridian_and_has_no_edge_across_the_map() -> None:
    found = _found("north-korea", "contiguous-us")
    lines = [line for part in _parts(found, "musudan") for line in part.line.geoms]
    assert any(abs(line.coords[-1][0]) == 180 for line in lines)
    for line in lines:
        assert all(abs(a[0] - b[0]) < 90 for a, b in pairwise(line.coords))


def test_neighbours_have_no_gap() -> None:
    found = _found("iran", "iraq")
    assert found.nearest_km == 0
    assert _parts(found, "shahab-3") == ()


def test_an_area_far_from_home_leaves_out_the_regions_own_country() -> None:
    assert "IRN" not in {part.country for part in _found("iran", "middle-east").area.parts}


def test_a_map_carries_the_gap_when_asked() -> None:
    gap = layers.build(["iran-declared-limit"], gap="contiguous-us").gap
    assert gap is not None
    assert (gap.region_id, gap.area_id, gap.system) == ("iran", "contiguous-us", "iran-declared-limit")
    assert [stretch.kind for stretch in gap.stretches] == ["within", "contested", "beyond"]
    assert "stops **6,093 km short**" in gap.sentence
    assert layers.build(["qiam-1"]).gap is None
