"""Set a brief as Markdown (CommonMark with tables), with its figure beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rangemap.report.blocks import Bullets, Commands, Heading, Paragraph, Picture, Table, runs

if TYPE_CHECKING:
    from rangemap.report.blocks import Block, Document

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def as_markdown(document: Document, picture: str) -> str:
    """Return the brief; `picture` is the address of its figure."""
    lead = f"{escaped(document.kicker)}\n\n# {escaped(document.title)}"
    body = [_block(block, picture) for block in document.blocks]
    return "\n\n".join([lead, *body, "---", escaped(document.colophon)]) + "\n"


def escaped(text: str) -> str:
    """Escape what Markdown or HTML would read as a mark; `**bold**` stays bold."""
    return "".join(f"**{_escape(piece)}**" if heavy else _escape(piece) for piece, heavy in runs(text))


def _escape(text: str) -> str:
    one_line = " ".join(text.split()) if text.strip() else " "
    lead, tail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    marked = _STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", one_line))
    return re.sub(r"&(?=#?\w+;)", "&amp;", f"{lead}{marked.strip()}{tail}")


def _block(block: Block, picture: str) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return escaped(block.text)
    if isinstance(block, Bullets):
        return "\n".join(f"- {escaped(item)}" for item in block.items)
    if isinstance(block, Commands):
        return "\n".join(f"    {' '.join(line.split())}" for line in block.lines)
    if isinstance(block, Picture):
        return f"![{escaped(block.alt)}](<{picture}>)\n\n*{escaped(block.caption)}*"
    if isinstance(block, Table):
        return _table(block)
    return "\n".join(
        f"{item.number}. {escaped(item.text)}" + (f" <{item.url}>" if item.url else "") for item in block.items
    )


def _table(table: Table) -> str:
    rule = ["---:" if place in table.numeric else "---" for place in range(len(table.head))]
    rows = [table.head, *table.rows]
    lines = [f"| {' | '.join(escaped(cell) if cell else ' ' for cell in row)} |" for row in rows]
    return "\n".join([f"**{escaped(table.caption)}**", "", lines[0], f"| {' | '.join(rule)} |", *lines[1:]])
