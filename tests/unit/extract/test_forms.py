"""Many ways to say one thing: every form of `tests/data/forms.yaml` is filled in and must be read for what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from rangemap.catalogue.load import load_catalogue
from rangemap.extract.article import extract

FORMS: dict[str, Any] = YAML(typ="safe").load((Path(__file__).parents[2] / "data" / "forms.yaml").read_text("utf-8"))
MISSILES = ("The Emad missile", "The Emad", "Iran's Emad ballistic missile")
FIGURES = ("1,700 km", "up to 1,700 kilometers (1,056 miles)", "some 1,050 miles")
PAIRS = {"Emad": "emad", "Ghadr": "ghadr"}, {"Kheibar Shekan": "kheibar-shekan", "Haj Qasem": "haj-qasem"}
AREAS = ("Israel", "parts of southern Europe", "U.S. bases in the Gulf", "Greece and Romania")
PLURAL = {" is ": " are ", " lies ": " lie ", " falls ": " fall ", " remains ": " remain "}


def each(section: str) -> list[tuple[str, str]]:
    return [(said, form) for said, forms in FORMS[section].items() for form in forms]


def read(text: str) -> Any:  # noqa: ANN401 - an extraction
    return extract(text, catalogue=load_catalogue())


@pytest.mark.parametrize(("speaker", "verb"), [
    *((speaker, "said") for speaker in FORMS["speakers"]),
    *(("The Houthis", verb) for verb in FORMS["sayings"]),
    *(("Uzi Rubin of Tel Aviv", verb) for verb in FORMS["sayings"]),
])  # fmt: skip
def test_who_says_it(speaker: str, verb: str) -> None:
    (claim,) = read(f"{speaker} {verb} that the Emad missile has a range of 1,700 km.").claims
    named = set(speaker.replace(",", " ").replace(".", " ").split())
    assert named & set(claim.claimant.replace(".", " ").split())


@pytest.mark.parametrize("form", FORMS["ranges"])
@pytest.mark.parametrize("missile", MISSILES)
def test_a_range(missile: str, form: str) -> None:
    joint = "" if form[0] in ",:'" else " "
    for figure in FIGURES:
        (claim,) = read(f"Iran showed a missile. {missile}{joint}{form.format(n=figure)}.").claims
        assert (claim.system, claim.quantity, claim.stance) == ("emad", "max-range", "asserts"), claim
        assert claim.high_km == pytest.approx(1700, rel=0.01)


@pytest.mark.parametrize(("said", "form"), each("figures"))
def test_what_a_figure_is_of(said: str, form: str) -> None:
    for figure in FIGURES:
        found = [f"{claim.quantity} {claim.stance}" for claim in read(form.format(n=figure)).claims]
        assert found == ([] if said == "none" else [said])


@pytest.mark.parametrize(("said", "form"), each("whose"))
@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_whose_figure_it_is(pair: dict[str, str], said: str, form: str) -> None:
    first, second = pair
    (claim,) = read(form.format(A=first, B=second, n="1,700 km")).claims
    assert claim.system == pair[first if said == "A" else second], claim.reason


@pytest.mark.parametrize(("said", "form"), each("reach"))
@pytest.mark.parametrize("area", AREAS)
def test_what_is_reached(area: str, said: str, form: str) -> None:
    text = form.format(a=area)
    if form.startswith("{a}") and " and " in area:
        for one, many in PLURAL.items():
            text = text.replace(one, many)
    found = [(reach.system, reach.area, reach.expected) for reach in read(text[0].upper() + text[1:]).reach]
    wanted = [("emad", part, said) for part in area.split(" and ")]
    assert [(system, area.lower(), expected) for system, area, expected in found] == [
        (system, area.lower(), expected) for system, area, expected in wanted
    ]
