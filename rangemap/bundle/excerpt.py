"""The excerpt in a bundle: the part of a catalogue that one map needs, as files that `--catalogue` reads."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rangemap.catalogue.drafts import yaml_text
from rangemap.catalogue.load import read_catalogue
from rangemap.catalogue.models import slug
from rangemap.errors import DataError, OutputError, RegionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import Record

FOLDER = "catalogue/"
"""Where the excerpt stands in a bundle."""

_FILE_SUFFIXES = (".geojson", ".json")


class Files:
    """Files of regions and areas that go along, each under a name of its own."""

    def __init__(self) -> None:
        self.found: dict[str, Path] = {}

    def take(self, name: str) -> str:
        """Give the name that stands in the bundle for `name`, taking the file along where it is one.

        Raises
        ------
        RegionError
            If another file of that name goes along already.
        """
        if not name.lower().endswith(_FILE_SUFFIXES):
            return name
        path = Path(name)
        stem = path.stem if re.fullmatch(r"[\w-]{1,80}", path.stem) else slug(path.stem)[:80] or "file"
        inside = f"regions/{stem}.geojson"
        if self.found.setdefault(inside, path).resolve() != path.resolve():
            message = f"'{self.found[inside]}' and '{path}' would have one name in the bundle; rename one"
            raise RegionError(message)
        return inside

    def contents(self) -> dict[str, bytes]:
        """Read the files, by their names in the bundle.

        Raises
        ------
        RegionError
            If one can't be read.
        """
        try:
            return {f"{FOLDER}{inside}": path.read_bytes() for inside, path in self.found.items()}
        except OSError as error:
            message = f"'{error.filename}' can't be read: {(error.strerror or str(error)).lower()}"
            raise RegionError(message) from None


def excerpt_files(part: Catalogue, files: Files) -> dict[str, bytes]:
    """Write a catalogue of one system as files; `files` takes the regions that it brings along."""
    (system,) = part.systems.values()
    regions = [Path(files.take(name)).stem if name.endswith(_FILE_SUFFIXES) else name for name in system.regions]
    sources = [_plain(source) for source in part.sources.values()]
    return {
        f"{FOLDER}sources.yaml": yaml_text({"sources": sources}).encode(),
        f"{FOLDER}systems/{system.id}.yaml": yaml_text({**_plain(system), "regions": regions}).encode(),
    }


@contextmanager
def opened(
    contents: Mapping[str, bytes], system: str, named_areas: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[Path, Catalogue]]:
    """Lay an excerpt out in a temporary folder, and read it.

    Yields
    ------
    folder, part
        The catalogue's folder, which lasts as long as the context, and the part of it that `system` needs.

    Raises
    ------
    DataError
        If it can't be read, or names a region by a path.
    """
    with tempfile.TemporaryDirectory(prefix="rangemap-") as name:
        folder = Path(name).resolve() / "catalogue"
        _lay_out(contents, folder)
        found, problems = read_catalogue(folder, cached=False)
        if found is None or system not in found.systems:
            errors = [str(problem).replace(f"{folder}/", FOLDER) for problem in problems if problem.severity == "error"]
            raise DataError(errors or [f"{FOLDER}: holds no system '{system}'"])
        _refuse_paths(found.systems[system].regions, folder)
        yield folder, replace(found, named_areas=named_areas).part(system)


def _lay_out(contents: Mapping[str, bytes], folder: Path) -> None:
    try:
        for name, content in contents.items():
            path = folder / name.removeprefix(FOLDER)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        reason = f"{(error.strerror or str(error)).lower()} (a temporary folder; TMPDIR moves it)"
        raise OutputError(folder, reason) from error


def _refuse_paths(regions: Iterable[str], folder: Path) -> None:
    """Read no file but the bundle's own, whatever the excerpt says."""
    for name in regions:
        is_own = Path(name).parent == folder / "regions"
        if not is_own and (name.lower().endswith(_FILE_SUFFIXES) or re.search(r"[/\\]", name)):
            raise DataError([f"{FOLDER}: the region '{name[:60]}' is no name, and no file of the bundle"])


def _plain(record: Record) -> dict[str, Any]:
    data = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: _without_empty(value) for key, value in data.items() if value not in ([], "")}


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - any plain data
    if isinstance(value, dict):
        return {key: _without_empty(each) for key, each in value.items() if each not in ([], "")}
    return [_without_empty(each) for each in value] if isinstance(value, list) else value
