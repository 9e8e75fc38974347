"""Make the pictures of README and gallery: render each page and photograph it in headless Chromium.

Run `python scripts/make_pictures.py` from the project's root, with the `test` extra installed and Chromium on the path.
The pictures in `docs/images/` are made by this program and nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from rangemap import figures, report, webmap
from rangemap.layers import build

IMAGES = Path(__file__).parents[1] / "docs" / "images"


class Picture(NamedTuple):
    """One picture: which page, from where, how wide."""

    name: str
    systems: tuple[str, ...]
    regions: tuple[str, ...] = ()
    width: int = 1280
    height: int = 800
    dark: bool = False
    lang: str = "en"
    gap: str | None = None


PICTURES = (
    Picture("shahab-3", ("shahab-3",), width=1360, height=860),
    Picture("qiam-1-dark", ("qiam-1",), dark=True),
    Picture("iran-icbm-claimed", ("iran-icbm-claimed",)),
    Picture("two-systems", ("fateh-110", "zolfaghar"), regions=("iran-south-west",)),
    Picture("hwasong-15", ("hwasong-15",)),
    Picture("qiam-1-phone", ("qiam-1",), width=390, height=844),
    Picture("shahab-3-arabic", ("shahab-3",), lang="ar"),
    Picture("gap-contiguous-us", ("hwasong-15",), gap="contiguous-us"),
)
FIGURES = (
    ("figure-shahab-3", ("shahab-3",), "aeqd"),
    ("figure-hwasong-15-robinson", ("hwasong-15",), "robinson"),
)
"""Static figures of the guide: name, systems, projection."""


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, systems, projection in FIGURES:
        figures.save(build(systems), IMAGES / f"{name}.png", projection=projection)
        print(IMAGES / f"{name}.png")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            file = Path(folder) / f"{picture.name}.html"
            layers = build(picture.systems, regions=picture.regions, gap=picture.gap, lang=picture.lang)
            webmap.save(layers, file, lang=picture.lang)
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
            )
            page.goto(file.as_uri())
            page.wait_for_selector("html[data-ready=true]")
            page.wait_for_timeout(300)
            page.screenshot(path=IMAGES / f"{picture.name}.png")
            page.close()
            print(IMAGES / f"{picture.name}.png")
        browser.close()
    first_page_of_a_brief()


def first_page_of_a_brief() -> None:
    """Picture the first page of a brief on paper, by Poppler's pdftoppm."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "brief.pdf"
        report.save(build(("shahab-3",)), pdf)
        target = IMAGES / "brief"
        subprocess.run(["pdftoppm", "-png", "-r", "72", "-f", "1", "-l", "1", "-singlefile", pdf, target], check=True)
    print(f"{target}.png")


if __name__ == "__main__":
    main()
