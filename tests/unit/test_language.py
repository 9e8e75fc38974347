"""Message files: complete, filled in alike, used, and written as each language writes numbers, lists and dates."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import format_decimal

import rangemap
from rangemap import places, style
from rangemap.catalogue.load import load_catalogue
from rangemap.errors import UnknownNameError
from rangemap.language import CODES, Language, Message, language
from rangemap.types import Tier

ENGLISH = language("en")
OTHERS = [code for code in CODES if code != "en"]
OWN = ("short.", "country.", "place.in.", "place.from.", "curated.")
"""Tables in which each language has the entries that it needs."""

SAME_AS_ENGLISH = {
    "fr": {"unit.mi_words", "page.sources", "count.claimants", "statements.verdict"},
    "de": {"controls.in", "sea.hudson-bay"},
    "ar": set(),
    "fa": set(),
}
NOT_WORDS = re.compile(r"[\W\d]*(?:\{\w+\}[\W\d]*)*|km|mi|CSV|GeoJSON")


def forms(message: Message) -> dict[str, str]:
    return {"other": message} if isinstance(message, str) else message


def blanks(pattern: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", pattern)) - {"n", "n_word"}


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_english_keys(code: str) -> None:
    common = [{key for key in lang.messages if not key.startswith(OWN)} for lang in (language(code), ENGLISH)]
    assert common[0] == common[1]
    assert language(code).about.keys() == ENGLISH.about.keys()


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_has_the_english_blanks(code: str) -> None:
    lang = language(code)
    for key, message in ENGLISH.messages.items():
        if key.startswith(OWN):
            continue
        wanted = set().union(*(blanks(form) for form in forms(message).values()))
        own = forms(lang.messages[key])
        assert blanks(own["other"]) == wanted, (code, key)
        assert all(blanks(form) <= wanted for form in own.values()), (code, key)
        bold = any("**" in form for form in forms(message).values())
        assert all(form.count("**") % 2 == 0 for form in own.values()), (code, key)
        assert ("**" in own["other"]) == bold, (code, key)


@pytest.mark.parametrize("code", OTHERS)
def test_no_message_is_left_in_english(code: str) -> None:
    lang = language(code)
    left = {
        key
        for key, message in lang.messages.items()
        if message == ENGLISH.messages.get(key) and not NOT_WORDS.fullmatch(forms(message)["other"])
    }
    left = {key for key in left if not key.startswith(OWN)}
    assert left <= SAME_AS_ENGLISH[code]


@pytest.mark.parametrize("code", OTHERS)
def test_what_the_catalogue_says_in_its_own_words_is_translated(code: str) -> None:
    systems = load_catalogue().systems.values()
    said = {text for each in systems for text in (each.question, each.label, each.standfirst) if text}
    known = {key.removeprefix("curated.") for key in language(code).messages if key.startswith("curated.")}
    assert said == known
    assert language(code).curated("Who?") == "\u2068Who?\u2069", "else it stays English, marked as such"


@pytest.mark.parametrize("code", CODES)
def test_plural_forms_are_those_of_the_language(code: str) -> None:
    known = {*Locale.parse(code).plural_form.tags, "other"}
    for key, message in language(code).messages.items():
        assert {name for name in forms(message) if not name.isdigit()} <= known, (code, key)


def package() -> Path:
    return Path(rangemap.__file__).parent


@cache
def literals() -> tuple[str, ...]:
    """Every text in the program that may name a message; what is filled in there stands as *."""
    sources = [path for ending in ("py", "js", "j2") for path in package().rglob(f"*.{ending}")]
    found = (re.findall(r"""["'`]([a-z]+\.[^\s"'`]+)["'`]""", path.read_text(encoding="utf-8")) for path in sources)
    joined = re.sub(
        r'"([a-z]+\.)" ~ (\w+)( ~ "(\w+)")?', r'"\1*\4"', (package() / "webmap/templates/page.html.j2").read_text()
    )
    return tuple(
        re.sub(r"\$?\{[^}]*\}", "*", text)
        for texts in (*found, re.findall(r'"([a-z]+\.[^\s"]+)"', joined))
        for text in texts
    )


def test_every_message_is_used_and_every_message_used_is_there() -> None:
    patterns = [re.compile(re.escape(text).replace(r"\*", r"[\w-]*")) for text in literals()]
    unused = {key for key in ENGLISH.messages if not any(pattern.fullmatch(key) for pattern in patterns)}
    assert not {key for key in unused if not key.startswith(OWN)}
    tables = {key.partition(".")[0] for key in ENGLISH.messages}
    asked = {text for text in literals() if "*" not in text and text.partition(".")[0] in tables}
    files = {text for text in asked if (package() / "webmap/assets" / text).is_file() or text.startswith("map.")}
    assert asked - files - {"page.html.j2"} <= ENGLISH.messages.keys() | {"short.", "country."}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "13,000 km"),
        ("fr", "13\u202f000\u00a0km"),
        ("de", "13.000\u00a0km"),
        ("ar", "13,000\u00a0كم"),
        ("fa", "۱۳٬۰۰۰\u00a0کیلومتر"),
    ],
)
def test_numbers_as_the_language_writes_them(code: str, text: str) -> None:
    lang = language(code)
    assert lang.km(13_000) == text
    grouped = format_decimal(1_234_567, locale=code, numbering_system="default" if code == "fa" else "latn")
    assert lang.number(1_234_567) == lang.digits(grouped), "as CLDR has it"


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("en", 1, "one claimant"), ("en", 6, "six claimants"), ("en", 18, "18 claimants"),
        ("fr", 1, "un déclarant"), ("fr", 2, "deux déclarants"), ("fr", 18, "18 déclarants"),
        ("de", 1, "ein Urheber"), ("de", 6, "sechs Urheber"),
        ("ar", 1, "جهة واحدة"), ("ar", 2, "جهتان"), ("ar", 6, "6 جهات"), ("ar", 11, "11 جهة"), ("ar", 100, "100 جهة"),
        ("fa", 1, "یک اظهارکننده"), ("fa", 18, "۱۸ اظهارکننده"),
    ],
)  # fmt: skip
def test_counts_take_their_plural_form(code: str, number: int, text: str) -> None:
    assert language(code).say("count.claimants", number) == text


@pytest.mark.parametrize(
    ("code", "date", "text"),
    [
        ("en", "2016-03-14", "14 March 2016"), ("en", None, "undated"),
        ("fr", "2016-08", "août 2016"), ("de", "2016-03-14", "14. März 2016"),
        ("ar", "2016-03-14", "14 مارس 2016"), ("fa", "2016-03-14", "۱۴ مارس ۲۰۱۶"), ("fa", "2016", "۲۰۱۶"),
    ],
)  # fmt: skip
def test_dates_as_finely_as_they_are_known(code: str, date: str | None, text: str) -> None:
    assert language(code).date(date) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "a, b and c"), ("fr", "a, b et c"), ("de", "a, b und c"), ("ar", "a، b وc"), ("fa", "a، b و c")],
)
def test_lists_are_joined(code: str, text: str) -> None:
    lang = language(code)
    assert [lang.listing([]), lang.listing(["a"]), lang.listing(["a", "b", "c"])] == ["", "a", text]


@pytest.mark.parametrize(("code", "iran", "cyprus"), [("fr", "Iran", "Chypre du Nord"), ("ar", "إيران", "شمال قبرص")])
def test_countries_have_names_in_every_language(code: str, iran: str, cyprus: str) -> None:
    lang = language(code)
    named = {each: lang.country(each, "?") for each in places.country_names()}
    assert {each for each, name in named.items() if name == "?"} == {"KAS"}, "nobody's glacier is no row"
    assert (named["IRN"], named["CYN"]) == (iran, cyprus)


def test_names_are_sorted_as_a_reader_looks_for_them() -> None:
    names = ["Turquie", "Égypte", "Inde", "émirats"]
    assert language("fr").alphabetical(names) == ["Égypte", "émirats", "Inde", "Turquie"]


def test_a_launch_region_stands_in_a_sentence() -> None:
    french = language("fr")
    assert french.place("in", "USA", "États-Unis") == "aux États-Unis"
    assert french.place("from", "", "Kermanshah") == "la zone «\u00a0Kermanshah\u00a0»"


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(UnknownNameError, match="unknown language 'french'; did you mean fr"):
        language("french")
    with pytest.raises(UnknownNameError, match="there are en, fr, de, ar, fa"):
        language("xx")


def test_english_words_are_marked_in_other_languages() -> None:
    assert ENGLISH.foreign("Reuters") == "Reuters"
    assert language("ar").foreign("Reuters") == "\u2068Reuters\u2069"
    assert language("ar").foreign("") == ""


def test_legend_and_tiers_are_worded_alike_for_every_renderer() -> None:
    for role, look in style.LINES.items():
        if f"legend.{role}" in ENGLISH.messages:
            assert (ENGLISH.say(f"legend.{role}"), ENGLISH.say(f"legend.{role}_short")) == (
                look.legend,
                look.legend_short,
            )
    assert {tier: ENGLISH.say(f"panel.mark_{tier}") for tier in Tier} == style.TIER_WORDS


def test_a_blank_without_a_word_is_an_error() -> None:
    lang = Language("en", ENGLISH.about, {"a.b": "{who}"})
    with pytest.raises(KeyError):
        lang.say("a.b", what=1)
