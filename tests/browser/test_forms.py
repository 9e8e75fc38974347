"""The page in other forms: phone, 320 pixels, dark, paper, no script, a screen reader's checker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rangemap import layers, webmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.layers import LayerSet

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1000), (390, 844), (320, 640)])
def test_nothing_scrolls_sideways(visit: Callable, qiam_html: str, width: int, height: int) -> None:
    opened = visit(qiam_html, width=width, height=height)
    opened.shot(f"qiam-1-{width}")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.console == []


@pytest.fixture(scope="session")
def five_html() -> str:
    return webmap.render(layers.build(["shahab-3", "sejjil", "ghadr", "khorramshahr", "qiam-1"]))


def test_nothing_scrolls_sideways_with_many_systems_or_long_words(visit: Callable, five_html: str) -> None:
    german = webmap.render(layers.build(["shahab-3"], lang="de"))
    for name, html in (("five", five_html), ("de", german)):
        page = visit(html, width=320, height=640).page
        for width in (320, 360, 390, 700, 820, 1000, 1200):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(60)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_the_legend_of_several_systems_shows_each_drawing_once(visit: Callable, five_html: str) -> None:
    page = visit(five_html).page
    assert page.locator("#legend ul").first.locator("li").count() == 5
    assert 1 <= page.locator("#legend .swatch .hatch-line").count() <= 4
    assert page.locator("#legend .swatch:not(.s0)").count() == 0


def test_two_halves_of_a_table_share_their_columns_on_a_phone(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html, width=390, height=844).page
    edges = page.locator(".halves tbody tr:first-child").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().right)))"
    )
    assert len(edges) == 2
    assert edges[0] == edges[1]


def test_first_screen_shows_map_and_legend(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    frame, legend = page.locator(".frame").bounding_box(), page.locator("#legend").bounding_box()
    assert legend["y"] + legend["height"] <= 800
    assert frame["height"] >= 500
    ring = page.locator(".rm-ring[data-line='qiam-1-1700']").bounding_box()
    assert ring["y"] >= frame["y"] + 10
    assert ring["x"] + ring["width"] <= frame["x"] + frame["width"] - 10


@pytest.mark.parametrize("name", ["shahab-3", "iran-icbm-claimed"])
def test_first_screen_shows_the_legend_under_a_longer_head_or_a_longer_legend(visit: Callable, name: str) -> None:
    page = visit(webmap.render(layers.build([name], gap="contiguous-us" if "icbm" in name else None))).page
    frame, legend = page.locator(".frame").bounding_box(), page.locator("#legend").bounding_box()
    assert legend["y"] + legend["height"] <= 800
    assert frame["height"] >= 480


def test_phone_has_big_targets_and_a_sheet(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html, width=390, height=844)
    page = opened.page
    for selector in ("#search", ".row summary", ".row .check"):
        assert page.locator(selector).first.bounding_box()["height"] >= 44, selector
    page.get_by_role("button", name="Israel", exact=True).click()
    card = page.locator("#card").bounding_box()
    assert card["width"] == 390
    assert card["y"] + card["height"] == pytest.approx(844, abs=1)
    assert card["height"] <= 0.45 * 844 + 1
    texts = page.locator(".label-ring .word").all_text_contents()
    assert texts
    assert all("·" not in text for text in texts)


def test_on_a_phone_the_map_comes_back_with_the_city_that_was_looked_for(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html, width=390, height=844).page
    search = page.locator("#search")
    page.evaluate("window.scrollTo(0, document.querySelector('#search').getBoundingClientRect().top + scrollY - 300)")
    search.fill("tel av")
    page.locator("#found li").first.click()
    page.wait_for_function("document.querySelector('.frame').getBoundingClientRect().top >= 0")
    assert not search.evaluate("node => node === document.activeElement"), "the keyboard would cover the card"
    name, dot = (
        page.locator(".label .word", has_text="Tel Aviv").bounding_box(),
        page.locator(".rm-city").bounding_box(),
    )
    assert abs(name["y"] + name["height"] / 2 - dot["y"] - dot["height"] / 2) < 6
    others = page.locator(".label-ring .word, .label-country:not(.is-chosen) .word").all()
    assert not [other for other in others if meets(other.bounding_box(), dot)]


def meets(a: dict[str, float], b: dict[str, float]) -> bool:
    return (
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )


def test_five_systems_print_on_one_page(visit: Callable, tmp_path: Path) -> None:
    five = ["shahab-3", "qiam-1", "sejjil", "emad", "khorramshahr"]
    page = visit(webmap.render(layers.build(five, regions=["iran"]))).page
    path = tmp_path / "five.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", path.read_bytes())) == 1


def test_paper_says_nothing_of_what_it_leaves_out(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".timeline").is_hidden()
    seen = page.locator(".claimants").filter(visible=True)
    assert seen.all_inner_texts() == ["Six claimants, each counted once"]
    assert page.locator("#legend [fill^='url(']").count() == 0, "patterns are blurred on paper"


def test_dark_scheme_darkens_all_of_it(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html, dark=True)
    opened.shot("qiam-1-dark")
    page = opened.page
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 23, 26)"
    assert page.eval_on_selector(".rm-ring", "p => getComputedStyle(p).stroke") == "rgb(176, 164, 245)"
    land = page.evaluate(
        "[...document.querySelector('.frame canvas').getContext('2d').getImageData(30, 300, 1, 1).data]"
    )
    assert max(land[:3]) < 80


def test_prints_on_one_page_and_comes_back(visit: Callable, qiam_html: str, tmp_path: Path) -> None:
    opened = visit(qiam_html, dark=True)
    page = opened.page
    before = page.evaluate(
        "[rangemap.scene.map.getZoom(), rangemap.scene.map.getSize().x, document.querySelectorAll('.rm-band').length]"
    )
    path = tmp_path / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    data = path.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", data)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 841\.\d+ 594\.\d+\]", data), "A4 across"
    page.wait_for_function("!document.documentElement.classList.contains('is-printing')")
    after = page.evaluate(
        "[rangemap.scene.map.getZoom(), rangemap.scene.map.getSize().x, document.querySelectorAll('.rm-band').length]"
    )
    assert after == before
    assert page.locator(".rm-ruled, .printed-base").count() == 0
    assert opened.console == []


def test_print_shows_sources_in_full_and_real_hatch_lines(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    page = visit(qiam_html).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".rm-ruled").count() == 3
    text = page.inner_text(".panel")
    assert all(source.citation.split(",")[0] in " ".join(text.split()) for source in qiam.sources)
    assert "Contested, nearest first, km" in text
    assert page.evaluate("document.querySelector('.page').getBoundingClientRect().height") <= 718
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".rm-ruled").count() == 0


def test_without_script_the_words_and_a_still_map_are_all_there(
    visit: Callable, qiam_html: str, qiam: LayerSet
) -> None:
    opened = visit(qiam_html, script=False)
    opened.shot("qiam-1-without-script")
    page = opened.page
    still, frame = page.locator(".still").bounding_box(), page.locator(".frame").bounding_box()
    assert still == frame
    assert page.locator(".still .ln:visible").count() == len(qiam.views[0].outlines)
    names = page.locator(".still text").all_text_contents()
    assert {"Iran", "1,700 km", "1,500 km", "Turkey", "Saudi Arabia"} <= set(names)
    assert page.locator(".check:visible").count() == 0, "a box that does nothing must not be there"
    text = page.inner_text("body")
    for line in qiam.systems[0].lines:
        assert line.label in text
    assert "Kyrgyzstan" in text
    assert "stands still without JavaScript" in text
    assert page.locator(".globe [data-ring]").count() >= len(qiam.views[0].outlines)
    assert not page.locator("#region").is_visible()


@pytest.mark.parametrize("form", [{}, {"dark": True}, {"width": 390, "height": 844}])
def test_axe_finds_nothing(visit: Callable, qiam_html: str, axe: Callable, form: dict) -> None:
    page = visit(qiam_html, **form).page
    page.get_by_role("button", name="Israel", exact=True).click()
    assert axe(page) == []
