"""A check names what is missing, damaged or orphaned, and says what it could not look at."""

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest
from tests.unit.vault.small_vault import SIGNERS, Small, small_vault

from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.checking.findings import Progress, Trouble, VaultReport
from safeconduct.vault.evidence.files import store_file
from safeconduct.vault.folder import LOGS, opened


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small vault that is whole."""
    return small_vault(tmp_path / "vault")


def checked(small: Small, *, keys: bool = True, vouched: bool = True) -> VaultReport:
    return check_vault(
        small.root,
        checkpoints=small.checkpoints if vouched else (),
        signers=SIGNERS,
        keys=small.keys if keys else (),
    )


def troubles(report: VaultReport) -> list[tuple[Trouble, str]]:
    return [(one.trouble, one.place) for one in report.problems]


def place_of(small: Small, name: str) -> Path:
    return small.root / "objects" / name[:2] / name


def test_a_whole_vault_with_all_keys_and_checkpoints_leaves_nothing_unknown(small: Small) -> None:
    report = checked(small)
    assert report.problems == ()
    assert report.not_checked == ()
    assert report.nothing_lost
    assert (report.objects, report.rows) == (2, 8)
    assert {one.chain: one.vouched for one in report.chains} == {
        "audit": 2,
        "custody/c-1/account": 1,
        "custody/c-2/account": 1,
        "evidence/c-1/account": 1,
        "evidence/c-2/account": 1,
        "revisions/c-1/account": 2,
    }


def test_without_keys_it_says_what_it_does_not_know(small: Small) -> None:
    report = checked(small, keys=False)
    assert report.problems == ()
    needs = {one.needs for one in report.not_checked}
    assert "the key c-1/account/1/revision" in needs
    assert "the keys of all items of evidence" in needs
    unknown = " ".join(one.what for one in report.not_checked)
    assert "whether an object is missing" in unknown


def test_without_checkpoints_the_end_of_each_chain_is_unknown(small: Small) -> None:
    report = checked(small, vouched=False)
    assert report.problems == ()
    unknown = [one.what for one in report.not_checked]
    assert "whether audit was cut or written anew" in unknown
    assert len(unknown) == 6


def test_rows_without_hashes_are_never_called_whole(tmp_path: Path) -> None:
    report = checked(small_vault(tmp_path / "vault", plain_rows=True))
    assert report.problems == ()
    assert [one.what for one in report.not_checked] == [
        "whether the 1 rows of grants/c-1 are as they were written"
    ]


def test_a_missing_object_is_named_with_its_key_and_unknown_without(small: Small) -> None:
    name = small.items[0].file.object
    place_of(small, name).unlink()
    report = checked(small)
    assert troubles(report) == [(Trouble.MISSING, name)]
    assert not report.nothing_lost
    keyless = checked(small, keys=False)
    assert keyless.problems == ()
    assert "whether an object is missing" in [one.what for one in keyless.not_checked]


def test_a_damaged_object_is_named_without_any_key(small: Small) -> None:
    name = small.items[1].file.object
    data = place_of(small, name).read_bytes()
    place_of(small, name).write_bytes(data[:-1])
    assert troubles(checked(small, keys=False)) == [(Trouble.DAMAGED, name)]
    assert troubles(checked(small)) == [(Trouble.DAMAGED, name)]


def test_an_orphan_is_named_only_when_every_reference_could_be_read(small: Small) -> None:
    with opened(small.root) as vault:
        name = store_file([b"left by a crash"], vault.objects).object
    report = checked(small)
    assert troubles(report) == [(Trouble.ORPHANED, name)]
    assert report.nothing_lost
    one_key = check_vault(small.root, keys=small.keys[:1])
    assert Trouble.ORPHANED not in {one.trouble for one in one_key.problems}
    assert any("2 objects" in one.what for one in one_key.not_checked)


def test_what_is_no_part_of_the_vault_is_named_and_left(small: Small) -> None:
    (small.root / "incoming" / "half").write_bytes(b"half")
    (small.root / "sessions.sqlite").write_bytes(b"sessions")
    report = checked(small)
    assert troubles(report) == [
        (Trouble.STRANGER, "incoming/half"),
        (Trouble.STRANGER, "sessions.sqlite"),
    ]
    assert report.nothing_lost
    assert (small.root / "incoming" / "half").exists()


def test_a_file_under_the_key_of_another_item_is_damaged(small: Small, tmp_path: Path) -> None:
    first, second = (place_of(small, one.file.object) for one in small.items)
    first.write_bytes(second.read_bytes())
    assert (Trouble.DAMAGED, first.name) in troubles(checked(small))


def test_a_destroyed_row_is_said_to_be_so_and_by_whom_is_unknown(small: Small) -> None:
    with opened(small.root) as vault:
        vault.rows.destroy([("evidence/c-1/account", 1), ("revisions/c-1/account", 1)])
    report = checked(small)
    unknown = [one.what for one in report.not_checked]
    assert (
        "who destroyed evidence/c-1/account, row 1, and whether the chain holds across it"
        in unknown
    )
    orphan = small.items[0].file.object
    assert (Trouble.ORPHANED, orphan) in troubles(report)


@pytest.mark.parametrize("how", ["gone", "empty", "torn", "none"])
def test_a_database_that_cannot_be_read_is_named_and_the_objects_are_still_read(
    how: str, small: Small
) -> None:
    file = small.root / "rows.sqlite"
    whole = file.read_bytes()
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "torn": whole[:5000], "none": b"no database" * 500}[how])
    report = checked(small)
    assert "rows.sqlite" in {one.place for one in report.problems}
    assert not report.nothing_lost
    assert report.objects == 2
    assert "every row and chain" in [one.what for one in report.not_checked]
    assert Trouble.ORPHANED not in {one.trouble for one in report.problems}
    assert file.exists() == (how != "gone")


def test_a_folder_without_objects_is_named(small: Small) -> None:
    shutil.rmtree(small.root / "objects")
    report = checked(small)
    assert any(one.trouble is Trouble.MISSING for one in report.problems)
    assert "every object" in [one.what for one in report.not_checked]


def test_a_removed_trigger_is_found_and_not_put_back_by_the_check(small: Small) -> None:
    base = sqlite3.connect(small.root / "rows.sqlite")
    base.execute("DROP TRIGGER row_is_never_deleted")
    base.close()
    for _ in range(2):
        assert troubles(checked(small)) == [(Trouble.DAMAGED, "rows.sqlite")]


def test_a_row_taken_out_of_a_series_without_hashes_leaves_a_gap(tmp_path: Path) -> None:
    small = small_vault(tmp_path / "vault", plain_rows=True)
    base = sqlite3.connect(small.root / "rows.sqlite")
    base.execute("DROP TRIGGER row_is_never_changed")
    base.execute("UPDATE row SET number = 2 WHERE series = 'grants/c-1'")
    base.commit()
    base.close()
    assert (Trouble.MISSING, "grants/c-1, row 1") in troubles(checked(small))


def test_a_check_writes_nothing(small: Small) -> None:
    def held() -> dict[Path, bytes]:
        # SQLite sets up an empty log beside the file, and takes it away when somebody writes.
        files = (one for one in small.root.rglob("*") if one.is_file() and one.name not in LOGS)
        return {one: one.read_bytes() for one in files}

    before = held()
    checked(small)
    assert held() == before


def test_progress_is_told(small: Small) -> None:
    told: list[Progress] = []
    check_vault(small.root, watch=told.append)
    assert [one.step for one in told] == ["database", "rows", "objects", "objects", "objects"]
    assert (told[-1].done, told[-1].total) == (2, 2)


def test_a_database_with_its_log_beside_it_is_read_with_the_log(tmp_path: Path) -> None:
    with opened(tmp_path / "vault") as vault:
        small = small_vault(tmp_path / "vault")
        shutil.copytree(tmp_path / "vault", tmp_path / "copy")
        assert (tmp_path / "copy" / "rows.sqlite-wal").stat().st_size
        del vault
    (tmp_path / "copy" / "rows.sqlite-shm").unlink()
    report = check_vault(tmp_path / "copy", keys=small.keys)
    assert report.problems == ()
    assert report.rows == 8


def test_a_checkpoint_of_an_unknown_chain_is_not_passed_over(small: Small) -> None:
    others = small_vault(small.root.with_name("others"))
    chain = msgspec.structs.replace(small.checkpoints[0], chain="unheard-of")
    report = check_vault(others.root, checkpoints=[chain], signers=SIGNERS)
    assert "unheard-of, row 2" in [one.place for one in report.problems]
