"""A batch: rows in, lines out in their order, and how an interrupted one is taken up again.

The pure part. Reading the file, sharing work among processes and writing are the door's.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.screening.batch_rows import BatchRow
from safeconduct.screening.screening import ListUsed, screen
from safeconduct.screening.screening_json import ROW_SCHEMA, row_line
from safeconduct.screening.watchlists import Watchlist

CHUNK = 128
"""Rows that are handed over at a time."""

BATCH_SCHEMA = "safeconduct/screening-batch/1"


class MadeFrom(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the lines of an output were made from; kept beside it, so that none other is joined."""

    schema: Literal["safeconduct/screening-batch/1"]
    software: str
    input_sha256: str
    lists: tuple[ListUsed, ...]


class BatchChanged(SafeconductError):
    """An output was begun from something else than what is given now."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"the output was begun from {what}; accepted: what it was begun from, or a new output"
        )
        self.what = what


class Kept(NamedTuple):
    """What of an interrupted output counts: rows, those of them rejected, and its bytes."""

    rows: int
    rejected: int
    bytes: int


class Counts(NamedTuple):
    """How many rows were written, by what became of them."""

    rows: int = 0
    rejected: int = 0
    review: int = 0
    strong: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


def refuse_changed(before: MadeFrom, now: MadeFrom) -> None:
    """Raises BatchChanged where the input, a list or the program is another one than before."""
    if before.input_sha256 != now.input_sha256:
        raise BatchChanged("another input")
    if before.lists != now.lists:
        named = ", ".join(f"{one.id} of {one.as_of}" for one in before.lists)
        raise BatchChanged(f"other lists ({named})")
    if before.software != now.software:
        raise BatchChanged(f"another version of the program ({before.software})")


class _Head(msgspec.Struct):
    schema: str
    row: int
    status: str


def kept(lines: Iterable[bytes]) -> Kept:
    """The whole lines at the beginning of an output. What follows the first torn one is dropped."""
    decode = msgspec.json.Decoder(_Head).decode
    rows = rejected = size = 0
    for line in lines:
        if not line.endswith(b"\n"):
            break
        try:
            head = decode(line)
        except (msgspec.DecodeError, RecursionError):
            break
        if head.schema != ROW_SCHEMA or head.row != rows + 1:
            break
        rows += 1
        rejected += head.status == "rejected"
        size += len(line)
    return Kept(rows, rejected, size)


def chunks(rows: Iterable[BatchRow], size: int = CHUNK) -> Iterator[list[BatchRow]]:
    """The rows in handfuls, in their order."""
    them = iter(rows)
    while some := list(islice(them, size)):
        yield some


def screened(rows: Iterable[BatchRow], watchlists: Sequence[Watchlist]) -> tuple[bytes, Counts]:
    """The lines of some rows, in their order. What else is in the batch makes no difference."""
    lines = bytearray()
    counts = Counts()
    for row in rows:
        found = screen(row.sought, watchlists) if row.sought else None
        lines += row_line(row, found)
        band = found.band.value if found and found.band else ""
        counts = counts.plus(Counts(1, found is None, band == "review", band == "strong"))
    return bytes(lines), counts
