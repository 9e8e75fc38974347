"""Divide a catalogue into tasks, one a page, and know by its key whether a page must be made again."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from rangemap import resources
from rangemap.atlas.model import Task
from rangemap.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue

_LIBRARIES = ("branca", "folium", "Jinja2", "numpy", "pyproj", "shapely", "XStatic-Leaflet")
"""Those whose version may change a page's bytes."""

_NO_CODE = (".pyc", ".pyi", ".typed")
_DATA = ("MANIFEST.json", "areas.yaml", "regions/groups.yaml")
_LONGEST_BATCH = 8


def make_tasks(catalogue: Catalogue, filters: Filters) -> list[Task]:
    """Make a task a system, in the order of the catalogue.

    Raises
    ------
    UsageError
        For filters that name claims or claimants: they would mean something else on every page.
    DataError
        For ids that are one file name where a disk knows no upper case.
    """
    if filters.claims or filters.origins:
        msg = "an atlas can't be filtered by claim or claimant; render one system instead"
        raise UsageError(msg)
    _refuse_twins(catalogue)
    return [_task(catalogue.part(name), filters) for name in catalogue.systems]


def _refuse_twins(catalogue: Catalogue) -> None:
    seen: dict[str, str] = {}
    for name in catalogue.systems:
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            raise DataError([f"'{twin}' and '{name}' would be one file on some disks; rename one of the systems"])


def _task(part: Catalogue, filters: Filters) -> Task:
    wanted = [sorted(filters.tiers), filters.as_of, filters.flagged]
    inputs = [edition(), part.data_hash, *part.systems, wanted]
    return Task(next(iter(part.systems)), part, filters, digest(json.dumps(inputs)))


def digest(content: str | bytes) -> str:
    """Hash content for a key or a manifest."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@cache
def edition() -> str:
    """Hash what all pages share: rangemap's code and data, and the libraries that have a say in their bytes."""
    found = hashlib.sha256()
    for name in ("rangemap", *_LIBRARIES):
        found.update(f"{name} {_version(name)}\n".encode())
    for path, file in _walk(files("rangemap"), ""):
        found.update(f"{path}\n".encode() + file.read_bytes())
    for name in _DATA:
        found.update(resources.read_bytes(name))
    return found.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name not in {"geodata", "__pycache__"}:
            yield from _walk(each, f"{path}{each.name}/")
        elif not each.is_dir() and not each.name.endswith(_NO_CODE):
            yield f"{path}{each.name}", each


def batches(tasks: Sequence[Task], workers: int) -> list[list[Task]]:
    """Divide tasks into batches of one launch region each, so that a worker measures from it once for all of them.

    Parameters
    ----------
    workers
        How many will share the work: batches are short enough that all have something to do.
    """
    size = max(1, min(_LONGEST_BATCH, len(tasks) // (4 * workers)))
    groups = (
        list(group) for _, group in groupby(sorted(tasks, key=lambda task: task.regions), key=lambda t: t.regions)
    )
    return [group[start : start + size] for group in groups for start in range(0, len(group), size)]
