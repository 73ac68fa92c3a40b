"""A cleaned copy lies beside its original, which stays as it was; the custody tells of both."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.vault.cleaning import canaries

from safeconduct.vault.cleaning.copies import Copying, store_cleaned
from safeconduct.vault.cleaning.results import CannotClean, Limits, Why
from safeconduct.vault.evidence.custody import (
    CustodyBroken,
    CustodyEvent,
    Handling,
    custody_of,
    write_event,
)
from safeconduct.vault.evidence.files import load_file, store_file
from safeconduct.vault.evidence.items import items_of
from safeconduct.vault.formats.errors import NotOpened
from safeconduct.vault.keys.cases import Compartment, new_case_key
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.objects import ObjectDamaged
from safeconduct.vault.storage.sqlite_rows import SqliteRows

KEY = new_case_key("c-1", Compartment.ACCOUNT)
DATA = canaries.jpeg()
HASH = sha256(DATA).hexdigest()


@pytest.fixture
def objects(tmp_path: Path) -> FileObjects:
    return FileObjects(tmp_path / "objects")


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[SqliteRows]:
    made = SqliteRows(tmp_path / "rows.sqlite")
    received = CustodyEvent(item="i-1", handling=Handling.RECEIVED, at=1, by="u-anna", sha256=HASH)
    write_event(made, received, key=KEY)
    yield made
    made.close()


def copying(objects: FileObjects, data: bytes = DATA, item: str = "i-1") -> Copying:
    return Copying(item=item, file=store_file([data], objects), copy="i-2", by="u-anna", at=2)


def test_both_hashes_stand_in_the_custody_of_both(objects: FileObjects, rows: SqliteRows) -> None:
    work = copying(objects)
    stored, cleaned = store_cleaned(work, objects, rows, key=KEY)
    copy = b"".join(load_file(stored.file, objects))
    assert list(items_of(rows, keys=[KEY])) == [stored]
    assert not canaries.holds(copy)
    assert b"".join(load_file(work.file, objects)) == DATA
    told = custody_of(rows, "i-1", keys=[KEY])[-1]
    assert (told.handling, told.sha256) == (Handling.CLEANED, HASH)
    assert told.facts["copy"] == "i-2"
    assert told.facts["copy_sha256"] == sha256(copy).hexdigest() == cleaned.sha256
    (received,) = custody_of(rows, "i-2", keys=[KEY])
    assert received.facts == {"original": "i-1", "original_sha256": HASH}
    assert received.sha256 == cleaned.sha256


def test_nothing_is_stored_of_what_cannot_be_cleaned(
    objects: FileObjects, rows: SqliteRows
) -> None:
    with pytest.raises(CannotClean):
        store_cleaned(copying(objects, b"plain"), objects, rows, key=KEY)
    with pytest.raises(CannotClean) as caught:
        limits = Limits(file_bytes=100)
        store_cleaned(copying(objects), objects, rows, key=KEY, limits=limits)
    assert caught.value.why is Why.TOO_LARGE
    assert len(list(objects.names())) == 2
    assert len(custody_of(rows, "i-1", keys=[KEY])) == 1


def test_a_copy_of_an_item_that_was_never_received_is_not_told_of(
    objects: FileObjects, rows: SqliteRows
) -> None:
    with pytest.raises(CustodyBroken):
        store_cleaned(copying(objects, item="i-9"), objects, rows, key=KEY)
    assert custody_of(rows, "i-2", keys=[KEY]) == ()


def test_a_damaged_original_is_not_cleaned(
    objects: FileObjects, rows: SqliteRows, tmp_path: Path
) -> None:
    work = copying(objects)
    file = next(one for one in tmp_path.rglob("*") if one.name == work.file.object)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises((ObjectDamaged, NotOpened)):
        store_cleaned(work, objects, rows, key=KEY)
