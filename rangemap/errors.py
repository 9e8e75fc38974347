"""The errors and warnings that rangemap raises: one tree, each with a remedy in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class RangemapError(Exception):
    """Base of every error that a caller of rangemap may want to catch.

    Attributes
    ----------
    exit_code
        What the command line exits with: 1 for a finding in data, 2 for wrong usage.
    """

    exit_code = 1


class UsageError(RangemapError, ValueError):
    """What was asked for can't be done as asked."""

    exit_code = 2


class UnknownNameError(UsageError, KeyError):
    """A system, region, origin or the like that nobody has heard of.

    Parameters
    ----------
    kind
        What was looked for: "system", "region".
    name
        The name as given.
    suggestions
        Known names that look like it, best first.
    remedy
        Where the known names are listed.
    """

    def __init__(self, kind: str, name: str, *, suggestions: Sequence[str] = (), remedy: str = "") -> None:
        self.kind = kind
        self.name = name
        self.suggestions = tuple(suggestions)
        parts = [f"unknown {kind} '{name}'"]
        if self.suggestions:
            parts.append(f"did you mean {' or '.join(self.suggestions)}?")
        if remedy:
            parts.append(remedy)
        self.message = "; ".join(parts)
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message  # KeyError would print the repr


class RegionError(UsageError):
    """A launch region or area that can't be measured from: too small, not a polygon, out of bounds."""


class RangeError(RangemapError, ValueError):
    """A range that no figure on Earth can have, or that can't be read."""


class DataError(RangemapError, ValueError):
    """Invalid data on disk.

    Parameters
    ----------
    problems
        One line each, with file, line, what is wrong and the remedy.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(" ".join(problem.splitlines()) for problem in problems)
        super().__init__("\n".join(self.problems))


class OutputError(RangemapError, OSError):
    """A file that can't be written."""

    exit_code = 2

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"can't write '{path}': {reason}")

    def __str__(self) -> str:
        return str(self.args[0])


class MissingExtraError(UsageError, ImportError):
    """A library that only some commands need is not installed."""

    def __init__(self, module: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"this needs the library '{module}': pip install 'rangemap[{extra}]'")


class RangemapWarning(UserWarning):
    """Base of rangemap's warnings."""


class WholeEarthWarning(RangemapWarning):
    """A range of half the circumference or more reaches every point on Earth."""


class CutTextWarning(RangemapWarning):
    """A format holds less than there is to say; the whole stands elsewhere."""
