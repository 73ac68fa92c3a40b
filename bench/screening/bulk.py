"""Very many persons against all lists on two processes: time, rate, memory, and how it grows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from bench.screening import lists, ours
from bench.screening.tables import Table, written

SIZES = (1_000, 10_000, 50_000, 250_000)
PROCESSES = 2
FIRST = 30_000_000
"""The numbers of the persons begin where those of no other measure do."""


def run(*, quick: bool) -> Iterator[Table]:
    """One row a size."""
    listed = (*lists.sanctioned(), *lists.notices())
    ours.Safeconduct().load(listed)
    rows: list[tuple[str, ...]] = []
    for size in SIZES[:2] if quick else SIZES:
        start = perf_counter()
        bounds = [FIRST + size * n // PROCESSES for n in range(PROCESSES + 1)]
        with ThreadPoolExecutor(PROCESSES) as pool:
            said = list(pool.map(_screened, bounds, bounds[1:]))
        seconds = perf_counter() - start
        rows.append(
            (
                f"{size:,}",
                written(seconds, "seconds"),
                written(size / seconds, "rate"),
                written(sum(one["resident"] for one in said) / 2**20, "mib"),
                written(sum(one["looks"] for one in said) / size, "share"),
            )
        )
    columns = ("persons", "time with start", "rate", "resident, both", "share with a match")
    heading = f"Bulk: made-up persons against {len(listed):,} on {PROCESSES} processes, ours"
    note = "Many of these persons are alike to a listed one: their name parts are the lists' own."
    yield Table(heading, columns, rows, note)


def _screened(first: int, end: int) -> dict[str, float]:
    return ours.worker("bulk", str(ours.INDEX), str(first), str(end))
