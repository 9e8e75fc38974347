"""What the commands print: tables and JSON to stdout, complaints to stderr, no control character to either."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: object) -> str:
    """Drop control characters (escape sequences, bidi overrides) from text that comes from data.

    Half of a surrogate pair, as a file name that is no UTF-8 has them, becomes a question mark.
    """
    return _CONTROL.sub(lambda match: "?" if match[0] >= "\ud800" else "", str(text))


def complain(message: str) -> None:
    """Say what is wrong on stderr, one line a problem."""
    for line in clean(message).splitlines() or ["unknown error"]:
        typer.echo(f"rangemap: {line}", err=True)


def note(message: str) -> None:
    """Tell something on stderr that is no error."""
    typer.echo(clean(message), err=True)


def print_json(data: Any) -> None:  # noqa: ANN401 - any JSON
    """Print data as JSON, floats to a millimetre."""
    typer.echo(clean_json(json.dumps(_rounded(data), indent=2, ensure_ascii=False)))


def clean_json(text: str) -> str:
    """Escape in JSON what steers a terminal and what JSON itself lets stand."""
    return _CONTROL_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _rounded(data: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(data, float):
        return int(data) if data.is_integer() else round(data, 6)
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    return [_rounded(value) for value in data] if isinstance(data, list | tuple) else data


_LONG = 400
"""Tables of more rows are printed plain: Rich takes a millisecond a row."""


def _print_long(lines: Sequence[Sequence[str]], right: Sequence[bool], title: str) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if title:
        typer.echo(clean(title))
    pads = [str.rjust if is_right else str.ljust for is_right in right]
    rows = [[pad(cell, width) for pad, cell, width in zip(pads, line, widths, strict=True)] for line in lines]
    typer.echo("\n".join("  ".join(row).rstrip() for row in rows))


def shown(cell: object) -> str:
    """Write a cell of a table: numbers whole, with thousands apart, nothing as a dash, anything else as clean text."""
    if cell is None:
        return "–"
    return f"{cell:,.0f}" if isinstance(cell, int | float) else clean(cell)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print a table.

    Parameters
    ----------
    columns
        Headings; one that begins with ">" stands, with its column, to the right.
    rows
        Cells, written as `shown` does.
    title
        A line above.
    """
    lines = [[shown(cell) for cell in row] for row in rows]
    headings, right = [each.removeprefix(">") for each in columns], [each.startswith(">") for each in columns]
    if len(lines) > _LONG:
        _print_long([headings, *lines], right, title)
        return
    from rich import box  # noqa: PLC0415 - only tables need Rich, and `--help` must stay fast
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, title=escape(clean(title)) if title else None, title_justify="left")
    for heading, is_right in zip(headings, right, strict=True):
        table.add_column(heading, justify="right" if is_right else "left", overflow="fold")
    for line in lines:
        table.add_row(*map(escape, line))
    wide = sys.stdout.isatty()
    Console(file=sys.stdout, width=None if wide else 160).print(table)
