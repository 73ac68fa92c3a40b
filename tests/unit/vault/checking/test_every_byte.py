"""Each byte of a small vault changed, each row moved, each tail cut: the check names it."""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pytest
from tests.unit.vault.flipping import flips
from tests.unit.vault.small_vault import SIGNERS, Small, small_vault

from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.checking.findings import VaultReport
from safeconduct.vault.folder import LOGS, ROWS, opened
from safeconduct.vault.storage.rows import Row
from safeconduct.vault.storage.sqlite_rows import SqliteRows

Held = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A small vault that is whole, all of it in chains and objects."""
    return small_vault(tmp_path_factory.mktemp("every-byte") / "vault")


def checked(small: Small, root: Path | None = None) -> VaultReport:
    """By a check without any key, but with checkpoints."""
    return check_vault(root or small.root, checkpoints=small.checkpoints, signers=SIGNERS)


def contents(file: Path) -> Held | None:
    """All that the database says, or None where SQLite cannot read it."""
    base = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        tables = base.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        return [*tables, *base.execute("SELECT * FROM row ORDER BY series, number")]
    except sqlite3.DatabaseError:
        return None
    finally:
        base.close()


def unnoticed(small: Small, places: Iterable[int]) -> list[int]:
    """Bytes of the database whose change says something else and is not found."""
    file = small.root / ROWS
    was = contents(file)
    missed = []
    for at in flips(file, places):
        for name in LOGS:
            (small.root / name).unlink(missing_ok=True)
        if not checked(small).problems and contents(file) != was:
            missed.append(at)
    return missed


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_every_byte_of_an_object_is_found_at_its_name(step: int, small: Small) -> None:
    for item in small.items:
        name = item.file.object
        file = small.root / "objects" / name[:2] / name
        for at in flips(file, range(0, file.stat().st_size, step)):
            assert [one.place for one in checked(small).problems] == [name], at


def test_every_37th_byte_of_the_database_is_found_or_says_nothing(small: Small) -> None:
    assert unnoticed(small, range(0, (small.root / ROWS).stat().st_size, 37)) == []


@pytest.mark.long
def test_every_byte_of_the_database_is_found_or_says_nothing(small: Small) -> None:
    assert unnoticed(small, range((small.root / ROWS).stat().st_size)) == []


@pytest.mark.parametrize("step", [131, pytest.param(1, marks=pytest.mark.long)])
def test_the_bytes_of_a_row_are_found_at_its_number(step: int, small: Small) -> None:
    whole = stored(small)
    for at, one in enumerate(whole):
        body = one.body or b""
        for place in range(0, len(body), step):
            touched = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
            changed = Row(series=one.series, number=one.number, body=touched)
            found = refilled(small, [*whole[:at], changed, *whole[at + 1 :]])
            assert f"{one.series}, row {one.number}" in places(found)


def test_every_row_that_takes_the_place_of_another_is_found_at_both(small: Small) -> None:
    whole = stored(small)
    for one, other in permutations(range(len(whole)), 2):
        if one > other:
            continue
        swapped = list(whole)
        for at, source in ((one, other), (other, one)):
            place, row = whole[at], whole[source]
            swapped[at] = Row(series=place.series, number=place.number, body=row.body)
        found = places(refilled(small, swapped))
        for at in (one, other):
            assert f"{whole[at].series}, row {whole[at].number}" in found


def test_every_row_that_is_gone_is_named(small: Small) -> None:
    whole = stored(small)
    for at, one in enumerate(whole):
        found = places(refilled(small, whole[:at] + whole[at + 1 :]))
        assert f"{one.series}, row {one.number}" in found


def test_every_tail_that_is_cut_is_named_at_the_first_row_that_is_gone(small: Small) -> None:
    whole = stored(small)
    for series in {one.series for one in whole}:
        length = sum(one.series == series for one in whole)
        for kept in range(length):
            left = [one for one in whole if one.series != series or one.number <= kept]
            assert f"{series}, row {kept + 1}" in places(refilled(small, left))


def test_every_tail_of_the_database_file_that_is_cut_is_found(small: Small) -> None:
    file = small.root / ROWS
    data = file.read_bytes()
    try:
        for length in range(len(data) - 1, -1, -1021):
            os.truncate(file, length)
            # SQLite may fill up the last page; then the row that lay there is named.
            assert not checked(small).nothing_lost, length
    finally:
        file.write_bytes(data)


def test_a_changed_byte_of_an_open_log_is_found_or_says_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "open") as vault:
        small = small_vault(tmp_path / "open")
        was = list(vault.rows.everything())
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "open", copy)
    log = copy / f"{ROWS}-wal"
    assert log.stat().st_size > 50_000
    for at in flips(log, range(0, log.stat().st_size, 1511)):
        (copy / f"{ROWS}-shm").unlink(missing_ok=True)
        # What lies behind a changed byte is gone: a cut tail, which the checkpoints name.
        if checked(small, copy).nothing_lost:
            base = SqliteRows(copy / ROWS, reading=True)
            assert list(base.everything()) == was, at
            base.close()


def test_an_object_that_is_gone_is_named_with_the_keys(small: Small) -> None:
    name = small.items[0].file.object
    file = small.root / "objects" / name[:2] / name
    data = file.read_bytes()
    file.unlink()
    try:
        report = check_vault(small.root, keys=small.keys)
        assert name in places(report)
    finally:
        file.write_bytes(data)


def stored(small: Small) -> list[Row]:
    base = SqliteRows(small.root / ROWS, reading=True)
    try:
        return list(base.everything())
    finally:
        base.close()


def refilled(small: Small, rows: list[Row]) -> VaultReport:
    """The report on the same vault with other rows."""
    other = small.root.with_name("refilled")
    for name in ("objects", "incoming"):
        (other / name).mkdir(parents=True, exist_ok=True)
    (other / ROWS).unlink(missing_ok=True)
    base = SqliteRows(other / ROWS)
    base._base.execute("PRAGMA synchronous = OFF")
    base.fill(rows)
    base.close()
    return checked(small, other)


def places(report: VaultReport) -> set[str]:
    return {one.place for one in report.problems}
