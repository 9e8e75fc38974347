"""How far it is from a region to an area, and what part of the way the claims cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from pyproj import Geod

from rangemap.coverage import standing
from rangemap.covering import extremes_km
from rangemap.geodesy import distance, geodesic_line
from rangemap.types import LonLat
from rangemap.units import KM_PER_UNIT, format_km

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely import MultiLineString

    from rangemap.areas import Area
    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import RangeClaim, System
    from rangemap.contest import Contest
    from rangemap.places import Region

PartKind: TypeAlias = Literal["within", "contested", "beyond"]

_WORDS: dict[PartKind, str] = {
    "within": "within every claim",
    "contested": "contested",
    "beyond": "beyond every claim",
}


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest way from a region to an area.

    Attributes
    ----------
    nearest_km, start, end
        Its length, and the points that realise it; 0 and one point where they meet.
    covering_km
        Range at which the region's reach covers the whole of the area.
    farthest_km, farthest_from, farthest_to
        The farthest distance between a point of one and a point of the other, and these points.
    """

    region: Region
    area: Area
    nearest_km: float
    start: LonLat
    end: LonLat
    covering_km: float
    farthest_km: float
    farthest_from: LonLat
    farthest_to: LonLat


@dataclass(frozen=True, slots=True)
class GapPart:
    """A stretch of the way: what all grant, what is contested, or what nobody claims.

    Attributes
    ----------
    inner_km, outer_km
        From where to where along the way.
    line
        Its curve, lon/lat in degrees, cut at ±180.
    label, words
        "2,000 km (1,243 mi) within every claim", and the same without the length.
    """

    kind: PartKind
    inner_km: float
    outer_km: float
    line: MultiLineString
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class FigureShare:
    """What part of the way one figure covers.

    Attributes
    ----------
    km
        The figure: its upper end.
    share
        Part of the way, 0 to 1.
    short_km
        What is missing to the nearest point; 0 where nothing is.
    claims
        The claims that name it.
    """

    km: float
    share: float
    short_km: float
    claims: tuple[RangeClaim, ...]


def way(region: Region, area: Area) -> Way:
    """Measure the way from a region to an area; the area never counts the region's own country unless it is named."""
    seen = area.seen_from(region.country)
    span = distance(region.geometry, seen.geometry)
    _, covering = extremes_km(region.geometry, [part.geometry for part in seen.parts])
    return Way(
        region=region,
        area=seen,
        nearest_km=span.nearest_km,
        start=span.nearest_from,
        end=span.nearest_to,
        covering_km=float(covering.max()),
        farthest_km=span.farthest_km,
        farthest_from=span.farthest_from,
        farthest_to=span.farthest_to,
    )


def gap_parts(found: Way, contest: Contest) -> tuple[GapPart, ...]:
    """Divide the way by what the claims cover, from the region outwards; empty where they meet or nobody votes."""
    if contest.all_km is None or contest.any_km is None or found.nearest_km <= 0:
        return ()
    end = found.nearest_km
    cuts = (0.0, min(contest.all_km, end), min(contest.any_km, end), end)
    kinds: tuple[PartKind, ...] = ("within", "contested", "beyond")
    return tuple(
        GapPart(
            kind,
            inner,
            outer,
            _stretch(found, inner, outer),
            f"{both_units(outer - inner)} {_WORDS[kind]}",
            _WORDS[kind],
        )
        for kind, inner, outer in zip(kinds, cuts[:-1], cuts[1:], strict=True)
        if outer > inner
    )


def figure_shares(found: Way, claims: Iterable[RangeClaim]) -> tuple[FigureShare, ...]:
    """Say what part of the way each figure covers, shortest first; figures of whatever quantity."""
    by_km: dict[float, list[RangeClaim]] = {}
    for claim in claims:
        by_km.setdefault(claim.figure.top_km, []).append(claim)
    return tuple(
        FigureShare(km, _share(km, found.nearest_km), max(found.nearest_km - km, 0.0), tuple(named))
        for km, named in sorted(by_km.items())
    )


def gap_contests(catalogue: Catalogue, country: str, filters: Filters | None = None) -> list[Contest]:
    """Count the claims about every system of a country, those that anyone lets reach farthest first."""
    systems = [system for system in catalogue.systems.values() if system.country == country]
    return sort_contests(systems, catalogue, filters)


def sort_contests(systems: Iterable[System], catalogue: Catalogue, filters: Filters | None = None) -> list[Contest]:
    """Count the claims about some systems, leaving out those without any, farthest first."""
    found = [standing(system, catalogue.sources, filters) for system in systems]
    return sorted((each for each in found if each.votes), key=lambda each: (-(each.any_km or 0.0), each.system.id))


def both_units(km: float) -> str:
    """Write a distance in both units: "2,000 km (1,243 mi)"."""
    return f"{format_km(km)} ({km / KM_PER_UNIT['mi']:,.0f} mi)"


def _share(km: float, way_km: float) -> float:
    return 1.0 if way_km <= km else km / way_km


def _stretch(found: Way, inner_km: float, outer_km: float) -> MultiLineString:
    ends = [_along(found, km) for km in (inner_km, outer_km)]
    return geodesic_line(*ends)


def _along(found: Way, km: float) -> LonLat:
    """Find the point of the way at a distance from its start."""
    if km <= 0:
        return found.start
    if km >= found.nearest_km:
        return found.end
    geod = Geod(ellps="WGS84")
    azimuth, _, _ = geod.inv(*found.start, *found.end)
    lon, lat, _ = geod.fwd(*found.start, azimuth, km * 1000)
    return LonLat(float(lon), float(lat))
