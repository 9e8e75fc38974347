"""What a reach assertion requires, as written in the catalogue: how much of which area, seen from where.

- `any of europe`: some part of it
- `each of us-hosts-gulf`: some part of every member
- `most of arab-league`: some part of more than half of its members
- `50% of middle-east`: that share of its area
- `all of israel from lebanon`: the whole of it, from another launch region than the system's own
- `none of beyond-iran-neighbours`: no part of it
- `beyond 5,500 km`: a distance, not an area
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

Extent: TypeAlias = Literal["any", "each", "most", "share", "all", "none", "beyond"]

_OF = re.compile(r"(any|each|most|all|none|(\d{1,2})%) of (.+?)(?: from (.+))?")
_BEYOND = re.compile(r"beyond (\d{1,3}(?:,?\d{3})*) km")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must be so for the assertion to be true.

    Attributes
    ----------
    extent
        How much of the area must be reached.
    area
        Name of the area; empty for a distance.
    launched_from
        Name of the launch region that the statement itself names; empty for the system's own.
    share
        Part of the area, 0 to 1, where `extent` is "share".
    distance_km
        Where `extent` is "beyond".
    """

    extent: Extent
    area: str = ""
    launched_from: str = ""
    share: float = 0.0
    distance_km: float = 0.0


def parse_requirement(text: str) -> Requirement:
    """Read one requirement.

    Raises
    ------
    ValueError
        With the remedy after a semicolon, if it can't be read.
    """
    if match := _BEYOND.fullmatch(text):
        return Requirement("beyond", distance_km=float(match[1].replace(",", "")))
    match = _OF.fullmatch(text)
    if match is None:
        msg = f"'{text[:60]}' is no requirement; write 'any of AREA', 'all of AREA', '50% of AREA from REGION', …"
        raise ValueError(msg)
    word, percent, area, launched_from = match.groups(default="")
    if percent:
        return Requirement("share", area, launched_from, share=int(percent) / 100)
    return Requirement(cast("Extent", word), area, launched_from)
