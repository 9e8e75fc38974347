"""The brief: question, figure, who says what, where they disagree, coverage, verdicts and citations, for paper and web.

`brief` writes it once, as a list of blocks; each format only sets those blocks in type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap._optional import require
from rangemap.errors import UsageError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from rangemap.layers import LayerSet

FORMATS = ("html", "pdf", "docx", "md")
"""The formats of briefs, by the ending of their file."""

__all__ = ["FORMATS", "format_of", "render", "save"]


def format_of(path: Path) -> str:
    """Read the format from a file's ending.

    Raises
    ------
    UsageError
        If it is none of those known, with their list.
    """
    ending = path.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        known = ", ".join(f".{each}" for each in FORMATS)
        msg = f"can't tell the format of '{path}': a brief ends in one of {known}"
        raise UsageError(msg)
    return ending


def check_libraries(ending: str) -> None:
    """Ask for what a format needs before anything is measured.

    Raises
    ------
    MissingExtraError
        If a library is not installed; the message names the pip line.
    """
    for module in {"pdf": ("matplotlib", "weasyprint"), "docx": ("matplotlib", "docx")}.get(ending, ("matplotlib",)):
        require(module, extra="report")


def render(layerset: LayerSet, ending: str, *, picture: str = "") -> bytes:
    """Return the brief of a `LayerSet` as the bytes of an "html", "pdf", "docx" or "md" file.

    Parameters
    ----------
    picture
        For "md": address of the figure, an SVG file that `save` writes beside it.

    Raises
    ------
    MissingExtraError
        If a library that the format needs is not installed.
    """
    from rangemap.report.brief import brief  # noqa: PLC0415 - each format loads its own libraries

    check_libraries(ending)
    document = brief(layerset)
    if ending == "docx":
        from rangemap.report.word import as_docx  # noqa: PLC0415

        return as_docx(document, layerset)
    if ending == "md":
        from rangemap.report.markdown import as_markdown  # noqa: PLC0415

        return as_markdown(document, picture).encode()
    from rangemap.report.web import as_html, as_pdf  # noqa: PLC0415

    html = as_html(document, layerset)
    return as_pdf(html) if ending == "pdf" else html.encode()


def save(layerset: LayerSet, path: Path) -> tuple[Path, ...]:
    """Write the brief to `path`, whole or not at all; a Markdown brief gets its figure beside it, as SVG.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    UsageError
        For an unknown ending.
    MissingExtraError
        If a library that the format needs is not installed.
    OutputError
        If the file can't be written.
    """
    ending = format_of(path)
    if ending != "md":
        write_atomic(path, render(layerset, ending))
        return (path,)
    from rangemap import figures  # noqa: PLC0415 - needs matplotlib

    figure = path.with_suffix(".svg")
    content = render(layerset, ending, picture=figure.name)
    figures.save(layerset, figure)
    write_atomic(path, content)
    return (path, figure)
