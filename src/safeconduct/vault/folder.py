"""A vault in one folder: its rows in one SQLite file, its objects beside it.

What else must not lie with them (sessions, the pepper, keys in the open) has its place elsewhere;
nothing in this folder but rows and objects is ever read, backed up or restored.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.sqlite_rows import SqliteRows

ROWS = "rows.sqlite"
OBJECTS = "objects"
# SQLite's own, beside the file that they belong to.
LOGS = (f"{ROWS}-wal", f"{ROWS}-shm", f"{ROWS}-journal")


class Vault(msgspec.Struct, frozen=True, kw_only=True):
    """An opened vault."""

    root: Path
    rows: SqliteRows
    objects: FileObjects


@contextmanager
def opened(root: Path, *, reading: bool = False) -> Iterator[Vault]:
    """The vault in the folder `root`, made where it is missing; with `reading`, nothing is written.

    Raises NotStored or RowsDamaged.
    """
    objects = FileObjects(root, reading=reading)
    rows = SqliteRows(root / ROWS, reading=reading)
    try:
        yield Vault(root=root, rows=rows, objects=objects)
    finally:
        rows.close()


def strangers(objects: FileObjects) -> Iterator[str]:
    """Paths below the folder that are no part of the vault: unfinished writes, and what others put.

    They are named, never read.
    """
    own = {ROWS, *LOGS}
    yield from (path for path in objects.strangers() if path not in own)
