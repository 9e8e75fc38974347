"""A project of one's own: a catalogue with one invented system, a region, a sample article, schemas for the editor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rangemap.catalogue.schema import FILES, json_schema
from rangemap.errors import UsageError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

_README = """# My claims

A catalogue of reported ranges for [rangemap](https://pypi.org/project/rangemap/): who says which range, in which
source, when. Everything in it is invented; replace it by your own.

| file | what it holds |
|---|---|
| `systems/*.yaml` | one system a file, with everything said about it |
| `sources.yaml` | every document cited |
| `findings.yaml` | warnings of `rangemap validate` that you have looked at, with the reason why they may stand |
| `regions/*.geojson` | launch regions of your own: polygons of at least 1,000 km², never sites |
| `articles/` | texts to extract from |
| `schema/` | JSON Schema of the files; editors with the YAML extension read it and help as you type |

    rangemap validate . --strict
    rangemap show example-1 --catalogue .
    rangemap render example-1 --catalogue . --open
    rangemap extract articles/sample.txt --catalogue . -o draft.yaml
    rangemap review draft.yaml --catalogue .
    rangemap accept draft.yaml --catalogue .

`--with-built-in` adds rangemap's own catalogue to yours. Publicly reported figures and coarse regions only.
"""
_SOURCES = """# yaml-language-server: $schema=schema/sources.schema.json
sources:
  - id: example-gazette-2024
    type: article-newspaper
    title: A rocket on parade
    publisher: The Example Gazette
    issued: 2024-05-01
    URL: https://example.org/a-rocket-on-parade
    kind: news
    tier: A
  - id: example-institute-2025
    type: report
    title: What the Example-1 can do
    publisher: The Example Institute
    issued: 2025-02
    URL: https://example.org/what-it-can-do
    kind: think-tank
    tier: A
"""
_SYSTEM = """# yaml-language-server: $schema=../schema/system.schema.json
id: example-1
name: Example-1
aliases: [Exemplar-1]
country: XXX                  # ISO 3166-1 alpha-3; XXX stands for no country
kind: srbm
status: alleged
regions: [example-land]       # regions/example-land.geojson; rangemap's own ids (iran, IRN, …) work as well
claims:
  - id: example-1-example-gazette-2024
    source: example-gazette-2024
    claimant: Defence ministry of Example Land
    as_of: 2024-05-01
    range: up to 800 km
    quantity: max-range
    stance: asserts
    locator: second paragraph

  # A second opinion: the two do not agree, and the map shows by how much.
  - id: example-1-example-institute-2025
    source: example-institute-2025
    claimant: The Example Institute
    as_of: 2025-02
    range: between 500 and 600 km
    quantity: max-range
    stance: asserts
    locator: page 4
"""
_FINDINGS = """# yaml-language-server: $schema=schema/findings.schema.json
# - {rule: undated, id: my-claim, why: the page bears no date}
findings: []
"""
_ARTICLE = """The Example-1 returns

EXAMPLE CITY - The army of Example Land on Friday showed an improved Example-1, a missile that officials said could
reach targets 900 kilometres (560 miles) away. The parade route was 4 km long.

"We doubt it," said Ada Writer of the Example Institute. In its only known test the missile flew 420 km and climbed to
an altitude of 150 km, she said; the institute puts the range at no more than 600 km.
"""
_REGION = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Example Land (invented, in mid-ocean)"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[-41.0, 29.0], [-38.0, 29.0], [-38.0, 31.0], [-41.0, 31.0], [-41.0, 29.0]]],
            },
        }
    ],
}


def project_files() -> dict[str, str]:
    """Give the files of a new project, by path below its folder."""
    schemas = {f"schema/{kind}.schema.json": json.dumps(json_schema(kind), indent=2) + "\n" for kind in FILES}
    settings = {f"schema/{kind}.schema.json": pattern for kind, pattern in _PATTERNS.items()}
    return {
        "README.md": _README,
        "sources.yaml": _SOURCES,
        "findings.yaml": _FINDINGS,
        "systems/example-1.yaml": _SYSTEM,
        "regions/example-land.geojson": json.dumps(_REGION, indent=2) + "\n",
        "articles/sample.txt": _ARTICLE,
        ".vscode/settings.json": json.dumps({"yaml.schemas": settings}, indent=2) + "\n",
        **schemas,
    }


_PATTERNS = {
    "system": "systems/*.yaml",
    "sources": "sources.yaml",
    "reach_assertions": "reach_assertions.yaml",
    "findings": "findings.yaml",
    "draft": "*draft*.yaml",
}


def make_project(folder: Path) -> list[Path]:
    """Write a new project into `folder`, which may exist but must hold none of its files.

    Raises
    ------
    UsageError
        If the folder is a file, or holds one of the files already; then nothing is written.
    """
    if folder.exists() and not folder.is_dir():
        msg = f"'{folder}' is a file; name a folder"
        raise UsageError(msg)
    files = {folder / name: text for name, text in project_files().items()}
    taken = [path for path in files if path.exists()]
    if taken:
        msg = f"'{taken[0]}' exists already, and nothing is written over; name a new folder"
        raise UsageError(msg)
    for path, text in files.items():
        write_atomic(path, text)
    return list(files)
