"""The records of places: countries, cities, and the regions that a reach is drawn from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

    Area: TypeAlias = Polygon | MultiPolygon

Kind: TypeAlias = Literal["country", "group", "province", "file"]

_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return a name as an id: lower case, ASCII, hyphens ("Côte d'Ivoire" becomes "cote-d-ivoire")."""
    plain = text if text.isascii() else _without_marks(text)
    return _NO_LETTERS.sub("-", plain.casefold()).strip("-")


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of the base map.

    Attributes
    ----------
    id
        ISO 3166-1 alpha-3, or a stand-in where there is none: XKX (Kosovo), SOL (Somaliland), CYN (Northern Cyprus),
        KAS (Siachen Glacier), IOA and ATC (Australian islands).
    name, short_name
        For sentences, and for labels on a map.
    slug
        The name as an id: "north-korea".
    geometry
        Lon/lat in degrees, valid, inside ±180/±90, cut at ±180°, exterior rings counter-clockwise.
    """

    id: str
    name: str
    short_name: str
    slug: str
    geometry: Area


@dataclass(frozen=True, slots=True, eq=False)
class Cities:
    """All listed cities, as columns of equal length, the most populous first.

    Attributes
    ----------
    name
        Name as GeoNames has it, in Latin letters with diacritics.
    country
        ISO 3166-1 alpha-3 of each (XKX for Kosovo).
    lon, lat
        Degrees, shape (n,).
    population
        People, as GeoNames has it, shape (n,).
    geonameid
        Number of the place at geonames.org, shape (n,).
    """

    name: tuple[str, ...]
    country: tuple[str, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    population: NDArray[np.int64]
    geonameid: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True, slots=True)
class RegionInfo:
    """A built-in region without its geometry; `country` is an ISO 3166-1 alpha-3 code."""

    id: str
    name: str
    kind: Kind
    country: str
    iso: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """An area that a reach can be drawn from or a distance measured to.

    Attributes
    ----------
    id
        "iran", "iran-north-west", "irn-tehran"; of a file, the slug of its name.
    name
        For readers: "Iran", "north-west Iran", "Tehran province".
    kind
        "country", "group", "province" or "file".
    country
        ISO 3166-1 alpha-3 of the country it belongs to, "" for a file.
    geometry
        Lon/lat in degrees, valid, inside ±180/±90, cut at ±180°, exterior rings counter-clockwise.
    note
        Where the outline comes from, in a sentence.
    """

    id: str
    name: str
    kind: Kind
    country: str
    geometry: Area
    note: str
