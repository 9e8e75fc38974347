"""Words from data made safe for a page: no markup, no control characters, only http(s) addresses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from rangemap import places
from rangemap.cells import plain
from rangemap.language import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rangemap.language import Language
    from rangemap.layers import View

_ISOLATE = re.compile("(\u2068[^\u2068\u2069]*\u2069)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


ENGLISH = Markup(' lang="en" dir="ltr"')
"""Attributes of an element whose text stays English on a page in another language."""


def finalize(value: object) -> object:
    """Clean every text that a template prints; markup made by ourselves passes."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def bold(text: str) -> Markup:
    """Escape `text` and turn its `**bold**` marks into `<b>`: the one mark that wording may hold."""
    return Markup(_BOLD.sub(r"<b>\1</b>", "".join(_runs(text))))  # noqa: S704 - escaped in `_runs`


def said(text: str, lang: Language, *, of: str) -> Markup:
    """Do the same with a sentence of the language `of`; on a page in another it is marked as a whole (English only)."""
    return bold(text if of == lang.code else lang.foreign(text))


def _runs(text: str, shape: Callable[[str], str] = str) -> Iterable[str]:
    """Escape runs of text; English in a sentence of another language gets a language and a direction of its own."""
    for part in _ISOLATE.split(text):
        html = shape(str(escape(plain(part))))
        yield f"<bdi{ENGLISH}>{html}</bdi>" if part.startswith("\u2068") and part.endswith("\u2069") else html


def message(lang: Language, key: str, number: int | None = None, **words: object) -> Markup:
    """Fill in a message for HTML: pattern and words are escaped, but for words that are markup already."""
    blanks = {name: escape(finalize(word)) for name, word in lang.blanks(number, words).items()}
    return Markup(fill(bold(lang.pattern(key, number)), blanks))  # noqa: S704 - escaped, piece by piece


def capital(text: str) -> str:
    """Raise the first letter and leave the rest alone."""
    return text[:1].upper() + text[1:]


def unbroken(text: str, names: Iterable[str]) -> Markup:
    """Escape `text` and keep each of `names` in it on one line."""
    wanted = sorted({str(escape(plain(name))) for name in names if name}, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, wanted))})(?![\w])") if wanted else None

    def keep(html: str) -> str:
        return pattern.sub(r'<span class="nb">\g<0></span>', html) if pattern else html

    return Markup("".join(_runs(text, keep)))  # noqa: S704 - escaped in `_runs`


def address(url: str | None) -> str | None:
    """Return `url` if it is an absolute http(s) address without blanks, else None."""
    if not url or re.search(r"[\s<>\"'`\\]", plain(url)):
        return None
    try:
        parts = urlsplit(plain(url))
    except ValueError:
        return None
    return plain(url) if parts.scheme in {"http", "https"} and parts.netloc else None


def host(url: str | None) -> str:
    """Return the host of an address without "www.", for print."""
    return urlsplit(url).netloc.removeprefix("www.") if url else ""


_WITH_ARTICLE = frozenset({
    "Bahamas", "Central African Republic", "Democratic Republic of the Congo", "Dominican Republic", "Gambia",
    "Maldives", "Marshall Islands", "Netherlands", "Philippines", "Solomon Islands", "United Arab Emirates",
    "United Kingdom", "United States", "United States of America",
})  # fmt: skip


def in_sentence(name: str) -> str:
    """Return the name of a region as a sentence has it: "the United States", but "Iran"."""
    return f"the {name}" if name in _WITH_ARTICLE else name


def place(lang: Language, view: View, form: str = "from") -> str:
    """Put the launch region of a view into a sentence, after "from" or "in"."""
    code, name = view.region_country, view.region_name
    if places.country_names().get(code) != name:
        return lang.place(form, "", in_sentence(name))
    return lang.place(form, code, in_sentence(name) if lang.code == "en" else lang.country(code, name))


def region_name(lang: Language, view: View) -> str:
    """Name the launch region of a view by itself."""
    code, name = view.region_country, view.region_name
    return lang.country(code, name) if places.country_names().get(code) == name else name


def json_script(data: object) -> Markup:
    """Serialise `data` so that no text in it can end a `<script type="application/json">` or start a comment."""
    text = json.dumps(_cleaned(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing that HTML reads is left


def _cleaned(data: object) -> object:
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, dict):
        return {str(key): _cleaned(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_cleaned(value) for value in data]
    return data
