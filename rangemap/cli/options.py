"""Options that several commands share, and the filters that they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rangemap.errors import UsageError
from rangemap.types import Tier

if TYPE_CHECKING:
    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
From = Annotated[
    list[str] | None,
    typer.Option(
        "--from",
        metavar="REGION",
        help="Launch region: id, country code, province, or a GeoJSON file of polygons. Several can be switched.",
    ),
]
Tiers = Annotated[list[Tier] | None, typer.Option("--tier", help="Count only sources of this tier (repeatable).")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Count what had been said by then.")]
Origins = Annotated[
    list[str] | None, typer.Option("--origin", metavar="ID", help="Count only this claimant (repeatable).")
]
Claims = Annotated[list[str] | None, typer.Option("--claim", metavar="ID", help="Count only this claim (repeatable).")]
Flagged = Annotated[bool, typer.Option("--flagged", help="Count likely errors and name collisions too.")]

Lang = Annotated[
    str,
    typer.Option("--lang", metavar="CODE", help="Language of the page: en, fr, de, ar or fa."),
]

CatalogueDir = Annotated[
    Path | None,
    typer.Option(
        "--catalogue", metavar="DIR", envvar="RANGEMAP_CATALOGUE", help="Read this catalogue, not the built-in one."
    ),
]
WithBuiltIn = Annotated[
    bool, typer.Option("--with-built-in", help="Add the built-in catalogue to that of --catalogue.")
]


def open_catalogue(folder: Path | None, *, with_built_in: bool = False) -> Catalogue:
    """Read the catalogue that was asked for; the built-in one by default."""
    from rangemap.catalogue.load import load_catalogue  # noqa: PLC0415 - `--help` must not wait for the catalogue

    return load_catalogue(folder, with_built_in=with_built_in and folder is not None)


def own_folder(folder: Path | None) -> Path:
    """Find the catalogue folder to write to: the one asked for, else that of the project in the current folder.

    Raises
    ------
    UsageError
        If neither is there.
    """
    for place in (folder,) if folder is not None else (Path(), Path("geodata")):
        if (place / "systems").is_dir() and (place / "sources.yaml").is_file():
            return place
    what = "no catalogue to write to: name its folder (with sources.yaml and systems/) by --catalogue DIR"
    msg = f"{what}; `rangemap init DIR` makes one"
    raise UsageError(msg)


def make_filters(
    tiers: list[Tier] | None,
    as_of: str | None,
    origins: list[str] | None,
    claims: list[str] | None,
    *,
    flagged: bool,
) -> Filters:
    """Make filters of what was typed.

    Raises
    ------
    UsageError
        If the date is none.
    """
    from rangemap.ballot import Filters  # noqa: PLC0415 - `--help` must not wait for the catalogue
    from rangemap.catalogue.models import check_date  # noqa: PLC0415

    if as_of is not None:
        try:
            check_date(as_of)
        except ValueError as error:
            raise UsageError(f"--as-of: {error}") from None  # noqa: EM102, TRY003 - the sentence is made elsewhere
    return Filters(
        tiers=frozenset(tiers or ()),
        as_of=as_of,
        origins=frozenset(origins or ()),
        claims=frozenset(claims or ()),
        flagged=flagged,
    )
