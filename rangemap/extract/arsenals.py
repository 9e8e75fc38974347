"""What no name stands for: a nation's missiles at large, the limit that it sets itself, a missile known by what happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.extract import signposts as signs
from rangemap.extract.nations import ARSENALS, EVENTS, GENERIC, LIMIT_ENTRIES, nations_in
from rangemap.extract.subject import Subject

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from rangemap.catalogue.models import System
    from rangemap.extract.names import Mention
    from rangemap.extract.text import Sentence

INTERCONTINENTAL_KM = 5500
"""A missile that flies farther is intercontinental, by the usual definition."""
MEMORY = 5
"""For how many sentences "it" and "the missile" may point back."""
REACH_OF_EVENT = 14
"""For how many sentences an event is what a report is about."""


@dataclass(slots=True)
class Arsenals:
    """The sentences of a text with the systems and nations that they name.

    Attributes
    ----------
    sentences
        In order.
    mentions
        The systems named in each, in order.
    nations
        How often the text names each nation.
    systems
        The catalogue's systems by id.
    home
        The nation whose systems the text names most, for "our missiles".
    """

    sentences: Sequence[Sentence]
    mentions: list[list[Mention]]
    nations: Counter[str]
    systems: Mapping[str, System]
    home: str | None = None

    def limit_entry(self, index: int) -> str | None:
        """Find the catalogue's entry for the limit of the nation that sentence `index` speaks of."""
        for number in range(index, max(-1, index - MEMORY), -1):
            named = nations_in(self.sentences[number].text)
            own = signs.OF_ITS_OWN.search(self.sentences[number].text)
            if set(named) & signs.ASKING and not own and signs.DEMANDED.search(self.sentences[number].text):
                return None
            entries = [LIMIT_ENTRIES[nation] for nation in named if nation in LIMIT_ENTRIES]
            if entries:
                return entries[0] if entries[0] in self.systems else None
            if number == index and set(named) - signs.ASKING:
                return None
        entry = LIMIT_ENTRIES.get(self.home or "")
        speaks = signs.FIRST_PERSON.search(self.sentences[index].text) is not None
        return entry if entry in self.systems and (speaks or not self.nations[self.home or ""]) else None

    def limited(self, index: int) -> tuple[str | None, str | None]:
        """Find the catalogue's entries for all missiles and the own limit of the nation of whose limit a sentence speaks."""
        if signs.REGIONAL.search(self.sentences[index].text):
            return None, None
        near = (
            set(nations_in(self.sentences[n].text)) - signs.ASKING for n in range(index, max(-1, index - MEMORY), -1)
        )
        named = next((found for found in near if found), {self.home or ""})
        nation = named.pop() if len(named) == 1 else ""
        arsenal, own = ARSENALS.get(nation), LIMIT_ENTRIES.get(nation)
        return arsenal if arsenal in self.systems else None, own if own in self.systems else None

    def is_apposed(self, index: int, start: int) -> bool:
        """Tell "the Khorramshahr-4, its most powerful missile" from missiles at large."""
        sentence = self.sentences[index]
        ends = [m.end - sentence.start for m in self.mentions[index] if m.end - sentence.start <= start]
        return bool(ends) and re.fullmatch(r",\s+", sentence.text[ends[-1] : start]) is not None

    def generic(self, index: int, before: str) -> Subject | None:
        """Read "Iran's missiles" as the catalogue's entry for all of them."""
        matches = self.generic_matches(index, before)
        if not matches:
            return None
        entry, match, words = max(matches, key=lambda found: found[1].end())
        return Subject((entry,), match[0], words, self.sentences[index].start + match.end())

    def generic_behind(self, index: int, end: int) -> Subject | None:
        """Find "of the Iranian missiles" just behind a figure."""
        sentence = self.sentences[index]
        after = signs.OF_THE.match(sentence.text, end - sentence.start)
        for entry, nation, pattern, words in GENERIC if after else ():
            match = pattern.pattern.match(sentence.text, after.end()) if after else None
            if match and entry in self.systems and self.owner(index, sentence.text[: match.end()]) == nation:
                return Subject((entry,), match[0], words)
        return None

    def generic_matches(self, index: int, before: str) -> list[tuple[str, re.Match[str], str]]:
        """Find a nation's missiles at large; words that name a system ("Iran's Sejjil missiles") are none."""
        start = self.sentences[index].start
        found = []
        for entry, nation, pattern, words in GENERIC:
            if entry not in self.systems:
                continue
            for match in reversed(list(pattern.finditer(before))):
                named = any(
                    m.start < start + match.end() and start + match.start() < m.end for m in self.mentions[index]
                )
                if not named and self.owner(index, before[: match.end()]) == nation:
                    found.append((entry, match, words))
                    break
        return found

    def owner(self, index: int, before: str) -> str | None:
        """Name the nation that "its" missiles belong to: the one named last, here or shortly before."""
        own = re.search(r"\b(Iran(?:'s|ian)?|Tehran(?:'s)?)\b", before)
        if own:
            return "IRN"
        for number in range(index, max(-1, index - 3), -1):
            text = before if number == index else self.sentences[number].text
            found = nations_in(text)
            for nation in ("IRN", *found):
                if nation in found:
                    return nation
        return self.nations.most_common(1)[0][0] if self.nations else None

    def of_event(self, index: int, range_km: float) -> Subject | None:
        """Give a figure without a name, in a report on an event that the catalogue knows a missile by, to this one."""
        near = " ".join(sentence.text for sentence in self.sentences[max(0, index - REACH_OF_EVENT) : index + 2])
        for entry, nation, place, least_km in EVENTS:
            if entry in self.systems and range_km >= least_km and place in near and self.nations[nation]:
                return Subject((entry,), None, f"the missile that was fired towards {place}")
        return None

    def future(self, index: int, before: str, range_km: float) -> Subject | None:
        """Give the entry for a nation's missile to come, where its words develop one of intercontinental range."""
        if range_km < INTERCONTINENTAL_KM or not signs.DEVELOPED.search(before) or self.owner(index, before) != "IRN":
            return None
        entry = "iran-icbm-claimed"
        return Subject((entry,), "missiles", "a future missile of Iran") if entry in self.systems else None
