"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rangemap.errors import OutputError


def write_atomic(path: Path, data: str | bytes) -> None:
    """Write `data` to `path` so that a reader finds the old file or the new one, never half of either.

    The bytes go to a temporary file in the same folder, which then replaces `path` in one step. Missing parent
    folders are made.

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
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(path, _reason(error)) from error


def _write_beside(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
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
