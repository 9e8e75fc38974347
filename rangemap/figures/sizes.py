"""How large a figure is for each use, and how large its words are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from rangemap.errors import UsageError

UseName: TypeAlias = Literal["web", "slide", "a4", "column"]

_MM = 96 / 25.4


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a figure.

    Attributes
    ----------
    name
        "web", "slide", "a4" or "column".
    width, height
        Pixels of 1/96 inch; a height of None follows what is in the figure.
    scale
        Size of words and lines against those of the page on a screen.
    dpi
        Of the PNG.
    panel
        Width of the list beside the map in pixels; 0 puts it below.
    """

    name: UseName
    width: float
    height: float | None
    scale: float
    dpi: int
    panel: float

    @property
    def is_upright(self) -> bool:
        """Whether the list stands below the map."""
        return self.panel == 0

    @property
    def margin(self) -> float:
        """Paper round the figure, pixels."""
        return 6.0 if self.is_upright else 26.0 * self.scale


USES: dict[str, Use] = {
    "web": Use("web", 1200, 800, 1.0, 96, 276),
    "slide": Use("slide", 1280, 720, 1.25, 144, 318),
    "a4": Use("a4", 297 * _MM, 210 * _MM, 0.95, 300, 258),
    "column": Use("column", 90 * _MM, None, 0.75, 300, 0),
}
"""The uses by name; the first is the default."""


def use_named(name: str) -> Use:
    """Look up a use.

    Raises
    ------
    UsageError
        If it is none of those known, with their list.
    """
    if name not in USES:
        msg = f"unknown use '{name}'; known: {', '.join(USES)}"
        raise UsageError(msg)
    return USES[name]
