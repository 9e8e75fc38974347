"""Make a bundle: the excerpt first, then everything from the excerpt, so that a reader can do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap import figures, layers, webmap
from rangemap._optional import have
from rangemap.ballot import Filters, check_filters
from rangemap.bundle.archive import SUMS, sums_text
from rangemap.bundle.excerpt import Files, excerpt_files, opened
from rangemap.bundle.recipe import Recipe, code_hash, filter_fields, geodata_hash, versions
from rangemap.catalogue import citations, exchange
from rangemap.catalogue.load import load_catalogue
from rangemap.exports import geojson_text
from rangemap.files import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rangemap.catalogue.load import Catalogue
    from rangemap.layers import LayerSet

RECIPE = "recipe.json"

_README = """What sources say about the reach of {name}, with all that the map was made from.

map.html           the map: open it in a browser, no network is needed
figure.*           the same as a picture, where the library for it was installed
map.geojson        its areas and lines for a GIS, each with claims and citations
claims.csv         every claim, counted or not
sources.json       every source, as CSL-JSON (Zotero, pandoc)
catalogue/         the records behind it: rangemap render {id} --catalogue catalogue
recipe.json        what was asked for, and the versions of what made it
SHA256SUMS         checksums: sha256sum -c SHA256SUMS

    rangemap verify BUNDLE.zip

checks the sums, makes every file again from catalogue/ and recipe.json, and compares byte for byte.
Publicly reported figures and coarse launch regions only.
{credits}
"""


def make_bundle(
    name: str,
    *,
    regions: Sequence[str] = (),
    filters: Filters | None = None,
    catalogue: Catalogue | None = None,
    gap: str | None = None,
) -> bytes:
    """Pack the map of a system with everything that it was made from, as the bytes of a zip.

    Parameters
    ----------
    name
        The system, by id, name or alias.
    regions, filters, catalogue, gap
        As for `rangemap.build_layers`.

    Returns
    -------
    bytes
        The same for the same input and the same versions of the libraries.

    Raises
    ------
    UnknownNameError
        For a system, region, area, origin or claim that nobody has heard of.
    RegionError
        If the file of a region can't be read.
    """
    part = (catalogue or load_catalogue()).part(name)
    wanted = filters or Filters()
    check_filters(wanted, part.systems.values())
    (system,) = part.systems
    files = Files()
    excerpt = excerpt_files(part, files)
    recipe = Recipe(
        system=system,
        regions=tuple(files.take(each) for each in regions),
        gap=files.take(gap) if gap else None,
        named_areas={code: dict(areas) for code, areas in part.named_areas.items()},
        data_hash=part.data_hash,
        geodata=geodata_hash(),
        code=code_hash(),
        versions=versions(),
        **filter_fields(wanted),
    )
    excerpt |= files.contents()
    with opened(excerpt, system, recipe.named_areas) as (folder, read):
        made = made_files(recipe, folder, read)
    everything = {**made, **excerpt, RECIPE: recipe.text().encode()}
    return zipped({**dict(sorted(everything.items())), SUMS: sums_text(everything).encode()})


def made_files(recipe: Recipe, folder: Path, part: Catalogue) -> dict[str, bytes]:
    """Make every file of a bundle that follows from its excerpt.

    Parameters
    ----------
    recipe
        What was asked for.
    folder
        Where the excerpt lies, with the regions that it brings along.
    part
        The excerpt, as read.
    """
    layerset = layers.build(
        [recipe.system],
        regions=[_placed(name, folder) for name in recipe.regions],
        filters=recipe.filters(),
        catalogue=part,
        gap=_placed(recipe.gap, folder) if recipe.gap else None,
        cores=True,
    )
    system = part.systems[recipe.system]
    texts = {
        "README.txt": _README.format(name=system.name, id=system.id, credits=layerset.credits),
        "claims.csv": exchange.to_csv(exchange.claim_rows((system.id, claim) for claim in system.claims)),
        "map.geojson": geojson_text(layerset),
        "map.html": webmap.render(layerset),
        "sources.json": citations.to_csl(part.sources.values()),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **_pictures(layerset)}


def can_draw() -> bool:
    """Tell whether figures can be made here."""
    return have("matplotlib")


def _pictures(layerset: LayerSet) -> dict[str, bytes]:
    if not can_draw():
        return {}
    return {f"figure.{kind}": figures.render(layerset, kind) for kind in figures.EXTENSIONS}


def _placed(name: str, folder: Path) -> str:
    """Turn the name of a file that the bundle brings along into its path; other names stay."""
    return str(folder / name) if name.startswith("regions/") else name
