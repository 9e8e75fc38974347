"""Draft claims on their way from an article to the catalogue: a YAML file that holds a person's decisions.

A draft proposes; nobody has read it yet. `decision` is `pending` until a person says `accept` or `reject`; the file may
be edited by hand as well as by `rangemap review`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError
from ruamel.yaml import YAML

from rangemap.catalogue.models import EdtfDate, Flag, Quote, RangeText, Record, slug
from rangemap.catalogue.yamlfile import read_yaml
from rangemap.errors import DataError
from rangemap.files import write_atomic
from rangemap.types import Quantity, Stance, Tier

if TYPE_CHECKING:
    from pathlib import Path

Decision = Literal["pending", "accept", "reject"]
Line = Annotated[str, Field(max_length=4000)]

_HEAD = """# Draft claims, found by `rangemap extract` and not yet checked by anybody.
# `rangemap review FILE` walks you through them; or edit here: decision is pending, accept or reject.
# `rangemap accept FILE` puts what you accepted into the catalogue.
"""


class DraftSource(Record):
    """What is known of the document; a person completes it before anything of it is accepted."""

    id: Line
    type: Line = "article-newspaper"
    title: Line = ""
    publisher: Line = ""
    author: Line = ""
    issued: EdtfDate | None = None
    url: Line | None = Field(default=None, alias="URL")
    kind: Literal["news", "think-tank", "reference", "statement", "paper"] = "news"
    tier: Tier = Tier.C

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that a source can't do without and that are still empty."""
        return tuple(name for name in ("title", "publisher") if not getattr(self, name).strip())


class Draft(Record):
    """What a draft claim and a draft reach assertion have in common."""

    id: Line
    decision: Decision = "pending"
    system: Line | None = None
    stance: Stance = Stance.ASSERTS
    claimant: Line = "article voice"
    start: int
    end: int
    sentence: int
    quote: Quote
    reason: Line = ""
    note: Line | None = None


class DraftRange(Draft):
    """A proposed range claim."""

    system_text: Line | None = None
    range: RangeText
    low_km: float | None = None
    high_km: float | None = None
    qualifier: Line = "exact"
    quantity: Quantity = Quantity.MAX_RANGE
    hedge: Line | None = None
    flags: tuple[Flag, ...] = ()


class DraftAssertion(Draft):
    """A proposed reach assertion."""

    subject: Line | None = None
    area: Line
    expected: Literal["reaches", "does-not-reach"]


class DraftDocument(Record):
    """One article with its drafts."""

    file: Line
    source: DraftSource
    claims: tuple[DraftRange, ...] = ()
    reach: tuple[DraftAssertion, ...] = ()

    @property
    def drafts(self) -> tuple[DraftRange | DraftAssertion, ...]:
        """All drafts in the order of the text."""
        return tuple(sorted((*self.claims, *self.reach), key=lambda draft: (draft.start, draft.id)))


class DraftFile(Record):
    """A draft file: one or more articles."""

    documents: tuple[DraftDocument, ...]

    def decided(self, document: int, draft: DraftRange | DraftAssertion) -> DraftFile:
        """Give a file in which `draft` stands in place of the one with its id."""
        old = self.documents[document]
        kind = "claims" if isinstance(draft, DraftRange) else "reach"
        new = tuple(draft if item.id == draft.id else item for item in getattr(old, kind))
        return self.with_document(document, old.model_copy(update={kind: new}))

    def with_document(self, number: int, document: DraftDocument) -> DraftFile:
        """Give a file in which one article is replaced."""
        documents = [document if index == number else item for index, item in enumerate(self.documents)]
        return self.model_copy(update={"documents": tuple(documents)})


def source_id(publisher: str, date: str | None, title: str) -> str:
    """Propose an id for a source: publisher, year, the first words of the title."""
    parts = [slug(publisher)[:20] if publisher else "", (date or "")[:4], "-".join(slug(title).split("-")[:3])]
    return slug("-".join(part.strip("-") for part in parts if part))[:60].strip("-")


def read_drafts(path: Path) -> DraftFile:
    """Read a draft file.

    Raises
    ------
    DataError
        With file and line of everything that is wrong with it.
    """
    document, problems = read_yaml(path, str(path))
    if document is None:
        raise DataError([str(problem) for problem in problems])
    try:
        return DraftFile.model_validate(_without_nulls(document.data))
    except ValidationError as error:
        raise DataError(
            f"{path}:{document.line(tuple(detail['loc']))}: {_words(detail)}"
            for detail in error.errors(include_url=False)
        ) from None


def write_drafts(path: Path, drafts: DraftFile) -> None:
    """Write a draft file, whole or not at all."""
    write_atomic(path, dump_drafts(drafts))


def dump_drafts(drafts: DraftFile) -> str:
    """Give the text of a draft file."""
    data = drafts.model_dump(mode="json", by_alias=True, exclude_none=True)
    for document in data["documents"]:
        for draft in (*document["claims"], *document["reach"]):
            if not draft.get("flags", True):
                del draft["flags"]
    return _HEAD + yaml_text(data)


def yaml_text(data: Any) -> str:  # noqa: ANN401 - any plain data
    """Write plain data as the catalogue writes YAML: two spaces, lists indented, lines of 108 characters."""
    yaml = YAML(typ="rt")
    yaml.width = 108
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _without_nulls(data: Any) -> Any:  # noqa: ANN401 - any plain data
    if isinstance(data, dict):
        return {key: _without_nulls(value) for key, value in data.items() if value is not None}
    return [_without_nulls(value) for value in data] if isinstance(data, list) else data


def _words(detail: Any) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    name = str(detail["loc"][-1]) if detail["loc"] else "file"
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"'{name}': {message[0].lower()}{message[1:]}"
