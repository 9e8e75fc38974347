"""Rules between records: each takes the whole catalogue and yields problems with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap.catalogue.problems import Problem
from rangemap.units import HALF_CIRCUMFERENCE_KM, format_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rangemap.catalogue.models import RangeClaim, ReachAssertion, Source, Statement, System

    Places = Mapping[str, tuple[str, int]]


def check_records(
    systems: Mapping[str, System],
    sources: Mapping[str, Source],
    assertions: Sequence[ReachAssertion],
    places: Places,
) -> list[Problem]:
    """Apply every rule to a catalogue whose records are each well-formed.

    Returns
    -------
    list of Problem
        Errors (dangling ids) and warnings (whole-Earth ranges, missing dates and addresses).
    """
    claims = [claim for system in systems.values() for claim in system.claims]
    statements: list[Statement] = [
        *claims,
        *(assertion for system in systems.values() for assertion in system.reach_assertions),
        *assertions,
    ]
    problems = list(_dangling_sources(statements, sources, places))
    problems += _dangling_claims(claims, places)
    for rule in _CLAIM_WARNINGS:
        problems += rule(claims, places)
    problems += _sources_without_address(sources, places)
    return problems


def _dangling_sources(
    statements: Iterable[Statement], sources: Mapping[str, Source], places: Places
) -> Iterator[Problem]:
    for statement in statements:
        if statement.source not in sources:
            file, line = places[statement.id]
            what = f"'{statement.id}' cites the source '{statement.source}', which sources.yaml does not have"
            yield Problem(file, line, what, "add the source or correct its id", rule="dangling")


def _dangling_claims(claims: Sequence[RangeClaim], places: Places) -> Iterator[Problem]:
    known = {claim.id for claim in claims}
    for claim in claims:
        for field, target in (("derives_from", claim.derives_from), ("replaced_by", claim.replaced_by)):
            if target is not None and target not in known:
                file, line = places[claim.id]
                what = f"'{claim.id}' has {field}: '{target}', which is no claim"
                yield Problem(file, line, what, "correct the id", rule="dangling")


def _whole_earth(claims: Iterable[RangeClaim], places: Places) -> Iterator[Problem]:
    for claim in claims:
        if claim.figure.top_km > HALF_CIRCUMFERENCE_KM and "ring-degenerates" not in claim.flags:
            file, line = places[claim.id]
            what = f"'{claim.id}': {format_km(claim.figure.top_km)} is over half the Earth's circumference"
            remedy = "it reaches every point on Earth; check it, then flag it `ring-degenerates`"
            yield Problem(file, line, what, remedy, "warning", "whole-earth")


def _undated(claims: Iterable[RangeClaim], places: Places) -> Iterator[Problem]:
    for claim in claims:
        if claim.as_of is None:
            file, line = places[claim.id]
            what = f"'{claim.id}' has no date (as_of)"
            yield Problem(file, line, what, "add when it was said", "warning", "undated")


def _sources_without_address(sources: Mapping[str, Source], places: Places) -> Iterator[Problem]:
    for source in sources.values():
        if source.url is None:
            file, line = places[source.id]
            yield Problem(file, line, f"source '{source.id}' has no URL", "add it", "warning", "no-address")


_CLAIM_WARNINGS: tuple[Callable[[Iterable[RangeClaim], Places], Iterator[Problem]], ...] = (
    _whole_earth,
    _undated,
)
