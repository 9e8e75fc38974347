"""A notebook made into a page by nbconvert, in a real browser: the map moves; without its frame the picture shows."""

from __future__ import annotations

import json
import re
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.conftest import Opened

image = pytest.importorskip("matplotlib.image")
pytestmark = pytest.mark.browser
READY = '<html data-ready="true"'
FRAME = re.compile(r"<iframe .*?</iframe>", re.DOTALL)


@pytest.fixture(scope="module")
def exported(run_notebook: Callable[[str], Any]) -> str:
    """The notebook as `jupyter nbconvert --to html` writes it; `visit` waits for the mark of a page that is ready."""
    nbconvert = pytest.importorskip("nbconvert")
    html, _ = nbconvert.HTMLExporter().from_notebook_node(run_notebook("first_map.ipynb"))
    return str(html).replace("<html", READY, 1)


def test_nbconvert_shows_the_map(exported: str, visit: Callable[..., Opened]) -> None:
    opened = visit(exported, width=1100)
    opened.page.locator("iframe").scroll_into_view_if_needed()
    (frame,) = opened.page.frames[1:]
    frame.wait_for_selector("html[data-ready=true]", state="attached")
    assert frame.locator("path.rm-ring").count() > 0
    assert frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box, beneath = (opened.page.locator(tag).bounding_box() for tag in ("iframe", ".rangemap img"))
    assert beneath["height"] > 0
    assert beneath["y"] + beneath["height"] <= box["y"] + box["height"], "the picture lies under the frame"
    frame.get_by_role("button", name="Zoom in").click()
    frame.wait_for_function("rangemap.scene.map.getZoom() > 3")
    assert [line for line in opened.console if "Error:" in line] == []
    opened.shot("notebook")


def test_a_notebook_that_is_not_trusted_shows_the_picture(exported: str, visit: Callable[..., Opened]) -> None:
    opened = visit(FRAME.sub("", exported), width=1100)
    picture = opened.page.locator(".rangemap img")
    assert picture.evaluate("each => each.naturalWidth") == 1200
    assert picture.bounding_box()["width"] > 700
    opened.shot("notebook-untrusted")


def test_a_reader_without_script_sees_the_drawing_in_the_frame(
    exported: str, browser: Browser, chromium: str, tmp_path: Path
) -> None:
    """Scripts are switched off as a reader would, by a setting: Playwright's switch does not reach `srcdoc` in time."""
    profile, page = tmp_path / "profile", tmp_path / "notebook.html"
    (profile / "Default").mkdir(parents=True)
    settings = {"profile": {"default_content_setting_values": {"javascript": 2}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(settings), encoding="utf-8")
    page.write_text(exported, encoding="utf-8")
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    )
    try:
        opened = context.new_page()
        opened.route(re.compile("^https?:"), lambda route: route.abort())
        opened.goto(page.as_uri())
        deadline = time.monotonic() + 20
        while (part := launch_area(opened.screenshot())) < 0.005 and time.monotonic() < deadline:  # no script can wait
            opened.wait_for_timeout(200)
        assert part > 0.005
    finally:
        context.close()


def launch_area(png: bytes) -> float:
    """Return the part of a picture that has the colour of a launch area on land."""
    rgb = image.imread(BytesIO(png))[..., :3] * 255
    return float((np.abs(rgb - (167, 157, 199)).max(axis=-1) < 6).mean())
