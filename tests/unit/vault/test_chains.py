"""A chain shows every change, move, removal and cut: in a small one each byte and each row."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from safeconduct.vault.audit.log import CHAIN, Act, acts_on, read_act, write_act
from safeconduct.vault.chains.checkpoints import (
    Checkpoint,
    check_signature,
    checkpoint_text,
    read_checkpoint,
    sign_checkpoint,
)
from safeconduct.vault.chains.entries import (
    Entry,
    KeyNotHeld,
    last_entry,
    payload_key,
    read_entry,
)
from safeconduct.vault.chains.verifying import ChainReport, FaultKind, verify_chain
from safeconduct.vault.formats.canonical import canonical
from safeconduct.vault.formats.errors import Malformed, NotOpened
from safeconduct.vault.keys.cases import Compartment, Purpose, new_case_key
from safeconduct.vault.keys.staff import new_staff_keys
from safeconduct.vault.storage.rows import Row
from safeconduct.vault.storage.sqlite_rows import SqliteRows

ANNA, BORIS = new_staff_keys("u-anna"), new_staff_keys("u-boris")
SIGNERS = {("u-anna", 1): ANNA.card}
KEY = payload_key(new_case_key("c-1", Compartment.ACCOUNT), Purpose.AUDIT)
AT = 1_700_000_000


@pytest.fixture
def rows(tmp_path: Path) -> SqliteRows:
    """A database with an audit of five acts."""
    base = SqliteRows(tmp_path / "vault.db")
    for number in range(5):
        act = Act(what="read", at=AT + number, by="u-anna", case="c-1", facts={"item": number})
        write_act(base, act, key=KEY)
    return base


def report(stored: list[Row], *checkpoints: Checkpoint) -> ChainReport:
    return verify_chain(CHAIN, stored, checkpoints=checkpoints, signers=SIGNERS)


def kinds(found: ChainReport) -> set[tuple[FaultKind, int]]:
    return {(one.kind, one.number) for one in found.faults}


def signed(rows: SqliteRows) -> Checkpoint:
    last = last_entry(rows, CHAIN)
    assert isinstance(last, Entry)
    return sign_checkpoint(last, by=ANNA, at=AT + 10)


def test_acts_are_read_back_and_only_with_the_key(rows: SqliteRows) -> None:
    acts = [read_act(entry, KEY) for entry in acts_on(rows, "c-1")]
    assert [act.facts["item"] for act in acts] == [0, 1, 2, 3, 4]
    other = payload_key(new_case_key("c-1", Compartment.IDENTITY), Purpose.AUDIT)
    first = next(acts_on(rows, "c-1"))
    with pytest.raises(KeyNotHeld):
        read_act(first, other)
    same_name = payload_key(new_case_key("c-1", Compartment.ACCOUNT), Purpose.AUDIT)
    with pytest.raises(NotOpened):
        read_act(first, same_name)
    assert list(acts_on(rows, "c-2")) == []


def test_a_whole_chain_has_no_fault_and_says_how_far_it_is_vouched_for(rows: SqliteRows) -> None:
    stored = list(rows.read(CHAIN))
    assert report(stored) == ChainReport(chain=CHAIN, rows=5, faults=(), vouched=0)
    checkpoint = signed(rows)
    assert report(stored, checkpoint).vouched == 5


def test_every_byte_that_is_changed_is_found_at_its_row(rows: SqliteRows) -> None:
    stored = list(rows.read(CHAIN))
    body = stored[2].body
    assert body is not None
    for at in range(len(body)):
        touched = bytearray(body)
        touched[at] ^= 1
        changed = [*stored[:2], Row(series=CHAIN, number=3, body=bytes(touched)), *stored[3:]]
        assert any(number in (3, 4) for _, number in kinds(report(changed))), at


def test_every_row_that_is_moved_or_gone_is_named(rows: SqliteRows) -> None:
    stored = list(rows.read(CHAIN))
    for at in range(4):
        left = [one for one in stored if one.number != at + 1]
        assert (FaultKind.MISSING, at + 1) in kinds(report(left))
        swapped = list(stored)
        swapped[at] = Row(series=CHAIN, number=at + 1, body=stored[at + 1].body)
        swapped[at + 1] = Row(series=CHAIN, number=at + 2, body=stored[at].body)
        found = kinds(report(swapped))
        assert {(FaultKind.MOVED, at + 1), (FaultKind.MOVED, at + 2)} <= found


def test_a_destroyed_row_is_named_and_the_others_stand(rows: SqliteRows) -> None:
    rows.destroy([(CHAIN, 2)])
    assert kinds(report(list(rows.read(CHAIN)))) == {(FaultKind.DESTROYED, 2)}


def test_a_cut_end_shows_by_a_checkpoint_and_only_by_one(rows: SqliteRows) -> None:
    stored, checkpoint = list(rows.read(CHAIN)), signed(rows)
    for kept in range(5):
        cut = stored[:kept]
        assert report(cut).is_intact
        assert kinds(report(cut, checkpoint)) == {(FaultKind.CUT, kept + 1)}


def test_a_chain_written_anew_shows_by_a_checkpoint(rows: SqliteRows, tmp_path: Path) -> None:
    checkpoint = signed(rows)
    anew = SqliteRows(tmp_path / "anew.db")
    for number in range(5):
        write_act(anew, Act(what="read", at=AT + number, by="u-anna", case="c-1"), key=KEY)
    found = report(list(anew.read(CHAIN)), checkpoint)
    assert kinds(found) == {(FaultKind.REWRITTEN, 5)}
    assert found.vouched == 0


def test_a_row_of_another_chain_is_foreign(rows: SqliteRows) -> None:
    stored = list(rows.read(CHAIN))
    found = verify_chain("other", stored, checkpoints=(), signers=SIGNERS)
    assert (FaultKind.FOREIGN, 1) in kinds(found)


def test_a_checkpoint_of_nobody_who_counts_vouches_for_nothing(rows: SqliteRows) -> None:
    last = last_entry(rows, CHAIN)
    assert last is not None
    forged = sign_checkpoint(last, by=BORIS, at=AT)
    found = report(list(rows.read(CHAIN)), forged)
    assert kinds(found) == {(FaultKind.CHECKPOINT_REFUSED, 5)}
    assert found.vouched == 0


def test_a_checkpoint_is_read_as_it_was_written_and_refused_where_changed(
    rows: SqliteRows,
) -> None:
    text = checkpoint_text(signed(rows))
    check_signature(read_checkpoint(text), SIGNERS)
    changed = text.replace(b'"rows":5', b'"rows":4')
    found = report(list(rows.read(CHAIN)), read_checkpoint(changed))
    assert kinds(found) == {(FaultKind.CHECKPOINT_REFUSED, 4)}


def test_a_checkpoint_with_a_word_that_nobody_signed_is_malformed(rows: SqliteRows) -> None:
    row = json.loads(checkpoint_text(signed(rows)))
    with pytest.raises(Malformed):
        read_checkpoint(canonical({**row, "note": "all is well"}))


def test_a_day_in_the_digits_of_another_script_is_none(rows: SqliteRows) -> None:
    body = next(rows.read(CHAIN)).body
    assert body is not None
    row = {**json.loads(body), "day": "٢٠٢٣-١١-١٤"}
    del row["hash"]
    with pytest.raises(Malformed, match="another form"):
        read_entry(canonical({**row, "hash": sha256(canonical(row)).hexdigest()}))


def test_no_word_of_an_act_stands_in_the_clear(tmp_path: Path) -> None:
    base = SqliteRows(tmp_path / "vault.db")
    act = Act(what="canary-act", at=AT, by="u-anna", case="c-1", facts={"canary-key": "canary"})
    write_act(base, act, key=KEY)
    base.close()
    held = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert b"canary" not in held
    assert b"c-1" in held
