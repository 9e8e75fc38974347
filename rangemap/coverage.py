"""Which countries and cities lie within reach of a launch region, and by whose word.

A place is judged by the geodesic distance of its nearest point, never by its drawn polygon meeting a drawn ring, so
that no vertex spacing can move it over the line. Only shares of area are taken from polygons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from rangemap import places
from rangemap.contest import contest
from rangemap.covering import extremes_km
from rangemap.geodesy import area_km2, nearest_distances
from rangemap.reach import polygons_of, reaches_of
from rangemap.types import Quantity, Stance
from rangemap.units import HALF_CIRCUMFERENCE_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from rangemap.ballot import Filters
    from rangemap.catalogue.models import RangeClaim, Source, System
    from rangemap.contest import Contest
    from rangemap.places import Region
    from rangemap.reach import Fill
    from rangemap.types import Status


NO_COUNTRY = frozenset({"KAS"})
"""Parts of the base map that are drawn but not judged: the Siachen Glacier."""

LIMIT_BASIS = "declared limit"
"""What `standing` writes as the basis of a limit that it counts like a range."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A country and how far it lies from the launch region, in kilometres.

    Attributes
    ----------
    nearest_km
        Range at which the region's reach touches it: the distance of its nearest point.
    farthest_km
        Range at which the reach covers all of it: the distance of its farthest point from the region's nearest one.
    """

    id: str
    name: str
    short_name: str
    nearest_km: float
    farthest_km: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """A country under the claims about one system.

    Attributes
    ----------
    status
        By its nearest point.
    reaching, may_reach
        Ids of the origins that grant its nearest point, and of those that only allow it.
    whole
        Ids of the origins that grant its farthest point, and so all of it.
    margin_km
        The counted figure closest to the nearest point, minus its distance: how close the call is. Negative where
        that figure falls short; None where nobody votes.
    """

    place: Measured
    status: Status
    reaching: tuple[str, ...]
    may_reach: tuple[str, ...]
    whole: tuple[str, ...]
    margin_km: float | None


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of a country's area, 0 to 1, within what all grant, at least half grant, and anyone allows."""

    all: float
    majority: float
    any: float


class CityCoverage(NamedTuple):
    """A listed city under the claims about one system; see `Coverage`. It is judged by distance, never by polygon.

    A tuple, since there are 34,000 of them.
    """

    name: str
    country: str
    population: int
    distance_km: float
    status: Status
    reaching: tuple[str, ...]
    may_reach: tuple[str, ...]
    margin_km: float | None


def standing(system: System, sources: Mapping[str, Source], filters: Filters | None = None) -> Contest:
    """Count the claims of a system; where none is a range but a limit is declared, count the limit in their place.

    A limit that is denied, or only said to be going to change, counts nothing.
    """
    found = contest(system, sources, filters)
    if found.votes:
        return found
    limits = [claim for claim in system.claims if is_limit(claim)]
    as_ranges = [
        claim.model_copy(
            update={
                "range": f"{claim.figure.top_km:.6f} km",
                "quantity": Quantity.MAX_RANGE,
                "stance": Stance.ASSERTS,
                "basis": LIMIT_BASIS,
            }
        )
        for claim in limits
    ]
    if not limits:
        return found
    counted = contest(system.model_copy(update={"claims": tuple(as_ranges)}), sources, filters)
    return replace(counted, system=system)


def counts_limits(contest: Contest) -> bool:
    """Tell whether a contest counts a declared limit and not ranges."""
    return any(claim.basis == LIMIT_BASIS for vote in contest.votes for claim in vote.claims)


def is_limit(claim: RangeClaim) -> bool:
    """Tell whether a claim says what a policy allows."""
    return claim.quantity is Quantity.POLICY_LIMIT and claim.stance is Stance.LIMITS


def measure_countries(region: Region) -> tuple[Measured, ...]:
    """Measure every country but the launch region's own, nearest first.

    A part of the base map that nobody agrees whose it is, and where nobody lives, is no country (`NO_COUNTRY`).

    Returns
    -------
    tuple of Measured
        Sorted by nearest distance, then name.
    """
    others = [c for c in places.countries() if c.id != region.country and c.id not in NO_COUNTRY]
    nearest, farthest = extremes_km(region.geometry, [country.geometry for country in others])
    rows = [
        Measured(country.id, country.name, country.short_name, near, far)
        for country, near, far in zip(others, nearest.tolist(), farthest.tolist(), strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (row.nearest_km, row.name)))


def cover(contest: Contest, measured: Iterable[Measured]) -> tuple[Coverage, ...]:
    """Judge measured countries by the claims about one system, in the order given."""
    return tuple(_cover_one(contest, place) for place in measured)


def _cover_one(contest: Contest, place: Measured) -> Coverage:
    reaching, may_reach = contest.reaching(place.nearest_km)
    return Coverage(
        place=place,
        status=contest.status(place.nearest_km),
        reaching=reaching,
        may_reach=may_reach,
        whole=contest.reaching(place.farthest_km)[0],
        margin_km=_margin_km(_figures(contest), place.nearest_km),
    )


def _figures(contest: Contest) -> list[float]:
    return sorted({km for vote in contest.votes for km in (vote.grants_km, vote.allows_km)})


def _margin_km(figures: Sequence[float], distance_km: float) -> float | None:
    return min((km - distance_km for km in figures), key=abs, default=None)


def share_areas(region: Region, contest: Contest, measured: Iterable[Measured]) -> dict[str, Shares]:
    """Measure which parts of the measured countries lie within all, majority and any.

    Returns
    -------
    dict
        Shares by country id; empty where nobody votes.
    """
    levels = [km for km in (contest.all_km, contest.majority_km, contest.any_km) if km is not None]
    if not levels:
        return {}
    fills = reaches_of(region.geometry, {min(km, HALF_CIRCUMFERENCE_KM) for km in levels}).fills
    for fill in fills.values():
        shapely.prepare(fill)
    return {
        place.id: Shares(*(_share(place, km, fills[min(km, HALF_CIRCUMFERENCE_KM)]) for km in levels))
        for place in measured
    }


def _share(place: Measured, range_km: float, fill: Fill) -> float:
    if place.nearest_km > range_km:
        return 0.0
    if place.farthest_km <= range_km:
        return 1.0
    outline = places.country(place.id).geometry
    within = polygons_of(shapely.intersection(outline, fill))
    return min(area_km2(within) / _country_km2(place.id), 1.0)


@cache
def _country_km2(code: str) -> float:
    return area_km2(places.country(code).geometry)


def measure_cities(region: Region) -> NDArray[np.float64]:
    """Measure every listed city from the launch region.

    Returns
    -------
    ndarray
        Kilometres, in the order of `places.cities()`; 0 within the region.
    """
    cities = places.cities()
    return nearest_distances(region.geometry, np.stack([cities.lon, cities.lat], axis=1))


def cover_cities(contest: Contest, region: Region, distances_km: NDArray[np.float64]) -> tuple[CityCoverage, ...]:
    """Judge the listed cities outside the launch region's own country, in the order of `places.cities()`."""
    cities, figures = places.cities(), _figures(contest)
    slots = np.searchsorted(np.array(figures), distances_km, side="left").tolist()
    standings = [_standing(contest, km) for km in (*figures, np.inf)]
    margins = _margins_km(figures, distances_km).tolist() if figures else repeat(None)
    rows = zip(cities.name, cities.country, cities.population.tolist(), distances_km.tolist(), slots, margins)  # noqa: B905 - `repeat` has no end
    return tuple(
        CityCoverage(name, country, people, km, status, reaching, may_reach, margin)
        for name, country, people, km, slot, margin in rows
        if country != region.country
        for status, reaching, may_reach in (standings[slot],)
    )


def _margins_km(figures: Sequence[float], distances_km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Do what `_margin_km` does for many distances at once; zeros where there is no figure."""
    best = np.full(len(distances_km), np.inf if figures else 0.0)
    for km in figures:
        margin = km - distances_km
        best = np.where(np.abs(margin) < np.abs(best), margin, best)
    return best


def _standing(contest: Contest, distance_km: float) -> tuple[Status, tuple[str, ...], tuple[str, ...]]:
    """Judge a distance; every distance between two neighbouring figures stands as the greater one."""
    return (contest.status(distance_km), *contest.reaching(distance_km))
