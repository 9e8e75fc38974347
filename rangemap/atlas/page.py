"""Make one page and its card: what a worker does, in this process, in another, or on another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap import layers, webmap, wording
from rangemap.atlas.model import Card, Page, Thumbnail
from rangemap.errors import RangemapError
from rangemap.types import LineRole
from rangemap.webmap import inset
from rangemap.webmap.globe import Globe, globe_center

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.atlas.model import Task
    from rangemap.catalogue.models import System
    from rangemap.layers import LayerSet, SystemLayers

GLOBE_RADIUS = 44.0
"""Of a thumbnail, in pixels."""

_COUNTED = frozenset({LineRole.ALL, LineRole.MAJORITY, LineRole.CLAIM, LineRole.ANY})

HOME = ("../index.html", "All systems")


def make_pages(tasks: Sequence[Task]) -> list[Page]:
    """Make the pages of a batch; one that can't be made says why and keeps no other from being made."""
    return [make_page(task) for task in tasks]


def make_page(task: Task) -> Page:
    """Make the page of one system."""
    try:
        layerset = layers.build([task.system], filters=task.filters, catalogue=task.catalogue)
        html = webmap.render(layerset, home=HOME)
    except RangemapError as error:
        return Page(task.system, task.key, error=f"{task.system}: {error}")
    return Page(task.system, task.key, html, card_of(task.catalogue.systems[task.system], layerset))


def card_of(system: System, layerset: LayerSet) -> Card:
    """Sum up a page for the index."""
    shown = layerset.systems[0]
    return Card(
        system=system.id,
        name=system.name,
        aliases=system.aliases,
        country=system.country,
        country_name=shown.country_name,
        kind=system.kind,
        kind_label=shown.kind_label,
        agreement=shown.agreement.value,
        projected=shown.projected,
        origins=len(shown.origins),
        claims=len(shown.statements),
        figures=_figures(shown),
        newest=max((row.as_of for row in shown.statements if row.as_of), default=None),
        thumbnail=_thumbnail(layerset),
    )


def _figures(shown: SystemLayers) -> str:
    counted = [line.km for line in shown.lines if line.role in _COUNTED]
    if not counted:
        return ""
    low, high = min(counted), max(counted)
    more = " or more" if any(o.open_above and o.allows_km == shown.any_km for o in shown.origins) else ""
    return f"{wording.kilometres([high]) if low == high else f'{low:,.0f} to {high:,.0f} km'}{more}"


def _thumbnail(layerset: LayerSet) -> Thumbnail:
    center = globe_center(layerset.views[:1], is_world=inset.is_world(layerset))
    paths = inset.paths(layerset, Globe(center, GLOBE_RADIUS))
    return Thumbnail(center.lon, center.lat, tuple((each.classes, each.fill, each.path) for each in paths))
