"""Small shared types: longitude before latitude, and the words of the field as enums."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class LonLat(NamedTuple):
    """A point on the ellipsoid, in decimal degrees, longitude first (EPSG:4326)."""

    lon: float
    lat: float


class Status(StrEnum):
    """Where a place stands under the claims, judged by its nearest point."""

    WITHIN = "within"
    CONTESTED = "contested"
    UNCERTAIN = "uncertain"
    BEYOND = "beyond"


class Qualifier(StrEnum):
    """How the source hedged the figure."""

    EXACT = "exact"
    ABOUT = "about"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    BETWEEN = "between"


class Quantity(StrEnum):
    """What the figure is a figure of; only `MAX_RANGE` makes ordinary rings."""

    MAX_RANGE = "max-range"
    DISTANCE_FLOWN = "distance-flown"
    POLICY_LIMIT = "policy-limit"
    DISTANCE_TO_PLACE = "distance-to-place"
    REQUIRED_RANGE = "required-range"
    REGULATORY_THRESHOLD = "regulatory-threshold"


class Stance(StrEnum):
    """What the claimant does with the figure."""

    ASSERTS = "asserts"
    LIMITS = "limits"
    PROJECTS = "projects"
    TESTED = "tested"
    DENIES = "denies"


class Tier(StrEnum):
    """How close the source is to the claimant."""

    A = "A"
    B = "B"
    C = "C"


class Agreement(StrEnum):
    """Whether the origins of a system's counted claims can all be right."""

    NONE = "none"
    SINGLE = "single"
    AGREED = "agreed"
    CONTESTED = "contested"


class LineRole(StrEnum):
    """What a drawn line stands for; each has its own drawing and legend row."""

    ALL = "all"
    MAJORITY = "majority"
    CLAIM = "claim"
    ANY = "any"
    FLOWN = "flown"
    LIMIT = "limit"
    REQUIRED = "required"
    EARLIER = "earlier"
    SET_ASIDE = "set-aside"
