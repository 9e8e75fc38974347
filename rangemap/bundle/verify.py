"""Verify a bundle: that its files are those that were packed, and that they follow from its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.bundle.archive import SUMS, read_archive, sum_problems
from rangemap.bundle.excerpt import FOLDER, opened
from rangemap.bundle.make import RECIPE, can_draw, made_files
from rangemap.bundle.recipe import code_hash, geodata_hash, read_recipe, versions
from rangemap.errors import DataError, RangemapError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rangemap.bundle.recipe import Recipe

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found.

    Attributes
    ----------
    system
        The system that the bundle is about.
    same
        Files that were made again and are the same, byte for byte.
    problems
        What differs, a sentence each; empty where all is well.
    notes
        What explains a difference, or could not be compared.
    """

    system: str
    same: tuple[str, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not self.problems


def verify_bundle(path: Path) -> Report:
    """Check the sums of a bundle, make its files again, and compare.

    Parameters
    ----------
    path
        A zip that `bundle` made, or that claims to be one: nothing in it is trusted.

    Raises
    ------
    DataError
        If it is no bundle: no zip, too large, a name that leads out of it, no recipe.
    """
    files = read_archive(path)
    if RECIPE not in files:
        raise DataError([f"{path}: has no {RECIPE}, so it is no bundle of rangemap"])
    recipe = read_recipe(files[RECIPE])
    problems = sum_problems(files)
    made, trouble = _made_again(files, recipe)
    same = tuple(name for name in sorted(made) if files.get(name) == made[name])
    if trouble:
        problems.append(trouble)
    else:
        problems += _differences(files, made)
    return Report(recipe.system, same, tuple(problems), tuple(_notes(recipe, files, differ=bool(problems))))


def _made_again(files: Mapping[str, bytes], recipe: Recipe) -> tuple[dict[str, bytes], str]:
    """Make the files from the excerpt; where that fails, say why."""
    excerpt = {name: data for name, data in files.items() if name.startswith(FOLDER)}
    try:
        with opened(excerpt, recipe.system, recipe.named_areas) as (folder, part):
            if part.data_hash != recipe.data_hash:
                return {}, f"{FOLDER}: holds other records than those that the map was made from"
            return made_files(recipe, folder, part), ""
    except RangemapError as error:
        return {}, f"can't be made again: {error}"


def _differences(files: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted({*files, *made}):
        if name not in made:
            known = name.startswith(FOLDER) or name in (RECIPE, SUMS) or _skipped(name)
            if not known:
                yield f"{name}: does not follow from the records"
        elif name not in files:
            if not name.startswith("figure."):  # made where the library for it was not installed
                yield f"{name}: is missing"
        elif files[name] != made[name]:
            yield f"{name}: {_difference(files[name], made[name])}"


def _skipped(name: str) -> bool:
    return name.startswith("figure.") and not can_draw()


def _difference(theirs: bytes, ours: bytes) -> str:
    """Say where two files part."""
    try:
        lines = theirs.decode().split("\n"), ours.decode().split("\n")
    except UnicodeDecodeError:
        return f"differs from what is made here ({len(theirs):,} bytes, {len(ours):,} here)"
    pairs = zip(*lines, strict=False)
    number = next((number for number, (a, b) in enumerate(pairs, 1) if a != b), min(map(len, lines)) + 1)
    shown = [(part[number - 1] if number <= len(part) else "").strip() for part in lines]
    place = next((place for place, (a, b) in enumerate(zip(*shown, strict=False)) if a != b), 0)
    cut = [repr(text[max(place - 10, 0) :][:_LONGEST]) for text in shown]
    return f"differs from what is made here from line {number} on: {cut[0]}, here {cut[1]}"


def _notes(recipe: Recipe, files: Mapping[str, bytes], *, differ: bool) -> Iterator[str]:
    here = versions()
    names = [name for name in here if recipe.versions.get(name) != here[name]]
    if names:
        parts = (f"{name} {recipe.versions.get(name, 'none')} (here {here[name]})" for name in names)
        likely = ", which is the likely reason" if differ else ""
        yield f"made with other versions{likely}: {', '.join(parts)}"
    elif recipe.code != code_hash():
        likely = ", which is the likely reason" if differ else ""
        yield f"made with another state of rangemap {here['rangemap']}{likely}"
    if recipe.geodata != geodata_hash():
        yield "made with another edition of rangemap's borders, regions or cities"
    skipped = sorted(name for name in files if _skipped(name))
    if skipped:
        yield f"not compared: {', '.join(skipped)}; they need pip install 'rangemap[figures]'"
