"""Compare two systems, first in words, then on one map: `python examples/compare_two.py [FILE.html]`."""

from __future__ import annotations

import sys
from pathlib import Path

from rangemap import draw

SYSTEMS = ("shahab-3", "sejjil")


def main(path: Path = Path("two-systems.html")) -> list[str]:
    """List the countries of which the sources say something else for one system than for the other."""
    found = draw(*SYSTEMS, regions=["iran"])
    view = found.layerset.views[0]
    names = [system.name for system in found.layerset.systems]
    differing = [country for country in view.countries if len(set(country.status)) > 1]
    lines = [
        f"{country.name} ({country.nearest_km:,.0f} km): "
        + ", ".join(f"{name} {status.value}" for name, status in zip(names, country.status, strict=True))
        for country in sorted(differing, key=lambda country: country.nearest_km)
    ]
    print("\n".join(lines))
    found.save(path)
    print(path)
    return lines


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
