"""The `rangemap` program: its commands, and what happens when one of them fails.

Every command costs a millisecond or two to set up, and its module as much to load: a run sets up the one that was
asked for, and all of them only where the reader wants a list (`--help`, no command, one that does not exist).
"""

from __future__ import annotations

import io
import os
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rangemap.cli.output import complain
from rangemap.errors import DataError, RangemapError

if TYPE_CHECKING:
    from collections.abc import Sequence

    app: typer.Typer

COMMANDS = {
    "catalogue": ("list", "show", "validate"),
    "maps": ("render",),
    "exports": ("export",),
    "bundles": ("bundle", "verify"),
    "atlas": ("atlas",),
    "figures": ("figure",),
    "reports": ("report",),
    "embeds": ("embed",),
    "answers": ("coverage", "check", "distance"),
    "claims": ("extract", "review", "accept"),
    "data": ("init", "schema", "diff", "export-claims", "import-claims"),
}
"""The commands of each module, in the order of `--help`."""


@cache
def program(*modules: str) -> typer.Typer:
    """Set up the program with the commands of some modules of `COMMANDS`."""
    found = typer.Typer(
        name="rangemap",
        help="Draw what sources say about reach, and where they disagree.",
        epilog="Example:  rangemap render qiam-1 --open",
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for module in modules:
        import_module(f"rangemap.cli.{module}").add_to(found)
    found.callback()(_root)
    return found


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module may be asked for
    if name == "app":
        return program(*COMMANDS)
    msg = f"module 'rangemap.cli.app' has no attribute '{name}'"
    raise AttributeError(msg)


def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed  # noqa: PLC0415 - slow, and rarely wanted

        typer.echo(f"rangemap {installed('rangemap')}")
        raise typer.Exit


def modules_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """Name the modules that a command line needs: one where it begins with a command, else all."""
    wanted = arguments[0] if arguments else ""
    return next(((module,) for module, commands in COMMANDS.items() if wanted in commands), tuple(COMMANDS))


def main() -> None:
    """Run the program; a known error is one clear line and an exit code, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a file name that is no text; stderr does so by itself
    try:
        program(*modules_for(sys.argv[1:]))()
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
