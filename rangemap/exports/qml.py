"""Styles for QGIS (3.20 and later): the map's tints, hatches, lines and labels as QML, one document a layer.

Sizes are points: a CSS pixel of `rangemap.style` is three quarters of one. Rules name system and level, so that the
legend reads like the map's.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from rangemap import style
from rangemap.cells import plain
from rangemap.types import LineRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rangemap.layers import LayerSet, SystemLayers
    from rangemap.style import Stroke

POINTS_A_PIXEL = 0.75
DOT = 0.01
"""Length of a dash that is a round dot: QGIS draws none of length 0."""

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_HIDDEN_KINDS = ("reach", "core")
_HIDDEN_ROLES = (LineRole.EARLIER, LineRole.SET_ASIDE)
"""Not drawn at first, as on the map; a tick in the legend shows them."""

_LABEL = f"""CASE WHEN "level" IN ({", ".join(f"'{role.value}'" for role in _HIDDEN_ROLES)}) THEN '' ELSE "label" END"""

Layer = tuple[str, dict[str, str], "Layer | None"]
"""A symbol layer: its class, its options, and the layer of the symbol inside it."""

Rule = tuple[str, str, bool, "Sequence[Layer]"]
"""Legend words, filter expression, whether it is drawn at first, symbol layers from below."""


def qml(kind: str, layerset: LayerSet) -> str:
    """Return the style of the layer that holds the features of one kind."""
    rules = list(_RULES[kind](layerset))
    document = ET.Element("qgis", {"version": "3.22.0", "styleCategories": "Symbology|Labeling", "labelsEnabled": "1"})
    renderer = ET.SubElement(document, "renderer-v2", {"type": "RuleRenderer", "symbollevels": "0", "forceraster": "0"})
    tree = ET.SubElement(renderer, "rules", {"key": f"{{{kind}}}"})
    symbols = ET.SubElement(renderer, "symbols")
    for number, (words, expression, shown, layers) in enumerate(rules):
        key = {"key": f"{{{kind}-{number}}}", "symbol": str(number), "label": words, "filter": expression}
        ET.SubElement(tree, "rule", key | {"checkstate": str(int(shown))})
        _add_symbol(symbols, str(number), "line" if kind in ("outline", "gap") else "fill", layers)
    if kind in ("outline", "region", "gap"):
        _add_labels(document, kind)
    else:
        document.set("labelsEnabled", "0")
    return _DOCTYPE + ET.tostring(document, encoding="unicode")


def _region_rules(layerset: LayerSet) -> Iterator[Rule]:
    accent = style.SERIES_LIGHT[layerset.systems[0].series]
    fill = _fill(_rgba(accent, style.OPACITY_LIGHT["region"]), edge=_rgba(accent), width=1.0)
    yield "launch region", "", True, [fill]


def _band_rules(layerset: LayerSet) -> Iterator[Rule]:
    for system, accent in _accents(layerset):
        tint = _fill(_rgba(accent, style.OPACITY_LIGHT["within"]))
        yield _named(system, layerset, "within every claim"), _where(system, level="within"), True, [tint]
        light = _fill(_rgba(accent, style.OPACITY_LIGHT["contested"]))
        edges = (float("inf"), *(least for least, _ in style.HATCH_STEPS))
        for (above, least), (_, gap) in zip(pairwise(edges), style.HATCH_STEPS, strict=True):
            where = f'{_where(system, level="contested")} AND "share" >= {least}'
            where += f' AND "share" < {above}' if above <= 1 else ""
            words = f"contested, {least:.0%} or more of the claimants" if least else "contested, fewer"
            yield _named(system, layerset, words), where, True, [light, _hatch(accent, gap)]


def _outline_rules(layerset: LayerSet) -> Iterator[Rule]:
    for system, accent in _accents(layerset):
        for role in dict.fromkeys(line.role for line in system.lines):
            look = style.LINES[role]
            layers = [_stroke(stroke, accent) for stroke in look.strokes]
            shown = role not in _HIDDEN_ROLES
            yield _named(system, layerset, look.legend), _where(system, level=role.value), shown, layers


def _reach_rules(layerset: LayerSet) -> Iterator[Rule]:
    for system, accent in _accents(layerset):
        look = _fill(_rgba(accent, style.OPACITY_LIGHT["contested"]), edge=_rgba(accent), width=0.9)
        yield _named(system, layerset, "reach, hidden at first"), _where(system), False, [look]


def _gap_rules(_: LayerSet) -> Iterator[Rule]:
    look = style.LINES[LineRole.ANY].strokes[0].dash
    for level, words, dash in (
        ("within", "within every claim", ()),
        ("contested", "contested", look),
        ("beyond", "beyond every claim", (1.5, 4.0)),
    ):
        yield words, f"\"level\" = '{level}'", True, [_line(_rgba(style.LIGHT["ink"]), 1.5, dash)]


_RULES = {
    "region": _region_rules,
    "band": _band_rules,
    "reach": _reach_rules,
    "core": _reach_rules,
    "outline": _outline_rules,
    "gap": _gap_rules,
}


def _accents(layerset: LayerSet) -> Iterable[tuple[SystemLayers, str]]:
    return ((system, style.SERIES_LIGHT[system.series]) for system in layerset.systems)


def _named(system: SystemLayers, layerset: LayerSet, words: str) -> str:
    return f"{plain(system.name)}: {words}" if len(layerset.systems) > 1 else words


def _where(system: SystemLayers, **columns: str) -> str:
    pairs = {"system": system.id, **columns}
    return " AND ".join(f"\"{name}\" = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in pairs.items())


def _rgba(web: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(web[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


def _points(pixels: float) -> str:
    return f"{pixels * POINTS_A_PIXEL:g}"


def _fill(colour: str, *, edge: str = "", width: float = 0.0) -> Layer:
    options = {
        "color": colour,
        "style": "solid",
        "outline_style": "solid" if edge else "no",
        "outline_color": edge or "0,0,0,0",
        "outline_width": _points(width),
        "outline_width_unit": "Point",
        "joinstyle": "round",
    }
    return "SimpleFill", options, None


def _hatch(accent: str, gap: float) -> Layer:
    options = {"angle": "45", "distance": _points(gap), "distance_unit": "Point"}
    return "LinePatternFill", options, _line(_rgba(accent, style.OPACITY_LIGHT["hatch"]), style.HATCH_WIDTH, ())


def _stroke(stroke: Stroke, accent: str) -> Layer:
    ink = accent if stroke.ink == "accent" else style.LIGHT[stroke.ink]
    return _line(_rgba(ink), stroke.width, stroke.dash, cap="round" if stroke.round else "flat")


def _line(colour: str, width: float, dash: Sequence[float], *, cap: str = "flat") -> Layer:
    options = {
        "line_color": colour,
        "line_width": _points(width),
        "line_width_unit": "Point",
        "capstyle": cap,
        "joinstyle": "round",
        "use_custom_dash": "1" if dash else "0",
        "customdash": ";".join(_points(max(length, DOT)) for length in dash) or "5;2",
        "customdash_unit": "Point",
    }
    return "SimpleLine", options, None


def _add_symbol(parent: ET.Element, name: str, kind: str, layers: Iterable[Layer]) -> None:
    symbol = ET.SubElement(parent, "symbol", {"type": kind, "name": name, "alpha": "1", "clip_to_extent": "1"})
    for number, (drawing, options, inner) in enumerate(layers):
        layer = ET.SubElement(symbol, "layer", {"class": drawing, "enabled": "1", "pass": "0", "locked": "0"})
        _add_options(layer, options)
        if inner:
            _add_symbol(layer, f"@{name}@{number}", "line", [inner])


def _add_options(parent: ET.Element, options: Mapping[str, str]) -> None:
    group = ET.SubElement(parent, "Option", {"type": "Map"})
    for name, value in options.items():
        ET.SubElement(group, "Option", {"type": "QString", "name": name, "value": value})


def _add_labels(document: ET.Element, kind: str) -> None:
    """Write labels in ink on a pale halo: horizontal, as on the map."""
    settings = ET.SubElement(ET.SubElement(document, "labeling", {"type": "simple"}), "settings")
    text = {
        "fieldName": _LABEL,
        "isExpression": "1",
        "fontFamily": "Open Sans",
        "fontSize": "9",
        "fontSizeUnit": "Point",
    }
    weight = "75" if kind == "region" else "63"
    words = ET.SubElement(
        settings, "text-style", {**text, "fontWeight": weight, "textColor": _rgba(style.LIGHT["ink"])}
    )
    halo = {"bufferDraw": "1", "bufferSize": "2", "bufferSizeUnits": "Point", "bufferColor": "255,255,255,235"}
    ET.SubElement(words, "text-buffer", halo)
    place = {"placement": "1" if kind == "region" else "4", "placementFlags": "9", "priority": "5"}
    ET.SubElement(settings, "placement", place)
    ET.SubElement(settings, "rendering", {"obstacle": "0", "drawLabels": "1"})
