"""Which countries lie within reach of a launch region, and by whose word.

A country is judged by the geodesic distance of its nearest point, never by its drawn polygon meeting a drawn ring, so
that no vertex spacing can move it over the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rangemap import places
from rangemap.geodesy import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rangemap.contest import Contest
    from rangemap.places import Region
    from rangemap.types import Status


@dataclass(frozen=True, slots=True)
class Measured:
    """A country and how far it lies from the launch region, in kilometres."""

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
        Ids of the origins that grant its farthest point.
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


def measure_countries(region: Region) -> tuple[Measured, ...]:
    """Measure every country but the launch region's own, nearest first.

    Returns
    -------
    tuple of Measured
        Sorted by nearest distance, then name.
    """
    if region.kind == "file":
        return _measured(region)
    return _measured_once(region.id)


@lru_cache(maxsize=64)
def _measured_once(region_id: str) -> tuple[Measured, ...]:
    """Measure from a built-in region once a process: many systems share a launch region."""
    return _measured(places.region(region_id))


def _measured(region: Region) -> tuple[Measured, ...]:
    others = [country for country in places.countries() if country.id != region.country]
    found = spans(region.geometry, [country.geometry for country in others])
    rows = [
        Measured(country.id, country.name, country.short_name, span.nearest_km, span.farthest_km)
        for country, span in zip(others, found, strict=True)
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
    return [km for vote in contest.votes for km in (vote.grants_km, vote.allows_km)]


def _margin_km(figures: Sequence[float], distance_km: float) -> float | None:
    return min((km - distance_km for km in figures), key=abs, default=None)
