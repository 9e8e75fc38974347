"""Other maps than the first: the whole world, a limit that is no reach, several systems, a user's own marker."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import folium
import pytest
from shapely import MultiLineString

from rangemap import layers, webmap
from rangemap.layers import Gap, GapStretch
from rangemap.types import LonLat

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.layers import LayerSet

pytestmark = pytest.mark.browser


def test_world_view_spans_the_world_once(visit: Callable) -> None:
    opened = visit(webmap.render(layers.build(["iran-icbm-claimed"], regions=["iran"])), width=1440, height=900)
    opened.shot("iran-icbm-claimed")
    page = opened.page
    width, zoom = page.evaluate("[rangemap.scene.map.getSize().x, rangemap.scene.map.getZoom()]")
    assert 256 * 2**zoom == pytest.approx(width, rel=0.01)
    assert page.locator(".panel .globe").bounding_box()["width"] == pytest.approx(202, abs=1)
    ring = page.locator(".rm-ring[data-km='8000']").bounding_box()
    assert ring["width"] >= width, "a ring round the pole runs from side to side"
    assert page.locator(".label-ring").count() >= 3
    assert opened.console == []


def test_a_limit_is_a_line_and_no_reach(visit: Callable) -> None:
    opened = visit(webmap.render(layers.build(["iran-declared-limit"], regions=["iran"])))
    opened.shot("iran-declared-limit")
    page = opened.page
    assert page.locator(".rm-band, .rm-within").count() == 0
    assert page.locator(".rm-ring.ln-limit-0").count() >= 1
    assert page.locator(".rm-over.ln-limit-1").count() == page.locator(".rm-ring.ln-limit-0").count()
    assert "No source here claims a range that can be counted." in page.inner_text(".panel")
    page.get_by_role("combobox", name=re.compile("Find")).fill("iraq")
    page.keyboard.press("Enter")
    assert "No claim is counted" in page.inner_text("#card")
    assert opened.console == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_statements_about_reach_fit_every_width(visit: Callable, width: int) -> None:
    opened = visit(webmap.render(layers.build(["shahab-3"])), width=width)
    page = opened.page
    page.locator("#statements").scroll_into_view_if_needed()
    opened.shot(f"shahab-3-statements-{width}")
    assert page.locator(".verdicts tbody tr").count() == 8
    assert page.locator(".verdicts .badge").count() == 8, "no verdict by colour alone"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert opened.console == []


def test_several_systems_have_their_own_colours(visit: Callable) -> None:
    html = webmap.render(layers.build(["qiam-1", "shahab-3"], regions=["iran"]))
    assert len(html.encode()) < 900_000
    opened = visit(html)
    opened.shot("qiam-1-shahab-3")
    page = opened.page
    colours = page.eval_on_selector_all(".rm-ring.ln-majority-0", "all => all.map(p => getComputedStyle(p).stroke)")
    assert sorted(colours) == ["rgb(17, 119, 51)", "rgb(51, 34, 136)"]
    assert page.locator(".coverage").count() == 2
    page.get_by_label("Show 800 km (Qiam-1)").uncheck()
    assert opened.texts("[data-system=qiam-1] .more-n")[1] == "hidden"
    assert "of 19" in opened.texts("[data-system=shahab-3] .more-n")[0]
    assert opened.console == []


def test_the_shortest_way_is_a_dimension_line(visit: Callable, qiam: LayerSet) -> None:
    parts = [
        GapStretch("within", 0, 750, MultiLineString([[(45.4, 34.0), (40.0, 34.0)]]), "", "within every claim"),
        GapStretch("contested", 750, 885, MultiLineString([[(40.0, 34.0), (35.9, 33.4)]]), "", "contested"),
    ]
    gap = Gap(
        system="qiam-1",
        region_id="iran",
        area_id="ISR",
        area_name="Israel",
        nearest_km=885,
        start=LonLat(45.4, 34.0),
        end=LonLat(35.9, 33.4),
        stretches=tuple(parts),
        sentence="From Iran to Israel: **885 km**.",
    )
    opened = visit(webmap.render(replace(qiam, gap=gap)))
    page = opened.page
    assert page.locator(".rm-gap").count() == 2
    assert page.locator(".labels .gap-line").count() >= 2, "a tick at either end"
    labels = page.locator(".label-gap .word").all_text_contents()
    assert labels[:2] == ["135 km (84 mi) contested", "750 km (466 mi) within every claim"]
    assert "shortest distance" in page.inner_text("#legend")
    assert page.inner_text(".gap-words") == "From Iran to Israel: 885 km."
    page.select_option("#region", "1")
    assert page.locator(".rm-gap").count() == 0
    assert page.locator(".gap-words").is_hidden()
    page.select_option("#region", "0")
    page.get_by_label("Show 800 km").uncheck()
    assert page.locator(".gap-words").is_hidden(), "what it says holds for all claims"
    assert page.locator(".rm-gap-contested").count() == 0
    assert opened.console == []


def test_the_shortest_way_runs_unbroken_across_the_antimeridian(visit: Callable) -> None:
    opened = visit(webmap.render(layers.build(["hwasong-15"], regions=["north-korea"], gap="contiguous-us")))
    page = opened.page
    opened.shot("hwasong-15-gap")
    assert page.evaluate("rangemap.scene.map.getCenter().lng") == pytest.approx(182, abs=3)
    ticks = [tick.bounding_box() for tick in page.locator(".labels .gap-line").all()]
    frame = page.locator(".frame").bounding_box()
    seen = sorted(tick["x"] for tick in ticks if 0 < tick["x"] - frame["x"] < frame["width"])
    assert len(seen) == 2
    assert seen[1] - seen[0] < frame["width"] / 2
    assert page.locator(".label-gap .word").all_text_contents() == [
        "7,528 km (4,678 mi) to the contiguous United States, within every claim"
    ]
    assert opened.console == []


def test_a_users_marker_asks_for_nothing(visit: Callable, qiam: LayerSet) -> None:
    found = webmap.build(qiam)
    folium.Marker([32.0, 53.0], popup="Here, </script> too").add_to(found)
    opened = visit(found.get_root().render())
    icon = opened.page.locator(".leaflet-marker-icon")
    assert icon.evaluate("image => image.naturalWidth") > 0
    assert [url for url in opened.requests if not url.startswith("data:")] == [opened.path.as_uri()]
