"""An atlas: every page whole, only what changed made again, whatever interrupts it and whoever else is at it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from rangemap.atlas import make_atlas
from rangemap.atlas.store import Store
from rangemap.ballot import Filters
from rangemap.catalogue.load import read_catalogue
from rangemap.errors import DataError, OutputError, UsageError
from rangemap.files import locked, write_atomic
from rangemap.project import make_project

if TYPE_CHECKING:
    from rangemap.catalogue.load import Catalogue

SYSTEMS = ("example-1", "hostile-1", "quiet-1")
HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7*7 }}"
EMPTY = """id: quiet-1
name: Quiet-1
country: XXX
kind: cruise
status: alleged
regions: [example-land]
"""
SPREADSHEET = f"""id: hostile-1
name: "Hostile {HOSTILE}"
aliases: ["Ünïcode-9"]
country: XXX
kind: srbm
status: alleged
regions: [example-land]
claims:
  - id: hostile-1-gazette
    source: example-gazette-2024
    claimant: "=HYPERLINK(1)"
    as_of: 2024
    range: 700 km
"""


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of one's own with three systems (contested, without any claim, written to do harm), and its atlas."""
    folder = tmp_path_factory.mktemp("finished")
    own = folder / "own"
    make_project(own)
    (own / "systems" / "quiet-1.yaml").write_text(EMPTY)
    (own / "systems" / "hostile-1.yaml").write_text(SPREADSHEET, encoding="utf-8")
    make_atlas(folder / "atlas", catalogue=read(own))
    return folder


@pytest.fixture
def own(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished / "own", tmp_path / "own"))


@pytest.fixture
def made(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished / "atlas", tmp_path / "atlas"))


def read(folder: Path) -> Catalogue:
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None, problems
    return catalogue


def files(folder: Path) -> dict[str, bytes]:
    """Every file that a reader of the atlas gets."""
    found = [path for path in folder.rglob("*") if path.is_file() and ".rangemap" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def assert_whole(folder: Path, systems: int) -> None:
    """The manifest names every file with its hash, every page is finished, nothing half-written lies about."""
    found = files(folder)
    manifest = json.loads(found.pop("manifest.json"))["files"]
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == {
        name: entry["sha256"] for name, entry in manifest.items()
    }
    pages = [content for name, content in found.items() if name.startswith("systems/")]
    assert len(pages) == systems
    assert all(content.rstrip().endswith(b"</html>") for content in (*pages, found["index.html"]))
    assert not list(folder.rglob("*.part"))


def test_every_system_has_a_page_also_one_that_nobody_says_a_range_of(made: Path) -> None:
    assert_whole(made, 3)
    index = (made / "index.html").read_text(encoding="utf-8")
    for system in SYSTEMS:
        assert f'href="systems/{system}.html"' in index
    assert "500 to 800 km" in index
    assert "no range is counted" in index
    page = (made / "systems" / "quiet-1.html").read_text(encoding="utf-8")
    assert 'href="../index.html"' in page


def test_texts_from_data_are_escaped_in_index_and_feeds(made: Path) -> None:
    index = (made / "index.html").read_text(encoding="utf-8")
    assert HOSTILE not in index
    assert "&lt;img src=x" in index
    rows = list(csv.DictReader(io.StringIO((made / "claims.csv").read_text(encoding="utf-8"))))
    assert {row["claimant"] for row in rows} >= {"'=HYPERLINK(1)"}
    feed = json.loads((made / "claims.json").read_text(encoding="utf-8"))
    assert {row["claimant"] for row in feed["claims"]} >= {"=HYPERLINK(1)"}


def test_the_feeds_hold_every_claim_and_say_why_one_is_not_counted(own: Path, tmp_path: Path) -> None:
    folder = make_atlas(tmp_path / "a", catalogue=read(own), filters=Filters(as_of="2024-12")).index.parent
    feed = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in feed["claims"]] == [
        "example-1-example-gazette-2024",
        "example-1-example-institute-2025",
        "hostile-1-gazette",
    ]
    assert [row["why_not_counted"] for row in feed["claims"]] == [None, "left out: said after 2024-12", None]
    assert feed["claims"][0]["page"] == "systems/example-1.html"
    assert "what had been said by December 2024" in (folder / "index.html").read_text(encoding="utf-8")


def test_the_sitemap_needs_an_address_and_goes_when_that_is_no_longer_given(own: Path, tmp_path: Path) -> None:
    make_atlas(tmp_path / "a", catalogue=read(own), base_url="https://example.org/a&b")
    tree = ET.fromstring((tmp_path / "a" / "sitemap.xml").read_bytes())  # noqa: S314 - our own
    assert [entry[0].text for entry in tree] == [
        "https://example.org/a&b/",
        *(f"https://example.org/a&b/systems/{name}.html" for name in ("example-1", "hostile-1", "quiet-1")),
    ]
    again = make_atlas(tmp_path / "a", catalogue=read(own))
    assert again.removed == ("sitemap.xml",)
    assert_whole(tmp_path / "a", 3)


def test_only_what_changed_is_made_again(own: Path, made: Path) -> None:
    folder = made
    assert make_atlas(folder, catalogue=read(own)).kept == SYSTEMS
    before = files(folder)
    changed = own / "systems" / "hostile-1.yaml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("700 km", "900 km"), encoding="utf-8")
    again = make_atlas(folder, catalogue=read(own))
    assert again.made == ("hostile-1",)
    after = files(folder)
    assert {name for name, content in after.items() if content != before[name]} == {
        *("systems/hostile-1.html", "index.html", "claims.csv", "claims.json", "manifest.json")
    }
    assert b"900 km" in after["index.html"]


def test_another_system_or_a_source_that_a_page_does_not_cite_leaves_it_as_it_is(own: Path, made: Path) -> None:
    (own / "systems" / "quiet-2.yaml").write_text(EMPTY.replace("quiet-1", "quiet-2"))
    sources = own / "sources.yaml"
    sources.write_text(
        sources.read_text() + "  - {id: more, title: More, publisher: P, tier: A, URL: 'https://e.org'}\n"
    )
    again = make_atlas(made, catalogue=read(own))
    assert again.made == ("quiet-2",)
    assert again.kept == SYSTEMS


def test_a_region_of_ones_own_counts_by_its_content_not_by_its_path(own: Path, made: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(own, moved)
    assert make_atlas(made, catalogue=read(moved)).made == ()
    region = moved / "regions" / "example-land.geojson"
    region.write_text(region.read_text().replace("-38.0", "-37.0"))
    assert make_atlas(made, catalogue=read(moved)).made == SYSTEMS


def test_filters_and_hand_edits_make_a_page_anew(own: Path, made: Path) -> None:
    page = made / "systems" / "example-1.html"
    page.write_text("scribbled over")
    assert make_atlas(made, catalogue=read(own)).made == ("example-1",)
    flagged = make_atlas(made, catalogue=read(own), filters=Filters(flagged=True))
    assert flagged.made == SYSTEMS
    assert_whole(made, 3)


def test_pages_of_systems_that_are_gone_are_removed_if_we_made_them_and_nobody_changed_them(
    own: Path, made: Path
) -> None:
    folder = made
    (folder / "systems" / "not-ours.html").write_text("somebody's")
    (folder / "systems" / "hostile-1.html").write_text("improved by hand")
    (own / "systems" / "hostile-1.yaml").unlink()
    (own / "systems" / "quiet-1.yaml").unlink()
    again = make_atlas(folder, catalogue=read(own))
    assert again.removed == ("systems/quiet-1.html",)
    assert again.left == ("systems/hostile-1.html",)
    assert sorted(path.name for path in (folder / "systems").iterdir()) == [
        "example-1.html",
        "hostile-1.html",
        "not-ours.html",
    ]


def test_a_manifest_that_was_tampered_with_removes_nothing_else(own: Path, made: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("precious")
    names = ("../outside.html", str(outside), "systems/../../outside.html")
    manifest = made / "manifest.json"
    data = json.loads(manifest.read_text())
    digest = hashlib.sha256(b"precious").hexdigest()
    data["files"] |= {name: {"sha256": digest} for name in names}
    manifest.write_text(json.dumps(data))
    assert make_atlas(made, catalogue=read(own)).removed == ()
    assert outside.read_text() == "precious"


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"key": 1}', '{"files": 3, "keys": []}'])
def test_damaged_records_cost_time_and_nothing_else(own: Path, made: Path, damage: str) -> None:
    folder = made
    before = files(folder)
    (folder / "manifest.json").write_text(damage)
    (folder / ".rangemap" / "example-1.json").write_text(damage)
    assert make_atlas(folder, catalogue=read(own)).made == ("example-1",)
    assert files(folder) == before


def test_an_interrupted_run_is_taken_up_where_it_stopped(own: Path, tmp_path: Path) -> None:
    def interrupt(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_atlas(tmp_path / "a", catalogue=read(own), on_progress=interrupt)
    (tmp_path / "a" / ".index.html.x.part").write_text("half")
    again = make_atlas(tmp_path / "a", catalogue=read(own))
    assert len(again.kept) == 1
    assert len(again.made) == 2
    assert_whole(tmp_path / "a", 3)


def test_a_page_that_cannot_be_made_is_told_and_keeps_no_other_from_being_made(own: Path, tmp_path: Path) -> None:
    (own / "systems" / "lost-1.yaml").write_text(EMPTY.replace("quiet-1", "lost-1").replace("example-land", "atlantis"))
    with pytest.raises(DataError, match="lost-1: unknown region 'atlantis'"):
        make_atlas(tmp_path / "a", catalogue=read(own))
    assert_whole(tmp_path / "a", 3)


def test_a_folder_that_is_somebody_elses_is_left_alone(own: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my site")
    with pytest.raises(UsageError, match="was not made by"):
        make_atlas(tmp_path, catalogue=read(own))
    with pytest.raises(OutputError, match="it is a file"):
        make_atlas(tmp_path / "index.html", catalogue=read(own))
    assert (tmp_path / "index.html").read_text() == "my site"
    assert not (tmp_path / "systems").exists()


def test_what_an_atlas_cannot_do_is_refused_before_anything_is_written(own: Path, tmp_path: Path) -> None:
    for options in ({"base_url": "javascript:alert(1)"}, {"filters": Filters(claims=frozenset({"x"}))}):
        with pytest.raises(UsageError):
            make_atlas(tmp_path / "a", catalogue=read(own), **options)
    assert not (tmp_path / "a").exists()


def test_ids_that_are_one_file_on_some_disks_are_refused(own: Path, tmp_path: Path) -> None:
    (own / "systems" / "quiet-X.yaml").write_text(EMPTY.replace("quiet-1", "quiet-X"))
    (own / "systems" / "quiet-x.yaml").write_text(EMPTY.replace("quiet-1", "quiet-x"))
    with pytest.raises(DataError, match="one file on some disks"):
        make_atlas(tmp_path / "a", catalogue=read(own))


def run(arguments: list[str], **environment: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment}
    command = [sys.executable, "-m", "rangemap", "atlas", *arguments]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_writing_the_same_atlas_do_not_harm_each_other(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    both = [run([str(folder), "--catalogue", str(own), "--workers", "1"]) for _ in range(2)]
    talk = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], talk
    assert_whole(folder, 3)
    made = [line for text in talk for line in text.splitlines() if "pages made" in line]
    assert sorted(line.partition(",")[0] for line in made) == ["0 pages made", "3 pages made"]


def test_without_locks_two_runs_leave_a_whole_atlas_too(own: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run finishes within another, as on a disk that knows no locks."""
    monkeypatch.setattr("rangemap.files._lock", lambda *_: False)
    folder, before = made, files(made)
    (folder / ".rangemap" / "example-1.json").unlink()
    (folder / ".index.html.fresh.part").write_text("another run is at it")

    def other_run(_: int, total: int) -> None:
        if total:
            make_atlas(folder, catalogue=read(own))

    make_atlas(folder, catalogue=read(own), on_progress=other_run)
    (folder / ".index.html.fresh.part").unlink()
    assert files(folder) == before
    assert_whole(folder, 3)


HOLD = """
import sys, pathlib, rangemap.files as files
with files.locked(pathlib.Path(sys.argv[1]), lambda: print("waits", flush=True)):
    print("has it")
"""


def test_a_lock_is_waited_for_and_let_go_of(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", HOLD, str(tmp_path / "lock")]
    with locked(tmp_path / "lock", lambda: None) as alone:
        other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
        assert other.stdout is not None
        first = other.stdout.readline()
    assert (alone, first, other.communicate(timeout=20)[0]) == (True, "waits\n", "has it\n")


def test_what_a_killed_program_left_an_hour_ago_is_swept_away(tmp_path: Path) -> None:
    old, fresh, others = (tmp_path / name for name in (".a.html.1.part", ".a.html.2.part", ".b.html.3.part"))
    for part in (old, fresh, others):
        part.write_text("half")
    os.utime(old, (0, 0))
    os.utime(others, (0, 0))
    write_atomic(tmp_path / "a.html", "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, others.name, "a.html"]


def test_a_store_takes_away_what_is_half_written(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems" / ".x.html.y.part").write_text("half")
    with Store(tmp_path).opened(lambda: None):
        assert not list(tmp_path.rglob("*.part"))
