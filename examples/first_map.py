"""Write the map of one system as a page that works offline: `python examples/first_map.py [FILE.html]`."""

from __future__ import annotations

import sys
from pathlib import Path

from rangemap import contest_of, draw


def main(path: Path = Path("qiam-1.html")) -> Path:
    """Say what the sources grant, and write the map."""
    found = contest_of("qiam-1")
    print(f"{found.system.name}: all sources grant {found.all_km:,.0f} km, the boldest {found.any_km:,.0f} km.")
    draw("qiam-1", regions=["iran"]).save(path)
    print(path)
    return path


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
