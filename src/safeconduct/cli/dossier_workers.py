"""Work shared out among processes that may be killed: none is waited for that is gone.

Each process has a pipe of its own and shares no lock with another, so that one that is killed at
any moment (the system may have had no memory for it) leaves the others and its parent free to go
on. What it had in hand is tried again, alone, and named as lost if that ends so too.
It knows nothing of dossiers.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from threading import Thread
from traceback import format_exc
from typing import Generic, TypeVar

From = TypeVar("From")
To = TypeVar("To")

_SECONDS_TO_END = 10.0


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
    running, free = list[_Process[From, To]](), list[_Process[From, To]]()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(free.pop() if free else _Process(work))
                running[-1].give(waiting.popleft())
            ready = wait([one.pipe for one in running])
            for one in [one for one in running if one.pipe in ready]:
                try:
                    result = one.result()
                except _Gone:
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


class _Gone(Exception):
    """A process that ended before its work did."""


class _Process(Generic[From, To]):
    """One process, its pipe, and what it has in hand."""

    def __init__(self, work: Callable[[From], To]) -> None:
        spawn = get_context("spawn")
        self.pipe, other = spawn.Pipe()
        with other:
            self._process = spawn.Process(target=_serve, args=(work, other), daemon=True)
            self._process.start()
        self.given = 0

    def give(self, piece: From) -> None:
        """Never fails: that the process is gone is found where its result is asked for."""
        self.piece = piece
        self.given += 1
        with suppress(OSError):
            self.pipe.send(piece)

    def result(self) -> To:
        """Waits for it. Raises what the work raised; `_Gone` if the process ended before."""
        try:
            good, result = self.pipe.recv()
        except (EOFError, OSError):
            raise _Gone from None
        if not good:
            raise result
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        """Lets it go; one that does not is ended."""
        self.pipe.close()
        self._process.join(_SECONDS_TO_END)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _serve(work: Callable[[From], To], pipe: Connection) -> None:
    """In a process: piece after piece, until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and closes the pipe
    _end_with_parent()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_answer(work, pipe.recv()))


def _answer(work: Callable[[From], To], piece: From) -> bytes:
    try:
        return bytes(ForkingPickler.dumps((True, work(piece))))
    except Exception as error:  # raised in the parent, which knows no more of where it was
        error.add_note(f"in a process of its own:\n{format_exc()}")
        try:
            return bytes(ForkingPickler.dumps((False, error)))
        except Exception:
            return bytes(ForkingPickler.dumps((False, RuntimeError(format_exc()))))


def _end_with_parent() -> None:
    """It holds keys, and would wait for ever for a parent that is gone."""
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
