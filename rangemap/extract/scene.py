"""Tie a figure to the system it is said of.

In order: the name just behind the figure ("the 2,000-km Sejjil"); the name before it in the sentence, unless it stands
there for comparison ("unlike the Qiam"); a nation's missiles at large ("Iran's missiles"); what "it" or "the missile"
stands for. Names joined by "and" share a figure; "respectively" deals figures out one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rangemap.extract import signposts as signs
from rangemap.extract.context import headings, new_thing, of_family
from rangemap.extract.mention import defined_system, home_nation, joined_after, lead_system, main_system, read_mentions
from rangemap.extract.mention import groups as grouped
from rangemap.extract.nations import GENERIC, LIMIT_ENTRIES, nations_in
from rangemap.extract.subject import Subject, subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.catalogue.models import System
    from rangemap.extract.names import Lexicon, Mention
    from rangemap.extract.text import Sentence

INTERCONTINENTAL_KM = 5500
"""A missile that flies farther is intercontinental, by the usual definition."""
LONGEST_SECTION = 40
"""For how many sentences a heading holds."""
MEMORY = 5
"""For how many sentences "it" and "the missile" may point back."""


@dataclass(slots=True)
class Scene:
    """The sentences of a text with the systems that they name.

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
    lead
        The system of the catalogue that is named most, of several the one named first.
    main
        The system that most names of the text name, if there is one.
    home
        The nation whose systems the text names most, for "our missiles".
    headings
        The systems at the head of the section, or the paragraph, of each sentence.
    first_named
        The first sentence that names a system of the catalogue.
    """

    sentences: Sequence[Sentence]
    mentions: list[list[Mention]]
    nations: Counter[str]
    systems: Mapping[str, System]
    lead: str | None = None
    main: str | None = None
    home: str | None = None
    headings: list[tuple[Mention, ...]] = field(default_factory=list)
    first_named: int = 0

    def subject(self, index: int, start: int, end: int) -> Subject:
        """Find what the figure at `start` to `end`, in sentence `index`, is said of."""
        sentence = self.sentences[index]
        named = self.mentions[index]
        before = sentence.text[: start - sentence.start]
        return (
            self._ordered(index, before)
            or self._relative(index, start, end)
            or self._behind(sentence, named, end, before)
            or self._generic_behind(index, end)
            or self._before(index, start)
            or self._generic(index, before)
            or self._counted(index)
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

    def _counted(self, index: int) -> Subject | None:
        """Follow "The third …" to the third of a family, in a sentence that names no system."""
        member = None if self.mentions[index] else of_family(index, self.sentences, self.systems)
        return Subject((member,), None, "the one of this number in the family named before") if member else None

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
            if any(mention.known and mention.systems != heading[0].systems for mention in named):
                return None
        return None

    def limit_entry(self, index: int) -> str | None:
        """Find the catalogue's entry for the limit of the nation that sentence `index` speaks of."""
        for number in range(index, max(-1, index - MEMORY), -1):
            named = nations_in(self.sentences[number].text)
            if set(named) & signs.ASKING and signs.DEMANDED.search(self.sentences[number].text):
                return None
            entries = [LIMIT_ENTRIES[nation] for nation in named if nation in LIMIT_ENTRIES]
            if entries:
                return entries[0] if entries[0] in self.systems else None
            if number == index and set(named) - signs.ASKING:
                return None
        entry = LIMIT_ENTRIES.get(self.home or "")
        return entry if entry in self.systems and not self.nations[self.home or ""] else None

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
            if generic is not None and generic > group[-1].end:
                return None
            if signs.NEW_SUBJECT.search(signs.INSERTION.sub(",", gap)) and not re.search(
                r"\b(?:is|are|was|,)\s+(?:\w+\s+)?(?:a|an|another)\b|^[\s,:\"–—-]*(?:an?|both)\b|^[\s:,–—-]+[\w-]+[ -]range",
                gap,
            ):
                return None
            if self._is_aside(lead, gap, have_other=bool(groups) or index > 0, inside=bool(groups)):
                continue
            return subject_of(group, "the system named before it in the sentence")
        return None

    def _is_aside(self, lead: str, gap: str, *, have_other: bool, inside: bool) -> bool:
        """Tell whether a name stands for comparison or in an aside, so that the figure is another's."""
        if not have_other:
            return False
        if (signs.DERIVED.match(gap) and (gap[0] == "-" or signs.ONE_OF.search(lead))) or signs.THEIRS.search(gap):
            return True
        if (signs.COMPARED.search(lead) or signs.KIND_OF.search(lead)) and not signs.SUCH_AS.search(lead):
            return not signs.CLAIMED_BACK.match(gap)
        if inside and (
            signs.APPOSITION.search(lead) or (signs.OPEN_DASH.search(lead) and signs.CLOSED_DASH.match(gap))
        ):
            return True
        return bool(
            signs.ASIDE.search(lead)
            and re.match(r"[^,;]{0,40},\s*(?:has|have|is|can|could|may|flies|reaches|carries|boasts)\b", gap)
        )

    def _ordered(self, index: int, before: str) -> Subject | None:
        """Follow "the former" and "the latter" to the first and last name of the words, or the sentence, before."""
        match = next(reversed(list(signs.ORDER.finditer(before))), None)
        start = self.sentences[index].start
        if match is None or any(
            mention.start >= start + match.end()
            for mention in self.mentions[index]
            if mention.end <= start + len(before)
        ):
            return None
        named = [mention for mention in self.mentions[index] if mention.end <= start + match.start()]
        if len(named) < 2:  # noqa: PLR2004 - former and latter are two
            named = self.mentions[index - 1] if index else []
        if not named or (len(named) < 2 and match["which"] != "latter"):  # noqa: PLR2004 - the same
            return None
        first = match["which"].lower().startswith("f")
        return subject_of([named[0 if first else -1]], f"“{match[0]}” of two named before")

    def topic(self, index: int, before: str, *, back: int = MEMORY) -> Subject | None:
        """Say what a paragraph is about, for a sentence that names no subject: what its last sentences named first."""
        if signs.NEW_SUBJECT.search(before) or self.sentences[index].opens_paragraph:
            return None
        for number in range(index - 1, max(-1, index - 1 - back), -1):
            sentence = self.sentences[number]
            named = grouped(sentence, self.mentions[number])
            if named and (focus := self._focus(sentence, named)):
                return subject_of(focus, "what the sentences before are about")
            if new_thing(sentence.text) or sentence.opens_paragraph:
                return None
        return None

    def future(self, index: int, before: str, range_km: float) -> Subject | None:
        """Give the entry for a nation's missile to come, where its words develop one of intercontinental range."""
        if range_km < INTERCONTINENTAL_KM or not signs.DEVELOPED.search(before) or self._owner(index, before) != "IRN":
            return None
        entry = "iran-icbm-claimed"
        return Subject((entry,), "missiles", "a future missile of Iran") if entry in self.systems else None

    def _generic_end(self, index: int, start: int) -> int | None:
        sentence = self.sentences[index]
        matches = self._generic_matches(index, sentence.text[: start - sentence.start])
        ends = [sentence.start + match.end() for _, match, _ in matches if not self._is_apposed(index, match.start())]
        return max(ends, default=None)

    def _is_apposed(self, index: int, start: int) -> bool:
        """Tell "the Khorramshahr-4, its most powerful missile" from missiles at large."""
        sentence = self.sentences[index]
        ends = [m.end - sentence.start for m in self.mentions[index] if m.end - sentence.start <= start]
        return bool(ends) and re.fullmatch(r",\s+", sentence.text[ends[-1] : start]) is not None

    def _generic(self, index: int, before: str) -> Subject | None:
        matches = self._generic_matches(index, before)
        if not matches:
            return None
        entry, match, words = matches[0]
        return Subject((entry,), match[0], words, self.sentences[index].start + match.end())

    def _generic_behind(self, index: int, end: int) -> Subject | None:
        """Find "of the Iranian missiles" just behind a figure."""
        sentence = self.sentences[index]
        after = signs.OF_THE.match(sentence.text, end - sentence.start)
        for entry, nation, pattern, words in GENERIC if after else ():
            match = pattern.pattern.match(sentence.text, after.end()) if after else None
            if match and entry in self.systems and self._owner(index, sentence.text[: match.end()]) == nation:
                return Subject((entry,), match[0], words)
        return None

    def _generic_matches(self, index: int, before: str) -> list[tuple[str, re.Match[str], str]]:
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
                if not named and self._owner(index, before[: match.end()]) == nation:
                    found.append((entry, match, words))
                    break
        return found

    def _owner(self, index: int, before: str) -> str | None:
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

    def _pointed_at(self, index: int, before: str, after: str) -> Subject | None:
        """Follow "it" and "the missile" back to the name that they stand for."""
        if signs.NEW_SUBJECT.search(before[-160:]) or not self._points(index, before, after):
            return None
        if newest := self._newest(index, before):
            return newest
        fallback: list[list[Mention]] = []
        for number in range(index - 1, max(-1, index - 1 - MEMORY), -1):
            sentence = self.sentences[number]
            groups = grouped(sentence, self.mentions[number])
            if groups and (focus := self._focus(sentence, groups)):
                return subject_of(focus, "named in a sentence before; this one points back")
            if not groups and (newest := self._newest(number, sentence.text)):
                return newest
            fallback = fallback or groups
            if new_thing(sentence.text):
                return None
            if generic := self._generic(number, sentence.text):
                return generic
        return self._otherwise(index, fallback)

    def _otherwise(self, index: int, aside: Sequence[list[Mention]]) -> Subject | None:
        """Settle for what the text is about where the sentences before name systems in an aside only, or none."""
        about = self.lead if aside and aside[0][0].systems != (self.lead,) else None
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
        answers = index > 0 and self.sentences[index - 1].text.endswith("?") and bool(self.mentions[index - 1])
        return answers or signs.ELLIPTIC.match(before) is not None

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
        if self.mentions[index] or not signs.SOME_MISSILE.search(text) or not signs.NEWS_OF.search(text):
            return None
        opening = not any(self.mentions[:index])
        ahead = signs.AHEAD_OF_HEADLINE if opening else signs.AHEAD_OF_NEWS if new_thing(text) else 0
        for number in range(index + 1, min(index + 1 + ahead, len(self.sentences))):
            named = grouped(self.sentences[number], self.mentions[number])
            if named:
                focus = self._focus(self.sentences[number], named)
                told_of = focus is not None and len(focus) == 1 and self._is_told_of(focus[0])
                return subject_of(focus, "the system that the text names next") if focus and told_of else None
        return None

    def _is_told_of(self, mention: Mention) -> bool:
        """Tell whether no system of the catalogue is named more often than this one."""
        times = Counter(each.systems[0] for found in self.mentions for each in found if each.known)
        return mention.known and times[mention.systems[0]] == max(times.values())

    def _focus(self, sentence: Sentence, groups: list[list[Mention]]) -> list[Mention] | None:
        """Choose what a sentence is about: its first name that does not stand for comparison."""
        for group in groups:
            lead = sentence.text[: group[0].start - sentence.start]
            if not (signs.COMPARED.search(lead) or signs.BESIDE.search(lead)) and (
                group is groups[0] or not (signs.APPOSITION.search(lead) or signs.KIND_OF.search(lead))
            ):
                return group
        return None


def read_scene(sentences: Sequence[Sentence], lexicon: Lexicon, systems: Mapping[str, System]) -> Scene:
    """Find the systems that a text's sentences name."""
    nations: Counter[str] = Counter()
    for sentence in sentences:
        nations.update(nations_in(sentence.text))
    mentions = read_mentions(sentences, lexicon, systems, nations)
    lead, main, home = (
        lead_system(mentions),
        defined_system(sentences, mentions) or main_system(mentions),
        home_nation(mentions, systems),
    )
    first = next((number for number, named in enumerate(mentions) if any(m.known for m in named)), 0)
    return Scene(sentences, mentions, nations, systems, lead, main, home, headings(sentences, mentions), first)
