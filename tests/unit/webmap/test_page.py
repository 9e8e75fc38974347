"""What stands in the page before its script runs, and how folium's frame is kept."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import folium
import pytest
from folium.plugins import HeatMap
from shapely import MultiLineString

from rangemap import webmap
from rangemap.errors import OutputError
from rangemap.language import language
from rangemap.types import LineRole, Status
from rangemap.webmap import inline, page

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.layers import LayerSet

ENGLISH = language("en")


def words(html: str) -> str:
    return " ".join(
        re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.DOTALL)).split()
    )


def test_words_of_the_page(layerset: LayerSet) -> None:
    found = words(webmap.render(layerset))
    for text in (
        "One says 750 km , one 1,500 km .",
        "Two claimants, each counted once",
        "750 km 1 say this, 2 of 2 say this or more",
        "Within every claim, in part or whole (1): Iraq.",
        "Contested (1): at least one claim reaches some part",
        "Israel 885 1 of 2",
    ):
        assert text in found


def test_legend_names_what_is_drawn_and_nothing_else(layerset: LayerSet) -> None:
    found = page.legend(layerset, ENGLISH)
    assert [entry["role"] for entry in found["lines"]] == ["all", "majority"]
    assert found["series"] == 1
    (lines,) = found["hatches"]
    ends = [[float(number) for number in point.split()] for point in lines.replace("M", "L").split("L")[1:]]
    assert all(0 <= x <= 24 and 0 <= y <= 14 for x, y in ends), "drawn as lines, within the swatch"
    steps = {round(b[0] + b[1] - a[0] - a[1], 1) for a, b in zip(ends[::2], ends[2::2], strict=False)}
    assert steps == {9.0}, "the second closest of four hatches, 9 pixels along an edge"
    view = replace(layerset.views[0], outlines={**layerset.views[0].outlines, "test-1500": MultiLineString()})
    assert [entry["role"] for entry in page.legend(replace(layerset, views=(view,)), ENGLISH)["lines"]] == ["all"]


def test_a_system_without_counted_claims_says_so(layerset: LayerSet) -> None:
    system = layerset.systems[0]
    limit = replace(system.lines[0], role=LineRole.LIMIT, remark="policy limit", grants=(), allows=())
    rows = tuple(replace(row, status=(Status.BEYOND,), reaching=(0,)) for row in layerset.views[0].countries)
    bare = replace(system, all_km=None, majority_km=None, any_km=None, origins=(), lines=(limit,), steps=())
    view = replace(layerset.views[0], countries=rows, areas={})
    found = words(webmap.render(replace(layerset, systems=(bare,), views=(view,))))
    assert "No source here claims a range that can be counted." in found
    assert "No claim of range is counted, so no country is said to be within or beyond it." in found
    assert "Shown apart, never counted as range" in found
    assert "declared policy limit" in found


def test_statements_about_reach_are_judged_in_words_and_a_shape(layerset: LayerSet) -> None:
    html = webmap.render(layerset)
    found = words(html)
    row = "Reaches Israel , Gamma , undated Israel begins 885 km from Iran."
    assert f"{row} 885 Depends on whose claim {row} – Not testable" in found
    section = html.partition('id="statements"')[2].partition("</section>")[0]
    assert 'class="badge badge-contested"' in section
    assert 'href="#source-source-2"' in section, "an address that a browser must not follow gives way to the list"
    assert "Statements about reach" not in words(webmap.render(replace(layerset, verdicts=())))


def test_policy_names_every_script_and_style_by_its_hash(layerset: LayerSet) -> None:
    html = webmap.render(layerset)
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
    assert len(scripts) == 4
    assert html.index(scripts[0]) < html.index("<body")  # room for what scripts fill is left from the first paint on
    assert inline.policy(scripts, styles).replace("'", "&#39;") in html


def test_nothing_is_linked(layerset: LayerSet) -> None:
    html = webmap.render(layerset)
    assert re.findall(r"<(?:link|iframe|object|embed)\b", html) == []
    assert re.findall(r"<(?:script|img)[^>]+src=", html) == []
    assert re.findall(r"url\((?!#)[^)]*\)", re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)) == []


def test_bytes_are_the_same_and_chance_is_left_alone(layerset: LayerSet) -> None:
    random.seed(5)
    before = random.getstate()
    html = webmap.render(layerset)
    assert random.getstate() == before
    assert webmap.render(layerset) == html
    assert not re.search(r"\b[0-9a-f]{32}\b", html)


def test_folium_itself_is_left_alone(layerset: LayerSet) -> None:
    links = list(folium.Map.default_js), list(folium.Map.default_css)
    webmap.render(layerset)
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == links
    assert "jquery" in folium.Map(tiles=None).get_root().render()


def test_the_page_is_the_one_that_folium_writes(layerset: LayerSet) -> None:
    hostile = replace(layerset, title="</script>${x}{{ 1 }}", standfirst="{% raw %}`\u202e")
    for each, lang in ((layerset, "en"), (layerset, "ar"), (hostile, "en")):
        assert webmap.render(each, lang=lang) == webmap.build(each, lang=lang).get_root().render()


def test_a_page_is_written_without_loading_folium_or_pandas() -> None:
    code = """
import sys
from rangemap import layers, webmap
webmap.render(layers.build(["qiam-1"]))
print(sorted({"folium", "branca", "pandas", "geopandas", "requests"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_user_can_add_to_the_map(layerset: LayerSet) -> None:
    found = webmap.build(layerset)
    folium.Marker([32.0, 53.0], tooltip="Here").add_to(found)
    html = found.get_root().render()
    assert "L.marker" in html
    assert "L.Icon.Default.mergeOptions" in html
    assert found.get_root().render() == html


def test_what_can_not_be_packed_is_refused(layerset: LayerSet) -> None:
    found = webmap.build(layerset)
    HeatMap([[32.0, 53.0]]).add_to(found)
    with pytest.raises(inline.UnknownLinkError, match="leaflet_heat"):
        found.get_root().render()


def test_save_is_whole_or_not_at_all(layerset: LayerSet, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "map.html"
    webmap.save(layerset, path)
    assert path.read_text(encoding="utf-8") == webmap.render(layerset)
    webmap.build(layerset).save(path)
    assert path.read_text(encoding="utf-8") == webmap.render(layerset)
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError):
        webmap.save(layerset, tmp_path / "taken" / "map.html")


def test_squeezing_leaves_code_alone() -> None:
    source = '/** A note\n  over lines. */\nconst a = "//x"; // stays\n  // goes\n\n  const b = `${a}/**/`;\n'
    assert inline.squeeze_js(source) == 'const a = "//x"; // stays\nconst b = `${a}/**/`;'
    assert inline.squeeze_css("a { b: c; }\n/* note */\n.d ,.e{ f : g ; }") == "a{b: c}.d,.e{f : g}"
