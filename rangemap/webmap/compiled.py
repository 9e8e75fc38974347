"""Remember the code that Jinja makes of our templates, so that a page does not wait for a compiler.

A copy is kept in the user's cache folder under the hash of all that it was made from; it is only ever a copy, as the
parsed YAML of `rangemap.catalogue.cache` is. What is kept here is run, though: so not only the file must be ours alone,
but the folder that it lies in as well, and a byte that is not what we wrote makes the whole worthless.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from rangemap.catalogue.cache import cache_folder, read_private
from rangemap.errors import OutputError
from rangemap.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket

FORMAT = 1
"""Raise it when other options, or another `rangemap.webmap.text.finalize`, would make other code of the same source."""

FOLDER = "templates"

_DIGEST_SIZE = 32


class CompiledTemplates(BytecodeCache):
    """What Jinja asks for compiled templates, and gives those that it had to compile."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if it is known, whole and ours."""
        place = _place(bucket)
        content = read_private(place, folder_too=True) if place else b""
        digest, code = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        if digest == _digest(bucket, code):
            bucket.code = marshal.loads(code)  # noqa: S302 - ours alone, and byte for byte what we wrote

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template where nobody else can read or write it; where that fails, go without."""
        place = _place(bucket)
        if place is None or bucket.code is None:
            return
        code = marshal.dumps(bucket.code)
        with contextlib.suppress(OutputError, OSError):
            place.parent.parent.mkdir(parents=True, exist_ok=True)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            write_atomic(place, _digest(bucket, code) + code, private=True)


def _place(bucket: Bucket) -> Path | None:
    """Find the file for a template, one for each place that templates of the name are read from."""
    folder = cache_folder()
    return folder / FOLDER / f"{bucket.key}.code" if folder else None


def _digest(bucket: Bucket, code: bytes) -> bytes:
    """Hash code together with all that it was made from."""
    made_from = f"{FORMAT} {_compiler()} {bucket.checksum} ".encode()
    return hashlib.sha256(made_from + MAGIC_NUMBER + code).digest()


@cache
def _compiler() -> str:
    try:
        return version("Jinja2")
    except PackageNotFoundError:  # a copy without its records: nobody knows which
        return "unknown"
