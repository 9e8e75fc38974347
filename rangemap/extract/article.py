"""From the text of an article to draft claims: what is said, of which system, by whom, in which words, and why so.

Nothing here decides for a person: drafts are proposals, each with its quote, its offsets and a plain reason. Figures that
are no claims (altitudes, distances between places) are listed too, with the reason why they were set aside.
"""

from __future__ import annotations

import bisect
import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rangemap.catalogue.load import Catalogue, load_catalogue
from rangemap.extract import cues
from rangemap.extract import signposts as signs
from rangemap.extract.arsenals import MEMORY
from rangemap.extract.attribution import ARTICLE_VOICE, claimant, is_person, person_in, speaker_of, turn_of, turns_in
from rangemap.extract.classify import UNSAID, Reading, classify, may_be_unsaid
from rangemap.extract.extraction import DraftClaim, DraftReach, Extraction, Passage, SetAside
from rangemap.extract.limits import LIMIT_ENTRY_IDS, Limits
from rangemap.extract.names import Lexicon
from rangemap.extract.quantity import Quantity as Found
from rangemap.extract.quantity import find_quantities
from rangemap.extract.reaching import Reach, find_reaches
from rangemap.extract.reachwords import MAY_REACH
from rangemap.extract.scene import Scene, read_scene
from rangemap.extract.spellings import INTERCEPTORS
from rangemap.extract.subject import Subject, deal_out
from rangemap.extract.tables import table_figures
from rangemap.extract.text import CONTEXT, Sentence, plain, sentences
from rangemap.types import Quantity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


NEAR = 3
"""So many sentences before may speak of the missile that a figure is said of."""


def extract(text: str, *, file: str = "-", catalogue: Catalogue | None = None) -> Extraction:
    """Find the claims of range and reach in an English text.

    Parameters
    ----------
    text
        The article.
    file
        What to call it.
    catalogue
        Whose systems to look for; the built-in one by default.
    """
    data = catalogue or load_catalogue()
    return _Reader(text, file, data).read()


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str, file: str, catalogue: Catalogue) -> None:
        self.text = text
        self.plain = plain(text)
        self.catalogue = catalogue
        self.file = file
        self.sentences: Sequence[Sentence] = sentences(self.plain)
        self.scene: Scene = read_scene(self.sentences, Lexicon(catalogue.systems), catalogue.systems)
        self.limits = Limits(self.scene, catalogue.systems)
        self.starts = [sentence.start for sentence in self.sentences]
        self.missiles = [cues.MISSILE_IN_PLAY.search(sentence.text) is not None for sentence in self.sentences]
        self.questions = [cues.ASKED.search(sentence.text) is not None for sentence in self.sentences]
        self.said_of: dict[int, Subject] = {}
        self.reached: tuple[int, Subject] | None = None
        self.turns: list[str | None] = []
        self.speakers = self._speakers()

    def read(self) -> Extraction:
        claims: list[DraftClaim] = []
        aside: list[SetAside] = []
        by_sentence: dict[int, list[Found]] = {}
        for found in sorted([*find_quantities(self.plain), *table_figures(self.plain)], key=lambda found: found.start):
            by_sentence.setdefault(self._index(found.start), []).append(found)
        for index, figures in by_sentence.items():
            self._read_sentence(index, figures, claims, aside)
        reach = [draft for index in range(len(self.sentences)) for draft in self._reaches(index)]
        return Extraction(self.file, tuple(claims), tuple(reach), tuple(aside))

    def _index(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset) - 1

    def _speakers(self) -> list[str | None]:
        """Note for each sentence who spoke last before it, for "he said"."""
        last: str | None = None
        person: str | None = None
        noted: list[str | None] = []
        turn: str | None = None
        turns = self.turns
        labels = turns_in([sentence.text for sentence in self.sentences if sentence.opens_paragraph])
        for sentence in self.sentences:
            noted.append(person if _HE.search(sentence.text) and person else last)
            if sentence.opens_paragraph:
                turn = None
            turn = turn_of(sentence.text, labels) or turn
            last = turn or last
            noted[-1] = last if turn else noted[-1]
            turns.append(turn)
            if not turn and (found := speaker_of(sentence.text, noted[-1])):
                last = found
            elif last is None or sentence.text[:2] in {"A ", "An", "On", "Th"}:
                last = person_in(sentence.text) or last
            system = any(mention.text == last for mention in self.scene.mentions[sentence.number - 1])
            person = last if last and not system and is_person(last) else person
        return noted

    def _read_sentence(self, index: int, figures: list[Found], claims: list[DraftClaim], aside: list[SetAside]) -> None:
        sentence = self.sentences[index]
        read = [(found, *self._read_figure(index, found)) for found in figures]
        read = self._with_gaps(read)
        ranges = [item for item in read if item[1].quantity is Quantity.MAX_RANGE]
        each = "respectively" in sentence.text or self._listed(ranges)
        for found, reading, subject in read:
            if reading.quantity is None:
                aside.append(SetAside(found.original, found.start, found.end, reading.reason))
                continue
            about = subject
            if each and reading.quantity is Quantity.MAX_RANGE:
                alike = [item[0] for item in ranges if item[2].systems == subject.systems]
                about = deal_out(subject, alike.index(found), len(alike))
            self.said_of[index] = about
            claims.extend(self._drafts(index, found, reading, about))

    def _with_gaps(self, read: list[tuple[Found, Reading, Subject]]) -> list[tuple[Found, Reading, Subject]]:
        """Read "the first reaches 1,300 km, the second 2,000 km": a figure takes over what was said of the one before."""
        filled: list[tuple[Found, Reading, Subject]] = []
        for found, reading, subject in read:
            last = filled[-1] if filled else None
            if last and last[1].quantity in _SAID_OF_SYSTEMS and reading.reason == UNSAID:
                between = self.plain[last[0].end : found.start]
                if may_be_unsaid(found, between) and not re.search(r"[;.]\s|\d", between):
                    known = subject if subject.systems != (None,) or subject.text else last[2]
                    filled.append(
                        (found, replace(last[1], reason=f"{last[1].reason}, as for the figure before"), known)
                    )
                    continue
            filled.append((found, reading, subject))
        return filled

    def _listed(self, ranges: Sequence[tuple[Found, Reading, Subject]]) -> bool:
        """Tell figures that are a list of their own ("ranges of 2,000 km and 3,500 km") of one subject."""
        pairs = pairwise(ranges)
        joined = [re.fullmatch(r"\s*(?:,|and|, and)\s*", self.plain[a[0].end : b[0].start]) for a, b in pairs]
        return bool(joined) and all(joined) and len({subject.systems for _, _, subject in ranges}) == 1

    def _read_figure(self, index: int, found: Found) -> tuple[Reading, Subject]:
        sentence = self.sentences[index]
        before = sentence.text[: found.start - sentence.start]
        after = sentence.text[max(0, found.end - sentence.start) :]
        subject = self.scene.subject(index, found.start, found.end)
        gap = self.plain[subject.end : found.start] if subject.end is not None and subject.end <= found.start else None
        about = subject.systems != (None,) or subject.text is not None or self.missiles[index]
        near = about or self._missiles_near(index)
        reading = classify(
            found,
            before,
            after,
            gap=gap if subject.end is None or subject.end > sentence.start else before,
            named=subject.systems != (None,) or subject.text is not None,
            about_system=near,
            asked=any(self.questions[max(0, index - 4) : index]),
        )
        reading = self.limits.asked(index, before, reading, subject)
        if subject.systems == (None,) and subject.text is None:
            reading, subject = self._of_topic(index, found, before, (reading, subject))
        if reading.quantity is Quantity.DISTANCE_FLOWN and subject.systems == (None,) and subject.text is None:
            subject = self.scene.flight(index) or subject
        if reading.quantity in _SAID_OF_SYSTEMS and subject.systems == (None,) and subject.text is None:
            subject = self.scene.of_event(index, found.figure.top_km) or subject
        if reading.quantity is Quantity.DISTANCE_FLOWN and set(subject.systems) <= {None, *LIMIT_ENTRY_IDS}:
            least = found.figure.top_km if subject.text or signs.NEW_SUBJECT.search(before) else math.inf
            subject = self.scene.of_event(index, least) or subject
        if reading.quantity is Quantity.MAX_RANGE and subject.systems == (None,) and subject.text is None:
            subject = self.scene.future(index, before, found.figure.top_km) or subject
        return self._checked(index, found, reading, subject, about=about)

    def _of_topic(
        self, index: int, found: Found, before: str, read: tuple[Reading, Subject]
    ) -> tuple[Reading, Subject]:
        """Give a figure without a subject to what its paragraph is about; a sentence without a verb states a range."""
        reading, subject = read
        if reading.quantity in _SAID_OF_SYSTEMS:
            return reading, self.scene.topic(index, before) or subject
        fragment = reading.reason == UNSAID and _FRAGMENT.fullmatch(before) and may_be_unsaid(found, before)
        topic = self.scene.topic(index, before, back=2) if fragment else None
        if topic is None:
            return read
        return Reading(Quantity.MAX_RANGE, Stance.ASSERTS, "a remark on a system, without a verb"), topic

    def _checked(
        self, index: int, found: Found, reading: Reading, subject: Subject, *, about: bool
    ) -> tuple[Reading, Subject]:
        """Settle what only the sentence and its neighbours can tell: whose limit, whose range."""
        if reading.quantity is Quantity.POLICY_LIMIT and (about or self._missiles_near(index, index)):
            return self.limits.settle(index, found, reading, subject)
        if subject.systems == (None,) and subject.text in INTERCEPTORS:
            return Reading(None, Stance.ASSERTS, "how far an interceptor defends"), subject
        if not about and not self._missiles_near(index):
            return Reading(None, Stance.ASSERTS, "nothing near speaks of missiles"), subject
        return reading, subject

    def _missiles_near(self, index: int, span: int = NEAR) -> bool:
        """Tell whether this sentence, or one of the `span` before it, speaks of something with a range."""
        for number in range(index, max(-1, index - span - 1), -1):
            if self.missiles[number]:
                return True
            if any(mention.known for mention in self.scene.mentions[number]):
                return True
        return False

    def _drafts(self, index: int, found: Found, reading: Reading, subject: Subject) -> Iterator[DraftClaim]:
        sentence = self.sentences[index]
        quantity = reading.quantity or Quantity.MAX_RANGE
        before = sentence.text[: found.start - sentence.start]
        who = self._claimant(index, before, sentence.text[found.end - sentence.start :])
        several = ("covers-several-systems",) if len(subject.systems) > 1 else ()
        for system in subject.systems:
            yield DraftClaim(
                system=system,
                system_text=subject.text,
                original=self._as_written(found),
                low_km=found.figure.low_km,
                high_km=found.figure.high_km,
                qualifier=found.figure.qualifier.value,
                quantity=quantity.value,
                stance=reading.stance.value,
                hedge=reading.hedge,
                claimant=who,
                passage=self._passage(index, found.start, found.end),
                reason=f"{reading.reason}; {subject.reason}",
                flags=several,
            )

    def _as_written(self, found: Found) -> str:
        """Give a figure in the letters of the text; one that borrows its unit from elsewhere, with the unit."""
        raw = " ".join(self.text[found.start : found.end].split())
        return raw if plain(raw) == found.original else found.original

    def _claimant(self, index: int, before: str, after: str) -> str:
        """Name who says it; in a transcript, else, whose turn it is."""
        who = claimant(before, after, self.speakers[index])
        if who != ARTICLE_VOICE:
            return who
        return self.turns[index] or self._quoted(index) or who

    def _quoted(self, index: int) -> str | None:
        """Name whose direct speech a sentence is: who is named behind its closing mark, else who spoke before."""
        first = index
        while first > 0 and not self.sentences[first].opens_paragraph:
            first -= 1
        marks = sum(sentence.text.count('"') for sentence in self.sentences[first:index])
        text = self.sentences[index].text
        if marks % 2 == 0 and not text.startswith('"'):
            return None
        for number in range(index, min(index + 4, len(self.sentences))):
            if number > index and self.sentences[number].opens_paragraph:
                break
            closing = self.sentences[number].text.rpartition('"')[2]
            if closing != self.sentences[number].text and len(closing) > 1:
                found = claimant("", f'"{closing}', self.speakers[number])
                return found if found != ARTICLE_VOICE else self.speakers[index]
        return self.speakers[index]

    def _reaches(self, index: int) -> Iterator[DraftReach]:
        sentence = self.sentences[index]
        echoing = self.reached is not None and self.reached[0] >= index - 1
        if not (echoing or MAY_REACH.may(sentence.text)) or sentence.text.endswith("?"):
            return
        names = [mention.end - sentence.start for mention in self.scene.mentions[index]]
        for found in find_reaches(sentence.text, names, in_context=self._system_near(index), echoing=echoing):
            if self._is_name(index, found):
                continue
            anchor = sentence.start + found.anchor
            subject = self.reached[1] if found.echoes and self.reached else self._reach_subject(index, anchor, found)
            self.reached = (index, subject) if found.expected == "reaches" or found.echoes else None
            who = self._claimant(index, sentence.text[: found.anchor], sentence.text[found.area.end :])
            yield from self._reach_drafts(index, found, subject, who)

    def _is_name(self, index: int, found: Reach) -> bool:
        """Tell an area that is the name of a system here ("within range of the Khorramshahr", which is a city too)."""
        start = self.sentences[index].start
        return any(
            mention.start < start + found.area.end and start + found.area.start < mention.end
            for mention in self.scene.mentions[index]
        )

    def _reach_drafts(self, index: int, found: Reach, subject: Subject, who: str) -> Iterator[DraftReach]:
        sentence = self.sentences[index]
        projected = cues.PROJECTIONS.search(sentence.text[: found.area.start]) is not None
        stance = (
            Stance.DENIES if found.expected == "does-not-reach" else Stance.PROJECTS if projected else Stance.ASSERTS
        )
        start = sentence.start + found.area.start
        for system in subject.systems:
            yield DraftReach(
                system=system,
                subject=subject.text,
                area=_area_as_written(self.text, sentence, found),
                expected=found.expected,
                stance=stance.value,
                claimant=who,
                passage=self._passage(index, start, sentence.start + found.area.end),
                reason=f"{found.reason}; {subject.reason}",
            )

    def _reach_subject(self, index: int, anchor: int, found: Reach) -> Subject:
        """Find what reaches: as for a figure; a limit stated just before reaches as that limit."""
        subject = self.scene.subject(index, anchor, anchor)
        sentence = self.sentences[index]
        if subject.systems == (None,) and subject.text is None:
            subject = self.scene.subject(index, sentence.start + found.area.end, sentence.start + found.area.end)
        lead = sentence.text[: found.area.start]
        if subject.systems == (None,) and subject.text is None and re.search(r"\b(?:that|this|it)\b", lead):
            subject = self.scene.topic(index, lead) or subject
        if subject.systems == (None,) and subject.text is None and not signs.OTHER_MISSILE.search(lead):
            subject = self.said_of.get(index) or self.said_of.get(index - 1) or subject
        if subject.systems == (None,) and subject.text is None:
            subject = self.scene.of_event(index, math.inf) or subject
        limit = re.search(
            r"\b(?:that|this|the) (?:range|limit|cap|ceiling|distance|circle|radius)\b|\benough\b",
            sentence.text,
            re.IGNORECASE,
        )
        generic = subject.systems == (None,) or not set(subject.systems) - LIMIT_ENTRY_IDS
        if generic and limit and self.limits.speaks_of_limit(index):
            entry = self.scene.limit_entry(index)
            return Subject((entry,), limit[0], "the limit stated before") if entry else subject
        return subject

    def _system_near(self, index: int) -> bool:
        """Tell whether "it" may be a system: one was named shortly before, or the whole text is about one."""
        near = range(max(0, index - MEMORY), index + 1)
        return self.scene.main is not None or any(self.missiles[n] or self.scene.mentions[n] for n in near)

    def _passage(self, index: int, start: int, end: int) -> Passage:
        sentence = self.sentences[index]
        first, last = sentence.start, max(sentence.end, end)
        return Passage(
            start=start,
            end=end,
            sentence=sentence.number,
            exact=self.text[first:last],
            prefix=self.text[max(0, first - CONTEXT) : first],
            suffix=self.text[last : last + CONTEXT],
        )


_FRAGMENT = re.compile(
    r"[\"' ]*\w*(?:(?!\b(?:is|are|was|were|has|had|have|lies|from|away|between|walked|ran|at|in)\b)[a-z\s,:-]){0,60}"
)
_HE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_SAID_OF_SYSTEMS = (Quantity.MAX_RANGE, Quantity.DISTANCE_FLOWN)


def _area_as_written(text: str, sentence: Sentence, found: Reach) -> str:
    """Give the area in the letters of the text; what the grammar added in front ("beyond the") stays."""
    raw = " ".join(text[sentence.start + found.area.start : sentence.start + found.area.end].split())
    bare = re.sub(r"^(?:the|an?)\s+", "", raw, flags=re.IGNORECASE)
    return (
        f"{found.area.text[: len(found.area.text) - len(plain(bare))]}{bare}"
        if found.area.text.startswith("beyond")
        else bare
    )
