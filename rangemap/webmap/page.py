"""What the page says before its script runs: heading, legend and sources, worked out from a `LayerSet`.

Everything here, in `panel` and in `tables` is also the text equivalent of the map: it stands in the file as plain HTML.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rangemap import style
from rangemap.types import LineRole
from rangemap.webmap import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from rangemap.language import Language
    from rangemap.layers import LayerSet, SourceRow, Step


def heading(layerset: LayerSet, lang: Language) -> Markup:
    """Write the page's question, with every system's name kept on one line."""
    title = layerset.title if layerset.lang == lang.code else lang.foreign(layerset.title)
    return text.unbroken(title, [system.name for system in layerset.systems])


def sources(rows: Iterable[SourceRow], lang: Language) -> list[dict[str, Any]]:
    """Prepare the list of sources: an address only where a browser may follow it."""
    return [
        {
            "id": row.id,
            "tier": row.tier.value,
            "tier_words": lang.say(f"panel.mark_{row.tier.value}"),
            "citation": row.citation,
            "url": text.address(row.url),
            "host": text.host(text.address(row.url)),
        }
        for row in rows
    ]


def legend(layerset: LayerSet, lang: Language) -> dict[str, Any]:
    """List the lines and fills that the map uses, and only those."""
    drawn = {line for view in layerset.views for line, curve in view.outlines.items() if not curve.is_empty}
    lines = [line for system in layerset.systems for line in system.lines if line.id in drawn]
    roles = [role for role in LineRole if any(line.role is role for line in lines)]
    hidden = {LineRole.EARLIER, LineRole.SET_ASIDE}
    steps = [step for system in layerset.systems for step in system.steps if is_hatched(step)]
    own = (
        layerset.systems[0].series + 1 if len(layerset.systems) == 1 else 0
    )  # of several systems: what all share, in ink
    projected = any(system.projected for system in layerset.systems)
    of_projections = "_projected" if projected else ""
    return {
        "systems": [(s.series + 1, s.name) for s in layerset.systems] if not own else [],
        "lines": [
            {"role": role.value, "series": own, **_line_words(role, lang, projected)}
            for role in roles
            if role not in hidden
        ],
        "gap": bool(layerset.gap and layerset.gap.stretches),
        "region": True,
        "within": lang.say(f"legend.within{of_projections}")
        if any(s.all_km is not None for s in layerset.systems)
        else "",
        "hatches": [_hatch_lines(gap) for gap in sorted({style.hatch_gap(step.share) for step in steps})],
        "hatch_words": lang.say(f"legend.hatch{of_projections}"),
        "hatch_short": lang.say(f"legend.hatch{of_projections}_short"),
        "series": own,
    }


def _hatch_lines(gap: float, width: float = 24, height: float = 14) -> str:
    """Draw a swatch's hatch as lines cut off at its edges, since a pattern is blurred on paper."""
    step = round(gap * math.sqrt(2))  # as the tiles of the map
    starts = [step * (place + 0.5) for place in range(math.ceil((width + height) / step))]
    return "".join(
        f"M{max(0, at - height):.1f} {min(height, at):.1f}L{min(width, at):.1f} {max(0, at - width):.1f}"
        for at in starts
        if at < width + height
    )


def _line_words(role: LineRole, lang: Language, projected: bool) -> dict[str, str]:  # noqa: FBT001 - a plain fact
    """Say what a line stands for, at length and for a phone; of projections where the language file has such words."""
    own = f"legend.{role.value}_projected"
    key = own if projected and own in lang.messages else f"legend.{role.value}"
    return {"words": lang.say(key), "short": lang.say(f"{key}_short")}


def is_hatched(step: Step) -> bool:
    """Tell whether some, but not all, reach the step: only such are hatched."""
    return step.contested and step.share > 0
