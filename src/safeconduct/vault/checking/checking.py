"""`vault check`: the database, every row, every chain, every object, read again and named if wrong.

The outer layer needs no key: hashes, numbers, links, checkpoints. With keys it also opens what they
open. What it could not look at stands in the report, each with what it would need. It repairs
nothing and writes nothing.
"""

from collections.abc import Sequence
from pathlib import Path

from safeconduct.vault.chains.checkpoints import Checkpoint, Signers
from safeconduct.vault.checking.findings import (
    NotChecked,
    Problem,
    Progress,
    Trouble,
    VaultReport,
    Watcher,
)
from safeconduct.vault.checking.objects import ObjectsChecked, check_objects
from safeconduct.vault.checking.rows import RowsChecked, check_rows
from safeconduct.vault.folder import OBJECTS, ROWS, strangers
from safeconduct.vault.keys.cases import CaseKey
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import RowsDamaged
from safeconduct.vault.storage.sqlite_rows import SqliteRows


def check_vault(
    root: Path,
    *,
    checkpoints: Sequence[Checkpoint] = (),
    signers: Signers | None = None,
    keys: Sequence[CaseKey] = (),
    watch: Watcher = lambda _: None,
) -> VaultReport:
    """The vault in the folder `root` → what is wrong with it, and what was not checked.

    1. The database as a file.  2. Its rows.  3. The objects.  4. What is no part of the vault.
    `signers` says whose checkpoints count; `keys` are case keys that are held; `watch` is told how
    far it is. What cannot be read is a problem of the report, not an error.
    """
    problems, rows = _rows(root, checkpoints, signers or {}, keys, watch)  # 1, 2
    objects = FileObjects(root, reading=True)
    try:
        found = check_objects(  # 3
            objects, files=rows.files, all_read=rows.all_read, watch=watch
        )
        problems += [_stranger(path) for path in strangers(objects)]  # 4
    except OSError as error:
        place = str(error.filename or OBJECTS)
        problems.append(_problem(Trouble.MISSING, place, error.strerror or "it cannot be read"))
        needs = "a folder of objects that can be read"
        unread = NotChecked(what="every object", needs=needs)
        found = ObjectsChecked(objects=0, bytes=0, problems=(), not_checked=(unread,))
    return VaultReport(
        objects=found.objects,
        object_bytes=found.bytes,
        rows=rows.rows,
        chains=rows.chains,
        problems=(*problems, *rows.problems, *found.problems),
        not_checked=(*rows.not_checked, *found.not_checked),
    )


def _rows(
    root: Path,
    checkpoints: Sequence[Checkpoint],
    signers: Signers,
    keys: Sequence[CaseKey],
    watch: Watcher,
) -> tuple[list[Problem], RowsChecked]:
    """What is wrong with the database as a file, and what stands in it as far as it can be read."""
    file = root / ROWS
    if not file.is_file() or not file.stat().st_size:
        trouble = Trouble.DAMAGED if file.is_file() else Trouble.MISSING
        return [_problem(trouble, ROWS, "the database is empty or not there")], _unread()
    try:
        base = SqliteRows(file, reading=True)
    except (RowsDamaged, NotStored) as error:
        return [_told(error)], _unread()
    problems: list[Problem] = []
    try:
        watch(Progress(step="database", done=0, total=1))
        problems += [_problem(Trouble.DAMAGED, ROWS, line) for line in base.damage()]
        found = check_rows(base, checkpoints=checkpoints, signers=signers, keys=keys, watch=watch)
    except (RowsDamaged, NotStored) as error:
        return [*problems, _told(error)], _unread()
    finally:
        base.close()
    return problems, found


def _unread() -> RowsChecked:
    what = NotChecked(what="every row and chain", needs="a database that can be read")
    return RowsChecked(
        rows=0, chains=(), problems=(), not_checked=(what,), files={}, all_read=False
    )


def _told(error: RowsDamaged | NotStored) -> Problem:
    damaged = isinstance(error, RowsDamaged)
    return _problem(Trouble.DAMAGED if damaged else Trouble.UNREADABLE, ROWS, str(error))


def _stranger(path: str) -> Problem:
    return _problem(Trouble.STRANGER, path, "no part of the vault")


def _problem(trouble: Trouble, place: str, says: str) -> Problem:
    return Problem(trouble=trouble, place=place, says=says)
