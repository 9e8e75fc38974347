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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rangemap.catalogue.models import System

FOLDS: tuple[tuple[str, str], ...] = (
    (r"^al(?=[a-z]{3})", "al"),
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

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}

ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "ghadr": ("Ghadr-H", "Ghadr-F", "Ghadr-101", "Qadr-110", "Qadr-1", "Ghadr 110"),
    "haj-qasem": ("Haj Qassem", "Hajj Qasem", "Haj Ghasem", "Martyr Haj Qasem"),
    "sejjil": ("Sejjil-1", "Sejil-1", "Sajjil-2"),
    "hoveyzeh": ("Hoveizeh", "Howeizeh", "Hoveize"),
    "nodong": ("Nodong-1", "No-dong-1", "Rodong"),
    "scud-b": ("Scud B",),
    "df-3a": ("DF-3",),
    "jericho-3": ("Jericho 3",),
    "minuteman-3": ("Minuteman 3",),
    "agni-5": ("Agni V",),
    "sarmat": ("Sarmat", "RS-28"),
    "r-36m2": ("R-36M2", "R-36M", "SS-18", "Voevoda", "Voyevoda"),
    "fattah-1": ("Fattah-1",),
    "khorramshahr-4": ("Khorramshahr-4",),
    "palestine-2": ("Palestine 2", "Palestine-2 hypersonic"),
    "burkan-2h": ("Burkan H-2", "Burkan H2", "Borkan-2H", "Borkan H2"),
    "burkan-1": ("Borkan-1",),
    "musudan": ("BM-25 Musudan",),
}
"""Spellings beyond the catalogue's own names and aliases; ignored where the catalogue lacks the system."""

NOT_A_NAME = frozenset(
    {"trust", "iris", "phoenix", "conqueror", "volcano-1", "meteor-3", "east wind", "iran's missiles"}
)
"""Aliases that are ordinary words, or are handled elsewhere: never looked for."""

TOWNS_AND_PEOPLE = frozenset(
    [
        "dezful",
        "paveh",
        "soumar",
        "sumar",
        "noor",
        "nour",
        "emad",
        "imad",
        "khorramshahr",
        "khoramshahr",
        "abumahdi",
        "martyrabumahdi",
        "hajqasem",
        "hajqassem",
        "hajjqassem",
        "hajjqasem",
        "martyrqassemsoleimani",
        "etemad",
        "simorgh",
        "sarmat",
        "martyrhajqasem",
        "yaali",
        "musudan",
    ]
)
"""Names that are also towns, people or papers: they need a weapon word close by, or "the" before them."""

WORDS = frozenset(
    [
        "fateh",
        "fattah",
        "ghader",
        "qader",
        "qadir",
        "zolfaghar",
        "zolfaqar",
        "zulfiqar",
        "kheibar",
        "khaybar",
        "qiam",
        "qiyam",
        "qadr",
        "kadr",
    ]
)
"""Names that are also words: they need a weapon word somewhere in the text."""

NOT_AFTER = re.compile(
    r"(?:\b(?:in|near|city of|town of|port of|port city of|province of|(?:mr|mrs|dr|gen|general|commander|martyr)\.?)|newspaper|agency|daily)\s+$",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    r"\s+(?:city|port|province|county|town|airport|news|newspaper|daily|agency|refinery|dam|street|base|University"
    r"|al-Muhandis|Mughniyeh|Mughniyah|Soleimani)\b|\s*-?\s*(?:news)\b"
)

OTHER_NAMES = [
    "Tomahawk",
    "Iskander-M",
    "Iskander",
    "ATACMS",
    "HIMARS",
    "Patriot",
    "THAAD",
    "Arrow-3",
    "Arrow-2",
    "Storm-Shadow",
    "SCALP",
    "Taurus",
    "Trident",
    "Bulava",
    "Topol",
    "Topol-M",
    "Yars",
    "Kalibr",
    "Kinzhal",
    "Zircon",
    "Avangard",
    "Burevestnik",
    "Shahed-136",
    "Shahed-131",
    "Shahed-129",
    "Shahed-149",
    "Arash-2",
    "Mohajer-6",
    "Mohajer-10",
    "Hyunmoo",
    "Hyunmoo-3",
    "Hyunmoo-5",
    "BrahMos",
    "Nirbhay",
    "Prithvi",
    "Prithvi-II",
    "Agni-I",
    "Agni-II",
    "Agni-III",
    "Agni-IV",
    "Agni-P",
    "Ghauri",
    "Babur",
    "Hatf",
    "Abdali",
    "Ababeel",
    "Shaheen-I",
    "Shaheen-II",
    "Ra'ad",
    "DF-26",
    "DF-17",
    "DF-15",
    "DF-11",
    "DF-31",
    "DF-31A",
    "DF-31AG",
    "DF-61",
    "JL-2",
    "JL-3",
    "CJ-10",
    "CJ-20",
    "HQ-9",
    "Hwasong-5",
    "Hwasong-6",
    "Hwasong-8",
    "Hwasong-9",
    "Hwasong-11",
    "Hwasong-12",
    "Hwasong-16",
    "Hwasong-18",
    "Hwasong-19",
    "Hwasong-20",
    "KN-23",
    "KN-24",
    "KN-25",
    "Pukguksong-1",
    "Pukguksong-2",
    "Taepodong",
    "Taepodong-1",
    "Taepodong-2",
    "Unha-3",
    "Badr-1",
    "Samad-2",
    "Samad-3",
    "Quds-1",
    "Quds-2",
    "Toufan",
    "Tankil",
    "Asef",
    "Karar",
    "Karrar",
    "Rezvan",
    "Raad-500",
    "Fateh-360",
    "Fateh-450",
    "Fateh-1001",
    "Fateh-Mobin",
    "Fath-360",
    "Zelzal-4",
    "Burkan-3",
    "Burkan-2",
    "Khalij-Fars",
    "Zoljanah",
    "Qased",
    "Safir",
    "Ghaem-100",
    "Qaem-100",
    "Kowsar",
    "Nasr",
    "Zafar",
    "Nasir",
    "Meshkat",
    "Tondar-69",
    "Scud",
    "Scud-C",
    "Scud-D",
    "Frog-7",
    "Luna-M",
    "Shahab-5",
    "Shahab-6",
    "Shahab",
    "Ashoura",
    "Jericho-IV",
    "Popeye",
    "Delilah",
    "LORA",
    "Rampage",
    "Gabriel",
    "Harpoon",
    "Exocet",
    "S-300",
    "S-400",
    "S-500",
    "Bavar-373",
    "Khordad-15",
    "Sayyad-4",
    "Iron-Dome",
    "David's-Sling",
    "SM-3",
    "SM-6",
    "Dark-Eagle",
    "PrSM",
    "JASSM",
    "JASSM-ER",
    "Bora",
    "Tayfun",
    "Khan",
    "SOM",
    "Atmaca",
    "Typhon",
    "Poseidon",
    "Satan",
    "R-29RMU",
    "Sineva",
    "Kh-101",
    "Kh-22",
    "Kh-47M2",
    "Dongfeng",
    "Pershing-II",
    "SS-20",
    "Minuteman",
    "Minuteman-II",
    "Peacekeeper",
    "Sentinel",
    "LGM-35",
    "Tu-95",
    "B-2",
    "B-52",
    "F-35",
    "F-16",
    "Su-35",
    "MiG-31",
    "ALCM",
    "V-2",
    "Sumar-2",
    "Ya-Zahra",
    "Talaeiyeh",
    "Jask-2",
    "Heidar-1",
    "Qods-1",
]
"""Names of other systems: a figure said of one of them is nobody's in the catalogue."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A system named in a text: where, in which words, which systems of the catalogue (none if it has none)."""

    start: int
    end: int
    text: str
    systems: tuple[str, ...]

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
        for name in OTHER_NAMES:
            self._exact[key(name)] = ()
        for system in systems.values():
            for name in _names(system):
                known = self._exact.get(key(name), ())
                self._exact[key(name)] = known if system.id in known else (*known, system.id)
        for exact, ids in self._exact.items():
            folded = fold(exact)
            self._folded[folded] = ids if self._folded.get(folded, ids) == ids else ()
        ends = {re.sub(r"[a-z]+$|\d+[a-z]*$", "", folded) for folded in self._folded}
        self._starts = {name[:3] for name in (*self._folded, *self._exact, *ends) if name}
        self._may: dict[str, bool] = {}
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
            self._may[word] = len(short) < 3 or short[:3] in self._starts or fold(short)[:3] in self._starts  # noqa: PLR2004 - "DF", "R"
        return self._may[word]

    def _at(self, text: str, start: int) -> Mention | None:
        ends = [match.end() for match in _PART.finditer(text, start, start + 40)]
        for end in reversed(_joined(text, start, ends)):
            ids = self._look_up(text[start:end])
            if ids is not None and _is_whole(text, start, end):
                return Mention(start, end, text[start:end], ids)
        return None

    def _look_up(self, name: str) -> tuple[str, ...] | None:
        exact = key(name)
        if len(exact) > self._longest + 3 or len(exact) < 3:  # noqa: PLR2004 - no name is shorter
            return None
        for variant in _variants(exact):
            if variant in self._exact:
                return self._exact[variant]
        for variant in _variants(exact):
            if ids := self._folded.get(fold(variant)):
                return ids
        return None

    def _shorthand(self, text: str, first: Mention) -> Iterator[Mention]:
        """Read "Shahab-1, -2 and -3" and "Shahab-3/4" as several names."""
        stem = re.match(r"(.+?)[\s-]?(\d)$", first.text)
        position = first.end
        while stem and (match := _SHORTHAND.match(text, position)):
            ids = self._look_up(stem[1] + match["number"])
            if ids is None:
                return
            yield Mention(match.start("number"), match.end("number"), f"{stem[1]}-{match['number']}", ids)
            position = match.end("number")


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
    parts = re.findall(r"[a-z']+|\d+[a-z]*", ascii_name)
    if len(parts) > 1 and parts[-1] in ROMAN:
        parts[-1] = ROMAN[parts[-1]]
    return "".join(parts).replace("'", "")


@lru_cache(maxsize=65536)
def fold(exact: str) -> str:
    """Fold the transliteration of a key: "shihab3" and "shahab3" become one."""
    stem = re.match(r"([a-z]*)(.*)", exact)
    letters, rest = (stem[1], stem[2]) if stem else (exact, "")
    if len(letters) < 4:  # noqa: PLR2004 - short designations (DF, KN, Kh) are not transliterated
        return exact
    for pattern, twin in FOLDS:
        letters = re.sub(pattern, twin, letters)
    return letters + rest


def _variants(exact: str) -> Iterator[str]:
    """Give the name itself, then without a plural s and without the letter of a variant ("Shahab-3B")."""
    yield exact
    if exact.endswith("s"):
        yield exact[:-1]
    if match := re.fullmatch(r"([a-z]{2,}\d+)(?:[a-z]|er|m)", exact):
        yield match[1]


def _joined(text: str, start: int, ends: list[int]) -> list[int]:
    """Keep the ends that can be reached from `start` across hyphens and single spaces only, at most four parts."""
    kept: list[int] = []
    for end in ends[:4]:
        if text[start:end].endswith("'s"):
            continue
        if re.fullmatch(r"[^\s,.;:()/\n]+(?:[ \n-][^\s,.;:()/\n-]+)*", text[start:end]):
            kept.append(end)
    return kept


def _is_whole(text: str, start: int, end: int) -> bool:
    """Refuse a name that goes on ("Fateh" of "Fateh-360"), or whose number is a figure ("Shahab 3,000")."""
    after = text[end : end + 12]
    if re.match(
        r"-?\d|[ -](?:\d+[A-Z]?\b(?![ -]*(?:km|kilo|mile|nautical|per|ballistic|cruise|missile|year|dollar|of|times)))|\w",
        after,
    ):
        return not re.match(r"-\d|\w|[ ]\d+\b(?![,.]\d|[ -]*(?:km|kilo|mile|naut|mi\b|to|m\b))", after)
    if text[start:end][-1].isdigit() and re.match(r"[,.]\d{3}|[ -]*(?:km\b|kilomet|miles?\b|nautical)", after):
        return False
    return not re.match(r"'\w(?!\b)", after)


def is_plausible(mention: Mention, sentence: str, offset: int, *, weapon_near: bool, weapon_somewhere: bool) -> bool:
    """Tell a missile from the town, person or paper of the same name."""
    before, after = sentence[: mention.start - offset], sentence[mention.end - offset :]
    if NOT_BEFORE.match(after):
        return False
    name = key(mention.text)
    if name in WORDS:
        return weapon_somewhere or _ARTICLE.search(before) is not None
    if name not in TOWNS_AND_PEOPLE:
        return True
    if NOT_AFTER.search(before) or re.match(r"\s+[A-Z][a-z]+ (?:said|told)", after):
        return False
    return weapon_near or (weapon_somewhere and _ARTICLE.search(before) is not None)


_ARTICLE = re.compile(r"\b(?:the|its|an?|their|new|older|newer)\s+\"?$", re.IGNORECASE)
