"""Whose limit a figure is: the ceiling of one system, what a nation sets itself, or what others want it to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.extract.classify import Reading
from rangemap.extract.nations import ARSENALS, LIMIT_ENTRIES
from rangemap.extract.subject import Subject
from rangemap.types import Quantity, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rangemap.catalogue.models import System
    from rangemap.extract.quantity import Quantity as Found
    from rangemap.extract.scene import Scene

LIMIT_SLACK = 0.3
"""How far a limit may be off, as a share, and still be the declared one."""
NEAR = 3
"""So many sentences before may speak of a limit that a figure is asked as."""
LIMIT_ENTRY_IDS = frozenset({*ARSENALS.values(), *LIMIT_ENTRIES.values(), "iran-icbm-claimed"})
"""Entries of the catalogue that are no missile of their own."""

_POLICY = re.compile(
    r"\b(?:policy|self-imposed|deliberately|voluntar\w+|leader|order\w*|decree\w*|decision|officials?)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_LIMIT = re.compile(r"\b(?:limit(?:ed|s)?|cap(?:ped)?|ceiling|self-imposed)\b")
_ASKS = re.compile(
    r"\b(?:favou?rs?|favou?red|float(?:s|ed)|(?:push|press|ask|settle|plead|argu|call)\w* for|demand(?:s|ed)|suggest(?:s|ed)|propos(?:es|ed)|prefers?|preferred|figure down to|be held to)"
    r"\s+(?:about |only |just |(?:a |the )(?:\w+ ){0,2}(?:of )?)?$"
)
"""What somebody wants a limit to be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one text."""

    scene: Scene
    systems: Mapping[str, System]

    def speaks_of_limit(self, index: int, back: int = 1) -> bool:
        """Tell whether sentence `index`, or one of the `back` before it, speaks of a limit."""
        near = self.scene.sentences[max(0, index - back) : index + 1]
        return any(_SPEAKS_OF_LIMIT.search(sentence.text) for sentence in near)

    def asked(self, index: int, before: str, reading: Reading, subject: Subject) -> Reading:
        """Read "Israel had pushed for 300 km", where a limit is spoken of and no missile is, as a limit."""
        unnamed = not set(subject.systems) - {None, *LIMIT_ENTRY_IDS}
        weak = reading.quantity in (None, Quantity.MAX_RANGE) and unnamed
        if weak and _ASKS.search(before) and self.speaks_of_limit(index, NEAR):
            return Reading(Quantity.POLICY_LIMIT, Stance.LIMITS, "what somebody wants a limit to be", reading.hedge)
        return reading

    def settle(self, index: int, found: Found, reading: Reading, subject: Subject) -> tuple[Reading, Subject]:
        """Tell the ceiling of one system from the policy of a nation, and that from what others ask."""
        sentence = self.scene.sentences[index]
        here = subject.end is not None and subject.end > sentence.start
        unnamed = subject.systems == (None,) and not (subject.text or "")[:1].isupper()
        generic = not here or unnamed or not set(subject.systems) - LIMIT_ENTRY_IDS
        if not generic and not _POLICY.search(sentence.text):
            reason = f"{reading.reason}; of one system"
            return Reading(Quantity.MAX_RANGE, reading.stance, reason, reading.hedge), subject
        if (entry := self.scene.limit_entry(index)) and self._is_declared(entry, found, LIMIT_SLACK):
            return reading, Subject((entry,), None, "a limit that a nation sets itself", subject.end)
        if not generic:
            return reading, subject
        return reading, Subject((self._limited(index, found),), subject.text, "a limit that others ask", subject.end)

    def _is_declared(self, entry: str, found: Found, slack: float) -> bool:
        """Tell the limit that a nation has declared from another that somebody wants it to keep, by its figure."""
        known = [claim.figure.top_km for claim in self.systems[entry].claims]
        return not known or any(abs(found.figure.top_km - km) <= slack * km for km in known)

    def _limited(self, index: int, found: Found) -> str | None:
        """Say on what a limit is asked: a nation's missiles at large, or its own limit where the figure is just that."""
        arsenal, own = self.scene.limited(index)
        return own if own and self._is_declared(own, found, 0.0) else arsenal
