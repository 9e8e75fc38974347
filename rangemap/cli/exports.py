"""The command `export`: the layers of a map for other programs."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
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


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("export", epilog="Example:  rangemap export shahab-3 -o shahab-3.gpkg --gap Israel")(export)


def export(
    systems: Annotated[list[str], typer.Argument(metavar="SYSTEM", help="One to five systems: ids, names or aliases.")],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write, as .geojson, .gpkg, .kml, .kmz, .parquet, .fgb, .csv, .xlsx or .shp; "
            "- for GeoJSON on stdout.",
        ),
    ],
    from_: From = None,
    gap: Annotated[str | None, typer.Option("--gap", metavar="AREA", help="Add the shortest way to this area.")] = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Write what the map draws for GIS, spreadsheets and globes, with claims and citations. Prints the files' paths.

    The extension of FILE says which format; docs/exports.md says what each holds.
    """
    from rangemap import exports, layers  # noqa: PLC0415 - lazily, for a fast `--help`

    to_stdout = output == Path("-")
    exports.writer_of(".geojson" if to_stdout else output.suffix)  # before the work, not after it
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    layerset = layers.build(systems, regions=from_ or (), filters=filters, catalogue=data, gap=gap, cores=True)
    for system in layerset.systems:
        if not system.origins:
            note(f"note: no claim about {system.name} counts as a range; the file has no reach of it")
    if to_stdout:
        sys.stdout.write(exports.geojson_text(layerset))
        return
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        written = exports.export(layerset, output)
    for warning in caught:
        note(f"note: {warning.message}")
    for path in written:
        typer.echo(clean(path))
