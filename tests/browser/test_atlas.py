"""The index of an atlas in a real browser: nothing asked of anyone, searched and filtered, by keyboard, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rangemap.atlas.index import render_index
from rangemap.atlas.model import Card, Thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
HOSTILE = "</script><img src=x onerror=alert(1)>\u202e{{ 7*7 }}"


def card(name: str, country: str, kind: str, agreement: str, **other: object) -> Card:
    paths = (("globe-region s1", "", "M0 0L9 9L0 9Z"), ("globe-ring globe-any s1", "", "M-9 -9L9 9"))
    fields = {
        "system": name.split("<", maxsplit=1)[0].strip().lower().replace(" ", "-") or "hostile",
        "name": name,
        "aliases": ("Ünïcode-9",) if name == "Alpha 1" else (),
        "country": country,
        "country_name": {"IRN": "Iran", "PRK": "North Korea"}[country],
        "kind": kind,
        "kind_label": {"srbm": "short-range ballistic missile", "cruise": "cruise missile"}[kind],
        "agreement": agreement,
        "projected": False,
        "origins": {"contested": 3, "single": 1, "none": 0}[agreement],
        "claims": 3,
        "figures": "" if agreement == "none" else "750 to 1,700 km",
        "newest": "2026",
        "thumbnail": Thumbnail(53.0, 32.0, paths),
    }
    return Card(**{**fields, **other})  # type: ignore[arg-type] # fields of mixed types


@pytest.fixture(scope="module")
def index() -> str:
    cards = [
        card("Alpha 1", "IRN", "srbm", "contested"),
        card("Beta 2", "IRN", "cruise", "single"),
        card("Gamma 3", "PRK", "srbm", "none"),
        card(f"<{HOSTILE}", "PRK", "srbm", "none", system="hostile", kind_label=HOSTILE, aliases=(HOSTILE,)),
    ]
    return render_index(cards, filters="", credits_=HOSTILE, version="1")


def shown(page: object) -> list[str]:
    return [name for name in page.texts(".entry:not([hidden]) h3") if name[:1] != "<"]  # type: ignore[attr-defined] # the fixture's own


def test_search_and_filters_hide_what_was_not_asked_for(visit: Callable, index: str) -> None:
    opened = visit(index)
    page = opened.page
    assert shown(opened) == ["Alpha 1", "Beta 2", "Gamma 3"]
    page.get_by_label("Country", exact=True).select_option("IRN")
    assert shown(opened) == ["Alpha 1", "Beta 2"]
    assert opened.texts(".nation:not([hidden]) h2") == ["Iran"]
    assert opened.texts("#tally") == ["2 of 4 systems"]
    page.get_by_label("Kind").select_option("cruise")
    assert shown(opened) == ["Beta 2"]
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Find a system").fill("unicode")
    assert shown(opened) == ["Alpha 1"]
    page.get_by_label("Find a system").fill("nothing of the kind")
    assert page.get_by_text("No system here fits").is_visible()
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len(opened.requests) == 1
    assert opened.console == []


def test_the_choice_stands_in_the_address(visit: Callable, index: str) -> None:
    opened = visit(index, fragment="#country=PRK&agreement=none")
    assert shown(opened) == ["Gamma 3"]
    opened.page.get_by_label("Agreement").select_option("")
    assert opened.page.url.endswith("#country=PRK")
    opened.page.keyboard.press("Home")
    opened.page.evaluate("location.hash = '#list'")  # as the link that skips to the list does
    assert shown(opened) == ["Gamma 3"]


def test_the_keyboard_gets_everywhere(visit: Callable, index: str) -> None:
    page = visit(index).page
    reached = []
    for _ in range(9):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))
    assert reached[:6] == ["#list", "country", "kind", "agreement", "search", "systems/alpha-1.html"]
    assert "systems/gamma-3.html" in reached


@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_a_phone(visit: Callable, index: str, dark: bool) -> None:  # noqa: FBT001 - a parameter of the test
    page = visit(index, width=320, height=700, dark=dark).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    heights = page.eval_on_selector_all("select, input", "all => all.map(each => each.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_without_a_script_the_whole_list_is_there_and_no_control_that_does_nothing(visit: Callable, index: str) -> None:
    opened = visit(index, script=False)
    assert opened.page.locator(".entry:visible").count() == 4
    assert not opened.page.locator("#finder").is_visible()


def test_nothing_that_data_says_becomes_markup(visit: Callable, index: str) -> None:
    opened = visit(index)
    assert opened.page.locator("img").count() == 0
    assert opened.page.get_by_text("onerror=alert(1)").first.is_visible()
    assert "\u202e" not in index
    assert opened.console == []


@pytest.mark.parametrize("form", [{}, {"dark": True}, {"width": 390, "height": 844}])
def test_axe_finds_nothing(visit: Callable, index: str, axe: Callable, form: dict) -> None:
    assert axe(visit(index, **form).page) == []
