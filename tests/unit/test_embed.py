"""The embed kit: what it holds, that it agrees with the page, and that no text breaks out of its medium."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from rangemap import layers, webmap
from rangemap.ballot import Filters
from rangemap.embed import make_kit, read_page, write_kit
from rangemap.embed.kit import layers_of
from rangemap.errors import DataError, UsageError
from rangemap.types import Tier

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.embed import PageFacts
    from rangemap.layers import LayerSet

HOSTILE = "</script><script>alert(1)</script>\"'}$\\input{x} ]( & \u202e"
FILTERS = Filters(tiers=frozenset({Tier.A, Tier.B}), as_of="2020")


@pytest.fixture(scope="module")
def layerset() -> LayerSet:
    return layers.build(["shahab-3"], regions=["iran"], filters=FILTERS, gap="ISR")


@pytest.fixture(scope="module")
def page(layerset: LayerSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("maps") / "shahab-3.html"
    path.write_text(webmap.render(layerset), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def facts(page: Path) -> PageFacts:
    return read_page(page)


@pytest.fixture(scope="module")
def kit(facts: PageFacts, layerset: LayerSet) -> dict[str, str | bytes]:
    return make_kit(facts, layerset, name="shahab-3.html", base_url="https://example.org/maps")


class Tags(HTMLParser):
    """Every tag with its attributes, as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def one(self, tag: str) -> dict[str, str | None]:
        found = [attributes for name, attributes in self.seen if name == tag]
        assert len(found) == 1
        return found[0]


def test_a_page_says_what_it_was_made_of(facts: PageFacts, layerset: LayerSet) -> None:
    assert (facts.systems, facts.regions, facts.gap) == (
        ("shahab-3",),
        ("iran",),
        layerset.gap.area_id if layerset.gap else "",
    )
    assert facts.filters == FILTERS
    assert facts.title == layerset.title
    assert facts.data_hash == layerset.data_hash


def test_the_same_map_comes_out_of_it_again(facts: PageFacts) -> None:
    assert webmap.render(layers_of(facts)) == facts.html


def test_other_data_than_the_page_was_made_from_are_refused(facts: PageFacts) -> None:
    with pytest.raises(UsageError, match="made from other data"):
        layers_of(replace(facts, data_hash="0123456789ab"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<html></html>", b'<script id="facts">{"title": 1}</script>'])
def test_what_is_no_page_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"rangemap render"):
        read_page(path)


def test_a_missing_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't read"):
        read_page(tmp_path / "none.html")


def test_the_frame_is_lazy_titled_shut_in_and_has_a_picture(kit: dict[str, str], layerset: LayerSet) -> None:
    tags = Tags(kit["iframe.html"])
    frame, picture = tags.one("iframe"), tags.one("img")
    assert frame["src"] == "https://example.org/maps/shahab-3.html"
    assert (frame["title"], frame["loading"]) == (layerset.title, "lazy")
    assert "allow-same-origin" not in (frame["sandbox"] or "")
    assert picture["src"] == "https://example.org/maps/shahab-3.svg"
    assert picture["alt"] == kit["alt.txt"].strip()


def test_the_fragment_holds_the_page_itself(kit: dict[str, str], facts: PageFacts) -> None:
    assert Tags(kit["fragment.html"]).one("iframe")["srcdoc"] == facts.html


def test_oembed_answers_as_a_provider(kit: dict[str, str]) -> None:
    answer = json.loads(kit["oembed.json"])
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert Tags(answer["html"]).one("iframe")["src"].startswith(answer["provider_url"])
    assert answer["thumbnail_url"] == "https://example.org/maps/shahab-3.png"


def test_reviews_are_the_maps_verdicts(kit: dict[str, str], layerset: LayerSet) -> None:
    reviews = json.loads(kit["claimreview.json"])
    judged = [row for row in layerset.verdicts if row.verdict != "not-testable"]
    assert judged
    assert [review["claimReviewed"] for review in reviews] == [f"Shahab-3: {row.statement}" for row in judged]
    by_verdict = {"holds": 5, "depends": 3, "fails": 1}
    assert [review["reviewRating"]["ratingValue"] for review in reviews] == [by_verdict[row.verdict] for row in judged]
    assert all("author" not in review for review in reviews)


def test_the_citation_says_the_same_in_three_forms(kit: dict[str, str], layerset: LayerSet) -> None:
    item = json.loads(kit["citation.json"])[0]
    assert item["title"] == layerset.title
    for text in (kit["citation.txt"], kit["citation.bib"], item["note"]):
        assert layerset.data_hash in text
    for text in (kit["citation.txt"], kit["citation.bib"], item["URL"]):
        assert "https://example.org/maps/shahab-3.html" in text


def test_the_same_kit_twice_is_the_same(facts: PageFacts, layerset: LayerSet, kit: dict[str, str | bytes]) -> None:
    assert make_kit(facts, layerset, name="shahab-3.html", base_url="https://example.org/maps/") == kit


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.org", 'https://x.org/"><script>', "maps"])
def test_an_address_that_is_none_is_refused(address: str, facts: PageFacts, layerset: LayerSet) -> None:
    with pytest.raises(UsageError, match="no address to publish at"):
        make_kit(facts, layerset, name="shahab-3.html", base_url=address)


def test_hostile_words_stay_words(facts: PageFacts, layerset: LayerSet) -> None:
    rows = tuple(replace(row, claimant=HOSTILE, sentence=HOSTILE, statement=HOSTILE) for row in layerset.verdicts)
    hostile = replace(layerset, title=HOSTILE, standfirst=HOSTILE, verdicts=rows)
    kit = make_kit(replace(facts, title=HOSTILE), hostile, name="shahab-3.html")
    for name in ("iframe.html", "fragment.html", "demo.html"):
        tags = [tag for tag, _ in Tags(str(kit[name])).seen]
        assert tags.count("script") == 1, "only our own"
        assert "<script>alert" not in str(kit[name])
    assert Tags(str(kit["iframe.html"])).one("iframe")["title"] == HOSTILE
    assert json.loads(str(kit["citation.json"]))[0]["title"] == HOSTILE
    bib = str(kit["citation.bib"])
    assert r"\input" not in bib.replace(r"\textbackslash{}input", "")
    unescaped = re.sub(r"\\[{}]", "", bib)
    assert unescaped.count("{") == unescaped.count("}")


def test_the_kit_is_written_beside_what_is_there(page: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    written = write_kit(page, tmp_path)
    assert {path.name for path in written} >= {
        "shahab-3.html",
        "shahab-3.svg",
        "shahab-3.png",
        "iframe.html",
        "snippets.md",
    }
    assert all(path.stat().st_size for path in written)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "kept"
