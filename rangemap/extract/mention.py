"""Find which systems each sentence of a text names, and which names belong together.

A name that fits two systems is settled by the nation that the sentence, or else the text, speaks of. Names that neither
the catalogue nor our list has are found by their looks ("the Foo missile", "XY-12"): a figure of theirs is nobody else's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rangemap.extract import cues
from rangemap.extract.names import Mention, is_plausible, key
from rangemap.extract.nations import nations_in
from rangemap.extract.patterns import Gated
from rangemap.extract.spellings import NAMED_BESIDE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.catalogue.models import System
    from rangemap.extract.names import Lexicon
    from rangemap.extract.text import Sentence

MAIN_SHARE = 0.7
"""A text is about the system that this share of its names name."""
_KINDS = r"ballistic|cruise|[\w-]+-to-[\w-]+|anti-ship|[\w-]+-range|missiles?|rockets?"
_JOINT = re.compile(
    rf"(?:\s+(?:(?:{_KINDS})[\s,]+)+(?:and|or|as well as)\s+|[\s,]*(?:and|nor|or|&|/|as well as|plus|along with|,)?[\s,]*)"
    rf"(?:(?:of|from|the|its|newer|older|new|both|{_KINDS}|\w+'s)\s+)*",
    re.IGNORECASE,
)
_A_NAME = r"[A-Z][\w']+(?:[ -][A-Z0-9][\w-]*)?"
_FIGURE_IN_BRACKETS = r"(?= \((?:[a-z]+ ){0,3}\d[\d,]* ?(?:km|mi))"
_UNKNOWN = tuple(
    Gated(pattern, stems, re.NOFLAG)
    for pattern, stems in (
        (
            (
                rf"\b(?:[Tt]he|[Ii]ts|[Cc]alled|[Nn]amed|[Dd]ubbed|[Aa]n?)\s+\"?(?P<name>{_A_NAME})\"?\s+"
                r"(?:(?:anti-ship|ballistic|cruise|long-range|short-range|medium-range|hypersonic|attack|land-attack|suicide)\s+){0,2}"
                r"(?:missile|rocket|drone|projectile)s?\b"
            ),
            "missile|rocket|drone|projectile",
        ),
        (
            rf"\b(?:missile|rocket|drone|weapon)s? (?:called|named|dubbed|known as) (?:the )?\"?(?P<name>{_A_NAME})",
            "called|named|dubbed|known",
        ),
        (
            (
                r"\b(?:upgraded|improved|modernised|modernized|extended-range|ship-launched|air-launched) (?P<name>[A-Z][a-z]{3,})"
                r"(?=\s+(?:is|was|has|can|could|had|which|with)\b)"
            ),
            "upgraded|improved|modernis|moderniz|extended-range|-launched",
        ),
        (
            r"\d[ -]?(?:km|kilomet(?:er|re)s?|miles?)(?:-range)? (?P<name>(?!Range)[A-Z][a-z]{3,})\b",
            "km |-range |kilomet|mile",
        ),
        (r"\b(?:an?|the|called|named) \"(?:[a-z]+ )?(?P<name>[A-Z][a-z]{3,})\"", '"'),
        (rf"\b[Tt]he (?P<name>[A-Z][a-z'-]{{3,}}(?:-\d)?){_FIGURE_IN_BRACKETS}", "("),
        (rf"\b[A-Z][a-z]+'s (?P<name>[A-Z][\w-]+){_FIGURE_IN_BRACKETS}", "("),
        (r"\b[Tt]he (?P<name>[Aa]l-[A-Z][a-z]{2,})\b", "al-"),
        (
            r"\b(?P<name>(?!COVID|G-|Mach|UN|Covid|P5)[A-Z][A-Za-z]{0,12}-\d{1,4}[A-Z]{0,2})\b(?!\s*(?:km|miles))",
            "-1|-2|-3|-4|-5|-6|-7|-8|-9|-0",
        ),
    )
)
"""How missiles are named that neither the catalogue nor our list has."""
_RANGE_WORD = Gated(r"\b(?:ranges?|reach of|reach is|test-?fired)\b", "range|reach|fired")
_LIST_ITEM = re.compile(r"[ ]*(?:[-*•·–]|\(?\d{1,2}[.)])\s|[\w' -]{3,30}(?:\s*[:(]|\s[–—-]\s)")
_NICKNAME = re.compile(
    r"\b(?:calls?|called|known (?:\w+ ){0,4}as|nicknamed|dubbed|code-?named|designated|reporting name|alias|aka)\s+(?:it\s+|the\s+)?[\"']?$",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"(?:\s*\([^()]*\))?,?\s+(?:is|was)\s+(?:an?|the|one of)\b")
_NAMESAKE = re.compile(r"\bnamesake\b|\b(?:the same|of that|the) name\b|\bhome-?made\b", re.IGNORECASE)
"""A sentence on two missiles of one name is about the text's own."""
_POINTS_BACK = re.compile(r"[\"' ]*(?:The (?:latter|former|missile|rocket|weapon|system)|It|This|That)\b")
_MEMBER = re.compile(r"([A-Za-z' -]{4,}?)[ -]?(?:\d\w*|I{1,3}|IV|V|[B-D])$")
"""The family and the number of a member of it."""
_NOT_A_NAME = re.compile(
    r"(?:Iran|Israel|Russia|China|Chinese|North|South|American|U\.?S|US|Pakistan|India|Iraq|Yemen|Houthi|Soviet|Arab|European|Western|British|French|German|Turk|Saudi|Gulf|Korea|Ukrain|New|First|Second|Third|Syria|Hezbollah|Hamas|Guards|Revolutionary|Islamic|Army|Navy|Air|Persian)"
)


def read_mentions(
    sentences: Sequence[Sentence], lexicon: Lexicon, systems: Mapping[str, System], nations: Counter[str]
) -> list[list[Mention]]:
    """Find the systems that each sentence names, in order."""
    armed = [bool(cues.WEAPON.search(sentence.text) or _RANGE_WORD.search(sentence.text)) for sentence in sentences]
    somewhere = any(armed)
    seen: set[str] = set()
    mentions: list[list[Mention]] = []
    for index, sentence in enumerate(sentences):
        near = (
            any(armed[max(0, index - 3) : index + 2])
            or any(mentions[-4:])
            or (_LIST_ITEM.match(sentence.text) is not None and somewhere)
        )
        found = [
            _settled(mention, sentence, systems, nations)
            for mention in _named(sentence, lexicon)
            if is_plausible(
                mention,
                sentence.text,
                sentence.start,
                weapon_near=near or mention.text in seen,
                weapon_somewhere=somewhere,
            )
        ]
        seen.update(mention.text for mention in found)
        found = [mention for mention in found if mention.sure or _fits(mention, systems, nations)]
        found += _unknown(sentence, found)
        found = [mention for mention in found if mention.known or not _is_nickname(sentence, mention, found)]
        mentions.append(sorted(found, key=lambda mention: mention.start))
    return _with_stems(_with_full_names(_told_apart(mentions), systems))


def _told_apart(mentions: list[list[Mention]]) -> list[list[Mention]]:
    """Give a spelling to another missile where the text names the first by its own name as well."""
    spelled = {key(mention.text) for found in mentions for mention in found}
    others = {other for other, own in NAMED_BESIDE.items() if own in spelled and other in spelled}
    return (
        [[replace(each, systems=()) if key(each.text) in others else each for each in found] for found in mentions]
        if others
        else mentions
    )


def _with_full_names(mentions: list[list[Mention]], systems: Mapping[str, System]) -> list[list[Mention]]:
    """Read a short alias as the system whose full name before it begins so: "Kheibar" as the Kheibar Shekan."""
    full: dict[str, tuple[str, ...]] = {}
    read: list[list[Mention]] = []
    for found in mentions:
        twice = {mention.systems for mention in found if sum(mention.systems == each.systems for each in found) > 1}
        read.append([each if each.systems in twice else _in_full(each, full, systems) for each in found])
        for mention in found:
            first = re.split(r"[ -]", mention.text)[0]
            if mention.known and first != mention.text:
                full.setdefault(key(first), mention.systems)
    return read


def _in_full(mention: Mention, full: Mapping[str, tuple[str, ...]], systems: Mapping[str, System]) -> Mention:
    known = full.get(key(mention.text))
    if not known or not mention.known or known == mention.systems:
        return mention
    own = {key(systems[mention.systems[0]].name), key(mention.systems[0])}
    return mention if key(mention.text) in own else replace(mention, systems=known)


def _with_stems(mentions: list[list[Mention]]) -> list[list[Mention]]:
    """Read the bare name of a family as the one member that the text names: "the Minuteman" as the Minuteman III."""
    members: dict[str, dict[str, tuple[str, ...]]] = {}
    for mention in (each for found in mentions for each in found):
        stem = _MEMBER.match(mention.text)
        if stem:
            members.setdefault(key(stem[1]), {})[mention.systems[0] if mention.known else mention.text] = (
                mention.systems
            )
    alone = {name: next(iter(found.values())) for name, found in members.items() if len(found) == 1}
    return [
        [each if each.known else replace(each, systems=alone.get(key(each.text), ())) for each in found]
        for found in mentions
    ]


def _named(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Find the names of one sentence; offsets count in the text."""
    return [
        replace(mention, start=mention.start + sentence.start, end=mention.end + sentence.start)
        for mention in lexicon.find(sentence.text)
    ]


def _fits(mention: Mention, systems: Mapping[str, System], nations: Counter[str]) -> bool:
    """Tell whether a word that is spelled only much like a name may be that name, by the nations of the text."""
    return not nations or any(nations[systems[name].country] for name in mention.systems)


def _is_nickname(sentence: Sentence, mention: Mention, found: Sequence[Mention]) -> bool:
    """Tell another name of a system named before: "the R-36M2, which NATO calls Satan"."""
    lead = sentence.text[: mention.start - sentence.start]
    if any(
        lead[other.end - sentence.start :].strip() in {"(", "/", ", or"}
        for other in found
        if other.known and other.end <= mention.start
    ):
        return True  # "Jericho III (YA-4)", "Fateh-110 / M-600"
    nicknamed = any(other.start < mention.start for other in found) or _POINTS_BACK.match(lead)
    return _NICKNAME.search(lead) is not None and bool(nicknamed)


def _settled(mention: Mention, sentence: Sentence, systems: Mapping[str, System], nations: Counter[str]) -> Mention:
    """Choose among systems of one name by the nation that the sentence, or else the text, speaks of."""
    if len(mention.systems) < 2:  # noqa: PLR2004 - nothing to choose
        return mention
    near = Counter() if _NAMESAKE.search(sentence.text) else Counter(nations_in(sentence.text))
    best = max(mention.systems, key=lambda name: _weight(systems[name], near, nations, mention.text))
    return replace(mention, systems=(best,))


def _weight(system: System, near: Counter[str], far: Counter[str], text: str) -> tuple[int, int, int, int]:
    plain_name = text.casefold() in (system.name.casefold(), system.id)
    return near[system.country], far[system.country], int(plain_name), len(system.claims)


def _unknown(sentence: Sentence, known: Sequence[Mention]) -> list[Mention]:
    """Find names of missiles that neither the catalogue nor our list has."""
    found: list[Mention] = []
    for match in (match for pattern in _UNKNOWN for match in pattern.finditer(sentence.text)):
        start, end = match.start("name") + sentence.start, match.end("name") + sentence.start
        taken = any(mention.start < end and start < mention.end for mention in (*known, *found))
        if not taken and not _NOT_A_NAME.match(match["name"]):
            found.append(Mention(start, end, match["name"], ()))
    return found


def groups(sentence: Sentence, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Put names that "and", commas and slashes join into one group."""
    found: list[list[Mention]] = []
    for mention in mentions:
        last = found[-1][-1] if found else None
        if last and (_joins(sentence, last, mention) or _is_gloss(sentence, last, mention)):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _joins(sentence: Sentence, first: Mention, second: Mention) -> bool:
    return _JOINT.fullmatch(sentence.text, first.end - sentence.start, second.start - sentence.start) is not None


def _is_gloss(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Tell another name of the same thing: "the Khorramshahr-4, also known as Kheibar"."""
    between = sentence.text[first.end - sentence.start : second.start - sentence.start]
    same = first.systems == second.systems and first.known
    return same and bool(
        re.fullmatch(
            r"[\s,(\"]*(?:also |or |better )?(?:known as|called|dubbed|aka|named)?[\s,(\"]*(?:the\s+)?[\"]?", between
        )
    )


def joined_after(sentence: Sentence, named: Sequence[Mention], first: Mention) -> list[Mention]:
    """List the names that are joined to one, behind it."""
    group = next(group for group in groups(sentence, [m for m in named if m.start >= first.start]) if first in group)
    return group[1:]


def main_system(mentions: list[list[Mention]]) -> str | None:
    """Give the system that the text names first and that most of its names of known systems name."""
    named = [mention.systems[0] for found in mentions for mention in found if mention.known]
    if not named or named.count(named[0]) < MAIN_SHARE * len(named):
        return None
    return named[0]


def lead_system(mentions: list[list[Mention]]) -> str | None:
    """Give the system of the catalogue that the text names most, of several the one that it names first."""
    counted = Counter(mention.systems[0] for found in mentions for mention in found if mention.known)
    return counted.most_common(1)[0][0] if counted else None


def defined_system(sentences: Sequence[Sentence], mentions: list[list[Mention]]) -> str | None:
    """Give the system that the opening sentence defines, as an encyclopaedia does: "Agni-V is an Indian missile"."""
    for sentence, found in zip(sentences[:2], mentions, strict=False):
        if found and found[0].known and _DEFINES.match(sentence.text, found[0].end - sentence.start):
            return found[0].systems[0]
    return None


def home_nation(mentions: list[list[Mention]], systems: Mapping[str, System]) -> str | None:
    """Give the nation whose systems are named most."""
    counted = Counter(systems[mention.systems[0]].country for found in mentions for mention in found if mention.known)
    return counted.most_common(1)[0][0] if counted else None
