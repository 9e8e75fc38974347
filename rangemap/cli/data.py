"""Commands about catalogues as a whole: `init`, `schema`, `diff`, `export-claims`, `import-claims`."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotation
from typing import Annotated

import typer

from rangemap.cli.options import CatalogueDir, Json, WithBuiltIn, open_catalogue, own_folder
from rangemap.cli.output import clean, note, print_json
from rangemap.files import write_atomic

_OLD = typer.Argument(metavar="OLD", help="A catalogue folder; - for the built-in one.")
_NEW = typer.Argument(metavar="NEW", help="Another; - for the built-in one.")


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the program."""
    app.command("init", epilog="Example:  rangemap init my-claims")(init)
    app.command("schema", epilog="Example:  rangemap schema system > system.schema.json")(schema)
    app.command("diff", epilog="Example:  rangemap diff old-catalogue new-catalogue")(diff)
    app.command("export-claims", epilog="Example:  rangemap export-claims qiam-1 -o qiam.xlsx")(export_claims)
    app.command("import-claims", epilog="Example:  rangemap import-claims qiam.csv --catalogue my-claims")(
        import_claims
    )


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
) -> None:
    """Make a project of your own: catalogue, region, README, schema for the editor, a sample article."""
    from rangemap.project import make_project  # noqa: PLC0415 - lazily, for a fast `--help`

    files = make_project(folder)
    for path in files:
        typer.echo(clean(path))
    note(f"Next:  rangemap render example-1 --catalogue {folder} --open")


def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="system, sources, reach_assertions, findings, draft.")
    ] = None,
) -> None:
    """Print the JSON Schema of the catalogue's files."""
    from rangemap.catalogue.schema import json_schema  # noqa: PLC0415

    print_json(json_schema(kind))


def diff(
    old: Annotated[Path, _OLD],
    new: Annotated[Path, _NEW],
    *,
    json: Json = False,
) -> None:
    """Tell in words what changed between two catalogues."""
    from rangemap.catalogue.history import diff as compare  # noqa: PLC0415

    changes = compare(*(open_catalogue(None if str(path) == "-" else path) for path in (old, new)))
    if json:
        print_json([{"record": each.record, "kind": each.kind, "sentence": each.sentence} for each in changes])
        return
    for change in changes:
        typer.echo(" ".join(clean(change.sentence).split()))
    note(f"{len(changes)} changes" if changes else "Nothing changed.")


def export_claims(
    systems: Annotated[list[str] | None, typer.Argument(metavar="[SYSTEM…]", help="Systems; all by default.")] = None,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .csv or .xlsx (claims), .json (CSL-JSON) or .bib (sources)."
        ),
    ],
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Write claims as a table, one a row, or their sources as CSL-JSON or BibTeX."""
    from rangemap.catalogue.transfer import claims_as, kind_of  # noqa: PLC0415

    to_stdout = str(output) == "-"
    kind = ".csv" if to_stdout else kind_of(output)
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    content = claims_as(kind, systems=systems or (), catalogue=data)
    if to_stdout:
        sys.stdout.write(content.decode() if isinstance(content, bytes) else content)
        return
    write_atomic(output, content)
    typer.echo(clean(output))


def import_claims(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx (claims), .json or .bib (sources).")],
    *,
    catalogue: CatalogueDir = None,
    json: Json = False,
) -> None:
    """Put claims or sources of a table into a catalogue's YAML; a record with an id that is there is written anew."""
    from rangemap.catalogue.transfer import import_claims as put  # noqa: PLC0415

    done = put(file, own_folder(catalogue))
    if json:
        print_json({"added": done.added, "changed": done.changed, "known": done.known})
    else:
        for path in done.files:
            typer.echo(clean(path))
    note(f"{len(done.added)} records added, {len(done.changed)} changed, {len(done.known)} were there already")
