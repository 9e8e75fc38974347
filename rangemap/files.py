"""Write files whole or not at all, the same bytes for the same content, one program at a time where that matters."""

from __future__ import annotations

import contextlib
import errno
import glob
import io
import os
import stat
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rangemap.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ZIP_EPOCH, _ZIP_END = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)

MAX_UNPACKED = 100_000_000
"""Bytes that a docx or an xlsx may unpack to: an article or a table is smaller."""
MAX_RATIO = 200
"""How many times larger than packed it may unpack to, in its larger parts."""
_LARGE_PART = 1_000_000

ABANDONED_S = 3600.0
"""A half-written file of this age belongs to a program that was killed."""


def write_atomic(path: Path, data: str | bytes, *, private: bool = False) -> None:
    """Write `data` to `path` so that a reader finds the old file or the new one, never half of either.

    The bytes go to a temporary file in the same folder, which then replaces `path` in one step: a link at `path` is
    replaced, never followed, so nobody can lead us to another file. Missing parent folders are made. Temporary files
    that a killed program left of the same `path` an hour ago or more are removed.

    Parameters
    ----------
    private
        True for a file that nobody else may read or write.

    Raises
    ------
    OutputError
        If the folder can't be made or written; what was at `path` before is untouched.
    """
    write_all({path: data}, private=private)


def read_plain(path: Path, *, at_most: int) -> bytes:
    """Read a plain file, and one byte more than `at_most` where it is longer, so that the caller can tell.

    Raises
    ------
    OSError
        If it can't be read, or is a device or a pipe, which may never end or never begin.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe without a writer must not hold us up

    with open(path, "rb", opener=opener) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")
        return file.read(at_most + 1)


def write_all(files: Mapping[Path, str | bytes], *, private: bool = False) -> None:
    """Write several files that belong together: all of them, or none where one can't be written.

    Every content is on disk beside its target before the first target is replaced. `private` is as for `write_atomic`.

    Raises
    ------
    OutputError
        For the first that can't be written; what was there before is untouched.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            staged[path] = _staged(path, data.encode() if isinstance(data, str) else data, private=private)
        for path, temporary in staged.items():
            temporary.replace(path)
        for path in files:
            sweep(path.parent, f"{glob.escape(_part_prefix(path))}*", older_than_s=ABANDONED_S)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(path, _reason(error)) from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


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


def _staged(path: Path, content: bytes, *, private: bool) -> Path:
    """Write a temporary file beside `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise OutputError(path, "it is a folder; name a file in it")
    if path.exists() and not path.is_file():  # root could put a file where /dev/null was
        raise OutputError(path, "it is a device or a pipe; name a file")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_part_prefix(path), suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            temporary.chmod(0o666 & ~_umask())  # mkstemp makes private files
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def stamp() -> datetime:
    """Give the time that a file may be stamped with: that of SOURCE_DATE_EPOCH, else the start of 1980.

    A zip holds the years 1980 to 2107; a SOURCE_DATE_EPOCH outside of them is moved to the nearer end.

    Raises
    ------
    UsageError
        If SOURCE_DATE_EPOCH is no number of seconds.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return _ZIP_EPOCH
    try:
        return min(max(datetime.fromtimestamp(int(text), tz=UTC), _ZIP_EPOCH), _ZIP_END)
    except (ValueError, OverflowError, OSError):
        msg = f"SOURCE_DATE_EPOCH is '{text[:40]}', not a number of seconds since 1970"
        raise UsageError(msg) from None


def bomb_size(archive: zipfile.ZipFile) -> int:
    """Tell what an archive that is far too large, or packed far too well, would unpack to; 0 for one that may be read.

    Nothing is unpacked for it: `zipfile` itself reads no more of a part than the size it states here.
    """
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > _LARGE_PART and part.file_size > MAX_RATIO * max(1, part.compress_size) for part in parts
    )
    return total if total > MAX_UNPACKED or steep else 0


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """Pack files, by name, into a zip whose bytes depend on nothing but them (and on `stamp`)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, stamp().timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # as on Unix, everywhere
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return stream.getvalue()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
