"""Report the licence of every library that `rangemap[all,cluster]` brings along; exit 1 if one was never looked at.

    python scripts/licences.py

It reads what is installed and needs no network.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = ("all", "cluster")
# Licences under which a library may be used by a program under BSD-3-Clause; a licence text counts by its first words.
ACCEPTED = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|HPND|Zlib|Unlicense|CNRI)"
    r"|\b(?:MPL|Mozilla Public|LGPL|Lesser General)",
    re.IGNORECASE,
)
LOOKED_AT = {"xstatic-leaflet": "BSD-2-Clause, as Leaflet"}  # whose metadata say it in other words


def closure(name: str, extras: tuple[str, ...]) -> dict[str, Distribution]:
    """Find all distributions that `name` needs with `extras`, itself included, by canonical name."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [(name, extras)]
    while waiting:
        here = (canonicalize_name(waiting[-1][0]), waiting.pop()[1])
        if here in seen:
            continue
        seen.add(here)
        try:
            found[here[0]] = distribution(here[0])
        except PackageNotFoundError:
            continue  # an extra that is not installed
        waiting += [(need.name, tuple(sorted(need.extras))) for need in needs(found[here[0]], here[1])]
    return found


def needs(package: Distribution, extras: tuple[str, ...]) -> list[Requirement]:
    """List what a distribution requires here, with those extras."""
    wanted = [Requirement(text) for text in package.requires or ()]
    return [
        need for need in wanted if not need.marker or any(need.marker.evaluate({"extra": e}) for e in ("", *extras))
    ]


def licence(package: Distribution) -> str:
    """Read a distribution's licence: its expression, else its classifiers, else its free words."""
    known = LOOKED_AT.get(canonicalize_name(package.metadata["Name"]))
    expression = package.metadata.get("License-Expression")
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in package.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    words = (package.metadata.get("License") or "").strip().splitlines()
    return known or expression or "; ".join(classifiers) or (words[0] if words else "unknown")


def main() -> int:
    """Print the table; count what is not accepted."""
    rows = sorted((name, package.version, licence(package)) for name, package in closure("rangemap", EXTRAS).items())
    strangers = [row for row in rows if not ACCEPTED.search(row[2])]
    for name, version, text in rows:
        print(f"{name:28} {version:14} {text}")
    for name, _, text in strangers:
        print(f"nobody has looked at the licence of {name}: {text}", file=sys.stderr)
    return 1 if strangers else 0


if __name__ == "__main__":
    sys.exit(main())
