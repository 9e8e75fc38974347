"""What stands round the map: heading, list of lines, key to the fills, foot.

A block knows its height before it is drawn, so that the map gets what is left. All in pixels from the upper left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle
from shapely import LineString, MultiLineString, box

from rangemap import style
from rangemap.figures import paint, words
from rangemap.figures.lettering import LEADING, Run, font, plain, runs_of, width, wrap
from rangemap.figures.sheet import UNDRAWN
from rangemap.types import LineRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from rangemap.figures.projection import Projection
    from rangemap.layers import LayerSet, Line, SystemLayers

_SAMPLE = 34.0
_MOST_STANDFIRST = 4
_MOST_TITLE = 3
_NARROW = 0.9
_LONG = 2.2
_EXPLAINED = frozenset({LineRole.ALL, LineRole.MAJORITY, LineRole.ANY})


@dataclass(frozen=True, slots=True)
class Swatch:
    """A fill to show: "region", "within" or "hatch-0" to "hatch-3", in a colour, its hatch leaning one way."""

    kind: str
    ink: str
    rising: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of words of one size, with a sample drawn before the first, and the air above.

    Attributes
    ----------
    lines
        Runs, already broken to fit.
    size
        Of the letters.
    above
        Air above it.
    indent
        Room for the sample, at the left.
    sample
        The line whose drawing stands there, or the fills.
    accent
        Of the line.
    """

    lines: tuple[tuple[Run, ...], ...]
    size: float
    above: float = 0.0
    indent: float = 0.0
    sample: LineRole | tuple[Swatch, ...] | None = None
    accent: str = ""

    @property
    def height(self) -> float:
        """Of the block with the air above, pixels."""
        return self.above + len(self.lines) * self.size * LEADING


def heading(layerset: LayerSet, room: float, scale: float) -> list[Block]:
    """Set kicker, question and finding."""
    first, *rest = [plain(part) for part in layerset.kicker if part]
    kicker = [Run(first, "bold", accent(layerset, 0)), Run(" · ".join(["", *rest]), "sans", "ink-3")]
    title = (28 if scale >= _NARROW else 25) * scale
    body = 14.0 * scale
    most = _MOST_STANDFIRST if scale >= _NARROW else 3 * _MOST_STANDFIRST  # a narrow column takes it whole
    return [
        _block([kicker], 12 * scale, room, most=2),
        _block([[Run(plain(layerset.title), "serif", "ink")]], title, room, above=3 * scale, most=_MOST_TITLE),
        _block([runs_of(layerset.standfirst)], body, room, above=7 * scale, most=most),
    ]


def foot(layerset: LayerSet, room: float, scale: float) -> list[Block]:
    """Set sources, what is counted, and who made it from what."""
    small = 10.0 * scale
    texts = [words.source_line(layerset), " ".join(part for part in (layerset.filters, _credits(layerset)) if part)]
    return [_block([runs_of(text, ink="ink-3")], small, room, above=3 * scale, most=5) for text in texts]


def _credits(layerset: LayerSet) -> str:
    """Leave out the page's map library: there is none in a picture."""
    return layerset.credits.replace(" Map: Leaflet.", "")


def panel(layerset: LayerSet, projection: Projection, room: float, scale: float, height: float | None) -> list[Block]:
    """Set the list of lines, the key to the fills and the note on the projection, in the height that there is."""
    said = words.projection_note(projection.name, layerset)
    key = [
        *_fills(layerset, room, scale),
        _block([runs_of(said, ink="ink-3")], 10.5 * scale, room, above=10 * scale),
    ]
    full = _lists(layerset, room, scale, is_terse=False)
    if height is None or height_of([*full, *key]) <= height:
        return [*full, *key]
    terse = _lists(layerset, room, scale, is_terse=True)
    key = [*_roles(layerset, room, scale), *key]
    return [*_fitted(terse, height - height_of(key), room, scale), *key]


def _lists(layerset: LayerSet, room: float, scale: float, *, is_terse: bool) -> list[Block]:
    found = (_system(layerset, system, room, scale, is_terse=is_terse) for system in layerset.systems)
    return [block for blocks in found for block in blocks]


def height_of(blocks: Sequence[Block]) -> float:
    """Return the height of blocks set below each other, pixels."""
    return sum(block.height for block in blocks)


def columns(blocks: Sequence[Block]) -> list[list[Block]]:
    """Part a panel into three columns: lines, fills, note; a long list of lines takes two of them."""
    first_fill = next(place for place, block in enumerate(blocks) if isinstance(block.sample, tuple))
    lines, fills, note = list(blocks[:first_fill]), list(blocks[first_fill:-1]), list(blocks[-1:])
    if height_of(lines) < _LONG * height_of(fills):
        return [lines, fills, note]
    middle = next(
        (
            place
            for place, block in enumerate(lines)
            if isinstance(block.sample, LineRole) and height_of(lines[:place]) > height_of(lines) / 2
        ),
        len(lines),
    )
    return [lines[:middle], lines[middle:], fills + note]


def accent(layerset: LayerSet, place: int) -> str:
    """Return the accent of a system by its place."""
    return style.SERIES_LIGHT[layerset.systems[place].series]


def set_blocks(ax: Axes, blocks: Sequence[Block], x: float, y: float, *, scale: float) -> None:
    """Draw blocks below each other; `x` and `y` are the upper left corner."""
    for block in blocks:
        y += block.above
        if block.sample is not None:
            _draw_sample(ax, block, x, y + block.size * LEADING / 2, scale)
        for line in block.lines:
            set_line(ax, line, x + block.indent, y + block.size * (0.5 * LEADING + 0.36), block.size)
            y += block.size * LEADING


def set_line(ax: Axes, runs: Sequence[Run], x: float, baseline: float, size: float) -> None:
    """Draw runs one after the other on a baseline."""
    for run in runs:
        ax.text(
            x,
            baseline,
            run.text,
            fontproperties=font(run.face, size),
            color=paint.colour(run.ink),
            ha="left",
            va="baseline",
            parse_math=False,
            zorder=10,
        )
        x += width(run.text, run.face, size)


def _block(
    paragraphs: Sequence[Sequence[Run]],
    size: float,
    room: float,
    *,
    above: float = 0.0,
    most: int | None = None,
    indent: float = 0.0,
    sample: LineRole | tuple[Swatch, ...] | None = None,
    ink: str = "",
) -> Block:
    lines = [tuple(line) for runs in paragraphs for line in wrap(runs, size, room - indent, most=most)]
    return Block(tuple(lines), size, above, indent, sample, ink)


def _system(layerset: LayerSet, system: SystemLayers, room: float, scale: float, *, is_terse: bool) -> list[Block]:
    ink = accent(layerset, layerset.systems.index(system))
    count = len(system.origins)
    counted = f"{count} claimants, each counted once" if count > 1 else "one claimant" if count else "no claim counted"
    several = len(layerset.systems) > 1
    name = plain(system.name) if several else "Who says what"
    blocks = [
        _block([[Run(name, "bold", ink if several else "ink")]], 13.5 * scale, room, above=8 * scale),
        _block([[Run(counted.capitalize(), "sans", "ink-3")]], 10.5 * scale, room),
    ]
    for line in system.lines:
        if line.role not in UNDRAWN and not (line.role is LineRole.FLOWN and line.id not in layerset.views[0].outlines):
            blocks += _line_blocks(line, system, ink, room, scale, is_terse=is_terse)
    return blocks


def _line_blocks(
    line: Line, system: SystemLayers, ink: str, room: float, scale: float, *, is_terse: bool
) -> list[Block]:
    indent = (_SAMPLE + 8) * scale
    runs = [
        Run(plain(line.label), "bold", "ink"),
        Run(f"  {plain(line.remark)}" if line.remark else "", "sans", "ink-2"),
    ]
    said = "" if is_terse else words.role_words(line, system)
    blocks = [_block([runs], 11.5 * scale, room, above=6 * scale, indent=indent, sample=line.role, ink=ink)]
    if said:
        blocks.append(_block([[Run(said, "sans", "ink-3")]], 10.5 * scale, room, indent=indent))
    return blocks


def _fills(layerset: LayerSet, room: float, scale: float) -> list[Block]:
    """Explain the fills that the map uses, and only those; systems share a row, each in its colour."""
    launch = (Swatch("region", region_ink(layerset)),)
    within: list[Swatch] = []
    hatched: list[Swatch] = []
    for place, system in enumerate(layerset.systems):
        ink, rising = accent(layerset, place), is_rising(place)
        if any(not step.contested for step in system.steps):
            within.append(Swatch("within", ink, rising))
        kinds = sorted({style.hatch_step(step.share) for step in system.steps if step.contested and step.share > 0})
        kinds = kinds if len(layerset.systems) == 1 else kinds[:1]
        hatched += [Swatch(f"hatch-{kind}", ink, rising) for kind in kinds]
    claim = "projection" if any(system.projected for system in layerset.systems) else "claim"
    rows = (
        (f"launch area: {layerset.views[0].region_name}", launch),
        (f"within every {claim}", tuple(within)),
        (f"contested: the closer the lines, the more {claim}s reach", tuple(hatched)),
    )
    return [
        _block(
            [[Run(plain(text), "sans", "ink-2")]],
            10.5 * scale,
            room,
            above=(14 if sample is launch else 5) * scale,
            indent=(_SAMPLE + 8) * scale,
            sample=sample,
        )
        for text, sample in rows
        if sample
    ]


def _roles(layerset: LayerSet, room: float, scale: float) -> list[Block]:
    """Explain the lines once for all systems, where there is no room to do so at each."""
    used = {line.role for system in layerset.systems for line in system.lines} & _EXPLAINED
    ink = region_ink(layerset)
    return [
        _block(
            [[Run(style.LINES[role].legend, "sans", "ink-2")]],
            10.5 * scale,
            room,
            above=(12 if place == 0 else 3) * scale,
            indent=(_SAMPLE + 8) * scale,
            sample=role,
            ink=ink,
        )
        for place, role in enumerate(role for role in LineRole if role in used)
    ]


def region_ink(layerset: LayerSet) -> str:
    """Return the colour of the launch region: the system's own, or ink where there are several."""
    return accent(layerset, 0) if len(layerset.systems) == 1 else style.LIGHT["ink-2"]


def is_rising(place: int) -> bool:
    """Tell which way a system's hatch leans: neighbours differ, so that they stay apart without colour."""
    return place % 2 == 0


def _fitted(blocks: Sequence[Block], height: float, room: float, scale: float) -> list[Block]:
    """Leave out lines, plain ones first, until the rest fits, and say how many are missing."""
    kept, dropped = list(blocks), 0
    more = _block([[Run("… more lines on the map", "sans", "ink-3")]], 10.5 * scale, room, above=4 * scale)
    while height_of(kept) + (more.height if dropped else 0) > height:
        rows = [place for place, block in enumerate(kept) if isinstance(block.sample, LineRole)]
        plain_rows = [place for place in rows if kept[place].sample not in _EXPLAINED]
        if not rows:
            break
        del kept[(plain_rows or rows)[-1]]
        dropped += 1
    return [*kept, more] if dropped else kept


def _draw_sample(ax: Axes, block: Block, x: float, y: float, scale: float) -> None:
    wide = _SAMPLE * scale
    if isinstance(block.sample, LineRole):
        line = MultiLineString([LineString([(x, y), (x + wide, y)])])
        paint.strokes(ax, line, style.LINES[block.sample], block.accent, scale=scale, zorder=5)
        return
    fills = block.sample or ()
    each = wide / len(fills)
    tall = min(12 * scale, block.size * 1.15)
    for place, swatch in enumerate(fills):
        gap = 0 if place == len(fills) - 1 else 1.5 * scale
        _swatch(ax, swatch, (x + place * each, y - tall / 2, each - gap, tall), scale)


def _swatch(ax: Axes, swatch: Swatch, at: tuple[float, float, float, float], scale: float) -> None:
    x, y, wide, tall = at
    area = box(x, y, x + wide, y + tall)
    paint.fill(ax, area, style.LIGHT["land"], zorder=4)
    kind = "contested" if swatch.kind.startswith("hatch") else swatch.kind
    paint.fill(ax, area, swatch.ink, alpha=style.OPACITY_LIGHT[kind], zorder=4.1)
    if kind == "region":
        ax.add_artist(
            Rectangle((x, y), wide, tall, fill=False, edgecolor=swatch.ink, linewidth=paint.PT * scale, zorder=5)
        )
    if kind == "contested":
        gap = style.HATCH_STEPS[int(swatch.kind[-1])][1] * scale
        # y runs down here, so that a rising line has a falling equation
        paint.hatch(ax, area, swatch.ink, gap=gap, unit=1, width=scale, rising=not swatch.rising, zorder=5)
