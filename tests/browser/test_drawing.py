"""What is drawn: rings, bands, launch region, land and sea, and words on the map."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from rangemap import layers, webmap
from rangemap.types import LineRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.layers import LayerSet

pytestmark = pytest.mark.browser

SEA, LAND, PAPER = (224, 233, 237), (250, 248, 244), (255, 255, 255)


def test_every_line_and_band_is_there_with_its_claims(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    page = visit(qiam_html).page
    system = qiam.systems[0]
    drawn = page.eval_on_selector_all(
        ".rm-ring", "all => all.map(p => [p.dataset.line, p.dataset.claims, p.dataset.km, p.dataset.system])"
    )
    assert {row[0]: row[1:] for row in drawn} == {
        line.id: [" ".join(line.claims), f"{line.km:g}", system.id]
        for line in system.lines
        if line.id in qiam.views[0].outlines
    }
    bands = page.eval_on_selector_all(".rm-band", "all => all.map(p => [p.dataset.step, p.dataset.claims])")
    assert dict(bands) == {step.id: " ".join(step.claims) for step in system.steps if step.contested}
    assert page.locator(".rm-region").count() == 1
    assert all(
        "url(#hatch-1-" in fill
        for fill in page.eval_on_selector_all(".rm-band", "all => all.map(p => p.getAttribute('fill'))")
    )
    assert page.eval_on_selector_all(".rm-ring", "all => all.every(p => p.getTotalLength() > 500)")


def test_roles_have_their_own_drawing(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    page = visit(qiam_html).page
    looks = page.eval_on_selector_all(
        ".rm-ring",
        """all => all.map((path) => {
          const look = getComputedStyle(path);
          return [path.dataset.line, look.strokeWidth, look.strokeDasharray, look.stroke];
        })""",
    )
    by_line = {row[0]: row[1:] for row in looks}
    role = {line.role: by_line[line.id] for line in qiam.systems[0].lines}
    assert role[LineRole.ALL] == ["1.6px", "none", "rgb(51, 34, 136)"]
    assert role[LineRole.MAJORITY][0] == "3px"
    assert role[LineRole.ANY][:2] == ["1.8px", "7px, 4.5px"]


def test_pixels_of_land_sea_and_tint(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    assert _pixel(opened, 25.0, 13.0) == LAND, "Sudan, beyond every claim"
    assert _pixel(opened, 4.6, 39.2) == SEA, "the western Mediterranean"
    within = _pixel(opened, 43.2, 29.6)
    assert within not in {LAND, SEA, PAPER}, "Saudi Arabia near Iraq, within every claim"
    launch = _pixel(opened, 57.5, 32.2)
    assert sum(launch) < sum(within) - 100, "the launch area is the darkest shape"


def _pixel(opened: object, lon: float, lat: float) -> tuple[int, ...]:
    page = opened.page  # type: ignore[attr-defined]
    point = page.evaluate(
        "([lon, lat]) => { const p = rangemap.scene.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }",
        [lon, lat],
    )
    frame = page.locator(".folium-map").bounding_box()
    image = page.screenshot(
        clip={"x": frame["x"] + round(point[0]), "y": frame["y"] + round(point[1]), "width": 1, "height": 1}
    )
    return _first_pixel(image)


def _first_pixel(png: bytes) -> tuple[int, ...]:
    """Read the colour of a one-pixel PNG without an imaging library: after inflating, a filter byte, then R, G, B."""
    stream, data = io.BytesIO(png[8:]), b""
    while chunk := stream.read(8):
        length, kind = struct.unpack(">I4s", chunk)
        body = stream.read(length + 4)[:-4]
        data += body if kind == b"IDAT" else b""
    return tuple(zlib.decompress(data)[1:4])


def test_labels_stand_on_the_map_and_apart(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    opened = visit(qiam_html)
    labels = opened.page.eval_on_selector_all(
        ".label",
        """all => all.map((label) => {
          const word = label.querySelector(".word");
          const box = word.getBBox();
          return [word.textContent, box.x, box.y, box.x + box.width, box.y + box.height];
        })""",
    )
    texts = [row[0] for row in labels]
    for line in qiam.systems[0].lines:
        assert f"{line.label} · {line.remark}" in texts
    assert {"Turkmenistan", "Saudi Arabia", "Egypt"} & {text.replace("SaudiArabia", "Saudi Arabia") for text in texts}
    boxes = [row[1:] for row in labels]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            apart = a[0] >= b[2] - 1 or b[0] >= a[2] - 1 or a[1] >= b[3] - 2.5 or b[1] >= a[3] - 2.5
            assert apart, (a, b)


def test_a_small_launch_area_is_not_under_its_own_name(visit: Callable) -> None:
    opened = visit(webmap.render(layers.build(["hwasong-15"])))
    inside = opened.page.evaluate(
        """(() => {
          const word = document.querySelector(".label-launch .word").getBoundingClientRect();
          const frame = document.querySelector(".frame").getBoundingClientRect();
          const point = rangemap.scene.map.latLngToContainerPoint([40, 127]);
          const [x, y] = [frame.left + point.x, frame.top + point.y];
          return word.left < x && word.right > x && word.top < y && word.bottom > y;
        })()"""
    )
    assert inside is False


def test_a_small_state_on_a_coast_is_named_on_the_water_beside_it(visit: Callable, qiam_html: str) -> None:
    texts = visit(qiam_html).page.locator(".label-country .word").all_text_contents()
    assert {"Israel", "Lebanon"} <= set(texts)


def test_no_name_stands_off_the_coast_of_another_state(visit: Callable) -> None:
    opened = visit(webmap.render(layers.build(["shahab-3"])), width=390, height=844)
    texts = opened.page.locator(".label-country .word").all_text_contents()
    assert "Jordan" not in texts  # the only water beside it on so small a map is beyond Israel
    assert {"Egypt", "Iraq"} <= set(texts)


def test_a_sea_is_not_named_twice_in_one_corner(visit: Callable) -> None:
    page = visit(webmap.render(layers.build(["hwasong-15"]))).page
    boxes = page.eval_on_selector_all(
        ".label-sea .word", "all => all.map((e) => [e.textContent, e.getBBox().x, e.getBBox().y])"
    )
    assert boxes
    for i, (name, x, y) in enumerate(boxes):
        for other, ox, oy in boxes[:i]:
            assert name != other or abs(x - ox) + abs(y - oy) > 200, name


def test_labels_place_themselves_again_after_zooming(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    before = set(page.locator(".label .word").all_text_contents())
    page.click(".leaflet-control-zoom-in")
    page.wait_for_function(
        "(old) => [...document.querySelectorAll('.label .word')].some((word) => !old.includes(word.textContent))",
        arg=list(before),
    )


def test_globe_shows_the_same_rings(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    page = visit(qiam_html).page
    lines = set(page.eval_on_selector_all(".globe g:not([hidden]) [data-ring]", "all => all.map(p => p.dataset.ring)"))
    assert lines == set(qiam.views[0].outlines)


TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Time for the page to notice its size; polling for a condition would need eval, which the page forbids."""


def test_a_window_folded_away_spoils_nothing(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    page = opened.page
    state = "[rangemap.scene.map.getZoom(), rangemap.scene.map.getSize().x]"
    before = page.evaluate(state)
    page.evaluate("document.querySelector('.frame').style.cssText = 'width: 20px; height: 1px'")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("rangemap.scene.map.getSize().x") < 30
    page.evaluate("document.querySelector('.frame').style.cssText = ''")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate(state) == before
    assert opened.console == []
