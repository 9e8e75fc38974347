"""Remember what YAML files hold, so that reading an unchanged catalogue takes milliseconds.

Parsing YAML with line numbers is the slowest step of most commands. What a file parsed to is kept in the user's cache
folder under the SHA-256 of its bytes, one cache file a catalogue; a file that changed is parsed again. The cache is
only ever a copy: deleting it, or not being able to write it, changes nothing but the time. Whoever can write it can
make the catalogue say other things, so a cache file that somebody else owns or may write is not read; ours is private.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rangemap.errors import OutputError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping


FORMAT = 2
"""Raise it when the meaning of a cached document changes."""

SWITCH = "RANGEMAP_CACHE"
"""Environment variable: a folder to use instead, or "off"."""


def cache_folder() -> Path | None:
    """Find the folder for cache files by the platform's custom; None where caching is switched off."""
    wanted = os.environ.get(SWITCH, "")
    if wanted.lower() == "off":
        return None
    if wanted:
        return Path(wanted)
    customs = {
        "win32": os.environ.get("LOCALAPPDATA", ""),
        "darwin": "~/Library/Caches",
    }
    home = customs.get(sys.platform) or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    with contextlib.suppress(RuntimeError):  # no home folder is known
        return Path(home).expanduser() / "rangemap"
    return None


class Cache:
    """The parsed files of one catalogue folder.

    Parameters
    ----------
    folder
        The catalogue folder; its path names the cache file. None for a catalogue that is read but once.
    """

    def __init__(self, folder: Path | None) -> None:
        name = hashlib.sha256(str(folder and folder.resolve()).encode()).hexdigest()[:16]
        place = cache_folder() if folder else None
        self._path = place / f"{name}.json" if place else None
        self._entries: dict[str, Any] = self._read()
        self._changed = False
        self._used: set[str] = set()

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            stored: Any = json.loads(read_private(self._path))
        except (ValueError, RecursionError):
            return {}
        fits = isinstance(stored, dict) and stored.get("format") == FORMAT
        return stored["files"] if fits and isinstance(stored.get("files"), dict) else {}

    def get(self, digest: str) -> tuple[Any, dict[str, int]] | None:
        """Return the data and lines that a file of this SHA-256 parsed to, if they are known."""
        self._used.add(digest)
        entry = self._entries.get(digest)
        if not isinstance(entry, dict):
            return None
        lines = entry.get("lines")
        if not isinstance(lines, dict) or not all(isinstance(line, int) for line in lines.values()):
            return None
        return entry.get("data"), lines

    def put(self, digest: str, data: Any, lines: Mapping[str, int]) -> None:  # noqa: ANN401 - YAML holds anything
        """Remember what a file parsed to."""
        self._entries[digest] = {"data": data, "lines": lines}
        self._changed = True

    def save(self) -> None:
        """Write the cache if it changed, keeping only files that were asked for."""
        if self._path is None or not self._changed:
            return
        files = {digest: entry for digest, entry in self._entries.items() if digest in self._used}
        with contextlib.suppress(OutputError):
            content = json.dumps({"format": FORMAT, "files": files}, separators=(",", ":"))
            write_atomic(self._path, content, private=True)


def read_private(path: Path, *, folder_too: bool = False) -> bytes:
    """Read a cache file; empty where it can't be read, or where somebody else could have written it.

    Parameters
    ----------
    folder_too
        True where its folder must be as private: whoever may write there can put another file of ours in its place.
    """
    try:
        if folder_too and not _is_ours(path.parent.stat(), stat.S_IFDIR):
            return b""
        with path.open("rb") as file:
            return file.read() if _is_ours(os.fstat(file.fileno()), stat.S_IFREG) else b""
    except OSError:
        return b""


def _is_ours(found: os.stat_result, kind: int) -> bool:
    """Tell whether a file or folder is our own, and nobody else may write it."""
    if not hasattr(os, "getuid"):  # Windows keeps the folders of its users apart by itself
        return True
    return stat.S_IFMT(found.st_mode) == kind and found.st_uid == os.getuid() and not found.st_mode & 0o022
