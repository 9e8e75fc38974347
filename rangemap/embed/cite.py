"""How to cite a map: as text, as BibTeX, as CSL-JSON. The sources that it shows are to be cited as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rangemap.layers import LayerSet

AUTHOR = "The rangemap authors"
_TEX = str.maketrans(
    {character: f"\\{character}" for character in "{}&%$#_"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def as_text(layerset: LayerSet, *, url: str | None) -> str:
    """Write the citation as one line."""
    year = f" ({_year(layerset)})" if _year(layerset) else ""
    at = f" {url}" if url else ""
    return f"{AUTHOR}{year}. {_full_stop(layerset.title)} Interactive map, {_edition(layerset)}.{at}\n"


def as_bibtex(layerset: LayerSet, *, url: str | None) -> str:
    """Write the citation as a BibTeX entry."""
    fields = {
        "author": "{" + AUTHOR + "}",
        "title": "{" + tex(layerset.title) + "}",
        "year": _year(layerset),
        "howpublished": "Interactive map",
        "note": tex(_edition(layerset)),
        "url": url or "",
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(layerset)},\n{rows}}}\n"


def as_csl(layerset: LayerSet, *, url: str | None) -> str:
    """Write the citation as CSL-JSON, as Zotero and pandoc read it."""
    item: dict[str, Any] = {
        "id": _key(layerset),
        "type": "map",
        "author": [{"literal": AUTHOR}],
        "title": layerset.title,
        "note": _edition(layerset),
    }
    if layerset.data_date:
        item["issued"] = {"date-parts": [[int(part) for part in layerset.data_date.split("-")]]}
    if url:
        item["URL"] = url
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def tex(text: str) -> str:
    """Escape text for TeX."""
    return text.translate(_TEX)


def _edition(layerset: LayerSet) -> str:
    return f"rangemap {layerset.version}, data {layerset.data_hash}"


def _year(layerset: LayerSet) -> str:
    return (layerset.data_date or "")[:4]


def _key(layerset: LayerSet) -> str:
    return "-".join(["rangemap", *(system.id for system in layerset.systems)])


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
