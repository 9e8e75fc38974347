"""A page can be mailed: one system under 600 kB, five under 900 kB, the heaviest of the catalogue among them."""

from __future__ import annotations

import pytest

from rangemap import layers, webmap


@pytest.mark.parametrize(
    ("systems", "regions", "limit_bytes"),
    [
        (["scud-b"], (), 600_000),
        (["qiam-1", "shahab-3", "scud-b", "sejjil", "zelzal-2"], ("iran",), 900_000),
    ],
)
def test_weight(systems: list[str], regions: tuple[str, ...], limit_bytes: int) -> None:
    assert len(webmap.render(layers.build(systems, regions=regions)).encode()) < limit_bytes
