"""The walk through drafts as a person at the keyboard sees it, and the commands around it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from rangemap.catalogue.drafts import read_drafts
from rangemap.catalogue.schema import FILES, json_schema
from rangemap.catalogue.yamlfile import read_yaml
from rangemap.cli import reviewing
from rangemap.resources import data_dir

TEXT = "The Sejjil missile has a range of 2,000 km. It can reach Athens. The Qiam-1 missile can fly 800 km.\n"


def run(*arguments: str, cwd: Path, keys: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rangemap", *arguments],
        cwd=cwd, input=keys, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("extract", "a.txt", "-o", "draft.yaml", cwd=tmp_path).returncode == 0
    return tmp_path


def decisions(folder: Path) -> list[str]:
    return [draft.decision for draft in read_drafts(folder / "draft.yaml").documents[0].drafts]


SOURCE = "A title\nA publisher\n2026-05-01\nhttps://example.org/n\nB\n\n"


def test_accept_reject_and_stop(folder: Path) -> None:
    done = run("review", "draft.yaml", cwd=folder, keys=f"a\n{SOURCE}a\nr\n")
    assert done.returncode == 0, done.stderr
    assert decisions(folder) == ["accept", "accept", "reject"]
    assert "The Sejjil missile has a range of 2,000 km." in done.stderr
    source = read_drafts(folder / "draft.yaml").documents[0].source
    assert (source.id, source.title, source.tier.value) == ("a-publisher-2026-a-title", "A title", "B")


def test_a_review_goes_on_where_it_stopped(folder: Path) -> None:
    run("review", "draft.yaml", cwd=folder, keys="r\nq\n")
    assert decisions(folder) == ["reject", "pending", "pending"]
    done = run("review", "draft.yaml", cwd=folder, keys="r\n")
    assert decisions(folder) == ["reject", "reject", "pending"]
    assert "(2 of 3)" in done.stderr
    assert "(1 of 3)" not in done.stderr


def test_undo_takes_decisions_back_one_by_one(folder: Path) -> None:
    done = run("review", "draft.yaml", cwd=folder, keys="r\nr\nu\nu\nu\nq\n")
    assert decisions(folder) == ["pending"] * 3
    assert "Nothing to undo." in done.stderr


def test_the_figure_stays_lit_in_its_quote_after_an_edit(folder: Path) -> None:
    run("review", "draft.yaml", cwd=folder, keys="e\nrange=1,900 km\n\nq\n")
    draft = read_drafts(folder / "draft.yaml").documents[0].claims[0]
    assert draft.range == "1,900 km"
    quote = reviewing._quoted(draft)
    (lit,) = [quote.plain[span.start : span.end] for span in quote.spans if span.style == "bold reverse"]
    assert lit == "2,000 km"


def test_edit_refuses_what_the_catalogue_would_refuse(folder: Path) -> None:
    keys = "e\nsystem=nothing-7\nrange=0 km\nrange=1,900 to 2,100 km\nclaimant=The ministry\nnonsense\n\nq\n"
    done = run("review", "draft.yaml", cwd=folder, keys=keys)
    claim = read_drafts(folder / "draft.yaml").documents[0].claims[0]
    assert (claim.range, claim.low_km, claim.high_km, claim.claimant) == (
        "1,900 to 2,100 km",
        1900,
        2100,
        "The ministry",
    )
    assert claim.system == "sejjil"
    assert "no system ‘nothing-7’" in done.stderr
    assert "not a distance" in done.stderr


def test_escape_sequences_in_a_draft_do_not_reach_the_terminal(folder: Path) -> None:
    path = folder / "draft.yaml"
    path.write_text(path.read_text().replace("claimant: article voice", 'claimant: "\\e[31mred\\u202e"', 1))
    done = run("review", "draft.yaml", cwd=folder, keys="q\n")
    assert "red" in done.stderr
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


def test_decisions_are_not_written_over(folder: Path) -> None:
    run("review", "draft.yaml", cwd=folder, keys="r\nq\n")
    done = run("extract", "a.txt", "-o", "draft.yaml", cwd=folder)
    assert done.returncode == 2
    assert "holds decisions" in done.stderr


def test_a_project_from_init_to_a_new_claim(tmp_path: Path) -> None:
    assert run("init", "own", cwd=tmp_path).returncode == 0
    own = tmp_path / "own"
    assert run("validate", ".", "--strict", cwd=own).returncode == 0
    assert run("extract", "articles/sample.txt", "--catalogue", ".", "-o", "draft.yaml", cwd=own).returncode == 0
    run("review", "draft.yaml", "--catalogue", ".", cwd=own, keys=f"a\n{SOURCE}r\na\n")
    assert run("accept", "draft.yaml", cwd=own).returncode == 0
    assert run("validate", ".", "--strict", cwd=own).returncode == 0
    rows = json.loads(run("list", "--catalogue", ".", "--json", cwd=own).stdout)
    assert (rows[0]["claims"], rows[0]["any_km"]) == (4, 900)


def test_init_writes_over_nothing(tmp_path: Path) -> None:
    run("init", "own", cwd=tmp_path)
    readme = tmp_path / "own" / "README.md"
    readme.write_text("mine")
    done = run("init", "own", cwd=tmp_path)
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert readme.read_text() == "mine"


def test_own_and_built_in_catalogue_together(tmp_path: Path) -> None:
    run("init", "own", cwd=tmp_path)
    alone = json.loads(run("list", "--catalogue", "own", "--json", cwd=tmp_path).stdout)
    both = json.loads(run("list", "--catalogue", "own", "--with-built-in", "--json", cwd=tmp_path).stdout)
    assert len(alone) == 1
    assert len(both) == 68
    page = tmp_path / "x.html"
    assert run("render", "example-1", "--catalogue", "own", "-o", str(page), cwd=tmp_path).returncode == 0
    assert "Example-1" in page.read_text()


def test_a_table_goes_out_is_changed_and_comes_in(tmp_path: Path) -> None:
    run("init", "own", cwd=tmp_path)
    run("init", "old", cwd=tmp_path)
    own = tmp_path / "own"
    assert run("export-claims", "--catalogue", ".", "-o", "c.csv", cwd=own).returncode == 0
    same = run("import-claims", "c.csv", cwd=own)
    assert "0 records added, 0 changed, 2 were there already" in same.stderr
    table = own / "c.csv"
    table.write_text(table.read_text().replace("up to 800 km", "up to 850 km"), newline="")
    assert "1 changed" in run("import-claims", "c.csv", cwd=own).stderr
    assert "# A second opinion" in (own / "systems" / "example-1.yaml").read_text()
    words = run("diff", "old", "own", cwd=tmp_path).stdout
    assert words == "Example-1: claim example-1-example-gazette-2024: range was “up to 800 km”, is “up to 850 km”\n"


def test_diff_tells_of_a_withdrawal_with_its_reason(tmp_path: Path) -> None:
    run("init", "old", cwd=tmp_path)
    run("init", "new", cwd=tmp_path)
    path = tmp_path / "new" / "systems" / "example-1.yaml"
    path.write_text(
        path.read_text().replace("locator: page 4", "locator: page 4\n    status: withdrawn\n    reason: misread")
    )
    assert "is now withdrawn: misread" in run("diff", "old", "new", cwd=tmp_path).stdout


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_is_one_and_the_catalogue_keeps_to_it(kind: str) -> None:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    files = {"system": "systems/qiam-1.yaml", "sources": "sources.yaml", "findings": "findings.yaml"}
    if kind in files:
        document, _ = read_yaml(data_dir() / files[kind], kind)
        assert document is not None
        jsonschema.validate(document.data, schema)


def test_the_schema_refuses_what_is_out_of_scope() -> None:
    document, _ = read_yaml(data_dir() / "systems" / "qiam-1.yaml", "x")
    assert document is not None
    with pytest.raises(jsonschema.ValidationError, match="payload"):
        jsonschema.validate({**document.data, "payload": "1 t"}, json_schema("system"))
    jsonschema.Draft202012Validator.check_schema(json_schema())
