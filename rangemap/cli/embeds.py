"""The command that puts a map into somebody else's page: `embed`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the signature
from typing import Annotated

import typer

from rangemap.cli.options import CatalogueDir, WithBuiltIn, open_catalogue
from rangemap.cli.output import clean


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("embed", epilog="Example:  rangemap embed outputs/qiam-1.html -o kit")(embed)


def embed(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="A map that `rangemap render` wrote.")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder. [default: FILE-embed beside the file]")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where the folder will be published.")
    ] = None,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Make the embed kit of a map: snippets, pictures, citations, oEmbed and ClaimReview. Prints the folder."""
    from rangemap._optional import require  # noqa: PLC0415 - lazily, for a fast `--help`
    from rangemap.embed import write_kit  # noqa: PLC0415 - the same

    require("matplotlib", extra="figures")
    folder = output or file.with_name(f"{file.stem}-embed")
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    write_kit(file, folder, base_url=base_url, catalogue=data)
    typer.echo(clean(folder))
