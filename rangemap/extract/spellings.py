"""How names of systems are spelled, which of them are words besides, and what systems the catalogue lacks: tables."""

from __future__ import annotations

import re

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
    "hwasong-14": ("Hwasongpho-14",),
    "hwasong-15": ("Hwasongpho-15",),
    "hwasong-17": ("Hwasongpho-17",),
    "musudan": ("BM-25 Musudan",),
}
"""Spellings beyond the catalogue's own names and aliases; ignored where the catalogue lacks the system."""

NOT_A_NAME = frozenset(
    {"trust", "iris", "phoenix", "conqueror", "volcano-1", "meteor-3", "east wind", "iran's missiles"}
)
"""Aliases that are ordinary words, or are handled elsewhere: never looked for."""

TOWNS_AND_PEOPLE = frozenset([
    "dezful", "paveh", "soumar", "sumar", "noor", "nour", "emad", "imad", "khorramshahr", "khoramshahr", "abumahdi",
    "martyrabumahdi", "hajqasem", "hajqassem", "hajjqassem", "hajjqasem", "martyrqassemsoleimani", "etemad",
    "simorgh", "sarmat", "martyrhajqasem", "yaali", "musudan",
])  # fmt: skip
"""Names that are also towns, people or papers: they need a weapon word close by, or "the" before them."""

WORDS = frozenset([
    "fateh", "fattah", "ghader", "qader", "qadir", "zolfaghar", "zolfaqar", "zulfiqar", "kheibar", "khaybar",
    "qiam", "qiyam", "qadr", "kadr",
])  # fmt: skip
"""Names that are also words: they need a weapon word somewhere in the text."""

NOT_AFTER = re.compile(
    r"(?:\b(?:in|near|city of|town of|port of|port city of|province of|(?:mr|mrs|ms|dr|gen|general|commander|martyr)\.?(?: \w+)?)|newspaper|agency|daily)\s+$",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    r"\s+(?:city|port|province|county|town|airport|news|newspaper|daily|agency|refinery|dam|street|base|University"
    r"|al-Muhandis|Mughniyeh|Mughniyah|Soleimani)\b|\s*-?\s*(?:news)\b"
)

OTHER_NAMES = [
    "Tomahawk", "Iskander-M", "Iskander", "ATACMS", "HIMARS", "Patriot", "THAAD", "Arrow-3", "Arrow-2",
    "Storm-Shadow", "SCALP", "Taurus", "Trident", "Bulava", "Topol", "Topol-M", "Yars", "Kalibr", "Kinzhal",
    "Zircon", "Avangard", "Burevestnik", "Shahed-136", "Shahed-131", "Shahed-129", "Shahed-149", "Arash-2",
    "Mohajer-6", "Mohajer-10", "Hyunmoo", "Hyunmoo-3", "Hyunmoo-5", "BrahMos", "Nirbhay", "Prithvi", "Prithvi-II",
    "Agni-I", "Agni-II", "Agni-III", "Agni-IV", "Agni-P", "Ghauri", "Ghaznavi", "Babur", "Hatf", "Abdali", "Ababeel",
    "Shaheen-I", "Shaheen-II", "Ra'ad", "DF-26", "DF-17", "DF-15", "DF-11", "DF-31", "DF-31A", "DF-31AG", "DF-61",
    "JL-2", "JL-3", "CJ-10", "CJ-20", "HQ-9", "Hwasong-5", "Hwasong-6", "Hwasong-8", "Hwasong-9", "Hwasong-11",
    "Hwasong-12", "Hwasong-16", "Hwasong-18", "Hwasong-19", "Hwasong-20", "KN-23", "KN-24", "KN-25", "Pukguksong-1",
    "Pukguksong-2", "Taepodong", "Taepodong-1", "Taepodong-2", "Unha-3", "Badr-1", "Samad-2", "Samad-3", "Quds-1",
    "Quds-2", "Toufan", "Toofan", "Tufan", "Tankil", "Asef", "Karar", "Karrar", "Rezvan", "Raad-500", "Fateh-360", "Fateh-450",
    "Fateh-1001", "Fateh-Mobin", "Fath-360", "Zelzal-4", "Burkan-3", "Burkan-2", "Khalij-Fars", "Zoljanah", "Qased",
    "Safir", "Ghaem-100", "Qaem-100", "Kowsar", "Nasr", "Zafar", "Nasir", "Meshkat", "Tondar-69", "Scud", "Scud-C",
    "Scud-D", "Frog-7", "Luna-M", "Shahab-5", "Shahab-6", "Shahab", "Ashoura", "Jericho-IV", "Popeye", "Delilah",
    "LORA", "Rampage", "Gabriel", "Harpoon", "Exocet", "S-300", "S-400", "S-500", "Bavar-373", "Khordad-15",
    "Sayyad-4", "Iron-Dome", "David's-Sling", "SM-3", "SM-6", "Dark-Eagle", "PrSM", "JASSM", "JASSM-ER", "Bora",
    "Tayfun", "Khan", "SOM", "Atmaca", "Typhon", "Poseidon", "Satan", "R-29RMU", "Sineva", "Kh-101", "Kh-22",
    "Kh-47M2", "Dongfeng", "Pershing-II", "SS-20", "Minuteman", "Minuteman-II", "Peacekeeper", "Sentinel", "LGM-35",
    "Tu-95", "B-2", "B-52", "F-35", "F-16", "Su-35", "MiG-31", "ALCM", "V-2", "Sumar-2", "Ya-Zahra", "Talaeiyeh",
    "Jask-2", "Heidar-1", "Qods-1",
]  # fmt: skip
"""Names of other systems: a figure said of one of them is nobody's in the catalogue."""
NAMED_BESIDE = {"ghadir": "ghader"}
"""Spellings of one system that, where its own name stands beside them, are another's: "Ghader and Ghadir"."""
INTERCEPTORS = frozenset([
    "Patriot", "THAAD", "Arrow-3", "Arrow 3", "Arrow-2", "Arrow 2", "Iron Dome", "Iron-Dome", "David's Sling", "S-300", "S-400",
    "S-500", "Bavar-373", "Khordad-15", "Sayyad-4", "SM-3", "SM-6", "Barak MX", "Barak", "HQ-9",
])  # fmt: skip
"""Systems of these that bring others down: how far they defend is no reach."""
