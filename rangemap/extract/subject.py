"""What a figure is said of, and how several figures are dealt out to several systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.extract.names import Mention


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is said of: ids of the catalogue (None for none), its words, where they end, and why it is that."""

    systems: tuple[str | None, ...]
    text: str | None
    reason: str
    end: int | None = None


def subject_of(group: Sequence[Mention], reason: str) -> Subject:
    """Make one subject of the names of a group."""
    ids: list[str | None] = []
    for mention in group:
        system = mention.systems[0] if mention.systems else None
        if system not in ids:
            ids.append(system)
    return Subject(tuple(ids), " and ".join(dict.fromkeys(mention.text for mention in group)), reason, group[-1].end)


def deal_out(subjects: Subject, number: int, count: int) -> Subject:
    """Give the `number`-th of `count` figures to the system at its place, as "respectively" asks."""
    if len(subjects.systems) != count:
        return subjects
    return Subject((subjects.systems[number],), subjects.text, f"{subjects.reason}, one figure each", subjects.end)
