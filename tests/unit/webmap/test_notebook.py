"""A map in a notebook: the forms it comes in, whole and safe."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING

import folium
import pytest

from rangemap import _optional, display, layers, webmap

if TYPE_CHECKING:
    from rangemap.layers import LayerSet

HOSTILE = "<script>alert(1)</script> \"q\" 'q' & {0} {page} \u202eevil"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (3).to_bytes(4) + (2).to_bytes(4) + b"rest"


@pytest.fixture(scope="module")
def layerset() -> LayerSet:
    return layers.build(["qiam-1"], regions=["iran"])


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_map_comes_in_three_forms(layerset: LayerSet) -> None:
    found = webmap.build(layerset, picture=lambda _: PNG)
    data, metadata = found._repr_mimebundle_()
    assert set(data) == {"text/html", "image/png", "text/plain"}
    assert b64decode(data["image/png"]) == PNG
    assert metadata == {"image/png": {"width": 3, "height": 2}}
    assert data["text/plain"].startswith("How far is the Qiam-1 said to reach? Four of six")
    assert repr(found) == f"<RangeMap: {data['text/plain']}>"


def test_the_page_stands_whole_in_a_frame_over_its_picture(layerset: LayerSet) -> None:
    data, _ = webmap.build(layerset, picture=lambda _: PNG)._repr_mimebundle_()
    _, (image, beneath), (frame, above) = Tags(data["text/html"]).found
    assert (image, frame) == ("img", "iframe")
    assert above["srcdoc"] == webmap.render(layerset)
    assert above["sandbox"]
    assert "allow-same-origin" not in above["sandbox"]
    assert beneath["src"] == f"data:image/png;base64,{data['image/png']}"
    assert beneath["alt"] == data["text/plain"]
    assert "```" not in data["text/html"], "Quarto and Markdown fence it in backticks"


def test_the_frame_is_the_embed_kits(layerset: LayerSet) -> None:
    template = (files("rangemap.embed") / "templates" / "fragment.html.j2").read_text(encoding="utf-8")
    (fragment,) = [attributes for tag, attributes in Tags(template).found if tag == "iframe"]
    (_, attributes) = Tags(webmap.build(layerset)._repr_html_()).found[-1]
    assert attributes["sandbox"] == fragment["sandbox"]


def test_no_text_gets_out_of_its_place(layerset: LayerSet) -> None:
    hostile = replace(layerset, title=HOSTILE, standfirst=HOSTILE)
    data, _ = webmap.build(hostile, picture=lambda _: PNG)._repr_mimebundle_()
    tags = Tags(data["text/html"]).found
    assert [tag for tag, _ in tags] == ["div", "img", "iframe"]
    assert tags[2][1]["title"] == HOSTILE.replace("\u202e", "")
    assert "\u202e" not in data["text/plain"]


@pytest.mark.parametrize(
    ("include", "exclude", "kinds"),
    [
        (["text/plain"], None, {"text/plain"}),
        (None, ["text/html"], {"image/png", "text/plain"}),
        (["text/html", "image/svg+xml"], None, {"text/html"}),
    ],
)
def test_only_what_is_asked_for_is_made(
    layerset: LayerSet, include: list[str] | None, exclude: list[str] | None, kinds: set[str]
) -> None:
    asked = []
    found = webmap.build(layerset, picture=lambda given: asked.append(given) or PNG)
    data, _ = found._repr_mimebundle_(include=include, exclude=exclude)
    assert set(data) == kinds
    assert asked == ([layerset] if kinds != {"text/plain"} else [])


def test_what_was_added_to_the_map_is_shown(layerset: LayerSet) -> None:
    found = webmap.build(layerset)
    folium.Marker([35.7, 51.4], tooltip="added by me").add_to(found)
    assert "added by me" in found._repr_mimebundle_()[0]["text/html"]
    assert "image/png" not in found._repr_mimebundle_()[0], "nothing to draw it with was handed in"


def test_the_picture_is_left_out_without_matplotlib(layerset: LayerSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_optional, "find_spec", lambda _: None)
    data, metadata = webmap.build(layerset, picture=display.picture)._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"}
    assert metadata == {}
    assert "<img" not in data["text/html"]


def test_the_same_map_gives_the_same_bytes(layerset: LayerSet) -> None:
    first, second = (webmap.build(layerset)._repr_html_() for _ in range(2))
    assert first == second
