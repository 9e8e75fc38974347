"""Drawing in one call, and the picture that a map carries into a notebook.

It stands above the page and the figures, which don't know each other: a map is a page, and its picture is a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap import figures, layers, webmap
from rangemap._optional import have

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue
    from rangemap.layers import LayerSet
    from rangemap.webmap.frame import RangeMap


def draw(
    *systems: str,
    regions: Sequence[str] = (),
    filters: Filters | None = None,
    catalogue: Catalogue | None = None,
    gap: str | None = None,
    lang: str = "en",
) -> RangeMap:
    """Draw the map of one to five systems: a `folium.Map` that shows itself in a notebook.

    Parameters
    ----------
    systems
        Ids, names or aliases.
    regions, filters, catalogue, gap, lang
        As for `rangemap.build_layers`.

    Returns
    -------
    RangeMap
        `save(path)` writes it as one HTML file; its `layerset` goes into `figure`, `export` and `write_report`.

    Raises
    ------
    UnknownNameError
        For a system, region, area or language that nobody has heard of.
    RegionError
        For a launch region that is no area, or too small.
    UsageError
        For no system, or more than five.
    """
    layerset = layers.build(systems, regions=regions, filters=filters, catalogue=catalogue, gap=gap, lang=lang)
    return webmap.build(layerset, lang=lang, picture=picture)


def picture(layerset: LayerSet) -> bytes | None:
    """Draw the static picture as PNG, 1,200 × 800 pixels; None where matplotlib (extra "figures") is not installed."""
    return figures.render(layerset, "png") if have("matplotlib") else None
