"""Libraries that only some commands need: taken when they are there, asked for politely when not."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from rangemap.errors import MissingExtraError


def have(module: str) -> bool:
    """Tell if `module` is installed, without importing it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # its parent package is missing
        return False


def require(module: str, *, extra: str) -> Any:  # noqa: ANN401 - a module is whatever it is
    """Import `module`, which comes with rangemap's extra of that name.

    Raises
    ------
    MissingExtraError
        If it is not installed; the message names the pip line.
    """
    if not have(module):
        raise MissingExtraError(module, extra)
    return import_module(module)
