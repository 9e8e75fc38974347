"""Write `docs/cli.md` and `man/rangemap.1` from the program's own help texts. Run it when a command changes.

python scripts/make_reference.py [--check]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rangemap.cli.app import app

ROOT = Path(__file__).parents[1]
TARGETS = {"cli.md.j2": ROOT / "docs" / "cli.md", "rangemap.1.j2": ROOT / "man" / "rangemap.1"}


@dataclass(frozen=True)
class Option:
    """An argument or option as a reader sees it."""

    name: str
    help: str
    argument: bool


@dataclass(frozen=True)
class Command:
    """A command: its usage line, its help, an example."""

    name: str
    usage: str
    summary: str
    body: str
    example: str
    options: tuple[Option, ...]


def commands() -> list[Command]:
    """Describe every command of the program, in the order of its help."""
    return [_describe(name, command) for name, command in typer.main.get_command(app).commands.items()]


def _describe(name: str, command: Any) -> Command:  # noqa: ANN401 - a class that Typer keeps to itself
    context = command.make_context(f"rangemap {name}", [], resilient_parsing=True)
    pieces = " ".join(command.collect_usage_pieces(context))
    summary, _, body = (command.help or "").partition("\n\n")
    options = tuple(_option(parameter, context) for parameter in command.get_params(context))
    example = (command.epilog or "").removeprefix("Example:").strip()
    return Command(name, f"rangemap {name} {pieces}", _line(summary), body.strip(), example, options)


def _option(parameter: Any, context: Any) -> Option:  # noqa: ANN401 - as above
    argument = parameter.param_type_name == "argument"
    name, text = parameter.get_help_record(context) or (parameter.make_metavar(context), "")
    return Option(name, _line(text), argument)


def _line(text: str) -> str:
    return " ".join(text.split())


def _roff(text: str) -> str:
    """Escape for man pages: backslashes, hyphens, and dots and quotes that would start a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in escaped.splitlines())


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("[", "\\[")


def pages() -> dict[Path, str]:
    """Make both files' contents."""
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    # Markdown and roff, not HTML: each has its own filter.
    environment = Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.filters |= {"roff": _roff, "cell": _cell}
    described = commands()
    return {path: environment.get_template(name).render(commands=described) for name, path in TARGETS.items()}


def main() -> int:
    """Write the files, or with `--check` say which are out of date."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    for path in stale:
        print(f"{'out of date' if '--check' in sys.argv else 'written'}: {path.relative_to(ROOT)}")
    if "--check" in sys.argv:
        return 1 if stale else 0
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
