"""The little language of the cue tables: words with gaps, matched against the words just before or after a figure.

    altitude ~4        the word "altitude", then up to four words, then the figure
    range of ~~6       the same, and a comma may stand between the words
    from|off|of        one of these words
    lie[sd]?           a word as a regular expression
    $                  the figure stands right here (where a pattern would be found anywhere)

A gap never runs over the end of a clause (; or a closing bracket).

Most words of an article begin no pattern. Each word is therefore asked once whether it may begin one, and the answer is
kept (`Leading`); a long pattern is tried only where one of its stems stands in the text at all (`Gated`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rangemap.types import Quantity

_WORD = r"[\w'/%$€£–-]+(?:[.,][\w]+)*\.?"
_GAPS = {"~": rf"(?:{_WORD}[\s\"(]+)", "~~": rf"(?:{_WORD}[\s,\"()]+)"}
_LETTERS = re.compile(r"\w+")
_TOKEN = re.compile(r"(?<![\w-])[\w'-]+")


class Leading:
    """Patterns of words, one of which must lead up to a figure.

    Parameters
    ----------
    patterns
        In the language above; none begins with two words in one bracket.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._pattern = re.compile(rf"(?:{_bodies(patterns)})[\s\"(,:]*$", re.IGNORECASE)
        self._first = re.compile("|".join(_words(pattern)[0] for pattern in patterns), re.IGNORECASE)
        self._begins: dict[str, bool] = {}

    def search(self, before: str) -> bool:
        """Tell whether one of them leads up to the end of `before`."""
        begins = self._begins
        for start, token in _tokens(before):
            may = begins.get(token)
            if may is None:
                may = begins[token] = self._first.match(token) is not None
            if may and self._pattern.match(before, start):
                return True
        return False


@lru_cache(maxsize=16)
def _tokens(text: str) -> list[tuple[int, str]]:
    """List the words of a text with their offsets; the same few words are asked for by every table in turn."""
    return [(match.start(), match[0]) for match in _TOKEN.finditer(text)]


class Gated:
    """A regular expression that is tried only where one of its stems (small letters) stands in the text.

    Parameters
    ----------
    pattern
        The expression.
    stems
        Every match holds at least one of them.
    """

    def __init__(self, pattern: str, stems: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self.pattern = re.compile(pattern, flags)
        self._stems = tuple(stems.split("|"))

    def may(self, text: str) -> bool:
        """Tell whether a stem stands in a text."""
        low = text.lower()
        for stem in self._stems:  # noqa: SIM110 - a plain loop, for this is asked of every sentence
            if stem in low:
                return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first place in a text, as a compiled expression does."""
        return self.pattern.search(text) if self.may(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find all places in a text, as a compiled expression does."""
        return self.pattern.finditer(text) if self.may(text) else iter(())


class Starting:
    """A regular expression that is tried only at words that may open a match.

    Parameters
    ----------
    pattern
        The expression; every match of it begins at the start of a word.
    firsts
        What such words begin with.
    """

    def __init__(self, pattern: str, firsts: str, flags: int = re.IGNORECASE) -> None:
        self.pattern = re.compile(pattern, flags)
        self._first = re.compile(firsts, flags)
        self._opens: dict[str, bool] = {}

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find all places in a text, as a compiled expression does."""
        opens, position = self._opens, 0
        for start, word in _words_of(text):
            may = opens.get(word)
            if may is None:
                may = opens[word] = self._first.match(word) is not None
            if may and start >= position and (match := self.pattern.match(text, start)):
                position = match.end()
                yield match

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first place in a text, as a compiled expression does."""
        return next(self.finditer(text), None)


@lru_cache(maxsize=64)
def _words_of(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in _LETTERS.finditer(text)]


@cache
def compile_before(*patterns: str) -> Leading:
    """Compile patterns of words, one of which must lead up to a figure."""
    return Leading(patterns)


@cache
def compile_after(*patterns: str) -> re.Pattern[str]:
    """Compile patterns of words, one of which must follow a figure."""
    return re.compile(rf"[\s\",)-]*(?:{_bodies(patterns)})(?!\w)", re.IGNORECASE)


@cache
def compile_anywhere(*patterns: str) -> re.Pattern[str]:
    """Compile patterns of words, one of which may stand anywhere."""
    return re.compile(rf"(?<![\w-])(?:{_bodies(patterns)})", re.IGNORECASE)


def any_of(words: str) -> re.Pattern[str]:
    """Compile alternatives, spaces and all, that may stand anywhere."""
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


def gated(words: str, stems: str) -> Gated:
    """Compile alternatives that may stand anywhere, with the stems of which each holds one."""
    return Gated(rf"(?<![\w-])(?:{words})(?!\w)", stems)


def _bodies(patterns: Sequence[str]) -> str:
    return "|".join(_body(pattern) for pattern in patterns)


def _body(pattern: str) -> str:
    pieces: list[str] = []
    for word in _words(pattern):
        gap = re.fullmatch(r"(~+)(\d+)", word)
        if word == "$":
            pieces.append(r"[\s\"(,:]*$")
        elif gap:
            pieces.append(rf"{_GAPS[gap[1]]}{{0,{gap[2]}}}")
        else:
            pieces.append(rf"(?:{word})(?:'s)?(?:[\s,\"(:]+|$|(?=\W))")
    return "".join(pieces)


def _words(pattern: str) -> list[str]:
    """Cut a pattern at the spaces that stand outside of any bracket."""
    words, depth = [""], 0
    for letter in pattern:
        depth += (letter in "([") - (letter in ")]")
        if letter == " " and depth == 0:
            words.append("")
        else:
            words[-1] += letter
    return [word for word in words if word]


@dataclass(frozen=True)
class Rule:
    """One rule: the figure is a `quantity`, or no range at all (None), because of `reason`.

    `before` and `after` must both fit where both are given; `unless` must not be found before the figure.
    """

    reason: str
    quantity: Quantity | None = None
    before: tuple[str, ...] = field(default=())
    after: tuple[str, ...] = field(default=())
    unless: tuple[str, ...] = field(default=())

    @cached_property
    def _leading(self) -> Leading | None:
        return compile_before(*self.before) if self.before else None

    @cached_property
    def _following(self) -> re.Pattern[str] | None:
        return compile_after(*self.after) if self.after else None

    def fits(self, before: str, after: str) -> bool:
        """Tell whether the words around a figure fit the rule."""
        if self._leading and not self._leading.search(before):
            return False
        if self._following and not self._following.match(after):
            return False
        return not (self.unless and compile_anywhere(*self.unless).search(before))


class Table:
    """Rules read from the top: the first that fits decides.

    Parameters
    ----------
    rules
        In order.
    """

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    @cached_property
    def _led(self) -> Leading:
        return compile_before(*(pattern for rule in self.rules for pattern in rule.before))

    @cached_property
    def _followed(self) -> re.Pattern[str]:
        return compile_after(*(pattern for rule in self.rules for pattern in rule.after))

    def first(self, before: str, after: str) -> Rule | None:
        """Find the first rule that fits; most figures meet none, which one look at all patterns tells."""
        if not self._led.search(before) and not self._followed.match(after):
            return None
        return next((rule for rule in self.rules if rule.fits(before, after)), None)
