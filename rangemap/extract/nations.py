"""Whose missile: the names and adjectives of nations, and the catalogue's entries for a nation's missiles at large."""

from __future__ import annotations

import re
from functools import lru_cache

from rangemap.extract.patterns import Gated

NATION_WORDS: dict[str, str] = {
    "IRN": r"Iran(?:ian)?s?|Tehran|Islamic Republic|Revolutionary Guards?|IRGC|Khamenei",
    "PRK": r"North Korean?s?|Pyongyang|DPRK|Kim Jong Un|Korean People's Army",
    "ISR": r"Israel(?:i)?s?|Tel Aviv|Jerusalem",
    "USA": r"United States|U\.?S\.?A?|Americans?|Washington|Pentagon",
    "CHN": r"China|Chinese|Beijing|PLA|Rocket Force",
    "RUS": r"Russian?s?|Moscow|Kremlin|Soviets?",
    "IND": r"Indian?s?|New Delhi",
    "PAK": r"Pakistan(?:i)?s?|Islamabad",
    "IRQ": r"Iraq(?:i)?s?|Baghdad|Saddam",
    "YEM": r"Houthis?|Yemen(?:i)?s?|Ansar Allah|Sana'?a",
    "KOR": r"South Korean?s?|Seoul",
    "GBR": r"Britain|British|U\.?K\.?|London",
    "FRA": r"France|French|Paris",
    "TUR": r"Turkey|Turkish|Türkiye|Ankara",
    "UKR": r"Ukrain(?:e|ian)s?|Kyiv",
    "SAU": r"Saudi(?: Arabia)?s?|Riyadh",
    "LBN": r"Hezbollah|Leban(?:on|ese)",
}
"""Words that name a nation's hand behind a missile."""

_NATION = re.compile(r"\b(?:" + "|".join(rf"(?P<{code}>{words})" for code, words in NATION_WORDS.items()) + r")\b")

_OWN = r"(?:Iran's|Iranian|Tehran's|the Islamic Republic's|its|their|our|the country's|Iran(?:'s)? has)"
_KIND = r"(?:(?:[\w-]+)\s+){0,5}"

GENERIC: tuple[tuple[str, str, Gated, str], ...] = (
    (
        "iran-icbm-claimed",
        "IRN",
        Gated(
            r"\b(?:ICBMs?|intercontinental(?:[- ]range)?(?:\s+\w+)?\s+(?:missiles?|rockets?|weapons?)|(?:build|develop|want|work|seek|pursu)\w* (?:on |for )?(?:[\w-]+ ){0,2}missile(?:s| capabilities) \"?(?:(?:that|which)(?: (?:will|would|could|can)(?: soon| one day)?|\s*$)|to (?:strike|hit|reach))|(?<!no )(?<!any )missiles? (?:that (?:can|could)|capable of|able to) (?:reach|hit|strik)\w* the (?:continental )?(?:United States|U\.?S\b|American))\b",
            "icbm|united states|american|us|u.s|intercontinental|build|develop|want|work|seek|pursu",
            re.NOFLAG,
        ),
        "a future intercontinental missile of Iran",
    ),
    (
        "iran-arsenal-max",
        "IRN",
        Gated(
            rf"\b{_OWN}\s+{_KIND}(?:missiles|arsenal|inventory|rockets|missile (?:arsenal|program(?:me)?|force|forces|capabilit(?:y|ies)|inventory))\b"
            r"|\b(?:ballistic |cruise )?missiles (?:of|(?:made|built|manufactured) (?:in|by)|that) Iran\b|\b(?:any|no|every) missiles? of (?:Iran|the Islamic Republic)\b|\bIranian\s+(?:ballistic |cruise )?missiles\b|\b(?:any|no) (?:of Iran's|Iranian) (?:ballistic )?missiles?\b|\bmissiles? (?:(?:currently |now )?in (?:Iran's|(?:the )?Iranian) (?:\w+ ){0,2}(?:arsenal|forces?|inventory|stocks?|service|hands)|(?:that )?Iran (?:has|possesses|owns))\b"
            r"|\bIran (?:has|holds|possesses|owns|fields|maintains|already has)\s+(?:[\w-]+\s+){0,8}missiles\b|\b(?:Iran|Tehran|[Tt]he Islamic Republic) (?:currently |already |now |still )?(?:ha[sd]|possess(?:es)?|owns|fields) (?:a|any|no|nothing) (?:[\w-]+ ){0,2}missiles?\b"
            r"|\b(?:Iran|Tehran|[Tt]he Islamic Republic|Iranians) (?:currently |already |now |still )?(?:ha[sd]|have|possess(?:es|ed)?|own(?:s|ed)?|field(?:s|ed)?) (?:[\w-]+ ){0,2}missiles? (?=with|of|that|capable)"
            r"|\b[Ww]e (?:do not |don't )?(?:have|possess) (?:no |any )?(?:[\w-]+ ){0,2}missiles? (?=with|of|that|capable)"
            r"|\b(?:Iran's|the country's|its) (?:longest-ranged?|most powerful|farthest-flying) (?:[\w-]+\s+){0,2}missiles?\b"
            r"|\b[Tt]he longest-ranged? (?:ballistic )?(?:missiles?|systems?|types?)\b|\b[Nn]othing in (?:the|its|Iran's) (?:inventory|arsenal)\b|\b(?:Iran|Tehran|[Tt]he Islamic Republic) (?:has nothing|(?:does not|doesn't) have anything)(?: today| yet| now)? (?=that|to|with)|\b(?:nothing|anything)(?: else)? (?:that )?(?:Iran|Tehran|the Islamic Republic) (?:has|is known to have|owns|possesses|fields)\b",
            "missile|arsenal|inventory|rocket|longest-range|nothing|anything",
            re.NOFLAG,
        ),
        "Iran's missiles at large",
    ),
)
"""Catalogue entry, nation, the words that mean it, and what it is in words."""

EVENTS: tuple[tuple[str, str, str, float], ...] = (("iran-march-2026-irbm", "IRN", "Diego Garcia", 2_800.0),)
"""Catalogue entry of a missile that is known by what happened, its nation, the place, and the least figure said of it."""

ARSENALS = {nation: entry for entry, nation, *_ in GENERIC if entry.endswith("-arsenal-max")}
"""Catalogue entry of all missiles of a nation."""

LIMIT_ENTRIES: dict[str, str] = {"IRN": "iran-declared-limit"}
"""Catalogue entry of a nation's own limit."""


@lru_cache(maxsize=65536)
def nations_in(text: str) -> tuple[str, ...]:
    """List the nations that a text names, in order, repetitions kept."""
    return tuple(match.lastgroup for match in _NATION.finditer(text) if match.lastgroup)


def nearest_nation(before: str) -> str | None:
    """Give the nation named last in the words before."""
    found = nations_in(before)
    return found[-1] if found else None
