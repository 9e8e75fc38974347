"""The page in Debian's Firefox, driven by WebDriver BiDi: a websocket and a few lines of JSON, no geckodriver."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rangemap.layers import LayerSet

pytestmark = pytest.mark.browser
SCREENSHOTS = Path(__file__).parents[2] / "outputs" / "screenshots"
PATIENCE_S = 90


def missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs Firefox: {reason}")
    pytest.skip(f"no Firefox ({reason})")


class Firefox:
    """A session of WebDriver BiDi: commands are answered, events are kept."""

    def __init__(self, address: str) -> None:
        from websocket import create_connection  # noqa: PLC0415 - comes with selenium

        self.socket = create_connection(address, timeout=PATIENCE_S, suppress_origin=True)
        self.events: list[dict[str, Any]] = []
        self.number = 0
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        (self.context,) = [each["context"] for each in self.ask("browsingContext.getTree")["contexts"]]

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            found = json.loads(self.socket.recv())
            if found.get("id") == self.number:
                assert found["type"] == "success", found
                return dict(found["result"])
            self.events.append(found)

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page answers
        target = {"context": self.context}
        found = self.ask(
            "script.evaluate", expression=f"JSON.stringify({expression})", target=target, awaitPromise=True
        )
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def open(self, path: Path) -> None:
        self.ask("browsingContext.setViewport", context=self.context, viewport={"width": 1280, "height": 800})
        self.ask("browsingContext.navigate", context=self.context, url=path.as_uri(), wait="complete")
        until = time.monotonic() + PATIENCE_S
        while not self.evaluate("document.documentElement.dataset.ready || ''"):
            assert time.monotonic() < until, [event["params"].get("text") for event in self.events]
            time.sleep(0.2)

    def shot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        data = self.ask("browsingContext.captureScreenshot", context=self.context)["data"]
        (SCREENSHOTS / f"{name}.png").write_bytes(b64decode(data))


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        missing("firefox-esr is not installed")
    pytest.importorskip("websocket")
    profile = tmp_path / "profile"
    profile.mkdir()
    command = [str(program), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    environment = {**os.environ, "HOME": str(tmp_path), "MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "900"}
    with (tmp_path / "firefox.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            session = Firefox(f"{address(process, tmp_path / 'firefox.log')}/session")
            yield session
            session.socket.close()
        finally:
            process.terminate()
            process.wait(timeout=30)


def address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until Firefox says where it listens."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.1)
    missing(f"it did not start: {log.read_text(encoding='utf-8')[-300:]}")
    raise AssertionError


def test_opens_in_firefox(firefox: Firefox, qiam_html: str, qiam: LayerSet, tmp_path: Path) -> None:
    path = tmp_path / "qiam-1.html"
    path.write_text(qiam_html, encoding="utf-8")
    firefox.open(path)
    firefox.shot("qiam-1-firefox")
    lengths = firefox.evaluate("[...document.querySelectorAll('.rm-ring')].map((ring) => ring.getTotalLength())")
    assert len(lengths) == len(qiam.views[0].outlines)
    assert min(lengths) > 500
    assert firefox.evaluate("document.querySelectorAll('.label-ring').length") == len(qiam.views[0].outlines)
    firefox.evaluate("(document.querySelector('[data-tier=C]').click(), true)")
    counts = firefox.evaluate("[...document.querySelectorAll('.more-n')].map((node) => node.textContent)")
    assert counts == ["4 of 4", "2 of 4", "left out", "left out"]
    said = [event["params"] for event in firefox.events if event["method"] == "log.entryAdded"]
    assert [entry["text"] for entry in said if entry["level"] in {"error", "warn"}] == []
    asked = {event["params"]["request"]["url"] for event in firefox.events if "network" in event["method"]}
    assert {url for url in asked if url.startswith("http")} == set()
