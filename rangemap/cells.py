"""Text from data made fit for the file that it goes into: no control characters, no formulas, no broken XML."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EXCEL_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain(text: object) -> str:
    """Drop what a reader can't see: control characters, and marks that turn the direction of text around."""
    return _UNSEEN.sub("", str(text))


def escape(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape(cell: str) -> str:
    """Take the apostrophe of `escape` off again."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def xlsx_safe(text: str) -> str:
    """Write a carriage return as Excel itself does; other control characters, which XML forbids, are left out."""
    return _EXCEL_CODE.sub(r"_x005F_x\1_", _NOT_XML.sub("", text)).replace("\r", "_x000D_")


def xlsx_restored(text: str) -> str:
    """Undo `xlsx_safe`, as far as it can be."""
    return text.replace("_x000D_", "\r").replace("_x005F_", "_")
