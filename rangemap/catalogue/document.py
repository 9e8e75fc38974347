"""Plain data of one file, and where each value of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Path_ = tuple["str | int", ...]

TOO_DEEP = ("nested too deeply", "a catalogue file has four levels")
"""What is wrong with a file that is no catalogue's, and its remedy."""


@dataclass(slots=True)
class Document:
    """Plain data of one file, with the line (from 1) of every value by its path ("claims/0/id"; "" for the whole).

    `digest` is the SHA-256 of the file's bytes; empty for text that came from no file.
    """

    name: str
    data: Any
    lines: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    def line(self, path: Path_) -> int:
        """Find the line of the value at `path`, or of the nearest thing that holds it."""
        while path and joined(path) not in self.lines:
            path = path[:-1]
        return self.lines.get(joined(path), 1)


def joined(path: Path_) -> str:
    """Write the path of a value as it stands in `Document.lines`."""
    return "/".join(map(str, path))
