"""The JSON Schema of the catalogue's files, for editors and for programs in other languages."""

from __future__ import annotations

from typing import Any

from rangemap.catalogue.drafts import DraftFile
from rangemap.catalogue.models import ReachAssertion, Record, Source, System
from rangemap.errors import UnknownNameError


class SourcesFile(Record):
    """`sources.yaml`: every document that is cited."""

    sources: tuple[Source, ...]


class AssertionsFile(Record):
    """`reach_assertions.yaml`: reach statements that name no system of the catalogue."""

    reach_assertions: tuple[ReachAssertion, ...]


class Finding(Record):
    """A warning that somebody has looked at."""

    rule: str
    id: str
    why: str


class FindingsFile(Record):
    """`findings.yaml`: warnings that may stand, each with its reason."""

    findings: tuple[Finding, ...]


FILES: dict[str, type[Record]] = {
    "system": System,
    "sources": SourcesFile,
    "reach_assertions": AssertionsFile,
    "findings": FindingsFile,
    "draft": DraftFile,
}
"""Kinds of file, each with the record that it holds."""


def json_schema(kind: str | None = None) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of one kind of file, or of any file of a catalogue.

    Raises
    ------
    UnknownNameError
        If there is no such kind of file.
    """
    if kind is not None and kind not in FILES:
        raise UnknownNameError("schema", kind[:40], suggestions=tuple(FILES))
    if kind is not None:
        return _headed(FILES[kind].model_json_schema(by_alias=True), f"rangemap {kind} file")
    definitions: dict[str, Any] = {}
    options = []
    for name, model in FILES.items():
        schema = model.model_json_schema(by_alias=True)
        definitions |= schema.pop("$defs", {})
        definitions[f"{name}-file"] = schema
        options.append({"$ref": f"#/$defs/{name}-file"})
    return _headed({"anyOf": options, "$defs": definitions}, "rangemap catalogue file")


def _headed(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """Allow empty values, as the loader does, and say which dialect this is."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **{key: value for key, value in schema.items() if key != "title"}}
