"""Where sessions are stored: a SQLite file of its own, which no backup ever holds.

A row is a hash of a token, the person's id, moments, and an envelope that only the token and the
boot secret open together. Ended sessions keep their hash until they would have been over anyway,
so that a token that comes again can be told from one that never was.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import RowsDamaged

_TABLE = """
CREATE TABLE IF NOT EXISTS session (
  id TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  version INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  over INTEGER NOT NULL,
  envelope BLOB
) STRICT
"""
# A session is worth no flush to the disk: after a loss of power all of them are over.
_SETTINGS = (
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)


class StoredSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session; moments in seconds. `envelope` is None where it was ended."""

    id: str
    user: str
    version: int
    begun: int
    seen: int
    over: int
    envelope: bytes | None


class SessionStore(Protocol):
    """Sessions by the hash of their token."""

    def put(self, session: StoredSession) -> None:
        """Adds it. One that is there already and not ended is replaced; an ended one stays so."""

    def get(self, session: str) -> StoredSession | None:
        """The session of this hash, or None."""

    def end(self, session: str) -> None:
        """Takes the envelope away; ending one that is not there is no error."""

    def end_all(self, user: str) -> int:
        """Ends every session of a person; how many there were."""

    def forget(self, *, now: int) -> None:
        """Removes those that are over by their own date."""


class SqliteSessions:
    """Sessions in the file `path`, made where it is missing. Best on a memory-backed folder."""

    def __init__(self, path: Path) -> None:
        with _reported(path):
            self._path = path
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(path, timeout=10.0, isolation_level=None)
            for setting in (*_SETTINGS, _TABLE):
                self._base.execute(setting).fetchall()

    def close(self) -> None:
        """Ends the use of the file."""
        self._base.close()

    def put(self, session: StoredSession) -> None:
        """See `SessionStore.put`."""
        one = session
        values = (one.id, one.user, one.version, one.begun, one.seen, one.over, one.envelope)
        # Signing out may come between reading and writing, and has to win.
        query = (
            "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET seen = excluded.seen, envelope = excluded.envelope WHERE envelope IS NOT NULL"
        )
        with _reported(self._path):
            self._base.execute(query, values)

    def get(self, session: str) -> StoredSession | None:
        """See `SessionStore.get`."""
        query = "SELECT id, user, version, begun, seen, over, envelope FROM session WHERE id = ?"
        with _reported(self._path):
            row = self._base.execute(query, (session,)).fetchone()
        if row is None:
            return None
        names = StoredSession.__struct_fields__
        return StoredSession(**dict(zip(names, row, strict=True)))

    def end(self, session: str) -> None:
        """See `SessionStore.end`."""
        with _reported(self._path):
            self._base.execute("UPDATE session SET envelope = NULL WHERE id = ?", (session,))

    def end_all(self, user: str) -> int:
        """See `SessionStore.end_all`."""
        query = "UPDATE session SET envelope = NULL WHERE user = ? AND envelope IS NOT NULL"
        with _reported(self._path):
            return self._base.execute(query, (user,)).rowcount

    def forget(self, *, now: int) -> None:
        """See `SessionStore.forget`."""
        with _reported(self._path):
            self._base.execute("DELETE FROM session WHERE over <= ?", (now,))


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise NotStored(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise RowsDamaged(f"{path}: {error}") from error
