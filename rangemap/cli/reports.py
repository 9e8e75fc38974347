"""The command that writes briefs: `report`."""

from __future__ import annotations

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


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("report", epilog="Example:  rangemap report shahab-3 -o brief.pdf")(report)


def report(
    systems: Annotated[list[str], typer.Argument(metavar="SYSTEM", help="One to five systems: ids, names or aliases.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write; .html, .pdf, .docx or .md.")
    ],
    from_: From = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Write a brief: question, map, claims, disagreement, coverage, verdicts, citations. Prints its path."""
    from rangemap import layers, report  # noqa: PLC0415 - lazily, for a fast `--help`

    report.check_libraries(report.format_of(output))  # before anything is measured
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    layerset = layers.build(systems, regions=(from_ or ())[:1], filters=filters, catalogue=data)
    for system in layerset.systems:
        if not system.origins:
            note(f"note: no claim about {system.name} counts as a range; the brief says why")
    for path in report.save(layerset, output):
        typer.echo(clean(path))
