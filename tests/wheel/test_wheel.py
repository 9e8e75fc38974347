"""What users get: the wheel, installed outside the checkout, with its data in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.wheel


def run(*command: str, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist; the wheel is then built from it, so that both must hold all they need."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=ROOT)
    return next(folder.glob("rangemap-*.tar.gz"))


@pytest.fixture(scope="module")
def installed(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, built from the sdist, in a fresh environment that sees our dependencies but not our checkout.

    The dependencies come by a path file, so that the test needs no network; a path file's folder is not searched for
    further path files, so the editable install of the checkout stays out of sight.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", str(sdist), "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), cwd=folder)
    wheel = next(folder.glob("rangemap-*.whl"))
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    site = Path(run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel), cwd=folder)
    return python


def test_it_is_the_installed_one(installed: Path, tmp_path: Path) -> None:
    where = run(str(installed), "-c", "import rangemap; print(rangemap.__file__)", cwd=tmp_path)
    assert str(installed.parents[1]) in where


def test_list_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    program = str(installed.parent / "rangemap")
    assert len(json.loads(run(program, "list", "--json", cwd=tmp_path))) == 67


def test_figure_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    program = str(installed.parent / "rangemap")
    path = run(program, "figure", "qiam-1", "-o", "qiam-1.svg", cwd=tmp_path).strip()
    assert "<svg" in (tmp_path / path).read_text()


def test_the_man_page_is_installed(installed: Path) -> None:
    page = installed.parents[1] / "share" / "man" / "man1" / "rangemap.1"
    assert ".SH NAME" in page.read_text()


def test_the_sdist_holds_what_its_tests_need(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for wanted in (
        "Makefile",
        "mkdocs.yml",
        "README.md",
        "geodata/MANIFEST.json",
        "tests/conftest.py",
        "man/rangemap.1",
    ):
        assert wanted in names


def test_render_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    program = str(installed.parent / "rangemap")
    path = run(program, "render", "qiam-1", cwd=tmp_path).strip()
    assert path == "outputs/qiam-1.html"
    assert "Qiam-1" in (tmp_path / path).read_text()


def test_message_files_are_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "from rangemap.language import CODES, language; print(*(language(c).say('page.sources') for c in CODES))"
    said = run(str(installed), "-X", "utf8", "-c", code, cwd=tmp_path)
    assert said.split() == ["Sources", "Sources", "Quellen", "المصادر", "منابع"]
