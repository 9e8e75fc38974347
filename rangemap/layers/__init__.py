"""The `LayerSet` that every renderer is given, and how it is built from the catalogue."""

from __future__ import annotations

from rangemap.layers.build import build
from rangemap.layers.model import (
    CityRow,
    ConflictRow,
    CountryRow,
    Gap,
    GapStretch,
    LayerSet,
    Line,
    OriginRow,
    SourceRow,
    Statement,
    Step,
    SystemLayers,
    VerdictRow,
    View,
)

__all__ = [
    "CityRow",
    "ConflictRow",
    "CountryRow",
    "Gap",
    "GapStretch",
    "LayerSet",
    "Line",
    "OriginRow",
    "SourceRow",
    "Statement",
    "Step",
    "SystemLayers",
    "VerdictRow",
    "View",
    "build",
]
