"""The countries of the base map, as geometry for Python and as TopoJSON for the page."""

from __future__ import annotations

import difflib
import json
from functools import cache
from typing import Any, Literal, TypeAlias

from rangemap import resources
from rangemap.errors import UnknownNameError
from rangemap.places.model import Country, slug

Scale: TypeAlias = Literal["50m", "110m"]

OTHER_NAMES = {
    "burma": "MMR",
    "cape-verde": "CPV",
    "czech-republic": "CZE",
    "dprk": "PRK",
    "east-timor": "TLS",
    "great-britain": "GBR",
    "holy-see": "VAT",
    "ivory-coast": "CIV",
    "macau": "MAC",
    "republic-of-korea": "KOR",
    "swaziland": "SWZ",
    "turkiye": "TUR",
    "uae": "ARE",
    "uk": "GBR",
    "united-states-of-america": "USA",
    "us": "USA",
}
"""What else readers call a country, as slugs."""


def basemap_topology(scale: Scale = "50m") -> bytes:
    """Return the TopoJSON of the base map as it lies on disk, for embedding in a page.

    One object, `countries`; each geometry is a MultiPolygon with `id` (alpha-3), `properties.name` and, where it
    differs, `properties.short_name`. Arcs on ±180° or the pole are arcs of their own: leave them out of an outline.
    """
    return resources.read_bytes(f"basemap/countries-{scale}.topojson")


@cache
def topology_of(scale: Scale) -> dict[str, Any]:
    """Return the same parsed, once for all who need it: to be read, not to be changed."""
    return dict(json.loads(basemap_topology(scale)))


@cache
def country_names() -> dict[str, str]:
    """Return the name of every country of the 50m map by its id, without building any geometry."""
    return {code: labels["name"] for code, labels in country_labels().items()}


@cache
def country_labels() -> dict[str, dict[str, str]]:
    """Return `name` and, where it differs, `short_name` of every country of the 50m map by its id."""
    return {geometry["id"]: geometry["properties"] for geometry in _geometries(topology_of("50m"))}


def countries(scale: Scale = "50m") -> tuple[Country, ...]:
    """Return the countries and territories of the base map, sorted by id.

    Parameters
    ----------
    scale
        "50m" (242 countries, the one to measure with) or "110m" (177 countries, for small figures).
    """
    return _countries(scale)


@cache
def _countries(scale: Scale) -> tuple[Country, ...]:
    from rangemap.places import topology  # noqa: PLC0415 - shapely loads only where geometry is asked for

    source = topology_of(scale)
    geometries = _geometries(source)
    return tuple(
        _country(geometry["id"], geometry["properties"], shape)
        for geometry, shape in zip(geometries, topology.shapes(source, geometries), strict=True)
    )


def country(id_or_name: str) -> Country:
    """Return one country of the 50m map by its alpha-3 code, name, map label or slug, in any case.

    Raises
    ------
    UnknownNameError
        If there is none, with names that look like it.
    """
    known = _by_key()
    key = slug(id_or_name)
    if key not in known:
        close = difflib.get_close_matches(key, known, n=3)
        raise UnknownNameError("country", id_or_name, suggestions=tuple(dict.fromkeys(known[k].name for k in close)))
    return known[key]


@cache
def _by_key() -> dict[str, Country]:
    found = countries("50m")
    labels = {slug(each.short_name): each for each in found}
    codes = {each.id: each for each in found}
    others = {name: codes[code] for name, code in OTHER_NAMES.items()}
    return others | labels | {each.slug: each for each in found} | {slug(code): each for code, each in codes.items()}


def _geometries(source: dict[str, Any]) -> list[dict[str, Any]]:
    return list(source["objects"]["countries"]["geometries"])


def _country(code: str, properties: dict[str, str], geometry: Any) -> Country:  # noqa: ANN401 - shapely is untyped
    name = properties["name"]
    return Country(code, name, properties.get("short_name", name), slug(name), geometry)
