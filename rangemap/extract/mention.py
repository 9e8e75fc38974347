"""Tie a figure to the system it is said of.

In order: the name just behind the figure ("the 2,000-km Sejjil"); the name before it in the sentence, unless it stands
there for comparison ("unlike the Qiam"); a nation's missiles at large ("Iran's missiles"); what "it" or "the missile"
stands for. Names joined by "and" share a figure; "respectively" deals figures out one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rangemap.extract import cues
from rangemap.extract.names import Mention, is_plausible
from rangemap.extract.nations import GENERIC, LIMIT_ENTRIES, nations_in, nearest_nation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.catalogue.models import System
    from rangemap.extract.names import Lexicon
    from rangemap.extract.text import Sentence

MEMORY = 5
"""For how many sentences "it" and "the missile" may point back."""

_JOINT = re.compile(
    r"[\s,]*(?:and|nor|or|&|/|as well as|plus|along with|,)?[\s,]*(?:(?:the|its|newer|older|new|both|ballistic|cruise|missiles?)\s+)*",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:unlike|than|compared (?:with|to)|like|similar to|based on|derived from|derivative of|cop(?:y|ies) of|successors? (?:to|of)|replac\w+|resembl\w+|descendants? of"
    r"|modell?ed on|relatives? of|instead of|alongside|developed from|cousins? of|replacement for|follow-on to|half that of|twice that of|reminiscent of"
    r"|variants? of|confused with|clones? of|inspired by|evolved from|grew out of|shar\w+ \w+ with|mistaken for|improves? on|evolution of|offshoots? of|(?:is|are|was|were|being) (?:a|an)(?: \w+){0,2})"
    r"\s+(?:(?:the|its|a|an|older|earlier|Soviet|North Korean|Chinese|Iranian|Russian|famous|ageing|aging|own)\s+){0,3}$",
    re.IGNORECASE,
)
_CLAIMED_BACK = re.compile(r"^(?:'s|\s*\(|,?\s+(?:which|whose))", re.IGNORECASE)
_DERIVED = re.compile(
    r"^[- ](?:derivatives?|derived|based|variants?|clones?|cop(?:y|ies)|descendants?|family|type|successors?|replacement|lookalike|style|inspired)\b"
)
_INSERTION = re.compile(r",\s+(?:which|who|that|a|an|the|also|so|first|named|shown|once)\b[^,]*,")
_ASIDE = re.compile(
    r",\s+(?:which|who|unlike|like|based|derived|successor|shown|named|built|first|unveiled|in|on|once|now|still|known|developed|introduced)\b[^,;]*$"
)
_BEHIND = re.compile(
    r"^[\s\")-]*(?:(?:-?range|[\w-]*fuell?ed|[\w-]+ballistic|ballistic|cruise|hypersonic|medium|missiles?|rockets?|road-mobile|mobile|precision-guided|[\w-]+-stage|class|anti-ship|variant|version|weapon|liquid|solid)[\s,\"]+){0,6}"
    r"(?:(?:,?\s*(?:such as|like|including|namely|known as|called|the (?:maximum |claimed |reported )?range of)|for|of|by|named|dubbed|is|was|being|,|-|–|—|\()\s*)?(?:for\s+)?(?:the\s+)?(?:new\s+|newer\s+|older\s+|larger\s+)?[\"]?$",
    re.IGNORECASE,
)
_SUBJECT_WORD = re.compile(
    r"\b(?:it|its|they|them|their|both|these missiles|those|(?:the|this|that|each|the new|the latest|the older) (?:[\w-]+\s+){0,3}(?:missiles?|rockets?|weapons?|systems?|projectiles?|variant|version|model|drone|design|launcher|vehicle))\b"
    r"|\b(?:first|later|older|newer|early|earlier|latest) ones\b|\b(?:longest|last|first|only|latest) (?:known |recorded )?(?:flight|test)\b"
    r"|^[\"' ]*(?:that|this)\s+(?:is|was|would|puts|covers|brings|means|leaves|reaches|gives|will|could|can|places)\b"
    r"|^[\"' ]*(?:the\s+)?(?:\w+\s+)?(?:range|reach)\b|\b(?:the|maximum|its|a) range (?:is|was|of|to|at)\b",
    re.IGNORECASE,
)
_NEW_SUBJECT = re.compile(
    r"\b(?:(?:a|an|another|any|some|such a|no|new|other|a (?:second|third|new|different))\s+(?:[\w-]+\s+){0,4}?(?:missiles?|rockets?|weapons?|projectiles?|drones?|system|launcher)|missiles (?:with|that|capable|able|of))\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Cc]alled|[Nn]amed|[Dd]ubbed|[Aa]n?)\s+\"?(?P<name>[A-Z][\w']+(?:[ -][A-Z0-9][\w-]*)?)\"?\s+(?:(?:anti-ship|ballistic|cruise|long-range|short-range|medium-range|hypersonic|attack|land-attack|suicide)\s+){0,2}"
    r"(?:missile|rocket|drone|projectile)s?\b|\b(?P<designator>(?!COVID|G-|Mach|UN|Covid|P5)[A-Z][A-Za-z]{0,12}-\d{1,4}[A-Z]{0,2})\b(?!\s*(?:km|miles))"
)
_RANGE_WORD = re.compile(r"\branges?\b", re.IGNORECASE)
_LIST_ITEM = re.compile(r"[ ]*(?:[-*•·–]|\(?\d{1,2}[.)])\s|[\w' -]{3,30}(?:\s*[:(]|\s[–—-]\s)")
_NOT_A_NAME = re.compile(
    r"(?:Iran|Israel|Russia|China|Chinese|North|South|American|U\.?S|US|Pakistan|India|Iraq|Yemen|Houthi|Soviet|Arab|European|Western|British|French|German|Turk|Saudi|Gulf|Korea|Ukrain|New|First|Second|Third|Syria|Hezbollah|Hamas|Guards|Revolutionary|Islamic|Army|Navy|Air|Persian)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is said of: ids of the catalogue (None for none), its words, where they end, and why it is that."""

    systems: tuple[str | None, ...]
    text: str | None
    reason: str
    end: int | None = None


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
    """

    sentences: Sequence[Sentence]
    mentions: list[list[Mention]]
    nations: Counter[str]
    systems: Mapping[str, System]

    def subject(self, index: int, start: int, end: int) -> Subject:
        """Find what the figure at `start` to `end`, in sentence `index`, is said of."""
        sentence = self.sentences[index]
        named = self.mentions[index]
        before = sentence.text[: start - sentence.start]
        return (
            self._behind(sentence, named, end, before)
            or self._before(index, start)
            or self._generic(index, before)
            or self._pointed_at(index, before, sentence.text[end - sentence.start :])
            or Subject((None,), None, "no system is named")
        )

    def limit_entry(self, index: int) -> str | None:
        """Find the catalogue's entry for the limit of the nation that sentence `index` speaks of."""
        for number in range(index, max(-1, index - MEMORY), -1):
            found = [nation for nation in nations_in(self.sentences[number].text) if nation in LIMIT_ENTRIES]
            if found:
                entry = LIMIT_ENTRIES[found[0]]
                return entry if entry in self.systems else None
        return None

    def _behind(self, sentence: Sentence, named: Sequence[Mention], end: int, before: str) -> Subject | None:
        following = next((mention for mention in named if mention.start >= end), None)
        if following is None:
            return None
        between = sentence.text[end - sentence.start : following.start - sentence.start]
        match = _BEHIND.match(between)
        taken = any(mention.end <= end for mention in named)
        if match is None or (taken and "," in between) or (re.search(r"\b(?:is|was)\b", between) and taken):
            return None
        if taken and not between.strip(' -"') and not re.search(r"\b(?:an?|the|its|new)\s*[\"]?$", before):
            return None
        group = [following, *_joined_after(sentence, named, following)]
        return _of(group, "named right behind the figure")

    def _before(self, index: int, start: int) -> Subject | None:
        sentence = self.sentences[index]
        groups = _groups(sentence, [mention for mention in self.mentions[index] if mention.end <= start])
        generic = self._generic_end(index, start)
        while groups:
            group = groups.pop()
            lead = sentence.text[: group[0].start - sentence.start]
            gap = sentence.text[group[-1].end - sentence.start : start - sentence.start]
            if generic is not None and generic > group[-1].end:
                return None
            if _NEW_SUBJECT.search(_INSERTION.sub(",", gap)) and not re.search(
                r"\b(?:is|are|was|,)\s+(?:\w+\s+)?(?:a|an|another)\b|^[\s,:–—-]*(?:an?|both)\b|^[\s:,–—-]+[\w-]+[ -]range",
                gap,
            ):
                return None
            if self._is_aside(lead, gap, have_other=bool(groups) or index > 0):
                continue
            return _of(group, "the system named before it in the sentence")
        return None

    def _is_aside(self, lead: str, gap: str, *, have_other: bool) -> bool:
        """Tell whether a name stands for comparison or in an aside, so that the figure is another's."""
        if not have_other:
            return False
        if _DERIVED.match(gap):
            return True
        if _COMPARED.search(lead):
            return not _CLAIMED_BACK.match(gap)
        return bool(
            _ASIDE.search(lead)
            and re.match(r"[^,;]{0,40},\s*(?:has|have|is|can|could|may|flies|reaches|carries|boasts)\b", gap)
        )

    def _generic_end(self, index: int, start: int) -> int | None:
        sentence = self.sentences[index]
        matches = self._generic_matches(index, sentence.text[: start - sentence.start])
        return max((sentence.start + match.end() for _, match, _ in matches), default=None)

    def _generic(self, index: int, before: str) -> Subject | None:
        matches = self._generic_matches(index, before)
        if not matches:
            return None
        entry, match, words = matches[0]
        return Subject((entry,), match[0], words, self.sentences[index].start + match.end())

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
        if _NEW_SUBJECT.search(before[-90:]):
            return None
        pointing = _SUBJECT_WORD.search(before) or _SUBJECT_WORD.search(after[:60])
        elliptic = re.match(r"[\"' ]*(?:With|At|Estimated|Range|Maximum|Having|Capable|Able)\b", before)
        answers = index > 0 and self.sentences[index - 1].text.endswith("?") and bool(self.mentions[index - 1])
        if not pointing and not elliptic and not answers:
            return None
        for number in range(index - 1, max(-1, index - 1 - MEMORY), -1):
            sentence = self.sentences[number]
            groups = _groups(sentence, self.mentions[number])
            if groups:
                return _of(self._focus(sentence, groups), "named in a sentence before; this one points back")
            if _new_thing(sentence.text):
                return None
            if generic := self._generic(number, sentence.text):
                return generic
        return None

    def _focus(self, sentence: Sentence, groups: list[list[Mention]]) -> list[Mention]:
        """Choose what a sentence is about: its first name that does not stand for comparison."""
        for group in groups:
            if not _COMPARED.search(sentence.text[: group[0].start - sentence.start]):
                return group
        return groups[0]


def _new_thing(text: str) -> bool:
    """Tell whether a sentence brings in a missile without a name."""
    return bool(
        re.search(
            r"\b(?:a|an|another)\s+(?:new|second|third|different|unnamed|previously unseen)\s+(?:[\w-]+\s+){0,3}(?:missile|rocket|weapon)\b",
            text,
        )
    )


def read_scene(sentences: Sequence[Sentence], lexicon: Lexicon, systems: Mapping[str, System]) -> Scene:
    """Find the systems that a text's sentences name."""
    counted: Counter[str] = Counter()
    for sentence in sentences:
        counted.update(nations_in(sentence.text))
    scene = Scene(sentences, [], counted, systems)
    armed = [bool(cues.WEAPON.search(sentence.text) or _RANGE_WORD.search(sentence.text)) for sentence in sentences]
    somewhere = any(armed)
    seen: set[str] = set()
    for index, sentence in enumerate(sentences):
        near = any(armed[max(0, index - 2) : index + 1]) or (_LIST_ITEM.match(sentence.text) is not None and somewhere)
        found = _mentions(sentence, lexicon, scene, (near, somewhere), seen)
        seen.update(mention.text for mention in found)
        scene.mentions.append(found)
    return scene


def _mentions(
    sentence: Sentence, lexicon: Lexicon, scene: Scene, weapons: tuple[bool, bool], seen: set[str]
) -> list[Mention]:
    near, somewhere = weapons
    found = []
    for mention in lexicon.find(sentence.text):
        moved = Mention(mention.start + sentence.start, mention.end + sentence.start, mention.text, mention.systems)
        if is_plausible(
            moved, sentence.text, sentence.start, weapon_near=near or mention.text in seen, weapon_somewhere=somewhere
        ):
            found.append(_settled(moved, sentence, scene))
    found += _unknown(sentence, found)
    return sorted(found, key=lambda mention: mention.start)


def _settled(mention: Mention, sentence: Sentence, scene: Scene) -> Mention:
    """Choose among systems of one name by the nation that the sentence, or else the text, speaks of."""
    if len(mention.systems) < 2:  # noqa: PLR2004 - nothing to choose
        return mention
    near = Counter(nations_in(sentence.text))
    best = max(mention.systems, key=lambda name: _weight(scene.systems[name], near, scene.nations, mention.text))
    return Mention(mention.start, mention.end, mention.text, (best,))


def _weight(system: System, near: Counter[str], far: Counter[str], text: str) -> tuple[int, int, int, int]:
    plain_name = text.casefold() in (system.name.casefold(), system.id)
    return near[system.country], far[system.country], int(plain_name), len(system.claims)


def _unknown(sentence: Sentence, known: Sequence[Mention]) -> list[Mention]:
    """Find names of missiles that neither the catalogue nor our list has."""
    found = []
    for match in _UNKNOWN.finditer(sentence.text):
        group = "name" if match["name"] else "designator"
        start, end = match.start(group) + sentence.start, match.end(group) + sentence.start
        taken = any(mention.start < end and start < mention.end for mention in known)
        if not taken and not _NOT_A_NAME.match(match[group]):
            found.append(Mention(start, end, match[group], ()))
    return found


def _groups(sentence: Sentence, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Put names that "and", commas and slashes join into one group."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if (
            groups
            and _JOINT.fullmatch(sentence.text, groups[-1][-1].end - sentence.start, mention.start - sentence.start)
        ) or (groups and _is_gloss(sentence, groups[-1][-1], mention)):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _is_gloss(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Tell another name of the same thing: "the Khorramshahr-4, also known as Kheibar"."""
    between = sentence.text[first.end - sentence.start : second.start - sentence.start]
    same = first.systems == second.systems and first.known
    return same and bool(
        re.fullmatch(
            r"[\s,(\"]*(?:also |or |better )?(?:known as|called|dubbed|aka|named)?[\s,(\"]*(?:the\s+)?[\"]?", between
        )
    )


def _joined_after(sentence: Sentence, named: Sequence[Mention], first: Mention) -> list[Mention]:
    group = next(group for group in _groups(sentence, [m for m in named if m.start >= first.start]) if first in group)
    return group[1:]


def _of(group: Sequence[Mention], reason: str) -> Subject:
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


__all__ = ["Scene", "Subject", "deal_out", "nearest_nation", "read_scene"]
