"""Systems are found by name, alias and transliteration, and told from towns and people."""

from __future__ import annotations

import pytest

from rangemap.catalogue.load import load_catalogue
from rangemap.extract.article import extract
from rangemap.extract.names import Lexicon
from rangemap.extract.text import plain


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(load_catalogue().systems)


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("the Shihab-3 and Shehab-4", ["shahab-3", "shahab-4"]),
        ("SHAHAB‑3, Shahab 3, Shahab-3s", ["shahab-3", "shahab-3", "shahab-3"]),
        ("Sejil, Sajjil-2 and Sejjils", ["sejjil", "sejjil", "sejjil"]),
        ("Kheibar Shekan, Khaybar-Shekan, Kheibarshekan", ["kheibar-shekan"] * 3),
        ("Kheibar", ["khorramshahr-4"]),
        ("Ghadr, Qadr, Ghadr-110", ["ghadr", "ghadr", "ghadr"]),
        ("Ghader and Qader", ["ghader", "ghader"]),
        ("Shahab-1, -2 and -3", ["shahab-1", "shahab-2", "shahab-3"]),
        ("Shahab-3/4", ["shahab-3", "shahab-4"]),
        ("Jericho III and Agni V", ["jericho-3", "agni-5"]),
        ("DF-5, DF-5C, DF-21D", ["df-5", "df-5c", "df-21"]),
        ("Zolfaghar Basir and Zolfaqar", ["zolfaghar-basir", "zolfaghar"]),
        ("Al Hussein and al-Abbas", ["al-hussein", "al-abbas"]),
    ],
)
def test_finds(lexicon: Lexicon, text: str, systems: list[str]) -> None:
    assert [mention.systems[0] for mention in lexicon.find(plain(text))] == systems


@pytest.mark.parametrize("text", ["Fateh-360", "Hwasong-12", "Tomahawk", "the Shahab 3,000 km", "Burkan-3"])
def test_other_systems_are_not_taken_for_ours(lexicon: Lexicon, text: str) -> None:
    assert all(not mention.known for mention in lexicon.find(text))


def test_two_systems_of_one_name_are_told_apart_by_nation() -> None:
    houthi = extract("The Houthis fired a Zelzal-2 rocket with a range of 15 km.").claims[0]
    iranian = extract("Iran showed a Zelzal-2 rocket with a range of 200 km.").claims[0]
    assert (houthi.system, iranian.system) == ("zelzal-2-houthi", "zelzal-2")


def test_a_town_and_a_person_are_no_missiles() -> None:
    text = "Mr Emad drove from Dezful to Khorramshahr. A missile with a range of 300 km was shown there."
    assert [claim.system for claim in extract(text).claims] == [None]


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("Unlike the Qiam missile, the Sejjil can fly 2,000 km.", "sejjil"),
        ("The Ghadr missile is derived from the Shahab-3 and has a range of 1,800 km.", "ghadr"),
        ("The Sejjil is a missile. It has a range of 2,000 km.", "sejjil"),
        ("Iran showed a 2,000-km-range missile called Sejjil.", "sejjil"),
        ("The Sejjil is old. A new missile, not yet named, has a range of 4,000 km.", None),
        ("The Tomahawk missile has a range of 1,600 km.", None),
        ("Iran's Sejjil missiles have a range of 2,000 km.", "sejjil"),
        ("Iran's missiles have a range of 2,000 km.", "iran-arsenal-max"),
    ],
)
def test_a_figure_goes_to_its_system(text: str, system: str | None) -> None:
    assert [claim.system for claim in extract(text).claims] == [system]


def test_respectively() -> None:
    found = extract("The Shahab-1 and Shahab-2 missiles have ranges of 300 km and 500 km respectively.")
    assert [(claim.system, claim.low_km) for claim in found.claims] == [("shahab-1", 300), ("shahab-2", 500)]
