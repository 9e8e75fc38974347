"""Static figures of a `LayerSet`: SVG, PNG and PDF for articles, slides and paper, made without a browser.

They need matplotlib, which comes with rangemap's extra "figures"; this module can be imported without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rangemap._optional import require
from rangemap.errors import UsageError
from rangemap.figures.sizes import USES, Use, use_named
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from rangemap.figures.drawing import Chart
    from rangemap.figures.words import AltText
    from rangemap.layers import LayerSet

EXTENSIONS = ("svg", "png", "pdf")
"""The formats of pictures, by the ending of their file."""

__all__ = ["EXTENSIONS", "USES", "Use", "alt_text", "chart", "extension_of", "figure", "render", "save", "use_named"]


def figure(
    layerset: LayerSet, *, projection: str = "aeqd", use: str = "web", header: bool = True, footer: bool = True
) -> tuple[Figure, Axes]:
    """Draw a figure with matplotlib, without touching pyplot's state.

    Parameters
    ----------
    layerset
        What to draw; of several launch regions the first.
    projection
        "aeqd" (azimuthal equidistant about the launch region), "globe", "robinson", "plate-carree" or "mercator".
    use
        "web" (1,200 × 800 pixels), "slide" (16:9), "a4" (landscape) or "column" (90 mm wide).
    header, footer
        Whether question and finding, and sources and credit, stand in the picture.

    Returns
    -------
    fig, ax
        `ax` holds the map, in kilometres on paper.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    UsageError
        For an unknown projection or use.
    """
    found = chart(layerset, projection=projection, use=use, header=header, footer=footer)
    return found.figure, found.axes


def chart(
    layerset: LayerSet, *, projection: str = "aeqd", use: str = "web", header: bool = True, footer: bool = True
) -> Chart:
    """Draw a figure and keep what it was drawn from: window, labels, alternative text. Parameters as for `figure`."""
    require("matplotlib", extra="figures")
    from rangemap.figures import drawing  # noqa: PLC0415 - needs matplotlib
    from rangemap.figures.projection import named  # noqa: PLC0415 - pyproj is slow to load

    return drawing.draw(layerset, named(projection), use_named(use), header=header, footer=footer)


def alt_text(layerset: LayerSet, *, projection: str = "aeqd") -> AltText:
    """Say in words what a figure shows, without drawing it. Parameters as for `figure`."""
    from rangemap.figures import words  # noqa: PLC0415 - needs pyproj
    from rangemap.figures.projection import named  # noqa: PLC0415 - pyproj is slow to load

    return words.alt_text(layerset, named(projection))


def render(
    layerset: LayerSet,
    extension: str,
    *,
    projection: str = "aeqd",
    use: str = "web",
    header: bool = True,
    footer: bool = True,
) -> bytes:
    """Return a figure as the bytes of an "svg", "png" or "pdf" file. Other parameters as for `figure`."""
    require("matplotlib", extra="figures")
    from rangemap.figures.formats import encode  # noqa: PLC0415 - needs matplotlib

    known = extension_of(Path(f"x.{extension}"))
    return encode(chart(layerset, projection=projection, use=use, header=header, footer=footer), known)


def save(layerset: LayerSet, path: Path, *, projection: str = "aeqd", use: str = "web") -> None:
    """Write a figure to `path`, whole or not at all; the file's ending says the format.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    UsageError
        For an unknown ending, projection or use.
    OutputError
        If the file can't be written.
    """
    write_atomic(path, render(layerset, extension_of(path), projection=projection, use=use))


def extension_of(path: Path) -> str:
    """Read the format from a file's ending.

    Raises
    ------
    UsageError
        If it is none of those known, with their list.
    """
    extension = path.suffix.removeprefix(".").lower()
    if extension not in EXTENSIONS:
        known = ", ".join(f".{each}" for each in EXTENSIONS)
        msg = f"can't tell the format of '{path}': a figure ends in one of {known}"
        raise UsageError(msg)
    return extension
