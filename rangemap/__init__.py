"""Draw what sources say about reach, and where they disagree.

The front door is the list below; each command of the program has its twin here. Names are imported when they are
first used, so that `import rangemap` costs nothing. Nothing inside the package imports from here. (`reach` is the
name of a module; the function is `rangemap.geodesy.reach`.)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rangemap.answers import check_rows, coverage_dict, distance_dict
    from rangemap.atlas.make import make_atlas
    from rangemap.ballot import Filters
    from rangemap.bundle import make_bundle, verify_bundle
    from rangemap.catalogue.load import Catalogue, load_catalogue, read_catalogue
    from rangemap.contest import Contest
    from rangemap.errors import RangemapError
    from rangemap.exports.write import export
    from rangemap.figures import figure
    from rangemap.geodesy import core_reach, distance, ring
    from rangemap.layers.build import build as build_layers
    from rangemap.layers.model import LayerSet
    from rangemap.places import region
    from rangemap.summary import contest_of, list_rows
    from rangemap.types import LonLat
    from rangemap.webmap.build import render

_HOMES: dict[str, tuple[str, str]] = {
    "Catalogue": ("rangemap.catalogue.load", "Catalogue"),
    "Contest": ("rangemap.contest", "Contest"),
    "Filters": ("rangemap.ballot", "Filters"),
    "LayerSet": ("rangemap.layers.model", "LayerSet"),
    "LonLat": ("rangemap.types", "LonLat"),
    "RangemapError": ("rangemap.errors", "RangemapError"),
    "build_layers": ("rangemap.layers.build", "build"),
    "make_bundle": ("rangemap.bundle.make", "make_bundle"),
    "check_rows": ("rangemap.answers", "check_rows"),
    "contest_of": ("rangemap.summary", "contest_of"),
    "core_reach": ("rangemap.geodesy", "core_reach"),
    "coverage_dict": ("rangemap.answers", "coverage_dict"),
    "distance": ("rangemap.geodesy", "distance"),
    "distance_dict": ("rangemap.answers", "distance_dict"),
    "export": ("rangemap.exports.write", "export"),
    "figure": ("rangemap.figures", "figure"),
    "list_rows": ("rangemap.summary", "list_rows"),
    "load_catalogue": ("rangemap.catalogue.load", "load_catalogue"),
    "make_atlas": ("rangemap.atlas.make", "make_atlas"),
    "read_catalogue": ("rangemap.catalogue.load", "read_catalogue"),
    "region": ("rangemap.places", "region"),
    "render": ("rangemap.webmap.build", "render"),
    "ring": ("rangemap.geodesy", "ring"),
    "verify_bundle": ("rangemap.bundle.verify", "verify_bundle"),
}

__all__ = [
    "Catalogue",
    "Contest",
    "Filters",
    "LayerSet",
    "LonLat",
    "RangemapError",
    "build_layers",
    "check_rows",
    "contest_of",
    "core_reach",
    "coverage_dict",
    "distance",
    "distance_dict",
    "export",
    "figure",
    "list_rows",
    "load_catalogue",
    "make_atlas",
    "make_bundle",
    "read_catalogue",
    "region",
    "render",
    "ring",
    "verify_bundle",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _HOMES:
        msg = f"module 'rangemap' has no attribute '{name}'"
        raise AttributeError(msg)
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
