"""What a statement about reach comes down to: the range that it requires from a launch region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from rangemap import areas, places
from rangemap.covering import extremes_km
from rangemap.geodesy import nearest_distances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

    from rangemap.areas import Area
    from rangemap.catalogue.requirement import Requirement
    from rangemap.places import Region

SAMPLES = 4_000
"""Points that a share of an area is measured by, so that a share is right to about one per cent."""

MOST_PROVINCES = 12
"""So many provinces are listed one by one; of more, only how many there are of a kind."""

_REMEMBERED: dict[Region, Mapping[str, tuple[float, float]]] = {}

_ANY, _EACH, _MOST, _ALL, _SHARE, _BEYOND, _NONE = "any", "each", "most", "all", "share", "beyond", "none"


@dataclass(frozen=True, slots=True)
class Need:
    """What one requirement comes down to.

    Attributes
    ----------
    area
        None for a bare distance.
    region
        The launch region that it is measured from.
    required_km
        The range from which on the area is reached, as far as the requirement asks.
    where
        The member of the area that decides it; empty where it is the only one.
    """

    requirement: Requirement
    area: Area | None
    region: Region
    required_km: float
    where: str


def parts_of(country: str, most: int | None = None) -> tuple[places.RegionInfo, ...]:
    """List a country and its named groups, else its provinces of over 1,000 km² if there are at most so many."""
    infos = places.regions(country) if country else ()
    groups = tuple(info for info in infos if info.kind == "group")
    provinces = tuple(info for info in infos if info.kind == "province" and _is_coarse(info.id))
    parts = groups or (provinces if most is None or len(provinces) <= most else ())
    return (*(info for info in infos if info.kind == "country"), *parts)


@cache
def _is_coarse(region_id: str) -> bool:
    geometry = places.region(region_id, launch=False).geometry
    return places.geodesic_area_km2(geometry) >= places.MIN_AREA_KM2


@cache
def need(region: Region, requirement: Requirement, *, briefly: bool = False) -> Need:
    """Measure the range that a requirement comes down to from a launch region.

    Parameters
    ----------
    briefly
        True where nobody asks which member of the area decides it, which is much quicker for many members.

    Raises
    ------
    UnknownNameError
        For an area that nobody has heard of.
    """
    if requirement.extent == _BEYOND:
        return Need(requirement, None, region, requirement.distance_km, "")
    area = areas.area(requirement.area).seen_from(region.country)
    if requirement.extent == _SHARE:
        return Need(requirement, area, region, share_km(region, area, requirement.share), "")
    if briefly and requirement.extent in (_ANY, _NONE, _ALL):
        touching_km, covering_km = _extremes_as_one(region, area.id, tuple(part.id for part in area.parts))
        return Need(requirement, area, region, covering_km if requirement.extent == _ALL else touching_km, "")
    nearest, covering = extremes(region, area)
    order = np.argsort(covering if requirement.extent == _ALL else nearest, kind="stable")
    pick = {_EACH: len(order) - 1, _ALL: len(order) - 1, _MOST: len(order) // 2}.get(requirement.extent, 0)
    index = int(order[pick])
    km = covering[index] if requirement.extent == _ALL else nearest[index]
    return Need(requirement, area, region, float(km), area.parts[index].name if len(area.parts) > 1 else "")


def extremes(region: Region, area: Area) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ranges that touch and that cover each part of an area, in kilometres."""
    return _extremes(region, area.id, tuple(part.id for part in area.parts))


def remember(region: Region, countries: Mapping[str, tuple[float, float]]) -> None:
    """Take over what somebody has measured already, so that no country is measured twice from one region.

    Parameters
    ----------
    countries
        By id, the ranges that touch and that cover each country, as `extremes_km` returns them.
    """
    _REMEMBERED[region] = countries


@cache
def _extremes(
    region: Region, area_id: str, part_ids: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    parts = {part.id: part.geometry for part in areas.area(area_id).parts}
    known = {
        each: km
        for each, km in _REMEMBERED.get(region, {}).items()
        if each in part_ids and parts[each] is places.country(each).geometry
    }
    rest = [each for each in part_ids if each not in known]
    nearest, covering = extremes_km(region.geometry, [parts[each] for each in rest])
    known |= dict(zip(rest, zip(nearest.tolist(), covering.tolist(), strict=True), strict=True))
    return np.array([known[each][0] for each in part_ids]), np.array([known[each][1] for each in part_ids])


@cache
def _extremes_as_one(region: Region, area_id: str, part_ids: tuple[str, ...]) -> tuple[float, float]:
    nearest, covering = extremes_km(region.geometry, [_joined(area_id, part_ids)])
    return float(nearest[0]), float(covering[0])


@cache
def _joined(area_id: str, part_ids: tuple[str, ...]) -> Polygon | MultiPolygon:
    parts = {part.id: part.geometry for part in areas.area(area_id).parts}
    return shapely.union_all([parts[each] for each in part_ids])


def share_km(region: Region, area: Area, share: float) -> float:
    """Return the range within which a share of an area lies, by points spread evenly over it."""
    sample = evenly_over(area.id, tuple(part.id for part in area.parts))
    measured = np.sort(nearest_distances(region.geometry, sample))
    return float(measured[min(int(np.ceil(share * len(measured))), len(measured)) - 1])


@cache
def evenly_over(area_id: str, part_ids: tuple[str, ...]) -> NDArray[np.float64]:
    """Lay a grid of equal areas over some parts of an area, degrees, shape (n, 2)."""
    outline = _joined(area_id, part_ids)
    west, south, east, north = outline.bounds
    rows = np.sin(np.radians([south, north]))
    points = np.zeros((0, 2))
    size = SAMPLES
    while len(points) < SAMPLES:
        across = max(int(np.sqrt(size * np.radians(east - west) / (rows[1] - rows[0]))), 2)
        down = max(size // across, 2)
        lon = west + (np.arange(across) + 0.5) / across * (east - west)
        lat = np.degrees(np.arcsin(rows[0] + (np.arange(down) + 0.5) / down * (rows[1] - rows[0])))
        grid = np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
        points = grid[shapely.contains_xy(outline, *grid.T)]
        size *= 2
    return points
