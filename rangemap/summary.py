"""Answers about the catalogue as plain data: the rows of `list`, the record of `show` (design.md section 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rangemap import wording
from rangemap.ballot import Filters, check_filters, judge, votes
from rangemap.catalogue.load import Catalogue, load_catalogue
from rangemap.contest import contest, outcome
from rangemap.errors import UnknownNameError

if TYPE_CHECKING:
    from rangemap.ballot import Judged
    from rangemap.catalogue.models import System
    from rangemap.contest import Contest


def list_rows(*, country: str | None = None, catalogue: Catalogue | None = None) -> list[dict[str, Any]]:
    """Give a row a system: counts, all/majority/any distances in kilometres, agreement.

    Raises
    ------
    UnknownNameError
        If no system is of that country.
    """
    data = catalogue or load_catalogue()
    countries = sorted({system.country for system in data.systems.values()})
    if country is not None and country.upper() not in countries:
        raise UnknownNameError("country", country[:40], remedy=f"the catalogue has {', '.join(countries)}")
    systems = [s for s in data.systems.values() if country is None or s.country == country.upper()]
    return [_list_row(system, data) for system in systems]


def _list_row(system: System, data: Catalogue) -> dict[str, Any]:
    ballots = votes(judge(system, data.sources, Filters()))
    found = outcome(ballots)
    return {
        "system": system.id,
        "name": system.name,
        "country": system.country,
        "kind": system.kind,
        "status": system.status,
        "claims": len(system.claims),
        "origins": len(ballots),
        "sources": len({claim.source for claim in system.claims}),
        "all_km": found.all_km,
        "majority_km": found.majority_km,
        "any_km": found.any_km,
        "agreement": found.agreement.value,
    }


def contest_of(name: str, filters: Filters | None = None, catalogue: Catalogue | None = None) -> Contest:
    """Count the claims of the system called `name`.

    Raises
    ------
    UnknownNameError
        For a system, origin or claim that the catalogue does not have.
    """
    data = catalogue or load_catalogue()
    system = data.system(name)
    check_filters(filters or Filters(), [system])
    return contest(system, data.sources, filters)


def show_dict(name: str, *, filters: Filters | None = None, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """Give all that is known of the system called `name`: its record, every claim, and how their count comes out.

    Raises
    ------
    UnknownNameError
        For a system, origin or claim that the catalogue does not have.
    """
    data = catalogue or load_catalogue()
    found = contest_of(name, filters, data)
    return {
        "system": found.system.model_dump(mode="json", exclude={"claims", "reach_assertions"}, exclude_none=True),
        "claims": [_claim_dict(item, data) for item in found.judged],
        "contest": _contest_dict(found),
    }


def claim_rows(system: System, catalogue: Catalogue, filters: Filters | None = None) -> list[dict[str, Any]]:
    """Give every claim of a system as plain data, counted or with the reason why not."""
    return [_claim_dict(item, catalogue) for item in judge(system, catalogue.sources, filters or Filters())]


def _claim_dict(item: Judged, data: Catalogue) -> dict[str, Any]:
    claim, figure = item.claim, item.claim.figure
    return {
        "id": claim.id,
        "source": claim.source,
        "citation": wording.citation(data.sources[claim.source]),
        "claimant": claim.claimant,
        "origin": claim.origin_id,
        "tier": item.tier.value,
        "as_of": claim.as_of,
        "quantity": claim.quantity.value,
        "stance": claim.stance.value,
        "qualifier": figure.qualifier.value,
        "original": claim.original,
        "low_km": figure.low_km,
        "high_km": figure.high_km,
        "rounding_km": figure.rounding_km,
        "flags": list(claim.flags),
        "counted": item.counted,
        "why_not_counted": item.why_not or None,
    }


def _contest_dict(found: Contest) -> dict[str, Any]:
    return {
        "agreement": found.agreement.value,
        "origins": len(found.votes),
        "all_km": found.all_km,
        "majority_km": found.majority_km,
        "any_km": found.any_km,
        "steps": [
            {
                "inner_km": step.inner_km,
                "outer_km": step.outer_km,
                "grants": list(step.grants),
                "allows": list(step.allows),
                "claims": list(step.claims),
            }
            for step in found.steps
        ],
        "conflicts": [{"a": c.a.origin, "b": c.b.origin, "gap_km": c.gap_km} for c in found.conflicts],
    }
