"""A process that works on one piece after another, and may be killed at any moment.

It has a pipe of its own and shares no lock with another, so that one that is killed (the system may
have had no memory for it) leaves the others and its parent free to go on. Processes of a pool share
a queue: one that is killed while another starts leaves the pool of Python 3.11 standing still.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from threading import Thread
from traceback import format_exc
from typing import Generic, TypeVar

from safeconduct.casefile.errors import OutputNotWritten

From = TypeVar("From")
To = TypeVar("To")

_SECONDS_TO_END = 10.0


class Gone(OutputNotWritten):
    """A process that ended before its work did."""

    def __init__(self) -> None:
        super().__init__("a process ended before its work did, perhaps for lack of memory")


class Piped(Generic[From, To]):
    """One process, its pipe, and the piece it has in hand.

    `work` is a function of a module. No piece is given before the result of the last was taken:
    neither side can then wait for the other to read.
    """

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
        """Waits for it. Raises what the work raised; `Gone` if the process ended before."""
        try:
            good, result = self.pipe.recv()
        except (EOFError, OSError):
            raise Gone from None
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
