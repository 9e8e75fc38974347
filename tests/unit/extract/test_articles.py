"""Extraction against gold answers: our own articles, and the two project documents where they are at hand."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rangemap.extract.article import extract

ROOT = Path(__file__).parents[3]
SOURCES = next((p / "shared" / "sources" for p in ROOT.parents if (p / "shared" / "sources").is_dir()), ROOT)
VERITAS, REDLINE = SOURCES / "000_0a149bf9268dc29d.txt", SOURCES / "003_334fc312822a3fe1.txt"
needs_sources = pytest.mark.skipif(not VERITAS.exists(), reason="the project documents are not beside this checkout")


@pytest.fixture(scope="module")
def measuring() -> Any:  # noqa: ANN401 - a script as a module
    spec = importlib.util.spec_from_file_location("measure_extraction", ROOT / "scripts" / "measure_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measured(measuring: Any) -> Any:  # noqa: ANN401 - the same
    return cache(measuring.measure)


FLOORS = {
    "development": {"claims": (0.96, 0.96, 0.85), "reach": (0.95, 0.92, 1.0)},
    "seen": {"claims": (0.96, 0.96, 0.83), "reach": (0.94, 0.95, 1.0)},
    "blind": {"claims": (0.88, 0.85, 0.79), "reach": (0.86, 0.74, 1.0)},
    "held-out": {"claims": (0.82, 0.77, 0.73), "reach": (0.7, 0.57, 1.0)},
}
"""Least precision, recall, and share of right claimants (reach statements are scored without)."""


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, floors in FLOORS.items() for kind in floors])
def test_precision_and_recall(measured: Any, name: str, kind: str) -> None:  # noqa: ANN401
    precision, recall, claimants = FLOORS[name][kind]
    score = measured(name)[kind]
    assert score.wanted >= 6
    assert score.precision >= precision, score.wrong
    assert score.recall >= recall, score.wrong
    assert score.claimants_right >= claimants * score.claimants, score.wrong


def test_there_are_enough_articles(measuring: Any) -> None:  # noqa: ANN401
    assert sum(len(list((measuring.ARTICLES / name).glob("*.txt"))) for name in measuring.SETS) >= 30


def _claims(path: Path) -> list[tuple[object, ...]]:
    keys = ("system", "original", "low_km", "high_km", "qualifier", "quantity", "stance")
    return [tuple(item[key] for key in keys) for item in extract(path.read_text(encoding="utf-8")).as_dict()["claims"]]


def _reach(path: Path) -> set[tuple[object, ...]]:
    found = extract(path.read_text(encoding="utf-8")).as_dict()["reach"]
    return {(item["system"], item["area"], item["expected"]) for item in found}


@needs_sources
def test_the_article_on_the_geneva_talks() -> None:
    assert _claims(VERITAS) == [
        ("iran-declared-limit", "roughly 2,000 kilometres", 2000, 2000, "about", "policy-limit", "limits")
    ]
    assert _reach(VERITAS) == {
        ("iran-icbm-claimed", "beyond the Middle East", "reaches"),
        ("iran-icbm-claimed", "U.S. territory", "reaches"),
        ("iran-icbm-claimed", "United States of America", "reaches"),
        ("iran-declared-limit", "Israel", "reaches"),
        ("iran-declared-limit", "U.S. bases in the Gulf", "reaches"),
        ("iran-declared-limit", "American mainland", "does-not-reach"),
    }


@needs_sources
def test_who_says_it_in_the_article_on_the_geneva_talks() -> None:
    found = extract(VERITAS.read_text(encoding="utf-8"))
    assert found.claims[0].claimant == "Abbas Araghchi"
    assert [reach.claimant for reach in found.reach][:3] == ["Rubio", "Rubio", "Donald Trump"]
    assert {reach.claimant for reach in found.reach[3:]} == {"article voice"}


@needs_sources
def test_the_paper() -> None:
    interval = ("approximately 1,300–2,000 kilometers", 1300, 2000, "between", "max-range", "asserts")
    assert _claims(REDLINE) == [
        ("shahab-3", *interval),
        ("shahab-4", *interval),
        ("qiam-1", "1,700 kilometers", 1700, 1700, "exact", "max-range", "asserts"),
    ]
    shahab = {
        (system, area, "reaches")
        for system in ("shahab-3", "shahab-4")
        for area in ("Israel", "U.S. bases in the Gulf", "European airspace")
    }
    zelzal = {("zelzal-2", "Middle East", "reaches"), ("zelzal-2", "parts of South Asia", "reaches")}
    assert _reach(REDLINE) == shahab | zelzal | {(None, "Tel Aviv", "reaches")}


WHOSE = {
    "a headline is told of the system named next": (
        "Iran test-fires missile with a range of 2,000 km\n\nThe Guards said the Sejjil had hit its target.",
        "sejjil",
    ),
    "a new missile is the one named in the next sentence": (
        "The Emad was on show.\n\nA new missile with a range of 700 km was displayed. It is called the Dezful.",
        "dezful",
    ),
    "a family is its one member": (
        "The Minuteman III flew. The old Minuteman has a range of 13,000 km.",
        "minuteman-3",
    ),
    "the latter, though it has another name": (
        "The Sarmat replaces the Voyevoda. The latter, known in the West as Satan, has a range of 11,000 km.",
        "r-36m2",
    ),
    "a missile is what it is the answer to": (
        "The war went on. The Kh-55 was Moscow's answer to the Tomahawk, a slim missile with a range of 2,500 km.",
        "kh-55",
    ),
    "what stands between dashes is an aside": (
        "Iran's own Shahab-3 - a copy of the Nodong - has a range of 1,300 km.",
        "shahab-3",
    ),
    "a label at the head of a paragraph": ("Missiles.\n\nPaveh. Announced in 2023; 1,650 km.", "paveh"),
    "its name is no aside": ("The missile, named Qassem Basir, has a range of 1,200 km.", "qassem-basir"),
    "a short alias after the full name": (
        "The Kheibar Shekan was shown. The Kheibar missile has a range of 1,450 km.",
        "kheibar-shekan",
    ),
    "a version of another is not the other": (
        "The Fateh-110 was shown as a guided version of the Zelzal-2 rocket and could fly 200 km.",
        "fateh-110",
    ),
    "what it is, is no other": ("The Agni-5 flew. Officially it is a missile of 5,000 km.", "agni-5"),
    "a remark right behind a name": (
        "The Burkan-2H fell. It was a derivative of the Qiam-1, a missile with a range of 800 km.",
        "qiam-1",
    ),
    "what a system adds is itself": ("The DF-41 adds a mobile system with a range of 12,000 km.", "df-41"),
    "what if it were a weapon is an aside": (
        "The Simorgh launcher, if it were converted to a weapon, might carry a warhead 4,000 km.",
        "simorgh",
    ),
    "what it is called right there": (
        "Two missiles were shown. One was a Sejjil, a weapon that Iran says can travel 2,000 km.",
        "sejjil",
    ),
    "the longest-range missiles of Iran": (
        "Iran wants an ICBM. The longest-range missiles it is known to possess can travel 2,000 km.",
        "iran-arsenal-max",
    ),
    "somebody's figure is of what was spoken of": (
        "The Oreshnik missile flew. Pavel Podvig in Geneva reckons on 3,500 km.",
        "oreshnik",
    ),
    "what was turned into another is not it": (
        "He turned North Korea's Nodong into the Shahab-3. The missile had a range of 1,300 km.",
        "shahab-3",
    ),
    "what it was copied from is not it": ("The Soumar, a missile copied from the Kh-55, may fly 2,400 km.", "soumar"),
    "the parent of another is itself": (
        "The Noor missile, from which the Ghader was developed, has a range of 120 km.",
        "noor",
    ),
    "a guess for it": (
        'The Sarmat missile was shown. "Some 4,000 km would be my guess for the Oreshnik," she said.',
        "oreshnik",
    ),
    "for which a figure is given": (
        "The Noor missile flew. They fired a version of the Zolfaghar Basir, for which Iran gives a range of 700 km.",
        "zolfaghar-basir",
    ),
    "a plural numeral": ("America's Minuteman IIIs can manage upwards of 6,000 miles.", "minuteman-3"),
    "the second of two, not what they copy": (
        "Then came the Shahab-1 and Shahab-2, copies of the Scud. The second of these has a range of 500 km.",
        "shahab-2",
    ),
    "estimates are of what was spoken of": (
        "The Oreshnik missile struck again.\n\nEstimates by independent experts run from 3,000 to 5,500 km.",
        "oreshnik",
    ),
    "no missile of a nation": ("Iran said again: we possess no missile with a range of 4,000 km.", "iran-arsenal-max"),
    "a namesake, in a text on the other": (
        "The Houthis fired rockets from Yemen. A home-made Zelzal-2 has a range of 65 km, unlike the Iranian rocket.",
        "zelzal-2-houthi",
    ),
    "a ship that is hit is no new subject": ("An Abu Mahdi missile can destroy a ship 1,000 km away.", "abu-mahdi"),
}


@pytest.mark.parametrize(("text", "system"), WHOSE.values(), ids=WHOSE)
def test_whose_figure_it_is(text: str, system: str) -> None:
    assert [claim.system for claim in extract(text).claims] == [system]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The missile test took place on a range about 225 miles south east of Tehran.", "where something is"),
        ("The interceptors are built against ballistic missiles with ranges of 3,000 km.", "what a defence is built"),
        ("By the usual definition an ICBM must have a range of 5,500 km.", "class"),
        ("The treaty of 1987 covered missiles with ranges of 500 to 5,500 km.", "treaty"),
        ("The Sejjil missile sent data from a 120 km orbit.", "altitude"),
        ("Yemen to Tel Aviv is a bit under 2,000 km, too far for a Scud missile.", "between places"),
        ("The Patriot missile has a range of 160 km.", "interceptor"),
        ("The Sejjil missile could have been fired from 300 km nearer.", "difference"),
        ("Guam, 3,400 km away, might escape the Musudan missile.", "from another"),
        ("A Sejjil warhead falls at up to 7 km every second.", "speed"),
        ("The Sejjil's radar can track aircraft at a distance of 250 km.", "sensor"),
        ("The missile can't reach Moscow, which is 280 miles from the border.", "between places"),
        ("To count as one, a missile must be able to fly at least 5,500 km.", "class"),
        ("The new treaty, which covered missiles with a range above 5,500 km, has lapsed.", "treaty"),
        ("The missile opened at 7 km, and bomblets fell within a radius of 8 km.", "stretch of land"),
    ],
)
def test_what_is_no_range(text: str, why: str) -> None:
    found = extract(text)
    assert found.claims == ()
    assert any(why in aside.reason for aside in found.set_aside)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The upgrade raises the range of the Sejjil missile from 2,000 to 2,400 km.", [2000, 2400]),
        ("The range of the Fateh-110 has grown by 50 km to 300 km.", [300]),
        ("The DF-41 missile can fly twelve to fifteen thousand kilometres.", [15000]),
        ("The Sarmat missile flew five and a half thousand kilometres.", [5500]),
        ("The Emad's 1,700 km are less than the 2,000 km of the Khorramshahr missile.", [1700, 2000]),
    ],
)
def test_figures_in_words_and_in_growth(text: str, figures: list[float]) -> None:
    assert [claim.high_km for claim in extract(text).claims] == figures


def test_a_limit_that_others_want_is_not_the_declared_one() -> None:
    own, wanted = (
        extract(f"{words} its missiles to a range of {km} km.").claims[0].system
        for words, km in (("Iran has limited", "2,000"), ("A draft would have Iran limit", "500"))
    )
    assert (own, wanted) == ("iran-declared-limit", "iran-arsenal-max")


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("The Agni-5 missile can carry a warhead and reach all corners of India.", ["all corners of India"]),
        ("Any target in the United States could be struck by the DF-41 missile.", ["United States"]),
        ("The missile can reach U.S. forces stationed in Iraq and Oman.", ["U.S. forces stationed in Iraq", "Oman"]),
        ("The Sejjil missile could reach arch-foe Israel.", ["Israel"]),
        ("Israel, sworn enemy of Tehran, lies well within reach of the Sejjil missile.", ["Israel"]),
        ("The range of the DF-21 missile is 1,700 km. Tehran and Shiraz all lie within it.", ["Tehran", "Shiraz"]),
        (
            "A circle of the Sejjil missile's range takes in Greece and a good deal of Italy.",
            ["Greece", "good deal of Italy"],
        ),
        ("The DF-3A missile can reach Tehran and every other city in Iran.", ["Tehran", "every other city in Iran"]),
        ("The DF-21 missile can reach Taipei and, at a stretch, Manila.", ["Taipei", "Manila"]),
        ("The Iskander-M missile can hit Warsaw and Copenhagen's outskirts.", ["Warsaw", "Copenhagen's outskirts"]),
        (
            "The missile's range would bring Shanghai and bases in Zhejiang within reach.",
            ["Shanghai", "bases in Zhejiang"],
        ),
        ("The Sejjil missile is not enough to reach Rome, let alone Paris.", ["Rome", "Paris"]),
        ("The missile is shown, and Israel would be attacked again, a general said.", []),
        ("The Agni-5's range puts China within reach, as well as parts of Europe.", ["China", "parts of Europe"]),
        ("The whole mainland of the U.S. is within range of the DF-41.", ["whole mainland of the U.S."]),
        ("The range of the Jericho-1 was sufficient for Cairo.", ["Cairo"]),
        ("They asked whether any missile is able to reach London.", []),
        ("The missile fell hours before the president was due to fly to Tokyo.", []),
        ("To get to Diego Garcia you need a missile of 3,800 km.", []),
        ("That puts both Tehran and Tel Aviv within range of the missile.", ["Tehran", "Tel Aviv"]),
        ("The DF-26 missile is able to hit Andersen Air Force Base.", ["Andersen Air Force Base"]),
        ("A missile would have to fly 10,000 km to strike the United States.", []),
        ("Missile hits Tel Aviv suburbs.", []),
        ("The missile is far enough for US bases, Tehran claims, and the Emad can reach them.", ["US bases"]),
        ("With this missile we have the whole of China covered.", ["whole of China"]),
        ("The missile would have no trouble with London or Paris.", ["London", "Paris"]),
        ("The Emad missile is new. All of Israel is covered.", ["All of Israel"]),
        ("All of Israel is covered by the range of the Sejjil missile.", ["All of Israel"]),
        ("The Sejjil is a missile. Israel is covered by Iron Dome.", []),
        ('The Oreshnik missile could strike "targets across Europe".', ["Europe"]),
        ("The missile would do for Berlin or Warsaw.", ["Berlin", "Warsaw"]),
        ("The missile puts Tehran, which the Scud could not hit, within striking distance.", ["Tehran"]),
        ("Asked whether Rome was within range of the missile, he smiled.", []),
        ("People as far away as Kolkata filmed the missile.", []),
        ("The missile brings the northernmost provinces of China into range.", ["northernmost provinces of China"]),
    ],
)
def test_areas_that_are_reached(text: str, areas: list[str]) -> None:
    assert [reach.area for reach in extract(text).reach] == areas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There is no question that the DF-5 missile can reach London.", "reaches"),
        ("The Hwasong-14, which has not been seen since, can reach Alaska.", "reaches"),
        ("The DF-21 missile does not have the legs for Guam.", "does-not-reach"),
        ("The DF-21 missile certainly doesn't reach Guam.", "does-not-reach"),
        ("With the DF-21 missile, Guam is beyond it.", "does-not-reach"),
        ("The missile is new. The United States it cannot reach.", "does-not-reach"),
        ("The missile very nearly takes in London.", "does-not-reach"),
        ("No ship in the Gulf is beyond the reach of this missile.", "reaches"),
        ("Nor does the missile get you to Tel Aviv.", "does-not-reach"),
    ],
)
def test_what_a_negation_denies(text: str, expected: str) -> None:
    assert [reach.expected for reach in extract(text).reach] == [expected]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Houthis said that the Burkan-1 missile has a range of 800 km.", "Houthis"),
        ("UN experts who examined the wreckage concluded that the Burkan-1 missile flew 900 km.", "UN experts"),
        ("The Burkan-2H missile has a range put at over 1,000 km by independent experts.", "independent experts"),
        ("According to the caption the Sejjil missile has a range of 2,000 km.", "caption"),
        (
            "Under Security Council Resolution 687 Iraq may have no missiles with a range above 150 km.",
            "Resolution 687",
        ),
        ("The Zelzal-1 missile has a range of 160 km according to Jane's.", "Jane's"),
        ("Japan's defence ministry put the flight of the missile at 1,000 km.", "Japan's defence ministry"),
        ("The Agni-5 missile has a range of 5,000 km, said military expert Song Weiguo.", "Song Weiguo"),
        ("The Minuteman III missile can fly 6,000 miles, Lt. Col. Renee Astrup told the crowd.", "Renee Astrup"),
        (
            '"It was new," said Tobias Lindqvist. Iran objected. The Sejjil missile, he said, flies 2,000 km.',
            "Tobias Lindqvist",
        ),
    ],
)
def test_who_says_it(text: str, who: str) -> None:
    assert who in extract(text).claims[0].claimant


def test_a_conversion_behind_a_comma_is_one_figure() -> None:
    claim = extract("The Shaheen-III missile, with a range of 2,750 kilometres, about 1,700 miles, is new.").claims
    assert [(each.original, each.high_km) for each in claim] == [("2,750 kilometres, about 1,700 miles", 2750)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Greece lies within range of the Khorramshahr missile; Paris doesn't.",
            ("khorramshahr", "Paris", "does-not-reach"),
        ),
        ("Israel is within range of the Emad missile. Berlin and Rome are not.", ("emad", "Rome", "does-not-reach")),
        ("The DF-41 missile can hit Guam; the DF-21, which preceded it, cannot.", ("df-21", "Guam", "does-not-reach")),
        ("The Zolfaghar missile cannot reach Israel; the Shahab-3 can.", ("shahab-3", "Israel", "reaches")),
        ("There is no city in Israel that the Emad missile cannot reach.", ("emad", "Israel", "reaches")),
        ("The Emad missile is new. There is no city in Israel that it can't reach.", ("emad", "Israel", "reaches")),
        ("The Emad missile is new. It can deliver warheads anywhere in Iraq.", ("emad", "Iraq", "reaches")),
        ("The Emad missile would let Iran hit Cairo.", ("emad", "Cairo", "reaches")),
        ("The Emad missile is new. With it we could not have touched Rome.", ("emad", "Rome", "does-not-reach")),
    ],
)
def test_short_answers_and_turns_of_speech(text: str, last: tuple[str | None, str, str]) -> None:
    found = [(reach.system, reach.area, reach.expected) for reach in extract(text).reach]
    assert found[-1] == last


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        (
            "The Ghadr missile is old. The Sejjil is newer. The Emad is new. All three can reach Cairo.",
            ["ghadr", "sejjil", "emad"],
        ),
        ("The Sejjil and the Emad are missiles. Cairo is well within reach of both weapons.", ["sejjil", "emad"]),
        ("The Sejjil and the Emad are missiles. Cairo can be reached with either.", ["sejjil", "emad"]),
        ("The Sejjil and the Emad are missiles. Both can reach Cairo.", ["sejjil", "emad"]),
    ],
)
def test_all_of_those_named_before(text: str, systems: list[str]) -> None:
    assert [reach.system for reach in extract(text).reach] == systems


def test_every_hedge_is_kept() -> None:
    [claim] = extract("The Sejjil reportedly could fly 2,000 km.").claims
    assert claim.hedge == "reportedly, could"


def test_an_exception_is_out_of_reach() -> None:
    found = extract("The Hwasong-14 missile could reach Alaska, but not the lower 48 states.")
    assert [(reach.area, reach.expected) for reach in found.reach] == [
        ("Alaska", "reaches"),
        ("lower 48 states", "does-not-reach"),
    ]


def test_offsets_quote_the_text() -> None:
    text = "“Straße”, he said.\n\nThe Sejjil’s range is about 2,000 km. It can reach Athens."
    found = extract(text)
    claim, reach = found.claims[0], found.reach[0]
    assert text[claim.passage.start : claim.passage.end] == "about 2,000 km"
    assert text[reach.passage.start : reach.passage.end] == "Athens"
    assert claim.passage.exact == "The Sejjil’s range is about 2,000 km."
    assert claim.passage.prefix == "“Straße”, he said.\n\n"
    assert claim.passage.suffix == " It can reach Athens."
    assert (claim.passage.sentence, reach.passage.sentence) == (2, 3)


def test_one_figure_of_two_systems_gives_two_flagged_drafts() -> None:
    found = extract("Both missiles, the Sejjil and the Khorramshahr, have a range of 2,000 km.")
    assert [claim.system for claim in found.claims] == ["sejjil", "khorramshahr"]
    assert all(claim.flags == ("covers-several-systems",) for claim in found.claims)


@pytest.mark.parametrize(
    ("sentence", "quantity", "stance"),
    [
        ("The Sejjil missile has a range of 2,000 km.", "max-range", "asserts"),
        ("Iran denied that the Sejjil missile has a range of 2,000 km.", "max-range", "denies"),
        ("The Sejjil missile flew 1,200 km in a test.", "distance-flown", "tested"),
        ("Iran has limited the range of its missiles to 2,000 km.", "policy-limit", "limits"),
        ("Iran will build a Sejjil missile with a range of 3,000 km.", "max-range", "projects"),
        ("In May 2017 the Nodong missile flies 787 km on a steep path.", "distance-flown", "tested"),
        (
            "The Hormuz-2 missile was tested. In March 2017 it destroyed a barge 250 km away.",
            "distance-flown",
            "tested",
        ),
        ("The Sarmat missile landed in Kamchatka, 5,700 km from the silo.", "distance-flown", "tested"),
        (
            "The Soumar missile is old. Estimates for it came down to about 700 km.",
            "max-range",
            "asserts",
        ),
        ("The Zelzal-2 rocket can be fired to a distance of 210 km.", "max-range", "asserts"),
        ("It will take delivery of Kh-55 missiles with a range of 2,500 km.", "max-range", "asserts"),
        ("The Emad missile is to have a range of 2,000 km.", "max-range", "projects"),
        ("The draft says that no missile be able to travel more than 500 km.", "policy-limit", "limits"),
        ("Seoul was not allowed missiles that could fly farther than 180 km.", "policy-limit", "limits"),
        ("The Al-Hussein missile is said to have flown 650 km.", "distance-flown", "tested"),
        ("The Nodong missile would have a range of 1,300 km on a standard trajectory.", "max-range", "asserts"),
        ("The range of the Haj Qasem missile would be increased to 1,800 km.", "max-range", "projects"),
        ("Iran will keep the range of its ballistic missiles at 2,000 km for now.", "policy-limit", "limits"),
        ("Any deal must hold Iran's missiles to 500 km.", "policy-limit", "limits"),
        ("To hit Paris the Sejjil missile would need a range of 3,500 km.", "required-range", "asserts"),
        ("The Nodong missile broke up after about 500 km.", "distance-flown", "tested"),
        ("The missile struck a point some 1,150 km from the launch site.", "distance-flown", "tested"),
        ("A test of the Jericho II missile in 1987 went 850 km.", "distance-flown", "tested"),
        ("The Fateh-110 missile is old. The earliest model flew 200 km.", "max-range", "asserts"),
        ("On a flatter path the Musudan missile would have flown 3,150 km.", "max-range", "asserts"),
        ("A Khorramshahr missile stripped of half its load would go 3,000 km.", "max-range", "asserts"),
        ("The missile cannot reach Guam, for its range is 2,150 km.", "max-range", "asserts"),
        ("They ask that Iran's missiles go no further than 500 km.", "policy-limit", "limits"),
        (
            "The text obliges Iran to destroy all ballistic missiles with a range above 150 km.",
            "policy-limit",
            "limits",
        ),
        (
            "It falls short of the 3,400 km which the Musudan missile would need to reach Guam.",
            "required-range",
            "asserts",
        ),
    ],
)
def test_quantity_and_stance(sentence: str, quantity: str, stance: str) -> None:
    claims = extract(sentence).claims
    assert [(claim.quantity, claim.stance) for claim in claims] == [(quantity, stance)]
    assert claims[0].reason


@pytest.mark.parametrize(
    "sentence",
    [
        "The Sejjil missile climbed to an altitude of 300 km.",
        "The Sejjil missile weighs 23,600 kg and is 18 metres long.",
        "The Sejjil missile was shown 40 km south of Tehran in 2009.",
        "The Sejjil missile lands within 50 m of its target.",
        "The Sejjil missile flies at 14,000 km/h.",
        "Tehran lies 1,600 km from Tel Aviv, where a missile fell.",
        "Each Sejjil missile costs $2 million, and 2,000 were built.",
    ],
)
def test_what_is_no_range_is_set_aside(sentence: str) -> None:
    assert extract(sentence).claims == ()


def test_a_row_of_a_table_takes_the_unit_of_its_column() -> None:
    found = extract(
        "| Missile | Range (km) | Year |\n|---|---|---|\n| Qiam-1 | 700–800 | 2010 |\n| Sejjil | 2,000 | 2008 |"
    )
    assert [(c.system, c.low_km, c.high_km, c.original) for c in found.claims] == [
        ("qiam-1", 700, 800, "700–800 km"),
        ("sejjil", 2000, 2000, "2,000 km"),
    ]


def test_a_figure_that_leaves_out_its_unit_borrows_it() -> None:
    found = extract("The Khorramshahr missile flies 2,000 km, or 3,000 with a lighter warhead. It was built in 2017.")
    assert [claim.original for claim in found.claims] == ["2,000 km", "3,000 km"]
    found = extract(
        "The Fattah-1 missile has a range of 1,400 km; the Fattah-2, with a glider in place of a warhead, 1,500."
    )
    assert [(claim.system, claim.original) for claim in found.claims] == [
        ("fattah-1", "1,400 km"),
        ("fattah-2", "1,500 km"),
    ]


def test_two_spellings_side_by_side_are_two_missiles() -> None:
    found = extract("The Ghader missile, with a range of 200 km, and the Ghadir, with a range of 300 km, were shown.")
    assert [claim.system for claim in found.claims] == ["ghader", None]


def test_the_name_at_the_head_of_a_section_holds_until_the_next() -> None:
    found = extract(
        "QIAM-1\nType: ballistic missile.\nRange 800 km.\n\nSEJJIL\nType: ballistic missile.\nRange 2,000 km."
    )
    assert [(claim.system, claim.low_km) for claim in found.claims] == [("qiam-1", 800), ("sejjil", 2000)]


def test_the_third_of_a_family_is_counted() -> None:
    found = extract(
        "The Jericho missile has three generations. The first had a range of 500 km. The third can fly 4,800 km."
    )
    assert [claim.system for claim in found.claims] == ["jericho-1", "jericho-3"]


def test_every_figure_set_aside_has_a_reason() -> None:
    aside = extract("The Sejjil missile climbed to an altitude of 300 km, 40 km south of Tehran.").set_aside
    assert [(item.original, item.reason) for item in aside] == [
        ("300 km", "an altitude"),
        ("40 km", "where something is or came down, seen from a place"),
    ]


def test_a_megabyte_is_read_whole() -> None:
    prose = "\n\n".join(path.read_text() for path in sorted((ROOT / "tests/data/articles").glob("*/*.txt")))
    filler = "The committee met again on Tuesday, and nothing that was said there changed anybody's mind. " * 1500
    text = "\n\n".join([f"{prose}\n\n{filler}"] * 6)[:1_000_000]
    assert len(extract(text).claims) > 1000
