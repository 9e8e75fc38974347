"""Records read from tables and bibliographies, and their problems told in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_Record = TypeVar("_Record", bound=BaseModel)


def validated(model: type[_Record], record: Mapping[str, Any], place: str, problems: list[str]) -> list[_Record]:
    """Make a record, alone in a list; or note its problems under `place`, and give nothing."""
    try:
        return [model.model_validate(record)]
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            field = detail["loc"][0] if detail["loc"] else "record"
            problems.append(f"{place}: '{field}': {str(detail['msg']).removeprefix('Value error, ')}")
        return []
