"""Write a large catalogue of invented systems, to measure how rangemap scales: `generate_catalogue.py DIR`.

Nothing in it is anybody's statement. The same numbers give the same files.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

REGIONS = {
    "IRN": ("iran", "iran-north-west", "irn-tehran"),
    "CHN": ("china",),
    "IND": ("india",),
    "PRK": ("north-korea",),
    "PAK": ("pakistan",),
    "ISR": ("israel",),
    "YEM": ("yemen",),
    "FRA": ("france",),
}
KINDS = ("srbm", "mrbm", "irbm", "icbm", "cruise", "anti-ship-cruise", "rocket")
FORMS = ("{} km", "up to {} km", "about {} km", "at least {} km", "{} kilometres", "{} miles", "{} to {:,.0f} km")
PLACES = ("Israel", "Turkey", "Japan", "Poland", "all of Iraq", "Europe")


def source(number: int, rng: random.Random) -> str:
    """Write one source."""
    return (
        f"  - id: source-{number}\n    type: article-newspaper\n    title: 'Invented report no. {number}'\n"
        f"    publisher: Invented Gazette {number % 400}\n    issued: {_date(rng)}\n"
        f"    URL: https://example.org/{number}\n    kind: news\n    tier: {rng.choice('AAABBC')}\n"
    )


def system(number: int, claims: int, sources: int, rng: random.Random) -> str:
    """Write one system with its claims."""
    country = rng.choice(list(REGIONS))
    base = rng.choice((150, 300, 700, 1_300, 2_000, 4_000, 9_000))
    lines = [
        f"id: invented-{number}",
        f"name: Invented {number}",
        f"aliases: [Inv-{number}]",
        f"country: {country}",
        f"kind: {rng.choice(KINDS)}",
        "status: alleged",
        f"regions: [{rng.choice(REGIONS[country])}]",
        "claims:" if claims else "",
    ]
    for place in range(claims):
        km = round(base * rng.choice((0.8, 0.9, 1, 1, 1, 1.1, 1.5)))
        lines += [
            f"  - id: invented-{number}-{place}",
            f"    source: source-{rng.randrange(sources)}",
            f"    claimant: Invented Claimant {rng.randrange(900)}",
            f"    as_of: {_date(rng)}",
            f"    range: {rng.choice(FORMS).format(km, km * 1.2)}",
            "    quantity: max-range",
            "    stance: asserts",
            "    locator: second paragraph",
            "    note: Invented, to see how rangemap copes with much.",
        ]
    if number % 3 == 0:
        lines += [
            "reach_assertions:",
            f"  - id: invented-{number}-reach",
            f"    source: source-{rng.randrange(sources)}",
            "    claimant: Invented Institute",
            f"    as_of: {_date(rng)}",
            f"    area: {rng.choice(PLACES)}",
            "    expected: reaches",
        ]
    return "\n".join(line for line in lines if line) + "\n"


def _date(rng: random.Random) -> str:
    return f"{rng.randrange(1990, 2026)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"


def generate(folder: Path, systems: int = 5_000, claims: int = 50_000, sources: int = 5_000) -> None:
    """Write the catalogue into `folder`."""
    rng = random.Random(7)  # noqa: S311 - the same catalogue every time
    (folder / "systems").mkdir(parents=True, exist_ok=True)
    text = "".join(source(number, rng) for number in range(sources))
    (folder / "sources.yaml").write_text(f"sources:\n{text}", encoding="utf-8")
    for number in range(systems):
        share = claims * (number + 1) // systems - claims * number // systems
        (folder / "systems" / f"invented-{number}.yaml").write_text(
            system(number, share, sources, rng), encoding="utf-8"
        )


def main() -> None:
    """Write the catalogue that was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--systems", type=int, default=5_000)
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--sources", type=int, default=5_000)
    options = parser.parse_args()
    generate(options.folder, options.systems, options.claims, options.sources)
    print(options.folder)


if __name__ == "__main__":
    main()
