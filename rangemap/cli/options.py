"""Options that several commands share, and the filters that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rangemap.errors import UsageError
from rangemap.types import Tier

if TYPE_CHECKING:
    from rangemap.ballot import Filters

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
