"""Layers that the tests of figures share: built once."""

from __future__ import annotations

import pytest

from rangemap.figures import chart
from rangemap.figures.drawing import Chart
from rangemap.layers import LayerSet, build


@pytest.fixture(scope="session")
def qiam() -> LayerSet:
    return build(["qiam-1"])


@pytest.fixture(scope="session")
def policy() -> LayerSet:
    """Two lines that nobody's range is counted from."""
    return build(["iran-declared-limit"])


@pytest.fixture(scope="session")
def hwasong() -> LayerSet:
    """Rings over the pole, across the antimeridian and beyond a hemisphere."""
    return build(["hwasong-15"])


@pytest.fixture(scope="session")
def qiam_chart(qiam: LayerSet) -> Chart:
    return chart(qiam)
