"""What is pointed at by counting: "the third", "the latter", "both", "all three", "the only one"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.extract import signposts as signs
from rangemap.extract.arsenals import MEMORY, Arsenals
from rangemap.extract.context import of_family
from rangemap.extract.subject import Subject, subject_of

if TYPE_CHECKING:
    from rangemap.extract.names import Mention

NUMBERS = {"three": 3, "four": 4, "five": 5}


@dataclass(slots=True)
class Counted(Arsenals):
    """The sentences of a text with the systems that they name, to be counted."""

    def counted(self, index: int) -> Subject | None:
        """Follow "The third …" to the third of a family, in a sentence that names no system."""
        member = None if self.mentions[index] else of_family(index, self.sentences, self.systems)
        return Subject((member,), None, "the one of this number in the family named before") if member else None

    def ordered(self, index: int, before: str) -> Subject | None:
        """Follow "the former" and "the latter" to the first and last name of the words, or the sentence, before."""
        match = next(reversed(list(signs.ORDER.finditer(before))), None)
        start = self.sentences[index].start
        if match is None or any(
            mention.start >= start + match.end()
            and not signs.KIND_OF_IT.search(before[match.end() : mention.start - start])
            for mention in self.mentions[index]
            if mention.end <= start + len(before)
        ):
            return None
        named = [mention for mention in self.mentions[index] if mention.end <= start + match.start()]
        if len(named) < 2 and index:  # noqa: PLR2004 - former and latter are two
            named = self._not_compared(index - 1)
        if not named or (len(named) < 2 and match["which"] != "latter"):  # noqa: PLR2004 - the same
            return None
        first = match["which"].lower().startswith("f")
        return subject_of([named[0 if first else -1]], f"“{match[0]}” of two named before")

    def _not_compared(self, index: int) -> list[Mention]:
        """List the names of a sentence but those that stand for comparison: "the Shahab-1 and -2, copies of the Scud"."""
        sentence = self.sentences[index]
        leads = [(each, sentence.text[: each.start - sentence.start]) for each in self.mentions[index]]
        kept = [each for each, lead in leads if not signs.COMPARED.search(lead)]
        return kept if len(kept) > 1 else self.mentions[index]

    def both(self, index: int, before: str) -> Subject | None:
        """Follow "both" to the last sentence before that names two systems, "all three" to the last three named."""
        match = signs.BOTH.match(before)
        if match is None and not signs.OF_BOTH.search(before):
            return None
        if match and (count := NUMBERS.get((match["count"] or "").lower())):
            return self._last(index, count)
        for number in range(index - 1, max(-1, index - 1 - MEMORY), -1):
            if len(self.mentions[number]) > 1:
                return subject_of(self.mentions[number][-2:], "the two named before")
        return None

    def _last(self, index: int, count: int) -> Subject | None:
        """Give the last so many systems that the sentences before name, none of them twice."""
        found: dict[tuple[str, ...], Mention] = {}
        for named in reversed(self.mentions[max(0, index - 2 * MEMORY) : index]):
            for mention in reversed(named):
                if mention.known and len(found) < count:
                    found.setdefault(mention.systems, mention)
        return subject_of([*found.values()][::-1], f"the {count} named before") if len(found) == count else None

    def only_one(self, index: int) -> tuple[str, ...] | None:
        """Give the one system that the sentences before name; None where they name two, or one that nobody knows."""
        only: tuple[str, ...] | None = None
        for mention in (each for found in self.mentions[:index] for each in found):
            if only is not None and mention.systems != only:
                return None
            only = mention.systems
        return only or None
