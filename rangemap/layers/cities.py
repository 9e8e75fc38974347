"""The cities that a reader may look for: those near the rings first, then the largest of the world and each country."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rangemap import places
from rangemap.geodesy import nearest_distances
from rangemap.layers.model import CityRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rangemap.places import Region

NEAR = 160
"""So many of the most populous cities near the rings are kept."""

OF_A_COUNTRY = 5
"""Of these, no more from one country, so that a large one does not crowd out its neighbours."""

WORLD = 80
"""So many of the most populous cities of the world are kept, however far."""

_NEAR_RATIO = 1.25


def city_rows(launch: Sequence[Region], outermost_km: float) -> tuple[CityRow, ...]:
    """Pick the cities that a map can be asked about, the most populous first, and measure them.

    Parameters
    ----------
    launch
        The map's launch regions; cities of the first one's own country are left out, as countries are.
    outermost_km
        The longest ring from the first of them.
    """
    cities = places.largest_cities()
    found, first = _measured(launch[0])
    keep = _keep(found, first, outermost_km)
    lonlat = np.stack([cities.lon[found[keep]], cities.lat[found[keep]]], axis=1)
    measured = [first[keep], *(nearest_distances(region.geometry, lonlat) for region in launch[1:])]
    distances = np.stack(measured, axis=1).tolist()
    return tuple(
        CityRow(cities.name[i], cities.country[i], float(cities.lon[i]), float(cities.lat[i]), tuple(km))
        for i, km in zip(found[keep].tolist(), distances, strict=True)
    )


@lru_cache(maxsize=64)
def _measured(region: Region) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Name and measure the candidates once a launch region: an atlas draws many systems from the same one."""
    cities, found = places.largest_cities(), _candidates(region.country)
    lonlat = np.stack([cities.lon[found], cities.lat[found]], axis=1)
    return found, nearest_distances(region.geometry, lonlat)


def _candidates(country: str) -> NDArray[np.intp]:
    """Name the largest cities of the world and the largest of each country but one, the most populous first."""
    return np.flatnonzero(np.array(places.largest_cities().country) != country)


def _keep(found: NDArray[np.intp], km: NDArray[np.float64], outermost_km: float) -> NDArray[np.intp]:
    codes = np.array(places.largest_cities().country)[found]
    largest = np.unique(codes, return_index=True)[1]
    near = np.flatnonzero((km <= outermost_km * _NEAR_RATIO) & (_rank_in_country(codes) < OF_A_COUNTRY))[:NEAR]
    kept = np.zeros(len(found), dtype=bool)
    kept[:WORLD] = kept[near] = kept[largest] = True
    return np.flatnonzero(kept)


def _rank_in_country(codes: NDArray[np.str_]) -> NDArray[np.intp]:
    """Count the cities of each country from 0, the most populous first."""
    seen: dict[str, int] = {}
    ranks = np.zeros(len(codes), dtype=np.intp)
    for place, code in enumerate(codes.tolist()):
        ranks[place] = seen.get(code, 0)
        seen[code] = int(ranks[place]) + 1
    return ranks
