"""The interface of a store of rows: named series, numbered from 1, appended and never changed.

A row can be destroyed (erasure); its number then stays, so that what is gone can be seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from safeconduct.casefile.errors import DamagedReference, SafeconductError


class RowTaken(SafeconductError):
    """The series has gone on, or skips a number; nothing of what was to be appended was."""


class RowsDamaged(DamagedReference):
    """The database is torn, or is none."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `body` is None where it was destroyed."""

    series: str
    number: int
    body: bytes | None


class Rows(Protocol):
    """Rows in series. What `append` has returned from survives a crash."""

    def append(self, rows: Sequence[Row]) -> None:
        """All of them or none; each the next of its series. Raises RowTaken or NotStored."""

    def read(self, series: str, *, first: int = 1) -> Iterator[Row]:
        """The rows of a series from a number on, in order. A series that is not there is empty."""

    def last(self, series: str) -> Row | None:
        """The last row of a series, or None."""

    def series(self, prefix: str = "") -> tuple[str, ...]:
        """The names of all series that begin so, in order."""

    def destroy(self, rows: Sequence[tuple[str, int]]) -> None:
        """Removes the bodies of rows for good, all or none; see `purge`. Raises NotStored."""

    def purge(self) -> None:
        """Rewrites the store, so that no trace of destroyed bodies remains in it."""


class WholeRows(Rows, Protocol):
    """A store that can be read and filled as a whole, for backups."""

    def everything(self) -> Iterator[Row]:
        """All rows by series and number, as they were at one moment."""

    def fill(self, rows: Iterable[Row]) -> int:
        """Puts rows as they are, destroyed ones too, into a store that has none: all or none.

        How many they were. Raises RowTaken or NotStored.
        """
