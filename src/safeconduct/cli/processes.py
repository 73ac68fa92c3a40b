"""The work on a long list shared out among processes; a short one is not worth starting them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from os import cpu_count
from typing import TypeVar

from safeconduct.checks.kinds import KINDS, WATCHLIST
from safeconduct.reference.importing import Importer
from safeconduct.screening.importer import WatchlistImporter

From = TypeVar("From")
To = TypeVar("To")

FEW = 10
"""Pieces of work up to which no process is started."""


def importer(kind: str) -> Importer:
    """The importer of a kind; watchlists are built by several processes."""
    return WatchlistImporter(spread) if kind == WATCHLIST else KINDS[kind]


def spread(work: Callable[[From], To], pieces: Iterable[From]) -> Iterator[To]:
    """As `map`, in the same order, with a process for each core once there is enough to do.

    `work` is a function of a module. No more is taken from `pieces` than the processes need.
    """
    coming = iter(pieces)
    first = list(islice(coming, FEW + 1))
    workers = cpu_count() or 1
    if len(first) <= FEW or workers == 1:
        yield from map(work, chain(first, coming))
        return
    yield from _in_processes(work, chain(first, coming), workers)


def _in_processes(work: Callable[[From], To], pieces: Iterator[From], workers: int) -> Iterator[To]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: what was loaded and locked here stays here.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running: deque[Future[To]] = deque()
        try:
            for piece in pieces:
                running.append(pool.submit(work, piece))
                if len(running) > 2 * workers:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for one in running:
                one.cancel()
