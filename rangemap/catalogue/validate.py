"""Rules between records: each takes the whole catalogue and yields problems with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap.catalogue.lint import lint
from rangemap.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rangemap.catalogue.models import RangeClaim, ReachAssertion, Source, Statement, System

    Places = Mapping[str, tuple[str, int]]


def check_records(
    systems: Mapping[str, System],
    sources: Mapping[str, Source],
    assertions: Sequence[ReachAssertion],
    places: Places,
    *,
    warn: bool = True,
) -> list[Problem]:
    """Apply every rule to a catalogue whose records are each well-formed; `warn` for warnings too.

    Returns
    -------
    list of Problem
        Errors (dangling ids), and where there are none, the warnings of `rangemap.catalogue.lint`.
    """
    claims = [claim for system in systems.values() for claim in system.claims]
    statements: list[Statement] = [
        *claims,
        *(assertion for system in systems.values() for assertion in system.reach_assertions),
        *assertions,
    ]
    problems = list(_dangling_sources(statements, sources, places))
    problems += _dangling_claims(claims, places)
    if warn and not problems:
        problems += lint(systems, sources, places)
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
