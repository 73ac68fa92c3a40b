"""Rows shared among processes, lines back in order. Each process maps the same indexes.

Each process holds its own end of one pipe and nothing else of its parent, so that it ends with it,
however that ended. A process is given rows only when it has handed back the lines of those before:
neither side can then wait for the other to read.
"""

import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TypeAlias

import msgspec

from safeconduct.casefile.errors import OutputNotWritten
from safeconduct.checks.kinds import ListFile
from safeconduct.screening.batch import Counts, screened
from safeconduct.screening.batch_rows import BatchRow
from safeconduct.screening.watchlists import Watchlist

_AHEAD = 4
"""Handfuls per process that may be ready before those ahead of them; it bounds the memory."""

_rows = msgspec.msgpack.Decoder(list[BatchRow])
_made = msgspec.msgpack.Decoder(tuple[bytes, Counts])
_encode = msgspec.msgpack.Encoder().encode

Made = tuple[bytes, Counts]
Pipe: TypeAlias = "Connection[bytes, bytes]"


class ProcessEnded(OutputNotWritten):
    """A process ended before its work did; the system may have had no memory for it."""

    def __init__(self) -> None:
        super().__init__(
            "a process ended before its work did, perhaps for lack of memory; "
            "the same command goes on where it stopped (fewer --jobs need less memory)"
        )


def in_order(
    chunks: Iterable[list[BatchRow]], files: tuple[ListFile, ...], processes: int
) -> Iterator[Made]:
    """The lines of each handful of rows, in their order, made by so many processes."""
    if processes == 1:
        watchlists = opened(files)
        yield from (screened(chunk, watchlists) for chunk in chunks)
        return
    context = get_context("spawn")
    pipes: list[Pipe] = []
    started: list[BaseProcess] = []
    try:
        for _ in range(processes):
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(theirs, files), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            started.append(process)
        yield from _shared(iter(chunks), pipes)
    finally:
        for pipe in pipes:
            pipe.close()
        for one in started:
            one.join()


def _shared(chunks: Iterator[list[BatchRow]], pipes: list[Pipe]) -> Iterator[Made]:
    """Whoever is free is given the next handful, as long as nobody is too far ahead."""
    idle = list(pipes)
    busy: dict[Pipe, int] = {}
    ready: dict[int, Made] = {}
    given = taken = 0
    ended = False
    while True:
        while not ended and idle and given - taken < _AHEAD * len(pipes):
            chunk = next(chunks, None)
            if chunk is None:
                ended = True
                break
            _hand_over(idle[-1], chunk)
            busy[idle.pop()] = given
            given += 1
        if not busy:
            return
        answered = set(wait(list(busy)))
        for pipe in [one for one in busy if one in answered]:
            ready[busy.pop(pipe)] = _taken_back(pipe)
            idle.append(pipe)
        while taken in ready:
            yield ready.pop(taken)
            taken += 1


def _hand_over(pipe: Pipe, chunk: list[BatchRow]) -> None:
    try:
        pipe.send_bytes(_encode(chunk))
    except OSError as error:
        raise ProcessEnded from error


def _taken_back(pipe: Pipe) -> Made:
    try:
        return _made.decode(pipe.recv_bytes())
    except (EOFError, OSError) as error:
        raise ProcessEnded from error


def work(pipe: Pipe, files: tuple[ListFile, ...]) -> None:
    """What a process does until its parent closes the pipe, or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and closes the pipe
    watchlists = opened(files)
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_encode(screened(_rows.decode(pipe.recv_bytes()), watchlists)))


def opened(files: tuple[ListFile, ...]) -> tuple[Watchlist, ...]:
    """The lists, mapped. Their hashes were compared before the work began."""
    return tuple(
        Watchlist.open(one.path, id=one.id, as_of=one.as_of, sha256=one.sha256) for one in files
    )
