"""What a reader takes from a page is the same in every browser's language and time zone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def downloads(browser: Browser, page_path: Path, **where: str) -> dict[str, bytes]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **where)
    page = context.new_page()
    page.goto(page_path.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=30_000)
    found = {}
    for button in ("get-geojson", "get-csv"):
        with page.expect_download(timeout=30_000) as download:
            page.click(f"#{button}")
        found[button] = Path(download.value.path()).read_bytes()
    context.close()
    return found


def test_geojson_and_csv_do_not_depend_on_where_the_reader_is(browser: Browser, qiam_html: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(qiam_html, encoding="utf-8")
    here = downloads(browser, path, locale="en-GB", timezone_id="UTC")
    there = downloads(browser, path, locale="ar-EG", timezone_id="Pacific/Kiritimati")
    assert here == there
    assert b'"FeatureCollection"' in here["get-geojson"]
