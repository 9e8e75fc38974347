"""Make an atlas, or bring one up to date: only pages whose inputs changed are made again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rangemap.atlas import feeds, workers
from rangemap.atlas.index import render_index
from rangemap.atlas.store import INDEX, Store
from rangemap.atlas.tasks import batches, digest, edition, make_tasks
from rangemap.ballot import Filters
from rangemap.catalogue.load import load_catalogue
from rangemap.errors import DataError
from rangemap.layers import prose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rangemap.atlas.model import Card, Task
    from rangemap.atlas.workers import Crew
    from rangemap.catalogue.load import Catalogue

    Progress = Callable[[int, int], None]

_CLUSTER_WORKERS = 16
"""Batches are made short enough for so many workers of a cluster, whose number may change as it works."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a run did.

    Attributes
    ----------
    index
        Path of the index.
    made, kept
        Ids of the systems whose pages were made, and of those whose pages were current.
    removed, left
        Files that no longer belong and were removed, and those that stay because somebody changed them.
    """

    index: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]


def make_atlas(
    folder: Path,
    *,
    catalogue: Catalogue | None = None,
    filters: Filters | None = None,
    workers: int = 1,
    dask: str | None = None,
    base_url: str | None = None,
    on_progress: Progress | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Made:
    """Make a page for every system, an index and feeds of the claims in `folder`.

    Parameters
    ----------
    folder
        A new folder, or that of an earlier atlas, which is brought up to date: also one whose run was interrupted.
    catalogue
        The catalogue to read; the built-in one by default.
    filters
        What is counted, by tier, date and flags; everything by default.
    workers
        Processes to share the work; a program that asks for more than one must be safe to import
        (`if __name__ == "__main__":`).
    dask
        Address of a Dask scheduler, "tcp://host:8786", to send the work to instead.
    base_url
        Address that the atlas is published under; without it there is no sitemap.
    on_progress
        Called with the number of pages done and the number to be made.
    on_wait
        Called before waiting for another run on the same folder.

    Returns
    -------
    Made
        What was made, kept and removed.

    Raises
    ------
    DataError
        If pages can't be made; all others are.
    UsageError
        For a folder that is somebody else's, filters that an atlas can't take, or an address that is none.
    OutputError
        If a file can't be written.
    WorkerError
        If a worker process is killed.
    """
    data, wanted, address = catalogue or load_catalogue(), filters or Filters(), feeds.check_base_url(base_url)
    tasks = make_tasks(data, wanted)
    with Store(folder).opened(on_wait or _quiet) as store:
        cards = {task.system: card for task in tasks if (card := store.current(task))}
        kept = tuple(cards)
        missing = [task for task in tasks if task.system not in cards]
        cards_made, problems = _make(missing, store, _crew(len(missing), workers, dask), on_progress or _quiet)
        cards |= cards_made
        found = [cards[task.system] for task in tasks if task.system in cards]
        _write_index(store, found, data, wanted)
        _write_feeds(store, [card.system for card in found], data, wanted, address)
        removed, left = store.finish({"rangemap": _version(), "catalogue": data.data_hash, "base_url": address})
    if problems:
        raise DataError(sorted(problems))
    return Made(folder / INDEX, tuple(cards_made), kept, tuple(removed), tuple(left))


def _quiet(*_: int) -> None:
    """Tell nobody."""


def _crew(tasks: int, count: int, dask: str | None) -> tuple[Crew, int]:
    """Choose who makes the pages, and for how many the work is divided."""
    if not tasks:
        return workers.here, 1
    if dask is not None:
        return workers.cluster(dask), _CLUSTER_WORKERS
    return (workers.processes(count), count) if count > 1 and tasks > 1 else (workers.here, 1)


def _make(
    tasks: Sequence[Task], store: Store, crew: tuple[Crew, int], on_progress: Progress
) -> tuple[Mapping[str, Card], list[str]]:
    """Make the pages and keep each as soon as it comes."""
    work, count = crew
    cards: dict[str, Card] = {}
    problems: list[str] = []
    on_progress(0, len(tasks))
    for pages in work(batches(tasks, count)):
        for page in pages:
            if page.card is None:
                problems.append(page.error)
                continue
            store.keep(page)
            cards[page.system] = page.card
        on_progress(len(cards) + len(problems), len(tasks))
    return cards, problems


def _write_index(store: Store, cards: Sequence[Card], data: Catalogue, filters: Filters) -> None:
    newest = max((source.issued for source in data.sources.values() if source.issued), default=None)
    credits_ = prose.edition(newest, _version(), data.data_hash)
    words = prose.filter_words(filters)
    key = digest(json.dumps([edition(), words, credits_, [card.as_dict() for card in cards]]))
    store.write_once(INDEX, key, lambda: render_index(cards, filters=words, credits_=credits_, version=_version()))


def _write_feeds(store: Store, pages: Sequence[str], data: Catalogue, filters: Filters, base_url: str | None) -> None:
    rows = feeds.feed_rows(data, filters, pages, base_url)
    store.write("claims.json", feeds.to_json(rows, data.data_hash))
    store.write("claims.csv", feeds.to_csv(rows))
    if base_url is not None:
        store.write("sitemap.xml", feeds.sitemap(pages, base_url))


def _version() -> str:
    try:
        return version("rangemap")
    except PackageNotFoundError:  # a bare checkout on the path
        return "unreleased"
