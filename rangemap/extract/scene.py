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

from rangemap.extract.context import headings, new_thing, of_family
from rangemap.extract.mention import groups as grouped
from rangemap.extract.mention import home_nation, joined_after, main_system, read_mentions
from rangemap.extract.nations import GENERIC, LIMIT_ENTRIES, nations_in
from rangemap.extract.patterns import Starting
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

_LEADING_UP = r"\s+(?:(?:the|its|a|an|one|old|older|earlier|elderly|original|former|[\w-]+-fuel\w*|Soviet|North Korean|Chinese|Iranian|Russian|Pakistani|Indian|Israeli|American|famous|ageing|aging|own|much|even|[A-Z][a-z]+'s|and|of)\s+){0,5}$"
_COMPARED = Starting(
    r"\b(?:unlike|than|compared (?:with|to)|like|similar to|bas\w+ on|deriv\w+ from|derivative of|cop(?:y|ies) of|successors? (?:to|of)|replac\w+|resembl\w+|descendants? of|ancestors? of|forerunners? of|predecessors? of|precursors? of|basis (?:of|for)|parents? of|father of|models? for|template for"
    r"|modell?ed on|relatives? of|instead of|alongside|develop\w+ from|cousins? of|replacement for|follow-on to|half that of|twice that of|reminiscent of"
    r"|variants? of|confused with|clones? of|inspired by|evolv\w+ from|grew out of|shar\w+ \w+ with|mistaken for|improves? on|evolution of|offshoots? of|dr[ae]w\w* (?:heavily )?on|buil\w+ (?:up)?on|related to|akin to|lengthen\w+|stretch\w+|modif\w+|enlarg\w+|adapt\w+|rework\w+|rebuil\w+)"
    rf"{_LEADING_UP}",
    "unlike|than|compar|like|similar|bas|deriv|cop|success|replac|resembl|descend|ancest|forerun|predecess|precurs|parent|father|model|templ|relativ|instead|along|develop|cousin|follow|half|twice|remin|variant|confus|clone|inspir|evol|grew|shar|mistak|improv|offshoot|dr|buil|relat|akin|length|stretch|modif|enlarg|adapt|rework|rebuil",
)
_KIND_OF = re.compile(
    rf"\b(?:is|are|was|were|being|'s)(?: \w+ly| really| just| in effect)? (?:a|an)(?: \w+){{0,2}}{_LEADING_UP}",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"\b(?!is |was |looks |does |has )(?:\w+s|something|anything|nothing) like (?:the |its |an? )?$", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\s+(?:for|in|of) (?:its|the) (?:parent|predecessor|original|ancestor|forerunner|successor|older (?:model|version|type)|earlier (?:model|version))\b"
)
_APPOSITION = re.compile(r",\s+(?:\w+ly )?an?\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_OWN_NOUN = re.compile(
    r"^[\s\"]*(?:(?:[\w-]+-range|anti-\w+|ballistic|cruise|surface-to-surface|hypersonic|land-attack|ship-killing|road-mobile)\s+){0,4}(?:missiles?|rockets?|projectiles?|drones?|weapons?|systems?)\b",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"[\s\"]*(?:of|for|by)\s+(?:the\s+|any of\s+)?")
_DEVELOPED = re.compile(r"\b(?:develop|build|work)\w*\b[^.;]{0,30}\bmissiles?\b", re.IGNORECASE)
_SAID_ABOUT = re.compile(r"[^.;]{0,60}[,\"]\s*(?:\w+\s+){1,4}(?:of|about)\s+(?:the\s+|its\s+)?[\"]?$")
_THEIRS = re.compile(r"\btheirs\b|\bits own version\b", re.IGNORECASE)
_ORDER = re.compile(
    r"\bthe (?P<which>former|latter|first of these|second of these|first|second)\b(?! [a-z]*(?:missiles?|version|variant|test|launch|stage|time|flight|half|press|report|ones|known|of (?!these)))",
    re.IGNORECASE,
)
_CLAIMED_BACK = re.compile(
    r"^(?:'s|\s*\(|,?\s+(?:which|whose|with (?:its|their))\b|(?:\s+[A-Z]\w+)?,\s+an?\s+[\w\s-]{3,40}\s(?:that|which|with)\b)",
    re.IGNORECASE,
)
_DERIVED = re.compile(
    r"^[- ](?:derivatives?|derived|based|variants?|clones?|cop(?:y|ies)|descendants?|type|successors?|replacement|lookalike|style|inspired)\b"
)
_ONE_OF = re.compile(r"\b(?:an?|another|some|its|their|other) (?:[\w-]+ ){0,2}$")
_INSERTION = re.compile(r",\s+(?:which|who|that|a|an|the|also|so|first|named|shown|once)\b[^,]*,")
_ASIDE = re.compile(
    r",\s+(?:which|who|unlike|like|based|derived|successor|shown|named|built|first|unveiled|in|on|once|now|still|known|developed|introduced)\b[^,;]*$"
)
_BEHIND = re.compile(
    r"^[\s\")-]*(?:(?:-?range|[\w-]*fuell?ed|[\w-]+ballistic|ballistic|cruise|hypersonic|medium|missiles?|rockets?|road-mobile|mobile|precision-guided|[\w-]+-stage|class|anti-ship|variant|version|weapon|liquid|solid)[\s,\"]+){0,6}"
    r"(?:(?:,?\s*(?:such as|like|including|namely|known as|called|the (?:maximum |claimed |reported )?range of)|for|out of|of|by|named|dubbed|is|was|being|,|-|–|—|\()\s*)?(?:for\s+)?(?:the\s+)?(?:new\s+|newer\s+|older\s+|larger\s+)?[\"]?$",
    re.IGNORECASE,
)
_SUBJECT_WORD = Starting(
    r"\b(?:it|its|they|them|their|both|these missiles|those|(?:the|this|that|each|the new|the latest|the older) (?:[\w-]+\s+){0,3}(?:missiles?|rockets?|weapons?|systems?|projectiles?|variant|version|model|drone|design|launcher|vehicle))\b"
    r"|\b(?:first|later|older|newer|early|earlier|latest) ones\b|\b(?:longest|last|first|only|latest) (?:known |recorded )?(?:flight|test)\b"
    r"|\b(?:the|maximum|its|a) range (?:is|was|of|to|at)\b",
    "it|the|both|this|that|each|first|lat|old|new|earl|longest|last|only|maximum|a\\b",
)
_SUBJECT_OPENING = re.compile(
    r"[\"' ]*(?:that|this)\s+(?:is|was|would|puts|covers|brings|means|leaves|reaches|gives|will|could|can|places)\b"
    r"|[\"' ]*(?:the\s+)?(?:\w+\s+)?(?:range|reach)\b",
    re.IGNORECASE,
)
_NEW_SUBJECT = Starting(
    r"\b(?<!\bas )(?:(?:a|an|another|any|some|such a|no|new|other|a (?:second|third|new|different))\s+(?:(?!the\b|its\b|their\b|put\b|said\b|says\b)[\w-]+\s+){0,4}?(?:missiles?|rockets?|weapons?|projectiles?|drones?|system|launcher|planes?|aircraft|jets?|bombers?|helicopters?|radars?|vessels?|submarines?|ships?)|(?:planes|aircraft|jets|bombers|radars|missiles) (?:with|that|capable|able|of))\b",
    "an?\\b|another|any|some|such|no|new|other|planes|aircraft|jets|bombers|radars|missiles",
)


_ASKING = frozenset({"USA", "ISR", "GBR", "FRA"})
"""Nations that speak of other nations' limits."""


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
    main
        The system that most names of the text name, if there is one.
    home
        The nation whose systems the text names most, for "our missiles".
    headings
        The system at the head of the section of each sentence.
    first_named
        The first sentence that names a system of the catalogue.
    """

    sentences: Sequence[Sentence]
    mentions: list[list[Mention]]
    nations: Counter[str]
    systems: Mapping[str, System]
    main: str | None = None
    home: str | None = None
    headings: list[Mention | None] = field(default_factory=list)
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
            or Subject((None,), None, "no system is named")
        )

    def _relative(self, index: int, start: int, end: int) -> Subject | None:
        """Give the figure of "for its parent" to the one other system that the sentence names, else to none."""
        sentence = self.sentences[index]
        match = _RELATIVE.match(sentence.text, end - sentence.start)
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
        heading = self.headings[index] if self.headings else None
        if heading is None or _NEW_SUBJECT.search(before[-160:]):
            return None
        for number in range(index - 1, max(-1, index - 1 - LONGEST_SECTION), -1):
            named = self.mentions[number]
            if heading in named:
                return subject_of([heading], "the name at the head of its section")
            if any(mention.known and mention.systems != heading.systems for mention in named):
                return None
        return None

    def limit_entry(self, index: int) -> str | None:
        """Find the catalogue's entry for the limit of the nation that sentence `index` speaks of."""
        for number in range(index, max(-1, index - MEMORY), -1):
            named = nations_in(self.sentences[number].text)
            entries = [LIMIT_ENTRIES[nation] for nation in named if nation in LIMIT_ENTRIES]
            if entries:
                return entries[0] if entries[0] in self.systems else None
            if number == index and set(named) - _ASKING:
                return None
        entry = LIMIT_ENTRIES.get(self.home or "")
        return entry if entry in self.systems and not self.nations[self.home or ""] else None

    def _behind(self, sentence: Sentence, named: Sequence[Mention], end: int, before: str) -> Subject | None:
        following = next((mention for mention in named if mention.start >= end), None)
        if following is None:
            return None
        between = sentence.text[end - sentence.start : following.start - sentence.start]
        match = _BEHIND.match(between) or _SAID_ABOUT.match(between)
        taken = any(mention.end <= end for mention in named)
        if match is None or (taken and "," in between) or (re.search(r"\b(?:is|was)\b", between) and taken):
            return None
        if taken and not between.strip(' -"') and not re.search(r"\b(?:an?|the|its|new)\s*[\"]?$", before):
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
            gap = _OWN_NOUN.sub("", sentence.text[group[-1].end - sentence.start : start - sentence.start])
            if generic is not None and generic > group[-1].end:
                return None
            if _NEW_SUBJECT.search(_INSERTION.sub(",", gap)) and not re.search(
                r"\b(?:is|are|was|,)\s+(?:\w+\s+)?(?:a|an|another)\b|^[\s,:–—-]*(?:an?|both)\b|^[\s:,–—-]+[\w-]+[ -]range",
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
        if (_DERIVED.match(gap) and (gap[0] == "-" or _ONE_OF.search(lead))) or _THEIRS.search(gap):
            return True
        if (_COMPARED.search(lead) or _KIND_OF.search(lead)) and not _SUCH_AS.search(lead):
            return not _CLAIMED_BACK.match(gap)
        if inside and _APPOSITION.search(lead):
            return True
        return bool(
            _ASIDE.search(lead)
            and re.match(r"[^,;]{0,40},\s*(?:has|have|is|can|could|may|flies|reaches|carries|boasts)\b", gap)
        )

    def _ordered(self, index: int, before: str) -> Subject | None:
        """Follow "the former" and "the latter" to the first and last name of the words, or the sentence, before."""
        match = next(reversed(list(_ORDER.finditer(before))), None)
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
        if len(named) < 2:  # noqa: PLR2004 - the same
            return None
        first = match["which"].lower().startswith("f")
        return subject_of([named[0 if first else -1]], f"“{match[0]}” of two named before")

    def topic(self, index: int, before: str, *, back: int = MEMORY) -> Subject | None:
        """Say what a paragraph is about, for a sentence that names no subject: what its last sentences named first."""
        if _NEW_SUBJECT.search(before) or self.sentences[index].opens_paragraph:
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
        if range_km < INTERCONTINENTAL_KM or not _DEVELOPED.search(before) or self._owner(index, before) != "IRN":
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
        after = _OF_THE.match(sentence.text, end - sentence.start)
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
        if _NEW_SUBJECT.search(before[-160:]):
            return None
        pointing = any(_SUBJECT_OPENING.match(words) or _SUBJECT_WORD.search(words) for words in (before, after[:60]))
        elliptic = re.match(r"[\"' ]*(?:With|At|Estimated|Range|Maximum|Having|Capable|Able)\b", before)
        answers = index > 0 and self.sentences[index - 1].text.endswith("?") and bool(self.mentions[index - 1])
        if not pointing and not elliptic and not answers:
            return None
        fallback: list[list[Mention]] = []
        for number in range(index - 1, max(-1, index - 1 - MEMORY), -1):
            sentence = self.sentences[number]
            groups = grouped(sentence, self.mentions[number])
            if groups and (focus := self._focus(sentence, groups)):
                return subject_of(focus, "named in a sentence before; this one points back")
            fallback = fallback or groups
            if new_thing(sentence.text):
                return None
            if generic := self._generic(number, sentence.text):
                return generic
        if self.main and self.first_named <= index and not (fallback and fallback[0][0].known):
            return Subject((self.main,), None, "what most of the text is about")
        return subject_of(fallback[0], "named in a sentence before; this one points back") if fallback else None

    def _focus(self, sentence: Sentence, groups: list[list[Mention]]) -> list[Mention] | None:
        """Choose what a sentence is about: its first name that does not stand for comparison."""
        for group in groups:
            lead = sentence.text[: group[0].start - sentence.start]
            if not _COMPARED.search(lead) and (
                group is groups[0] or not (_APPOSITION.search(lead) or _KIND_OF.search(lead))
            ):
                return group
        return None


def read_scene(sentences: Sequence[Sentence], lexicon: Lexicon, systems: Mapping[str, System]) -> Scene:
    """Find the systems that a text's sentences name."""
    nations: Counter[str] = Counter()
    for sentence in sentences:
        nations.update(nations_in(sentence.text))
    mentions = read_mentions(sentences, lexicon, systems, nations)
    main, home = main_system(mentions), home_nation(mentions, systems)
    first = next((number for number, named in enumerate(mentions) if any(m.known for m in named)), 0)
    return Scene(sentences, mentions, nations, systems, main, home, headings(sentences, mentions), first)
