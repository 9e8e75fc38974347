"""A problem in data: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of the loader or the validator.

    Attributes
    ----------
    file, line
        Where, with the line counted from 1; 0 where a file as a whole is meant.
    what
        What is wrong, in one clause.
    remedy
        How to mend it; may be empty.
    severity
        "error" keeps the catalogue from loading, "warning" does not.
    rule
        Short id of the rule that found it.
    subject
        Id of the record that it is about, where there is one.
    recorded
        Why it may stand, where `findings.yaml` says that somebody has looked; such a warning needs nothing more.
    """

    file: str
    line: int
    what: str
    remedy: str = ""
    severity: Literal["error", "warning"] = "error"
    rule: str = "schema"
    subject: str = ""
    recorded: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        remedy = f"; {self.remedy}" if self.remedy else ""
        return " ".join(f"{place}: {self.what}{remedy}".splitlines())  # also where it quotes what holds a line end

    def as_dict(self) -> dict[str, Any]:
        """Give the problem as plain data for `validate --json`."""
        return {
            "file": self.file,
            "line": self.line,
            "severity": self.severity,
            "rule": self.rule,
            "what": self.what,
            "remedy": self.remedy,
            "recorded": self.recorded or None,
        }

    def as_recorded(self, why: str) -> Problem:
        """Give the problem with the reason why it may stand."""
        return replace(self, recorded=why)
