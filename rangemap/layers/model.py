"""The `LayerSet`: geometry, wording and citations of one map, decided once for every renderer.

A renderer (web map, figure, export, report) takes a `LayerSet` and draws it; it never sees a claim record, never
counts and never measures. What differs with the launch region (geometry, distances) is kept in a `View`; what does
not (who says what) in a `SystemLayers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rangemap.ballot import Filters

if TYPE_CHECKING:
    from typing import TypeAlias

    from shapely import MultiLineString, MultiPolygon, Polygon

    from rangemap.types import Agreement, LineRole, LonLat, Status, Tier

    Area: TypeAlias = Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as the reader sees it.

    `citation` is the whole rendered line; `url` is None unless it is an http(s) address.
    """

    id: str
    citation: str
    publisher: str
    tier: Tier
    issued: str | None
    url: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as the reader sees it: one mark on the timeline, one line of the list.

    Attributes
    ----------
    line
        Id of the `Line` it sits on: that of its high figure, or of its low one where it is open above.
    low_km, high_km
        Exact distances granted and allowed; None where open.
    hedge
        How it was hedged, in words and quotation marks as the list shows it: “up to”, “about”; may be empty.
    route
        Through whom it reached us, where the publisher is not the claimant: “via The Defense Post”; may be empty.
    counted, why_not
        Whether the claim votes, and the reason in words where it does not.
    votable
        True if it would vote in a year in which it was its origin's newest statement (older statements of an origin
        are votable but not counted).
    dormant, until
        Whether it does not vote today, but did until it was replaced (on the date `until`), or would if nobody
        asserted a range, only projected one.
    """

    id: str
    system: str
    line: str | None
    lower_line: str | None
    origin: str
    claimant: str
    hedge: str
    route: str
    tier: Tier
    as_of: str | None
    original: str
    low_km: float | None
    high_km: float | None
    quantity: str
    stance: str
    flags: tuple[str, ...]
    counted: bool
    votable: bool
    why_not: str
    source: str
    citation: str
    url: str | None
    note: str
    dormant: bool = False
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One distance: one ring on the map and one row of the list.

    Attributes
    ----------
    id
        `SYSTEM-KM`, or `SYSTEM-ROLE-KM` for lines that are not counted range; unique in the page.
    km
        The distance drawn, as a source states it (810 miles and 1,300 km share the line at 1,300).
    label
        "1,300 km".
    remark
        "17 of 18", "all 6", "flown 2019", "policy limit": what stands behind the figure on the map.
    says
        Number of origins naming this distance.
    grants, allows
        Ids of the origins that reach this far, and of those that only may.
    claims
        Ids of the statements on this line.
    """

    id: str
    system: str
    km: float
    label: str
    role: LineRole
    remark: str
    says: int
    grants: tuple[str, ...]
    allows: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The area between two neighbouring lines (`inner_km` is 0 for the innermost: within every claim).

    `share` is the part of the origins that grant or allow it, 0 to 1; `contested` is False for what all grant.
    `label` is the sentence for the reader ("1,300 to 1,700 km: contested, 9 of 18 reach it, 2 more may").
    """

    id: str
    system: str
    inner_km: float
    outer_km: float
    outer_line: str
    contested: bool
    share: float
    grants: tuple[str, ...]
    allows: tuple[str, ...]
    claims: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two origins whose figures can't both be right, with both citations."""

    a: str
    b: str
    gap_km: float
    sentence: str
    citations: tuple[str, str]


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One voter: who, and how far it grants and allows today."""

    id: str
    name: str
    grants_km: float
    allows_km: float
    open_above: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SystemLayers:
    """Who says what of one system. `series` (0 to 4) picks its accent colour."""

    id: str
    name: str
    series: int
    country: str
    country_name: str
    kind_label: str
    agreement: Agreement
    all_km: float | None
    majority_km: float | None
    any_km: float | None
    projected: bool
    origins: tuple[OriginRow, ...]
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    statements: tuple[Statement, ...]
    conflicts: tuple[ConflictRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country as seen from one launch region, one entry a system in each tuple (in the order of `systems`).

    Distances are geodesic, in kilometres, from the launch region; `reaching` counts origins that grant part of it,
    `may_reach` those that only allow it; `whole` those that grant all of it.
    """

    id: str
    name: str
    short_name: str
    nearest_km: float
    farthest_km: float
    status: tuple[Status, ...]
    reaching: tuple[int, ...]
    may_reach: tuple[int, ...]
    whole: tuple[int, ...]
    margin_km: tuple[float, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything that depends on the launch region.

    `outlines` maps line ids to their curves (cut at ±180, without seams), `reaches` to all that lies within them;
    `areas` maps step ids to their fills. `cores` maps line ids to what is reached from everywhere in the region; it
    is filled where it was asked for, and leaves out what is empty. All geometry is lon/lat in degrees, valid to
    RFC 7946.
    """

    region_id: str
    region_name: str
    region_country: str
    region: Area
    outlines: dict[str, MultiLineString]
    areas: dict[str, Area]
    countries: tuple[CountryRow, ...]
    tolerance_m: float
    reaches: dict[str, Area] = field(default_factory=dict)
    cores: dict[str, Area] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city of GeoNames (CC BY 4.0), judged by distance alone.

    `nearest_km` holds a distance for each view, 0 within its launch region.
    """

    name: str
    country: str
    lon: float
    lat: float
    nearest_km: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GapStretch:
    """A stretch of the way to an area: what all grant, what is contested, or what nobody claims.

    `line` is lon/lat in degrees, cut at ±180; `label` is for the reader: "2,000 km (1,243 mi) within every claim", and
    `words` is it without the length.
    """

    kind: Literal["within", "contested", "beyond"]
    inner_km: float
    outer_km: float
    line: MultiLineString
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """The shortest way from the first view's launch region to an area that the reader asked about.

    Attributes
    ----------
    system
        Id of the system whose claims divide the way.
    region_id
        The launch region that it starts from; a page that switches to another region hides it.
    nearest_km, start, end
        Its length, and where it starts and ends: longitude and latitude.
    stretches
        From the region outwards; empty where the two meet or nobody votes.
    sentence
        The finding in words, with `**bold**` marks.
    """

    system: str
    region_id: str
    area_id: str
    area_name: str
    nearest_km: float
    start: LonLat
    end: LonLat
    stretches: tuple[GapStretch, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A statement about reach, and whether it follows from the claims that are counted.

    Attributes
    ----------
    statement
        "Reaches all of Israel": what was said, without who said it.
    required_km
        The range at which the statement turns; None where it is not testable.
    sentence
        What is required, who grants it, and what follows.
    """

    id: str
    system: str
    area: str
    expected: str
    statement: str
    verdict: Literal["holds", "depends", "fails", "not-testable"]
    required_km: float | None
    sentence: str
    claimant: str
    as_of: str | None
    source: str
    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class LayerSet:
    """One map, ready to draw: everything that a renderer takes.

    `filters` says in words what was left out, `filters_asked` by what. Texts may hold `**bold**` marks and nothing
    else; every renderer escapes the rest. `lang` is the language of the sentences; in another than English, English
    words in them stand between U+2068 and U+2069, Unicode’s isolates.
    """

    title: str
    kicker: tuple[str, ...]
    standfirst: str
    description: str
    systems: tuple[SystemLayers, ...]
    views: tuple[View, ...]
    sources: tuple[SourceRow, ...]
    method: tuple[str, ...]
    limits: tuple[str, ...]
    filters: str
    credits: str
    data_date: str | None
    version: str
    data_hash: str
    gap: Gap | None = None
    verdicts: tuple[VerdictRow, ...] = ()
    filters_asked: Filters = field(default_factory=Filters)
    cities: tuple[CityRow, ...] = ()
    lang: str = "en"
