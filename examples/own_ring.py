"""Draw a ring of one's own, with the geometry alone: `python examples/own_ring.py [FILE.geojson]`.

2,000 km about Suva cross the antimeridian: the ring comes cut in two there, each part valid by itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shapely.geometry import Point, mapping

from rangemap import LonLat
from rangemap.geodesy import area_km2, ring

SUVA = LonLat(178.44, -18.14)
APIA = LonLat(-171.76, -13.83)


def main(path: Path = Path("suva.geojson")) -> Path:
    """Write the ring as GeoJSON, and say what lies on the other side of the antimeridian."""
    area = ring(SUVA, 2000)
    print(f"{len(area.geoms)} parts, {area_km2(area) / 1e6:.2f} million km²")
    print(f"Apia lies {'within' if area.contains(Point(APIA)) else 'beyond'} it.")
    feature = {"type": "Feature", "properties": {"range_km": 2000}, "geometry": mapping(area)}
    path.write_text(json.dumps(feature) + "\n", encoding="utf-8")
    print(path)
    return path


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
