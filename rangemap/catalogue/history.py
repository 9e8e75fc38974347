"""What changed between two catalogues, in words: one sentence a change, systems first, then sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import RangeClaim, ReachAssertion, System

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the record, what happened to it ("added", "removed", "changed"), and a sentence."""

    record: str
    kind: str
    sentence: str


def diff(old: Catalogue, new: Catalogue) -> list[Change]:
    """Compare two catalogues, record by record."""
    changes = list(_systems(old.systems, new.systems))
    before = {each.id: each for each in old.reach_assertions}
    after = {each.id: each for each in new.reach_assertions}
    changes += _records("", "statement", before, after, _assertion_words)
    changes += _records("", "source", old.sources, new.sources, lambda source: f"“{source.title}”, {source.publisher}")
    return changes


def _systems(old: Mapping[str, System], new: Mapping[str, System]) -> Iterator[Change]:
    for identifier in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(identifier), new.get(identifier)
        if after is None and before is not None:
            yield Change(identifier, "removed", f"{before.name}: the system is gone, with {len(before.claims)} claims")
        elif before is None and after is not None:
            yield Change(identifier, "added", f"{after.name}: a new system, with {len(after.claims)} claims")
            yield from _statements(after.model_copy(update={"claims": (), "reach_assertions": ()}), after)
        elif before is not None and after is not None:
            yield from _fields(identifier, after.name, before, after, skip={"claims", "reach_assertions"})
            yield from _statements(before, after)


def _statements(before: System, after: System) -> Iterator[Change]:
    old, new = {each.id: each for each in before.claims}, {each.id: each for each in after.claims}
    yield from _records(f"{after.name}: ", "claim", old, new, _claim_words)
    was, now = ({each.id: each for each in system.reach_assertions} for system in (before, after))
    yield from _records(f"{after.name}: ", "statement", was, now, _assertion_words)


def _records(name: str, noun: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Any) -> Iterator[Change]:  # noqa: ANN401 - a function of a record
    for identifier in [*old, *(each for each in new if each not in old)]:
        before, after = old.get(identifier), new.get(identifier)
        if after is None:
            what = f"the {noun} {identifier} is gone ({words(before)}); a {noun} should stay, withdrawn with a reason"
            yield Change(identifier, "removed", f"{name}{what if noun == 'claim' else what.partition(';')[0]}")
        elif before is None:
            yield Change(identifier, "added", f"{name}a new {noun} {identifier}: {words(after)}")
        else:
            yield from _fields(identifier, f"{name}{noun} {identifier}", before, after, skip=set())


def _fields(identifier: str, name: str, before: BaseModel, after: BaseModel, *, skip: set[str]) -> Iterator[Change]:
    """Say field by field what is new; a change of status is said with its reason."""
    if before == after:
        return
    was, now = (_plain(record, skip) for record in (before, after))
    if was.get("status") != now.get("status") and "replaced_by" in now:
        replaced = f", replaced by {now['replaced_by']}" if now.get("replaced_by") else ""
        why = f": {now['reason']}" if now.get("reason") else ""
        yield Change(identifier, "changed", f"{name} is now {now['status']}{replaced}{why}")
        skip = skip | {"status", "replaced_by", "reason"}
    for field in now:
        if field not in skip and was[field] != now[field]:
            yield Change(identifier, "changed", f"{name}: {_change_words(field, was[field], now[field])}")


def _plain(record: BaseModel, skip: set[str]) -> dict[str, Any]:
    """Give a record as plain data; a catalogue's own regions by name, wherever the catalogue lies."""
    data = record.model_dump(mode="json", by_alias=True, exclude=skip)
    if "regions" in data:
        data["regions"] = [
            name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".geojson") for name in data["regions"]
        ]
    return data


def _change_words(field: str, was: Any, now: Any) -> str:  # noqa: ANN401 - any plain value
    if was in (None, "", []):
        return f"{field} is given as {_short(now)}"
    return (
        f"{field} is no longer given (it was {_short(was)})"
        if now in (None, "", [])
        else f"{field} was {_short(was)}, is {_short(now)}"
    )


def _short(value: Any) -> str:  # noqa: ANN401 - any plain value
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


def _claim_words(claim: RangeClaim) -> str:
    said = f"{claim.claimant} {'denies' if claim.stance.value == 'denies' else 'says'} {claim.original}"
    return f"{said} ({claim.quantity.value}, {claim.as_of or 'undated'}, source {claim.source})"


def _assertion_words(assertion: ReachAssertion) -> str:
    verb = "reaches" if assertion.expected == "reaches" else "does not reach"
    return f"{assertion.claimant} says that it {verb} {assertion.area}"
