"""What all tests share: no cache outside a test's own folder, laws without clock or chance, each notebook run once."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

os.environ["RANGEMAP_CACHE"] = "off"
settings.register_profile("rangemap", derandomize=True, deadline=None)
settings.load_profile("rangemap")
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def run_notebook(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Run a notebook of `examples/` in a kernel of its own that can't read the user's settings."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    home = str(tmp_path_factory.mktemp("jupyter"))
    places = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    environment = {**os.environ, **dict.fromkeys(places, home), "PYTHONPATH": str(ROOT)}

    @cache
    def run(name: str) -> Any:  # noqa: ANN401 - nbformat is untyped
        notebook = nbformat.read(ROOT / "examples" / name, as_version=4)
        client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": home}})
        return client.execute(env=environment)

    return run
