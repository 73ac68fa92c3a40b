"""Work shared out among processes that may be killed: none is waited for that is gone.

What a process had in hand that ended before its work did is tried again, alone, and named as lost
if that ends so too. It knows nothing of dossiers.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from typing import TypeVar

from safeconduct.cli.piped import Gone, Piped

From = TypeVar("From")
To = TypeVar("To")


def cores() -> int:
    """Those that this process may use, where the system tells that; else all that there are."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def shared_out(
    work: Callable[[From], To], pieces: Iterable[From], workers: int, each: int
) -> Iterator[tuple[From, To | None]]:
    """Each piece with what came of it, as it comes; None for one that was lost.

    `work` is a function of a module; what it raises is raised here. A process is replaced after
    `each` pieces.
    """
    waiting, in_hand = deque(pieces), list[From]()
    yield from _round(work, waiting, workers, each, in_hand)
    for piece in in_hand:
        lost: list[From] = []
        yield from _round(work, deque((piece,)), 1, 1, lost)
        yield from ((one, None) for one in lost)


def _round(
    work: Callable[[From], To], waiting: deque[From], workers: int, each: int, in_hand: list[From]
) -> Iterator[tuple[From, To]]:
    """All that waits; `in_hand` gathers what processes that ended before time had been given."""
    running, free = list[Piped[From, To]](), list[Piped[From, To]]()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(free.pop() if free else Piped(work))
                running[-1].give(waiting.popleft())
            ready = wait([one.pipe for one in running])
            for one in [one for one in running if one.pipe in ready]:
                try:
                    result = one.result()
                except Gone:
                    running.remove(one)
                    one.end()
                    in_hand.append(one.piece)
                    continue
                running.remove(one)
                if one.given < each:
                    free.append(one)
                else:
                    one.end()
                yield one.piece, result
    finally:
        for one in (*running, *free):
            one.pipe.close()
        for one in (*running, *free):
            one.end()
