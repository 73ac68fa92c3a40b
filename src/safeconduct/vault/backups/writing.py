"""`vault backup`: every row as it was at one moment, and every object, into one encrypted file.

Rows come first: whatever they refer to was stored before them, so it is still to be read. What
cannot be read whole is left out and named; the rest is worth having. It opens nothing that is
sealed and needs none of the vault's keys.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from safeconduct.casefile.errors import DamagedReference
from safeconduct.vault.backups.contents import Contents, record, row_record
from safeconduct.vault.backups.files import (
    beside,
    discard,
    heading,
    put_in_place,
    verify_backup,
    write_whole,
)
from safeconduct.vault.backups.keys import BackupKey
from safeconduct.vault.checking.findings import Progress, Watcher
from safeconduct.vault.evidence.stream import encrypted
from safeconduct.vault.storage.objects import ObjectDamaged, ObjectMissing, Objects
from safeconduct.vault.storage.rows import WholeRows


class BackupNotVerified(DamagedReference):
    """What was read back is not what was written; the file was discarded, an older one stands."""


class Backed(msgspec.Struct, frozen=True, kw_only=True):
    """A finished backup: what it holds, and why each object that it lacks is missing."""

    contents: Contents
    left_out: tuple[tuple[str, str], ...]


def back_up(
    rows: WholeRows,
    objects: Objects,
    file: Path,
    *,
    key: BackupKey,
    at: int,
    watch: Watcher = lambda _: None,
) -> Backed:
    """Writes a backup in the place of `file`, where an older one may stand.

    1. All of it beside the place, flushed.  2. Read back and compared.  3. Its name, in one step.
    Interrupted anywhere, the older one stands. Raises NotStored, RowsDamaged, BackupNotVerified.
    """
    aside = beside(file)
    try:
        written = _Written(rows, objects, key.period, at, watch)
        write_whole(aside, _sealed(written, key))  # 1
        contents = _verified(aside, key, written)  # 2
        put_in_place(aside, file)  # 3
    finally:
        discard(aside)
    return Backed(contents=contents, left_out=tuple(written.left_out))


class _Written:
    """The records of a backup as they are written, hashed on the way."""

    def __init__(
        self, rows: WholeRows, objects: Objects, period: str, at: int, watch: Watcher
    ) -> None:
        self._rows, self._objects = rows, objects
        self._period, self._at, self._watch = period, at, watch
        self.left_out: list[tuple[str, str]] = []
        self.digest = sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._records():
            self.digest.update(chunk)
            yield chunk

    def _records(self) -> Iterator[bytes]:
        yield record("begin", self._period, self._at)
        rows = 0
        for row in self._rows.everything():
            rows += 1
            yield row_record(row)
        self._watch(Progress(step="rows", done=rows, total=rows))
        names = tuple(self._objects.names())
        for done, name in enumerate(names):
            self._watch(Progress(step="objects", done=done, total=len(names)))
            yield from self._object(name)
        for name, _ in self.left_out:
            yield record("left-out", name)
        yield record("end", rows, len(names) - len(self.left_out), len(self.left_out))

    def _object(self, name: str) -> Iterator[bytes]:
        """An object is read through first, since its record says that it is whole."""
        try:
            size = sum(map(len, self._objects.get(name)))
        except (ObjectDamaged, ObjectMissing) as error:
            self.left_out.append((name, str(error)))
            return
        yield record("object", name, size)
        yield from self._objects.get(name)


def _sealed(written: _Written, key: BackupKey) -> Iterator[bytes]:
    yield heading(key.period)
    yield from encrypted(written, key.of_stream())


def _verified(aside: Path, key: BackupKey, written: _Written) -> Contents:
    try:
        contents = verify_backup(aside, key)
    except DamagedReference as error:
        raise BackupNotVerified(f"{aside}: {error}") from error
    if contents.sha256 != written.digest.hexdigest():
        raise BackupNotVerified(f"{aside}: other records than were written")
    return contents
