"""Throw bytes at the readers, guided by what they run through (atheris: `pip install rangemap[fuzz]`).

`python scripts/fuzz.py TARGET [CORPUS] [-max_total_time=60]`; a target returns, whatever the bytes, or raises what is
worth mending. `tests/laws/test_hostile_input.py` asks the same of the same targets with Hypothesis, and reads again
what was found and is kept under `tests/data/fuzz/TARGET/*.bin`.
"""

from __future__ import annotations

import runpy
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rangemap.catalogue import citations, exchange
from rangemap.catalogue.figure import parse_figure
from rangemap.catalogue.load import read_catalogue
from rangemap.catalogue.yamlfile import parse_yaml
from rangemap.errors import RangemapError
from rangemap.extract.article import extract
from rangemap.places.geojson import read_area

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LINE = 2_000
"""Characters that a line of complaint may have."""


def _said(message: str) -> None:
    if any(len(line) > MAX_LINE for line in message.splitlines()):
        raise AssertionError(message[:200])


def _text(read: Callable[[str], object]) -> Callable[[bytes], None]:
    """Make a target of a reader of text."""

    def target(data: bytes) -> None:
        try:
            read(data.decode(errors="replace"))
        except RangemapError as error:
            _said(str(error))

    return target


def _yaml(data: bytes) -> None:
    text = data.decode(errors="replace")
    document, problems = parse_yaml(text, "x.yaml")
    if (document is None) == (not problems):
        raise AssertionError(text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "systems").mkdir()
        (folder / "sources.yaml").write_bytes(data)
        (folder / "systems" / "one.yaml").write_bytes(data)
        for problem in read_catalogue(folder, cached=False)[1]:
            _said(str(problem))


def _region(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.geojson"
        path.write_bytes(data)
        try:
            _, area = read_area(path)
        except RangemapError as error:
            _said(str(error))
        else:
            if not area.is_valid or area.is_empty:
                raise AssertionError(data)


def _article(text: str) -> None:
    found = extract(text)
    for draft in (*found.claims, *found.reach):
        passage = draft.passage
        if passage.exact not in text or not 0 <= passage.start <= passage.end <= len(text):
            raise AssertionError(passage)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": _yaml,
    "range": _text(parse_figure),
    "region": _region,
    "article": _text(_article),
    "bibtex": _text(lambda text: citations.from_bibtex(text, "x.bib")),
    "csl": _text(lambda text: citations.from_csl(text, "x.json")),
    "csv": _text(lambda text: exchange.from_csv(text, "x.csv")),
}
"""Readers by name: bytes go in; nothing may come out but our own errors."""


def main() -> None:
    """Fuzz one target until it fails or the time is over."""
    import atheris  # noqa: PLC0415 - only this program needs it

    for name in [name for name in sys.modules if name.split(".")[0] == "rangemap"]:
        del sys.modules[name]  # imported anew, watched
    with atheris.instrument_imports(include=["rangemap"]):
        target = runpy.run_path(__file__)["TARGETS"][sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
