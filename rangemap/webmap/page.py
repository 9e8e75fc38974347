"""What the page says before its script runs: heading, legend and sources, worked out from a `LayerSet`.

Everything here, in `panel` and in `tables` is also the text equivalent of the map: it stands in the file as plain HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rangemap import style
from rangemap.types import LineRole
from rangemap.webmap import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from rangemap.layers import LayerSet, SourceRow, Step


def heading(layerset: LayerSet) -> Markup:
    """Write the page's question, with every system's name kept on one line."""
    return text.unbroken(layerset.title, [system.name for system in layerset.systems])


def sources(rows: Iterable[SourceRow]) -> list[dict[str, Any]]:
    """Prepare the list of sources: an address only where a browser may follow it."""
    return [
        {
            "id": row.id,
            "tier": row.tier.value,
            "tier_words": style.TIER_WORDS[row.tier],
            "citation": row.citation,
            "url": text.address(row.url),
            "host": text.host(text.address(row.url)),
        }
        for row in rows
    ]


def legend(layerset: LayerSet) -> dict[str, Any]:
    """List the lines and fills that the map uses, and only those."""
    drawn = {line for view in layerset.views for line, curve in view.outlines.items() if not curve.is_empty}
    lines = [line for system in layerset.systems for line in system.lines if line.id in drawn]
    roles = [role for role in LineRole if any(line.role is role for line in lines)]
    hidden = {LineRole.EARLIER, LineRole.SET_ASIDE}
    steps = [step for system in layerset.systems for step in system.steps if is_hatched(step)]
    series = [system.series + 1 for system in layerset.systems]
    projected = any(system.projected for system in layerset.systems)
    claim = "projection" if projected else "claim"
    return {
        "systems": [(s.series + 1, s.name) for s in layerset.systems] if len(series) > 1 else [],
        "lines": [
            _legend_line(role, series[0] if len(series) == 1 else 0, projected) for role in roles if role not in hidden
        ],
        "gap": bool(layerset.gap and layerset.gap.stretches),
        "region": True,
        "within": f"within every {claim}" if any(s.all_km is not None for s in layerset.systems) else "",
        "hatches": _unique([(_series(layerset, step), style.hatch_step(step.share)) for step in steps]),
        "hatch_words": f"contested: the closer the lines, the more {claim}s reach",
        "hatch_short": f"contested: closer lines, more {claim}s",
        "series": series,
    }


def _legend_line(role: LineRole, series: int, projected: bool) -> dict[str, Any]:  # noqa: FBT001 - a plain fact
    words, short = style.LINES[role].legend, style.LINES[role].legend_short
    if projected:
        words, short = words.replace("claim", "projection"), short.replace("claim", "projection")
    return {"role": role.value, "series": series, "words": words, "short": short}


def _unique(pairs: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    return [{"series": series, "step": step} for series, step in sorted(set(pairs))]


def _series(layerset: LayerSet, step: Step) -> int:
    return next(system.series + 1 for system in layerset.systems if system.id == step.system)


def is_hatched(step: Step) -> bool:
    """Tell whether some, but not all, reach the step: only such are hatched."""
    return step.contested and step.share > 0
