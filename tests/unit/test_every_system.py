"""Every system of the catalogue renders: 63 with a counted claim, and the four without one say so."""

from __future__ import annotations

import pytest
import shapely

from rangemap import webmap
from rangemap.catalogue.load import load_catalogue
from rangemap.layers import build

WITHOUT_A_VOTE = {"iran-declared-limit", "simorgh", "ya-ali", "zelzal-3"}
MOST_BYTES = 600_000


@pytest.mark.parametrize("name", load_catalogue().systems)
def test_renders(name: str) -> None:
    layerset = build([name])
    view, system = layerset.views[0], layerset.systems[0]
    assert bool(system.steps) == (name not in WITHOUT_A_VOTE)
    assert all(shapely.is_valid(area) for area in view.areas.values())
    page = webmap.render(layerset)
    assert len(page.encode()) < MOST_BYTES
    for source in layerset.sources:
        assert source.publisher.split("&")[0].split("'")[0] in page
    if name in WITHOUT_A_VOTE:
        assert "in range" not in layerset.standfirst
        assert any(words in layerset.standfirst for words in ("not a missile", "counts as a range", "nothing is drawn"))
