"""Read a bundle that nobody vouches for: no path out of it, no bomb, no surprise."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING

from rangemap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUMS = "SHA256SUMS"
MAX_ENTRIES = 200
MAX_BYTES = 200_000_000
"""Of a bundle, packed and unpacked: forty times what the largest system needs."""

_NAME = re.compile(r"(?:[A-Za-z0-9_][\w-]*(?:\.[\w-]+)*/){0,3}[A-Za-z0-9_][\w-]*(?:\.[\w-]+)*")
_SUM = re.compile(r"([0-9a-f]{64})  (.{1,200})")
_REGULAR = (0, 0o100000)


def read_archive(path: Path) -> dict[str, bytes]:
    """Read all files of a zip into memory, by name.

    Raises
    ------
    DataError
        If it is no zip, is damaged, too large, or holds a name that leads out of it.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError([f"{path}: is larger than {MAX_BYTES:,} bytes, so it is no bundle"])
        content = path.read_bytes()
    except OSError as error:
        raise DataError([f"{path}: can't be read: {(error.strerror or str(error)).lower()}"]) from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _entries(archive, path)
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged zip raises anything
        raise DataError([f"{path}: is no zip that can be read ({type(error).__name__})"]) from None


def _entries(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise DataError([f"{path}: holds {len(infos):,} files, a bundle at most {MAX_ENTRIES}"])
    found: dict[str, bytes] = {}
    left = MAX_BYTES
    for info in infos:
        _refuse_tricks(info, found, path)
        with archive.open(info) as file:
            data = file.read(left + 1)  # whatever size it says it has
        left -= len(data)
        if left < 0:
            raise DataError([f"{path}: unpacks to more than {MAX_BYTES:,} bytes, so it is no bundle"])
        found[info.filename] = data
    return found


def _refuse_tricks(info: zipfile.ZipInfo, found: Mapping[str, bytes], path: Path) -> None:
    name, kind = info.filename, info.external_attr >> 16 & 0o170000
    what = ""
    if not _NAME.fullmatch(name) or info.orig_filename != name:
        what = "is no name that a bundle uses"
    elif name.casefold() in {each.casefold() for each in found}:
        what = "is there twice"
    elif kind not in _REGULAR:
        what = "is no plain file"
    elif info.flag_bits & 1:
        what = "is encrypted"
    if what:
        raise DataError([f"{path}: '{name[:80]}' {what}; nothing of it was used"])


def sums_text(files: Mapping[str, bytes]) -> str:
    """List the SHA-256 of files, as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))


def sum_problems(files: Mapping[str, bytes]) -> list[str]:
    """Compare files with the list that came with them: changed, missing, and not listed."""
    if SUMS not in files:
        return [f"{SUMS} is missing, so nothing tells what the files were"]
    lines = files[SUMS].decode(errors="replace").splitlines()
    matches = [_SUM.fullmatch(line) for line in lines]
    listed = {match[2]: match[1] for match in matches if match}
    problems = [f"{SUMS}:{number}: is no checksum" for number, match in enumerate(matches, 1) if not match]
    for name in sorted({*listed, *files} - {SUMS}):
        if name not in files:
            problems.append(f"{name}: is listed but missing")
        elif name not in listed:
            problems.append(f"{name}: is not listed in {SUMS}")
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
            problems.append(f"{name}: was changed after the bundle was made; its checksum is another")
    return problems
