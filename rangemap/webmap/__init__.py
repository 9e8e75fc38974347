"""The interactive map: one offline HTML file, made with folium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rangemap.webmap.document import render, save

if TYPE_CHECKING:
    from rangemap.webmap.frame import build

__all__ = ["build", "render", "save"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what `build` is
    """Load folium, and pandas with it, only for who wants the map as an object."""
    if name != "build":
        msg = f"module 'rangemap.webmap' has no attribute '{name}'"
        raise AttributeError(msg)
    from importlib import import_module  # noqa: PLC0415 - see above

    return import_module("rangemap.webmap.frame").build
