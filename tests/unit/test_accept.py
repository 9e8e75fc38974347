"""Accepted drafts reach the catalogue's YAML: appended, nothing else touched, and only once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rangemap.catalogue.accept import accept, append_record, replace_record
from rangemap.catalogue.drafts import DraftFile, read_drafts, write_drafts
from rangemap.catalogue.load import load_catalogue, read_catalogue
from rangemap.errors import DataError
from rangemap.extract.article import extract
from rangemap.extract.drafting import draft_document
from rangemap.extract.readers import Article
from rangemap.project import make_project
from rangemap.types import Tier

TEXT = """The Example-1 missile has a range of up to 900 km, the ministry said: "We are proud." It can reach Lisbon.

The Example-1 once flew 420 km."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_project(tmp_path / "own")
    return tmp_path / "own"


def drafts(root: Path, *, decision: str = "accept", title: str = "A parade", **source: str) -> DraftFile:
    found = extract(TEXT, file="a.txt", catalogue=load_catalogue(root))
    document = draft_document(Article("a.txt", TEXT, title=title, publisher="The Gazette", date="2026-05-01"), found)
    decided = document.model_copy(
        update={
            "claims": tuple(each.model_copy(update={"decision": decision}) for each in document.claims),
            "reach": tuple(each.model_copy(update={"decision": decision}) for each in document.reach),
            "source": document.source.model_copy(update={"url": "https://example.org/n", "tier": Tier.B, **source}),
        }
    )
    return DraftFile(documents=(decided,))


def test_accepting_appends_and_leaves_every_line_as_it_was(root: Path) -> None:
    before = {path: path.read_text() for path in root.rglob("*.yaml")}
    done = accept(drafts(root), root)
    assert len(done.added) == 4  # a source, two claims, one reach statement
    for path, text in before.items():
        new = path.read_text().splitlines()
        kept = iter(new)
        assert all(line in kept for line in text.splitlines()), path
    catalogue, problems = read_catalogue(root)
    assert catalogue is not None
    assert problems == []
    claims = {claim.id: claim for claim in catalogue.systems["example-1"].claims}
    new_claim = claims["example-1-the-gazette-2026-a-parade"]
    assert (new_claim.range, new_claim.claimant, new_claim.as_of) == ("up to 900 km", "ministry", "2026-05-01")
    assert new_claim.quote is not None
    assert (
        new_claim.quote.exact == 'The Example-1 missile has a range of up to 900 km, the ministry said: "We are proud."'
    )
    assert catalogue.systems["example-1"].reach_assertions[0].area == "Lisbon"


def test_the_same_twice_changes_nothing(root: Path) -> None:
    accept(drafts(root), root)
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    again = accept(drafts(root), root)
    assert again.added == []
    assert again.files == {}
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_pending_and_rejected_drafts_stay_out(root: Path) -> None:
    for decision in ("pending", "reject"):
        assert accept(drafts(root, decision=decision), root).files == {}


def test_a_source_without_title_is_refused_and_nothing_written(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    with pytest.raises(DataError, match="source has no title"):
        accept(drafts(root, title=""), root)
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_a_source_is_known_by_its_address(root: Path) -> None:
    done = accept(drafts(root, url="https://example.org/a-rocket-on-parade"), root)
    assert "example-gazette-2024" in done.known
    assert all("example-gazette-2024" in added for added in done.added)


def test_another_document_under_a_taken_id_is_refused(root: Path) -> None:
    with pytest.raises(DataError, match="another title"):
        accept(drafts(root, id="example-gazette-2024"), root)


def test_an_unknown_system_is_refused_by_name(root: Path) -> None:
    wrong = drafts(root)
    claim = wrong.documents[0].claims[0].model_copy(update={"system": "nothing-7"})
    with pytest.raises(DataError, match="no system 'nothing-7'"):
        accept(wrong.decided(0, claim), root)


def test_drafts_come_back_from_their_file(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_drafts(path, drafts(root))
    assert read_drafts(path) == drafts(root)


def test_a_draft_file_broken_by_hand_names_the_line(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_drafts(path, drafts(root))
    text = path.read_text().replace("decision: accept", "decision: maybe", 1)
    path.write_text(text)
    line = text.splitlines().index("        decision: maybe") + 1
    with pytest.raises(DataError, match=f"draft.yaml:{line}: 'decision'"):
        read_drafts(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\n", "id: a\nclaims:\n  - id: n\n"),
        ("claims: []\n", "claims:\n  - id: n\n"),
        ("claims: []  # none yet\nid: a\n", "claims:\n  - id: n\n# none yet\nid: a\n"),
        ("claims:\n- id: x\n# end\n", "claims:\n- id: x\n- id: n\n# end\n"),
        (
            "claims:\n  - id: x\n    note: |\n      one\n\n# tail\nz: 1",
            "claims:\n  - id: x\n    note: |\n      one\n  - id: n\n\n# tail\nz: 1\n",
        ),
        ("claims:\n  - id: x\n\n  - id: y\nz: 1\n", "claims:\n  - id: x\n\n  - id: y\n\n  - id: n\nz: 1\n"),
    ],
)  # fmt: skip
def test_a_record_is_appended_in_the_style_of_its_list(text: str, expected: str) -> None:
    assert append_record(text, "claims", {"id": "n"}) == expected


def test_a_record_is_replaced_in_its_place() -> None:
    text = "claims:\n  - id: x  # first\n    a: 1\n  - id: y\n    a: 2\n# tail\n"
    assert replace_record(text, "claims", "y", {"id": "y", "a": "3 km"}) == (
        "claims:\n  - id: x  # first\n    a: 1\n  - id: y\n    a: 3 km\n# tail\n"
    )
