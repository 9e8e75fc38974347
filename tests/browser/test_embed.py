"""Two maps in a stranger's page, beside the stranger's own Leaflet: they fit, and nothing leaks either way."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from rangemap.embed import make_kit, read_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rangemap.layers import LayerSet
    from tests.browser.conftest import Opened

pytestmark = pytest.mark.browser
# The host is ready at once: `visit` waits for that mark.
HOST = """<!DOCTYPE html><html lang="en" data-ready="true"><head><meta charset="utf-8"><title>Host</title>
<style>p, .page, h1 {{ color: rgb(1, 2, 3) }}</style><script>{leaflet}</script></head><body>
<h1>An article</h1><div id="map" style="height:200px"></div>
<script>const own = L.map("map").setView([0, 0], 2);
const names = () => Object.keys(window).filter((name) => isNaN(name)).length;
const before = names();</script>
{frame}
{fragment}
<script>const after = names();</script></body></html>"""


@pytest.fixture
def host(qiam: LayerSet, qiam_html: str, tmp_path: Path, visit: Callable[..., Opened]) -> Opened:
    page = tmp_path / "qiam-1.html"
    page.write_text(qiam_html, encoding="utf-8")
    kit = make_kit(read_page(page), qiam, name="qiam-1.html")
    (tmp_path / "rangemap-host.js").write_text(str(kit["rangemap-host.js"]), encoding="utf-8")
    leaflet = (files("xstatic.pkg.leaflet") / "data" / "leaflet.js").read_text(encoding="utf-8")
    html = HOST.format(leaflet=leaflet, frame=kit["iframe.html"], fragment=kit["fragment.html"])
    return visit(html, height=3000)


def test_two_maps_beside_the_hosts_own(host: Opened) -> None:
    frames = host.page.frames[1:]
    assert len(frames) == 2
    for frame in frames:
        frame.wait_for_selector("html[data-ready=true]", state="attached")
        assert frame.locator("path.rm-ring").count() > 0
        assert frame.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    assert host.page.evaluate("after - before") == 0
    assert host.page.evaluate("own.getZoom()") == 2
    assert [line for line in host.console if line.startswith("error")] == []
    host.shot("embedded", full=True)


def test_a_frame_is_as_high_as_its_page(host: Opened) -> None:
    for frame in host.page.frames[1:]:
        frame.wait_for_selector("html[data-ready=true]", state="attached")
    host.page.wait_for_function(
        "[...document.querySelectorAll('iframe')].every((each) => each.style.height && each.offsetHeight > 900)"
    )
    for frame in host.page.frames[1:]:
        assert frame.evaluate("document.documentElement.scrollHeight - window.innerHeight") <= 1
