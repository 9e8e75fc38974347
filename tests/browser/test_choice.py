"""Which tiers and which claimants count: the boxes, what changes with them, the address, downloads, the keyboard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rangemap.ballot import Filters
from rangemap.catalogue.load import load_catalogue
from rangemap.contest import contest
from rangemap.types import Tier

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser


def counted(**filters: object) -> object:
    data = load_catalogue()
    return contest(data.system("qiam-1"), data.sources, Filters(**filters))


def test_without_weak_leads_everything_is_counted_anew(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    page = opened.page
    bands = page.locator(".rm-band:visible").count()
    page.get_by_label("weak lead").uncheck()
    expect = counted(tiers=frozenset({Tier.A, Tier.B}))
    origins = len(expect.votes)
    assert 0 < origins < 6
    assert f"counting {origins} of 6 claimants: {expect.all_km:,.0f} to {expect.any_km:,.0f} km" in page.inner_text(
        ".sentence"
    )
    assert opened.texts(".more-n").count("left out") == 4 - len(expect.distances)
    assert page.locator(".rm-ring:visible").count() == len(expect.distances)
    assert page.locator(".rm-band:visible").count() < bands
    assert page.locator(".globe g:not([hidden]) [data-ring]:visible").count() == len(expect.distances)
    assert page.locator("[data-country=ISR]").count() == 0, "only weak leads reach it"
    assert page.locator(".tick.is-later").count() == 6 - origins
    words = page.inner_text("#live")
    assert words.startswith("Weak lead: left out. Qiam-1: ")
    assert any(f"of {origins}" in text for text in page.locator(".label-ring .word").all_text_contents())
    opened.shot("qiam-1-choice")
    page.get_by_role("button", name="count all").click()
    assert opened.texts(".more-n") == ["6 of 6", "4 of 6", "2 of 6", "1 of 6"]
    assert page.locator("#counting").is_hidden()
    assert page.get_by_label("weak lead").is_checked()
    assert opened.console == []


def test_a_claimant_is_left_out_by_the_keyboard(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    page = opened.page
    page.locator(".origins summary").focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    left_out = page.evaluate("document.activeElement.dataset.origin")
    page.keyboard.press("Space")
    everyone = {vote.origin for vote in counted().votes}
    expect = counted(origins=frozenset(everyone - {left_out}))
    assert opened.texts(".more-n")[0].endswith("of 5")
    assert f"{expect.all_km:,.0f} to {expect.any_km:,.0f} km" in page.inner_text("#counting")
    assert "left out. Qiam-1: five claimants" in page.inner_text("#live")
    page.get_by_role("button", name="None", exact=True).click()
    assert "no claim counted" in page.inner_text("#live")
    assert "No claim of range is counted" in page.inner_text(".coverage")
    assert page.locator(".rm-ring:visible").count() == 0
    page.get_by_role("button", name="All", exact=True).click()
    assert opened.texts(".more-n") == ["6 of 6", "4 of 6", "2 of 6", "1 of 6"]


def test_the_choice_travels_in_the_address(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.get_by_label("weak lead").uncheck()
    page.locator(".origins summary").click()
    page.locator("[data-origin]").first.uncheck()
    counts = page.locator(".more-n").all_inner_texts()
    link = page.evaluate("rangemap.scene.link")
    assert "tiers=A%7EB" in link
    again = visit(qiam_html, fragment=f"#{link}").page
    assert again.locator(".more-n").all_inner_texts() == counts
    assert not again.get_by_label("weak lead").is_checked()
    assert not again.locator("[data-origin]").first.is_checked()
    again.evaluate("location.hash = 'tiers=C'")
    again.wait_for_function("!document.querySelector('[data-tier=A]').checked")
    assert again.locator("[data-origin]").first.is_checked(), "a new link starts from everything"
    odd = visit(qiam_html, fragment="#tiers=Z~__proto__&origins=-%3Cimg%3E").page
    assert "no claim counted" not in odd.inner_text("#live")


def test_downloads_hold_what_was_chosen(visit: Callable, qiam_html: str) -> None:
    page = visit(qiam_html).page
    page.get_by_label("weak lead").uncheck()
    texts = {}
    for button in ("csv", "geojson"):
        with page.expect_download() as download:
            page.click(f"#get-{button}")
        texts[button] = download.value.path().read_bytes().decode()
    expect = counted(tiers=frozenset({Tier.A, Tier.B}))
    assert len(texts["csv"].split("\r\n")) == 1 + sum(item.counted for item in expect.judged)
    found = json.loads(texts["geojson"])
    assert found["counted"] == "tiers=A%7EB"
    outlines = [f["properties"]["range_km"] for f in found["features"] if f["properties"]["kind"] == "outline"]
    assert sorted(outlines) == [line.km for line in expect.distances]
