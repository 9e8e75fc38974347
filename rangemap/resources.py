"""Find and read the data that travel with rangemap: `rangemap/geodata` in a wheel, `geodata/` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rangemap.errors import DataError

_MARKER = "MANIFEST.json"
"""The file that tells our `geodata` folder from anyone else's."""


def _candidates() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parent
    return (package / "geodata", package.parent / "geodata")


@cache
def data_dir() -> Path:
    """Return the folder that holds rangemap's data.

    Returns
    -------
    Path
        `rangemap/geodata` where the package was installed from a wheel, else `geodata` beside the package in a
        checkout. Wheels are unpacked on installation, so this is always a real folder.

    Raises
    ------
    DataError
        If neither is there.
    """
    for folder in _candidates():
        if (folder / _MARKER).is_file():
            return folder
    tried = " and ".join(f"'{folder}'" for folder in _candidates())
    message = f"rangemap's own data are missing, looked in {tried}; install the package again, or run from a checkout"
    raise DataError([message])


def path(name: str) -> Path:
    """Return the path of one data file or folder, such as ``"regions/groups.yaml"``.

    Parameters
    ----------
    name
        Path below the data folder, with forward slashes.

    Raises
    ------
    DataError
        If there is no such file.
    """
    found = data_dir() / name
    if not found.exists():
        message = f"{found}: missing from rangemap's own data; install the package again, or see geodata/README.md"
        raise DataError([message])
    return found


def read_bytes(name: str) -> bytes:
    """Return the content of one data file, as it lies on disk."""
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """Return the content of one data file, decoded as UTF-8."""
    return path(name).read_text(encoding="utf-8")
