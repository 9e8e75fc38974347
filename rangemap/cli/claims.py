"""Commands that make claims: `extract`, `review`, `accept`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rangemap.cli.options import CatalogueDir, Json, WithBuiltIn, open_catalogue, own_folder
from rangemap.cli.output import clean, complain, note, print_json
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rangemap.catalogue.drafts import DraftDocument
    from rangemap.catalogue.load import Catalogue
    from rangemap.extract.extraction import Extraction
    from rangemap.extract.readers import Article

_DRAFT = typer.Argument(metavar="DRAFT", help="A draft file made by `rangemap extract`.")


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the program."""
    app.command("extract", epilog="Example:  rangemap extract article.html -o draft.yaml")(extract)
    app.command("review", epilog="Example:  rangemap review draft.yaml")(review)
    app.command("accept", epilog="Example:  rangemap accept draft.yaml --catalogue my-claims")(accept)


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Articles: txt, html, pdf, docx; - for stdin.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write the drafts. [default: stdout]"),
    ] = None,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
    json: Json = False,
) -> None:
    """Find draft claims in articles: figure, system, claimant, quote, offsets and the reason for each decision."""
    data = open_catalogue(catalogue, with_built_in=with_built_in)
    read, failed = _read_all(files, data)
    if json:
        dicts = [found.as_dict() for _, found in read]
        if dicts or len(files) > 1:
            print_json(dicts[0] if len(files) == 1 else dicts)
    elif read:
        _write_drafts(read, output)
    for _, found in read:
        counts = (
            _counted(len(found.claims), "claim"),
            _counted(len(found.reach), "reach statement"),
            f"{_counted(len(found.set_aside), 'figure')} set aside",
        )
        note(f"{found.file}: {', '.join(counts)}")
    if failed:
        raise typer.Exit(1)


def _read_all(files: Sequence[Path], data: Catalogue) -> tuple[list[tuple[Article, Extraction]], bool]:
    """Read every file; one that can't be read is complained of, and the others go on."""
    from rangemap.extract.article import extract as find_claims  # noqa: PLC0415 - lazily, for a fast `--help`
    from rangemap.extract.readers import ArticleError, read_article  # noqa: PLC0415

    read: list[tuple[Article, Extraction]] = []
    failed = False
    for file in files:
        try:
            article = read_article(file)
        except ArticleError as error:
            complain(" ".join(str(error).split()))
            failed = True
            continue
        read.append((article, find_claims(article.text, file=article.file, catalogue=data)))
    return read, failed


def _write_drafts(read: list[tuple[Article, Extraction]], output: Path | None) -> None:
    from rangemap.catalogue.drafts import DraftFile, dump_drafts  # noqa: PLC0415
    from rangemap.extract.drafting import draft_document  # noqa: PLC0415

    drafts = DraftFile(documents=tuple(draft_document(article, found) for article, found in read))
    text = dump_drafts(drafts)
    if output is None or output == Path("-"):
        sys.stdout.write(text)
        return
    if output.exists() and _has_decisions(output):
        from rangemap.errors import UsageError  # noqa: PLC0415

        msg = f"'{output}' holds decisions already; name another file, or remove it first"
        raise UsageError(msg)
    write_atomic(output, text)
    typer.echo(clean(output))


def _has_decisions(path: Path) -> bool:
    from rangemap.catalogue.drafts import read_drafts  # noqa: PLC0415
    from rangemap.errors import DataError  # noqa: PLC0415

    try:
        documents = read_drafts(path).documents
    except DataError:
        return True  # not a draft file: certainly not ours to write over
    return any(draft.decision != "pending" for document in documents for draft in document.drafts)


def review(
    file: Annotated[Path, _DRAFT],
    *,
    catalogue: CatalogueDir = None,
    with_built_in: WithBuiltIn = False,
) -> None:
    """Walk through drafts: accept, reject, edit, undo; every decision is saved at once, so you may stop anywhere."""
    from rangemap.catalogue.drafts import read_drafts  # noqa: PLC0415
    from rangemap.cli.reviewing import Session  # noqa: PLC0415

    data = open_catalogue(catalogue, with_built_in=with_built_in)
    Session(file, read_drafts(file), frozenset(data.systems)).run()


def accept(
    file: Annotated[Path, _DRAFT],
    *,
    catalogue: CatalogueDir = None,
    json: Json = False,
) -> None:
    """Put accepted drafts into the catalogue's YAML, with their sources; the same twice changes nothing."""
    from rangemap.catalogue.accept import accept as put  # noqa: PLC0415
    from rangemap.catalogue.drafts import read_drafts  # noqa: PLC0415

    drafts = read_drafts(file)
    done = put(drafts, own_folder(catalogue))
    if json:
        print_json({"added": done.added, "known": done.known, "files": [str(path) for path in done.files]})
        return
    for path in done.files:
        typer.echo(clean(path))
    note(f"{len(done.added)} records added, {len(done.known)} were there already; {_left(drafts.documents)}")


def _left(documents: Sequence[DraftDocument]) -> str:
    drafts: list[Any] = [draft for document in documents for draft in document.drafts]
    pending = sum(draft.decision == "pending" for draft in drafts)
    rejected = sum(draft.decision == "reject" for draft in drafts)
    return f"{pending} drafts pending, {rejected} rejected"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
