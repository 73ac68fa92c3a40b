"""How long a query takes on either side, how a batch goes, and how both grow with the list."""

from collections.abc import Iterator, Sequence
from statistics import median

from bench.screening import alarms, lists
from bench.screening.figures import Figure
from bench.screening.population import persons
from bench.screening.records import Record, record
from bench.screening.scripts import slavic
from bench.screening.sides import Built, Side, Timing
from bench.screening.tables import Table, beside, written

QUERIES = 200
BATCH = 2000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000)
PEER_LARGEST = 100_000
"""Beyond it the peer's index takes more memory than a bench should."""


def mixed(most: int = QUERIES) -> list[Record]:
    """Queries of three kinds in turn: listed in another script, listed with typing errors, not.

    Each has a name, and the last two a date of birth.
    """
    told = [slavic(one.values("name", "alias")) for one in lists.ukraine()]
    ukrainian = [record(f"u{n}", name=one["ukr"]) for n, one in enumerate(told) if "ukr" in one]
    typed = [one for one, _ in alarms.positives("positives_un_treated")]
    strangers = [one.record.without("country") for one in alarms.strangers()]
    turns = zip(ukrainian, typed, strangers, strict=False)
    return [one for turn in turns for one in turn][:most]


def batched(most: int) -> list[Record]:
    """Red notices, with name and date of birth; over again under other ids where more is asked."""
    found = [one.record.without("country") for one in alarms.strangers()]
    return [
        record(f"b{n}", name=one.values("name"), birthDate=one.values("birthDate"))
        for n in range(most)
        for one in (found[n % len(found)],)
    ]


def run(sides: Sequence[Side], *, quick: bool) -> Iterator[Table]:
    """A single query, a batch, and the growth of both."""
    listed = lists.sanctioned()
    queries, many = mixed(), batched(BATCH // (4 if quick else 1))
    single: dict[str, list[Figure]] = {}
    batch: dict[str, list[Figure]] = {}
    for side in sides:
        built = side.load(listed)
        side.timed(queries[:20])  # warm
        single[side.name] = [*_single(side.timed(queries)), *_built(built)]
        batch[side.name] = [Figure("queries", len(many) / side.batch(many), "rate")]
    yield beside(f"Speed: one query on {len(listed):,} persons, warm", single)
    yield beside(f"Speed: {len(many):,} queries in one batch, one process", batch)
    yield _growth(sides, SIZES[:-2] if quick else SIZES)


def _single(timing: Timing) -> list[Figure]:
    every = sorted(timing.everything)
    return [
        Figure("retrieving, median", median(timing.retrieving) * 1000, "ms", more=False),
        Figure("everything, median", median(every) * 1000, "ms", more=False),
        Figure("everything, 95 of 100", every[int(len(every) * 0.95)] * 1000, "ms", more=False),
        Figure("everything, mean", sum(every) / len(every) * 1000, "ms", more=False),
    ]


def _built(built: Built) -> list[Figure]:
    return [
        Figure("index built in", built.seconds, "seconds", more=False),
        Figure("resident", built.resident / 2**20, "mib", more=False),
    ]


def _growth(sides: Sequence[Side], sizes: Sequence[int]) -> Table:
    columns = ("persons", *(f"{side.name}: {what}" for side in sides for what in GROWTH))
    rows: list[tuple[str, ...]] = []
    for size in sizes:
        cells = [cell for side in sides for cell in _grown(side, size)]
        rows.append((f"{size:,}", *cells))
    note = "Made-up persons of real name parts (population); 200 queries, half of them listed."
    return Table("Speed: growth with the list", columns, rows, note)


GROWTH = ("built in", "resident", "one query, median")


def _grown(side: Side, size: int) -> tuple[str, ...]:
    if side.name != "safeconduct" and size > PEER_LARGEST:
        return ("-",) * len(GROWTH)
    built = side.build(size)
    queries = [*persons(0, QUERIES // 2), *persons(10_000_000, 10_000_000 + QUERIES // 2)]
    timing = side.timed(queries)
    return (
        written(built.seconds, "seconds"),
        written(built.resident / 2**20, "mib"),
        written(median(timing.everything) * 1000, "ms"),
    )
