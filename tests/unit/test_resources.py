"""The data are found in a wheel first, in a checkout second, and their absence is said in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rangemap import resources
from rangemap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def forget() -> Iterator[None]:
    resources.data_dir.cache_clear()
    yield
    resources.data_dir.cache_clear()


def _package(root: Path, *, wheel: bool, checkout: bool) -> str:
    package = root / "rangemap"
    for folder, wanted in ((package / "geodata", wheel), (root / "geodata", checkout)):
        folder.mkdir(parents=True)
        if wanted:
            (folder / "MANIFEST.json").write_text("{}")
    return str(package / "resources.py")


@pytest.mark.parametrize(
    ("wheel", "checkout", "expected"),
    [(True, True, "rangemap/geodata"), (True, False, "rangemap/geodata"), (False, True, "geodata")],
)
@pytest.mark.usefixtures("forget")
def test_wheel_comes_before_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, wheel: bool, checkout: bool, expected: str
) -> None:
    monkeypatch.setattr(resources, "__file__", _package(tmp_path, wheel=wheel, checkout=checkout))
    assert resources.data_dir() == tmp_path / expected


@pytest.mark.usefixtures("forget")
def test_missing_data_names_both_places_and_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "__file__", _package(tmp_path, wheel=False, checkout=False))
    with pytest.raises(DataError) as caught:
        resources.data_dir()
    assert str(tmp_path / "rangemap" / "geodata") in str(caught.value)
    assert str(tmp_path / "geodata") in str(caught.value)
    assert "install the package again" in str(caught.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(DataError, match=r"regions.XYZ\.geojson: missing"):
        resources.read_bytes("regions/XYZ.geojson")


def test_text_is_utf8() -> None:
    assert "São Tomé" in resources.read_text("basemap/countries-50m.topojson")
