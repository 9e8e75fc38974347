"""Write files whole or not at all, and one program at a time where that matters."""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rangemap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ABANDONED_S = 3600.0
"""A half-written file of this age belongs to a program that was killed."""


def write_atomic(path: Path, data: str | bytes) -> None:
    """Write `data` to `path` so that a reader finds the old file or the new one, never half of either.

    The bytes go to a temporary file in the same folder, which then replaces `path` in one step. Missing parent
    folders are made. Temporary files that a killed program left of the same `path` an hour ago or more are removed.

    Raises
    ------
    OutputError
        If the folder can't be made or written; what was at `path` before is untouched.
    """
    content = data.encode() if isinstance(data, str) else data
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError(path, "it is a folder; name a file in it")
        _write_beside(path, content)
        sweep(path.parent, f"{glob.escape(_part_prefix(path))}*", older_than_s=ABANDONED_S)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(path, _reason(error)) from error


def sweep(folder: Path, pattern: str = ".*", *, older_than_s: float) -> None:
    """Remove the temporary files that killed programs left in `folder`; one that can't be removed stays.

    Parameters
    ----------
    pattern
        What the names begin with, as a glob; by default every temporary file of ours.
    older_than_s
        Leave files that were written to within so many seconds: somebody may be at it.
    """
    now = time.time()
    for part in folder.glob(f"{pattern}.part"):
        with contextlib.suppress(OSError):
            if now - part.stat().st_mtime >= older_than_s:
                part.unlink()


@contextlib.contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[bool]:
    """Hold the lock file at `path`, waiting for whoever holds it; the system lets go of it when its holder ends.

    Parameters
    ----------
    on_wait
        Called once before waiting.

    Yields
    ------
    bool
        False where the system or the disk knows no locks: then two programs may be at work, and only `write_atomic`
        keeps them from harming each other.

    Raises
    ------
    OutputError
        If the file can't be made.
    """
    try:
        file = path.open("ab")
    except OSError as error:
        raise OutputError(path, _reason(error)) from error
    with file:
        yield _lock(file, on_wait)


def _lock(file: IO[bytes], on_wait: Callable[[], None]) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        on_wait()
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:  # a disk without locks
        return False
    return True


def _part_prefix(path: Path) -> str:
    return f".{path.name[:40]}."


def _write_beside(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_part_prefix(path), suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())  # mkstemp makes private files
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
