"""Read a catalogue folder into frozen records: `sources.yaml`, `reach_assertions.yaml`, `systems/*.yaml`."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from rangemap.catalogue.cache import Cache
from rangemap.catalogue.explain import explain
from rangemap.catalogue.lint import record
from rangemap.catalogue.models import RangeClaim, ReachAssertion, Source, System
from rangemap.catalogue.problems import Problem
from rangemap.catalogue.regions import check_regions, regions_beside
from rangemap.catalogue.validate import check_records
from rangemap.catalogue.yamlfile import read_yaml
from rangemap.errors import DataError, UnknownNameError
from rangemap.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from rangemap.catalogue.document import Document, Path_
    from rangemap.catalogue.models import Statement

_FINDING = {"rule", "id", "why"}
_STATEMENTS: dict[str, type[RangeClaim | ReachAssertion]] = {"claims": RangeClaim, "reach_assertions": ReachAssertion}
_Kept = TypeVar("_Kept", Source, System)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All systems and sources, by id, in the order of their files.

    `places` maps record ids to file and line, so that a message about a claim can say where it stands. `named_areas`
    counts, by country code, how often the sources of that country's systems name an area: what readers ask about.
    """

    systems: Mapping[str, System]
    sources: Mapping[str, Source]
    reach_assertions: tuple[ReachAssertion, ...]
    places: Mapping[str, tuple[str, int]] = field(repr=False)
    data_hash: str = ""
    named_areas: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def part(self, name: str) -> Catalogue:
        """Give what one map needs: a system, the sources it cites, and the areas that its country's sources name.

        Its `data_hash` is that of these records alone, so that it changes with them and with nothing else.
        """
        system = self.system(name)
        cited = {statement.source for statement in (*system.claims, *system.reach_assertions)}
        sources = {each: self.sources[each] for each in sorted(cited)}
        named = {system.country: dict(sorted(self.named_areas.get(system.country, {}).items()))}
        return Catalogue({system.id: system}, sources, (), {}, _digest(system, sources, named), named)

    def system(self, name: str) -> System:
        """Find a system by id, name or alias, whatever the case.

        Raises
        ------
        UnknownNameError
            With the known names that look most like it.
        """
        wanted = name.strip().casefold()
        if found := self.systems.get(wanted):
            return found
        for system in self.systems.values():
            if wanted in (known.casefold() for known in (system.name, *system.aliases)):
                return system
        raise UnknownNameError(
            "system", name[:80], suggestions=self._alike(wanted), remedy="`rangemap list` names them all"
        )

    def _alike(self, wanted: str) -> list[str]:
        known = {alias.casefold(): s.id for s in self.systems.values() for alias in (s.name, *s.aliases, s.id)}
        close = get_close_matches(wanted, known, n=6, cutoff=0.6)
        return list(dict.fromkeys(known[name] for name in close))[:3]


@dataclass(slots=True)
class _Reading:
    """What one pass over the folder collects."""

    cache: Cache
    own_regions: Mapping[str, str]
    resolve: Callable[[str], object] | None
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    assertions: list[ReachAssertion] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)
    loose: list[Statement] = field(default_factory=list)
    """Sound statements of systems that could not be read as a whole."""
    faulty: set[str] = field(default_factory=set)
    """Ids of records that could not be read: what refers to them does not dangle."""
    unread: bool = False
    """Whether a file gave no records at all, so that nothing can be said about what refers to them."""


@cache
def load_catalogue(root: Path | None = None, *, with_built_in: bool = False) -> Catalogue:
    """Read the catalogue in folder `root`, by default the built-in one.

    Parameters
    ----------
    root
        A folder with `sources.yaml` and `systems/*.yaml`, or one such file.
    with_built_in
        Add the built-in catalogue: its other systems, and its claims about systems that both have. Where both have
        a record of one id, that of `root` stands.

    Raises
    ------
    DataError
        With every error found, each naming file and line.
    """
    catalogue, problems = read_catalogue(root, with_built_in=with_built_in, warn=False)
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    if catalogue is None or errors:
        raise DataError(errors)
    return catalogue


def read_catalogue(
    root: Path | None = None,
    *,
    with_built_in: bool = False,
    cached: bool = True,
    warn: bool = True,
    resolve: Callable[[str], object] | None = None,
) -> tuple[Catalogue | None, list[Problem]]:
    """Read a catalogue and report everything that is wrong with it at once.

    Parameters
    ----------
    root, with_built_in
        As for `load_catalogue`.
    cached
        Remember what the files hold, for the next reading; False for a folder that will not last.
    warn
        False where nobody asks for what is allowed and yet deserves a second look.
    resolve
        Looks a launch region up by name or path and raises a `RangemapError` where there is none; without it, regions
        are looked up when a map is made.

    Returns
    -------
    catalogue, problems
        The catalogue (None if an error keeps it from loading) and all errors and warnings, in file order.
    """
    folder = root or data_dir()
    systems = folder.parent if folder.is_file() else folder / "systems"
    with _no_garbage():
        reading = _Reading(Cache(folder if cached else None), regions_beside(systems), resolve)
        for path in _files(folder, reading):
            _read_file(path, str(path) if root else path.relative_to(folder).as_posix(), reading)
    if with_built_in and root is not None:
        _add_built_in(reading)
    if not reading.unread:
        others = [*reading.assertions, *reading.loose]
        reading.problems += check_records(
            reading.systems, reading.sources, others, reading.places, faulty=reading.faulty, warn=warn
        )
    findings = (_findings(data_dir(), reading) if with_built_in else {}) | _findings(folder, reading) if warn else {}
    reading.cache.save()
    problems = sorted(
        record(reading.problems, findings), key=lambda problem: (problem.severity, problem.file, problem.line)
    )
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    catalogue = Catalogue(
        reading.systems,
        reading.sources,
        tuple(reading.assertions),
        reading.places,
        reading.digest.hexdigest()[:12],
        _named_areas(reading.systems.values()),
    )
    return catalogue, problems


@contextlib.contextmanager
def _no_garbage() -> Iterator[None]:
    """Look for no garbage while records pile up that all stay: a third of the time for thousands of systems."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _named_areas(systems: Iterable[System]) -> dict[str, Counter[str]]:
    """Count the areas that reach assertions name, by the country of their systems."""
    named: dict[str, Counter[str]] = {}
    for system in systems:
        found = named.setdefault(system.country, Counter())
        found.update(each.area.split(" (")[0].casefold() for each in system.reach_assertions)
    return named


def _digest(system: System, sources: Mapping[str, Source], named: object) -> str:
    """Hash records whatever file they came from; a region of one's own counts by its content, not by its path."""
    regions = [_region_key(name) for name in system.regions]
    records = [system.model_dump_json(exclude={"regions"}), *(each.model_dump_json() for each in sources.values())]
    text = json.dumps([regions, records, named], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _region_key(name: str) -> str:
    path = Path(name)
    with contextlib.suppress(OSError, ValueError):
        if path.suffix.lower() in {".geojson", ".json"}:
            return f"{path.stem} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    return name


def _findings(folder: Path, reading: _Reading) -> dict[tuple[str, str], str]:
    """Read `findings.yaml`: warnings that somebody has looked at, each with the reason why it may stand."""
    path = (folder if folder.is_dir() else folder.resolve().parent.parent) / "findings.yaml"
    if not path.is_file():
        return {}
    document, problems = read_yaml(path, str(path), reading.cache)
    entries = document.data.get("findings") if document and isinstance(document.data, dict) else None
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and set(entry) >= _FINDING for entry in entries
    ):
        what = "is no list of findings"
        reading.problems += problems or [Problem(str(path), 0, what, "write rule, id and why under `findings:`")]
        return {}
    return {(entry["rule"], entry["id"]): entry["why"] for entry in entries}


def _add_built_in(reading: _Reading) -> None:
    """Put the built-in records beside those read; of two with one id, the one read stands."""
    base = load_catalogue()
    reading.digest.update(base.data_hash.encode())
    own = dict(reading.places)
    for system in base.systems.values():
        mine = reading.systems.get(system.id)
        reading.systems[system.id] = system if mine is None else _joined(mine, system, own)
    reading.sources = {**base.sources, **reading.sources}
    reading.assertions += [each for each in base.reach_assertions if each.id not in own]
    reading.places = {**base.places, **own}


def _joined(mine: System, other: System, own: Mapping[str, tuple[str, int]]) -> System:
    """Give `mine` with those statements of `other` that it does not have."""
    claims = (*mine.claims, *(claim for claim in other.claims if claim.id not in own))
    assertions = (*mine.reach_assertions, *(each for each in other.reach_assertions if each.id not in own))
    return mine.model_copy(update={"claims": claims, "reach_assertions": assertions})


def _files(folder: Path, reading: _Reading) -> list[Path]:
    if folder.is_file():
        return [*_sources_of(folder), folder]
    if not folder.exists():
        reading.problems.append(Problem(str(folder), 0, "does not exist", "name a catalogue folder or a YAML file"))
        return []
    systems = sorted((folder / "systems").glob("*.yaml"))
    if not systems:
        remedy = "a catalogue is a folder with sources.yaml and systems/*.yaml"
        reading.problems.append(Problem(str(folder), 0, "holds no systems", remedy))
    top = [folder / "sources.yaml", folder / "reach_assertions.yaml"]
    return [path for path in top if path.name == "sources.yaml" or path.exists()] + systems


def _sources_of(file: Path) -> list[Path]:
    """Find the sources that a single file cites: those of its own catalogue, else the built-in ones."""
    if file.stem == "sources":
        return []
    own = file.resolve().parent.parent / "sources.yaml"
    return [own if own.exists() else data_dir() / "sources.yaml"]


def _read_file(path: Path, name: str, reading: _Reading) -> None:
    document, problems = read_yaml(path, name, reading.cache)
    reading.problems += problems
    if document is None:
        reading.unread = True
        return
    reading.digest.update(document.digest.encode())
    if not isinstance(document.data, dict):
        reading.unread = True
        reading.problems.append(Problem(name, 1, "is not a record", "write `key: value` lines"))
    elif path.stem == "sources" or "sources" in document.data:
        _read_list(document, "sources", Source, reading)
    elif path.stem == "reach_assertions" or "id" not in document.data:
        _read_list(document, "reach_assertions", ReachAssertion, reading)
    else:
        _read_system(document, path, reading)


def _read_list(document: Document, key: str, model: type[BaseModel], reading: _Reading) -> None:
    records = document.data.get(key)
    extra = [name for name in document.data if name != key]
    if not isinstance(records, list) or extra:
        what = f"holds '{extra[0]}'" if extra else f"has no list '{key}'"
        reading.unread = True
        reading.problems.append(Problem(document.name, 1, what, f"the file is one list under `{key}:`"))
        return
    for index, data in enumerate(records):
        record = _build(model, data, document, (key, index), reading)
        if isinstance(record, Source):
            _keep(reading.sources, record, document, (key, index), reading)
        elif isinstance(record, ReachAssertion):
            _place(record.id, document, (key, index), reading)
            reading.assertions.append(record)


def _read_system(document: Document, path: Path, reading: _Reading) -> None:
    own = reading.own_regions
    reading.problems += check_regions(document, own, reading.resolve)
    record = _build(System, document.data, document, (), reading)
    if not isinstance(record, System):
        _read_statements(document, reading)
        return
    if not own.keys().isdisjoint(record.regions):
        record = record.model_copy(update={"regions": tuple(own.get(name, name) for name in record.regions)})
    if record.id != path.stem:
        line = document.line(("id",))
        remedy = f"name the file {record.id}.yaml or change the id"
        reading.problems.append(Problem(document.name, line, f"id '{record.id}' differs from the file's name", remedy))
    _keep(reading.systems, record, document, (), reading)
    for kind, records in (("claims", record.claims), ("reach_assertions", record.reach_assertions)):
        for index, statement in enumerate(records):
            _place(statement.id, document, (kind, index), reading)


def _read_statements(document: Document, reading: _Reading) -> None:
    """Read a faulty system's statements one by one: what is wrong with them comes at the same time."""
    for kind, model in _STATEMENTS.items():
        records = document.data.get(kind)
        for index, data in enumerate(records if isinstance(records, list) else ()):
            try:
                statement = model.model_validate(_filled(data))
            except ValidationError:
                reading.faulty.add(str(data.get("id")) if isinstance(data, dict) else "")
            else:
                _place(statement.id, document, (kind, index), reading)
                reading.loose.append(statement)


def _keep(store: dict[str, _Kept], record: _Kept, document: Document, path: Path_, reading: _Reading) -> None:
    if _place(record.id, document, path, reading):
        store[record.id] = record


def _place(identifier: str, document: Document, path: Path_, reading: _Reading) -> bool:
    """Note where a record stands; a second record of the same id is a problem that names the first."""
    line = document.line((*path, "id"))
    if identifier in reading.places:
        file, first = reading.places[identifier]
        what = f"the id '{identifier}' is taken (first in {file}:{first})"
        reading.problems.append(Problem(document.name, line, what, "give one of them another id", rule="id"))
        return False
    reading.places[identifier] = (document.name, line)
    return True


def _build(
    model: type[BaseModel], data: object, document: Document, path: Path_, reading: _Reading
) -> BaseModel | None:
    if not isinstance(data, dict):
        remedy = "write `key: value` lines"
        reading.problems.append(Problem(document.name, document.line(path), "is not a record", remedy))
        return None
    try:
        return model.model_validate(_filled(data))
    except ValidationError as error:
        reading.problems += explain(error, document, path)
        reading.faulty.add(str(data.get("id")))
        return None


def _filled(data: Any) -> Any:  # noqa: ANN401 - whatever the file holds; pydantic says what is wrong with it
    """Take a field left empty for one left out."""
    return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data
