"""The commands `bundle` and `verify`: a map with all that it was made from, and the proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rangemap.cli.options import (
    AsOf,
    CatalogueDir,
    Claims,
    Flagged,
    From,
    Json,
    Origins,
    Tiers,
    WithBuiltIn,
    make_filters,
    open_catalogue,
)
from rangemap.cli.output import clean, complain, note, print_json

OUTPUTS = Path("outputs")


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the program."""
    app.command("bundle", epilog="Example:  rangemap bundle qiam-1 -o qiam-1.zip")(bundle)
    app.command("verify", epilog="Example:  rangemap verify qiam-1.zip")(verify)


def bundle(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="The system: id, name or alias.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write. [default: outputs/SYSTEM.zip]"),
    ] = None,
    from_: From = None,
    gap: Annotated[
        str | None, typer.Option("--gap", metavar="AREA", help="Draw the way to this area, and what part claims cover.")
    ] = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Pack a map with its claims, sources, records, versions and checksums into one zip. Prints its path."""
    from rangemap.bundle import make_bundle  # noqa: PLC0415 - lazily, for a fast `--help`
    from rangemap.files import write_atomic  # noqa: PLC0415

    data = open_catalogue(catalogue, with_built_in=with_built_in)
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    content = make_bundle(system, regions=from_ or (), filters=filters, catalogue=data, gap=gap)
    name = f"{data.system(system).id}.zip"
    path = output or OUTPUTS / name
    path = path / name if path.is_dir() else path
    write_atomic(path, content)
    typer.echo(clean(path))


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A zip that `rangemap bundle` made.")],
    *,
    json: Json = False,
) -> None:
    """Check a bundle: its sums, and that its files come out the same, byte for byte, when they are made again.

    Exits with 1 if something differs.
    """
    from rangemap.bundle import verify_bundle  # noqa: PLC0415 - lazily, for a fast `--help`

    report = verify_bundle(file)
    if json:
        lists = {"same": list(report.same), "problems": list(report.problems), "notes": list(report.notes)}
        print_json({"file": str(file), "ok": report.ok, "system": report.system, **lists})
    else:
        for name in report.same:
            typer.echo(f"same  {name}")
        for problem in report.problems:
            complain(problem)
        for each in report.notes:
            note(f"note: {each}")
    if not report.ok:
        raise typer.Exit(1)
    if not json:
        typer.echo(f"{clean(file)}: {len(report.same)} files made again, all the same")
