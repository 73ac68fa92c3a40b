"""A process of our side by itself, so that its time and memory are its own; prints one JSON.

build INDEX SIZE     indexes so many made-up persons; `-` for records on standard input
time INDEX HOW       each query of standard input by itself; HOW is retrieve or screen
batch INDEX          all queries of standard input
bulk INDEX FIRST END the made-up persons of these numbers
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
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
    ours.written(found, Path(index))
    return {"seconds": time.perf_counter() - start, "peak": _peak()}


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


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


COMMANDS: dict[str, Callable[..., object]] = {
    "build": build,
    "time": timed,
    "batch": batch,
    "bulk": bulk,
}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
