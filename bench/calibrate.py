"""A fixed loop by whose time every absolute time of the same run is divided.

The loop is plain Python arithmetic on integers, with no memory to speak of. One `unit` is the
fastest of several runs of it; `UNIT_SECONDS` is what it takes on the machine on which bounds were
set, so that `seconds / unit * UNIT_SECONDS` is a time on that machine.
"""

import time
from collections.abc import Callable

ROUNDS = 400_000
RUNS = 7

# One unit is defined to be 20 ms: a bound of 60 ms is 3 units on any machine.
UNIT_SECONDS = 0.020


def loop() -> int:
    """The fixed work: a linear congruential sequence."""
    value = 1
    for _ in range(ROUNDS):
        value = (value * 1103515245 + 12345) & 0x7FFFFFFF
    return value


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def calibrated(seconds: float, unit: float) -> float:
    """Seconds on this machine → seconds on one where the loop takes UNIT_SECONDS."""
    return seconds / unit * UNIT_SECONDS


if __name__ == "__main__":
    print(f"one unit (best of {RUNS}): {best(loop) * 1000:.2f} ms")
