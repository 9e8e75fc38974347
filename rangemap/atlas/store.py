"""The folder of an atlas: what was made and of what, so that a run can go on where another stopped.

Every page is written whole or not at all, and after it a record of the inputs that it was made of. A run that is
killed leaves finished pages with their records, at worst a page without one, which is made again. Runs on one folder
take turns.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rangemap.atlas.model import PAGES, Card
from rangemap.atlas.tasks import digest
from rangemap.errors import OutputError, UsageError
from rangemap.files import ABANDONED_S, locked, sweep, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rangemap.atlas.model import Page, Task

MANIFEST = "manifest.json"
INDEX = "index.html"
FEEDS = ("claims.csv", "claims.json", "sitemap.xml")
_OWN = ".rangemap"
_FORMAT = 1


@dataclass(slots=True)
class Store:
    """The files of one atlas.

    Attributes
    ----------
    files
        SHA-256 of every file that this run made or found current, by its path below the folder.
    keys
        Hash of the inputs of those files that have no record of their own.
    """

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @contextlib.contextmanager
    def opened(self, on_wait: Callable[[], None]) -> Iterator[Store]:
        """Take the folder for this run; `on_wait` is called if another run has it, before waiting for that.

        Raises
        ------
        UsageError
            If the folder holds somebody else's index.
        OutputError
            If it can't be made or written.
        """
        own = self.folder / _OWN
        if (self.folder / INDEX).exists() and not own.is_dir():
            msg = f"'{self.folder / INDEX}' was not made by `rangemap atlas`; name a new folder"
            raise UsageError(msg)
        try:
            own.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = "it is a file; name a folder" if self.folder.is_file() else (error.strerror or "").lower()
            raise OutputError(self.folder, reason) from error
        with locked(own / "lock", on_wait) as alone:
            for folder in (self.folder, self.folder / PAGES, own):
                sweep(folder, older_than_s=0 if alone else ABANDONED_S)
            yield self

    def current(self, task: Task) -> Card | None:
        """Give the card of a page that is on disk as its task would make it, else None."""
        record = self._record(task.system)
        name = page_name(task.system)
        if record.get("key") != task.key or self._digest_of(name) != record.get("sha256"):
            return None
        try:
            card = Card.of(record["card"])
        except (KeyError, TypeError, ValueError):
            return None
        self.files[name] = record["sha256"]
        return card

    def keep(self, page: Page) -> None:
        """Write a page, then the record of what it was made of."""
        self.write(page_name(page.system), page.html)
        record = {
            "key": page.key,
            "sha256": self.files[page_name(page.system)],
            "card": page.card.as_dict() if page.card else None,
        }
        write_atomic(self._record_path(page.system), _json(record))

    def write(self, name: str, content: str) -> None:
        """Write a file unless it is there already, byte for byte."""
        self.files[name] = digest(content)
        if self._digest_of(name) != self.files[name]:
            write_atomic(self.folder / name, content)

    def write_once(self, name: str, key: str, make: Callable[[], str]) -> None:
        """Write a file unless the manifest says that it was made of the same inputs, and it is as it was made."""
        before = _read(self.folder / MANIFEST).get("keys")
        recorded = self._once_made().get(name)
        if isinstance(before, dict) and before.get(name) == key and recorded == self._digest_of(name):
            self.files[name] = str(recorded)
        else:
            self.write(name, make())
        self.keys[name] = key

    def finish(self, facts: dict[str, Any]) -> tuple[list[str], list[str]]:
        """Remove what earlier runs made and this one did not, and write the manifest.

        Returns
        -------
        removed, left
            Files removed, and files that somebody has changed since we made them, which stay.
        """
        removed, left = self._remove(self._once_made().items())
        files = {name: {"sha256": self.files[name]} for name in sorted(self.files)}
        write_atomic(
            self.folder / MANIFEST, _json({"format": _FORMAT, **facts, "files": files, "keys": self.keys}, indent=1)
        )
        return removed, left

    def _once_made(self) -> dict[str, str]:
        """Name the files that we made and that no longer belong, with the hash that they had."""
        manifest = _read(self.folder / MANIFEST).get("files")
        made = {
            str(name): str(entry.get("sha256"))
            for name, entry in (manifest.items() if isinstance(manifest, dict) else ())
            if isinstance(entry, dict) and _is_ours(str(name))
        }
        for path in sorted((self.folder / _OWN).glob("*.json")):
            made[page_name(path.stem)] = str(_read(path).get("sha256"))
        return {name: sha256 for name, sha256 in made.items() if name not in self.files}

    def _remove(self, made: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
        removed, left = [], []
        for name, sha256 in sorted(made):
            found = self._digest_of(name)
            if found == sha256:
                (self.folder / name).unlink(missing_ok=True)
                removed.append(name)
            elif found:
                left.append(name)
            if name.startswith(f"{PAGES}/"):
                self._record_path(name.removeprefix(f"{PAGES}/").removesuffix(".html")).unlink(missing_ok=True)
        return removed, left

    def _record_path(self, system: str) -> Path:
        return self.folder / _OWN / f"{system}.json"

    def _record(self, system: str) -> dict[str, Any]:
        return _read(self._record_path(system))

    def _digest_of(self, name: str) -> str:
        """Hash a file of the atlas; empty where there is none."""
        try:
            return digest((self.folder / name).read_bytes())
        except OSError:
            return ""


def page_name(system: str) -> str:
    """Give the path of a system's page below the atlas's folder."""
    return f"{PAGES}/{system}.html"


def _is_ours(name: str) -> bool:
    """Tell whether a name in a manifest is one that we give: a manifest that was tampered with removes nothing else."""
    folder, _, file = name.rpartition("/")
    return name in {INDEX, *FEEDS} or (folder == PAGES and re.fullmatch(r"[a-zA-Z0-9-]+\.html", file) is not None)


def _read(path: Path) -> dict[str, Any]:
    """Read a record of our own; one that is missing or damaged is empty."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _json(data: object, *, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent, sort_keys=True) + "\n"
