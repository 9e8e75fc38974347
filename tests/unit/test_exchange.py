"""Claims go out and in as CSV and XLSX, sources as CSL-JSON and BibTeX, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rangemap.catalogue import citations, exchange
from rangemap.catalogue.load import load_catalogue
from rangemap.catalogue.models import Quote, RangeClaim, Source
from rangemap.errors import DataError

Pairs = list[tuple[str, RangeClaim]]


def built_in() -> Pairs:
    return [(system.id, claim) for system in load_catalogue().systems.values() for claim in system.claims]


AWKWARD: Pairs = [
    (
        "one",
        RangeClaim(
            id="c1", source="s1", claimant="=HYPERLINK(1)", range="1,300–2,000 km", note='two\nlines, "quoted"; ok',
            quote=Quote(exact="+1 “Straße”\nnext", prefix="'=odd ", suffix="\t@end"), flags=("outlier", "derived"),
            status="withdrawn", reason="-gone",
        ),
    )
]  # fmt: skip


@pytest.mark.parametrize("claims", [built_in(), AWKWARD], ids=["built-in", "awkward"])
def test_csv_and_xlsx_come_back_as_they_went(claims: Pairs) -> None:
    rows = exchange.claim_rows(claims)
    assert exchange.from_csv(exchange.to_csv(rows), "x.csv") == claims
    assert exchange.from_xlsx(exchange.to_xlsx(rows), "x.xlsx") == claims


def test_no_cell_is_a_formula() -> None:
    rows = exchange.claim_rows(AWKWARD)
    cells = [cell for row in csv.reader(io.StringIO(exchange.to_csv(rows))) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    sheet = openpyxl.load_workbook(io.BytesIO(exchange.to_xlsx(rows))).active
    assert sheet is not None
    assert all(
        cell.data_type in ("s", "n") and not str(cell.value or "").startswith("=") for row in sheet for cell in row
    )


@given(st.text(max_size=40))
def test_escaping_is_undone(text: str) -> None:
    assert exchange.unescape(exchange.escape(text)) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("system,id,source,claimant,range,payload\n", "unknown column 'payload'"),
        ("system,id,source,claimant\n", "no column 'range'"),
        ("system,id,source,claimant,range\none,c1,s1,A,0 km\n", "x.csv:2: 'range': '0 km' is not a distance"),
        ("system,id,source,claimant,range\n,c1,s1,A,5 km\n", "x.csv:2: 'system' is missing"),
        ('system,id,source,claimant,range\none,"c1,s1,A,5 km\n', "is not CSV"),
    ],
)
def test_bad_csv_names_line_and_column(text: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        exchange.from_csv(text, "x.csv")
    assert says in str(caught.value)


def test_a_workbook_that_is_none() -> None:
    with pytest.raises(DataError, match="no XLSX workbook"):
        exchange.from_xlsx(b"not a zip", "x.xlsx")


def test_sources_come_back_as_they_went() -> None:
    sources = list(load_catalogue().sources.values())
    assert citations.from_csl(citations.to_csl(sources), "x.json") == sources
    assert citations.from_bibtex(citations.to_bibtex(sources), "x.bib") == sources


def test_csl_json_is_what_zotero_reads() -> None:
    items = json.loads(citations.to_csl(load_catalogue().sources.values()))
    dated = next(item for item in items if item["id"] == "redline-2026-paper")
    assert dated["issued"] == {"date-parts": [[2026, 2, 11]]}
    assert dated["type"] == "article"


def test_bibtex_of_another_program() -> None:
    text = """% Zotero
@online{Davenport:2017, title = {Iran's {Leader} Sets \\& Keeps Limit}, author = "Davenport, Kelsey and {Some Body}",
  journal = {Arms Control Today}, year = 2017, url = {https://example.org/?a=1}}
"""
    (source,) = citations.from_bibtex(text, "x.bib")
    assert source.id == "davenport-2017"
    assert source.publisher == "Arms Control Today"
    assert [author.full for author in source.author] == ["Kelsey Davenport", "Some Body"]
    assert (source.issued, source.tier, source.type) == ("2017", "C", "webpage")
    assert "& Keeps" in source.title


@pytest.mark.parametrize("text", ["", "no entry at all", "@misc{a, year = {soon}, title = {X}}"])
def test_bad_bibtex(text: str) -> None:
    with pytest.raises(DataError, match=r"x\.bib"):
        citations.from_bibtex(text, "x.bib")


def test_awkward_sources() -> None:
    odd = Source.model_validate(
        {
            "id": "a",
            "title": "50 % of {all} \\ ~ ^ _ #",
            "publisher": "A & B",
            "tier": "B",
            "author": [{"literal": "Q and A"}],
        }
    )
    assert citations.from_bibtex(citations.to_bibtex([odd]), "x.bib") == [odd]
    assert citations.from_csl(citations.to_csl([odd]), "x.json") == [odd]
