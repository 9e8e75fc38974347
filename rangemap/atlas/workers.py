"""Who makes the pages: this process, several on this machine, or a Dask cluster. The pages are the same."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

from rangemap._optional import require
from rangemap.atlas.page import make_pages
from rangemap.errors import RangemapError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rangemap.atlas.model import Page, Task

    Crew = Callable[[Sequence[Sequence[Task]]], Iterator[list[Page]]]

_RETRIES = 2
_CONNECT_S = 15


class WorkerError(RangemapError):
    """A worker is gone; what it had finished is kept."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; the pages made so far are kept, run the same command again to go on")


def processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def here(batches: Sequence[Sequence[Task]]) -> Iterator[list[Page]]:
    """Make the pages in this process, one batch after the other."""
    yield from map(make_pages, batches)


def processes(workers: int) -> Crew:
    """Make the pages in so many processes of this machine.

    Processes are spawned, as on every platform: they share nothing but the tasks that they are sent.
    """

    def crew(batches: Sequence[Sequence[Task]]) -> Iterator[list[Page]]:
        context = multiprocessing.get_context("spawn")
        count = max(1, min(workers, len(batches)))
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker)
        try:
            for done in as_completed([pool.submit(make_pages, batch) for batch in batches]):
                yield done.result()
        except BrokenProcessPool:
            what = "a worker process ended before its work did (was there memory enough?)"
            raise WorkerError(what) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    return crew


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it: a killed parent must not leave workers behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def cluster(address: str) -> Crew:
    """Make the pages on a Dask cluster; a task whose worker is lost goes to another.

    Raises
    ------
    MissingExtraError
        Without the library `distributed`.
    UsageError
        If nobody answers at the address.
    """
    if not re.fullmatch(r"(?:tcp|tls|ws|wss)://[^\s/]+:\d{1,5}", address):
        msg = f"no Dask scheduler at '{address[:80]}': write it as tcp://HOST:PORT"
        raise UsageError(msg)
    distributed = require("distributed", extra="cluster")

    def crew(batches: Sequence[Sequence[Task]]) -> Iterator[list[Page]]:
        with _client(distributed, address) as client:
            futures = [client.submit(make_pages, list(batch), pure=False, retries=_RETRIES) for batch in batches]
            for future in distributed.as_completed(futures, loop=client.loop):
                yield _result(future, distributed)
                future.release()

    return crew


def _client(distributed: Any, address: str) -> Any:  # noqa: ANN401 - a library without types
    try:
        return distributed.Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "no answer"
        raise UsageError(f"no Dask scheduler at '{address}': {reason}") from error  # noqa: EM102, TRY003 - as above


def _result(future: Any, distributed: Any) -> list[Page]:  # noqa: ANN401 - the same
    try:
        pages: list[Page] = future.result()
    except distributed.scheduler.KilledWorker:
        what = "a page's workers died one after the other on the cluster"
        raise WorkerError(what) from None
    return pages
