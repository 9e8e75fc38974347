"""The `rangemap` program: its commands, and what happens when one of them fails."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from rangemap.cli import answers, atlas, bundles, catalogue, claims, data, embeds, exports, figures, maps, reports
from rangemap.cli.output import complain
from rangemap.errors import DataError, RangemapError

app = typer.Typer(
    name="rangemap",
    help="Draw what sources say about reach, and where they disagree.",
    epilog="Example:  rangemap render qiam-1 --open",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
catalogue.add_to(app)
maps.add_to(app)
exports.add_to(app)
bundles.add_to(app)
atlas.add_to(app)
figures.add_to(app)
reports.add_to(app)
embeds.add_to(app)
answers.add_to(app)
claims.add_to(app)
data.add_to(app)


@app.callback()
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed  # noqa: PLC0415 - slow, and rarely wanted

        typer.echo(f"rangemap {installed('rangemap')}")
        raise typer.Exit


def main() -> None:
    """Run the program; a known error is one clear line and an exit code, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name that is no text; stderr does so by itself
    try:
        app()
    except RangemapError as error:
        complain(str(error) if isinstance(error, DataError) else " ".join(str(error).splitlines()))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (`head`) has gone; point stdout elsewhere so that Python does not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # a name that is too long, a disk that is full
        name = f"'{error.filename}': " if error.filename else ""
        complain(" ".join(f"{name}{(error.strerror or str(error)).lower()}".splitlines()))
        sys.exit(2)
