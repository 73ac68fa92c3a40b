"""The work on a long list shared out among processes; a short one is not worth starting them."""

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
_AHEAD = 3
"""Pieces per process that may be in hand or ready before those ahead of them."""


def importer(kind: str) -> Importer:
    """The importer of a kind; watchlists are built by several processes."""
    return WatchlistImporter(spread) if kind == WATCHLIST else KINDS[kind]


def spread(work: Callable[[From], To], pieces: Iterable[From]) -> Iterator[To]:
    """As `map`, in the same order, with a process for each core once there is enough to do.

    `work` is a function of a module; what it raises is raised here. No more is taken from `pieces`
    than the processes need. Raises `Gone` if one of them ended before its work did.
    """
    coming = iter(pieces)
    first = list(islice(coming, FEW + 1))
    workers = cpu_count() or 1
    if len(first) <= FEW or workers == 1:
        yield from map(work, chain(first, coming))
        return
    yield from _in_processes(work, chain(first, coming), workers)


def _in_processes(work: Callable[[From], To], pieces: Iterator[From], workers: int) -> Iterator[To]:
    from multiprocessing.connection import wait

    from safeconduct.cli.piped import Piped

    idle = [Piped(work) for _ in range(workers)]
    busy: dict[int, Piped[From, To]] = {}
    ready: dict[int, To] = {}
    coming, taken = enumerate(pieces), 0
    try:
        while True:
            room = _AHEAD * workers - len(busy) - len(ready)
            for number, piece in islice(coming, min(len(idle), room)):
                busy[number] = idle.pop()
                busy[number].give(piece)
            if not busy:
                return
            answered = wait([one.pipe for one in busy.values()])
            for number in [number for number, one in busy.items() if one.pipe in answered]:
                ready[number] = busy[number].result()
                idle.append(busy.pop(number))
            while taken in ready:
                yield ready.pop(taken)
                taken += 1
    finally:
        for one in (*idle, *busy.values()):
            one.pipe.close()
        for one in (*idle, *busy.values()):
            one.end()
