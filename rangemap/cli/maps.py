"""Commands that make maps: `render`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rangemap.cli.options import (
    AsOf,
    CatalogueDir,
    Claims,
    Flagged,
    From,
    Lang,
    Origins,
    Tiers,
    WithBuiltIn,
    make_filters,
    open_catalogue,
)
from rangemap.cli.output import clean, note
from rangemap.files import write_atomic

OUTPUTS = Path("outputs")


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the program."""
    app.command("render", epilog="Example:  rangemap render shahab-3 --from iran-north-west -o map.html")(render)


def render(
    systems: Annotated[list[str], typer.Argument(metavar="SYSTEM", help="One to five systems: ids, names or aliases.")],
    *,
    from_: From = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write; - for stdout. [default: outputs/SYSTEM.html]"
        ),
    ] = None,
    gap: Annotated[
        str | None, typer.Option("--gap", metavar="AREA", help="Draw the way to this area, and what part claims cover.")
    ] = None,
    lang: Lang = "en",
    open_: Annotated[bool, typer.Option("--open", help="Open the map in the browser.")] = False,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Render the interactive map: one HTML file that needs no network. Prints its path."""
    from rangemap import layers, webmap  # noqa: PLC0415 - lazily, for a fast `--help`

    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    layerset = layers.build(systems, regions=from_ or (), filters=filters, catalogue=data, gap=gap, lang=lang)
    for system in layerset.systems:
        if not system.origins:
            note(f"note: no claim about {system.name} counts as a range; the page says why")
    page = webmap.render(layerset)
    if output == Path("-"):
        sys.stdout.write(page)
        return
    path = _target(output, "-".join(system.id for system in layerset.systems))
    write_atomic(path, page)
    typer.echo(clean(path))
    if open_:
        typer.launch(path.resolve().as_uri())


def _target(output: Path | None, name: str) -> Path:
    """Take the file asked for; in a folder asked for, and by default, the file is named after its systems."""
    if output is None:
        return OUTPUTS / f"{name}.html"
    return output / f"{name}.html" if output.is_dir() else output
