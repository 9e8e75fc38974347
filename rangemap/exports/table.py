"""The one table behind every export: a row a feature, in the columns of `docs/exports.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely

from rangemap.cells import plain
from rangemap.geodesy import area_km2
from rangemap.types import LineRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geopandas import GeoDataFrame

    from rangemap.layers import Gap, LayerSet, Line, Statement, SystemLayers, View

COLUMNS = (
    *("id", "kind", "level", "system", "region", "label", "range_km", "inner_km", "outer_km", "share", "area_km2"),
    *("claims", "origins", "citation", "tolerance_m"),
)
"""Columns of the table, in order; `geometry` comes after them."""

NUMBERS = ("range_km", "inner_km", "outer_km", "share", "area_km2", "tolerance_m")
LISTS = ("claims", "origins")

KINDS = ("region", "band", "reach", "core", "outline", "gap")
"""What a row can be, in the order of the table."""

GRID_DEG = 1e-6
"""Coordinates are multiples of this: about a tenth of a metre, far under the tolerance."""

CITATION_MARK = " | "
"""Stands between the citations of one cell."""

LEVEL_WORDS = {"all": "within every claim", "majority": "within at least half of the claims", "any": "within any claim"}


@dataclass(frozen=True, slots=True)
class Table:
    """All features of a `LayerSet`, and the `LayerSet` for names, styles, claims and sources.

    `frame` holds lists in `claims` and `origins`, None or NaN where a column does not apply, and lon/lat geometry that
    is valid to RFC 7946 on a grid of `GRID_DEG`.
    """

    frame: GeoDataFrame
    layerset: LayerSet

    def about(self) -> dict[str, str]:
        """Say what the table was made of, for formats that can hold it."""
        names = ("title", "version", "data_hash", "filters", "credits")
        return {name: plain(getattr(self.layerset, name)) for name in names}

    def flat(self) -> GeoDataFrame:
        """Give the frame with its lists joined by "; ", for formats without lists."""
        return self.frame.assign(**{name: self.frame[name].map("; ".join) for name in LISTS})


def table(layerset: LayerSet) -> Table:
    """Make the table of a `LayerSet`.

    Parameters
    ----------
    layerset
        What to export; its `View.cores` become rows of kind `core` where they were asked for.
    """
    found = (_finished(row) for view in layerset.views for row in _rows(view, layerset))
    rows = [row for row in found if not row["geometry"].is_empty]  # all is within reach before the last step
    columns = {name: [row.get(name) for row in rows] for name in COLUMNS}
    numbers = {name: np.array(columns[name], dtype=float) for name in NUMBERS}
    frame = geopandas.GeoDataFrame({**columns, **numbers}, geometry=[row["geometry"] for row in rows], crs="EPSG:4326")
    return Table(frame, layerset)


def _rows(view: View, layerset: LayerSet) -> Iterator[dict[str, Any]]:
    yield _region(view, layerset)
    for system in layerset.systems:
        for row in (*_bands(view, system), *_reaches(view, system), *_cores(view, system), *_outlines(view, system)):
            yield {"system": system.id, "region": view.region_id, "tolerance_m": view.tolerance_m, **row}
    if layerset.gap and layerset.gap.region_id == view.region_id:
        yield from _gap(layerset.gap, view, layerset.systems)


def _finished(row: Mapping[str, Any]) -> dict[str, Any]:
    """Put the geometry on the grid, measure it, and take from every text what a reader can't see."""
    geometry = on_grid(row["geometry"])
    clean = {name: " ".join(plain(value).split()) if isinstance(value, str) else value for name, value in row.items()}
    polygonal = geometry.geom_type.endswith("Polygon")
    lists = {name: [plain(value) for value in row.get(name, ())] for name in LISTS}
    return {**clean, **lists, "geometry": geometry, "area_km2": round(area_km2(geometry), 1) if polygonal else None}


def on_grid(geometry: shapely.Geometry) -> shapely.Geometry:
    """Round coordinates to the grid; areas stay valid and outer rings counter-clockwise."""
    if not geometry.geom_type.endswith("Polygon"):
        return shapely.remove_repeated_points(shapely.transform(geometry, _rounded))
    snapped = shapely.set_precision(geometry, GRID_DEG)
    return shapely.orient_polygons(shapely.transform(snapped, _rounded))


def _rounded(xy: Any) -> Any:  # noqa: ANN401 - an array of coordinates
    return np.round(xy, 6) + 0.0  # no -0.0


def _region(view: View, layerset: LayerSet) -> dict[str, Any]:
    return {
        "id": f"{view.region_id}/region",
        "kind": "region",
        "region": view.region_id,
        "label": view.region_name,
        "citation": layerset.credits,
        "geometry": view.region,
    }


def _bands(view: View, system: SystemLayers) -> Iterator[dict[str, Any]]:
    for step in system.steps:
        if not step.grants and not step.allows:  # between figures that have since been replaced
            continue
        yield {
            "id": f"{view.region_id}/band/{step.id}",
            "kind": "band",
            "level": "contested" if step.contested else "within",
            "label": step.label,
            "inner_km": step.inner_km,
            "outer_km": step.outer_km,
            "share": round(step.share, 4),
            "geometry": view.areas[step.id],
            **_said(system, step.claims),
        }


def _reaches(view: View, system: SystemLayers) -> Iterator[dict[str, Any]]:
    for level, line in level_lines(system).items():
        label = f"{line.label}: {LEVEL_WORDS[level]}"
        yield _reach(view, line, level, "", {"label": label, **_said(system, _setting(system, line))})
    lines = {line.id: line for line in system.lines}
    for said in system.statements:
        for level, line_id in (("claim-low", said.lower_line), ("claim", said.line)):
            if said.counted and line_id:
                words = {"label": _claim_words(said), **_said(system, (said.id,))}
                yield _reach(view, lines[line_id], level, f"/{said.id}", words)


def _reach(view: View, line: Line, level: str, claim: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{view.region_id}/reach/{line.system}/{level}{claim}",
        "kind": "reach",
        "level": level,
        "range_km": line.km,
        "geometry": view.reaches[line.id],
        **words,
    }


def _cores(view: View, system: SystemLayers) -> Iterator[dict[str, Any]]:
    for level, line in level_lines(system).items():
        if line.id in view.cores:
            yield {
                "id": f"{view.region_id}/core/{system.id}/{level}",
                "kind": "core",
                "level": level,
                "label": f"{line.label} from everywhere in {view.region_name}: {LEVEL_WORDS[level]}",
                "range_km": line.km,
                "geometry": view.cores[line.id],
                **_said(system, _setting(system, line)),
            }


def _outlines(view: View, system: SystemLayers) -> Iterator[dict[str, Any]]:
    for line in system.lines:
        if line.id in view.outlines and not view.outlines[line.id].is_empty:
            yield {
                "id": f"{view.region_id}/outline/{line.id}",
                "kind": "outline",
                "level": line.role.value,
                "label": f"{line.label} · {line.remark}" if line.remark else line.label,
                "range_km": line.km,
                "geometry": view.outlines[line.id],
                **_said(system, line.claims),
            }


def _gap(gap: Gap, view: View, systems: Sequence[SystemLayers]) -> Iterator[dict[str, Any]]:
    system = next(each for each in systems if each.id == gap.system)
    for part in gap.stretches:
        yield {
            "id": f"{view.region_id}/gap/{gap.system}/{gap.area_id}/{part.kind}",
            "kind": "gap",
            "level": part.kind,
            "system": gap.system,
            "region": view.region_id,
            "label": f"{part.label}, on the shortest way to {gap.area_name}",
            "inner_km": round(part.inner_km, 3),
            "outer_km": round(part.outer_km, 3),
            "geometry": part.line,
            "tolerance_m": view.tolerance_m,
            **_said(system, [said.id for said in system.statements if said.counted]),
        }


def level_lines(system: SystemLayers) -> dict[str, Line]:
    """Find the lines that stand for `all`, `majority` and `any`; empty where nobody votes.

    A line that is several of them is drawn, and marked, as the majority's: see `layers.lines`.
    """
    by_role = {line.role: line for line in system.lines}
    half = by_role.get(LineRole.MAJORITY)
    if half is None:
        return {}
    return {"all": by_role.get(LineRole.ALL, half), "majority": half, "any": by_role.get(LineRole.ANY, half)}


def _setting(system: SystemLayers, line: Line) -> list[str]:
    """Name the counted claims that stand on a line, and so set it."""
    return [said.id for said in system.statements if said.counted and line.id in (said.line, said.lower_line)]


def _claim_words(said: Statement) -> str:
    return f"{said.claimant}, {said.as_of[:4] if said.as_of else 'undated'}: {said.original}"


def _said(system: SystemLayers, claims: Iterable[str]) -> dict[str, Any]:
    """Give the claims with who made them, and where it is said."""
    wanted = set(claims)
    rows = [said for said in system.statements if said.id in wanted]
    cited = dict.fromkeys(said.citation for said in rows)
    origins = dict.fromkeys(said.origin for said in rows)
    return {
        "claims": [said.id for said in rows],
        "origins": list(origins),
        "citation": CITATION_MARK.join(" ".join(each.split()) for each in cited),
    }
