"""Revisions are appended, never overwritten; a save on an old base is refused and told."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault.audit.log import CHAIN, Act, write_act
from safeconduct.vault.chains.entries import KeyNotHeld, KeyTurned, as_row, payload_key
from safeconduct.vault.chains.verifying import FaultKind, verify_chain
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.keys.cases import Compartment, Purpose, new_case_key, next_case_key
from safeconduct.vault.revisions.saving import (
    MOST_BYTES,
    BaseIsOld,
    Listed,
    NoSuchRevision,
    history,
    newest_number,
    prepare,
    read_revision,
    restore,
    revisions_chain,
    save,
)
from safeconduct.vault.storage.rows import Row, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows

KEY = new_case_key("c-1", Compartment.ACCOUNT)
AT = 1_700_000_000
ACCOUNT = Compartment.ACCOUNT
NAME = "revisions/c-1/account"


@pytest.fixture
def rows(tmp_path: Path) -> SqliteRows:
    """An empty database."""
    return SqliteRows(tmp_path / "rows.sqlite")


def put(rows: SqliteRows, text: bytes, base: int, by: str = "u-anna") -> int:
    return save(rows, text, base=base, key=KEY, at=AT + base, by=by).number


def test_every_revision_is_read_as_it_was_saved(rows: SqliteRows) -> None:
    for number in range(3):
        assert put(rows, b"text %d" % number, number) == number + 1
    for number in range(3):
        found = read_revision(rows, number + 1, keys=[KEY])
        assert (found.document, found.at, found.by) == (b"text %d" % number, AT + number, "u-anna")
        assert found.restores == 0
        assert "text" not in repr(found)
    assert newest_number(rows, "c-1", ACCOUNT) == 3
    assert newest_number(rows, "c-2", ACCOUNT) == 0


def test_the_history_needs_no_key(rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    put(rows, b"two", 1, by="u-boris")
    key = "c-1/account/1/revision"
    assert list(history(rows, "c-1", ACCOUNT)) == [
        Listed(number=1, day="2023-11-14", by="u-anna", key=key),
        Listed(number=2, day="2023-11-14", by="u-boris", key=key),
    ]
    assert list(history(rows, "c-1", Compartment.IDENTITY)) == []
    assert [one.number for one in history(rows, "c-1", ACCOUNT, first=2)] == [2]


@pytest.mark.parametrize("base", [0, 1, 3])
def test_a_save_on_another_base_is_refused_and_told(base: int, rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    put(rows, b"two", 1)
    with pytest.raises(BaseIsOld) as told:
        put(rows, b"mine", base)
    assert (told.value.base, told.value.newest) == (base, 2)
    assert newest_number(rows, "c-1", ACCOUNT) == 2
    assert read_revision(rows, 2, keys=[KEY]).document == b"two"


def test_of_two_who_save_at_once_the_slower_is_told(
    rows: SqliteRows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(rows, b"one", 0)
    other = SqliteRows(tmp_path / "rows.sqlite")
    own = rows.append

    def slower(mine: list[Row]) -> None:
        monkeypatch.setattr(rows, "append", own)
        put(other, b"theirs", 1, by="u-boris")
        own(mine)

    monkeypatch.setattr(rows, "append", slower)
    with pytest.raises(BaseIsOld) as told:
        put(rows, b"mine", 1)
    assert told.value.newest == 2
    assert read_revision(rows, 2, keys=[KEY]).document == b"theirs"


def test_a_restored_revision_is_a_new_one_and_the_others_stay(rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    put(rows, b"two", 1)
    restore(rows, 1, base=2, key=KEY, at=AT + 9, by="u-boris")
    found = read_revision(rows, 3, keys=[KEY])
    assert (found.document, found.restores, found.by) == (b"one", 1, "u-boris")
    assert read_revision(rows, 2, keys=[KEY]).document == b"two"
    with pytest.raises(BaseIsOld):
        restore(rows, 1, base=2, key=KEY, at=AT, by="u-anna")
    with pytest.raises(NoSuchRevision):
        restore(rows, 7, base=3, key=KEY, at=AT, by="u-anna")


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_revision_that_is_not_there_is_said(number: int, rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    with pytest.raises(NoSuchRevision):
        read_revision(rows, number, keys=[KEY])


def test_older_revisions_need_the_older_key(rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    newer, _ = next_case_key(KEY)
    save(rows, b"two", base=1, key=newer, at=AT, by="u-anna")
    assert read_revision(rows, 2, keys=[newer]).document == b"two"
    with pytest.raises(KeyNotHeld, match="c-1/account/1/revision"):
        read_revision(rows, 1, keys=[newer])
    assert read_revision(rows, 1, keys=[newer, KEY]).document == b"one"
    restore(rows, 1, base=2, key=newer, older=[KEY], at=AT, by="u-anna")
    assert read_revision(rows, 3, keys=[newer]).document == b"one"
    with pytest.raises(KeyNotHeld):
        read_revision(rows, 1, keys=[])


def test_each_compartment_has_a_document_of_its_own(rows: SqliteRows) -> None:
    put(rows, b"account", 0)
    advice = new_case_key("c-1", Compartment.LEGAL_ADVICE)
    save(rows, b"advice", base=0, key=advice, at=AT, by="u-anna")
    assert read_revision(rows, 1, keys=[advice]).document == b"advice"
    assert read_revision(rows, 1, keys=[KEY]).document == b"account"
    assert rows.series("revisions/") == (NAME, "revisions/c-1/legal-advice")


def test_the_act_and_the_revision_are_written_together_or_not_at_all(rows: SqliteRows) -> None:
    audit = payload_key(KEY, Purpose.AUDIT)
    act = Act(what="save", at=AT, by="u-anna", case="c-1")
    first, late = (prepare(rows, b"x", base=0, key=KEY, at=AT, by="u-anna") for _ in range(2))
    write_act(rows, act, key=audit, beside=[as_row(first)])
    with pytest.raises(RowTaken):
        write_act(rows, act, key=audit, beside=[as_row(late)])
    assert [one.number for one in rows.read(CHAIN)] == [1]
    assert newest_number(rows, "c-1", ACCOUNT) == 1
    stray = Row(series="other", number=2, body=b"")
    with pytest.raises(RowTaken):
        save(rows, b"y", base=1, key=KEY, at=AT, by="u-anna", beside=[stray])
    assert newest_number(rows, "c-1", ACCOUNT) == 1


def test_the_longest_document_fits_and_a_longer_one_is_refused(rows: SqliteRows) -> None:
    longest = bytes(MOST_BYTES)
    put(rows, longest, 0)
    assert read_revision(rows, 1, keys=[KEY]).document == longest
    body = next(rows.read(NAME)).body
    assert body is not None
    assert len(body) < 12_000_000
    with pytest.raises(NotUsable):
        put(rows, longest + b"x", 1)
    assert newest_number(rows, "c-1", ACCOUNT) == 1


def test_a_chain_goes_on_behind_a_row_that_was_erased(rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    rows.destroy([(NAME, 1)])
    assert list(history(rows, KEY.case, KEY.compartment)) == []
    put(rows, b"two", 1)
    assert read_revision(rows, 2, keys=[KEY]).document == b"two"
    with pytest.raises(Malformed):
        read_revision(rows, 1, keys=[KEY])
    found = verify_chain(NAME, rows.read(NAME), checkpoints=(), signers={})
    assert [(one.kind, one.number) for one in found.faults] == [(FaultKind.DESTROYED, 1)]


def test_nothing_is_saved_behind_a_damaged_row(rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    row = next(iter(rows.read(NAME)))
    rows.append([Row(series=NAME, number=2, body=(row.body or b"") + b" ")])
    with pytest.raises(Malformed):
        put(rows, b"two", 2)


def test_nothing_is_saved_with_a_key_that_was_turned(rows: SqliteRows) -> None:
    put(rows, b"one", 0)
    newer, _ = next_case_key(KEY)
    save(rows, b"two", base=1, key=newer, at=AT, by="u-anna")
    with pytest.raises(KeyTurned):
        put(rows, b"three", 2)
    save(rows, b"three", base=2, key=newer, at=AT, by="u-anna")


def test_a_row_moved_to_another_number_is_found_without_a_key(rows: SqliteRows) -> None:
    for number in range(3):
        put(rows, b"text %d" % number, number)
    stored = list(rows.read(NAME))
    moved = [stored[0], Row(series=NAME, number=2, body=stored[2].body)]
    found = verify_chain(NAME, moved, checkpoints=(), signers={})
    assert [(one.kind, one.number) for one in found.faults] == [(FaultKind.MOVED, 2)]


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.binary(max_size=2_000), min_size=1, max_size=6))
def test_no_word_of_a_document_stands_in_the_clear(
    texts: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("revisions")
    rows = SqliteRows(folder / "rows.sqlite")
    for number, text in enumerate(texts):
        put(rows, b"canary" + text, number)
    sizes = {len(one.body or b"") for one in rows.read(NAME)}
    assert all(abs(a - b) >= 40 for a, b in pairwise(sorted(sizes)))
    rows.close()
    assert all(b"canary" not in one.read_bytes() for one in folder.iterdir())
    again = SqliteRows(folder / "rows.sqlite")
    for number, text in enumerate(texts, start=1):
        assert read_revision(again, number, keys=[KEY]).document == b"canary" + text
    again.close()


def test_the_chain_names_case_and_compartment() -> None:
    assert revisions_chain("c-1", Compartment.LEGAL_ADVICE) == "revisions/c-1/legal-advice"
