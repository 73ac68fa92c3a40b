"""A backup comes back whole, or is refused; interrupted, the older one and the place stand."""

import errno
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.unit.vault.flipping import flips
from tests.unit.vault.small_vault import SIGNERS, Small, small_vault

from safeconduct.casefile.errors import DamagedReference, SafeconductError
from safeconduct.vault.backups.files import (
    OtherPeriod,
    leftovers,
    period_of,
    records,
    verify_backup,
)
from safeconduct.vault.backups.keys import (
    BackupKey,
    new_backup_key,
)
from safeconduct.vault.backups.restoring import PlaceTaken, restore_vault
from safeconduct.vault.backups.writing import Backed, BackupNotVerified, back_up
from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.checking.findings import Progress, Trouble
from safeconduct.vault.erasure.periods import FilePeriodKeys, PeriodGone
from safeconduct.vault.evidence.files import load_file
from safeconduct.vault.evidence.stream import StreamCut
from safeconduct.vault.folder import opened
from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import Row

KEY = new_backup_key("2026-11")
AT = 1_795_000_000
Watched = Callable[[Progress], object]


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small vault that is whole, beside a sessions file and a pepper."""
    made = small_vault(tmp_path / "vault", plain_rows=True)
    (made.root / "sessions.sqlite").write_bytes(b"canary session")
    (made.root / "pepper").write_bytes(b"canary pepper")
    return made


def backed(small: Small, file: Path, watch: Watched = lambda _: None) -> Backed:
    with opened(small.root) as vault:
        return back_up(vault.rows, vault.objects, file, key=KEY, at=AT, watch=watch)


def held(root: Path) -> tuple[list[Row], dict[str, bytes]]:
    with opened(root) as vault:
        names = list(vault.objects.names())
        objects = {name: b"".join(vault.objects.get(name)) for name in names}
        return list(vault.rows.everything()), objects


def test_a_vault_comes_back_as_it_was_with_its_destroyed_rows(small: Small, tmp_path: Path) -> None:
    with opened(small.root) as vault:
        vault.rows.destroy([("grants/c-1", 1)])
    made = backed(small, tmp_path / "backup")
    assert made.left_out == ()
    assert (made.contents.rows, made.contents.objects, made.contents.at) == (9, 2, AT)
    restored = restore_vault(tmp_path / "backup", tmp_path / "again", key=KEY)
    assert restored.contents == made.contents
    assert held(tmp_path / "again") == held(small.root)
    assert sorted(one.name for one in (tmp_path / "again").iterdir()) == [
        "incoming",
        "objects",
        "rows.sqlite",
    ]
    report = check_vault(
        tmp_path / "again", checkpoints=small.checkpoints, signers=SIGNERS, keys=small.keys
    )
    assert report.problems == ()
    with opened(tmp_path / "again") as vault:
        for number, item in enumerate(small.items):
            data = b"".join(load_file(item.file, vault.objects))
            assert data == b"evidence %d" % number
    for one in (tmp_path / "again", tmp_path / "again" / "rows.sqlite", tmp_path / "backup"):
        assert one.stat().st_mode & 0o077 == 0


def test_an_empty_vault_can_be_backed_up(tmp_path: Path) -> None:
    with opened(tmp_path / "vault") as vault:
        made = back_up(vault.rows, vault.objects, tmp_path / "backup", key=KEY, at=AT)
    assert (made.contents.rows, made.contents.objects) == (0, 0)
    restore_vault(tmp_path / "backup", tmp_path / "again", key=KEY)
    assert held(tmp_path / "again") == ([], {})


def test_sessions_and_pepper_are_not_in_it_and_nothing_is_in_the_clear(
    small: Small, tmp_path: Path
) -> None:
    backed(small, tmp_path / "backup")
    assert b"c-1" not in (tmp_path / "backup").read_bytes()
    with records(tmp_path / "backup", KEY) as found:
        bodies = [row.body or b"" for row in found.rows()]
        objects = [b"".join(chunks) for _, chunks in found.objects()]
        found.end()
    assert len(bodies) == 9
    assert not any(b"canary" in one for one in (*bodies, *objects))


def test_every_changed_byte_and_every_cut_is_refused(small: Small, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backed(small, file)
    size = file.stat().st_size
    for _ in flips(file, range(size)):
        with pytest.raises((DamagedReference, OtherPeriod)):
            verify_backup(file, KEY)
    assert verify_backup(file, KEY).objects == 2
    with file.open("ab") as stream:
        stream.write(b"x")
    for length in (size + 1, *range(size - 1, -1, -7)):
        os.truncate(file, length)
        with pytest.raises(DamagedReference):
            verify_backup(file, KEY)


def test_a_damaged_backup_leaves_nothing_in_the_place(small: Small, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backed(small, file)
    data = file.read_bytes()
    before = sorted(tmp_path.iterdir())
    for length in (len(data) - 1, len(data) // 2, 40, 3):
        file.write_bytes(data[:length])
        with pytest.raises((StreamCut, NotOpened, Malformed)):
            restore_vault(file, tmp_path / "again", key=KEY)
        assert sorted(tmp_path.iterdir()) == before


def test_another_key_or_period_is_refused_and_named(small: Small, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backed(small, file)
    with pytest.raises(OtherPeriod, match="2026-11"):
        restore_vault(file, tmp_path / "again", key=new_backup_key("2026-12"))
    with pytest.raises(NotOpened):
        restore_vault(file, tmp_path / "again", key=new_backup_key("2026-11"))
    assert not (tmp_path / "again").exists()
    with pytest.raises(SafeconductError, match="No such file"):
        restore_vault(tmp_path / "none", tmp_path / "again", key=KEY)


def test_a_damaged_object_is_left_out_and_named_and_the_rest_comes_back(
    small: Small, tmp_path: Path
) -> None:
    name = small.items[0].file.object
    place = small.root / "objects" / name[:2] / name
    place.write_bytes(place.read_bytes()[:-1])
    made = backed(small, tmp_path / "backup")
    assert [one for one, _ in made.left_out] == [name]
    assert made.contents.left_out == (name,)
    restored = restore_vault(tmp_path / "backup", tmp_path / "again", key=KEY)
    assert restored.contents.left_out == (name,)
    report = check_vault(tmp_path / "again", keys=small.keys)
    assert [(one.trouble, one.place) for one in report.problems] == [(Trouble.MISSING, name)]


def test_damaged_rows_come_back_as_they_are_and_are_named(small: Small, tmp_path: Path) -> None:
    whole, objects = held(small.root)
    body = whole[0].body or b""
    changed = Row(series=whole[0].series, number=1, body=body[:-9] + b"00000000}")
    with opened(tmp_path / "damaged") as vault:
        vault.rows.fill([changed, *whole[1:]])
        for data in objects.values():
            vault.objects.put([data])
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=KEY, at=AT)
    restored = restore_vault(tmp_path / "backup", tmp_path / "again", key=KEY)
    assert "audit, row 1" in [one.place for one in restored.report.problems]
    assert held(tmp_path / "again")[0][0] == changed


def test_what_is_saved_during_a_backup_is_in_it_whole_or_not_at_all(
    small: Small, tmp_path: Path
) -> None:
    with opened(small.root) as vault, opened(small.root) as other:
        seen = vault.rows.everything()
        first = next(seen)
        other.rows.append(
            [Row(series="a", number=1, body=b""), Row(series="z", number=1, body=b"")]
        )
        assert first.series == "audit"
        assert {"a", "z"}.isdisjoint(row.series for row in seen)


@pytest.mark.parametrize("place", ["file", "folder", "link", "no parent"])
def test_only_an_empty_place_is_restored_into(place: str, small: Small, tmp_path: Path) -> None:
    backed(small, tmp_path / "backup")
    target = tmp_path / "again"
    if place == "file":
        target.write_bytes(b"something")
    elif place == "folder":
        target.mkdir()
        (target / "something").write_bytes(b"")
    elif place == "link":
        target.symlink_to(tmp_path / "elsewhere")
    else:
        target = tmp_path / "missing" / "again"
    with pytest.raises(PlaceTaken):
        restore_vault(tmp_path / "backup", target, key=KEY)
    assert leftovers(target) == ()


def test_an_empty_folder_is_an_empty_place(small: Small, tmp_path: Path) -> None:
    backed(small, tmp_path / "backup")
    (tmp_path / "again").mkdir()
    restore_vault(tmp_path / "backup", tmp_path / "again", key=KEY)
    assert held(tmp_path / "again") == held(small.root)


def test_here_is_a_place_too(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backed(small, tmp_path / "backup")
    (tmp_path / "again[1]").mkdir()
    monkeypatch.chdir(tmp_path / "again[1]")
    restore_vault(tmp_path / "backup", Path(), key=KEY)
    assert held(tmp_path / "again[1]") == held(small.root)
    (tmp_path / ".again[1].ab.unfinished").write_bytes(b"")
    assert leftovers(tmp_path / "again[1]") == (tmp_path / ".again[1].ab.unfinished",)


class Interrupted(Exception):
    """Stands for a process that is told to stop."""


def stopping(after: int) -> Watched:
    calls = count()

    def watch(_: Progress) -> None:
        if next(calls) == after:
            raise Interrupted

    return watch


def test_an_interrupted_backup_leaves_the_older_one(small: Small, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    backed(small, file)
    older = file.read_bytes()
    for step in range(3):
        with pytest.raises(Interrupted):
            backed(small, file, stopping(step))
        assert file.read_bytes() == older
        assert leftovers(file) == ()
    backed(small, file, stopping(99))
    assert file.read_bytes() != older


def test_an_interrupted_restore_leaves_the_place_as_it_was(small: Small, tmp_path: Path) -> None:
    backed(small, tmp_path / "backup")
    before = sorted(tmp_path.iterdir())
    for step in range(7):
        with pytest.raises(Interrupted):
            restore_vault(tmp_path / "backup", tmp_path / "again", key=KEY, watch=stopping(step))
        assert sorted(tmp_path.iterdir()) == before


def test_a_disk_that_is_full_at_any_write_leaves_the_older_backup(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup"
    backed(small, file)
    older, write = file.read_bytes(), os.write
    for failing in range(3):
        room = iter(range(failing))

        def full(descriptor: int, data: bytes, room: Iterator[int] = room) -> int:
            if next(room, None) is None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(descriptor, data[:4000])

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(NotStored, match="No space left"):
            backed(small, file)
        monkeypatch.undo()
        assert file.read_bytes() == older
        assert leftovers(file) == ()


def test_what_is_read_back_otherwise_is_not_given_its_name(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, write = tmp_path / "backup", os.write
    calls = count()

    def failing(descriptor: int, data: bytes) -> int:
        # A disk that says that it wrote, and did not write the same.
        if next(calls) == 2:
            data = bytes([data[0] ^ 1]) + bytes(data[1:])
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(BackupNotVerified):
        backed(small, file)
    assert not file.exists()
    assert leftovers(file) == ()


def test_a_backup_is_flushed_before_it_gets_its_name_and_its_name_after(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def flushed(descriptor: int) -> None:
        steps.append(f"flush {Path(f'/proc/self/fd/{descriptor}').resolve().name}")
        fsync(descriptor)

    def renamed(self: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(self, target)

    with opened(small.root) as vault:
        monkeypatch.setattr(os, "fsync", flushed)
        monkeypatch.setattr(Path, "rename", renamed)
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=KEY, at=AT)
    assert steps[0].startswith("flush .backup.")
    assert steps[1:] == ["rename", f"flush {tmp_path.name}"]


def test_a_backup_into_a_folder_that_is_not_there_is_refused(small: Small, tmp_path: Path) -> None:
    with pytest.raises(NotStored, match="missing"):
        backed(small, tmp_path / "missing" / "backup")


def test_the_key_that_erasure_destroys_is_that_of_the_backups(small: Small, tmp_path: Path) -> None:
    periods = FilePeriodKeys(tmp_path / "periods")
    key = BackupKey(period="2026-11", secret=periods.make("2026-11"))
    with opened(small.root) as vault:
        back_up(vault.rows, vault.objects, tmp_path / "backup", key=key, at=AT)
    period = period_of(tmp_path / "backup")
    again = BackupKey(period=period, secret=periods.key(period))
    assert verify_backup(tmp_path / "backup", again).rows == 9
    periods.destroy("2026-11")
    with pytest.raises(PeriodGone):
        periods.key(period)
    assert key.secret.hex() not in repr(key)
    with pytest.raises(NotUsable):
        new_backup_key("Nov 2026")
