"""The command line: parse, one call, print. Data to stdout, talk to stderr."""

from __future__ import annotations

import gc

from rangemap.cli import app

__all__ = ["main"]

_ROOM = 200_000
"""Objects that may pile up before Python looks for garbage: while one map is made it finds next to none."""


def main() -> None:
    """Run the program as a process of its own, which begins with a command line and ends with an answer.

    An eighth of the time of `rangemap render` went into looking for garbage: while modules load and tables fill, all of
    which stay, and once more at the end, when nothing needs to be looked through any longer.
    """
    gc.set_threshold(_ROOM)
    try:
        app.main()
    finally:
        gc.freeze()
