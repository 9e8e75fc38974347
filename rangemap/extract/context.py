"""What a sentence leaves to its surroundings: the heading above it, the family whose first, second and third it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rangemap.catalogue.models import System
    from rangemap.extract.names import Mention
    from rangemap.extract.text import Sentence

LONGEST_HEADING = 60
"""A line of more letters is no heading."""
MEMORY = 4
"""For how many sentences a family is remembered."""

_ENDS_LIKE_TEXT = re.compile(r"[.!?,;:|\"]\s*$|\d\s*(?:km|mi|kilomet|miles?\b|m\b)")
_BETWEEN_NAMES = re.compile(r"(?:\s|and|the|[,/&.\"])*", re.IGNORECASE)
_MEMBERS = re.compile(
    r"\b(?:generations?|versions?|variants?|models?|family|members|types|series|missiles|stages of development)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"^[\"' ]*(?:[Tt]he|[Ii]ts|[Aa])\s+(?P<which>first|second|third|fourth|fifth)\b(?! (?:stage|time|test|launch|flight|half|day))"
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def headings(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[tuple[Mention, ...]]:
    """Note for each sentence the systems whose names head its section, or its paragraph ("Ya Ali. Shown in 2014; 700 km")."""
    section: tuple[Mention, ...] = ()
    paragraph: tuple[Mention, ...] = ()
    noted: list[tuple[Mention, ...]] = []
    for index, sentence in enumerate(sentences):
        named = tuple(mentions[index])
        if _is_heading(sentences, index):
            section = named[:1]
        if sentence.opens_paragraph:
            paragraph = named if _is_label(sentence, named) else ()
        noted.append(paragraph or section)
    return noted


def _is_label(sentence: Sentence, named: Sequence[Mention]) -> bool:
    """Tell a sentence that is nothing but names at the head of its paragraph."""
    rest = sentence.text
    for mention in named:
        rest = rest.replace(mention.text, "")
    return bool(named) and all(mention.known for mention in named) and _BETWEEN_NAMES.fullmatch(rest) is not None


def _is_heading(sentences: Sequence[Sentence], index: int) -> bool:
    sentence = sentences[index]
    alone = index + 1 == len(sentences) or sentences[index + 1].opens_paragraph
    short = len(sentence.text) <= LONGEST_HEADING and not _ENDS_LIKE_TEXT.search(sentence.text)
    return sentence.opens_paragraph and alone and short


def of_family(index: int, sentences: Sequence[Sentence], systems: Mapping[str, System]) -> str | None:
    """Follow "The third …" at the head of sentence `index` to the third of the family named shortly before."""
    match = _ORDINAL.match(sentences[index].text)
    if match is None:
        return None
    near = " ".join(sentence.text for sentence in sentences[max(0, index - MEMORY) : index])
    number = _NUMBERS[match["which"]]
    members = [name for name in systems if name.endswith(f"-{number}")] if _MEMBERS.search(near) else []
    named = [name for name in members if re.search(rf"\b{name.rpartition('-')[0]}\b", near, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None


def new_thing(text: str) -> bool:
    """Tell whether a sentence brings in a missile without a name."""
    return bool(
        re.search(
            r"\b(?:[Aa]|[Aa]n|[Aa]nother)\s+(?:new|second|third|different|unnamed|previously unseen)\s+(?:[\w-]+\s+){0,3}(?:missile|rocket|weapon)\b"
            r"|\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal)\s+(?:[a-z-]+\s+){0,2}(?:missiles|rockets)\s+(?:flew|were|was|fell|hit|crossed|rose|came|passed|landed)\b",
            text,
        )
    )
