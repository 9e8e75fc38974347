"""The built-in catalogue is whole, and a broken one is told from it with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rangemap.catalogue.load import load_catalogue, read_catalogue
from rangemap.catalogue.models import slug
from rangemap.errors import DataError, UnknownNameError
from rangemap.places import region

if TYPE_CHECKING:
    from rangemap.catalogue.problems import Problem

# Claims a system, as counted in the research notes that the catalogue was made from (section 6).
CLAIMS_PER_SYSTEM = {
    "shahab-3": 34,
    "shahab-4": 7,
    "sejjil": 13,
    "qiam-1": 6,
    "zelzal-2": 4,
    "zelzal-1": 2,
    "zelzal-3": 0,
    "zelzal-2-houthi": 1,
    "zelzal-family": 8,
    "fateh-110": 14,
    "noor": 7,
    "ghader": 6,
    "iran-icbm-claimed": 6,
    "iran-declared-limit": 16,
    "iran-arsenal-max": 10,
    "iran-march-2026-irbm": 6,
    "scud-b": 6,
    "shahab-1": 6,
    "shahab-2": 6,
    "ghadr": 12,
    "emad": 3,
    "etemad": 3,
    "khorramshahr": 8,
    "khorramshahr-4": 3,
    "bm-25-iran": 1,
    "fateh-313": 2,
    "zolfaghar": 7,
    "zolfaghar-basir": 1,
    "hormuz-2": 3,
    "dezful": 2,
    "haj-qasem": 2,
    "qassem-basir": 2,
    "kheibar-shekan": 2,
    "fattah-1": 3,
    "fattah-2": 1,
    "soumar": 6,
    "hoveyzeh": 3,
    "paveh": 2,
    "abu-mahdi": 4,
    "ya-ali": 0,
    "simorgh": 2,
    "kh-55": 3,
    "al-hussein": 3,
    "al-abbas": 2,
    "nodong": 2,
    "musudan": 6,
    "hwasong-13": 3,
    "hwasong-14": 2,
    "hwasong-15": 5,
    "hwasong-17": 2,
    "df-3a": 5,
    "df-21": 2,
    "df-5": 2,
    "df-5c": 2,
    "df-41": 3,
    "jericho-1": 1,
    "jericho-2": 3,
    "jericho-3": 5,
    "shaheen-3": 2,
    "agni-5": 5,
    "minuteman-3": 5,
    "r-36m2": 2,
    "sarmat": 3,
    "oreshnik": 2,
    "burkan-1": 2,
    "burkan-2h": 1,
    "palestine-2": 2,
}

SOURCES = """sources:
  - id: page-1
    title: A page
    publisher: A publisher
    URL: https://example.org/
    tier: A
"""
SYSTEM = """id: one
name: One
country: IRN
kind: srbm
status: operational
regions: [iran]
claims:
  - id: one-page-1
    source: page-1
    claimant: Somebody
    as_of: 2016-03
    range: 750 km
    locator: page 1
"""
Maker = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Maker:
    def make(system: str = SYSTEM, sources: str = SOURCES, name: str = "one.yaml") -> Path:
        (tmp_path / "systems").mkdir(exist_ok=True)
        (tmp_path / "systems" / name).write_text(system)
        (tmp_path / "sources.yaml").write_text(sources)
        return tmp_path

    return make


def only_error(folder: Path) -> Problem:
    catalogue, problems = read_catalogue(folder)
    assert catalogue is None
    errors = [problem for problem in problems if problem.severity == "error"]
    assert len(errors) == 1, errors
    return errors[0]


def test_nothing_is_lost() -> None:
    catalogue = load_catalogue()
    assert {system.id: len(system.claims) for system in catalogue.systems.values()} == CLAIMS_PER_SYSTEM
    assert sum(CLAIMS_PER_SYSTEM.values()) == 305
    assert len(catalogue.systems) == 67
    assert len(catalogue.sources) == 265
    in_systems = sum(len(system.reach_assertions) for system in catalogue.systems.values())
    assert in_systems + len(catalogue.reach_assertions) == 94


def test_every_claim_stands_in_a_file_and_cites_a_source() -> None:
    catalogue = load_catalogue()
    for system in catalogue.systems.values():
        for claim in system.claims:
            file, line = catalogue.places[claim.id]
            assert file == f"systems/{system.id}.yaml"
            assert line > 1
            assert claim.source in catalogue.sources


def test_every_warning_about_the_built_in_catalogue_is_recorded_with_a_reason() -> None:
    catalogue, problems = read_catalogue()
    assert catalogue is not None
    assert problems
    assert [problem for problem in problems if not problem.recorded] == []


def test_a_good_folder_loads(folder: Maker) -> None:
    catalogue, problems = read_catalogue(folder())
    assert catalogue is not None
    assert problems == []
    assert catalogue.system("ONE").claims[0].figure.low_km == 750


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("range: 750 km", "range: 0 km", 12, "greater than 0"),
        ("range: 750 km", "range: -750 km", 12, "negative"),
        ("range: 750 km", "range: .nan", 12, "can't read"),
        ("range: 750 km", "range: 41,000 km", 12, "round the Earth"),
        ("range: 750 km", "range: 750", 12, "no unit"),
        ("range: 750 km", "range: [750, km]", 12, "string"),
        ("as_of: 2016-03", "as_of: March", 11, "not a date"),
        ("as_of: 2016-03", "as_of: 2016-02-30", 11, "calendar"),
        ("    range: 750 km\n", "", 8, "'range' is missing"),
        ("claimant: Somebody", "claimant: Somebody\n    claiment: X", 11, "unknown field"),
        ("claimant: Somebody", "claimant: Somebody\n    payload: 1 t", 11, "out of scope"),
        ("name: One", "name: One\nlat: 35.1", 3, "out of scope"),
        ("name: One", "name: [One]", 2, "string"),
        ("claims:\n", "claims: none\nx:\n", 7, "tuple"),
        ("country: IRN", "country: Iran", 3, "pattern"),
        ("kind: srbm", "kind: big", 4, "srbm"),
        ("status: operational", "status: operational\n\tx: 1", 6, "tab"),
        ("name: One", "name: One\nname: Two", 3, "twice"),
        ("name: One", "name: &n One\nnote: *n", 3, "alias"),
        ("name: One", "name: !!python/name:os.system One", 2, "tag"),
        ("name: One", 'name: "One', 2, "never closed"),
        ("id: one\n", "id: other\n", 1, "differs from the file's name"),
    ],
)
def test_bad_yaml_names_file_line_and_remedy(folder: Maker, old: str, new: str, line: int, says: str) -> None:
    assert old in SYSTEM
    catalogue, problems = read_catalogue(folder(SYSTEM.replace(old, new)))
    assert catalogue is None
    first = next(problem for problem in problems if says in str(problem))
    assert first.file.endswith("one.yaml")
    assert first.line == line
    assert "\n" not in str(first)


def test_a_duplicate_id_names_both_places(folder: Maker) -> None:
    second = SYSTEM[SYSTEM.index("  - id") :]
    problem = only_error(folder(SYSTEM + second))
    assert "is taken" in problem.what
    assert "one.yaml:8" in problem.what
    assert problem.line == 14


def test_a_dangling_source_names_the_claim(folder: Maker) -> None:
    problem = only_error(folder(SYSTEM.replace("source: page-1", "source: page-2")))
    assert "page-2" in problem.what
    assert problem.line == 8


def test_a_device_name_is_no_id(folder: Maker) -> None:
    problem = only_error(folder(SYSTEM.replace("id: one\n", "id: con\n"), name="con.yaml"))
    assert "device name" in problem.what


def test_an_alias_bomb_of_10_mb_is_refused_at_once(folder: Maker) -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(400_000))
    assert len(bomb) > 10_000_000
    assert "over the limit" in only_error(folder(bomb)).what


def test_a_small_alias_bomb_is_refused_too(folder: Maker) -> None:
    bomb = "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*{'b' + str(n - 1) if n else 'a'}, *a]" for n in range(60))
    assert "alias" in only_error(folder(bomb)).what


def test_deep_nesting_is_refused(folder: Maker) -> None:
    assert "nested too deeply" in only_error(folder("a: " + "[" * 5000 + "]" * 5000)).what


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- 1\n- 2\n", b"just words\n"])
def test_files_that_are_no_records(folder: Maker, content: bytes) -> None:
    root = folder()
    (root / "systems" / "one.yaml").write_bytes(content)
    assert only_error(root).file.endswith("one.yaml")


def test_all_problems_come_at_once(folder: Maker) -> None:
    text = SYSTEM.replace("750 km", "0 km").replace("IRN", "iran").replace("2016-03", "soon")
    with pytest.raises(DataError) as caught:
        load_catalogue(folder(text))
    assert len(caught.value.problems) == 3


def test_a_fault_in_one_record_hides_none_between_records(folder: Maker) -> None:
    claim = SYSTEM[SYSTEM.index("  - id") :]
    faulty = claim.replace("one-page-1", "faulty").replace("750 km", "lots of km")
    dangling = claim.replace("one-page-1", "dangling").replace("page-1", "page-2")
    to_faulty = claim.replace("one-page-1", "to-faulty") + "    derives_from: faulty\n"
    root = folder(SYSTEM.replace("[iran]", "[iran, atlantis]") + claim + faulty + dangling + to_faulty)

    _, problems = read_catalogue(root, resolve=region)

    assert [(problem.rule, problem.line) for problem in problems if problem.severity == "error"] == [
        ("region", 6),
        ("id", 14),
        ("schema", 24),
        ("dangling", 26),
    ]


def test_an_unreadable_file_of_sources_makes_no_claim_dangle(folder: Maker) -> None:
    assert only_error(folder(sources="sources: [")).file.endswith("sources.yaml")


def test_a_point_is_no_region_of_a_catalogue(folder: Maker) -> None:
    root = folder(SYSTEM.replace("[iran]", "[spot]"))
    (root / "regions").mkdir()
    (root / "regions" / "spot.geojson").write_text('{"type": "Point", "coordinates": [50, 30]}')
    _, problems = read_catalogue(root, resolve=region)
    assert [(problem.rule, problem.line) for problem in problems] == [("region", 6)]
    assert "never a point" in problems[0].what


def test_a_range_beyond_half_the_circumference_is_a_warning(folder: Maker) -> None:
    catalogue, problems = read_catalogue(folder(SYSTEM.replace("750 km", "35,000 km")))
    assert catalogue is not None
    assert [problem.rule for problem in problems] == ["whole-earth"]


def test_names_and_aliases_find_a_system_whatever_the_case() -> None:
    catalogue = load_catalogue()
    for name in ("shahab-3", "SHAHAB-3", "Shihab-3", " shehab-3 "):
        assert catalogue.system(name).id == "shahab-3"


def test_a_wrong_name_gets_did_you_mean() -> None:
    with pytest.raises(UnknownNameError, match="did you mean shahab-3") as caught:
        load_catalogue().system("shahb-3")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ya'alon", "yaalon"),
        ("FDD's Long War Journal", "fdds-long-war-journal"),
        ("«»", "unnamed"),
        ("Sénéchal", "senechal"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected
