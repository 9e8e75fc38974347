"""The values of `rangemap.style` as CSS: custom properties for colours, one rule for every stroke of a line."""

from __future__ import annotations

from functools import cache

from rangemap import style


@cache
def tokens_css() -> str:
    """Return the design tokens: light, dark for screens, light again for paper, and the strokes of lines."""
    light = _properties(style.LIGHT, style.OPACITY_LIGHT, style.SERIES_LIGHT)
    dark = _properties(style.DARK, style.OPACITY_DARK, style.SERIES_DARK)
    fonts = f"--serif:{style.SERIF};--sans:{style.SANS}"
    series = "".join(f".s{n}{{--accent:var(--series-{n})}}" for n in range(1, len(style.SERIES_LIGHT) + 1))
    return (
        f":root{{{light};{fonts};--hatch-width:{style.HATCH_WIDTH}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not(.is-printing){{{dark}}}}}"
        f"{series}{''.join(_strokes())}"
    )


def _properties(colours: dict[str, str], opacities: dict[str, float], series: tuple[str, ...]) -> str:
    pairs = [*colours.items(), *((f"fill-{role}", value) for role, value in opacities.items())]
    pairs += [(f"series-{place}", colour) for place, colour in enumerate(series, 1)]
    return ";".join(f"--{name}:{value}" for name, value in pairs)


def _strokes() -> list[str]:
    return [
        f".ln-{role}-{place}{{{_stroke(stroke)}}}"
        for role, line in style.LINES.items()
        for place, stroke in enumerate(line.strokes)
    ]


def _stroke(stroke: style.Stroke) -> str:
    rules = [f"stroke:var(--{stroke.ink})", f"stroke-width:{stroke.width}"]
    if stroke.dash:
        rules.append(f"stroke-dasharray:{' '.join(map(str, stroke.dash))}")
    rules.append(f"stroke-linecap:{'round' if stroke.round else 'butt'}")
    return ";".join(rules)
