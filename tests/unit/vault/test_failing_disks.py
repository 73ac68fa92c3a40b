"""A full or read-only disk and a torn database: told with what and where, and what stood stands."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.vault.small_vault import AT, BY, small_vault

from safeconduct.vault.backups.files import leftovers, verify_backup
from safeconduct.vault.backups.keys import new_backup_key
from safeconduct.vault.backups.restoring import restore_vault
from safeconduct.vault.backups.writing import back_up
from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.evidence.items import items_of, receive
from safeconduct.vault.folder import ROWS, Vault, opened
from safeconduct.vault.keys.cases import CaseKey, Compartment
from safeconduct.vault.revisions.saving import newest_number, read_revision, save
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import RowsDamaged

KEY = CaseKey(case="c-1", compartment=Compartment.ACCOUNT, version=1, secret=bytes(32))
BACKUPS = new_backup_key("2026-11")
SIZE = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one MiB, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)):
        pytest.skip("needs the right to mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def mounted(*options: str) -> bool:
    if os.name != "posix" or os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *options], check=False, capture_output=True).returncode == 0


def fill(disk: Path, left: int = 0) -> Path:
    """Takes all room of the disk but so many bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        stream.write(bytes(max(room - left, 0)))
    return filler


def put(vault: Vault, item: str, size: int) -> None:
    receive(
        [bytes(size)],
        item=item,
        objects=vault.objects,
        rows=vault.rows,
        key=KEY,
        at=AT,
        by=BY,
    )


def test_revisions_are_saved_until_the_disk_is_full_and_again_when_there_is_room(
    disk: Path,
) -> None:
    with opened(disk / "vault") as vault:
        save(vault.rows, bytes(20_000), base=0, key=KEY, at=AT, by=BY)
        filler = fill(disk, left=200_000)
        number = 1
        with pytest.raises(NotStored, match=r"rows\.sqlite: .*(full|bytes are left on the disk)"):
            for number in range(1, 100):
                save(vault.rows, bytes(20_000), base=number, key=KEY, at=AT, by=BY)
        assert newest_number(vault.rows, "c-1", Compartment.ACCOUNT) == number
        filler.unlink()
        save(vault.rows, b"again", base=number, key=KEY, at=AT, by=BY)
    with opened(disk / "vault") as vault:
        assert read_revision(vault.rows, number, keys=[KEY]).document == bytes(20_000)
        assert read_revision(vault.rows, number + 1, keys=[KEY]).document == b"again"
    assert check_vault(disk / "vault", keys=[KEY]).problems == ()


def test_a_file_that_does_not_fit_is_told_and_leaves_nothing(disk: Path) -> None:
    with opened(disk / "vault") as vault:
        put(vault, "e1", 10_000)
        with pytest.raises(NotStored, match="objects: No space left"):
            put(vault, "e2", SIZE)
        assert [one.id for one in items_of(vault.rows, keys=[KEY])] == ["e1"]
    assert check_vault(disk / "vault", keys=[KEY]).problems == ()


def test_a_backup_that_does_not_fit_leaves_the_older_one(disk: Path, tmp_path: Path) -> None:
    small_vault(tmp_path / "vault")
    with opened(tmp_path / "vault") as vault:
        back_up(vault.rows, vault.objects, disk / "backup", key=BACKUPS, at=AT)
        older = (disk / "backup").read_bytes()
        fill(disk, left=4096)
        with pytest.raises(NotStored, match="No space left"):
            back_up(vault.rows, vault.objects, disk / "backup", key=BACKUPS, at=AT + 1)
    assert (disk / "backup").read_bytes() == older
    assert leftovers(disk / "backup") == ()
    verify_backup(disk / "backup", BACKUPS)


def test_a_vault_that_does_not_fit_is_not_restored_in_part(disk: Path, tmp_path: Path) -> None:
    small_vault(tmp_path / "vault")
    with opened(tmp_path / "vault") as vault:
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=BACKUPS, at=AT)
    filler = fill(disk, left=30_000)
    with pytest.raises(NotStored, match=r"full|bytes are left on the disk"):
        restore_vault(tmp_path / "backup", disk / "again", key=BACKUPS)
    assert list(disk.iterdir()) == [filler]


def test_a_read_only_disk_is_told_and_can_still_be_checked(disk: Path, tmp_path: Path) -> None:
    made = small_vault(disk / "vault")
    assert mounted("-o", "remount,ro", str(disk))
    with pytest.raises(NotStored, match=r"rows\.sqlite: .*[Rr]ead-only"), opened(disk / "vault"):
        pass
    report = check_vault(disk / "vault", keys=made.keys)
    assert report.problems == ()
    assert report.rows == 8
    with opened(disk / "vault", reading=True) as vault:
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=BACKUPS, at=AT)
        with pytest.raises(NotStored, match="Read-only"):
            vault.objects.put([b"x"])
        with pytest.raises(NotStored, match="Read-only"):
            back_up(vault.rows, vault.objects, disk / "backup", key=BACKUPS, at=AT)
    with pytest.raises(NotStored, match="Read-only"):
        restore_vault(tmp_path / "backup", disk / "again", key=BACKUPS)


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.2])
def test_a_torn_database_is_told_by_name_wherever_it_was_torn(kept: float, tmp_path: Path) -> None:
    made = small_vault(tmp_path / "vault")
    file = tmp_path / "vault" / ROWS
    os.truncate(file, int(file.stat().st_size * kept))
    report = check_vault(tmp_path / "vault", keys=made.keys)
    assert not report.nothing_lost
    assert ROWS in {one.place for one in report.problems}
    with pytest.raises(RowsDamaged, match=ROWS), opened(tmp_path / "vault") as vault:
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=BACKUPS, at=AT)
    assert not (tmp_path / "backup").exists()
