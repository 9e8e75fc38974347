"""The languages of the page: words from message files, plural forms, numbers, lists and dates as each writes them.

A message file (`messages/LANG.toml`) is data: tables of patterns with `{name}` to be filled in. Plural categories and
country names come from the Unicode CLDR by way of Babel, which is asked only where a language other than English is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from rangemap.errors import UnknownNameError
from rangemap.units import KM_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from babel import Locale

Message: TypeAlias = str | dict[str, str]
"""A pattern, or patterns by plural form."""

CODES = ("en", "fr", "de", "ar", "fa")
"""The languages that have a message file; English is the reference."""

_BLANK = re.compile(r"\{(\w+)\}")
_LOOSE = {"XKX": "XK", "KOS": "XK"}
"""Countries of the base map whose code CLDR doesn't know by three letters."""


def language(code: str) -> Language:
    """Return a language by its code: "en", "fr", "de", "ar", "fa".

    Raises
    ------
    UnknownNameError
        If there is no message file for it.
    """
    if code not in CODES:
        near = get_close_matches(code.casefold()[:2], CODES, n=1, cutoff=0.5)
        raise UnknownNameError("language", code, suggestions=near, remedy=f"there are {', '.join(CODES)}")
    return _read(code)


@cache
def _read(code: str) -> Language:
    tables = tomllib.loads((files("rangemap") / "messages" / f"{code}.toml").read_text(encoding="utf-8"))
    about = tables.pop("language")
    return Language(code=code, about=about, messages=dict(_flat(tables)))


def _flat(tables: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Message]]:
    """Flatten nested tables to dotted keys; a table with an `other` form is one message."""
    found: list[tuple[str, Message]] = []
    for name, value in tables.items():
        if isinstance(value, dict) and "other" not in value:
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", value))
    return found


@dataclass(frozen=True, eq=False)
class Language:
    """One language: what it is called, how it writes, and its messages by key."""

    code: str
    about: Mapping[str, Any]
    messages: Mapping[str, Message]

    @property
    def direction(self) -> str:
        """Return "ltr" or "rtl"."""
        return str(self.about["direction"])

    def say(self, key: str, number: int | None = None, /, **words: object) -> str:
        """Fill in the message `key`.

        Parameters
        ----------
        number
            Picks the plural form, and stands for `{n}` (digits) and `{n_word}` (in words, where there are any).
        words
            What the other blanks stand for.
        """
        return fill(self.pattern(key, number), self.blanks(number, words))

    def pattern(self, key: str, number: int | None = None) -> str:
        """Return the pattern of a message, in the plural form that `number` takes."""
        message = self.messages[key]
        if isinstance(message, str):
            return message
        if number is None:
            return message["other"]
        return message.get(str(number)) or message.get(self._category(number)) or message["other"]

    def blanks(self, number: int | None, words: Mapping[str, object]) -> dict[str, object]:
        """Return all that a pattern may want filled in."""
        return dict(words) if number is None else {"n": self.number(number), "n_word": self.word(number), **words}

    def number(self, value: float) -> str:
        """Write a whole number with this language's digits and grouping: "1,300", "1 300", "۱٬۳۰۰"."""
        return self.digits(f"{value:,.0f}".replace(",", self.about["group"]))

    def digits(self, text: str) -> str:
        """Replace the digits 0 to 9 by this language's own."""
        return text.translate(self._digits)

    def word(self, number: int) -> str:
        """Write a small number in words where the language file has them, else in digits."""
        words: Sequence[str] = self.about["numbers"]
        return words[number] if number < len(words) else self.number(number)

    def km(self, value: float) -> str:
        """Write a distance in kilometres: "1,300 km"."""
        return self.say("number.measure", n=self.number(value), unit=self.say("unit.km"))

    def span(self, low_km: float, high_km: float) -> str:
        """Write two distances with one unit: "750 to 1,300 km"."""
        both = self.say("number.span", a=self.number(low_km), b=self.number(high_km))
        return self.say("number.measure", n=both, unit=self.say("unit.km"))

    def kilometres(self, values: Sequence[float], joint: str = "and") -> str:
        """List distances with one unit at the end: "750, 800 and 1,500 km"."""
        figures = self.listing([self.number(value) for value in values], joint)
        return self.say("number.measure", n=figures, unit=self.say("unit.km"))

    def miles_too(self, value_km: float) -> str:
        """Write a distance in both units: "2,000 km (1,243 mi)"."""
        miles = self.say("number.measure", n=self.number(value_km / KM_PER_UNIT["mi"]), unit=self.say("unit.mi"))
        return self.say("list.brackets", a=self.km(value_km), b=miles)

    def listing(self, words: Sequence[str], joint: str = "and") -> str:
        """Join words as a sentence does; `joint` is "and", "or", "to", "and_the"."""
        if len(words) < 2:  # noqa: PLR2004 - one word needs no joint
            return "".join(words)
        return self.say(f"list.{joint}", a=self.say("list.comma").join(words[:-1]), b=words[-1])

    def alphabetical(self, words: Iterable[str]) -> list[str]:
        """Sort words as a reader looks for them: "Émirats" under E, whatever the letter's own number is."""
        return sorted(words, key=lambda word: (_bare(word), word))

    def date(self, edtf: str | None) -> str:
        """Write a date as finely as it is known: "14 March 2016", "March 2016", "2016", or "undated"."""
        if not edtf:
            return self.say("date.undated")
        year, *rest = edtf.split("-")
        if not rest:
            return self.digits(year)
        month = self.about["months"][int(rest[0]) - 1]
        if len(rest) == 1:
            return self.say("date.month", month=month, year=self.digits(year))
        return self.say("date.day", day=self.digits(str(int(rest[1]))), month=month, year=self.digits(year))

    def year(self, edtf: str | None) -> str:
        """Write the year of a date, or "undated"."""
        return self.digits(edtf[:4]) if edtf else self.say("date.undated")

    def country(self, code: str, name: str) -> str:
        """Name a country by its three letters; `name` (English) where the language has none."""
        if self.code == "en":
            return name
        own = self.messages.get(f"country.{code}")
        return own if isinstance(own, str) else self._territories.get(code, name)

    def place(self, form: str, code: str, name: str) -> str:
        """Put a launch region into a sentence: `form` is "in" or "from" (see `[place]` in the message files)."""
        own = self.messages.get(f"place.{form}.{code}")
        return own if isinstance(own, str) else self.say(f"place.{form}_other", name=name)

    def foreign(self, words: str) -> str:
        """Mark English words in a sentence of another language: a renderer gives them their own direction.

        The marks are U+2068 and U+2069, with which Unicode isolates a run of text; English needs none.
        """
        return words if self.code == "en" or not words else f"\u2068{words}\u2069"

    def percent(self, share: float) -> str:
        """Write a share of 0 to 1 in whole hundredths, without a sign: "50"."""
        return self.number(100 * share)

    def curated(self, text: str) -> str:
        """Translate what the catalogue says in its own words, where the language file does; else mark it as English.

        The English text is the key: if somebody rewords it, the translation no longer stands in its place.
        """
        own = self.messages.get(f"curated.{text}")
        return own if isinstance(own, str) else self.foreign(text)

    def _category(self, number: int) -> str:
        """Return the plural category of a whole number, by CLDR."""
        if self.code == "en":  # spares the reader of an English page the loading of Babel
            return "one" if number == 1 else "other"
        return str(self._locale.plural_form(number))

    @cached_property
    def _digits(self) -> dict[int, str]:
        return {ord("0") + value: digit for value, digit in enumerate(self.about["digits"])}

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale  # noqa: PLC0415 - only where another language than English is asked for

        return Locale.parse(self.code)

    @cached_property
    def _territories(self) -> dict[str, str]:
        from babel.core import get_global  # noqa: PLC0415 - the same

        names, aliases = self._locale.territories, get_global("territory_aliases")
        pairs = {code: two[0] for code, two in aliases.items() if len(code) == 3 and code.isalpha() and len(two) == 1}  # noqa: PLR2004 - ISO 3166-1 alpha-3
        return {code: names[two] for code, two in (pairs | _LOOSE).items() if two in names}


def _bare(word: str) -> str:
    """Drop accents and case."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def fill(pattern: str, words: Mapping[str, object]) -> str:
    """Put `words` into the blanks of a pattern; a blank without a word is an error."""
    return _BLANK.sub(lambda found: str(words[found[1]]), pattern)
