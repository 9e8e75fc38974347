"""Areas that sources name: "Europe", "the Middle East", "the American mainland", each a cited list of parts.

Definitions live in `geodata/areas.yaml`. Whatever is no area there may be a launch region's name, a country, a
province, a GeoJSON file, or a listed city ("Athens, GRC"). Geometry is built when it is first asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated

import shapely
from pydantic import Field, ValidationError

from rangemap import places, resources
from rangemap.catalogue.cache import Cache
from rangemap.catalogue.models import Identifier, Record, ShortText, Text
from rangemap.catalogue.yamlfile import read_yaml
from rangemap.errors import DataError, UnknownNameError
from rangemap.places.geojson import counter_clockwise
from rangemap.places.model import Region, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.places.model import Area as Polygons

FILE = "areas.yaml"
REMEDY = "geodata/areas.yaml and `rangemap list --regions` name them, a city is written 'Athens, GRC'"

_CITY_M = 1.0
_METRES_A_DEGREE = 111_320.0
_EVERY_COUNTRY = "all"

Degrees = Annotated[float, Field(ge=-180, le=180)]


class AreaRecord(Record):
    """An area as the YAML file has it; see the head of that file for its fields."""

    id: Identifier
    name: ShortText
    members: tuple[ShortText, ...] = Field(min_length=1)
    without: tuple[ShortText, ...] = ()
    box: tuple[Degrees, Degrees, Degrees, Degrees] | None = None
    definition: Text
    url: ShortText | None = None
    note: Text | None = None
    others: tuple[Identifier, ...] = ()
    aliases: tuple[ShortText, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One member of an area.

    Attributes
    ----------
    id
        Of a country its code, of a province its region id, of a city "NAME, CODE".
    name
        For sentences.
    country
        ISO 3166-1 alpha-3, "" for a file.
    geometry
        Lon/lat in degrees, valid, cut at ±180°; a city is its GeoNames point as a square of two metres.
    """

    id: str
    name: str
    country: str
    geometry: Polygons


@dataclass(frozen=True, eq=False)
class Area:
    """A named area.

    Attributes
    ----------
    id, name
        Id for commands, name for sentences.
    definition, url, note
        Whose definition it is, where to read it, and where others differ; empty where the area is its own outline.
    others
        Ids of areas that stand for other definitions of the same words.
    named
        True where the area is no list but one place named by itself, so that it counts wherever it is seen from.
    """

    id: str
    name: str
    definition: str = ""
    url: str = ""
    note: str = ""
    others: tuple[str, ...] = ()
    named: bool = False
    _parts: tuple[Part, ...] = field(default=(), repr=False)
    _record: AreaRecord | None = field(default=None, repr=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The members with their outlines, in the order of the definition."""
        return self._parts or _members(self._record) if self._record else self._parts

    @cached_property
    def geometry(self) -> Polygons:
        """All parts as one outline."""
        return counter_clockwise(shapely.union_all([part.geometry for part in self.parts]))

    def seen_from(self, country: str) -> Area:
        """Leave out the launch region's own country, unless it is all that is named."""
        others = tuple(part for part in self.parts if part.country != country)
        if self.named or not others or len(others) == len(self.parts):
            return self
        return replace(self, _parts=others, _record=None)


@cache
def areas() -> tuple[Area, ...]:
    """Return the areas of `geodata/areas.yaml` in its order; none has built its geometry yet.

    Raises
    ------
    DataError
        If the file is damaged.
    """
    path = resources.path(FILE)
    known = Cache(path)
    document, problems = read_yaml(path, FILE, known)
    known.save()
    if document is None:
        raise DataError([str(problem) for problem in problems])
    try:
        records = [AreaRecord.model_validate(each) for each in document.data["areas"]]
    except (ValidationError, KeyError, TypeError) as error:
        raise DataError([f"{FILE}: {error}"]) from None
    return tuple(_area(record) for record in records)


def area(name: str) -> Area:
    """Find an area by id, name or alias, then as a region, country, province or GeoJSON file, then as a listed city.

    Raises
    ------
    UnknownNameError
        If it is none of these, with names that look like it.
    RegionError
        If a file can't be used.
    """
    known = _by_slug()
    key = slug(name).removeprefix("the-")
    if key in known:
        return known[key]
    if found := _city(name):
        return Area(found.id, found.name, named=True, _parts=(found,))
    try:
        region = places.region(name, launch=False)
    except UnknownNameError as error:
        close = [known[each].id for each in get_close_matches(key, known, n=3)]
        suggestions = tuple(dict.fromkeys([*close, *error.suggestions]))[:4]
        raise UnknownNameError("area", name[:80], suggestions=suggestions, remedy=REMEDY) from None
    return _of_region(region)


def launch_region(name: str) -> Region:
    """Find a launch region as `places.region` does, or an area of `geodata/areas.yaml`, no smaller than 1,000 km².

    Raises
    ------
    UnknownNameError
        If nobody has heard of it.
    RegionError
        If it is too small to draw from.
    """
    known = _by_slug().get(slug(name).removeprefix("the-"))
    if known is None or known.named or len({part.country for part in known.parts}) == len(known.parts) == 1:
        try:
            return places.region(name)
        except UnknownNameError:
            if known is None:
                raise
    countries = {part.country for part in known.parts}
    own = countries.pop() if len(countries) == 1 else ""
    region = Region(known.id, known.name, "group", own, known.geometry, known.note or known.definition)
    places.require_coarse(region)
    return region


@cache
def _by_slug() -> dict[str, Area]:
    names: dict[str, Area] = {}
    for each in areas():
        record = each._record  # noqa: SLF001 - one module
        for alias in (each.id, each.name, *(record.aliases if record else ())):
            names.setdefault(slug(alias).removeprefix("the-"), each)
    return names


def _area(record: AreaRecord) -> Area:
    return Area(
        id=record.id,
        name=record.name,
        definition=record.definition,
        url=record.url or "",
        note=record.note or "",
        others=record.others,
        _record=record,
    )


def _of_region(region: Region) -> Area:
    part = Part(region.country if region.kind == "country" else region.id, region.name, region.country, region.geometry)
    return Area(region.id, region.name, note=region.note, named=True, _parts=(part,))


def _members(record: AreaRecord | None) -> tuple[Part, ...]:
    if record is None:
        return ()
    names: Sequence[str] = record.members
    if names == (_EVERY_COUNTRY,):
        names = [country.id for country in places.countries()]
    parts = [_part(name) for name in names if name not in record.without]
    if record.box is None:
        return tuple(parts)
    box = shapely.box(*record.box)
    cut = [(part, _clipped(part.geometry, box)) for part in parts]
    return tuple(replace(part, geometry=kept) for part, kept in cut if kept is not None)


def _part(name: str) -> Part:
    if len(name) == 3 and name.isupper():  # noqa: PLR2004 - ISO 3166-1 alpha-3
        country = places.country(name)
        return Part(country.id, country.name, country.id, country.geometry)
    if found := _city(name):
        return found
    region = places.region(name, launch=False)
    return Part(region.id, region.name, region.country, region.geometry)


def _clipped(geometry: Polygons, box: shapely.Polygon) -> Polygons | None:
    kept = [p for p in shapely.get_parts(shapely.intersection(geometry, box)) if p.geom_type == "Polygon"]
    if not kept:
        return None
    return counter_clockwise(kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept))


def _city(name: str) -> Part | None:
    """Find "NAME, CODE" among the listed cities; the most populous of that name in that country."""
    city, comma, code = (piece.strip() for piece in name.rpartition(","))
    if not comma or len(code) != 3:  # noqa: PLR2004 - ISO 3166-1 alpha-3
        return None
    cities = places.cities()
    wanted = slug(city)
    for index, (listed, country) in enumerate(zip(cities.name, cities.country, strict=True)):
        if country == code.upper() and slug(listed) == wanted:
            square = _square(float(cities.lon[index]), float(cities.lat[index]))
            return Part(f"{listed}, {country}", listed, country, square)
    return None


def _square(lon: float, lat: float) -> shapely.Polygon:
    north = _CITY_M / _METRES_A_DEGREE
    east = north / max(math.cos(math.radians(lat)), 1e-6)
    return shapely.box(max(lon - east, -180), max(lat - north, -90), min(lon + east, 180), min(lat + north, 90))
