"""The recipe in a bundle: what was asked for, and the versions of everything that had a hand in it."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal

import pyproj
import shapely
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from rangemap import resources
from rangemap.ballot import Filters
from rangemap.errors import DataError
from rangemap.types import Tier

MAX_AREAS = 10_000
_LIBRARIES = ("rangemap", "branca", "folium", "geopandas", "Jinja2", "matplotlib", "numpy", "pyproj", "shapely")

PlaceName = Annotated[str, StringConstraints(pattern=r"^(regions/[\w-]{1,80}\.geojson|[^/\\\x00-\x1f]{1,120})$")]
"""A name that rangemap knows, or a file that the bundle brings along: never a path on the reader's disk."""

ShortText = Annotated[str, StringConstraints(max_length=400)]


class Recipe(BaseModel):
    """What makes a bundle's files out of its catalogue excerpt.

    Attributes
    ----------
    regions, gap
        Names that rangemap knows, or files below the bundle's `catalogue/`.
    named_areas
        How often the sources of the country's systems name an area; the excerpt alone could not tell.
    geodata, code
        Hashes of rangemap's own data (borders, regions, cities), and of its program: a version between two releases
        may differ from another of the same number.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    system: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-zA-Z0-9-]{0,79}$")]
    regions: Annotated[tuple[PlaceName, ...], Field(max_length=50)] = ()
    gap: PlaceName | None = None
    tiers: tuple[Tier, ...] = ()
    as_of: ShortText | None = None
    origins: Annotated[tuple[ShortText, ...], Field(max_length=1_000)] = ()
    claims: Annotated[tuple[ShortText, ...], Field(max_length=1_000)] = ()
    flagged: bool = False
    named_areas: dict[ShortText, Annotated[dict[ShortText, int], Field(max_length=MAX_AREAS)]] = {}
    data_hash: ShortText
    geodata: ShortText
    code: ShortText
    versions: Annotated[dict[ShortText, ShortText], Field(max_length=100)]

    def filters(self) -> Filters:
        """Give the reader's filters as they are counted by."""
        return Filters(
            tiers=frozenset(self.tiers),
            as_of=self.as_of,
            origins=frozenset(self.origins),
            claims=frozenset(self.claims),
            flagged=self.flagged,
        )

    def text(self) -> str:
        """Write the recipe as JSON."""
        return self.model_dump_json(indent=2) + "\n"


def filter_fields(filters: Filters) -> dict[str, object]:
    """Give filters as fields of a recipe, sorted."""
    return {
        "tiers": tuple(sorted(filters.tiers)),
        "as_of": filters.as_of,
        "origins": tuple(sorted(filters.origins)),
        "claims": tuple(sorted(filters.claims)),
        "flagged": filters.flagged,
    }


def read_recipe(text: bytes) -> Recipe:
    """Read the recipe of a bundle.

    Raises
    ------
    DataError
        If it is none.
    """
    try:
        return Recipe.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "recipe"
        raise DataError([f"recipe.json: '{where[:60]}': {first['msg']}"]) from None


def versions() -> dict[str, str]:
    """Name the versions that the bytes of a bundle depend on."""
    libraries = {name: _version(name) for name in _LIBRARIES}
    beneath = {
        "Python": platform.python_version(),
        "PROJ": pyproj.proj_version_str,
        "GEOS": shapely.geos_version_string,
    }
    return {**libraries, **beneath}


def geodata_hash() -> str:
    """Hash the list of rangemap's own data, which itself holds the hash of every file."""
    return hashlib.sha256(resources.read_bytes("MANIFEST.json")).hexdigest()


def code_hash() -> str:
    """Hash the files of the program itself: scripts, templates, styles, messages."""
    package = Path(__file__).parents[1]
    files = {path.relative_to(package).as_posix(): path for path in package.rglob("*") if path.is_file()}
    digest = hashlib.sha256()
    for name in sorted(files):
        if not name.startswith("geodata/") and "__pycache__" not in name:
            digest.update(name.encode() + hashlib.sha256(files[name].read_bytes()).digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
