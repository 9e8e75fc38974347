"""Rules between records: each takes the whole catalogue and yields problems with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap.catalogue.lint import lint
from rangemap.catalogue.models import RangeClaim
from rangemap.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rangemap.catalogue.models import Source, Statement, System

    Places = Mapping[str, tuple[str, int]]


def check_records(
    systems: Mapping[str, System],
    sources: Mapping[str, Source],
    others: Iterable[Statement],
    places: Places,
    *,
    faulty: Collection[str] = (),
    warn: bool = True,
) -> list[Problem]:
    """Apply every rule to records that are each well-formed; `warn` for warnings too.

    Parameters
    ----------
    systems, sources
        The records by id.
    others
        Statements that stand in none of `systems`.
    places
        File and line of every record.
    faulty
        Ids of records that could not be read; what refers to them does not dangle.

    Returns
    -------
    list of Problem
        Errors (dangling ids), and the warnings of `rangemap.catalogue.lint` about systems that have none.
    """
    statements = [each for system in systems.values() for each in (*system.claims, *system.reach_assertions)]
    statements += others
    claims = [each for each in statements if isinstance(each, RangeClaim)]
    problems = list(_dangling_sources(statements, {*sources, *faulty}, places))
    problems += _dangling_claims(claims, {claim.id for claim in claims}.union(faulty), places)
    if warn:
        whole = {key: each for key, each in systems.items() if sources.keys() >= {c.source for c in each.claims}}
        problems += lint(whole, sources, places)
    return problems


def _dangling_sources(statements: Iterable[Statement], known: Collection[str], places: Places) -> Iterator[Problem]:
    for statement in statements:
        if statement.source not in known:
            file, line = places[statement.id]
            what = f"'{statement.id}' cites the source '{statement.source}', which sources.yaml does not have"
            yield Problem(file, line, what, "add the source or correct its id", rule="dangling")


def _dangling_claims(claims: Iterable[RangeClaim], known: Collection[str], places: Places) -> Iterator[Problem]:
    for claim in claims:
        for field, target in (("derives_from", claim.derives_from), ("replaced_by", claim.replaced_by)):
            if target is not None and target not in known:
                file, line = places[claim.id]
                what = f"'{claim.id}' has {field}: '{target}', which is no claim"
                yield Problem(file, line, what, "correct the id", rule="dangling")
