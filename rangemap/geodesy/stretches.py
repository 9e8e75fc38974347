"""Boundaries as short stretches, each near enough to an arc that three distances tell all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rangemap.geodesy.boundary import spacing_m
from rangemap.geodesy.ellipsoid import MEAN_RADIUS_M, unit_vectors
from rangemap.geodesy.tree import Tree

if TYPE_CHECKING:
    from rangemap.geodesy.boundary import Edges
    from rangemap.geodesy.ellipsoid import Bools, Floats, Ints

_STEP_M = 10_000.0
_SAGITTA_M = 2.0
_TOP = 48
_QUARTER_M = np.pi / 2 * MEAN_RADIUS_M


@dataclass(frozen=True)
class Stretches:
    """Stretches of boundary, straight in longitude and latitude, in groups.

    Attributes
    ----------
    lon1, lat1, lon2, lat2
        Their ends, degrees, shape (n,).
    half_m
        How far none of their points is from the middle, shape (n,).
    group
        Number of the area that each belongs to, ascending, shape (n,).
    """

    lon1: Floats
    lat1: Floats
    lon2: Floats
    lat2: Floats
    half_m: Floats
    group: Ints

    def __len__(self) -> int:
        return len(self.lon1)

    def take(self, index: Ints | Bools) -> Stretches:
        """Return some of the stretches."""
        lon1, lat1, lon2, lat2 = self.lon1[index], self.lat1[index], self.lon2[index], self.lat2[index]
        return Stretches(lon1, lat1, lon2, lat2, self.half_m[index], self.group[index])

    @cached_property
    def first(self) -> Floats:
        """Unit vectors of the first ends, shape (3, n)."""
        return unit_vectors(self.lon1, self.lat1)

    @cached_property
    def last(self) -> Floats:
        """Unit vectors of the last ends, shape (3, n)."""
        return unit_vectors(self.lon2, self.lat2)

    @cached_property
    def middle(self) -> Floats:
        """Unit vectors of the middles, shape (3, n)."""
        return unit_vectors((self.lon1 + self.lon2) / 2, (self.lat1 + self.lat2) / 2)

    @cached_property
    def tree(self) -> Tree:
        """The stretches as one boundary in a tree of caps, whatever their groups."""
        return Tree.of(self.middle, self.half_m, np.zeros(len(self), dtype=np.intp), _TOP)

    def at(self, index: Ints, share: Floats) -> tuple[Floats, Floats]:
        """Return the points of stretches at shares of their way, 0 to 1: degrees."""
        lon, lat = self.lon1[index], self.lat1[index]
        return lon + share * (self.lon2[index] - lon), lat + share * (self.lat2[index] - lat)

    @classmethod
    def whole(cls, edges: Edges, group: Ints) -> Stretches:
        """Return edges undivided: right to be sifted by caps, too long to be measured by three distances."""
        return cls(edges.lon1, edges.lat1, edges.lon2, edges.lat2, edges.lengths_m() / 2, group)

    @classmethod
    def of_edges(cls, edges: Edges, group: Ints) -> Stretches:
        """Return edges divided to stretches of at most 10 km, shorter near the poles; `group` is that of each edge."""
        length_m = edges.lengths_m()
        step_m = spacing_m(edges, _QUARTER_M, _SAGITTA_M, greatest_m=_STEP_M)
        pieces = np.maximum(np.ceil(length_m / step_m), 1).astype(np.intp)
        edge = np.repeat(np.arange(len(pieces)), pieces)
        k = np.arange(len(edge)) - (np.cumsum(pieces) - pieces)[edge]
        east, north = (edges.lon2 - edges.lon1)[edge], (edges.lat2 - edges.lat1)[edge]
        low, high = k / pieces[edge], (k + 1) / pieces[edge]
        lon, lat = edges.lon1[edge], edges.lat1[edge]
        half_m = (length_m / pieces / 2)[edge]
        return cls(lon + low * east, lat + low * north, lon + high * east, lat + high * north, half_m, group[edge])
