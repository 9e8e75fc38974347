"""Claims and sources as files for spreadsheets and reference managers, and back into a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rangemap.catalogue import citations, exchange
from rangemap.catalogue.load import load_catalogue
from rangemap.catalogue.merge import put_claims, put_sources
from rangemap.errors import DataError, UsageError
from rangemap.files import read_plain, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rangemap.catalogue.accept import Acceptance
    from rangemap.catalogue.load import Catalogue
    from rangemap.catalogue.models import Source, System

KINDS = (".csv", ".xlsx", ".json", ".bib")
"""Claims as tables; their sources as CSL-JSON and BibTeX."""
MAX_BYTES = 20_000_000
"""Of a table or a list of sources to import: a hundred thousand claims."""


def export_claims(path: Path, *, systems: Sequence[str] = (), catalogue: Catalogue | None = None) -> None:
    """Write claims as a table, one a row (.csv, .xlsx), or their sources as CSL-JSON (.json) or BibTeX (.bib).

    Parameters
    ----------
    systems
        Ids, names or aliases; all by default.

    Raises
    ------
    UnknownNameError
        For a system that nobody has heard of.
    UsageError
        For another ending.
    OutputError
        If the file can't be written.
    """
    write_atomic(path, claims_as(kind_of(path), systems=systems, catalogue=catalogue))


def kind_of(path: Path) -> str:
    """Read the kind of file from its ending.

    Raises
    ------
    UsageError
        If it is none of `KINDS`.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        msg = f"'{path}': claims go into .csv or .xlsx, sources into .json (CSL-JSON) or .bib"
        raise UsageError(msg)
    return kind


def claims_as(kind: str, *, systems: Sequence[str] = (), catalogue: Catalogue | None = None) -> str | bytes:
    """Give the content of a file of one of the `KINDS`; parameters as for `export_claims`."""
    data = catalogue or load_catalogue()
    chosen = [data.system(name) for name in systems] if systems else list(data.systems.values())
    if kind == ".json":
        return citations.to_csl(_cited(data, chosen))
    if kind == ".bib":
        return citations.to_bibtex(_cited(data, chosen))
    rows = exchange.claim_rows((system.id, claim) for system in chosen for claim in system.claims)
    return exchange.to_xlsx(rows) if kind == ".xlsx" else exchange.to_csv(rows)


def _cited(data: Catalogue, systems: Iterable[System]) -> list[Source]:
    cited = {each.source for system in systems for each in (*system.claims, *system.reach_assertions)}
    return [source for name, source in data.sources.items() if name in cited]


def import_claims(path: Path, folder: Path) -> Acceptance:
    """Put the claims or sources of a file into the YAML of the catalogue in `folder`.

    A record with an id that is there is written anew.

    Raises
    ------
    UsageError
        For another ending than those of `KINDS`.
    DataError
        If the file can't be read, or a claim's system or source is not in the catalogue; then nothing is written.
    """
    kind, name = path.suffix.lower(), str(path)
    if kind not in KINDS:
        msg = f"'{path}': claims come from .csv or .xlsx, sources from .json (CSL-JSON) or .bib"
        raise UsageError(msg)
    content = _bytes(path)
    if kind == ".xlsx":
        return put_claims(exchange.from_xlsx(content, name), folder)
    text = _text(content, name)
    if kind == ".csv":
        return put_claims(exchange.from_csv(text, name), folder)
    read = citations.from_csl if kind == ".json" else citations.from_bibtex
    return put_sources(read(text, name), folder)


def _bytes(file: Path) -> bytes:
    try:
        content = read_plain(file, at_most=MAX_BYTES)
    except OSError as error:
        raise DataError([f"{file}: can't be read: {(error.strerror or str(error)).lower()}"]) from None
    if len(content) > MAX_BYTES:
        raise DataError([f"{file}: is over {MAX_BYTES // 1_000_000} MB; split it"])
    return content


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([f"{name}: is not UTF-8 text; save it as CSV UTF-8"]) from None
