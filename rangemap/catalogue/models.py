"""The records of the catalogue: sources, claims, reach assertions, systems. Frozen, checked on the way in.

The schema holds what sources say about range and nothing else. Fields about sites, trajectories, payloads, accuracy,
effects, basing or targets do not exist, and a file that brings one is refused with that reason.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from rangemap.catalogue.figure import Figure, parse_figure
from rangemap.catalogue.requirement import parse_requirement
from rangemap.types import Quantity, Stance, Tier

OUT_OF_SCOPE = frozenset(
    {
        *("lat", "lon", "latitude", "longitude", "coordinates", "site", "sites", "base", "bases", "basing"),
        *("payload", "payload_kg", "warhead", "yield", "effects", "casualties", "target", "targets", "targeting"),
        *("trajectory", "apogee", "accuracy", "cep", "guidance", "speed", "burn_time"),
    },
)
"""Field names that the schema refuses by name, so that the refusal can give its reason."""

RESERVED_IDS = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))],
)
"""Names that some file systems keep for devices; ids become file names."""

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """Make an id of a name: ASCII letters and digits, lower case, hyphens ("Ya'alon" is "yaalon")."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-") or "unnamed"


@lru_cache(maxsize=65536)
def check_date(text: str) -> str:
    """Return an EDTF date as it came, or raise `ValueError` with the remedy."""
    match = _EDTF.fullmatch(text)
    if match is None:
        msg = f"'{text[:40]}' is not a date; write 2016, 2016-03 or 2016-03-14"
        raise ValueError(msg)
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        msg = f"'{text}' is not a day of the calendar; write 2016, 2016-03 or 2016-03-14"
        raise ValueError(msg) from None
    return text


def _check_id(text: str) -> str:
    if text.lower() in RESERVED_IDS:
        msg = f"'{text}' is a device name on some systems; choose another id"
        raise ValueError(msg)
    return text


def _check_range(text: str) -> str:
    parse_figure(text)
    return text


def _check_requirement(text: str) -> str:
    parse_requirement(text)
    return text


Identifier = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-zA-Z0-9-]{0,79}$"),
    AfterValidator(_check_id),
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
EdtfDate = Annotated[str, AfterValidator(check_date)]
RangeText = Annotated[str, AfterValidator(_check_range)]
RequirementText = Annotated[str, StringConstraints(max_length=200), AfterValidator(_check_requirement)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

Kind = Literal["srbm", "mrbm", "irbm", "icbm", "cruise", "anti-ship-cruise", "rocket", "slv", "hypothetical", "arsenal"]
SystemStatus = Literal["operational", "development", "retired", "cancelled", "alleged"]
ClaimStatus = Literal["active", "superseded", "corrected", "withdrawn"]
Flag = Literal[
    "covers-several-systems",
    "derived",
    "interval-includes-minimum-range",
    "likely-error",
    "name-collision",
    "outlier",
    "ring-degenerates",
    "second-or-third-hand",
]


class Record(BaseModel):
    """Base of all records: frozen, and closed to fields that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Name(Record):
    """A person or body as CSL-JSON writes it: family and given name, or one literal."""

    family: ShortText | None = None
    given: ShortText | None = None
    literal: ShortText | None = None

    @property
    def full(self) -> str:
        """The name in reading order."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Source(Record):
    """A document. Bibliographic fields are CSL-JSON's (`type`, `title`, `author`, `issued`, `URL` …)."""

    id: Identifier
    type: ShortText = "article-newspaper"
    title: ShortText
    publisher: ShortText
    author: tuple[Name, ...] = ()
    issued: EdtfDate | None = None
    url: ShortText | None = Field(default=None, alias="URL")
    accessed: EdtfDate | None = None
    archive: ShortText | None = None
    language: ShortText | None = None
    kind: Literal["news", "think-tank", "reference", "statement", "paper"] = "news"
    tier: Tier
    note: Text | None = None


class Quote(Record):
    """The words that carry the claim, as a W3C TextQuoteSelector has them."""

    exact: Text
    prefix: str = ""
    suffix: str = ""


class Statement(Record):
    """What a claim and a reach assertion have in common: somebody says something in a source."""

    id: Identifier
    source: Identifier
    claimant: ShortText
    role: ShortText | None = None
    hedge: ShortText | None = None
    via: ShortText | None = None
    as_of: EdtfDate | None = None
    stance: Stance = Stance.ASSERTS
    locator: ShortText | None = None
    quote: Quote | None = None
    note: Text | None = None


class RangeClaim(Statement):
    """One claimant saying one range for one system in one source.

    `range` is the figure as the source writes it; where the source's words are not a plain figure ("double what
    Iran claims"), `range` restates it and `as_written` keeps the words.
    """

    range: RangeText
    as_written: ShortText | None = None
    quantity: Quantity = Quantity.MAX_RANGE
    origin: Identifier | None = None
    derives_from: Identifier | None = None
    variant: ShortText | None = None
    basis: ShortText | None = None
    flags: tuple[Flag, ...] = ()
    status: ClaimStatus = "active"
    replaced_by: Identifier | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _explain_inactive(self) -> Self:
        if self.status != "active" and not self.reason:
            msg = f"a claim that is {self.status} needs a reason"
            raise ValueError(msg)
        return self

    @property
    def figure(self) -> Figure:
        """What the range says, in kilometres."""
        return parse_figure(self.range)

    @property
    def original(self) -> str:
        """The figure in the source's own words."""
        return self.as_written or self.range

    @property
    def origin_id(self) -> str:
        """Who votes: claims of one origin count once."""
        return self.origin or slug(self.claimant)


class ReachAssertion(Statement):
    """A source's statement that a system can or cannot reach a named area, usually without a number.

    `area` holds the source's own words; `requires` says what they ask for (see `rangemap.catalogue.requirement`), all
    of it for "reaches", none of it for "does-not-reach". `given` is a range that the statement names for itself.
    """

    area: ShortText
    expected: Literal["reaches", "does-not-reach"]
    requires: tuple[RequirementText, ...] = ()
    given: RangeText | None = None
    actor: ShortText | None = None
    testable: bool = True
    reason: Text | None = None

    @model_validator(mode="after")
    def _explain_untestable(self) -> Self:
        if not self.testable and not (self.reason or self.note):
            msg = "an assertion that is not testable needs a reason"
            raise ValueError(msg)
        return self


class System(Record):
    """The thing with a range, and everything said about it.

    `question`, `label` and `standfirst` word the head of its page where the words made from `name` and `kind` would
    not do; `standfirst` cites its own sources.
    """

    id: Identifier
    name: ShortText
    question: ShortText | None = None
    label: ShortText | None = None
    aliases: tuple[ShortText, ...] = ()
    country: CountryCode
    kind: Kind
    status: SystemStatus
    regions: tuple[ShortText, ...] = Field(min_length=1)
    standfirst: Text | None = None
    note: Text | None = None
    claims: tuple[RangeClaim, ...] = ()
    reach_assertions: tuple[ReachAssertion, ...] = ()
