"""Rows are appended all or none, never changed, and destroyed without a trace in the file."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.storage import sqlite_rows
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import Row, RowsDamaged, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows

CANARY = b"canary-in-a-row-" * 40


def row(series: str, number: int, body: bytes | None = b"body") -> Row:
    return Row(series=series, number=number, body=body)


@pytest.fixture
def rows(tmp_path: Path) -> SqliteRows:
    return SqliteRows(tmp_path / "rows.sqlite")


def test_rows_come_back_in_order_and_by_series(rows: SqliteRows) -> None:
    rows.append([row("a/1", 1, b"x"), row("b", 1), row("a/1", 2, b"")])
    assert list(rows.read("a/1")) == [row("a/1", 1, b"x"), row("a/1", 2, b"")]
    assert list(rows.read("a/1", first=2)) == [row("a/1", 2, b"")]
    assert rows.last("a/1") == row("a/1", 2, b"")
    assert rows.last("nothing") is None
    assert list(rows.read("nothing")) == []
    assert rows.series() == ("a/1", "b")
    assert rows.series("a/") == ("a/1",)
    assert rows.series("%") == ()


@pytest.mark.parametrize("wrong", [row("b", 2), row("a", 1), row("a", 3), row("a", 2, None)])
def test_one_row_that_does_not_follow_stops_all(wrong: Row, rows: SqliteRows) -> None:
    rows.append([row("a", 1)])
    with pytest.raises(RowTaken):
        rows.append([row("c", 1), wrong])
    assert rows.series() == ("a",)
    assert rows.last("a") == row("a", 1)


def test_of_two_who_append_the_same_number_one_is_refused(tmp_path: Path) -> None:
    first, second = (SqliteRows(tmp_path / "rows.sqlite") for _ in range(2))
    first.append([row("a", 1, b"first")])
    with pytest.raises(RowTaken):
        second.append([row("a", 1, b"second")])
    assert second.last("a") == row("a", 1, b"first")


@given(numbers=st.lists(st.integers(0, 4), max_size=10))
def test_a_series_has_every_number_from_one(
    numbers: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = SqliteRows(tmp_path_factory.mktemp("rows") / "rows.sqlite")
    for number in numbers:
        try:
            rows.append([row("a", number)])
        except RowTaken:
            continue
    found = [one.number for one in rows.read("a")]
    assert found == list(range(1, len(found) + 1))
    rows.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE row SET body = x'00'",
        "UPDATE row SET number = 7",
        "UPDATE row SET series = 'b', body = NULL",
        "DELETE FROM row",
    ],
)
def test_the_database_itself_refuses_a_change(change: str, tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    rows.append([row("a", 1)])
    other = sqlite3.connect(tmp_path / "rows.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        other.execute(change)
    other.close()
    assert rows.last("a") == row("a", 1)


def test_a_destroyed_row_keeps_its_number_and_leaves_no_trace(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    rows.append([row("a", 1, CANARY), row("a", 2, b"stays"), row("a", 3, CANARY * 50)])
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert b"canary" in everything
    rows.destroy([("a", 1), ("a", 3)])
    rows.purge()
    assert list(rows.read("a")) == [row("a", 1, None), row("a", 2, b"stays"), row("a", 3, None)]
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert b"canary" not in everything
    assert b"stays" in everything
    with pytest.raises(RowTaken):
        rows.append([row("a", 3)])
    rows.append([row("a", 4)])


def test_a_purge_while_somebody_reads_says_that_it_did_not(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    rows.append([row("a", number, CANARY) for number in range(1, 9)])
    reader = sqlite3.connect(tmp_path / "rows.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM row").fetchall()
    rows.destroy([("a", 1)])
    rows._base.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(NotStored):
        rows.purge()
    reader.close()
    rows.purge()


def test_what_was_acknowledged_is_there_when_opened_again(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    rows.append([row("a", 1)])
    assert SqliteRows(tmp_path / "rows.sqlite").last("a") == row("a", 1)
    assert (tmp_path / "rows.sqlite").stat().st_mode & 0o077 == 0
    assert (tmp_path / "rows.sqlite-wal").stat().st_mode & 0o077 == 0


def test_a_torn_file_is_damaged_and_no_file_is_not_stored(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite"
    rows = SqliteRows(path)
    rows.append([row("a", number, CANARY * 9) for number in range(1, 50)])
    assert rows.damage() == ()
    rows.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    try:
        torn = SqliteRows(path)
    except RowsDamaged:
        pass
    else:
        assert torn.damage()
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(RowsDamaged):
        SqliteRows(path)
    with pytest.raises(NotStored):
        SqliteRows(tmp_path / "missing" / "rows.sqlite")


def test_a_full_disk_is_reported_and_what_stood_there_stands(tmp_path: Path) -> None:
    rows = SqliteRows(tmp_path / "rows.sqlite")
    rows.append([row("a", 1)])
    pages = rows._base.execute("PRAGMA page_count").fetchone()[0]
    rows._base.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(NotStored, match="full"):
        rows.append([row("a", 2), row("a", 3, CANARY * 1000)])
    assert [one.number for one in rows.read("a")] == [1]


def test_reading_makes_and_mends_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite"
    with pytest.raises(NotStored):
        SqliteRows(path, reading=True)
    assert not path.exists()
    SqliteRows(path).append([row("a", 1)])
    reading = SqliteRows(path, reading=True)
    assert reading.last("a") == row("a", 1)
    with pytest.raises(NotStored):
        reading.append([row("a", 2)])
    reading.close()


def test_a_changed_trigger_is_damage_of_the_file(rows: SqliteRows, tmp_path: Path) -> None:
    assert rows.damage() == ()
    sqlite3.connect(tmp_path / "rows.sqlite").execute("DROP TRIGGER row_is_never_deleted")
    assert rows.damage() == ("its tables or triggers were changed",)


def test_everything_fills_an_empty_store_and_no_other(rows: SqliteRows, tmp_path: Path) -> None:
    rows.append([row("b", 1), row("a", 1), row("a", 2, b"")])
    rows.destroy([("a", 1)])
    whole = list(rows.everything())
    assert whole == [row("a", 1, None), row("a", 2, b""), row("b", 1)]
    other = SqliteRows(tmp_path / "other.sqlite")
    assert other.fill(whole) == 3
    assert list(other.everything()) == whole
    with pytest.raises(RowTaken):
        other.fill([row("c", 1)])
    assert other.series() == ("a", "b")


def test_filling_that_breaks_off_leaves_the_store_empty(rows: SqliteRows) -> None:
    with pytest.raises(RowsDamaged):
        rows.fill([row("a", 1), row("a", 1)])
    assert rows.series() == ()


def test_each_commit_is_flushed(rows: SqliteRows) -> None:
    found = [
        rows._base.execute(f"PRAGMA {one}").fetchone()[0] for one in ("synchronous", "journal_mode")
    ]
    assert found == [2, "wal"]


def test_many_processes_may_open_a_new_place_at_once(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path;"
        "from safeconduct.vault.storage.sqlite_rows import SqliteRows;"
        "sys.stdin.readline(); SqliteRows(Path(sys.argv[1])).close()"
    )
    for round_number in range(3):
        place = str(tmp_path / f"rows-{round_number}.sqlite")
        children = [
            subprocess.Popen([sys.executable, "-c", program, place], stdin=subprocess.PIPE)
            for _ in range(6)
        ]
        for child in children:
            assert child.stdin is not None
            child.stdin.write(b"\n")
            child.stdin.flush()
        codes = [child.wait(timeout=60) for child in children]
        for child in children:
            assert child.stdin is not None
            child.stdin.close()
        assert codes == [0] * 6


def test_a_place_that_stays_locked_while_it_is_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_rows, "_WAIT", 0.1)
    other = sqlite3.connect(tmp_path / "rows.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotStored, match="locked"):
        SqliteRows(tmp_path / "rows.sqlite")
    other.close()
