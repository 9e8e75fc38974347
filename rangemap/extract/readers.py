"""Read articles from files: txt, HTML, PDF, docx. What can't be read is refused in one clear line.

HTML needs `trafilatura`, PDF `pypdf`, docx `python-docx`: the extra `rangemap[extract]`.
"""

from __future__ import annotations

import io
import logging
import re
import sys
import zipfile
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rangemap._optional import require
from rangemap.errors import MissingExtraError, RangemapError
from rangemap.files import bomb_size

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_BYTES = 20_000_000
"""Files over this size are refused: an article is smaller by far."""
MAX_TEXT = 1_000_000
"""Characters of text that an article may have: a thick book."""
MAX_PAGES = 2_000
"""Pages that a PDF may have."""
MIN_PDF_TEXT = 40
"""Fewer letters than this in a PDF mean that it is a scan."""

ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "it",
        "has",
        "have",
        "be",
        "are",
        "not",
        "its",
        "said",
        "which",
    ]
)
FOREIGN = frozenset([
    "le", "la", "les", "une", "des", "du", "est", "que", "dans", "pour", "avec", "der", "die", "das", "und", "ein",
    "eine", "einen", "von", "mit", "hat", "el", "los", "las", "una", "del", "tiene", "con", "il", "lo", "della",
    "gli", "ha", "che", "di", "um", "uma", "tem", "com", "het", "een", "van", "heeft", "ve", "bir", "ile", "jest",
    "oraz", "dan", "yang", "untuk",
])  # fmt: skip
"""Little words of other languages, by which a text of a sentence or two is told."""
_ENOUGH_WORDS = 40
_NOT_ENGLISH = "does not look like English; rangemap reads English only, extract from a translation"
_ENGLISH_SHARE = 0.12
_LATIN_SHARE = 0.6
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class ArticleError(RangemapError, ValueError):
    """A file that no article can be read from.

    Parameters
    ----------
    name
        The file.
    what
        What is wrong with it, and how to mend it.
    """

    def __init__(self, name: str, what: str) -> None:
        self.name = name
        self.what = what
        super().__init__(f"{name}: {what}")


@dataclass(frozen=True, slots=True)
class Article:
    """An article: the text that offsets count in, and what the file itself says of its source."""

    file: str
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None


def read_article(path: Path) -> Article:
    """Read one file; "-" is stdin, read as plain text.

    Raises
    ------
    ArticleError
        If it is missing, empty, too large, binary, wrongly encoded, a scan, encrypted, or not in English.
    """
    name = str(path).encode(errors="replace").decode()  # a name that is no text has halves of pairs in it
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else _bytes(path, name)
    if len(data) > MAX_BYTES:
        raise ArticleError(name, f"over {MAX_BYTES // 1_000_000} MB; an article is smaller, cut it or give its text")
    if not data.strip():
        raise ArticleError(name, "is empty")
    article = _reader(name, data)(name, data)
    return _checked(article)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise ArticleError(name, "is a folder; name the files in it")
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"{MAX_BYTES // 1_000_000} MB"
            raise ArticleError(
                name, f"{size / 1e6:,.0f} MB is over the limit of {limit}; give the article's text alone"
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # a pipe, or a device without an end, says that it has no size
    except FileNotFoundError:
        raise ArticleError(name, "does not exist") from None
    except OSError as error:
        raise ArticleError(name, f"can't be read: {(error.strerror or str(error)).lower()}") from error


def _reader(name: str, data: bytes) -> Callable[[str, bytes], Article]:
    """Choose by content first and by the name's ending second."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"%PDF"):
        return _read_pdf
    if data.startswith(b"PK\x03\x04"):
        return _read_docx
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in head or b"<body" in head:
        return _read_html
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return _read_html
    return _read_text


def _read_text(name: str, data: bytes) -> Article:
    return Article(name, re.sub("\r\n?", "\n", _decode(name, data)))  # a line end counts as one character


def _decode(name: str, data: bytes) -> str:
    """Decode UTF-8, or UTF-16 where a mark says so; anything else is refused, never guessed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if data.count(b"\x00") or len(_BINARY.findall(data[:65536].decode("latin-1"))) > len(data[:65536]) / 100:
            raise ArticleError(name, "is binary, no text; rangemap reads txt, html, pdf and docx")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise ArticleError(name, f"is not UTF-8 text ({place}); save it as UTF-8") from None
    if _BINARY.search(text[:65536]) and len(_BINARY.findall(text[:65536])) > len(text[:65536]) / 100:
        raise ArticleError(name, "is binary, no text; rangemap reads txt, html, pdf and docx")
    return text


def _read_html(name: str, data: bytes) -> Article:
    """Take the article out of a page: no scripts, no menus."""
    trafilatura = _library("trafilatura", name)
    lxml_html = import_module("lxml.html")
    try:
        tree = lxml_html.fromstring(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        tree = _tree_by_own_encoding(name, data, lxml_html)
    except Exception as error:  # noqa: BLE001 - lxml raises its own kinds, and this file is then no HTML
        raise ArticleError(name, f"is not HTML that can be read ({type(error).__name__})") from None
    found = trafilatura.bare_extraction(tree, favor_recall=True, include_comments=False, with_metadata=True, url=None)
    if found is None or not (found.text or "").strip():
        raise ArticleError(name, "holds no article text (a page made by scripts?); save the article as text")
    date = found.date if isinstance(found.date, str) else None
    return Article(name, found.text, found.title, found.sitename, found.author, date, found.url, found.language)


def _tree_by_own_encoding(name: str, data: bytes, lxml_html: Any) -> Any:  # noqa: ANN401 - lxml is untyped
    """Believe the encoding that a page declares itself; a page that declares none, or a wrong one, is refused."""
    declared = re.search(rb"charset=[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    try:
        if declared is None or declared[1].lower() in (b"utf-8", b"utf8"):
            raise ArticleError(name, "is not UTF-8, and declares no other encoding; save it as UTF-8")
        return lxml_html.fromstring(data.decode(declared[1].decode("ascii")))
    except (LookupError, UnicodeDecodeError):
        raise ArticleError(name, "is not in the encoding that it declares; save it as UTF-8") from None


def _read_pdf(name: str, data: bytes) -> Article:
    pypdf = _library("pypdf", name)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            return _refuse_encrypted(name)
        text = "\n\n".join(_page_texts(name, document))
        information = document.metadata or {}
    except ArticleError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken PDF raises anything
        encrypted = "encrypt" in str(error).lower() or "cryptography" in str(error).lower()
        what = "is an encrypted PDF; save it without a password" if encrypted else "is a PDF that can't be read"
        raise ArticleError(name, what) from None
    if len(re.findall(r"\w", text)) < MIN_PDF_TEXT:
        raise ArticleError(name, "is a PDF without text, a scan perhaps; run text recognition (OCR) on it first")
    return Article(
        name, text, title=_text_or_none(information.get("/Title")), author=_text_or_none(information.get("/Author"))
    )


def _refuse_encrypted(name: str) -> Article:
    raise ArticleError(name, "is an encrypted PDF; save it without a password")


def _page_texts(name: str, document: Any) -> list[str]:  # noqa: ANN401 - pypdf's reader
    pages: list[str] = []
    length = 0
    if len(document.pages) > MAX_PAGES:
        raise ArticleError(name, f"has over {MAX_PAGES:,} pages; give the article alone")
    for page in document.pages:
        pages.append(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page.extract_text() or ""))
        length += len(pages[-1])
        if length > MAX_TEXT:
            raise ArticleError(name, f"holds over {MAX_TEXT:,} characters; give the article alone")
    return pages


def _text_or_none(value: object) -> str | None:
    text = str(value).strip() if value else ""
    return text or None


def _read_docx(name: str, data: bytes) -> Article:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(name, archive)
            if "word/document.xml" not in archive.namelist():
                raise ArticleError(name, "is a zip file but no docx; unpack it and name the files in it")
    except zipfile.BadZipFile:
        raise ArticleError(name, "is a docx that can't be opened (damaged?)") from None
    docx = _library("docx", name)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [paragraph.text for paragraph in document.paragraphs]
        lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        core = document.core_properties
    except Exception:  # noqa: BLE001 - a broken docx raises anything
        raise ArticleError(name, "is a docx that can't be read (damaged?)") from None
    return Article(name, "\n".join(lines), title=core.title or None, author=core.author or None)


def _refuse_bomb(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to far more than an article, before anything is unpacked."""
    if size := bomb_size(archive):
        raise ArticleError(name, f"unpacks to {size / 1e6:,.0f} MB, far more than an article (a zip bomb?); refused")


def _library(module: str, name: str) -> Any:  # noqa: ANN401 - a module
    logging.getLogger(module).setLevel(logging.CRITICAL)  # what is wrong is said here, in one line
    try:
        return require(module, extra="extract")
    except MissingExtraError as error:
        raise ArticleError(name, str(error)) from None


def _checked(article: Article) -> Article:
    """Refuse what is no English prose; offsets count in the text as it is, only line ends are made plain."""
    text = article.text
    if not text.strip():
        raise ArticleError(article.file, "holds no text")
    if len(text) > MAX_TEXT:
        raise ArticleError(article.file, f"{len(text):,} characters are over the limit of {MAX_TEXT:,}")
    if problem := foreign(text):
        raise ArticleError(article.file, problem)
    return article


def foreign(text: str) -> str:
    """Say why a text is not English, or nothing if it may be."""
    sample = text[:200_000]
    letters = [letter for letter in sample[:20_000] if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters)
    if letters and latin < _LATIN_SHARE * len(letters):
        return "is not in Latin script; rangemap reads English only, extract from a translation"
    words = re.findall(r"[a-zà-ÿ]+", sample.lower())
    if len(words) >= _ENOUGH_WORDS and sum(word in ENGLISH for word in words) < _ENGLISH_SHARE * len(words):
        return _NOT_ENGLISH
    if len(words) < _ENOUGH_WORDS and len(FOREIGN & set(words)) > max(1, sum(word in ENGLISH for word in words)):
        return _NOT_ENGLISH
    return ""
