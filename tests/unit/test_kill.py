"""Programs killed at random moments leave no damaged file, and what they were doing can simply be done again.

The suite kills a dozen times; by hand, `RANGEMAP_KILLS=250 pytest tests/unit/test_kill.py` as often as wanted.
Programs are warmed up and then forked, so that a kill falls into their work and not into their imports.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
import zipfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from rangemap.catalogue.drafts import DraftFile, write_drafts
from rangemap.catalogue.load import load_catalogue, read_catalogue
from rangemap.cli.app import app
from rangemap.extract.article import extract
from rangemap.extract.drafting import draft_document
from rangemap.extract.readers import Article
from rangemap.project import make_project
from rangemap.types import Tier

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
KILLS = int(os.environ.get("RANGEMAP_KILLS", "0"))
TEXT = "\n\n".join(f"The Example-{n} has a range of up to 900 km, the ministry said." for n in (1, 2, 3, 4))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill") / "own"
    make_project(folder)
    text = (folder / "systems" / "example-1.yaml").read_text()
    for number in (2, 3, 4):
        copy = text.replace("example-1", f"example-{number}").replace("Example-1", f"Example-{number}")
        (folder / "systems" / f"example-{number}.yaml").write_text(copy.replace("Exemplar-1", f"Exemplar-{number}"))
    warm = folder.parent / "warm"
    for command in (
        ["render", "example-1", "-o", str(warm / "map.html")],
        ["atlas", str(warm / "atlas"), "--workers", "1"],
    ):
        done = CliRunner().invoke(app, [*command, "--catalogue", str(folder)])
        assert done.exit_code == 0, done.output
    return folder


def work(arguments: list[str]) -> None:
    """Run the program in a fork, silent; its exit code is that of the program."""
    load_catalogue.cache_clear()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        os._exit(CliRunner().invoke(app, arguments).exit_code)


def start(arguments: list[str]) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=work, args=(arguments,))
    process.start()
    return process


def seconds(arguments: list[str]) -> float:
    """Run it to the end, and say how long it took."""
    before = time.monotonic()
    process = start(arguments)
    process.join(120)
    assert process.exitcode == 0, arguments
    return time.monotonic() - before


def kill_often(times: int, arguments: list[str], prepare: Callable[[], None], check: Callable[[], None]) -> int:
    """Kill it so many times at random moments, check what is left, and count the kills that hit it at work."""
    prepare()
    whole_s = seconds(arguments)
    rng, hits = random.Random(len(arguments)), 0  # noqa: S311 - the same moments each time
    for _ in range(times):
        if rng.random() < 0.5:
            prepare()
        process = start(arguments)
        process.join(rng.uniform(0, whole_s * 1.1))
        hits += process.exitcode is None
        with suppress(ProcessLookupError):
            os.kill(process.pid or 0, signal.SIGKILL)
        process.join(60)
        check()
    assert seconds(arguments) > 0
    check()
    return hits


def is_html(path: Path) -> bool:
    text = path.read_bytes()
    return text.startswith(b"<!DOCTYPE html>") and text.rstrip().endswith(b"</html>")


def left_over(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part"))


def kill_render(template: Path, folder: Path, times: int) -> int:
    target = folder / "map.html"

    def check() -> None:
        assert not target.exists() or is_html(target)

    arguments = ["render", "example-1", "--catalogue", str(template), "-o", str(target)]
    hits = kill_often(times, arguments, lambda: target.unlink(missing_ok=True), check)
    for part in left_over(folder):
        os.utime(part, (0, 0))
    seconds(arguments)
    assert not left_over(folder)
    return hits


def kill_atlas(template: Path, folder: Path, times: int) -> int:
    target = folder / "atlas"

    def prepare() -> None:
        shutil.rmtree(target, ignore_errors=True)

    def check() -> None:
        for path in target.rglob("*"):
            if path.suffix == ".html":
                assert is_html(path), path
            elif path.suffix == ".json":
                json.loads(path.read_bytes())

    hits = kill_often(times, ["atlas", str(target), "--catalogue", str(template), "--workers", "1"], prepare, check)
    assert len(list(target.glob("systems/*.html"))) == 4
    assert (target / "manifest.json").exists()
    assert not left_over(target)
    return hits


def kill_accept(template: Path, folder: Path, times: int) -> int:
    own, draft = folder / "own", folder / "draft.yaml"
    found = extract(TEXT, file="a.txt", catalogue=load_catalogue(template))
    article = Article("a.txt", TEXT, title="A parade", publisher="The Gazette", date="2026-05-01")
    document = draft_document(article, found)
    claims = tuple(each.model_copy(update={"decision": "accept"}) for each in document.claims)
    source = document.source.model_copy(update={"url": "https://example.org/n", "tier": Tier.B})
    write_drafts(draft, DraftFile(documents=(document.model_copy(update={"claims": claims, "source": source}),)))

    def prepare() -> None:
        shutil.rmtree(own, ignore_errors=True)
        shutil.copytree(template, own)

    def check() -> None:
        catalogue, problems = read_catalogue(own, cached=False)
        assert catalogue is not None, problems

    hits = kill_often(times, ["accept", str(draft), "--catalogue", str(own)], prepare, check)
    catalogue, _ = read_catalogue(own, cached=False)
    assert catalogue is not None
    assert [len(system.claims) for system in catalogue.systems.values()] == [3, 3, 3, 3]
    assert len(catalogue.sources) == 3
    return hits


def kill_bundle(template: Path, folder: Path, times: int) -> int:
    target = folder / "map.zip"

    def check() -> None:
        if target.exists():
            assert zipfile.ZipFile(target).testzip() is None

    arguments = ["bundle", "example-1", "--catalogue", str(template), "-o", str(target)]
    return kill_often(times, arguments, lambda: target.unlink(missing_ok=True), check)


JOBS = {"render": kill_render, "atlas": kill_atlas, "accept": kill_accept, "bundle": kill_bundle}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_program_killed_at_a_random_moment_damages_nothing(job: str, template: Path, tmp_path: Path) -> None:
    hits = JOBS[job](template, tmp_path, KILLS or 3)
    assert hits >= KILLS // 6  # fewer where the machine is busy and its speed changes
