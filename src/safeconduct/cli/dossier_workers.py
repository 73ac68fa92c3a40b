"""Work shared out among processes that may be killed: none is waited for that is gone.

A process that ends before its work did (the system may have had no memory for it) takes down the
pool. What was in hand then is tried again, each piece alone, and named as lost if that ends so too.
It knows nothing of dossiers.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

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

    `work` is a function of a module. Processes are replaced after `each` pieces for each of them:
    all at once, since a pool that replaces one by one (`max_tasks_per_child`) may stand still in
    Python 3.11.
    """
    waiting, in_hand = deque(pieces), list[From]()
    while waiting:
        yield from _round(work, waiting, workers, workers * each, in_hand)
    for piece in in_hand:
        lost: list[From] = []
        yield from _round(work, deque((piece,)), 1, 1, lost)
        yield from ((one, None) for one in lost)


def _round(
    work: Callable[[From], To], waiting: deque[From], workers: int, most: int, in_hand: list[From]
) -> Iterator[tuple[From, To]]:
    """One pool. No more is handed to it than it works on, so that what was in hand is known."""
    given = 0
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_end_with_parent
    ) as pool:
        running: dict[Future[To], From] = {}
        whole = True
        while whole or running:
            while whole and waiting and given < most and len(running) < workers:
                piece = waiting.popleft()
                given += 1
                try:
                    running[pool.submit(work, piece)] = piece
                except BrokenProcessPool:
                    whole = False
                    in_hand.append(piece)
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                piece = running.pop(done)
                try:
                    result = done.result()
                except BrokenProcessPool:
                    whole = False
                    in_hand.append(piece)
                else:
                    yield piece, result


def _end_with_parent() -> None:
    """In a process of a pool: it holds keys, and would wait for ever for a parent that is gone."""
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
