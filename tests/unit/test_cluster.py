"""An atlas made on a real Dask cluster, whose one worker is killed half-way, is the one that this process makes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rangemap.atlas import make_atlas
from rangemap.catalogue.load import read_catalogue
from rangemap.errors import UsageError
from rangemap.project import make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytest.importorskip("distributed")
SYSTEMS = 14
START = "import sys\nfrom distributed.cli.{0} import main\nsys.exit(main())"
QUIET = {"DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "0", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Copies of one system: enough of them that a worker dies with work in hand."""
    folder = tmp_path / "own"
    make_project(folder)
    text = (folder / "systems" / "example-1.yaml").read_text()
    for number in range(2, SYSTEMS + 1):
        copy = text.replace("example-1", f"example-{number}").replace("Example-1", f"Example-{number}")
        (folder / "systems" / f"example-{number}.yaml").write_text(copy.replace("Exemplar-1", f"Exemplar-{number}"))
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a program of the cluster; all that are left are killed at the end."""
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **QUIET}
    running: list[subprocess.Popen[bytes]] = []

    def begin(code: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"log-{len(running)}").open("wb")
        command = [sys.executable, "-c", code, *arguments]
        running.append(subprocess.Popen(command, env=environ, stdout=log, stderr=log, cwd=tmp_path))
        log.close()
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


def wait_for(what: Callable[[], bool], seconds: float = 200) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_worker_killed_half_way_costs_nothing_but_time(
    own: Path, start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    contact = tmp_path / "scheduler.json"
    local = ("--host", "127.0.0.1")
    start(START.format("dask_scheduler"), *local, "--port", "0", "--no-dashboard", "--scheduler-file", str(contact))
    wait_for(lambda: contact.exists() and contact.stat().st_size > 0)
    options = (*local, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--scheduler-file", str(contact))
    workers = [start(START.format("dask_worker"), *options, "--name", name) for name in ("one", "two")]
    wait_for(lambda: all(b"Registered to" in (tmp_path / f"log-{n}").read_bytes() for n in (1, 2)))
    address = (tmp_path / "log-0").read_text().partition("Scheduler at:")[2].split()[0]

    folder = tmp_path / "cluster"
    command = ("-m", "rangemap", "atlas", str(folder), "--catalogue", str(own), "--dask", address)
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    making = subprocess.Popen([sys.executable, *command], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        wait_for(lambda: len(list(folder.glob("systems/*.html"))) >= 2)
        workers[0].send_signal(signal.SIGKILL)
        left = SYSTEMS - len(list(folder.glob("systems/*.html")))
        output, talk = making.communicate(timeout=250)
    finally:
        making.kill()
    assert making.returncode == 0, talk.decode()
    assert f"{SYSTEMS} pages made" in talk.decode()
    assert output.decode().strip() == str(folder / "index.html")
    assert left > 0

    catalogue, _ = read_catalogue(own)
    make_atlas(tmp_path / "here", catalogue=catalogue)
    assert files(folder) == files(tmp_path / "here")


def test_a_cluster_that_does_not_answer_is_said_in_one_line(own: Path, tmp_path: Path) -> None:
    catalogue, _ = read_catalogue(own)
    with pytest.raises(UsageError, match="no Dask scheduler at 'nonsense://x'"):
        make_atlas(tmp_path / "a", catalogue=catalogue, dask="nonsense://x")
