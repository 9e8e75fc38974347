"""The command that makes pictures: `figure`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003 - Typer reads the signature
from typing import Annotated

import typer

from rangemap.cli.options import (
    AsOf,
    CatalogueDir,
    Claims,
    Flagged,
    From,
    Origins,
    Tiers,
    WithBuiltIn,
    make_filters,
    open_catalogue,
)
from rangemap.cli.output import clean, note


class Use(StrEnum):
    """What a figure is for."""

    WEB = "web"
    SLIDE = "slide"
    A4 = "a4"
    COLUMN = "column"


class Projection(StrEnum):
    """How the Earth is flattened."""

    AEQD = "aeqd"
    GLOBE = "globe"
    ROBINSON = "robinson"
    PLATE_CARREE = "plate-carree"
    MERCATOR = "mercator"


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("figure", epilog="Example:  rangemap figure shahab-3 -o shahab-3.pdf --for a4")(figure)


def figure(
    systems: Annotated[list[str], typer.Argument(metavar="SYSTEM", help="One to five systems: ids, names or aliases.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write; .svg, .png or .pdf.")],
    for_: Annotated[
        Use, typer.Option("--for", help="Size: web 1200 x 800, slide 16:9, a4 landscape, column 90 mm wide.")
    ] = Use.WEB,
    projection: Annotated[
        Projection, typer.Option("--projection", help="aeqd is centred on the launch region: rings look like rings.")
    ] = Projection.AEQD,
    from_: From = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Draw the static figure: SVG, PNG or PDF, without a browser. Prints its path."""
    from rangemap import figures, layers  # noqa: PLC0415 - lazily, for a fast `--help`
    from rangemap._optional import require  # noqa: PLC0415 - the same

    figures.extension_of(output)  # a wrong ending or a missing library shall not wait for the geometry
    require("matplotlib", extra="figures")
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    layerset = layers.build(systems, regions=(from_ or ())[:1], filters=filters, catalogue=data)
    for system in layerset.systems:
        if not system.origins:
            note(f"note: no claim about {system.name} counts as a range; the figure says why")
    figures.save(layerset, output, projection=projection.value, use=for_.value)
    typer.echo(clean(output))
