"""Draw the pictures of docs/geometry.md, one a step: `python scripts/geometry_pictures.py` (needs matplotlib)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import shapely

mpl.use("Agg")
import matplotlib.pyplot as plt

from rangemap.geodesy import core_reaches, reaches, rings
from rangemap.geodesy.boundary import points_along, real_edges, spacing_m
from rangemap.geodesy.ellipsoid import GEOD, lonlat_of
from rangemap.geodesy.envelope import envelope
from rangemap.geodesy.level import Circles, level
from rangemap.places.basemap import country
from rangemap.types import LonLat

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

FOLDER = Path(__file__).parents[1] / "docs" / "geometry"
BLUE, GREY, RED = "#004488", "#bbbbbb", "#bb5566"


def save(axes: Axes, name: str) -> None:
    """Save one small picture."""
    axes.set_xlabel("longitude")
    axes.set_ylabel("latitude")
    axes.figure.savefig(FOLDER / f"{name}.png", dpi=80, bbox_inches="tight", metadata={"Software": None})
    plt.close(axes.figure)
    print(FOLDER / f"{name}.png")


def outline(axes: Axes, area: BaseGeometry, **style: object) -> None:
    """Draw the rings of an area."""
    for ring in shapely.get_rings(shapely.get_parts(area)):
        axes.plot(*shapely.get_coordinates(ring).T, **style)


def boundary_points() -> None:
    """Step 1: the boundary as points."""
    iran = country("IRN").geometry
    edges = real_edges(iran)
    _, axes = plt.subplots(figsize=(6, 4.5))
    outline(axes, iran, color=GREY, lw=0.8)
    points = points_along(edges, spacing_m(edges, 300_000.0, 150.0))
    axes.plot(points.lon, points.lat, ".", ms=3, color=BLUE)
    save(axes, "1-points")


def visible_arcs() -> None:
    """Step 2: circles about all points, and the arcs that can be seen."""
    iran = country("IRN").geometry
    edges = real_edges(iran)
    points = points_along(edges, spacing_m(edges, 300_000.0, 150.0))
    at = level(300_000.0)
    _, axes = plt.subplots(figsize=(6, 4.5))
    for lon, lat in zip(points.lon[::12], points.lat[::12], strict=True):
        circle = GEOD.fwd(np.full(61, lon), np.full(61, lat), np.linspace(0, 360, 61), np.full(61, 3e5))
        axes.plot(circle[0], circle[1], lw=0.3, color=GREY)
    arcs = envelope(points, at, inside=True)
    circles = Circles(points.vectors, at, inside=True)
    for k, owner in enumerate(arcs.owner):
        tau = np.linspace(arcs.low[k], arcs.high[k], 20)
        axes.plot(*lonlat_of(circles.point(np.full(20, owner), tau)), lw=1.8, color=(BLUE, RED)[k % 2])
    outline(axes, iran, color="black", lw=0.6)
    save(axes, "2-arcs")


def vertices() -> None:
    """Step 3: vertices where the drawn edge needs them."""
    (area,) = rings(LonLat(125.75, 39.02), [5500], tolerance_m=20_000)
    _, axes = plt.subplots(figsize=(6, 3.6))
    for line in area.outline.geoms:
        axes.plot(*shapely.get_coordinates(line).T, ".-", ms=4, lw=0.8, color=BLUE)
    axes.axhline(85.0511, lw=0.5, color=GREY)
    save(axes, "3-vertices")


def rim() -> None:
    """Step 4: lines closed along the rim of the sheet."""
    (area,) = rings(LonLat(51.4, 0.0), [13_000])
    _, axes = plt.subplots(figsize=(6, 3.6))
    for part in shapely.get_parts(area.fill):
        axes.fill(*shapely.get_coordinates(part.exterior).T, color=BLUE, alpha=0.2)
        axes.plot(*shapely.get_coordinates(part.exterior).T, "--", lw=1, color=RED)
    for line in area.outline.geoms:
        axes.plot(*shapely.get_coordinates(line).T, lw=1.8, color=BLUE)
    save(axes, "4-rim")


def core() -> None:
    """Step 5: reach and core reach."""
    iran = country("IRN").geometry
    _, axes = plt.subplots(figsize=(6, 4.5))
    for area in reaches(iran, [1300, 2000]):
        outline(axes, area.fill, color=BLUE, lw=1.4)
    for area in core_reaches(iran, [1300, 2000]):
        outline(axes, area.fill, color=RED, lw=1.4)
    outline(axes, iran, color="black", lw=0.6)
    save(axes, "5-core")


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for draw in (boundary_points, visible_arcs, vertices, rim, core):
        draw()


if __name__ == "__main__":
    main()
