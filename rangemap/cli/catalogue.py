"""Commands that read the catalogue: `list`, `show`, `validate`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotation
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rangemap.cli.options import (
    AsOf,
    CatalogueDir,
    Claims,
    Flagged,
    Json,
    Origins,
    Tiers,
    WithBuiltIn,
    make_filters,
    open_catalogue,
)
from rangemap.cli.output import note, print_json, print_table, shown

if TYPE_CHECKING:
    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue

_COUNTRY = typer.Option("--country", metavar="CODE", help="Only systems of this country (ISO 3166-1 alpha-3).")


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the program."""
    app.command("list", epilog="Example:  rangemap list --country IRN")(list_systems)
    app.command("show", epilog="Example:  rangemap show qiam-1 --tier A --tier B")(show_system)
    app.command("validate", epilog="Example:  rangemap validate geodata --strict")(validate)


def list_systems(
    *,
    country: Annotated[str | None, _COUNTRY] = None,
    regions: Annotated[bool, typer.Option("--regions", help="List launch regions instead.")] = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    json: Json = False,
) -> None:
    """List the systems, with what their sources grant and whether they agree."""
    if regions:
        _list_regions(country, json=json)
        return
    from rangemap.summary import list_rows  # noqa: PLC0415 - lazily, for a fast `--help`

    rows = list_rows(country=country, catalogue=open_catalogue(catalogue, with_built_in=with_built_in))
    if json:
        print_json(rows)
        return
    columns = [
        *("System", "Name", "Country", "Kind"),
        *(">Claims", ">Origins", ">All km", ">Half km", ">Any km"),
        "Agreement",
    ]
    keys = ("system", "name", "country", "kind", "claims", "origins", "all_km", "majority_km", "any_km", "agreement")
    print_table(columns, [[row[key] for key in keys] for row in rows])


def _list_regions(country: str | None, *, json: bool) -> None:
    from rangemap import places  # noqa: PLC0415

    rows = [{"region": r.id, "name": r.name, "kind": r.kind, "country": r.country} for r in places.regions(country)]
    if json:
        print_json(rows)
    else:
        print_table([key.capitalize() for key in rows[0]], [list(row.values()) for row in rows])


def show_system(
    system: Annotated[str, typer.Argument(help="Id, name or alias of a system.")],
    *,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    regions: Annotated[bool, typer.Option("--regions", help="Show how the launch region changes the reach.")] = False,
    json: Json = False,
) -> None:
    """Show who says what about a system: claims, citations, steps, conflicts."""
    from rangemap.summary import show_dict  # noqa: PLC0415

    own = open_catalogue(catalogue, with_built_in=with_built_in)
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    if regions:
        _show_regions(system, filters, own, json=json)
        return
    data = show_dict(system, filters=filters, catalogue=own)
    if json:
        print_json(data)
    else:
        _print_show(data)


def _show_regions(system: str, filters: Filters, own: Catalogue, *, json: bool) -> None:
    from rangemap.answers import region_rows  # noqa: PLC0415
    from rangemap.cli.answers import print_regions  # noqa: PLC0415

    rows = region_rows(system, filters=filters, catalogue=own)
    if json:
        print_json(rows)
    else:
        print_regions(system, rows)


def _print_show(data: dict[str, Any]) -> None:
    print_table(
        [
            "",
            ">Figure",
            "Claimant",
            "Said",
            "Tier",
            "Source",
        ],
        [
            ["●" if c["counted"] else "○", c["original"], c["claimant"], c["as_of"] or "", c["tier"], c["citation"]]
            for c in data["claims"]
        ],
        title=f"{data['system']['name']}: who says what (● counted, ○ not)",
    )
    uncounted = [(c["claimant"], c["original"], c["why_not_counted"]) for c in data["claims"] if not c["counted"]]
    if uncounted:
        print_table(["Not counted", ">Figure", "Why"], uncounted)
    steps = data["contest"]["steps"]
    if steps:
        print_table(
            [">From km", ">To km", ">Reach it", ">May"],
            [[s["inner_km"], s["outer_km"], len(s["grants"]), len(s["allows"])] for s in steps],
            title=f"Steps ({data['contest']['origins']} origins)",
        )
    _print_conflicts(data)
    note(_summary_line(data["contest"]))


def _print_conflicts(data: dict[str, Any]) -> None:
    conflicts = data["contest"]["conflicts"]
    if conflicts:
        most = 12
        print_table(
            ["One says", "Another says", ">Gap km"],
            [[c["a"], c["b"], c["gap_km"]] for c in conflicts[:most]],
            title=f"Conflicts, widest first ({min(most, len(conflicts))} of {len(conflicts)}; --json has all)",
        )


def _summary_line(contest: dict[str, Any]) -> str:
    if contest["all_km"] is None:
        return "Nobody's claim counts as a range."
    edges = " ".join(f"{name} {shown(contest[f'{name}_km'])} km" for name in ("all", "majority", "any"))
    return f"{contest['agreement']}: {edges}"


def validate(
    path: Annotated[
        Path | None, typer.Argument(help="Catalogue folder or one YAML file; the built-in one by default.")
    ] = None,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Treat warnings as errors (recorded ones are none).")
    ] = False,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="List the findings that findings.yaml records, too.")
    ] = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    json: Json = False,
) -> None:
    """Check a catalogue: every problem at once, with file, line and remedy. Exit 1 if there is an error."""
    from rangemap.catalogue.load import read_catalogue  # noqa: PLC0415
    from rangemap.places import region  # noqa: PLC0415

    data, problems = read_catalogue(path or catalogue, with_built_in=with_built_in, resolve=region)
    new = [problem for problem in problems if not problem.recorded]
    if json:
        print_json([problem.as_dict() for problem in problems])
    else:
        for problem in problems if recorded else new:
            kind = f"recorded ({problem.recorded})" if problem.recorded else problem.severity
            typer.echo(_safe(f"{kind}: {problem}"))
    errors = sum(problem.severity == "error" for problem in problems)
    size = f"{len(data.systems)} systems, " if data else ""
    note(f"{size}{errors} errors, {len(new) - errors} warnings, {len(problems) - len(new)} recorded findings")
    if errors or (strict and new):
        raise typer.Exit(1)


def _safe(text: object) -> str:
    from rangemap.cli.output import clean  # noqa: PLC0415

    return clean(text)
