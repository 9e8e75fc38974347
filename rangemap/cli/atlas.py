"""Making many maps at once: `atlas`."""

from __future__ import annotations

import contextlib
from pathlib import Path  # noqa: TC003 - typer reads the annotation
from typing import TYPE_CHECKING, Annotated

import typer

from rangemap.cli.options import AsOf, CatalogueDir, Flagged, Tiers, WithBuiltIn, make_filters, open_catalogue
from rangemap.cli.output import clean, note, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rangemap.atlas import Made


def add_to(app: typer.Typer) -> None:
    """Hang the command on the program."""
    app.command("atlas", epilog="Example:  rangemap atlas public --workers 4 --base-url https://example.org/atlas/")(
        atlas
    )


def atlas(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; an atlas that is there is updated.")],
    *,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, metavar="N", help="Processes. [default: as many as processors]")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS", help="Send the work to the Dask scheduler at tcp://HOST:PORT."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where it is published; needed for a sitemap.")
    ] = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Make every system's page, an index to find them by, and feeds of all claims. Prints the index's path.

    Run it again to bring an atlas up to date, or to go on where a run was interrupted: only pages whose systems,
    sources or filters have changed, or that another version of rangemap made, are made again.
    """
    from rangemap.atlas import make_atlas  # noqa: PLC0415 - lazily, for a fast `--help`
    from rangemap.atlas.workers import processors  # noqa: PLC0415

    with _progress() as show:
        made = make_atlas(
            folder,
            catalogue=open_catalogue(catalogue, with_built_in=with_built_in),
            filters=make_filters(tier, as_of, None, None, flagged=flagged),
            workers=workers or processors(),
            dask=dask,
            base_url=base_url,
            on_progress=show,
            on_wait=lambda: note("another run is writing this atlas; waiting for it to end"),
        )
    _tell(made, with_sitemap=base_url is not None)
    if json:
        print_json(
            {"index": str(made.index), "made": made.made, "kept": made.kept, "removed": made.removed, "left": made.left}
        )
    else:
        typer.echo(clean(made.index))


def _tell(made: Made, *, with_sitemap: bool) -> None:
    note(f"{len(made.made)} pages made, {len(made.kept)} kept, {len(made.removed)} files removed")
    for name in made.left:
        note(f"note: {name} no longer belongs, but somebody has changed it, so it stays")
    if not with_sitemap:
        note("note: no sitemap without --base-url")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr, where that is a terminal."""
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs Rich
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("Pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("Pages", total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)
