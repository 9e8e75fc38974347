"""Write `docs/verdicts.md`: every reach assertion of the catalogue with its verdict, or the reason why it has none.

    python scripts/make_verdicts.py

The page is made by the program and never edited by hand; a test holds it up to date.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rangemap import areas, places, wording
from rangemap.answers import check_rows
from rangemap.catalogue.load import load_catalogue
from rangemap.gap import way
from rangemap.units import format_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE = Path(__file__).resolve().parent.parent / "docs" / "verdicts.md"
WORDS = {"holds": "holds", "depends": "depends", "fails": "fails", "not-testable": "not testable"}
ICBM = (
    ("claimed", "iran-icbm-claimed", "max-range"),
    ("claimed of the whole arsenal", "iran-arsenal-max", "max-range"),
    ("tested", "iran-arsenal-max", "distance-flown"),
    ("declared as a limit", "iran-declared-limit", "policy-limit"),
)

_STANCES = {
    "max-range": {"asserts", "projects", "limits"},
    "distance-flown": {"asserts", "tested"},
    "policy-limit": {"limits"},
}

HEAD = """# What follows from the claims

<!-- Made by scripts/make_verdicts.py. Do not edit. -->

Every statement in the catalogue that a system can or can’t reach a place, judged by geometry and by the claims about
that system. A verdict says what follows from the figures that sources publish, not whether a figure is right.

- **holds**: true under every claimant’s figure. **depends**: true under some. **fails**: true under none.
- A statement that names an area without saying how much of it is read as meaning some part of it. What each statement
  asks for stands in the catalogue (`requires`), and how each area is defined in `geodata/areas.yaml`.
- Distances run from the nearest point of the launch region, which is the whole country unless the statement names
  another: the most that the figures can be made to reach. The line on launch regions tells what a narrower one does.
- A statement about a declared limit is judged against the limit. Statements about a date are judged by distance only.
- “US bases in …” are the countries that host them, never places.
"""


def page() -> str:
    """Make the whole page."""
    rows = check_rows()
    counts = "; ".join(f"{sum(r['verdict'] == key for r in rows)} {word}" for key, word in WORDS.items())
    body = "\n".join(section for name, group in _by_system(rows) for section in _system(name, group))
    return f"{HEAD}\n{len(rows)} statements: {counts}.\n\n{_icbm()}\n{body}".rstrip() + "\n"


def _by_system(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["system"] or "", []).append(row)
    yield from groups.items()


def _system(name: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    systems = load_catalogue().systems
    yield f"## {systems[name].name if name else 'About no system of the catalogue'}\n"
    for row in rows:
        yield _statement(row)


def _statement(row: dict[str, Any]) -> str:
    can = "can reach" if row["expected"] == "reaches" else "can’t reach"
    head = f"**{WORDS[row['verdict']]}** · {wording.capital(row['claimant'])}: {can} “{row['area']}”"
    lines = [row["explanation"].partition(": ")[2], row["sensitivity"], row["definitions"]]
    if row["note"] and row["verdict"] != "not-testable":
        lines.append(f"Note: {row['note']}")
    lines.append(f"*{row['citation']}*")
    text = "\n".join(f"  {_escaped(wording.capital(line))}" for line in lines if line)
    return f"- {_escaped(head)} <!-- {row['assertion']} -->\n{text}\n"


def _escaped(text: str) -> str:
    """Keep angle brackets and table bars of data from becoming Markdown."""
    return text.replace("<", "&lt;").replace("|", "\\|")


def _icbm() -> str:
    """Set the range that Iran would need to the contiguous United States beside what was claimed, tested, declared."""
    found = way(places.region("iran"), areas.area("contiguous-us"))
    lead = f"The first point lies {format_km(found.nearest_km)} from Iran’s nearest border"
    lines = [
        "## Iran to the contiguous United States: needed, claimed, tested, declared\n",
        f"{lead}; covering all of it takes {format_km(found.covering_km)}.\n",
        "| figure | what it is | who says so | of the way | short of the first point by |",
        "|---:|---|---|---:|---:|",
        *(_icbm_row(found.nearest_km, *row) for row in _icbm_figures()),
    ]
    return "\n".join(lines) + "\n"


def _icbm_figures() -> Iterator[tuple[str, float, list[str]]]:
    systems = load_catalogue().systems
    for word, system, quantity in ICBM:
        figures: dict[float, list[str]] = {}
        for claim in systems[system].claims:
            if claim.quantity == quantity and claim.stance in _STANCES[quantity] and not claim.figure.converted:
                figures.setdefault(claim.figure.top_km, []).append(claim.claimant)
        for km, who in sorted(figures.items(), reverse=True):
            yield word, km, who


def _icbm_row(needed_km: float, word: str, km: float, who: list[str]) -> str:
    short = format_km(needed_km - km) if km < needed_km else "–"
    names = wording.listing([_escaped(name) for name in dict.fromkeys(who)])
    return f"| {format_km(km)} | {word} | {names} | {min(km / needed_km, 1):.0%} | {short} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
