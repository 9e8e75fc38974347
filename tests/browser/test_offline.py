"""The page is complete in itself: it asks nothing, says nothing, lets nothing in, and is the same every time."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from rangemap import webmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from rangemap.layers import LayerSet

pytestmark = pytest.mark.browser
LIMIT_BYTES = 600_000
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_asks_for_nothing_and_complains_of_nothing(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    opened.page.mouse.move(400, 400)
    opened.page.keyboard.press("Tab")
    assert opened.requests == [opened.path.as_uri()]
    assert opened.console == []


def test_is_small_and_the_same_every_time(qiam: LayerSet, qiam_html: str) -> None:
    assert len(qiam_html.encode()) < LIMIT_BYTES
    assert webmap.render(qiam) == qiam_html
    page = webmap.build(qiam)
    assert page.get_root().render() == page.get_root().render() == qiam_html, "saving twice must not grow the file"


def test_has_head_and_language(visit: Callable, qiam_html: str, qiam: LayerSet) -> None:
    page = visit(qiam_html).page
    assert page.title() == qiam.title
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("meta[name=description]", "content")
    assert "user-scalable" not in (page.get_attribute("meta[name=viewport]", "content") or "")


def test_policy_is_strict_and_works(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    policy = opened.page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content") or ""
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"\son\w+=|\sstyle=", re.sub(r"<(script|style)[^>]*>.*?</\1>", "", qiam_html, flags=re.DOTALL))
    opened.page.evaluate(
        """() => {
          window.refused = [];
          const note = (event) => window.refused.push(event.effectiveDirective);
          document.addEventListener("securitypolicyviolation", note);
          const script = document.createElement("script");
          script.textContent = "window.smuggled = true";
          document.body.append(script);
          new Image().src = "https://example.org/pixel.png";
        }"""
    )
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("window.smuggled") is None
    assert sorted(opened.page.evaluate("window.refused")) == ["img-src", "script-src-elem"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_hostile_texts_change_nothing(visit: Callable, hostile: LayerSet, qiam_html: str, lang: str) -> None:
    opened = visit(webmap.render(replace(hostile, title=f"{hostile.title} \u2069 \u2068"), lang=lang))
    page = opened.page
    page.locator(".to-card").first.click()
    assert "owned" not in page.title().split("</script>", maxsplit=1)[0]
    assert page.locator("img").count() == 0
    assert page.locator("[href^=javascript], [onerror], [onclick]").count() == 0
    assert "${document.title} {{ 7*7 }}" in page.inner_text("h1")
    assert "\u202e" not in page.content()
    assert "<img src=x" in page.inner_text("#card"), "shown as text"
    assert page.locator("script").count() == qiam_html.count("<script")
    assert opened.console == []
    assert opened.requests == [opened.path.as_uri()]


def test_a_picture_is_asked_for_only_while_it_is_ticked(visit: Callable, qiam_html: str) -> None:
    opened = visit(qiam_html)
    page = opened.page
    box = page.get_by_label("Satellite picture from the network")
    assert not box.is_checked()
    assert page.locator("#tiles-words").is_hidden()
    page.click(".leaflet-control-zoom-in")
    page.wait_for_timeout(200)
    assert opened.requests == [opened.path.as_uri()], "nothing before the reader ticks"
    asked: list[str] = []

    def answer(route: Any) -> None:  # noqa: ANN401 - a route of Playwright, which may be missing
        asked.append(route.request.url)
        assert "referer" not in route.request.headers
        route.fulfill(body=PIXEL, content_type="image/png")

    page.context.route("https://gibs.earthdata.nasa.gov/**", answer)
    box.check()
    page.locator(".frame img.leaflet-tile-loaded").first.wait_for(state="attached")
    assert "NASA EOSDIS GIBS" in page.inner_text("#tiles-words")
    assert asked
    assert {urlsplit(url).netloc for url in opened.requests if url.startswith("http")} == {"gibs.earthdata.nasa.gov"}
    box.uncheck()
    assert page.locator(".frame img").count() == 0
    before = len(asked)
    page.click(".leaflet-control-zoom-in")
    page.wait_for_timeout(200)
    assert len(asked) == before
    assert "tiles" not in page.evaluate("rangemap.scene.link"), "a link never turns it on"
    assert [text for text in opened.console if "gibs" not in text] == []
