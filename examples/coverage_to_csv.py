"""Write how each country stands to a system's claims as CSV: `python examples/coverage_to_csv.py [FILE.csv]`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from rangemap import coverage_dict

COLUMNS = ("id", "name", "status", "nearest_km", "farthest_km", "margin_km", "origins_reaching", "sentence")


def main(path: Path = Path("qiam-1.csv")) -> Path:
    """Write a row a country, closest calls first."""
    data = coverage_dict("qiam-1", region="iran")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(data["countries"])
    print(f"{data['origins_total']} claimants, {len(data['countries'])} countries")
    print(path)
    return path


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
