"""Put whole records into a catalogue's YAML: new ones appended, changed ones written anew, other lines untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rangemap.catalogue.accept import Acceptance, append_record, plain_record, replace_record, text_of
from rangemap.errors import DataError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rangemap.catalogue.models import RangeClaim, Source


def put_claims(claims: Sequence[tuple[str, RangeClaim]], root: Path) -> Acceptance:
    """Put claims, each with the id of its system, into the catalogue in folder `root`.

    Raises
    ------
    DataError
        If a system or a source is not in the catalogue; then nothing is written.
    """
    done = Acceptance()
    sources = plain_record(text_of(root / "sources.yaml", done, empty="sources: []\n"), root / "sources.yaml")
    known = {str(item.get("id")) for item in sources.get("sources") or []}
    problems = [
        f"'{c.id}' cites '{c.source}', which sources.yaml does not have" for _, c in claims if c.source not in known
    ]
    missing = {system for system, _ in claims if not (root / "systems" / f"{system}.yaml").is_file()}
    problems += [f"the catalogue has no system '{system[:60]}'; add its file first" for system in sorted(missing)]
    if problems:
        raise DataError(problems)
    for system, claim in claims:
        record = claim.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        _put(record, claim, "claims", root / "systems" / f"{system}.yaml", done)
    return _written(done)


def put_sources(sources: Sequence[Source], root: Path) -> Acceptance:
    """Put sources into the catalogue in folder `root`."""
    done = Acceptance()
    for source in sources:
        record = source.model_dump(mode="json", by_alias=True, exclude_none=True)
        record = {key: value for key, value in record.items() if value not in ([], ())}
        _put(record, source, "sources", root / "sources.yaml", done)
    return _written(done)


def _put(record: dict[str, Any], model: RangeClaim | Source, key: str, path: Path, done: Acceptance) -> None:
    text = text_of(path, done, empty=f"{key}: []\n")
    existing = next((item for item in plain_record(text, path).get(key) or [] if item.get("id") == model.id), None)
    if existing is None:
        done.files[path] = append_record(text, key, record)
        done.added.append(model.id)
    elif type(model).model_validate({name: value for name, value in existing.items() if value is not None}) == model:
        done.known.append(model.id)
    else:
        done.files[path] = replace_record(text, key, model.id, record)
        done.changed.append(model.id)


def _written(done: Acceptance) -> Acceptance:
    for path, text in done.files.items():
        plain_record(text, path)
        write_atomic(path, text)
    return done
