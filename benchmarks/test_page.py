"""What a page costs to make from a cold start, to open, and to drag.

Peers stand side by side in one run (`extra_info`): the smallest folium script, in seconds of processor time; and bare
Leaflet, in milliseconds until `data-ready`. That comes in two kinds: `plain`, which draws the same countries as
Leaflet draws GeoJSON, and `stripped`, our page without all but the base map, packed as ours and drawn by our code.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rangemap import layers, webmap
from rangemap.language import language
from rangemap.webmap import inline, packing, tokens
from rangemap.webmap.document import _base

ROOT = Path(__file__).parents[1]
FOLIUM = """
import geopandas
import folium
m = folium.Map([32, 53], zoom_start=4)
for km in (1000, 1100, 1300, 1500, 1600, 1700, 1930, 2000):
    folium.Circle([32, 53], radius=km * 1000, fill=False).add_to(m)
m.save({path!r})
"""
PLAIN = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>{leaflet_css}
#map{{height:540px}}</style></head><body><div id="map"></div><script>{leaflet}</script><script>
const map = L.map("map", {{ center: [32, 53], zoom: 4 }});
L.geoJSON({land}, {{ weight: 1 }}).addTo(map);
document.documentElement.setAttribute("data-ready", "true");</script></body></html>"""
STRIPPED = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>{leaflet_css}{tokens}
#map{{height:540px}}</style></head><body><div id="map"></div>
<script type="application/octet-stream" id="base">{base}</script>
<script type="application/octet-stream" id="arcs">{arcs}</script>
<script>{leaflet}</script><script>(async () => {{ {own}
const map = L.map("map", {{ center: [32, 53], zoom: 4, zoomAnimation: false }});
map.createPane("base");
const [base, arcs] = await Promise.all(["base", "arcs"].map(unpack));
scene.base = decodeBase(await base.json(), new Uint8Array(await arcs.arrayBuffer()));
map.addLayer(new BaseMap());
const degrees = (xy) => Array.from({{ length: xy.length / 2 }}, (_, i) => [lonOf(xy[2 * i]), latOf(xy[2 * i + 1])]);
const rounded = (xy) => degrees(xy).map((position) => position.map((v) => Number(v.toFixed(3))));
window.base = () => scene.base.countries.map(({{ name, polygons }}) => ({{
  type: "Feature", properties: {{ name }},
  geometry: {{ type: "MultiPolygon", coordinates: polygons.map(({{ rings }}) => rings.map(rounded)) }},
}}));
document.documentElement.setAttribute("data-ready", "true"); }})();</script></body></html>"""
WATCH = """new MutationObserver(() => {
  if (document.documentElement.dataset.ready) window.readyAt = window.readyAt || performance.now();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });"""
FRAMES = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const next = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
MANY = ["shahab-3", "iran-arsenal-max", "fateh-110", "noor", "zolfaghar"]
ROUNDS = 7
OPENED = 25  # opening is short and uneven


def spent(command: list[str], kept: Path) -> float:
    """Run a command and return the processor time that it took, in seconds.

    Parameters
    ----------
    kept
        Where Python keeps compiled modules, both sides' alike, as an installer would have left them; and we our cache.
    """
    caches = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(kept), "RANGEMAP_CACHE": str(kept / "cache")}
    environment = {**os.environ, **caches}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_page_from_a_cold_start(benchmark: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture without a type
    ours = [sys.executable, "-m", "rangemap", "render", "shahab-3", "-o", str(tmp_path / "ours.html")]
    folium = [sys.executable, "-c", FOLIUM.format(path=str(tmp_path / "folium.html"))]
    kept = tmp_path / "kept"
    first = [spent(command, kept) for command in (ours, folium)]
    pairs = [(spent(ours, kept), spent(folium, kept)) for _ in range(ROUNDS)]
    (render_s, *_), (folium_s, *_) = map(sorted, zip(*pairs, strict=True))
    medians = [statistics.median(times) for times in zip(*pairs, strict=True)]
    benchmark.extra_info.update(render_s=render_s, folium_s=folium_s, ratio=render_s / folium_s)
    benchmark.extra_info.update(medians_s=medians, ratio_of_medians=medians[0] / medians[1], first_s=first)
    benchmark.pedantic(spent, args=(ours, kept), rounds=1)
    assert (tmp_path / "ours.html").stat().st_size < 600_000


def test_until_a_page_is_ready(benchmark: Any, tmp_path: Path) -> None:  # noqa: ANN401 - the same
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        pages = {"ours": webmap.render(layers.build(["shahab-3"])), "stripped": stripped()}
        pages["plain"] = plain(browser, pages["stripped"])
        for name, html in pages.items():
            (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(OPENED):
            for name in pages:
                times[name].append(ready_ms(browser, tmp_path / f"{name}.html"))
        least = {name: min(found) for name, found in times.items()}
        medians = {f"{name}_median_ms": statistics.median(found) for name, found in times.items()}
        benchmark.extra_info.update(least, **medians)
        for name in ("plain", "stripped"):
            of_medians = medians["ours_median_ms"] / medians[f"{name}_median_ms"]
            benchmark.extra_info[f"ratios_to_{name}"] = least["ours"] / least[name], of_medians
        benchmark.pedantic(ready_ms, args=(browser, tmp_path / "ours.html"), rounds=1)
        browser.close()
    assert all(least.values())


def test_panning_with_thirty_rings(benchmark: Any, tmp_path: Path) -> None:  # noqa: ANN401 - the same
    """Drag a map of five systems to and fro and note how long each frame took."""
    sync_api = pytest.importorskip("playwright.sync_api")
    (tmp_path / "many.html").write_text(webmap.render(layers.build(MANY)), encoding="utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto((tmp_path / "many.html").as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        assert page.locator(".rm-ring:not(.is-hidden)").count() >= 30
        page.evaluate(FRAMES)
        frames_ms = benchmark.pedantic(dragged, args=(page,), rounds=1)
        browser.close()
    benchmark.extra_info.update(median_ms=statistics.median(frames_ms), p95_ms=frames_ms[int(0.95 * len(frames_ms))])
    benchmark.extra_info.update(longest_ms=frames_ms[-1], frames=len(frames_ms))


def dragged(page: Any) -> list[float]:  # noqa: ANN401 - a page of Playwright
    """Drag the map in 60 steps and return the time of each frame until it stands, in milliseconds, sorted."""
    box = page.locator(".frame .map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x - 4 * step, y + step)
    page.mouse.up()
    page.wait_for_timeout(700)
    return sorted(page.evaluate("window.frames_ms"))


def ready_ms(browser: Any, path: Path) -> float:  # noqa: ANN401 - a browser of Playwright, which may be missing
    """Open a page anew and return the milliseconds until it says that it is ready."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
    found = float(page.evaluate("window.readyAt"))
    context.close()
    return found


def plain(browser: Any, page_html: str) -> str:  # noqa: ANN401 - the same
    """Write the Leaflet page that anybody would: the countries of the stripped page as GeoJSON, drawn by Leaflet."""
    page = browser.new_page()
    page.set_content(page_html)
    page.wait_for_selector("html[data-ready=true]", state="attached")
    land = json.dumps(page.evaluate("window.base()"), separators=(",", ":"))
    page.close()
    return PLAIN.format(leaflet_css=inline.leaflet_css(), leaflet=inline.leaflet_js(), land=land)


def stripped() -> str:
    """Write the smallest page with our packed base map, drawn by our code."""
    base, arcs = _base(language("en"))
    assert "<" not in packing.DIGITS
    own = "\n".join(inline.asset(name) for name in ("format.js", "topojson.js", "scene.js", "basemap.js"))
    return STRIPPED.format(
        leaflet_css=inline.leaflet_css(),
        tokens=tokens.tokens_css(),
        leaflet=inline.leaflet_js(),
        own=own,
        base=base,
        arcs=arcs,
    )
