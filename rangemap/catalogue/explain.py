"""Say what pydantic found wrong with a record as a person would, with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rangemap.catalogue.models import OUT_OF_SCOPE
from rangemap.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

    from rangemap.catalogue.document import Document, Path_


def explain(error: ValidationError, document: Document, path: Path_) -> Iterator[Problem]:
    """Give a problem for each of the error's details; `path` leads to the record in its file."""
    for detail in error.errors(include_url=False):
        where = (*path, *detail["loc"])
        what, remedy = _sentence(detail, str(where[-1]) if where else "record")
        yield Problem(document.name, document.line(where), what, remedy)


def _sentence(detail: Any, name: str) -> tuple[str, str]:  # noqa: ANN401 - pydantic's ErrorDetails
    """Say pydantic's finding as a person would."""
    kind, message = detail["type"], str(detail["msg"])
    if kind == "extra_forbidden" and name.lower() in OUT_OF_SCOPE:
        what = f"'{name}' is out of scope"
        return what, "rangemap holds reported ranges from coarse regions, nothing else; remove it"
    if kind == "extra_forbidden":
        return f"unknown field '{name[:40]}'", "check its spelling; CONTRIBUTING.md lists the fields"
    if kind == "missing":
        return f"'{name}' is missing", f"add `{name}: …`"
    if kind == "value_error":
        what, _, remedy = message.removeprefix("Value error, ").partition("; ")
        return what, remedy
    got = str(detail.get("input"))
    shown = got if len(got) <= 40 else f"{got[:37]}..."  # noqa: PLR2004 - a line's worth
    return f"'{name}': {message[0].lower()}{message[1:]} (it is '{shown}')", ""
