"""Launch regions: every country, provinces of some, groups of provinces, and polygons of one's own."""

from __future__ import annotations

import difflib
import json
import os.path
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rangemap import resources
from rangemap.errors import RegionError, UnknownNameError
from rangemap.places import basemap
from rangemap.places.model import Region, RegionInfo, slug

if TYPE_CHECKING:
    from rangemap.places.model import Area

MIN_AREA_KM2 = 1_000.0
"""Under this a "region" starts to be a place, and nobody knows the place."""

REMEDY = "see `rangemap list --regions`"

_FEATURE = '{"type":"Feature","properties":{"id":"'
"""How a province begins in our own files, which hold a line a feature."""

_FILE_SUFFIXES = (".geojson", ".json")
_COUNTRY_NOTE = "Outline: Natural Earth 1:50m, boundaries as listed in geodata/basemap/README.md."
_PROVINCE_NOTE = "Outline: Natural Earth 1:10m provinces, simplified; see geodata/regions/README.md."


@cache
def regions(country: str | None = None) -> tuple[RegionInfo, ...]:
    """List the built-in regions without loading their geometry: countries, then groups, then provinces.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-3; only what belongs to it.
    """
    every = (*_country_infos(), *_group_infos(), *_province_infos())
    return every if country is None else tuple(each for each in every if each.country == country.upper())


def region(name_or_path: str | Path, *, launch: bool = True) -> Region:
    """Find a region by name, or read it from a file.

    Parameters
    ----------
    name_or_path
        In any case: the id of a region ("iran", "iran-north-west", "irn-tehran"), the name of a country, group or
        province, an ISO 3166-1 alpha-3 or ISO 3166-2 code ("IRN", "IR-23"), or the path of a GeoJSON file of polygons.
    launch
        True if a reach is to be drawn from it: then it must not be under 1,000 km². False for a destination.

    Raises
    ------
    UnknownNameError
        If there is no such region, or more than one, with the ids that may be meant.
    RegionError
        If the file can't be used, or the region is too small to draw from.
    """
    found = _find(name_or_path)
    if launch:
        require_coarse(found)
    return found


def require_coarse(region: Region) -> None:
    """Refuse a launch region under 1,000 km².

    Raises
    ------
    RegionError
        With the area, and what to take instead.
    """
    area_km2 = _region_km2(region)
    if area_km2 < MIN_AREA_KM2:
        size = f"{area_km2:,.0f} km²" if area_km2 >= 1 else "less than 1 km²"
        message = (
            f"region '{region.name}' is too small to draw from ({size}, at least {MIN_AREA_KM2:,.0f} km² are needed); "
            "rangemap draws from coarse regions only; take the province or the country"
        )
        raise RegionError(message)


@cache
def _region_km2(region: Region) -> float:
    return geodesic_area_km2(region.geometry)


def geodesic_area_km2(area: Area) -> float:
    """Return the area on the WGS84 ellipsoid in square kilometres (Karney 2013, by PROJ); up to half the Earth."""
    from pyproj import Geod  # noqa: PLC0415 - loads only where an area is asked for

    square_metres, _ = Geod(ellps="WGS84").geometry_area_perimeter(area)
    return abs(float(square_metres)) / 1e6


def _find(name_or_path: str | Path) -> Region:
    if isinstance(name_or_path, Path) or name_or_path.lower().endswith(_FILE_SUFFIXES):
        return _from_file(Path(name_or_path))
    key = slug(name_or_path)
    if plain := _plain_names().get(key):
        return _built_in(plain)
    for names in _names_by_rank():
        if ids := names.get(key):
            if len(ids) > 1:
                raise UnknownNameError("region", name_or_path, suggestions=ids, remedy="it names more than one")
            return _built_in(_info(ids[0]))
    if os.path.isfile(name_or_path):  # noqa: PTH113 - Path.is_file raises on names that are too long
        return _from_file(Path(name_or_path))
    raise UnknownNameError("region", name_or_path[:80], suggestions=_close(key[:80]), remedy=REMEDY)


def _close(key: str) -> tuple[str, ...]:
    """Return the ids of regions whose names look like it, best first."""
    known = {name: ids for names in reversed(_names_by_rank()) for name, ids in names.items()}
    close = difflib.get_close_matches(key, known, n=3)
    return tuple(dict.fromkeys(each for name in close for each in known[name]))[:3]


@cache
def _plain_names() -> dict[str, RegionInfo]:
    """Name the countries by all that they are called, and the provinces by their ids: what most people ask for.

    The other names take longer to gather. None of these means anything else; a test holds them to `_names_by_rank`.
    """
    names = {each["id"]: _province_info(each) for each in _provinces()}
    for info in _country_infos():
        names |= dict.fromkeys(map(slug, (info.id, info.iso, info.name, *_called(info.country))), info)
    names.pop("", None)
    return names


@cache
def _names_by_rank() -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return the ids behind each name (a slug), those that win first: ids and codes, then names of each kind."""
    ranks: dict[str, dict[str, tuple[str, ...]]] = {"id": {}, "country": {}, "group": {}, "province": {}}
    for each in regions():
        _call(ranks["id"], each, (each.id, each.iso))
        _call(ranks[each.kind], each, (each.name, *_other_names().get(each.id, ())))
    return tuple(ranks.values())


def _call(names: dict[str, tuple[str, ...]], info: RegionInfo, words: tuple[str, ...]) -> None:
    for key in map(slug, words):
        if key and info.id not in names.get(key, ()):
            names[key] = (*names.get(key, ()), info.id)


@cache
def _other_names() -> dict[str, tuple[str, ...]]:
    """Return what else countries and provinces are called, by region id."""
    countries = {info.id: _called(info.country) for info in _country_infos()}
    return countries | {each["id"]: (each["short_name"],) for each in _provinces()}


def _called(code: str) -> tuple[str, ...]:
    """Return what else a country is called: by the labels of a map, and by readers."""
    others = (name for name, meant in basemap.OTHER_NAMES.items() if meant == code)
    return (basemap.country_labels()[code].get("short_name", ""), *others)


@cache
def _country_infos() -> tuple[RegionInfo, ...]:
    labels = basemap.country_labels()
    return tuple(RegionInfo(slug(each["name"]), each["name"], "country", code, code) for code, each in labels.items())


def _group_infos() -> list[RegionInfo]:
    return [RegionInfo(each["id"], each["name"], "group", each["country"]) for each in _groups()]


def _province_infos() -> list[RegionInfo]:
    return [_province_info(each) for each in _provinces()]


def _province_info(each: dict[str, str]) -> RegionInfo:
    return RegionInfo(each["id"], each["name"], "province", each["country"], each["iso"])


@cache
def _provinces() -> tuple[dict[str, str], ...]:
    return tuple(json.loads(resources.read_text("regions/provinces.json")))


@cache
def _groups() -> tuple[dict[str, Any], ...]:
    from ruamel.yaml import YAML  # noqa: PLC0415 - loads only where regions are asked for

    return tuple(YAML(typ="safe").load(resources.read_text("regions/groups.yaml")))


def _info(region_id: str) -> RegionInfo:
    return next(each for each in regions() if each.id == region_id)


@cache
def _built_in(info: RegionInfo) -> Region:
    if info.kind == "country":
        return _region(info, basemap.country(info.country).geometry, _COUNTRY_NOTE)
    if info.kind == "province":
        return _region(info, _province_area(info.country, info.id), _PROVINCE_NOTE)
    group = next(each for each in _groups() if each["id"] == info.id)
    return _region(info, _joined([_province_area(info.country, each) for each in group["members"]]), group["note"])


def _region(info: RegionInfo, geometry: Area, note: str) -> Region:
    return Region(info.id, info.name, info.kind, info.country, geometry, note)


def _joined(areas: list[Area]) -> Area:
    """Join provinces: they share their borders node by node, so nothing is left of the lines between them."""
    import shapely  # noqa: PLC0415 - loads only where geometry is asked for

    from rangemap.places.geojson import counter_clockwise  # noqa: PLC0415 - the same

    return counter_clockwise(shapely.union_all(areas))


@cache
def _province_area(country: str, province: str) -> Area:
    """Read the outline of one province; its country's others may be a megabyte that nobody asks for."""
    from shapely.geometry import shape  # noqa: PLC0415 - loads only where geometry is asked for

    from rangemap.places.geojson import counter_clockwise  # noqa: PLC0415 - the same

    return counter_clockwise(shape(json.loads(_province_lines(country)[province])["geometry"]))


@cache
def _province_lines(country: str) -> dict[str, str]:
    """Return the provinces of one country as they lie on disk, a line a feature, by id."""
    lines = resources.read_text(f"regions/{country}.geojson").splitlines()
    features = [line.rstrip(",") for line in lines if line.startswith(_FEATURE)]
    return {line[len(_FEATURE) : line.index('"', len(_FEATURE))]: line for line in features}


def _from_file(path: Path) -> Region:
    """Read a region of the reader's own; an unchanged file gives the same region again, so that it is measured once."""
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return _read_file(path, 0, 0)
    return _read_file(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _read_file(path: Path, _mtime_ns: int, _size: int) -> Region:
    from rangemap.places.geojson import read_area  # noqa: PLC0415 - loads only where a file is given

    name, area = read_area(path)
    return Region(slug(path.stem) or "file", name, "file", "", area, f"Outline: {path.name}, given by the reader.")
