"""Commands that answer questions about places: `coverage`, `check`, `distance`; and `show --regions`."""

from __future__ import annotations

import csv
import json as jsonlib
import sys
from typing import TYPE_CHECKING, Annotated, Any

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
from rangemap.cli.output import clean, clean_json, note, print_json, print_table
from rangemap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BIG_CITY = 1_000_000
_TESTED = ("holds", "depends", "fails")

_SYSTEM = typer.Argument(metavar="SYSTEM", help="Id, name or alias of a system.")
_CITIES = typer.Option("--cities", metavar="N", min=0, help="How many big cities the table shows, closest calls first.")


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the program."""
    app.command("coverage", epilog="Example:  rangemap coverage shahab-3 --from iran-west")(coverage)
    app.command("check", epilog="Example:  rangemap check zelzal-2 --strict")(check)
    app.command("distance", epilog="Example:  rangemap distance iran contiguous-us --system iran-icbm-claimed")(
        distance
    )


def coverage(
    system: Annotated[str, _SYSTEM],
    *,
    from_: From = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    cities: Annotated[int, _CITIES] = 20,
    words: Annotated[bool, typer.Option("--words", help="Print a sentence a country instead of a table.")] = False,
    csv_: Annotated[bool, typer.Option("--csv", help="Print CSV: every country, then every city.")] = False,
    json: Json = False,
) -> None:
    """Say of every country and listed city how far it lies and which claims reach it, closest calls first."""
    from rangemap.answers import coverage_dict  # noqa: PLC0415 - lazily, for a fast `--help`

    own = open_catalogue(catalogue, with_built_in=with_built_in)
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    data = coverage_dict(system, region=_one(from_), filters=filters, catalogue=own)
    if json:
        _print_rows(data)
    elif csv_:
        _print_csv(data)
    elif words:
        for row in data["countries"]:
            typer.echo(clean(row["sentence"]))
    else:
        _print_coverage(data, cities)


def _one(from_: list[str] | None) -> str | None:
    if from_ and len(from_) > 1:
        msg = "this command measures from one launch region; give --from once"
        raise UsageError(msg)
    return from_[0] if from_ else None


def _print_coverage(data: dict[str, Any], cities: int) -> None:
    total = data["origins_total"]
    if not total:
        note("Nobody's claim counts as a range; the distances stand all the same.")
    columns = [
        *("Country", "Status", ">Nearest km", ">Farthest km"),
        *(">Margin km", ">Reach it", ">May"),
        *(">All", ">Half", ">Any"),
    ]
    print_table(
        columns,
        [
            [
                *(row["name"], row["status"], row["nearest_km"], row["farthest_km"], row["margin_km"]),
                *(f"{row['origins_reaching']} of {total}", len(row["may_reach"])),
                *(_percent(row["area_share"][level]) for level in ("all", "majority", "any")),
            ]
            for row in data["countries"]
        ],
        title=f"{data['system']} from {data['region']}: countries, closest calls first; shares of area within reach",
    )
    big = [row for row in data["cities"] if row["population"] >= _BIG_CITY]
    closest = sorted(big, key=lambda row: abs(row["margin_km"] or 0.0))[:cities]
    if closest:
        print_table(
            [
                "City",
                "",
                "Status",
                ">km",
                ">Margin km",
                ">Reach it",
            ],
            [
                [
                    *(row["name"], row["country"], row["status"], row["distance_km"], row["margin_km"]),
                    f"{row['origins_reaching']} of {total}",
                ]
                for row in closest
            ],
            title="Closest calls among cities of over a million people (--json and --csv have all listed cities)",
        )
    note("Cities: GeoNames (geonames.org), CC BY 4.0. Borders: Natural Earth.")


def _percent(share: float | None) -> str:
    if share is None:
        return "–"
    return f"{share:.0%}" if share in (0.0, 1.0) or 0.01 <= share <= 0.99 else f"{share:.1%}"  # noqa: PLR2004 - per cents


def _print_rows(data: dict[str, Any]) -> None:
    """Print the same JSON as `print_json` would, a row a line: there are 34,000 cities."""
    lists = {key: value for key, value in data.items() if isinstance(value, list)}
    plain = {key: value for key, value in data.items() if key not in lists}
    parts = [f"{_dumps(key)}: {_dumps(value)}" for key, value in plain.items()]
    parts += [
        f"{_dumps(key)}: [\n" + ",\n".join(f"    {_dumps(_rounded(row))}" for row in rows) + "\n  ]"
        for key, rows in lists.items()
    ]
    typer.echo(clean_json("{\n  " + ",\n  ".join(parts) + "\n}"))


def _dumps(value: object) -> str:
    return jsonlib.dumps(value, ensure_ascii=False)


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 6) if isinstance(value, float) else value for key, value in row.items()}


def _print_csv(data: dict[str, Any]) -> None:
    fields = [
        *("kind", "id", "name", "country", "population", "status", "nearest_km", "farthest_km", "margin_km"),
        *("origins_reaching", "origins", "may_reach", "share_all", "share_majority", "share_any", "sentence"),
    ]
    writer = csv.DictWriter(sys.stdout, fields, restval="", lineterminator="\n")
    writer.writeheader()
    for row in (*map(_country_line, data["countries"]), *map(_city_line, data["cities"])):
        writer.writerow({key: _cell(value) for key, value in row.items()})


def _country_line(row: dict[str, Any]) -> dict[str, Any]:
    shares = {f"share_{level}": share for level, share in row["area_share"].items()}
    return {"kind": "country", **{key: value for key, value in row.items() if key != "area_share"}, **shares}


def _city_line(row: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "city", "nearest_km": row["distance_km"], **{k: v for k, v in row.items() if k != "distance_km"}}


def _cell(value: object) -> object:
    """Make a cell that no spreadsheet takes for a formula."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, float):
        return round(value, 3)
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def check(
    system: Annotated[str | None, typer.Argument(metavar="[SYSTEM]", help="A system; all of them by default.")] = None,
    *,
    from_: From = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if a statement fails.")] = False,
    json: Json = False,
) -> None:
    """Judge what sources say can or cannot be reached: holds, depends on the claim, or fails, and why."""
    from rangemap.answers import check_rows  # noqa: PLC0415 - lazily, for a fast `--help`

    own = open_catalogue(catalogue, with_built_in=with_built_in)
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    rows = check_rows(system, region=_one(from_), filters=filters, catalogue=own)
    if json:
        print_json(rows)
    else:
        _print_check(rows)
    if strict and any(row["verdict"] == "fails" for row in rows):
        raise typer.Exit(1)


def _print_check(rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        expected = "can reach" if row["expected"] == "reaches" else "can’t reach"
        head = f"{row['verdict'].upper()}  {row['system'] or 'no system'} {expected} {row['area']}"
        lines = [
            head,
            f"  {row['explanation']}",
            *(f"  {row[key]}" for key in ("sensitivity", "definitions") if row[key]),
        ]
        lines += [f"  Note: {row['note']}"] if row["note"] and row["verdict"] in _TESTED else []
        lines += [f"  Said by {row['claimant']}. {row['citation']}", ""]
        typer.echo("\n".join(clean(line) for line in lines))
    note(
        ", ".join(
            f"{sum(row['verdict'] == verdict for row in rows)} {verdict}" for verdict in (*_TESTED, "not-testable")
        )
    )


def distance(
    region: Annotated[str, typer.Argument(metavar="REGION", help="Launch region.")],
    area: Annotated[
        str, typer.Argument(metavar="AREA", help="Area, country, province, GeoJSON file, or 'Athens, GRC'.")
    ],
    *,
    system: Annotated[
        list[str] | None,
        typer.Option("--system", metavar="SYSTEM", help="Whose claims to lay along the way (repeatable)."),
    ] = None,
    tier: Tiers = None,
    as_of: AsOf = None,
    origin: Origins = None,
    claim: Claims = None,
    flagged: Flagged = False,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    json: Json = False,
) -> None:
    """Measure from a launch region to an area, nearest and farthest, and what part of the way claims cover."""
    from rangemap.answers import distance_dict  # noqa: PLC0415 - lazily, for a fast `--help`

    own = open_catalogue(catalogue, with_built_in=with_built_in)
    filters = make_filters(tier, as_of, origin, claim, flagged=flagged)
    data = distance_dict(region, area, systems=system or (), filters=filters, catalogue=own)
    if json:
        print_json(data)
    else:
        _print_distance(data)


def _print_distance(data: dict[str, Any]) -> None:
    near, cover, far = (_both(data[key]) for key in ("nearest_km", "covering_km", "farthest_km"))
    typer.echo(clean(f"{data['from']} to {data['to']}"))
    typer.echo(f"  first point  {near}, from {_point(data['nearest_from'])} to {_point(data['nearest_to'])}")
    typer.echo(f"  all of it    {cover}, from the launch region's nearest point each time")
    typer.echo(f"  farthest     {far}, from {_point(data['farthest_from'])} to {_point(data['farthest_to'])}")
    if data["definition"]:
        typer.echo(clean(f"  area         {data['definition']}"))
    for row in data["systems"]:
        if "figures" in row:
            _print_way(row)
    short = [row for row in data["systems"] if "figures" not in row]
    if short:
        print_table(
            [
                "System",
                ">All km",
                ">of the way",
                ">Any km",
                ">of the way",
            ],
            [
                [r["system"], r["all_km"], _percent(r["all_share"]), r["any_km"], _percent(r["any_share"])]
                for r in short
            ],
            title="How much of the way the claims about the region's systems cover",
        )


def _print_way(row: dict[str, Any]) -> None:
    print_table(
        [">Figure km", ">of the way", ">short by km", "What", "Who"],
        [
            [
                *(each["km"], _percent(each["share"]), each["short_km"]),
                *(", ".join(each["quantities"]), "; ".join(each["claimants"])),
            ]
            for each in row["figures"]
        ],
        title=f"{row['name']}: {'; '.join(part['label'] for part in row['parts']) or 'no way to go'}",
    )


def _both(km: float) -> str:
    return f"{km:,.0f} km ({km / 1.609344:,.0f} mi)"


def _point(lonlat: Sequence[float]) -> str:
    lon, lat = lonlat
    return f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'} {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"


def print_regions(name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Print how a system's reach moves with the launch region."""
    levels = ("all", "majority", "any")
    heads = ("All", "Half", "Any")
    print_table(
        [
            "Launched from",
            *(f">{head}, million km²" for head in heads),
            *(f">{head}, countries" for head in heads),
        ],
        [
            [
                row["name"],
                *(f"{row['area_km2'][level] / 1e6:,.2f}" for level in levels),
                *(row["countries"][level] for level in levels),
            ]
            for row in rows
        ],
        title=f"{name}: how its reach moves with the launch region",
    )
