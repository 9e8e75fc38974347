"""Find systems by name and alias, however they are spelled.

Names are compared by a key: letters and digits only, transliterations folded (`FOLDS`), Roman numerals as digits.
"Khaybar-Shekan", "Kheibarshekan" and "Kheibar Shekan" share one key. A spelling in the catalogue wins over a folded one;
a fold that two systems share is used by neither ("Fateh" and "Fattah").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from rangemap.extract.spellings import (
    ALSO_CALLED,
    NOT_A_NAME,
    NOT_AFTER,
    NOT_BEFORE,
    OTHER_NAMES,
    ROMAN,
    TOWNS_AND_PEOPLE,
    WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rangemap.catalogue.models import System

FOLDS: tuple[tuple[str, str], ...] = (
    (r"^al(?=[a-z]{3})", "al"),
    (r"dsch|dj", "j"),
    (r"t?sch", "sh"),
    (r"kh", "k"),
    (r"gh|q", "k"),
    (r"ch", "sh"),
    (r"ph", "f"),
    (r"ou|oo|o", "u"),
    (r"ei|ai|ay|ey", "e"),
    (r"ee|y|i", "e"),
    (r"ae|a", "e"),
    (r"w", "v"),
    (r"([a-z])\1", r"\1"),
)
"""Transliteration folds, in order: what one writer spells so and another so."""
_FOLDS = tuple((re.compile(pattern), twin) for pattern, twin in FOLDS)


_Found: TypeAlias = "tuple[tuple[str, ...], bool]"
"""Systems of a name, and whether the name is sure."""
_SHORT = 3
LEAST_CONSONANTS = 5
"""Names with fewer consonants are not known by these alone."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A system named in a text: where, in which words, which systems of the catalogue (none if it has none).

    `sure` is False for a name that fits only with its transliteration folded: it may be another language's word, or
    another nation's missile (Pakistan's Fatah-II).
    """

    start: int
    end: int
    text: str
    systems: tuple[str, ...]
    sure: bool = True

    @property
    def known(self) -> bool:
        """Whether the catalogue has it."""
        return bool(self.systems)


class Lexicon:
    """All names of a catalogue, ready to be looked for.

    Parameters
    ----------
    systems
        The catalogue's systems by id.
    """

    def __init__(self, systems: Mapping[str, System]) -> None:
        self._exact: dict[str, tuple[str, ...]] = {}
        self._folded: dict[str, tuple[str, ...]] = {}
        self._skeletons: dict[str, tuple[str, ...]] = {}
        firsts = {re.split(r"[^A-Za-z]", name)[0] for name in OTHER_NAMES}
        for name in OTHER_NAMES:
            self._exact[key(name)] = ()
        for system in systems.values():
            for name in _names(system):
                firsts.add(re.split(r"[^A-Za-z]", name)[0])
                known = self._exact.get(key(name), ())
                self._exact[key(name)] = known if system.id in known else (*known, system.id)
        for exact, ids in self._exact.items():
            folded = fold(exact)
            self._folded[folded] = ids if self._folded.get(folded, ids) == ids else ()
            bones = skeleton(folded)
            self._skeletons[bones] = ids if self._skeletons.get(bones, ids) == ids else ()
        names = {*self._folded, *self._exact}
        self._starts = {name[:length] for name in names for length in range(1, 5)}
        self._shortest = {key(first) for first in firsts if len(first) <= _SHORT}
        self._bones = {bones[:3] for bones in self._skeletons if bones}
        self._may: dict[str, bool] = {}
        self._looked_up: dict[str, _Found | None] = {}
        self._longest = max((len(name) for name in self._exact), default=0)

    def find(self, text: str) -> Iterator[Mention]:
        """Find the systems named in a plain text, in order, the longest name at each place."""
        position = 0
        for match in _WORD.finditer(text):
            if match.start() < position or not self._may_start(match[0]):
                continue
            found = self._at(text, match.start())
            if found:
                position = found.end
                yield found
                for more in self._shorthand(text, found):
                    position = more.end
                    yield more

    def _may_start(self, word: str) -> bool:
        if word not in self._may:
            short = key(word)
            folded = fold(short)
            self._may[word] = (
                short in self._shortest
                or (len(short) >= _SHORT and (short[:4] in self._starts or folded[:4] in self._starts))
                or short.rstrip("s") in self._shortest
                or skeleton(folded)[:3] in self._bones
            )
        return self._may[word]

    def _at(self, text: str, start: int) -> Mention | None:
        parts = [match.end() for match in _PART.finditer(text, start, start + 40)]
        ends = [end for end in reversed(_joined(text, start, parts)) if _is_whole(text, end)]
        for look_up in (self._look_up, self._by_consonants):
            for end in ends:
                found = look_up(text[start:end])
                if found is not None:
                    return Mention(start, end, text[start:end], *found)
        return None

    def _look_up(self, name: str) -> _Found | None:
        """Look a name up, its own spelling first; every name is worked out once."""
        if name not in self._looked_up:
            self._looked_up[name] = self._by_letters(name)
        return self._looked_up[name]

    def _by_letters(self, name: str) -> _Found | None:
        exact = key(name)
        if len(exact) > self._longest + 3 or len(exact) < 3:  # noqa: PLR2004 - no name is shorter
            return None
        for variant in _variants(exact):
            if variant in self._exact:
                return self._exact[variant], True
        for variant in _variants(exact):
            folded = fold(variant)
            if ids := self._folded.get(folded):
                return ids, False
        return None

    def _by_consonants(self, name: str) -> _Found | None:
        ids = self._skeletons.get(skeleton(fold(key(name))))
        return (ids, False) if ids else None

    def _shorthand(self, text: str, first: Mention) -> Iterator[Mention]:
        """Read "Shahab-1, -2 and -3" and "Shahab-3/4" as several names."""
        stem = _NUMBERED.match(first.text)
        position = first.end
        while stem and (match := _SHORTHAND.match(text, position)):
            found = self._look_up(stem[1] + match["number"])
            if found is None:
                return
            yield Mention(match.start("number"), match.end("number"), f"{stem[1]}-{match['number']}", *found)
            position = match.end("number")


_STEM, _PIECE = re.compile(r"([a-z]*)(.*)"), re.compile(r"[a-z']+|\d+[a-z]*")
_VOWEL, _DIGIT, _NUMBERED = re.compile("[aeiou]"), re.compile(r"\d"), re.compile(r"(.+?)[\s-]?(\d)$")
_WORD = re.compile(r"(?<![\w-])(?:al-)?[A-Z][A-Za-zÀ-ÿ']*|(?<![\w-])[a-z]{4,}(?=[- ]?\d(?![\d,.]))")
_PART = re.compile(r"[A-Za-zÀ-ÿ]+(?:'(?!s\b)[A-Za-zÀ-ÿ]+)?|\d+[A-Za-z]{0,2}")
_SHORTHAND = re.compile(
    r"\s*(?:/|,|,?\s+(?:and|or|to)\s|&)\s*-?(?P<number>\d)(?![\d,.]*\d|\s*-?(?:km|kilo|mile|nautical|m\b|per|%))"
)


def _names(system: System) -> Iterator[str]:
    """Give every name of a system, the explanations in parentheses cut off."""
    for name in (system.name, *system.aliases, *ALSO_CALLED.get(system.id, ())):
        if name.lower() in NOT_A_NAME or re.search(
            r"\((?:Iranian designation|Iran)\)|\blimit\b|\bcap\b|type not", name
        ):
            continue
        for part in re.sub(r"\([^)]*\)", "", name).split(" / "):
            bare = part.strip(' "')
            if 0 < len(bare.split()) <= 3 and not bare.lower().endswith(("-type", "derivative")):  # noqa: PLR2004 - more are descriptions
                yield bare


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Reduce a name to letters and digits, Roman numerals as digits: "Jericho III" is "jericho3"."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    parts = _PIECE.findall(ascii_name)
    numeral = parts[-1].removesuffix("s") if parts and len(parts[-1]) > _SHORT - 1 else parts[-1] if parts else ""
    if len(parts) > 1 and numeral in ROMAN:
        parts[-1] = ROMAN[numeral]
    return "".join(parts).replace("'", "")


@lru_cache(maxsize=65536)
def fold(exact: str) -> str:
    """Fold the transliteration of a key: "shihab3" and "shahab3" become one."""
    stem = _STEM.match(exact)
    letters, rest = (stem[1], stem[2]) if stem else (exact, "")
    if len(letters) < 4:  # noqa: PLR2004 - short designations (DF, KN, Kh) are not transliterated
        return exact
    for pattern, twin in _FOLDS:
        letters = pattern.sub(twin, letters)
    return letters + rest


@lru_cache(maxsize=65536)
def skeleton(folded: str) -> str:
    """Give the consonants of a folded key with at least five of them, else nothing: "Zolfaghar" and "Zelfeqar" agree."""
    bones = _VOWEL.sub("", folded)
    return bones if len(_DIGIT.sub("", bones)) >= LEAST_CONSONANTS else ""


_VARIANT = re.compile(r"([a-z]{2,}\d+)(?:[a-z]|er|m)")


def _variants(exact: str) -> Iterator[str]:
    """Give the name itself, then without a plural s and without the letter of a variant ("Shahab-3B")."""
    yield exact
    if exact.endswith("s"):
        yield exact[:-1]
    if match := _VARIANT.fullmatch(exact):
        yield match[1]


_ONE_NAME = re.compile(r"[^\s,.;:()/\n]+(?:[ \n-][^\s,.;:()/\n-]+)*")


def _joined(text: str, start: int, ends: list[int]) -> list[int]:
    """Keep the ends that can be reached from `start` across hyphens and single spaces only, at most four parts."""
    kept: list[int] = []
    for end in ends[:4]:
        if text[start:end].endswith("'s"):
            continue
        if _ONE_NAME.fullmatch(text, start, end):
            kept.append(end)
    return kept


def _is_whole(text: str, end: int) -> bool:
    """Refuse a name that goes on ("Fateh" of "Fateh-360"), or whose number is a figure ("Shahab 3,000")."""
    after = text[end : end + 12]
    if _GOES_ON.match(after):
        return not _GOES_ON_SURELY.match(after)
    if text[end - 1].isdigit() and _IS_FIGURE.match(after):
        return False
    return not _APOSTROPHE.match(after)


_GOES_ON = re.compile(
    r"-?\d|[ -](?:\d+[A-Z]?\b(?![ -]*(?:km|kilo|mile|nautical|per|ballistic|cruise|missile|year|dollar|of|times)))|\w"
)
_GOES_ON_SURELY = re.compile(r"-\d|\w|[ ]\d+\b(?![,.]\d|[ -]*(?:km|kilo|mile|naut|mi\b|to|m\b))")
_IS_FIGURE = re.compile(r"[,.]\d{3}|[ -]*(?:km\b|kilomet|miles?\b|nautical)")
_APOSTROPHE = re.compile(r"'\w(?!\b)")


def is_plausible(mention: Mention, sentence: str, offset: int, *, weapon_near: bool, weapon_somewhere: bool) -> bool:
    """Tell a missile from the town, person or paper of the same name."""
    before, after = sentence[: mention.start - offset], sentence[mention.end - offset :]
    if NOT_BEFORE.match(after):
        return False
    if _WEAPON_BEHIND.match(after):
        return True
    name = key(mention.text)
    if name in WORDS:
        return weapon_somewhere or _ARTICLE.search(before) is not None
    if name not in TOWNS_AND_PEOPLE:
        return True
    if NOT_AFTER.search(before) or re.match(r"\s+[A-Z][a-z]+ (?:said|told)", after):
        return False
    return weapon_near or (weapon_somewhere and _ARTICLE.search(before) is not None)


_WEAPON_BEHIND = re.compile(
    r"\"?\s+(?:(?:[\w-]+-range|naval|anti-ship|cruise|ballistic|hypersonic)\s+){0,3}(?:missiles?|rockets?)\b"
)
_ARTICLE = re.compile(r"\b(?:the|its|an?|their|new|older|newer)\s+\"?$", re.IGNORECASE)
