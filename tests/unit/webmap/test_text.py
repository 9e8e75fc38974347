from __future__ import annotations

import json

import pytest
from markupsafe import Markup

from rangemap.language import language
from rangemap.webmap import text


def test_bold_is_the_only_markup() -> None:
    assert text.bold("say **750 km** & <b>more</b>") == "say <b>750 km</b> &amp; &lt;b&gt;more&lt;/b&gt;"
    assert text.bold("**<script>**") == "<b>&lt;script&gt;</b>"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://a b",
        'https://a"b',
        "ftp://a.b",
        "",
    ],
)
def test_other_addresses_are_no_links(url: str) -> None:
    assert text.address(url) is None


def test_web_addresses_stay_and_lose_what_can_not_be_seen() -> None:
    assert text.address("https://example.org/a?b=c&d=é#e") == "https://example.org/a?b=c&d=é#e"
    assert text.address("https://example.org/\u202egpj.exe") == "https://example.org/gpj.exe"
    assert text.host("https://www.example.org/a") == "example.org"


def test_json_in_a_script_can_not_end_it_and_reads_back() -> None:
    data = {"a": "</script><!-- & \u2028 \u202eevil", "b": [1.5, None, True]}
    written = text.json_script(data)
    assert not set("<>&\u2028\u202e") & set(written)
    assert json.loads(written) == {"a": "</script><!-- &  evil", "b": [1.5, None, True]}


def test_names_of_systems_do_not_break() -> None:
    title = text.unbroken("How far are the Sejjil and the Sejjil-2 <b> said to reach?", ["Sejjil", "Sejjil-2"])
    assert '<span class="nb">Sejjil</span> and' in title
    assert '<span class="nb">Sejjil-2</span> &lt;b&gt;' in title


def test_articles() -> None:
    assert text.in_sentence("United States") == "the United States"
    assert text.in_sentence("Iran") == "Iran"


def test_english_in_another_language_keeps_its_direction() -> None:
    arabic = language("ar")
    own = f"تذكر {arabic.foreign('“A & B”')} **1,300 كم**."
    html = text.said(own, arabic, of="ar")
    assert html == 'تذكر <bdi lang="en" dir="ltr">“A &amp; B”</bdi> <b>1,300 كم</b>.'
    assert text.said("One <says> **750 km**.", arabic, of="en") == (
        '<bdi lang="en" dir="ltr">One &lt;says&gt; <b>750 km</b>.</bdi>'
    )
    assert text.said("One says.", language("en"), of="en") == "One says."


def test_a_name_that_looks_like_markup_is_kept_whole_and_breaks_none() -> None:
    html = text.unbroken("ما المدى المنسوب إلى \u2068span nb\u2069؟", ["span nb", "span", "lang"])
    assert html == 'ما المدى المنسوب إلى <bdi lang="en" dir="ltr"><span class="nb">span nb</span></bdi>؟'


def test_messages_are_escaped_and_so_is_what_fills_them() -> None:
    english = language("en")
    html = text.message(english, "panel.list_apart", system="<b>")
    assert html == "&lt;b&gt;: shown apart"
    assert text.message(english, "print.all", year=Markup("<i>2016</i>")) == (
        "Claims made by <b><i>2016</i></b>, all shown."
    )
