"""A real Chromium, a page that was really rendered, and a record of everything that it asks for or complains about."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shapely import box

from rangemap import layers, webmap
from rangemap.layers import VerdictRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from rangemap.layers import LayerSet

AXE = "axe-core@4.10.3"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "outputs" / "screenshots"
HOSTILE = (
    "</script><script>document.title='owned'</script>${document.title} {{ 7*7 }} \u202eevil\u202c "
    "<img src=x onerror=alert(1)> & 'q' \"d\" \u2028"
)


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs a browser: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        _missing("no Chromium; install it or set CHROMIUM to its path")
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page with what it asked for and what it said in the console."""

    page: Page
    path: Path
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def ready(self) -> Opened:
        self.page.wait_for_selector("html[data-ready=true]", state="attached", timeout=20_000)
        return self

    def texts(self, selector: str) -> list[str]:
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def shot(self, name: str, *, full: bool = False) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full)


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open HTML from disk: `visit(html, width=…, height=…, dark=…)`; every request but that for the file is refused."""
    contexts = []

    def open_page(
        html: str, *, width: int = 1280, height: int = 800, dark: bool = False, fragment: str = "", script: bool = True
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        opened = Opened(context.new_page(), path)
        opened.page.set_default_timeout(10_000)
        opened.page.on("console", lambda message: opened.console.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.console.append(f"error: {error}"))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        context.route(lambda url: not url.startswith(("file:", "data:", "blob:")), lambda route: route.abort())
        opened.page.goto(f"{path.as_uri()}{fragment}")
        return opened.ready() if script else opened

    yield open_page
    for context in contexts:
        context.close()


def verdict(words: str, source: str) -> VerdictRow:
    return VerdictRow(
        id="said",
        system="qiam-1",
        area=words,
        expected="reaches",
        statement=words,
        verdict="depends",
        required_km=885.0,
        sentence=words,
        claimant=words,
        as_of="2018",
        source=source,
        citation=words,
        url="javascript:alert(3)",
    )


@pytest.fixture(scope="session")
def qiam() -> LayerSet:
    """Qiam-1 from Iran, and a second launch region to switch to (a small one, with the first one's distances)."""
    found = layers.build(["qiam-1"], regions=["iran"])
    first = found.views[0]
    region = box(46.0, 33.5, 48.0, 35.5)
    second = replace(first, region_id="elsewhere", region_name="a box in the west", region=region)
    said = verdict("Reaches Israel", found.sources[0].id)
    cities = tuple(replace(row, nearest_km=row.nearest_km * 2) for row in found.cities)
    return replace(found, views=(first, second), verdicts=(said,), cities=cities)


@pytest.fixture(scope="session")
def qiam_html(qiam: LayerSet) -> str:
    return webmap.render(qiam)


@pytest.fixture(scope="session")
def hostile(qiam: LayerSet) -> LayerSet:
    """The same map after somebody wrote markup, templates and script addresses into every text of the catalogue."""
    system = qiam.systems[0]
    statements = tuple(
        replace(
            row,
            claimant=HOSTILE,
            hedge=HOSTILE,
            route=HOSTILE,
            original=HOSTILE,
            note=HOSTILE,
            url="javascript:alert(1)",
        )
        for row in system.statements
    )
    lines = tuple(replace(line, remark=f"{line.remark} {HOSTILE}") for line in system.lines)
    views = tuple(
        replace(
            view,
            region_name=HOSTILE,
            countries=tuple(replace(row, name=HOSTILE, short_name=HOSTILE, sentence=HOSTILE) for row in view.countries),
        )
        for view in qiam.views
    )
    return replace(
        qiam,
        title=f"How far? {HOSTILE}",
        kicker=(HOSTILE, HOSTILE),
        standfirst=f"**{HOSTILE}**",
        description=HOSTILE,
        credits=HOSTILE,
        method=(HOSTILE,),
        limits=(HOSTILE,),
        systems=(replace(system, name=HOSTILE, note=HOSTILE, statements=statements, lines=lines),),
        views=views,
        cities=tuple(replace(row, name=HOSTILE) for row in qiam.cities),
        verdicts=(verdict(HOSTILE, qiam.sources[0].id),),
        sources=tuple(
            replace(row, citation=HOSTILE, publisher=HOSTILE, url="javascript:alert(2)") for row in qiam.sources
        ),
    )


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[tuple[str, list[str]]]]:
    """Find what breaks WCAG 2.2 AA and good practice on a page: rules, and the elements that break them."""
    script = _axe_script()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def violations(page: Page) -> list[tuple[str, list[str]]]:
        page.evaluate(script)
        found = page.evaluate("tags => axe.run(document, { runOnly: tags })", tags)
        return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found["violations"]]

    return violations


def _axe_script() -> str:
    """The accessibility checker, from the npm registry, kept outside the project."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "rangemap-tests"
    script = cache / f"{AXE}.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            _unavailable("npm is not installed")
        cache.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "pack", "--silent", AXE], cwd=cache, capture_output=True, text=True, check=False, timeout=120
        )
        if done.returncode:
            _unavailable(f"npm pack {AXE}: {done.stderr.strip()[:200]}")
        with tarfile.open(cache / done.stdout.strip().splitlines()[-1]) as package:
            member = package.extractfile("package/axe.min.js")
            assert member is not None
            script.write_bytes(member.read())
    return script.read_text(encoding="utf-8")


def _unavailable(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {AXE}: {reason}")
    pytest.skip(f"no {AXE} ({reason})")
