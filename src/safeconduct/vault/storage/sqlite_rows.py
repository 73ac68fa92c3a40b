"""Rows in one SQLite file: write-ahead log, flushed at each commit, deleted bytes overwritten.

`purge` empties the log and rewrites the file. What a file system, a disk or a backup still holds of
the old file is beyond it. One object serves one thread.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import Row, RowsDamaged, RowTaken

_TABLE = """
CREATE TABLE IF NOT EXISTS row (
  series TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  body BLOB,
  PRIMARY KEY (series, number)
) STRICT;
CREATE TRIGGER IF NOT EXISTS row_is_never_changed BEFORE UPDATE ON row
WHEN NEW.body IS NOT NULL OR NEW.series IS NOT OLD.series OR NEW.number IS NOT OLD.number
BEGIN SELECT RAISE(ABORT, 'a row is never changed'); END;
CREATE TRIGGER IF NOT EXISTS row_is_never_deleted BEFORE DELETE ON row
BEGIN SELECT RAISE(ABORT, 'a row is never deleted'); END;
"""
_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    # FULL flushes the log at each commit: what was acknowledged survives a loss of power.
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    # A rewriting of the file must not leave a copy in a temporary folder.
    "PRAGMA temp_store = MEMORY",
)
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
_WAIT = 10.0
_LITTLE = 256 * 1024


class SqliteRows:
    """Rows in the file `path`, made where it is missing. Raises RowsDamaged or NotStored.

    With `reading` the file has to be there, and nothing is written, mended or added to it.
    """

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        with _reported(path):
            self._path = path
            self._base = _for_reading(path) if reading else _for_writing(path)

    def close(self) -> None:
        """Ends the use of the file; its log is written into it."""
        self._base.close()

    def append(self, rows: Sequence[Row]) -> None:
        """See `Rows.append`."""
        with self._transaction():
            for row in rows:
                self._append(row)

    def read(self, series: str, *, first: int = 1) -> Iterator[Row]:
        """See `Rows.read`."""
        query = "SELECT number, body FROM row WHERE series = ? AND number >= ? ORDER BY number"
        with _reported(self._path):
            for number, body in self._base.execute(query, (series, first)):
                yield self._row(series, number, body)

    def last(self, series: str) -> Row | None:
        """See `Rows.last`."""
        query = "SELECT number, body FROM row WHERE series = ? ORDER BY number DESC LIMIT 1"
        with _reported(self._path):
            found = self._base.execute(query, (series,)).fetchone()
        return self._row(series, found[0], found[1]) if found else None

    def series(self, prefix: str = "") -> tuple[str, ...]:
        """See `Rows.series`."""
        query = "SELECT DISTINCT series FROM row WHERE substr(series, 1, ?) = ? ORDER BY series"
        with _reported(self._path):
            found = self._base.execute(query, (len(prefix), prefix))
            return tuple(self._row(name, 1, None).series for (name,) in found)

    def destroy(self, rows: Sequence[tuple[str, int]]) -> None:
        """See `Rows.destroy`."""
        with self._transaction():
            self._base.executemany(
                "UPDATE row SET body = NULL WHERE series = ? AND number = ?", rows
            )

    def purge(self) -> None:
        """See `Rows.purge`. Raises NotStored where somebody is reading: then nothing was purged."""
        with _reported(self._path):
            for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
                self._base.execute(step).fetchall()
            busy = self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise NotStored(f"{self._path}: in use, its log still holds what was destroyed")

    def everything(self) -> Iterator[Row]:
        """See `WholeRows.everything`: one statement, which sees one moment of the file."""
        query = "SELECT series, number, body FROM row ORDER BY series, number"
        with _reported(self._path):
            for series, number, body in self._base.execute(query):
                yield self._row(series, number, body)

    def fill(self, rows: Iterable[Row]) -> int:
        """See `WholeRows.fill`."""
        count = 0
        with self._transaction():
            if self._base.execute("SELECT 1 FROM row LIMIT 1").fetchone():
                raise RowTaken(f"{self._path}: only an empty place is filled")
            for row in rows:
                values = (row.series, row.number, row.body)
                self._base.execute("INSERT INTO row VALUES (?, ?, ?)", values)
                count += 1
        return count

    def damage(self) -> tuple[str, ...]:
        """What is wrong with the file itself: what SQLite finds, and other tables than belong."""
        try:
            found = [line for (line,) in self._base.execute("PRAGMA integrity_check")]
            tables = self._base.execute(_SCHEMA).fetchall()
        except sqlite3.DatabaseError as error:
            return (str(error),)
        wrong = [line for line in found if line != "ok"]
        return (*wrong, *(["its tables or triggers were changed"] if tables != _own() else []))

    def _row(self, series: object, number: object, body: object) -> Row:
        """A damaged file may hold what its own table does not allow."""
        if isinstance(series, str) and isinstance(number, int) and isinstance(body, bytes | None):
            return Row(series=series, number=number, body=body)
        raise RowsDamaged(f"{self._path}: a row that is none")

    def _append(self, row: Row) -> None:
        query = "SELECT coalesce(max(number), 0) FROM row WHERE series = ?"
        last = self._base.execute(query, (row.series,)).fetchone()[0]
        if row.number != last + 1:
            raise RowTaken(f"{row.series}: number {row.number} does not follow {last}")
        if row.body is None:
            raise RowTaken(f"{row.series}: number {row.number} has no body")
        self._base.execute("INSERT INTO row VALUES (?, ?, ?)", (row.series, row.number, row.body))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _reported(self._path):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            finally:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")


def _for_writing(path: Path) -> sqlite3.Connection:
    # SQLite gives its log the rights of the file.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    until = time.monotonic() + _WAIT
    while True:
        try:
            for setting in _SETTINGS:
                base.execute(setting).fetchall()
            base.executescript(_TABLE)
        except sqlite3.OperationalError as error:
            # Turning the log on does not wait for others, whatever patience was asked for.
            if "locked" not in str(error) or time.monotonic() > until:
                base.close()
                raise
            time.sleep(0.02)
        else:
            return base


def _for_reading(path: Path) -> sqlite3.Connection:
    log = path.with_name(f"{path.name}-wal")
    # Without a log there is nothing that SQLite would have to set up beside the file.
    alone = not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    name = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    base = sqlite3.connect(name, timeout=_WAIT, isolation_level=None, uri=True)
    base.execute(_SCHEMA).fetchall()
    return base


def _own() -> list[tuple[str, str, str, str | None]]:
    """The tables and triggers of an untouched file."""
    base = sqlite3.connect(":memory:")
    base.executescript(_TABLE)
    found = base.execute(_SCHEMA).fetchall()
    base.close()
    return found


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        # Full, read-only, locked: the file itself is not said to be damaged.
        raise NotStored(f"{path}: {error}{_room(path)}") from error
    except sqlite3.DatabaseError as error:
        raise RowsDamaged(f"{path}: {error}") from error


def _room(path: Path) -> str:
    """SQLite calls a disk without room for its log one that fails."""
    try:
        left = shutil.disk_usage(path.parent).free
    except OSError:
        return ""
    return f" ({left:,} bytes are left on the disk)" if left < _LITTLE else ""
