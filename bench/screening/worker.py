"""A process of our side by itself, so that its time and memory are its own; prints one JSON.

build INDEX SIZE     indexes so many made-up persons; `-` for records on standard input
time INDEX HOW       each query of standard input by itself; HOW is retrieve or screen
batch INDEX          all queries of standard input
bulk INDEX FIRST END the made-up persons of these numbers
"""

import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from bench.screening import ours
from bench.screening.population import persons
from bench.screening.records import Record

WARM = 20


def build(index: str, size: str) -> dict[str, float]:
    """Seconds and the most memory of building; the records are made on the way."""
    found: Iterable[Record] = _given() if size == "-" else persons(0, int(size))
    start = time.perf_counter()
    with _Memory() as memory:
        ours.written(found, Path(index))
    return {"seconds": time.perf_counter() - start, "peak": memory.peak}


def timed(index: str, how: str) -> dict[str, object]:
    """Seconds of each query; some others before them, so that what is loaded once is loaded."""
    watchlist = ours.opened(Path(index))
    ask = {"retrieve": ours.candidates, "screen": ours.matches}[how]
    for one in persons(20_000_000, 20_000_000 + WARM):
        ask(one, watchlist)
    times = []
    for one in _given():
        start = time.perf_counter()
        ask(one, watchlist)
        times.append(time.perf_counter() - start)
    return {"times": times, "resident": _resident()}


def batch(index: str) -> dict[str, float]:
    """Seconds for all queries of standard input, the opening of the index not counted."""
    watchlist, queries = ours.opened(Path(index)), _given()
    start = time.perf_counter()
    for one in queries:
        ours.matches(one, watchlist)
    return {"seconds": time.perf_counter() - start}


def bulk(index: str, first: str, end: str) -> dict[str, float]:
    """Seconds for the made-up persons of these numbers, how many asked for a look, memory."""
    watchlist = ours.opened(Path(index))
    start, looks = time.perf_counter(), 0
    for one in persons(int(first), int(end)):
        looks += bool(ours.matches(one, watchlist))
    return {"seconds": time.perf_counter() - start, "looks": looks, "resident": _resident()}


def _given() -> list[Record]:
    return msgspec.json.decode(sys.stdin.buffer.read(), type=list[Record])


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


class _Memory:
    """The most that this process and its children hold resident together, looked at often.

    The kernel's own peak of a process is that of the process that started it, if that was more.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            self.peak = max(self.peak, sum(map(_held, ("self", *_children()))))


def _children() -> Iterator[str]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # Behind the name, which stands in brackets: state and parent.
            if int(status.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                yield status.parent.name


def _held(pid: str) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return 0


COMMANDS: dict[str, Callable[..., object]] = {
    "build": build,
    "time": timed,
    "batch": batch,
    "bulk": bulk,
}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
