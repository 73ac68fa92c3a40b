"""`vault restore`: a backup into an empty place, read again there, and visible only when whole.

Damage that the vault had when it was backed up comes back as it was, and the report names it.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from safeconduct.casefile.errors import DamagedReference, SafeconductError
from safeconduct.vault.backups.contents import Contents, Records, row_record
from safeconduct.vault.backups.files import (
    beside,
    discard,
    flush,
    put_in_place,
    records,
    reported,
)
from safeconduct.vault.backups.keys import BackupKey
from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.checking.findings import Progress, VaultReport, Watcher
from safeconduct.vault.folder import Vault, opened
from safeconduct.vault.storage.rows import Row


class PlaceTaken(SafeconductError):
    """A vault is restored only where nothing is, so that nothing is lost or mixed."""


class NotRestored(DamagedReference):
    """What was read back is not what the backup holds; nothing was left in the place."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What came back, and the check of the vault that it makes (without keys)."""

    contents: Contents
    report: VaultReport


def restore_vault(
    file: Path, place: Path, *, key: BackupKey, watch: Watcher = lambda _: None
) -> Restored:
    """The backup in `file` → a vault in the folder `place`, which must be empty or not there.

    1. The place is empty.  2. Rows and objects, beside it.  3. The backup came to its end.  4. All
    of it is read again.  5. Its name, in one step. Interrupted anywhere, the place is as it was.
    Raises PlaceTaken, NotRestored, NotStored, and what `files.records` raises.
    """
    _empty(place)  # 1
    place = place.resolve()
    aside = beside(place)
    try:
        with records(file, key) as found:
            with opened(aside) as vault:
                digest = _filled(vault, found, watch)  # 2
            contents = found.end()  # 3
        report = _read_again(aside, contents, digest, watch)  # 4
        with opened(aside):
            # Whoever writes takes the empty log away that reading set up.
            pass
        with reported(aside):
            flush(aside)
        put_in_place(aside, place)  # 5
    finally:
        discard(aside)
    return Restored(contents=contents, report=report)


def _empty(place: Path) -> None:
    if place.is_symlink() or place.is_file():
        raise PlaceTaken(f"{place}: not a folder")
    if place.is_dir() and any(place.iterdir()):
        raise PlaceTaken(f"{place}: not empty")
    if not place.parent.is_dir():
        raise PlaceTaken(f"{place.parent}: there is no such folder")


def _filled(vault: Vault, found: Records, watch: Watcher) -> str:
    """The hash of all rows as they came."""
    digest = sha256()

    def hashed() -> Iterator[Row]:
        for row in found.rows():
            digest.update(row_record(row))
            yield row

    count = vault.rows.fill(hashed())
    watch(Progress(step="rows", done=count, total=count))
    for done, (name, chunks) in enumerate(found.objects(), start=1):
        stored = vault.objects.put(chunks)
        if stored != name:
            raise NotRestored(f"the object {name} has the hash {stored}")
        watch(Progress(step="objects", done=done, total=0))
    return digest.hexdigest()


def _read_again(aside: Path, contents: Contents, rows: str, watch: Watcher) -> VaultReport:
    digest = sha256()
    with opened(aside, reading=True) as vault:
        for row in vault.rows.everything():
            digest.update(row_record(row))
    report = check_vault(aside, watch=watch)
    whole = (report.objects, report.object_bytes) == (contents.objects, contents.object_bytes)
    if digest.hexdigest() != rows or not whole:
        raise NotRestored("what was read again is not what the backup holds")
    return report
