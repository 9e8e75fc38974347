"""Build a small TopoJSON topology from polygons on an integer grid: shared borders are stored once.

The steps are those of any TopoJSON writer: find the junctions at which rings meet or part, cut the rings into arcs
there, keep each arc once. The ends of edges that run along ±180° or the pole are junctions too, so that edges that
exist only because a map has to be cut somewhere are arcs of their own: a renderer can leave them out of an outline.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

Node: TypeAlias = tuple[int, int]
Ring: TypeAlias = list[Node]
"""A closed ring whose first node is not repeated at its end."""
Feature: TypeAlias = tuple[dict[str, Any], list[list[Ring]]]
"""Members of the geometry object (`id`, `properties`), and its polygons: exterior ring, then holes."""


@dataclass(frozen=True)
class Grid:
    """The integer grid of the coordinates: `per_degree` cells a degree, counted from 180° W, 90° S."""

    per_degree: int

    def node(self, lon: float, lat: float) -> Node:
        """Return the grid node nearest to a position in degrees."""
        return round((lon + 180) * self.per_degree), round((lat + 90) * self.per_degree)

    def is_seam(self, a: Node, b: Node) -> bool:
        """Tell whether an edge runs along ±180° or a pole, where no border is."""
        lon_ends, lat_ends = (0, 360 * self.per_degree), (0, 180 * self.per_degree)
        return (a[0] == b[0] and a[0] in lon_ends) or (a[1] == b[1] and a[1] in lat_ends)

    def transform(self) -> dict[str, list[float]]:
        """Return the `transform` member of the topology."""
        return {"scale": [1 / self.per_degree, 1 / self.per_degree], "translate": [-180, -90]}


@dataclass
class _Arcs:
    """The arcs found so far, each once, whichever way it was first walked."""

    arcs: list[Ring] = field(default_factory=list)
    known: dict[tuple[Node, ...], int] = field(default_factory=dict)

    def index(self, arc: Ring) -> int:
        """Return the TopoJSON index of an arc, adding it where it is new: `~i` where it is walked backwards."""
        forward, backward = tuple(arc), tuple(reversed(arc))
        if forward in self.known:
            return self.known[forward]
        if backward in self.known:
            return ~self.known[backward]
        self.known[forward] = len(self.arcs)
        self.arcs.append(arc)
        return self.known[forward]


def topology(features: list[Feature], name: str, grid: Grid) -> dict[str, Any]:
    """Return a TopoJSON topology with one GeometryCollection `name`, every geometry a MultiPolygon."""
    junctions = _junctions([ring for _, polygons in features for rings in polygons for ring in rings], grid)
    arcs = _Arcs()
    geometries = [
        members
        | {"type": "MultiPolygon", "arcs": [[_walk(ring, junctions, arcs) for ring in rings] for rings in polygons]}
        for members, polygons in features
    ]
    return {
        "type": "Topology",
        "transform": grid.transform(),
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_deltas(arc) for arc in arcs.arcs],
    }


def _junctions(rings: list[Ring], grid: Grid) -> set[Node]:
    """Nodes at which the neighbours are not the same in every ring, and the ends of seam edges."""
    neighbours: dict[Node, set[frozenset[Node]]] = defaultdict(set)
    junctions = set()
    for ring in rings:
        for before, node, after in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
            neighbours[node].add(frozenset((before, after)))
            if grid.is_seam(before, node) != grid.is_seam(node, after):
                junctions.add(node)
    return junctions | {node for node, pairs in neighbours.items() if len(pairs) > 1}


def _walk(ring: Ring, junctions: set[Node], arcs: _Arcs) -> list[int]:
    """Cut one ring into arcs, starting at a junction, or at its least node where it meets no other ring."""
    starts = [place for place, node in enumerate(ring) if node in junctions]
    start = starts[0] if starts else ring.index(min(ring))
    closed = ring[start:] + ring[:start] + [ring[start]]
    cuts = [0, *(place for place, node in enumerate(closed[1:-1], 1) if node in junctions), len(closed) - 1]
    return [arcs.index(closed[a : b + 1]) for a, b in pairwise(cuts)]


def _deltas(arc: Ring) -> list[list[int]]:
    first = [list(arc[0])]
    return first + [[b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc)]
