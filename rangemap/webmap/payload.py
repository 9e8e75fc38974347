"""The data inside the page: who says what as JSON, geometry packed as integers, both for the page's script.

Coordinates are whole multiples of a grid step, longitude first, each curve as its first position and then the steps
from one position to the next; those numbers are written as varints, gzipped, and put into the page in base 91. That is
the idea of TopoJSON with bytes instead of digits: 35 % less page.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np
from shapely import get_coordinates, get_parts

from rangemap import places, resources, wording
from rangemap.cells import plain
from rangemap.webmap import packing, text

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import MultiLineString, MultiPolygon, Polygon

    from rangemap.ballot import Filters
    from rangemap.language import Language
    from rangemap.layers import Gap, LayerSet, Line, Statement, Step, SystemLayers, View

PER_DEGREE = 500
"""Cells of the grid of packed curves in a degree: at most 160 m off, inside the tolerance of an outline."""

BASE_PER_DEGREE = 100
"""Grid of the base map in the page: under a pixel up to zoom 7, and finer than the map of 1 : 50,000,000 is true."""

SCRIPT_TABLES = frozenset({
    "card", "choice", "count", "list", "live", "map", "number", "print", "sea", "search", "short", "table", "unit",
})  # fmt: skip
"""Tables of the message files whose words the page's script fills in."""


class PackedArcs(TypedDict):
    """Arcs of a base map: the cells of their grid in a degree, the positions of each, and all their steps, packed."""

    per_degree: int
    sizes: list[int]
    steps: str


def facts(layerset: LayerSet, lang: Language) -> dict[str, Any]:
    """Return what the page's script needs in order to count, as plain JSON values."""
    return {
        "systems": [_system(system) for system in layerset.systems],
        "views": [_view(view, lang) for view in layerset.views],
        "gap": _gap(layerset.gap, lang) if layerset.gap else None,
        "title": layerset.title,
        "credits": layerset.credits,
        "version": layerset.version,
        "hash": layerset.data_hash,
        "filters": _filters(layerset.filters_asked),
    }


def _filters(asked: Filters) -> dict[str, Any]:
    """Say what was asked for, so that the page can be made again from its file."""
    return {
        "tiers": sorted(asked.tiers),
        "as_of": asked.as_of,
        "origins": sorted(asked.origins),
        "claims": sorted(asked.claims),
        "flagged": asked.flagged,
    }


def words(lang: Language) -> dict[str, Any]:
    """Return what the page's script needs of a language: how it writes, and the messages that the script fills in."""
    own = {key: text for key, text in lang.messages.items() if key.split(".")[0] in SCRIPT_TABLES}
    wanted = ("locale", "digits", "group", "numbers")
    return {"code": lang.code, **{name: lang.about[name] for name in wanted}, "messages": own}


def geometry(layerset: LayerSet) -> tuple[str, str]:
    """Return the geometry of every view: which curves make what (JSON), and the curves themselves, both packed.

    A curve that bounds two bands and is a ring as well is stored once: `Pool` tells how.
    """
    pool = Pool()
    views = [_shapes(view, pool) for view in layerset.views]
    gap = [_curves(stretch.line, pool) for stretch in layerset.gap.stretches] if layerset.gap else []
    plan = json.dumps({"grid": PER_DEGREE, "sizes": pool.sizes(), "views": views, "gap": gap}, separators=(",", ":"))
    return packing.pack(plan.encode()), packing.pack(packing.varints(pool.steps()))


def distances(layerset: LayerSet, lang: Language) -> str:
    """Return countries and cities as columns, packed, with a list of distances for every view, and the script's words.

    Places of cities are in hundredths of a degree, distances in metres.
    """
    countries, cities = layerset.views[0].countries, layerset.cities
    names = [_names(lang, row.id, row.name, row.short_name) for row in countries]
    plan = {
        "lang": words(lang),
        "ids": [row.id for row in countries],
        "names": [plain(name) for name, _ in names],
        "shorts": [plain(short) for _, short in names],
        "near": [[_metres(row.nearest_km) for row in view.countries] for view in layerset.views],
        "far": [[_metres(row.farthest_km) for row in view.countries] for view in layerset.views],
        "cities": {
            "names": [plain(row.name) for row in cities],
            "countries": [row.country for row in cities],
            "lon": [round(row.lon * 100) for row in cities],
            "lat": [round(row.lat * 100) for row in cities],
            "near": [[_metres(row.nearest_km[view]) for row in cities] for view in range(len(layerset.views))],
        },
    }
    return packing.pack(json.dumps(plan, separators=(",", ":"), ensure_ascii=False).encode())


def _metres(km: float) -> int:
    return round(km * 1000)


def base(topology: dict[str, Any], arcs: PackedArcs, *, lang: Language) -> tuple[str, str]:
    """Return a TopoJSON base map on the grid that the page needs: topology (JSON), and its arcs, both packed.

    Parameters
    ----------
    topology
        TopoJSON with one object, `countries`.
    arcs
        Its arcs on the page's grid.
    lang
        Names the countries.
    """
    plan = {
        "countries": [_country(geometry, lang) for geometry in topology["objects"]["countries"]["geometries"]],
        "sizes": arcs["sizes"],
        "scale": 1 / arcs["per_degree"],
        "translate": topology["transform"]["translate"],
    }
    plan_text = json.dumps(plan, separators=(",", ":"), ensure_ascii=False)
    return packing.pack(plan_text.encode()), arcs["steps"]


def packed_arcs(topology: dict[str, Any], *, per_degree: int = BASE_PER_DEGREE) -> PackedArcs:
    """Put the arcs of a TopoJSON base map on a grid of so many cells in a degree, coarser than what Python has.

    Bends that leave the straight by less than a cell go.
    """
    scale = np.array(topology["transform"]["scale"]) * per_degree
    sizes, steps = packing.coarse(topology["arcs"], scale)
    return {"per_degree": per_degree, "sizes": sizes, "steps": packing.pack(packing.varints(steps))}


@cache
def shipped_arcs() -> PackedArcs:
    """Return the arcs of the 50m base map as `scripts/refresh_derived.py` has packed them: 0.1 s that no page waits."""
    found: PackedArcs = json.loads(resources.read_bytes("basemap/page-50m.json"))
    return found


class Pool:
    """Curves on the integer grid, each stored once, whichever way round and from wherever it is walked."""

    def __init__(self) -> None:
        self._places: dict[bytes, int] = {}
        self._curves: list[NDArray[np.int64]] = []

    def ring(self, positions: NDArray[np.float64]) -> int:
        """Return the number of a closed curve (first position repeated at the end)."""
        grid = _on_grid(positions)[:-1]
        start = int(np.lexsort((grid[:, 1], grid[:, 0]))[0])
        turned = np.roll(grid, -start, axis=0)
        if tuple(turned[1]) > tuple(turned[-1]):
            turned = np.roll(turned[::-1], 1, axis=0)
        return self._number(np.concatenate([turned, turned[:1]]))

    def curve(self, positions: NDArray[np.float64]) -> int:
        """Return the number of a curve, open or closed."""
        if np.array_equal(positions[0], positions[-1]):
            return self.ring(positions)
        return self._number(_on_grid(positions))

    def sizes(self) -> list[int]:
        """Return the number of positions of every curve."""
        return [len(curve) for curve in self._curves]

    def steps(self) -> NDArray[np.int64]:
        """Return all curves, each as its first position and the steps that follow: lon, lat, dlon, dlat and so on."""
        steps = [np.diff(curve, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)) for curve in self._curves]
        return np.concatenate(steps).ravel() if steps else np.zeros(0, dtype=np.int64)

    def _number(self, grid: NDArray[np.int64]) -> int:
        key = grid.tobytes()
        if key not in self._places:
            self._places[key] = len(self._curves)
            self._curves.append(grid)
        return self._places[key]


def _system(system: SystemLayers) -> dict[str, Any]:
    return {
        "id": system.id,
        "name": system.name,
        "series": system.series + 1,
        "projected": system.projected,
        "origins": {origin.id: origin.name for origin in system.origins},
        "lines": [_line(line) for line in system.lines],
        "steps": [_step(step) for step in system.steps],
        "statements": [_statement(statement) for statement in system.statements],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "km": line.km,
        "label": line.label,
        "role": str(line.role),
        "remark": line.remark,
        "claims": list(line.claims),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "inner": step.inner_km,
        "outer": step.outer_km,
        "line": step.outer_line,
        "claims": list(step.claims),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "line": statement.line,
        "lower": statement.lower_line,
        "origin": statement.origin,
        "claimant": statement.claimant,
        "tier": str(statement.tier),
        "asOf": statement.as_of,
        "low": statement.low_km,
        "high": statement.high_km,
        "stance": str(statement.stance),
        "votable": statement.votable or statement.dormant,
        "until": statement.until,
        "counted": statement.counted,
        "original": statement.original,
        "source": statement.source,
    }


def _gap(gap: Gap, lang: Language) -> dict[str, Any]:
    return {
        "region": gap.region_id,
        "area": _area_name(gap, lang),
        "area_id": gap.area_id,
        "km": gap.nearest_km,
        "parts": [{"kind": part.kind, "km": part.outer_km - part.inner_km} for part in gap.stretches],
    }


def _view(view: View, lang: Language) -> dict[str, Any]:
    return {
        "id": view.region_id,
        "name": text.region_name(lang, view),
        "from": text.place(lang, view),
        "in": text.place(lang, view, "in"),
        "country": view.region_country,
    }


def _shapes(view: View, pool: Pool) -> dict[str, Any]:
    return {
        "region": _country_id(view) or _polygons(view.region, pool),
        "outlines": {line: _curves(curve, pool) for line, curve in view.outlines.items()},
        "areas": {step: _polygons(area, pool) for step, area in view.areas.items()},
    }


def _country_id(view: View) -> str:
    """Return the id of the country that is the launch region: the page has its outline in the base map already."""
    found = (country for country in places.countries() if country.id == view.region_country)
    return next((country.id for country in found if country.geometry.equals_exact(view.region, 0)), "")


def _polygons(area: Polygon | MultiPolygon, pool: Pool) -> list[list[int]]:
    """Polygons as lists of ring numbers, exterior first."""
    return [
        [pool.ring(get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
        for part in get_parts(area)
        if not part.is_empty
    ]


def _curves(curve: MultiLineString, pool: Pool) -> list[int]:
    return [pool.curve(get_coordinates(part)) for part in get_parts(curve) if not part.is_empty]


def _on_grid(positions: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.round(positions * PER_DEGREE).astype(np.int64)


def _country(geometry: dict[str, Any], lang: Language) -> list[Any]:
    """Id, name, short name, polygons as lists of rings as lists of arc numbers; the English name if that is another."""
    code, properties = geometry["id"], geometry["properties"]
    own = _names(lang, code, properties["name"], properties.get("short_name", ""))
    english = [properties["name"]] if own[0] != properties["name"] else []
    return [code, *own, geometry["arcs"], *english]


def _names(lang: Language, code: str, name: str, short: str) -> tuple[str, str]:
    """Name a country, and shortly; a language may have no short form."""
    if lang.code == "en":
        return name, short
    return lang.country(code, name), ""


def _area_name(gap: Gap, lang: Language) -> str:
    """Name the area at the end of a gap line: a country in the page's language."""
    return text.in_sentence(gap.area_name) if lang.code == "en" else wording.named(lang, gap.area_name)
