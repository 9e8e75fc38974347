"""What stands where: labels that do not meet, lines that are all there, grey that still tells things apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib.figure import Figure

from rangemap import figures, style
from rangemap.figures import furniture, words
from rangemap.figures.drawing import Chart
from rangemap.figures.projection import NAMES, Name
from rangemap.figures.sheet import drawn_lines
from rangemap.layers import LayerSet, build
from rangemap.types import LineRole


def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def check_labels(chart: Chart) -> None:
    for label in chart.labels:
        west, north, east, south = label.box
        assert west >= 0, label
        assert north >= 0, label
        assert east <= chart.sheet.width, label
        assert south <= chart.sheet.height, label
    for a, b in combinations(chart.labels, 2):
        assert not meet(a.box, b.box), (a, b)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_labels_meet_on_any_projection(hwasong: LayerSet, name: Name) -> None:
    chart = figures.chart(hwasong, projection=name)
    check_labels(chart)
    kinds = [label.kind for label in chart.labels]
    assert kinds.count("region") == 1
    assert kinds.count("line") >= 2
    assert kinds.count("country") >= 5


@pytest.mark.parametrize("use", figures.USES)
def test_no_two_labels_meet_at_any_size(qiam: LayerSet, use: str) -> None:
    chart = figures.chart(qiam, use=use)
    check_labels(chart)
    assert {label.id for label in chart.labels if label.kind == "line"} == {line.id for line in drawn_lines(qiam)}


def test_several_systems_share_a_map(qiam_chart: Chart) -> None:
    both = build(["fateh-110", "zolfaghar"])
    chart = figures.chart(both, use="a4")
    check_labels(chart)
    systems = {label.id.split("-")[0] for label in chart.labels if label.kind == "line"}
    assert systems == {"fateh", "zolfaghar"}
    inks = {furniture.accent(both, 0), furniture.accent(both, 1)}
    assert inks == set(style.SERIES_LIGHT[:2])
    assert furniture.is_rising(0) != furniture.is_rising(1), "hatches lean apart where colour is lost"
    assert qiam_chart.alt.title != chart.alt.title


def test_figure_and_axes_are_matplotlibs_own(qiam: LayerSet) -> None:
    fig, ax = figures.figure(qiam)
    assert isinstance(fig, Figure)
    assert ax.figure is fig
    west, east = ax.get_xlim()
    assert west < -2500, "room for the outermost ring"
    assert east > 2500


def luminance(ink: str) -> float:
    parts = [int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def over(ink: str, ground: str, alpha: float) -> str:
    mixed = [round(int(ink[i : i + 2], 16) * alpha + int(ground[i : i + 2], 16) * (1 - alpha)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", style.SERIES_LIGHT)
def test_in_grey_neighbours_stay_apart(accent: str) -> None:
    for ground in (style.LIGHT["land"], style.LIGHT["sea"]):
        tint = over(accent, ground, style.OPACITY_LIGHT["within"])
        launch = over(accent, tint, style.OPACITY_LIGHT["region"])
        hatched = over(accent, ground, style.OPACITY_LIGHT["contested"])
        stripe = over(accent, hatched, style.OPACITY_LIGHT["hatch"])
        assert contrast(tint, ground) > 1.15
        assert contrast(launch, tint) > 1.4
        assert contrast(stripe, hatched) > 1.8
        assert contrast(accent, tint) > 3
        assert contrast(accent, hatched) > 3


def test_the_panel_names_every_line_that_is_drawn(qiam: LayerSet, qiam_chart: Chart) -> None:
    blocks = furniture.panel(qiam, qiam_chart.sheet.projection, 276, 1.0, None)
    said = [run.text for block in blocks for line in block.lines for run in line]
    assert [text for text in said if text.endswith(" km")] == ["750 km", "800 km", "1,500 km", "1,700 km"]
    assert "by the highest claim only" in said


def test_a_low_room_drops_words_before_lines(qiam: LayerSet, qiam_chart: Chart) -> None:
    whole = furniture.panel(qiam, qiam_chart.sheet.projection, 276, 1.0, None)
    room = furniture.height_of(whole) - 10
    blocks = furniture.panel(qiam, qiam_chart.sheet.projection, 276, 1.0, room)
    samples = [block.sample for block in blocks if isinstance(block.sample, LineRole)]
    assert len(samples) == 4
    assert len(blocks) < len(whole)
    assert furniture.height_of(blocks) <= room


def test_a_range_beyond_half_the_earth_is_said_to_have_no_ring() -> None:
    sarmat = build(["sarmat"])
    chart = figures.chart(sarmat, use="column")
    note = words.projection_note(chart.sheet.projection.name, sarmat)
    assert "18,000 and 35,000 km reach every point on Earth: an area, but no ring." in note
    assert chart.sheet.is_world
