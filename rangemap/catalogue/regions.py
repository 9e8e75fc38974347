"""The launch regions that a system's file names: those that its catalogue brings along, and names that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rangemap.catalogue.problems import Problem
from rangemap.errors import RangemapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from rangemap.catalogue.document import Document


def regions_beside(systems: Path) -> Mapping[str, str]:
    """Find the regions that a catalogue brings along as `regions/NAME.geojson`, beside its folder `systems`."""
    files = sorted((systems.resolve().parent / "regions").glob("*.geojson"))
    return {file.stem: str(file) for file in files if re.fullmatch(r"[\w-]+", file.stem)}


def check_regions(
    document: Document, own: Mapping[str, str], resolve: Callable[[str], object] | None
) -> Iterator[Problem]:
    """Find the region names of a system's file that cannot stand.

    A catalogue names no file of its reader's disk: what it reads would stand on a map for all to see. `resolve`, if
    given, looks up each name, or the file that the catalogue brings along for it, and raises a `RangemapError`.
    """
    names = document.data.get("regions")
    for index, name in enumerate(names if isinstance(names, list) else ()):
        if isinstance(name, str) and (fault := _fault(name, own, resolve)):
            yield Problem(document.name, document.line(("regions", index)), *fault, rule="region")


def _fault(name: str, own: Mapping[str, str], resolve: Callable[[str], object] | None) -> tuple[str, str] | None:
    if re.search(r"[/\\]|\.(?:geo)?json$", name, re.IGNORECASE):
        what = f"the region '{name[:60]}' is a path"
        return what, "put the file into regions/ beside systems/ and write its name without .geojson"
    if resolve:
        try:
            resolve(own.get(name, name))
        except RangemapError as error:
            return str(error), ""
    return None
