"""Draw what sources say about reach, and where they disagree.

The front door is the list below: what every program needs, and the twin of each command that makes or answers
something; docs/api.md names the twins of all. Names are imported when they are first used, so that `import rangemap`
costs nothing. Nothing inside the package imports from here. As a twin can't have the name of a module (`report`,
`coverage`), what gives plain data ends in its shape (`_dict`, `_rows`), and what makes files says so (`write_report`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rangemap.answers import check_rows, coverage_dict, distance_dict
    from rangemap.atlas.make import make_atlas
    from rangemap.ballot import Filters
    from rangemap.bundle.make import make_bundle
    from rangemap.bundle.verify import verify_bundle
    from rangemap.catalogue.load import load_catalogue, read_catalogue
    from rangemap.display import draw
    from rangemap.embed.kit import write_kit as write_embed_kit
    from rangemap.errors import RangemapError
    from rangemap.exports.write import export
    from rangemap.extract.article import extract as extract_claims
    from rangemap.figures import figure
    from rangemap.layers.build import build as build_layers
    from rangemap.report import save as write_report
    from rangemap.summary import contest_of, list_rows, show_dict
    from rangemap.types import LonLat
    from rangemap.webmap.document import render

_HOMES: dict[str, tuple[str, str]] = {
    "Filters": ("rangemap.ballot", "Filters"),
    "LonLat": ("rangemap.types", "LonLat"),
    "RangemapError": ("rangemap.errors", "RangemapError"),
    "build_layers": ("rangemap.layers.build", "build"),
    "check_rows": ("rangemap.answers", "check_rows"),
    "contest_of": ("rangemap.summary", "contest_of"),
    "coverage_dict": ("rangemap.answers", "coverage_dict"),
    "distance_dict": ("rangemap.answers", "distance_dict"),
    "draw": ("rangemap.display", "draw"),
    "export": ("rangemap.exports.write", "export"),
    "extract_claims": ("rangemap.extract.article", "extract"),
    "figure": ("rangemap.figures", "figure"),
    "list_rows": ("rangemap.summary", "list_rows"),
    "load_catalogue": ("rangemap.catalogue.load", "load_catalogue"),
    "make_atlas": ("rangemap.atlas.make", "make_atlas"),
    "make_bundle": ("rangemap.bundle.make", "make_bundle"),
    "read_catalogue": ("rangemap.catalogue.load", "read_catalogue"),
    "render": ("rangemap.webmap.document", "render"),
    "show_dict": ("rangemap.summary", "show_dict"),
    "verify_bundle": ("rangemap.bundle.verify", "verify_bundle"),
    "write_embed_kit": ("rangemap.embed.kit", "write_kit"),
    "write_report": ("rangemap.report", "save"),
}

__all__ = [
    "Filters",
    "LonLat",
    "RangemapError",
    "build_layers",
    "check_rows",
    "contest_of",
    "coverage_dict",
    "distance_dict",
    "draw",
    "export",
    "extract_claims",
    "figure",
    "list_rows",
    "load_catalogue",
    "make_atlas",
    "make_bundle",
    "read_catalogue",
    "render",
    "show_dict",
    "verify_bundle",
    "write_embed_kit",
    "write_report",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _HOMES:
        msg = f"module 'rangemap' has no attribute '{name}'"
        raise AttributeError(msg)
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
