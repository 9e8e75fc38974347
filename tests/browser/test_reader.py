"""What a reader can do: choose claims, years, units and regions; find a country; use the keyboard alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.layers import LayerSet

pytestmark = pytest.mark.browser


def test_checkbox_hides_a_ring_and_its_votes(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    page = opened.page
    assert opened.texts(".more-n") == ["6 of 6", "4 of 6", "2 of 6", "1 of 6"]
    page.get_by_label("Show 1,700 km (Qiam-1)").uncheck()
    assert page.locator(".rm-ring[data-line='qiam-1-1700']").is_hidden()
    assert opened.texts(".more-n") == ["5 of 5", "3 of 5", "1 of 5", "hidden"]
    assert "Belarus" not in page.inner_text(".halves"), "only 1,700 km reaches it"
    assert "1 of 5" in page.inner_text("[data-country=ISR]")
    assert "five claimants, 750 to 1,500 km" in page.inner_text("#live")
    page.get_by_label("Show 1,700 km (Qiam-1)").check()
    assert opened.texts(".more-n") == ["6 of 6", "4 of 6", "2 of 6", "1 of 6"]


def test_year_recounts(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    page = opened.page
    page.get_by_label("Show what had been said by").fill("2017")
    assert page.inner_text("#year-said") == "2017"
    assert opened.texts(".more-n") == ["3 of 3", "2 of 3", "1 of 3", "not yet said"]
    assert page.locator(".tick.is-later").count() == 3
    assert page.locator(".rm-ring[data-line='qiam-1-1700']").is_hidden()
    page.get_by_label("Show what had been said by").fill("2026")
    assert opened.texts(".more-n") == ["6 of 6", "4 of 6", "2 of 6", "1 of 6"]


def test_units(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    opened.page.select_option("#unit", "mi")
    assert opened.texts(".row .km") == ["470 mi", "500 mi", "930 mi", "1,060 mi"]
    assert "550" in opened.page.inner_text("[data-country=ISR]"), "885 km"
    assert opened.texts(".verdicts td") == ["550", "Depends on whose claim"]
    assert opened.texts(".verdicts thead th")[1] == "Takes a range of, mi"
    assert any("500 mi" in text for text in opened.page.locator(".label-ring .word").all_text_contents())


def test_launch_region_switches(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    before = page.get_attribute(".rm-region", "d")
    page.select_option("#region", "1")
    assert page.get_attribute(".rm-region", "d") != before
    assert "a box in the west" in page.inner_text("#live")
    assert page.locator(".globe g[data-view='0']").is_hidden()
    assert page.locator(".globe g[data-view='1']").is_visible()


def test_card_on_hover_and_pinned_on_click(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    box = page.locator(".folium-map").bounding_box()
    x, y = page.evaluate(
        "(() => { const p = rangemap.scene.map.latLngToContainerPoint([31.3, 34.95]); return [p.x, p.y]; })()"
    )
    page.mouse.move(box["x"] + x - 3, box["y"] + y)
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.locator("#card h2").wait_for()
    assert page.inner_text("#card h2") == "Israel"
    assert page.inner_text("#card .status").strip() == "Contested: 2 of 6 reach it"
    words = page.inner_text("#card .distance")
    assert words.startswith("885 to ")
    assert "Two claimants, 1,500 and 1,700 km, reach" in words
    assert words.endswith("the other four stop 85 to 135 km short.")
    page.mouse.click(box["x"] + x, box["y"] + y)
    page.mouse.move(box["x"] + 620, box["y"] + 300)
    assert page.inner_text("#card h2") == "Israel", "a click pins it"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_a_ring_can_be_singled_out(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.evaluate("document.querySelector('#row-qiam-1-1500 details').open = false")
    box = page.locator(".folium-map").bounding_box()
    x, y = page.evaluate(
        """(() => { const path = document.querySelector(".rm-ring[data-line='qiam-1-1500']");
        const corner = rangemap.scene.map.containerPointToLayerPoint([0, 0]);
        for (let at = 0; at < path.getTotalLength(); at += 20) { const p = path.getPointAtLength(at);
          const [x, y] = [p.x - corner.x, p.y - corner.y];
          if (x > 300 && y > 60 && x < 760 && y < 300) return [x, y]; } })()"""
    )
    page.mouse.click(box["x"] + x, box["y"] + y)
    assert page.evaluate("document.querySelector('#row-qiam-1-1500 details').open")
    assert page.locator(".row.is-other").count() == 3
    page.keyboard.press("Escape")
    assert page.locator(".row.is-other").count() == 0


def test_a_click_on_the_sea_opens_the_row_of_the_band(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    box = page.locator(".folium-map").bounding_box()
    at = "([lat, lon]) => { const p = rangemap.scene.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }"
    x, y = page.evaluate(at, [16.2, 65.0])
    page.mouse.click(box["x"] + x, box["y"] + y)
    assert page.evaluate("rangemap.scene.focus") == "qiam-1-1500", "the Arabian Sea, between 800 and 1,500 km"
    x, y = page.evaluate(at, [36.0, 5.0])
    page.mouse.click(box["x"] + x, box["y"] + y)
    assert page.evaluate("rangemap.scene.focus") is None, "the western Mediterranean, beyond every claim"


def test_a_row_singles_its_line_out_for_as_long_as_it_is_open(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    summary = page.locator("#row-qiam-1-1700 > details > summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".row.is-other").count() == 0, "it was open: now it is closed, and no line is singled out"
    page.keyboard.press("Enter")
    assert page.evaluate("rangemap.scene.focus") == "qiam-1-1700"
    assert page.locator(".row.is-other").count() == 3
    page.keyboard.press("Enter")
    assert page.evaluate("rangemap.scene.focus") is None
    assert page.locator(".row.is-other").count() == 0


def test_keyboard_alone_finds_a_country(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip the map"
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("gre")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    names = page.locator("#found .found-name").all_inner_texts()
    assert names[:2] == ["Greece", "Greenland"]
    assert page.locator("#found .found-status").first.inner_text() == "2 of 6 reach it"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "Greece"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_a_city_is_found_and_judged_by_its_distance(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    opened = visit(qiam_html)
    page = opened.page
    page.get_by_role("combobox", name="Find a country or city").fill("tel av")
    assert opened.texts("#found .found-name") == ["Tel Aviv, Israel"]
    assert opened.texts("#found .found-status") == ["2 of 6 reach it"]
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "Tel Aviv, Israel"
    (km,) = {row.nearest_km[0] for row in qiam.cities if row.name == "Tel Aviv"}
    words = page.inner_text("#card .distance")
    assert words.startswith(
        f"{km:,.0f} km from Iran. Two claimants, 1,500 and 1,700 km, reach it; the other four stop "
    )
    assert page.locator("#card .strip").count() == 0, "a point has no extent"
    assert page.locator(".rm-city").count() == 1
    opened.shot("qiam-1-city")
    page.select_option("#region", "1")
    assert page.inner_text("#card h2") == "Tel Aviv, Israel", "the card stays, from the other region"
    page.keyboard.press("Escape")
    assert page.locator(".rm-city").count() == 0
    assert "Cities in the search box: GeoNames, CC BY 4.0." in page.inner_text(".credits")
    assert opened.console == []


def test_every_control_shows_its_focus(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    seen, bare = set(), []
    for _ in range(120):
        page.keyboard.press("Tab")
        name, outline, width = page.evaluate(
            """(() => {
              const e = document.activeElement;
              const look = getComputedStyle(e);
              return [`${e.tagName} ${e.id} ${e.className}`, look.outlineStyle, parseFloat(look.outlineWidth)];
            })()"""
        )
        if name.startswith("BODY"):
            break
        seen.add(name.split()[0])
        if name.startswith("INPUT year"):
            slider = page.locator(".slide").screenshot()
        elif outline == "none" or width < 2:
            bare.append(name)
    assert {"A", "SELECT", "INPUT", "SUMMARY", "BUTTON", "DIV"} <= seen
    assert bare == []
    assert slider != page.locator(".slide").screenshot(), "the slider's thumb shows it, not its box"


def test_table_opens_the_card(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.get_by_role("button", name="Cyprus", exact=True).click()
    assert page.inner_text("#card h2") == "Cyprus"
    assert page.evaluate("document.activeElement.className") == "close"


def test_the_address_brings_the_state_back(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.select_option("#unit", "nmi")
    page.get_by_label("Show 1,700 km (Qiam-1)").uncheck()
    page.get_by_label("Show what had been said by").fill("2018")
    link = page.evaluate("rangemap.scene.link")
    again = visit(qiam_html, fragment=f"#{link}").page
    assert again.input_value("#unit") == "nmi"
    assert again.input_value("#year") == "2018"
    assert not again.get_by_label("Show 1,700 km (Qiam-1)").is_checked()
    assert visit(qiam_html, fragment="#from=%3Cimg%3E&year=99&unit=x&turned=y~__proto__").console == []


def test_downloads_come_out_of_the_file(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    opened = visit(qiam_html)
    texts = {}
    for button in ("csv", "geojson", "svg"):
        with opened.page.expect_download() as download:
            opened.page.click(f"#get-{button}")
        texts[button] = download.value.path().read_bytes().decode()
    assert texts["csv"].count("\r\n") == len(qiam.systems[0].statements)
    assert "FDD's Long War Journal" in texts["csv"]
    features = json.loads(texts["geojson"])["features"]
    assert [f["properties"]["kind"] for f in features].count("outline") == len(qiam.views[0].outlines)
    assert texts["svg"].startswith("<svg")
    assert "1,700 km" in texts["svg"]
    assert opened.console == []
    assert all(url.startswith(("file:", "blob:")) for url in opened.requests)


def test_a_pointer_on_a_button_of_the_map_opens_no_card(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    zoom = page.locator(".leaflet-control-zoom-in").bounding_box()
    card = page.locator("#card")
    page.mouse.move(zoom["x"] - 60, zoom["y"] + 10)
    card.wait_for(state="visible")
    page.mouse.move(zoom["x"] + 10, zoom["y"] + 10)
    card.wait_for(state="hidden")
