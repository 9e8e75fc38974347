"""The page in four other languages: no English left but what is marked, right to left, legible on phones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rangemap import layers, webmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LIMIT_BYTES = 600_000
CODES = ("fr", "de", "ar", "fa")
DIRECTIONS = {"fr": "ltr", "de": "ltr", "ar": "rtl", "fa": "rtl"}

ENGLISH = re.compile(
    r"\b(the|of|and|claims?|claimants?|reach(es)?|within|beyond|show|hidden|country|countries|said|from|none|count|to"
    r"|nearest|picture|launch|area|more|undated|close|find|marks|lines|fills)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"Qiam-1|Blue Marble|NASA EOSDIS GIBS|gibs.earthdata.nasa.gov|CSV|GeoJSON|SVG|GeoNames|CC BY|Natural Earth|Leaflet"
    r"|rangemap [0-9][\w.]*|rangemap|WGS|[0-9a-f]{12}"
)
TEXTS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.nodeType === 3 ? node.parentElement : node;
        if (element.closest("script, style, noscript, [lang=en]")) continue;
        if (node.nodeType === 3) found.push(node.data);
        else for (const name of ["aria-label", "placeholder", "title"]) found.push(element.getAttribute(name) || "");
    }
    return found.map((text) => text.trim()).filter(Boolean);
}"""


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    return {code: webmap.render(layers.build(["qiam-1"], regions=["iran"], lang=code)) for code in CODES}


def use(page: Page) -> list[str]:
    """Go through what a reader can do, and return every text seen on the way."""
    seen = page.evaluate(TEXTS)
    page.locator("[data-country=ISR] .to-card").click()
    seen += page.evaluate(TEXTS)
    page.keyboard.press("Escape")
    page.locator("[data-line='qiam-1-1700'] .check input").uncheck()
    page.select_option("#unit", "nmi")
    page.fill("#year", "2017")
    seen += page.evaluate(TEXTS)
    page.fill("#search", "gre")
    seen += page.evaluate(TEXTS)
    page.fill("#search", "xyz")
    page.check("#naive")
    page.click("#copy-link")
    seen += page.evaluate(TEXTS)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    return seen + page.evaluate(TEXTS)


@pytest.mark.parametrize("code", CODES)
def test_no_english_is_left_but_what_is_marked(visit: Callable, pages: dict[str, str], code: str) -> None:
    opened = visit(pages[code])
    assert opened.page.get_attribute("html", "lang") == code
    assert opened.page.get_attribute("html", "dir") == DIRECTIONS[code]
    texts = use(opened.page)
    assert [text for text in texts if ENGLISH.search(text)] == []
    if DIRECTIONS[code] == "rtl":
        latin = [text for text in texts if re.search("[A-Za-z]{3}", NAMES.sub("", text))]
        assert latin == []
    assert opened.console == []
    assert opened.requests == [opened.path.as_uri()]
    assert len(pages[code].encode()) < LIMIT_BYTES


@pytest.mark.parametrize("code", CODES)
def test_nothing_scrolls_sideways_or_is_cut(visit: Callable, pages: dict[str, str], code: str) -> None:
    opened = visit(pages[code], width=390, height=844)
    opened.shot(f"qiam-1-{code}-390", full=True)
    for width in (390, 320):
        opened.page.set_viewport_size({"width": width, "height": 844})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        cut = opened.page.eval_on_selector_all(
            ".km, .says, .more, .to-card, .legend li, h1, th, button, label",
            "all => all.filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1)"
            ".filter((e) => !e.closest('.unseen, svg')).map((e) => e.textContent)",
        )
        assert [text for text in cut if text] == []


def test_arabic_mirrors_the_page_but_not_the_map(visit: Callable, pages: dict[str, str]) -> None:
    opened = visit(pages["ar"])
    opened.shot("qiam-1-ar")
    page = opened.page
    box = {
        name: page.locator(name).first.bounding_box()
        for name in (".panel", ".frame", ".inset", ".leaflet-control-zoom")
    }
    assert box[".panel"]["x"] < box[".frame"]["x"], "the panel stands on the left"
    assert box[".inset"]["x"] > box[".leaflet-control-zoom"]["x"], "the globe at the start of the line, zoom at its end"
    west, east = page.evaluate("[44, 60].map((lon) => rangemap.scene.map.latLngToContainerPoint([32, lon]).x)")
    assert west < east
    years = page.eval_on_selector_all(".year-text", "all => all.map((e) => e.getBoundingClientRect().x)")
    assert years == sorted(years), "time runs as the map does"
    assert page.inner_text("#row-qiam-1-1700 .km") == "1,700\u00a0كم"
    hedge = page.locator(".hedge").first
    assert (hedge.get_attribute("lang"), hedge.get_attribute("dir")) == ("en", "ltr")


@pytest.mark.parametrize("form", [{}, {"width": 390, "height": 844}])
def test_axe_finds_nothing_in_arabic(visit: Callable, pages: dict[str, str], axe: Callable, form: dict) -> None:
    page = visit(pages["ar"], **form).page
    page.locator("[data-country=ISR] .to-card").click()
    assert axe(page) == []


def test_numbers_and_plurals_of_the_script_follow_the_language(visit: Callable, pages: dict[str, str]) -> None:
    page = visit(pages["fa"]).page
    assert page.inner_text("#row-qiam-1-1500 .km") == "۱٬۵۰۰\u00a0کیلومتر"
    assert page.inner_text("#row-qiam-1-1500 .more-n") == "۲ از ۶"
    assert page.inner_text("#year-said") == "۲۰۲۶"
    page = visit(pages["ar"]).page
    page.fill("#year", "2017")
    assert "3 جهات" in page.inner_text("#live"), "three to ten take the plural"
    page.fill("#year", "2010")
    assert "جهة واحدة" in page.inner_text("#live")


def test_countries_are_found_by_either_name(visit: Callable, pages: dict[str, str]) -> None:
    page = visit(pages["ar"]).page
    for words in ("gree", "يونان", "اليونان"):
        page.fill("#search", words)
        assert page.locator("#found .found-name").first.inner_text() == "اليونان", words
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "اليونان"
    french = visit(pages["fr"]).page
    french.fill("#search", "etats")
    assert french.locator("#found .found-name").first.inner_text() == "États-Unis"


def test_an_english_map_can_be_put_on_a_french_page(visit: Callable, pages: dict[str, str]) -> None:
    page = visit(webmap.render(layers.build(["qiam-1"], regions=["iran"]), lang="fr")).page
    heading = page.locator("h1 bdi")
    assert (heading.inner_text(), heading.get_attribute("lang")) == ("How far is the Qiam-1 said to reach?", "en")
    assert page.inner_text("#who") == "Qui dit quoi"
    assert "Quelle portée attribue-t-on au Qiam-1" in visit(pages["fr"]).page.title()
