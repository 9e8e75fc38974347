"""The globe beside the map: how much of the world must be in sight, and the same rings drawn as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from shapely import get_coordinates

from rangemap import style
from rangemap.types import LineRole
from rangemap.webmap import page
from rangemap.webmap.globe import Globe, globe_center

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rangemap.layers import Gap, LayerSet, View

WORLD_KM = 5_000
"""A ring longer than this needs the whole world in view."""

_WIDE = 1.3

_MERCATOR_DEG = 85.05


@dataclass(frozen=True, slots=True)
class GlobePath:
    """One path of the globe with the classes that style it and what it stands for."""

    kind: str
    key: str
    path: str
    classes: str
    fill: str


@dataclass(frozen=True, slots=True)
class GlobeInset:
    """The globe, drawn: land and borders once, rings once for every launch region."""

    radius: float
    base: tuple[GlobePath, ...]
    views: tuple[tuple[GlobePath, ...], ...]


def is_world(layerset: LayerSet) -> bool:
    """Tell whether a counted ring is so long that the whole world must be in view."""
    drawn = {line for view in layerset.views for line in view.outlines}
    return any(
        line.km > WORLD_KM and line.id in drawn and line.role is not LineRole.SET_ASIDE
        for system in layerset.systems
        for line in system.lines
    )


def is_wide(layerset: LayerSet) -> bool:
    """Tell whether the rings leave no corner of the map free, so that the globe has to stand beside it."""
    return is_world(layerset) or any(_aspect(view) > _WIDE for view in layerset.views)


def _aspect(view: View) -> float:
    """Width by height, on the flat map, of all that is drawn from a launch region, unrolled about it."""
    positions = get_coordinates([view.region, *view.outlines.values()])
    turns = np.radians(get_coordinates(view.region)[:, 0])
    middle = np.degrees(np.arctan2(np.sin(turns).sum(), np.cos(turns).sum()))
    lon = np.radians((positions[:, 0] - middle + 180) % 360 - 180)
    lat = np.radians(np.clip(positions[:, 1], -_MERCATOR_DEG, _MERCATOR_DEG))
    return float(np.ptp(lon) / max(np.ptp(np.arctanh(np.sin(lat))), 1e-9))


def globe(layerset: LayerSet, radius: float) -> GlobeInset:
    """Draw the globe with the rings of every view."""
    world = Globe(globe_center(layerset.views, is_world=is_world(layerset)), radius)
    looks = _looks(layerset)
    return GlobeInset(
        radius=radius,
        base=tuple(GlobePath(shape.kind, "", shape.path, "", "") for shape in world.base()),
        views=tuple(
            (*_globe_paths(world, view, looks), *_gap_paths(world, view, layerset.gap)) for view in layerset.views
        ),
    )


def paths(layerset: LayerSet, world: Globe) -> tuple[GlobePath, ...]:
    """Draw the rings of the first view alone, on a globe of one's own."""
    return tuple(_globe_paths(world, layerset.views[0], _looks(layerset)))


def _looks(layerset: LayerSet) -> dict[str, tuple[str, str]]:
    """Give every step, region and line its classes, and its hatch where it has one."""
    alone = layerset.systems[0].series + 1 if len(layerset.systems) == 1 else 0
    looks: dict[str, tuple[str, str]] = {"region": (f"globe-region s{alone}", "")}
    for system in layerset.systems:
        series = system.series + 1
        for step in system.steps:
            hatch = f"url(#hatch-{series}-{style.hatch_step(step.share)})" if page.is_hatched(step) else ""
            kind = "" if hatch else ("globe-within" if step.share >= 1 else "globe-none")
            looks[step.id] = (f"{kind} s{series}".strip(), hatch)
        for line in system.lines:
            hidden = line.role in {LineRole.EARLIER, LineRole.SET_ASIDE}
            looks[line.id] = ("globe-none" if hidden else f"globe-ring globe-{line.role} s{series}", "")
    return looks


def _globe_paths(world: Globe, view: View, looks: dict[str, tuple[str, str]]) -> Iterable[GlobePath]:
    for shape in world.view(view):
        if shape.kind == "region":
            yield GlobePath("region", "", shape.path, looks["region"][0], "")
            continue
        classes, fill = looks.get(shape.id, ("globe-none", ""))
        if classes != "globe-none":
            yield GlobePath(shape.kind, shape.id, shape.path, classes, fill)


def _gap_paths(world: Globe, view: View, gap: Gap | None) -> Iterable[GlobePath]:
    """Draw the shortest way to an area over a halo, on the launch region that it starts from."""
    if gap is None or gap.region_id != view.region_id:
        return
    for classes in ("globe-halo", "globe-gap"):
        for stretch in gap.stretches:
            yield GlobePath("gap", "", world.line(stretch.line), classes, "")
