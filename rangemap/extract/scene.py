"""Tie a figure to the system it is said of.

In order: the name just behind the figure ("the 2,000-km Sejjil"); the name before it in the sentence, unless it stands
there for comparison ("unlike the Qiam"); a nation's missiles at large ("Iran's missiles"); what "it" or "the missile"
stands for. Names joined by "and" share a figure; "respectively" deals figures out one by one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rangemap.extract import signposts as signs
from rangemap.extract.arsenals import MEMORY
from rangemap.extract.context import headings, new_thing
from rangemap.extract.counted import Counted
from rangemap.extract.mention import defined_system, home_nation, joined_after, lead_system, main_system, read_mentions
from rangemap.extract.mention import groups as grouped
from rangemap.extract.nations import nations_in
from rangemap.extract.subject import Subject, subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.catalogue.models import System
    from rangemap.extract.names import Lexicon, Mention
    from rangemap.extract.text import Sentence

LONGEST_SECTION = 40
"""For how many sentences a heading holds."""
AHEAD = 3
"""So many sentences after a flight its missile may be named."""
LONGEST_OPENING = 24
"""Within so many letters a sentence names what it is about."""


@dataclass(slots=True)
class Scene(Counted):
    """What a text is about besides: its main system, its headings.

    Attributes
    ----------
    defined
        The system that an entry of an encyclopaedia is on.
    lead
        The system of the catalogue that is named most, of several the one named first.
    leads
        Whether no other is named half as often as the lead.
    main
        The system that most names of the text name, if there is one.
    headings
        The systems at the head of the section, or the paragraph, of each sentence.
    first_named
        The first sentence that names a system of the catalogue.
    """

    defined: str | None = None
    lead: str | None = None
    leads: bool = False
    main: str | None = None
    headings: list[tuple[Mention, ...]] = field(default_factory=list)
    first_named: int = 0

    def subject(self, index: int, start: int, end: int) -> Subject:
        """Find what the figure at `start` to `end`, in sentence `index`, is said of."""
        sentence = self.sentences[index]
        named = self.mentions[index]
        before = sentence.text[: start - sentence.start]
        return (
            self.ordered(index, before)
            or self._relative(index, start, end)
            or self._behind(sentence, named, end, before)
            or self.generic_behind(index, end)
            or self._before(index, start)
            or self.generic(index, before)
            or self.counted(index)
            or self._headed(index, before)
            or self._pointed_at(index, before, sentence.text[end - sentence.start :])
            or self._announced(index)
            or Subject((None,), None, "no system is named")
        )

    def _relative(self, index: int, start: int, end: int) -> Subject | None:
        """Give the figure of "for its parent" to the one other system that the sentence names, else to none."""
        sentence = self.sentences[index]
        match = signs.RELATIVE.match(sentence.text, end - sentence.start)
        own = self._before(index, start) if match else None
        if match is None or own is None:
            return None
        others = [m for m in self.mentions[index] if m.end <= start and not set(m.systems) & set(own.systems)]
        return (
            subject_of(others, "a relative of the system, named there")
            if len(others) == 1
            else Subject((None,), match[0].strip(), "of a relative of the system")
        )

    def _headed(self, index: int, before: str) -> Subject | None:
        """Give a figure to the system whose name heads its section, as long as nothing else is named there."""
        heading = self.headings[index] if self.headings else ()
        is_label = len(heading) > 0 and index - 1 >= 0 and heading == tuple(self.mentions[index - 1])
        if not heading or (not is_label and signs.NEW_SUBJECT.search(before[-160:])):
            return None
        for number in range(index - 1, max(-1, index - 1 - LONGEST_SECTION), -1):
            named = self.mentions[number]
            if heading[0] in named:
                return subject_of(heading, "the name at the head of its section")
            focus = self._focus(self.sentences[number], grouped(self.sentences[number], named)) or []
            if any(mention.known and mention.systems != heading[0].systems for mention in focus):
                return None
        return None

    def _behind(self, sentence: Sentence, named: Sequence[Mention], end: int, before: str) -> Subject | None:
        following = next((mention for mention in named if mention.start >= end), None)
        if following is None:
            return None
        between = sentence.text[end - sentence.start : following.start - sentence.start]
        match = signs.BEHIND.match(between) or signs.SAID_ABOUT.match(between)
        taken = any(mention.end <= end for mention in named)
        if match is None or (taken and "," in between) or (re.search(r"\b(?:is|was)\b", between) and taken):
            return None
        adjective = sentence.text[: end - sentence.start].endswith("range")
        if (
            taken
            and not adjective
            and not between.strip(' -"')
            and not re.search(r"\b(?:an?|the|its|new)\s*[\"]?$", before)
        ):
            return None
        group = [following, *joined_after(sentence, named, following)]
        return subject_of(group, "named right behind the figure")

    def _before(self, index: int, start: int) -> Subject | None:
        sentence = self.sentences[index]
        groups = grouped(sentence, [mention for mention in self.mentions[index] if mention.end <= start])
        generic = self._generic_end(index, start)
        while groups:
            group = groups.pop()
            lead = sentence.text[: group[0].start - sentence.start]
            gap = signs.OWN_NOUN.sub("", sentence.text[group[-1].end - sentence.start : start - sentence.start])
            gap = signs.TARGETED.sub("", gap)
            if generic is not None and generic > group[-1].end:
                return None
            if signs.NEW_SUBJECT.search(signs.INSERTION.sub(",", gap)) and not re.search(
                r"^s?,\s+(?:[\w-]+\s+){0,4}missiles with\b|\b(?:is|are|was|adds|offers|provides|represents|remains|becomes|became|,)\s+(?:\w+\s+)?(?:a|an|another)\b|^[\s,:\"–—-]*(?:an?|both)\b|^[\s:,–—-]+[\w-]+[ -]range",
                gap,
            ):
                return None
            if len(group) > 1 and signs.LAST_ALONE.match(gap):
                group = group[-1:]
            if groups and self._is_put_in(sentence, groups, group, gap):
                continue
            if self._is_aside(lead, gap, have_other=bool(groups) or index > 0, inside=bool(groups)):
                continue
            return subject_of(group, "the system named before it in the sentence")
        return None

    def _is_put_in(self, sentence: Sentence, before: Sequence[list[Mention]], group: list[Mention], gap: str) -> bool:
        """Tell whether a name stands between the subject of its sentence and what is said of that."""
        subject = before[-1]
        between = sentence.text[subject[-1].end - sentence.start : group[0].start - sentence.start]
        if signs.COMPARED.search(sentence.text[: subject[0].start - sentence.start]):
            return False
        if signs.PUT_IN.match(between) and signs.PUT_IN_ENDS.match(gap):
            return True
        opens = subject[0].start - sentence.start <= LONGEST_OPENING
        return opens and not re.search(r"[,;:]", between) and signs.GOES_ON.match(gap) is not None

    def _is_aside(self, lead: str, gap: str, *, have_other: bool, inside: bool) -> bool:
        """Tell whether a name stands for comparison or in an aside, so that the figure is another's."""
        if not have_other:
            return False
        if (signs.DERIVED.match(gap) and (gap[0] == "-" or signs.ONE_OF.search(lead))) or signs.THEIRS.search(gap):
            return True
        if (signs.COMPARED.search(lead) or signs.KIND_OF.search(lead)) and not signs.SUCH_AS.search(lead):
            about_subject = (
                signs.COMPARED.search(lead) is not None and signs.COPULA.search(lead) is not None
            ) and not signs.OF_THIS_MISSILE.match(gap)
            return about_subject or not signs.CLAIMED_BACK.match(gap)
        if inside and (
            signs.APPOSITION.search(lead) or (signs.OPEN_DASH.search(lead) and signs.CLOSED_DASH.match(gap))
        ):
            return True
        return bool(
            signs.ASIDE.search(lead)
            and not signs.NAMING.search(lead)
            and re.match(r"[^,;]{0,40},\s*(?:has|have|is|can|could|may|flies|reaches|carries|boasts)\b", gap)
        )

    def topic(self, index: int, before: str, *, back: int = MEMORY) -> Subject | None:
        """Say what a paragraph is about, for a sentence that names no subject: what its last sentences named first."""
        if signs.NEW_SUBJECT.search(before) or self.sentences[index].opens_paragraph:
            return None
        for number in range(index - 1, max(-1, index - 1 - back), -1):
            sentence = self.sentences[number]
            named = grouped(sentence, self.mentions[number])
            if named and (focus := self._focus(sentence, named)) and not self._strays(sentence, focus):
                return subject_of(focus, "what the sentences before are about")
            if new_thing(sentence.text) or sentence.opens_paragraph:
                return None
        return None

    def flight(self, index: int) -> Subject | None:
        """Give the flight of a missile without a name, in a report on one system, to this one."""
        text = self.sentences[index].text
        another = any(not each.known for each in self.mentions[index]) or new_thing(text) or signs.ANOTHER.search(text)
        if self.main is None or another or self.first_named > index + AHEAD or self.of_event(index, math.inf):
            return None
        return Subject((self.main,), None, "the flight that most of the text is about")

    def _generic_end(self, index: int, start: int) -> int | None:
        sentence = self.sentences[index]
        matches = self.generic_matches(index, sentence.text[: start - sentence.start])
        ends = [sentence.start + match.end() for _, match, _ in matches if not self.is_apposed(index, match.start())]
        return max(ends, default=None)

    def _pointed_at(self, index: int, before: str, after: str) -> Subject | None:
        """Follow "it" and "the missile" back to the name that they stand for."""
        if both := self.both(index, before):
            return both
        if _brings_in_another(before) or not self._points(index, before, after):
            return None
        if newest := self._newest(index, before):
            return newest
        fallback: list[list[Mention]] = []
        for number in range(index - 1, max(-1, index - 1 - MEMORY), -1):
            sentence = self.sentences[number]
            groups = grouped(sentence, self.mentions[number])
            focus = self._focus(sentence, groups) if groups else None
            if focus and (signs.THIS_ONE.search(before) or not self._strays(sentence, focus)):
                return subject_of(focus, "named in a sentence before; this one points back")
            if not groups and (newest := self._newest(number, sentence.text)):
                return newest
            fallback = fallback or groups
            if new_thing(sentence.text):
                return None
            if generic := self.generic(number, sentence.text):
                return generic
        return self._otherwise(index, fallback)

    def _otherwise(self, index: int, aside: Sequence[list[Mention]]) -> Subject | None:
        """Settle for what the text is about where the sentences before name systems in an aside only, or none."""
        if (only := self.only_one(index)) is not None:
            return Subject(only[:1], None, "the only system named so far")
        if self.of_event(index, math.inf):
            return None
        about = self.lead if self.leads or (aside and aside[0][0].systems != (self.lead,)) else None
        if self.main and self.first_named <= index and not (aside and aside[0][0].known):
            about = about or self.main
        if about:
            return Subject((about,), None, "what most of the text is about")
        return subject_of(aside[0], "named in a sentence before; this one points back") if aside else None

    def _points(self, index: int, before: str, after: str) -> bool:
        """Tell whether the words around a figure stand for something named before."""
        if any(
            signs.SUBJECT_OPENING.match(words) or signs.SUBJECT_WORD.search(words) for words in (before, after[:60])
        ):
            return True
        asked = self.sentences[index - 1].text if index > 0 else ""
        answers = asked.endswith("?") and (
            bool(self.mentions[index - 1]) or signs.SUBJECT_WORD.search(asked) is not None
        )
        return answers or signs.ELLIPTIC.match(before) is not None or signs.ESTIMATED.search(before) is not None

    def _newest(self, index: int, words: str) -> Subject | None:
        """Follow "the new missile" to the name behind "a new missile" in a sentence before."""
        if not signs.THE_NEW.search(words):
            return None
        for number in range(index - 1, -1, -1):
            sentence = self.sentences[number]
            brought = signs.A_NEW.search(sentence.text)
            behind = [m for m in self.mentions[number] if brought and m.start >= sentence.start + brought.end()]
            if brought and not self.mentions[number]:
                behind = next((self.mentions[n][:1] for n in range(number + 1, index) if self.mentions[n]), [])
            if behind and behind[0].known:
                return subject_of(behind[:1], "the new one of the sentences before")
        return None

    def _announced(self, index: int) -> Subject | None:
        """Give what a headline, a lead or "a new missile" is said to do to the system that the text names next."""
        text = self.sentences[index].text
        speaks = signs.SOME_MISSILE.search(text) and (signs.NEWS_OF.search(text) or signs.THE_MISSILE.search(text))
        if self.mentions[index] or not speaks:
            return None
        opening = not any(self.mentions[:index])
        ahead = signs.AHEAD_OF_HEADLINE if opening else signs.AHEAD_OF_NEWS if new_thing(text) else 0
        for number in range(index + 1, min(index + 1 + ahead, len(self.sentences))):
            named = grouped(self.sentences[number], self.mentions[number])
            if named:
                focus = self._focus(self.sentences[number], named)
                told_of = focus is not None and len(focus) == 1 and self._is_told_of(number, focus[0])
                return subject_of(focus, "the system that the text names next") if focus and told_of else None
        return None

    def _is_told_of(self, index: int, mention: Mention) -> bool:
        """Tell whether a sentence gives the system its name, or no other of the catalogue is named more often."""
        sentence = self.sentences[index]
        if mention.known and signs.NAMING.search(sentence.text[: mention.start - sentence.start]):
            return True
        return mention.known and self.lead is not None and self._times(mention.systems[0]) == self._times(self.lead)

    def _times(self, system: str) -> int:
        return sum(each.systems[:1] == (system,) for found in self.mentions for each in found)

    def _strays(self, sentence: Sentence, focus: Sequence[Mention]) -> bool:
        """Tell whether, in a text on one system, a sentence only touches upon another."""
        about = self.defined or (self.lead if self.leads and not any(each.known for each in focus) else None)
        if about is None or about in focus[0].systems:
            return False
        return focus[0].start - sentence.start > LONGEST_OPENING

    def _focus(self, sentence: Sentence, groups: list[list[Mention]]) -> list[Mention] | None:
        """Choose what a sentence is about: its first name that does not stand for comparison."""
        for group in groups:
            lead = sentence.text[: group[0].start - sentence.start]
            if group is not groups[-1] and signs.BESIDES.match(lead):
                continue
            if signs.ALIKE.match(sentence.text, group[-1].end - sentence.start):
                continue
            if not (signs.COMPARED.search(lead) or signs.BESIDE.search(lead)) and (
                group is groups[0] or not (signs.APPOSITION.search(lead) or signs.KIND_OF.search(lead))
            ):
                return group
        return None


def _brings_in_another(before: str) -> bool:
    """Tell whether the words before a figure bring in another missile, and no "it" leads back to the first."""
    words = before[-160:]
    found = [m.end() for m in signs.NEW_SUBJECT.finditer(words) if not signs.IT_IS.search(words[: m.start()])]
    return bool(found) and not signs.PRONOUN.search(words, found[-1])


def read_scene(sentences: Sequence[Sentence], lexicon: Lexicon, systems: Mapping[str, System]) -> Scene:
    """Find the systems that a text's sentences name."""
    nations: Counter[str] = Counter()
    for sentence in sentences:
        nations.update(nations_in(sentence.text))
    mentions = read_mentions(sentences, lexicon, systems, nations)
    first = next((number for number, named in enumerate(mentions) if any(m.known for m in named)), 0)
    defined = defined_system(sentences, mentions)
    lead = lead_system(mentions)
    return Scene(
        sentences,
        mentions,
        nations,
        systems,
        home=home_nation(mentions, systems),
        defined=defined,
        lead=lead,
        leads=_leads(lead, mentions),
        main=defined or main_system(mentions),
        headings=headings(sentences, mentions),
        first_named=first,
    )


def _leads(lead: str | None, mentions: Sequence[Sequence[Mention]]) -> bool:
    """Tell whether no other system, of the catalogue or not, is named half as often as the lead."""
    times = Counter(each.systems[0] if each.known else each.text for found in mentions for each in found)
    others = [count for name, count in times.items() if name != lead]
    return lead is not None and max(others, default=0) * 2 <= times[lead]
