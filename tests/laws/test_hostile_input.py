"""Whatever stands in a file, a reader gives a result or an error of ours, in a few lines without control, in time."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rangemap.catalogue.load import read_catalogue
from rangemap.catalogue.models import RESERVED_IDS, Identifier
from rangemap.catalogue.yamlfile import MAX_DEPTH, parse_yaml

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
QUICK = settings(max_examples=150, suppress_health_check=list(HealthCheck))
IN_TIME_S = 5.0


def _targets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "scripts" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


TARGETS: dict[str, Any] = _targets().TARGETS


def pieces(*words: str, most: int = 40) -> st.SearchStrategy[str]:
    """Make texts of words that mean something to a reader, and of some that do not."""
    return st.lists(st.sampled_from(words) | st.text(max_size=4), max_size=most).map("".join)


YAML = pieces(
    *("id: one\n", "claims:\n", "  - ", "range: ", "800 km", "\n", "&a ", "*a", "!!python/object ", "!x ", "? "),
    *(": ", "{", "}", "[", "]", "'", '"', "|\n", "<<: ", "%YAML 1.1\n", "---\n", "\t", "\x85", "~", "# ", "\\"),
)  # fmt: skip
RANGES = pieces(
    *("up to ", "between ", "1,300", "1.300", "2", "two thousand", " km", " miles", "–", "-", " to ", " and ", "("),
    *(")", "/", "±", "0", "9" * 30, ".", ",", " or more", "+", "about ", "e5", "²", "٣", "\u202f", "NaN"),
)  # fmt: skip
PROSE = pieces(
    *("The Sejjil ", "missile ", "has a range of ", "2,000 km", ". ", '"', "he said ", "according to ", "Iran", "'s "),
    *("could reach ", "Israel", "\n", "\n\n", "Mr. ", "respectively", "(", ")", "1,", "- ", "U.S. ", "the limit "),
)  # fmt: skip
NUMBERS = (
    st.floats(-200, 200) | st.integers(-400, 400) | st.sampled_from([float("nan"), float("inf"), -0.0, 1e308, 10**400])
)
POSITION = st.lists(NUMBERS, min_size=1, max_size=4) | st.none() | st.text(max_size=2)
RING = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list) | POSITION, max_size=8).map(
    lambda ring: [*ring, ring[0]] if ring else ring
)
GEOMETRY = st.recursive(
    st.builds(lambda rings: {"type": "Polygon", "coordinates": rings}, st.lists(RING, max_size=3))
    | st.builds(lambda rings: {"type": "MultiPolygon", "coordinates": [rings]}, st.lists(RING, max_size=2))
    | st.sampled_from([None, {}, {"type": "Point", "coordinates": [1, 2]}, {"type": []}, 3, "x"]),
    lambda inner: (
        st.builds(lambda each: {"type": "GeometryCollection", "geometries": each}, st.lists(inner, max_size=3))
        | st.builds(lambda each: {"type": "Feature", "geometry": each, "properties": {"name": "x\x1b"}}, inner)
        | st.builds(lambda each: {"type": "FeatureCollection", "features": each}, st.lists(inner, max_size=3))
    ),
    max_leaves=6,
).map(json.dumps)
BIBTEX = pieces(
    "@", "article", "{", "}", "key", ",", "title", " = ", '"', "\\", "author", " and ", "\n", "date", "2016", "#"
)
CSV = pieces(
    "system,id,source,claimant,range\n", "one", ",", '"', "\r\n", "\n", "=1+1", "'", "800 km", "\0", ";", "flags"
)
INPUTS = {
    "yaml": YAML,
    "range": RANGES,
    "article": PROSE,
    "region": GEOMETRY,
    "bibtex": BIBTEX,
    "csv": CSV,
    "csl": GEOMETRY,
}


@pytest.mark.parametrize("target", INPUTS)
def test_any_text_is_read_or_refused(target: str) -> None:
    @QUICK
    @given(INPUTS[target])
    def check(text: str) -> None:
        TARGETS[target](text.encode(errors="replace"))

    check()


@pytest.mark.parametrize("path", sorted((ROOT / "tests/data/fuzz").rglob("*.bin")), ids=lambda path: path.stem)
def test_what_fuzzing_found_stays_mended(path: Path) -> None:
    started = time.process_time()
    TARGETS[path.parent.name](path.read_bytes())
    assert time.process_time() - started < IN_TIME_S


LONG = 200_000
MILLION = "[[" + "[0,0]," * 1_000_000 + "[0,0]]]}"
SLOW = {
    "yaml": ["a: 1" + "\n" * LONG, "a: " + "[" * 20_000, "? " * LONG, "a:\n" + "  - &x y\n" * 5_000, "- " * LONG],
    "range": ["1 " * LONG, "9" * 200, "up to " * 33, "between 1 and " * 14],
    "article": [part * (10_000 // len(part)) for part in ("he said ", "missile 1,300 km, ", "(", "Iran reaches ")],
    "bibtex": [part * (LONG // len(part)) for part in ("@a{", "@a{b,c={", "@a{b, c = {d}, ", " ", "@a{b,author={x ")],
    "csv": ["," * LONG, '"' * LONG, "system\n" * 20_000],
    "csl": ["[" * LONG, "1" * LONG, '[{"id":' * 10_000],
    "region": ["[" * LONG, '{"type":"Feature","geometry":' * 9_000, '{"type":"Polygon","coordinates":' + MILLION],
}  # fmt: skip


@pytest.mark.parametrize(
    ("target", "number"), [(name, number) for name, texts in SLOW.items() for number in range(len(texts))]
)
def test_what_grows_is_refused_or_done_in_time(target: str, number: int) -> None:
    started = time.process_time()
    TARGETS[target](SLOW[target][number].encode())
    assert time.process_time() - started < IN_TIME_S


def test_yaml_that_is_large_and_not_plain_is_refused() -> None:
    document, problems = parse_yaml("a:\n" + "  - {b: c}\n" * 40_000 + "z: *q\n", "x.yaml")
    assert document is None
    assert "no plain YAML" in problems[0].what


@settings(QUICK)
@given(st.integers(0, 40))
def test_nesting_has_one_limit(depth: int) -> None:
    document, problems = parse_yaml("a: " + "[" * depth + "x" + "]" * depth, "x.yaml")
    assert (document is None) == (depth + 1 > MAX_DEPTH), problems


NAMES = (
    *("../../x", "CON", "con", "cON", "nul.txt", "NUL", "lpt1", "x" * 300, "\u202egpj", "-x", ".hidden", "..", "."),
    *("--help", "", " ", "a/b", "a\\b", "C:x", "x\0", "x\n", "~", "x.", "ı", "ﬁ", "a\u200fb", "$(x)", "%2e%2e", "x y"),
)  # fmt: skip
ID: TypeAdapter[str] = TypeAdapter(Identifier)


def _is_accepted(name: str) -> bool:
    try:
        return ID.validate_python(name) == name
    except ValidationError:
        return False


@settings(QUICK)
@given(st.sampled_from(NAMES) | st.text(max_size=90) | st.from_regex(r"\A[a-zA-Z0-9.\-]{1,90}\Z"))
def test_an_id_is_a_file_name_everywhere(name: str) -> None:
    if _is_accepted(name):
        assert re.fullmatch(r"[a-z0-9][A-Za-z0-9-]{0,79}", name)
        assert name.lower() not in RESERVED_IDS


@pytest.mark.parametrize("name", [name for name in NAMES if name != "con"])
def test_a_hostile_id_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "sources.yaml").write_text("sources: []\n")
    record = {"id": name, "name": "x", "country": "IRN", "kind": "srbm", "status": "retired", "regions": ["iran"]}
    (tmp_path / "systems" / "one.yaml").write_text(json.dumps(record))
    catalogue, problems = read_catalogue(tmp_path, cached=False)
    assert catalogue is None
    assert all("\n" not in str(problem) for problem in problems)
