"""What extraction finds in one text: draft claims, draft reach statements, and figures set aside, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a draft stands: offsets of its core, its sentence, and the words around.

    `exact` is the sentence; `prefix` and `suffix` are the characters before and after it (W3C TextQuoteSelector).
    """

    start: int
    end: int
    sentence: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A proposed range claim; fields as in `rangemap.catalogue.models.RangeClaim`, `system` None if not in the catalogue."""

    system: str | None
    system_text: str | None
    original: str
    low_km: float | None
    high_km: float | None
    qualifier: str
    quantity: str
    stance: str
    hedge: str | None
    claimant: str
    passage: Passage
    reason: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftReach:
    """A proposed reach assertion."""

    system: str | None
    subject: str | None
    area: str
    expected: str
    stance: str
    claimant: str
    passage: Passage
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A figure that is no claim, and why."""

    original: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text."""

    file: str
    claims: tuple[DraftClaim, ...]
    reach: tuple[DraftReach, ...]
    set_aside: tuple[SetAside, ...] = field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Give the form of `extract --json` (design.md section 8), and the figures set aside."""
        return {
            "file": self.file,
            "claims": [_claim_dict(claim) for claim in self.claims],
            "reach": [_reach_dict(reach) for reach in self.reach],
            "set_aside": [
                {"original": item.original, "start": item.start, "end": item.end, "reason": item.reason}
                for item in self.set_aside
            ],
        }


def _claim_dict(claim: DraftClaim) -> dict[str, Any]:
    return {
        "system": claim.system,
        "system_text": claim.system_text,
        "original": claim.original,
        "low_km": claim.low_km,
        "high_km": claim.high_km,
        "qualifier": claim.qualifier,
        "quantity": claim.quantity,
        "stance": claim.stance,
        "hedge": claim.hedge,
        "claimant": claim.claimant,
        **_passage_dict(claim.passage),
        "reason": claim.reason,
        "flags": list(claim.flags),
    }


def _reach_dict(reach: DraftReach) -> dict[str, Any]:
    return {
        "subject": reach.subject,
        "system": reach.system,
        "area": reach.area,
        "expected": reach.expected,
        "stance": reach.stance,
        "claimant": reach.claimant,
        **_passage_dict(reach.passage),
        "reason": reach.reason,
    }


def _passage_dict(passage: Passage) -> dict[str, Any]:
    return {
        "start": passage.start,
        "end": passage.end,
        "sentence": passage.sentence,
        "quote": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }
