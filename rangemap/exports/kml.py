"""KML and KMZ for Google Earth: folders by system, balloons with citations, fills that close over the poles.

KML knows neither hatching nor dashes: how many agree shows in the strength of the fill, and every line is solid. The
colours are those for dark paper, because the globe is dark.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import shapely

from rangemap import style
from rangemap._optional import require
from rangemap.cells import plain
from rangemap.exports.balloons import document_html, feature_html
from rangemap.exports.sectors import sectors
from rangemap.exports.table import COLUMNS, KINDS
from rangemap.files import zipped
from rangemap.types import LineRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rangemap.exports.table import Table

FOLDERS = {
    "region": "Launch region",
    "band": "Within claims, and where they disagree",
    "reach": "Reach of each claim",
    "core": "Reached from everywhere in the region",
    "outline": "Lines",
    "gap": "The shortest way",
}
"""What the folder of each kind is called."""

HIDDEN = ("reach", "core")
"""Kinds that lie under others and are shown on request."""

WITHIN_OPACITY = 0.34
CONTESTED_OPACITY = (0.24, 0.18, 0.13, 0.09)
"""Of a band, by `style.hatch_step`."""

_STYLE = re.compile(r"<Style id=.*?</Style>", re.DOTALL)
_ID = re.compile(r'(?<= id=")\d+(?=">)|(?<=<styleUrl>#)\d+(?=</styleUrl>)')


def to_kml(table: Table) -> bytes:
    """Write the table as KML."""
    return _Writer(table).text().encode()


def to_kmz(table: Table) -> bytes:
    """Write the table as KMZ: the KML, packed."""
    return zipped({"doc.kml": to_kml(table)})


class _Writer:
    """Builds one document; styles are made once and shared."""

    def __init__(self, table: Table) -> None:
        self.simplekml = require("simplekml", extra="exports")
        self.layerset = table.layerset
        self.rows = table.frame.astype(object).where(table.frame.notna(), None).to_dict("records")
        self.statements = {said.id: said for system in self.layerset.systems for said in system.statements}
        self.series = {system.id: system.series for system in self.layerset.systems}
        self.styles: dict[tuple[Any, ...], Any] = {}

    def text(self) -> str:
        """Return the whole document."""
        kml = self.simplekml.Kml(name=_xml(self.layerset.title), open=1)
        kml.parsetext(parse=False)  # it would leave alone what looks like CDATA; everything is escaped here instead
        kml.document.description = _xml(document_html(self.layerset))
        for view in self.layerset.views:
            several = len(self.layerset.views) > 1
            parent = kml.newfolder(name=_xml(view.region_name)) if several else kml
            shown = view is self.layerset.views[0]
            self._fill(parent, [row for row in self.rows if row["region"] == view.region_id], shown=shown)
        return _numbered(_in_order(kml.kml(format=False)))

    def _fill(self, parent: Any, rows: list[dict[str, Any]], *, shown: bool) -> None:  # noqa: ANN401 - simplekml's
        for name, title in ((None, None), *((system.id, system.name) for system in self.layerset.systems)):
            own = [row for row in rows if row["system"] == name]
            home = parent.newfolder(name=_xml(title)) if title and own else parent
            for kind in KINDS:
                of_kind = [row for row in own if row["kind"] == kind]
                if of_kind:
                    self._folder(home, kind, of_kind, shown=shown and kind not in HIDDEN)

    def _folder(self, parent: Any, kind: str, rows: list[dict[str, Any]], *, shown: bool) -> None:  # noqa: ANN401 - the same
        folder = parent.newfolder(name=FOLDERS[kind], visibility=int(shown))
        for row in rows:
            self._placemark(folder, row, shown=shown)
        if kind == "outline":
            labels = parent.newfolder(name="Labels", visibility=int(shown))
            for row in rows:
                self._label(labels, row, shown=shown)

    def _placemark(self, folder: Any, row: dict[str, Any], *, shown: bool) -> None:  # noqa: ANN401 - the same
        mark = folder.newmultigeometry(name=_xml(row["label"]), visibility=int(shown))
        mark.description = _xml(feature_html(row, self.statements))
        mark.style = self._style(row)
        for name in COLUMNS:
            if row[name] not in (None, []):
                mark.extendeddata.newdata(name, _xml(_value(row[name])))
        _draw(mark, row["geometry"])

    def _label(self, folder: Any, row: dict[str, Any], *, shown: bool) -> None:  # noqa: ANN401 - the same
        """Write a line's label at its southernmost point: one below the other for the rings of a region."""
        lon, lat = min(shapely.get_coordinates(row["geometry"]).tolist(), key=lambda xy: (xy[1], xy[0]))
        point = folder.newpoint(name=_xml(row["label"]), coords=[(lon, lat)], visibility=int(shown))
        point.style = self._label_style()

    def _style(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the same
        line, width, fill = _look(row, style.SERIES_DARK[self.series.get(row["system"], 0)])
        made = self._shared(line, width, fill)
        made.linestyle.color, made.linestyle.width = line, width
        made.polystyle.color, made.polystyle.outline = fill, 0
        made.balloonstyle.text = "$[description]"
        return made

    def _label_style(self) -> Any:  # noqa: ANN401 - the same
        made = self._shared("label")
        made.iconstyle.scale = 0
        made.labelstyle.scale = 0.8
        return made

    def _shared(self, *key: object) -> Any:  # noqa: ANN401 - the same
        if key not in self.styles:
            self.styles[key] = self.simplekml.Style()
        return self.styles[key]


def _look(row: Mapping[str, Any], accent: str) -> tuple[str, float, str]:
    """Say how a feature is drawn: colour and width of its line, colour of its fill."""
    kind, level = row["kind"], row["level"]
    if kind == "outline":
        stroke = style.LINES[LineRole(level)].strokes[0]
        ink = accent if stroke.ink == "accent" else style.DARK[stroke.ink]
        return _colour(ink, 1.0), min(stroke.width, 3.0), _colour(accent, 0.0)
    if kind == "gap":
        return _colour(style.DARK["ink"], 1.0), 2.0, _colour(accent, 0.0)
    opacity = style.OPACITY_DARK["region"] if kind == "region" else WITHIN_OPACITY
    if kind == "band" and level == "contested":
        opacity = CONTESTED_OPACITY[style.hatch_step(row["share"])]
    return _colour(accent, 1.0), 1.0, _colour(accent, opacity)


def _colour(web: str, opacity: float) -> str:
    """Turn "#rrggbb" round: KML wants aabbggrr."""
    red, green, blue = web[1:3], web[3:5], web[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}"


def _draw(mark: Any, geometry: shapely.Geometry) -> None:  # noqa: ANN401 - simplekml's
    if geometry.geom_type.endswith("Polygon"):
        for polygon in sectors(geometry):
            holes = [ring.coords[:] for ring in polygon.interiors]
            mark.newpolygon(outerboundaryis=polygon.exterior.coords[:], innerboundaryis=holes, tessellate=1)
        return
    for line in shapely.get_parts(geometry):
        mark.newlinestring(coords=line.coords[:], tessellate=1)


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    return "; ".join(value) if isinstance(value, list) else str(value)


def _xml(text: str) -> str:
    return escape(plain(text))


def _in_order(text: str) -> str:
    """Gather the styles before the first folder, where KML's schema has them: simplekml puts them first in theirs."""
    styles = "".join(_STYLE.findall(text))
    head, folder, rest = _STYLE.sub("", text).partition("<Folder ")
    return f"{head}{styles}{folder}{rest}"


def _numbered(text: str) -> str:
    """Give ids afresh, from 0: simplekml counts on over all documents of a process."""
    numbers: dict[str, str] = {}
    return _ID.sub(lambda found: numbers.setdefault(found[0], str(len(numbers))), text)
