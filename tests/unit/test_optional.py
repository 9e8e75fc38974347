"""Libraries that only some commands need are asked for politely."""

from __future__ import annotations

import pytest

from rangemap._optional import have, require
from rangemap.errors import MissingExtraError, RangemapError


def test_what_is_installed_is_imported() -> None:
    assert have("json.decoder")
    assert require("json", extra="none").loads("[1]") == [1]


@pytest.mark.parametrize("name", ["no_such_library", "no_such_library.part"])
def test_what_is_missing_names_the_pip_line(name: str) -> None:
    assert not have(name)
    with pytest.raises(MissingExtraError, match=r"pip install 'rangemap\[figures\]'") as caught:
        require(name, extra="figures")
    assert isinstance(caught.value, RangemapError)
    assert isinstance(caught.value, ImportError)
    assert caught.value.exit_code == 2
