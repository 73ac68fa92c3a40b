"""An erasure destroys what was shown, all of it, wherever it was stopped, and nothing else."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from tests.unit.vault.erasure import house
from tests.unit.vault.erasure.house import ANNA, AT, CANARY, ERASED, OTHER

from safeconduct.vault.chains.verifying import verify_chain
from safeconduct.vault.erasure.destroying import (
    SCHEMA,
    OrderForged,
    PreviewStale,
    WrittenMeanwhile,
    erase,
    erasures_of,
    finish_all,
)
from safeconduct.vault.erasure.periods import FilePeriodKeys
from safeconduct.vault.erasure.preview import (
    Holding,
    Holdings,
    Kind,
    Remains,
    Stores,
    holdings_of,
    preview,
)
from safeconduct.vault.formats.canonical import Json, canonical, to_text
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.keys.cases import Compartment
from safeconduct.vault.keys.grants import Wanted, open_grant
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import Row, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows


class Vault:
    """The furnished stores, what was sealed in them, and what belongs to whom."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stores = house.stores(folder)
        keys = FilePeriodKeys(folder / "periods")
        for period in ("2023-10", "2023-11"):
            keys.make(period)
        self.period = keys.key("2023-11")
        self.wanted = house.furnish(self.stores, ERASED)
        self.other = house.furnish(self.stores, OTHER)
        self.secrets = [
            row.body
            for one in self.wanted.rows
            for row in self.stores.rows.read(one.series)
            if row.body is not None
        ]

    def held(self) -> bytes:
        """Every byte of every file: database, log, shared memory, objects, periods."""
        files = sorted(one for one in self.folder.rglob("*") if one.is_file())
        return b"".join(one.read_bytes() for one in files)

    def assert_erased(self) -> None:
        held = self.held()
        for secret in self.secrets:
            for part in (secret[:64], secret[-64:]):
                assert part not in held
        assert ERASED.encode() + CANARY not in held
        assert self.period not in held
        assert not set(self.wanted.objects) & set(self.stores.objects.names())
        for one in self.wanted.rows:
            assert all(row.body is None for row in self.stores.rows.read(one.series))
        assert finish_all(self.stores, house.SIGNERS) == ()
        assert len(erasures_of(self.stores.rows, ERASED)) == 1

    def assert_other_stands(self) -> None:
        assert OTHER.encode() + CANARY in self.held()
        sealed = next(iter(self.stores.rows.read(f"grants/{OTHER}"))).body
        assert sealed is not None
        wanted = Wanted(case=OTHER, compartment=Compartment.ACCOUNT, version=1)
        givers = {("u-anna", 1): ANNA.card}
        assert open_grant(sealed, keys=ANNA, wanted=wanted, givers=givers, now=AT).giver
        assert set(self.other.objects) <= set(self.stores.objects.names())
        assert self.stores.periods.periods() == ("2023-10",)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def test_the_preview_touches_nothing_and_says_what_goes_and_what_stays(vault: Vault) -> None:
    before = vault.held()
    found = preview(vault.wanted, vault.stores)
    assert vault.held() == before
    counts = {lot.kind: len(lot.numbers) for lot in found.lots}
    assert counts == {
        Kind.GRANT: 2,
        Kind.FILE_KEY: 2,
        Kind.REVISION: 3,
        Kind.CUSTODY: 2,
        Kind.OTHER: 1,
    }
    assert {name for name, _ in found.objects} == set(vault.wanted.objects)
    assert all(size > len(CANARY) for _, size in found.objects)
    assert found.periods == ("2023-11",)
    assert dict(found.remains) == {
        Remains.AUDIT_ROWS: 1,
        Remains.ROW_NUMBERS: 10,
        Remains.ERASURE_RECORD: 1,
        Remains.OTHER_PERIODS: 1,
        Remains.OUTSIDE_COPIES: 0,
    }


def test_nothing_of_the_case_is_left_and_nothing_of_another_is_gone(vault: Vault) -> None:
    assert ERASED.encode() + CANARY in vault.held()
    assert all(secret[:64] in vault.held() for secret in vault.secrets)
    house.erase_case(vault.stores, vault.wanted)
    vault.assert_erased()
    vault.assert_other_stands()
    (told,) = erasures_of(vault.stores.rows, ERASED)
    assert (told.by, told.day, told.rows, told.objects, told.periods) == (
        "u-anna",
        "2023-11-14",
        10,
        2,
        1,
    )


def test_all_series_of_a_case_are_found_and_those_of_others_are_not(vault: Vault) -> None:
    rows = vault.stores.rows
    for series in (f"links/{ERASED}/account", f"recovery/{ERASED}", f"x/{OTHER}/{ERASED}", "a"):
        rows.append([Row(series=series, number=1, body=b"x")])
    house.erase_case(vault.stores, Holdings(case=ERASED, rows=()))
    found = holdings_of(rows, ERASED, objects=("a",), periods=("b",))
    assert {one.series: one.kind for one in found.rows} == {
        f"custody/{ERASED}/account": Kind.CUSTODY,
        f"files/{ERASED}": Kind.OTHER,
        f"grants/{ERASED}": Kind.GRANT,
        f"links/{ERASED}/account": Kind.KEY_LINK,
        f"plain/{ERASED}": Kind.OTHER,
        f"revisions/{ERASED}": Kind.REVISION,
    }
    assert (found.case, found.objects, found.periods) == (ERASED, ("a",), ("b",))


def test_the_audit_stays_whole(vault: Vault) -> None:
    house.erase_case(vault.stores, vault.wanted)
    report = verify_chain("audit", vault.stores.rows.read("audit"), checkpoints=(), signers={})
    assert (report.is_intact, report.rows) == (True, 2)


def test_what_was_written_since_it_was_shown_stops_it(vault: Vault) -> None:
    shown = preview(vault.wanted, vault.stores).digest
    series = f"grants/{ERASED}"
    vault.stores.rows.append([Row(series=series, number=3, body=b"new")])
    with pytest.raises(PreviewStale):
        erase(vault.wanted, shown, vault.stores, by=ANNA, at=AT)
    assert next(iter(vault.stores.rows.read(series))).body is not None
    assert finish_all(vault.stores, house.SIGNERS) == ()


def test_one_item_can_be_erased_by_itself(vault: Vault) -> None:
    one = Holdings(
        case=ERASED,
        rows=(Holding(kind=Kind.FILE_KEY, series=f"files/{ERASED}", numbers=(2,)),),
        objects=vault.wanted.objects[1:],
    )
    house.erase_case(vault.stores, one)
    bodies = [row.body for row in vault.stores.rows.read(f"files/{ERASED}")]
    assert bodies[0] is not None
    assert bodies[1] is None
    assert vault.wanted.objects[0] in set(vault.stores.objects.names())
    assert vault.stores.periods.periods() == ("2023-10", "2023-11")
    house.erase_case(vault.stores, vault.wanted)
    assert [told.rows for told in erasures_of(vault.stores.rows, ERASED)] == [1, 9]


def test_a_disk_that_fails_at_any_step_leaves_an_erasure_that_can_be_finished(
    tmp_path: Path,
) -> None:
    step = 0
    while True:
        (tmp_path / str(step)).mkdir()
        vault = Vault(tmp_path / str(step))
        failing = _failing(vault.stores, at=step)
        try:
            house.erase_case(failing, vault.wanted)
        except NotStored:
            if step:
                assert len(finish_all(vault.stores, house.SIGNERS)) == 1
            else:
                house.erase_case(vault.stores, vault.wanted)
        else:
            break
        finally:
            vault.assert_erased()
            vault.assert_other_stands()
            closed(vault.stores)
        step += 1
    assert step == 9


def test_somebody_who_is_reading_delays_the_end_and_it_is_said(vault: Vault) -> None:
    reader = sqlite3.connect(vault.folder / "rows.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM row").fetchall()
    assert isinstance(vault.stores.rows, SqliteRows)
    vault.stores.rows._base.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(NotStored):
        house.erase_case(vault.stores, vault.wanted)
    assert erasures_of(vault.stores.rows, ERASED) == ()
    reader.close()
    assert len(finish_all(vault.stores, house.SIGNERS)) == 1
    vault.assert_erased()


@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(one, marks=pytest.mark.long) for one in range(5, 205))]
)
def test_a_process_killed_while_erasing_leaves_what_can_be_finished(
    seed: int, tmp_path: Path, root: Path
) -> None:
    vault = Vault(tmp_path)
    closed(vault.stores)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root)))}
    program = [sys.executable, str(Path(house.__file__)), str(tmp_path), *vault.wanted.objects]
    with subprocess.Popen(program, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        # Some 30 ms is what it takes here; each seed stops it elsewhere.
        time.sleep(sha256(bytes([seed])).digest()[0] / 255 * 0.03)
        child.send_signal(signal.SIGKILL)
    vault.stores = house.stores(tmp_path)
    finish_all(vault.stores, house.SIGNERS)
    if not erasures_of(vault.stores.rows, ERASED):
        # It was killed before its order stood: nothing of the case may be gone.
        assert all(secret[:64] in vault.held() for secret in vault.secrets)
        assert set(vault.wanted.objects) <= set(vault.stores.objects.names())
        house.erase_case(vault.stores, vault.wanted)
    vault.assert_erased()
    vault.assert_other_stands()


def closed(found: Stores) -> None:
    assert isinstance(found.rows, SqliteRows)
    found.rows.close()


def _failing(found: Stores, *, at: int) -> Stores:
    """The same stores, of which the change of that number, counted from nought, fails."""
    left = [at]

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def changed(*given: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise NotStored("the disk is full")
            return change(*given)

        return changed

    return msgspec.structs.replace(
        found,
        rows=_Changed(found.rows, counted, ("append", "destroy", "purge")),
        objects=_Changed(found.objects, counted, ("remove",)),
        periods=_Changed(found.periods, counted, ("destroy",)),
    )


class _Changed:
    def __init__(
        self,
        inner: object,
        change: Callable[[Callable[..., object]], Callable[..., object]],
        names: tuple[str, ...],
    ) -> None:
        self._inner, self._change, self._names = inner, change, names

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        return self._change(found) if name in self._names else found


def test_an_order_cannot_be_written_twice_under_one_number(vault: Vault) -> None:
    row = Row(series=f"erasure/{ERASED}", number=2, body=b"x")
    with pytest.raises(RowTaken):
        vault.stores.rows.append([row])


def _order(series: str, **changed: Json) -> dict[str, Json]:
    """An order for the erasure of one row, signed by Anna."""
    order: dict[str, Json] = {
        "schema": SCHEMA,
        "step": "ordered",
        "case": ERASED,
        "by": "u-anna",
        "version": 1,
        "day": "2026-11-18",
        "rows": [[series, 1]],
        "objects": [],
        "periods": [],
    }
    signature = ANNA.sign(labelled("erasure-order", canonical(order)))
    return {**order, "signature": to_text(signature), **changed}


def _ordered(vault: Vault, order: dict[str, Json]) -> None:
    rows = vault.stores.rows
    rows.append([Row(series=f"erasure/{ERASED}", number=1, body=canonical(order))])


@pytest.mark.parametrize(
    "series", ["audit", f"grants/{OTHER}", f"revisions/{OTHER}/account", f"erasure/{ERASED}"]
)
def test_an_order_reaches_no_further_than_its_case(vault: Vault, series: str) -> None:
    _ordered(vault, _order(series))
    rows = vault.stores.rows
    before = [row.body for row in rows.read(series)]
    with pytest.raises(Malformed, match="that names"):
        finish_all(vault.stores, house.SIGNERS)
    assert [row.body for row in rows.read(series)] == before


@pytest.mark.parametrize(
    "forged",
    [
        {"by": "u-boris"},
        {"periods": ["2023-11"]},
        {"objects": ["ab" * 32]},
        {"signature": to_text(bytes(64))},
        {"version": 2},
    ],
)
def test_an_order_that_somebody_put_in_destroys_nothing(
    vault: Vault, forged: dict[str, Json]
) -> None:
    series = f"grants/{ERASED}"
    _ordered(vault, _order(series, **forged))
    with pytest.raises(OrderForged, match=f"order 1 of {ERASED}"):
        finish_all(vault.stores, house.SIGNERS)
    assert all(row.body is not None for row in vault.stores.rows.read(series))
    assert vault.stores.periods.periods() == ("2023-10", "2023-11")
    assert set(vault.wanted.objects) <= set(vault.stores.objects.names())


def test_a_forged_order_does_not_keep_a_true_one_from_being_finished(vault: Vault) -> None:
    forged = Row(series="erasure/c-0", number=1, body=canonical(_order("x", case="c-0")))
    vault.stores.rows.append([forged])
    _ordered(vault, _order(f"grants/{ERASED}"))
    with pytest.raises(OrderForged):
        finish_all(vault.stores, house.SIGNERS)
    assert [told.rows for told in erasures_of(vault.stores.rows, ERASED)] == [1]


def test_a_series_begun_after_the_preview_stops_the_erasure(vault: Vault) -> None:
    whole = holdings_of(vault.stores.rows, ERASED, objects=vault.wanted.objects)
    shown = preview(whole, vault.stores).digest
    vault.stores.rows.append([Row(series=f"links/{ERASED}", number=1, body=b"new")])
    with pytest.raises(PreviewStale):
        erase(whole, shown, vault.stores, by=ANNA, at=AT)


def test_what_is_written_while_it_goes_on_is_told(vault: Vault) -> None:
    whole = holdings_of(vault.stores.rows, ERASED, objects=vault.wanted.objects)
    rows = vault.stores.rows

    class _Busy(_Changed):
        def purge(self) -> None:
            rows.append([Row(series=f"links/{ERASED}", number=1, body=b"new")])
            rows.purge()

    busy = msgspec.structs.replace(vault.stores, rows=_Busy(rows, lambda change: change, ()))
    with pytest.raises(WrittenMeanwhile, match=f"links/{ERASED}"):
        erase(whole, preview(whole, busy).digest, busy, by=ANNA, at=AT)
    assert len(erasures_of(rows, ERASED)) == 1


def test_a_damaged_row_of_the_audit_is_told_and_stops_nothing(vault: Vault) -> None:
    rows = vault.stores.rows
    last = rows.last("audit")
    assert last is not None
    rows.append([Row(series="audit", number=last.number + 1, body=b"damaged")])
    remains = dict(preview(vault.wanted, vault.stores).remains)
    assert remains[Remains.DAMAGED_AUDIT_ROWS] == 1
    assert remains[Remains.AUDIT_ROWS] == 1
    house.erase_case(vault.stores, vault.wanted)
    vault.assert_erased()
