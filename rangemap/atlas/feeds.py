"""What other programs read of an atlas: every claim as JSON and CSV, and the addresses of the pages."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape as escape_xml

from rangemap.atlas.store import page_name
from rangemap.cells import escape, plain
from rangemap.errors import UsageError
from rangemap.summary import claim_rows
from rangemap.webmap import text
from rangemap.wording import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rangemap.ballot import Filters
    from rangemap.catalogue.load import Catalogue

COLUMNS = (
    *("system", "system_name", "country", "id", "claimant", "origin", "as_of", "original", "low_km", "high_km"),
    *("rounding_km", "qualifier", "quantity", "stance", "tier", "flags", "counted", "why_not_counted"),
    *("source", "citation", "url", "page"),
)
"""Columns of the feed of claims, in order."""


def feed_rows(
    catalogue: Catalogue, filters: Filters, pages: Iterable[str], base_url: str | None
) -> list[dict[str, Any]]:
    """Give a row a claim of the systems that have a page, in the order of the catalogue.

    Parameters
    ----------
    pages
        Ids of the systems.
    base_url
        Address that the pages are published under; they are named relative to the feed without it.
    """
    rows = []
    for name in pages:
        system = catalogue.systems[name]
        about = {"system": system.id, "system_name": system.name, "country": system.country}
        page = {"page": f"{base_url or ''}{page_name(name)}"}
        for claim in claim_rows(system, catalogue, filters):
            url = web_address(catalogue.sources[claim["source"]].url)
            row = {**about, **claim, "url": url, **page}
            rows.append({column: row[column] for column in COLUMNS})
    return rows


def to_json(rows: Sequence[dict[str, Any]], data_hash: str) -> str:
    """Write the feed as JSON."""
    feed = {"catalogue": data_hash, "claims": rows}
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def to_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Write the feed as CSV (RFC 4180, UTF-8); a cell that a spreadsheet would run as a formula gets an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[column]) for column in COLUMNS] for row in rows)
    return stream.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return escape(plain(value))


def sitemap(pages: Iterable[str], base_url: str) -> str:
    """List the addresses of all pages as the sitemap protocol (0.9) has it."""
    addresses = [base_url, *(f"{base_url}{page_name(name)}" for name in pages)]
    entries = "".join(f"<url><loc>{escape_xml(address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{entries}</urlset>\n"


def check_base_url(url: str | None) -> str | None:
    """Give the address with a slash at its end.

    Raises
    ------
    UsageError
        If it is not the http(s) address of a folder.
    """
    if url is None:
        return None
    found = text.address(url)
    if found is None or urlsplit(found).query or urlsplit(found).fragment:
        msg = f"--base-url: '{url[:80]}' is not an address like https://example.org/atlas/"
        raise UsageError(msg)
    return f"{found.rstrip('/')}/"
