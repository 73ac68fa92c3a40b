"""Each item's story is read back in order, whole or not at all, and tells a thief nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault.chains.entries import KeyNotHeld, as_row, next_entry
from safeconduct.vault.chains.verifying import verify_chain
from safeconduct.vault.evidence.custody import (
    SCHEMA,
    CustodyBroken,
    CustodyEvent,
    Handling,
    custody_chain,
    custody_key,
    custody_of,
    write_event,
)
from safeconduct.vault.formats.canonical import canonical
from safeconduct.vault.formats.errors import Malformed, NotOpened
from safeconduct.vault.keys.cases import Compartment, new_case_key, next_case_key
from safeconduct.vault.storage.rows import Row, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows

KEY = new_case_key("c-1", Compartment.ACCOUNT)
HASH = "a" * 64


def event(handling: Handling, item: str = "item-1", at: int = 100, **facts: str) -> CustodyEvent:
    return CustodyEvent(item=item, handling=handling, at=at, by="u-anna", sha256=HASH, facts=facts)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[SqliteRows]:
    made = SqliteRows(tmp_path / "rows.sqlite")
    yield made
    made.close()


def test_the_events_of_an_item_come_back_in_order(rows: SqliteRows) -> None:
    story = [event(one, at=at, to="canary") for at, one in enumerate(Handling)]
    for one in story:
        write_event(rows, one, key=KEY)
        if one.handling is Handling.RECEIVED:
            write_event(rows, event(Handling.RECEIVED, item="item-2"), key=KEY)
    assert list(custody_of(rows, "item-1", keys=[KEY])) == story
    assert [one.handling for one in custody_of(rows, "item-2", keys=[KEY])] == ["received"]
    assert custody_of(rows, "item-3", keys=[KEY]) == ()
    chain = custody_chain("c-1", Compartment.ACCOUNT)
    report = verify_chain(chain, rows.read(chain), checkpoints=(), signers={})
    assert (report.is_intact, report.rows) == (True, len(story) + 1)


@settings(deadline=None)
@given(story=st.lists(st.sampled_from(Handling), max_size=6))
def test_an_item_is_received_first_and_once_and_nothing_follows_its_erasure(
    story: list[Handling], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = SqliteRows(tmp_path_factory.mktemp("c") / "rows.sqlite")
    kept: list[Handling] = []
    for handling in story:
        try:
            write_event(rows, event(handling), key=KEY)
        except CustodyBroken:
            fits = (handling is Handling.RECEIVED) == (not kept)
            assert not fits or Handling.ERASED in kept
        else:
            kept.append(handling)
    assert [one.handling for one in custody_of(rows, "item-1", keys=[KEY])] == kept
    assert kept[1:].count(Handling.RECEIVED) == 0
    assert Handling.ERASED not in kept[:-1]
    rows.close()


def test_an_event_under_a_key_that_is_not_held_is_said(rows: SqliteRows) -> None:
    newer, _ = next_case_key(KEY)
    write_event(rows, event(Handling.RECEIVED), key=KEY)
    with pytest.raises(KeyNotHeld):
        write_event(rows, event(Handling.VIEWED), key=newer)
    write_event(rows, event(Handling.VIEWED), key=newer, older=[KEY])
    assert len(custody_of(rows, "item-1", keys=[newer, KEY])) == 2
    for held in ([newer], [KEY], []):
        with pytest.raises(KeyNotHeld):
            custody_of(rows, "item-1", keys=held)
    with pytest.raises(NotOpened):
        other = new_case_key("c-1", Compartment.ACCOUNT)
        custody_of(rows, "item-1", keys=[newer, other])


def test_nothing_of_an_event_stands_in_the_clear(rows: SqliteRows, tmp_path: Path) -> None:
    write_event(rows, event(Handling.RECEIVED, item="item-canary", source="canary"), key=KEY)
    held = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert b"c-1" in held
    for word in (b"canary", b"received", HASH.encode()):
        assert word not in held


def test_rows_beside_an_event_are_written_with_it_or_not_at_all(rows: SqliteRows) -> None:
    good = Row(series="files", number=1, body=b"x")
    write_event(rows, event(Handling.RECEIVED), key=KEY, beside=[good])
    with pytest.raises(RowTaken):
        write_event(rows, event(Handling.VIEWED), key=KEY, beside=[good])
    assert len(custody_of(rows, "item-1", keys=[KEY])) == 1


@pytest.mark.parametrize(
    "change", [{"facts": []}, {"handling": "burnt"}, {"at": -1}, {"item": 1}, {"schema": "x"}]
)
def test_a_payload_that_is_no_event_is_malformed(
    change: dict[str, object], rows: SqliteRows
) -> None:
    said: dict[str, object] = {
        "schema": SCHEMA,
        "item": "item-1",
        "handling": "received",
        "at": 1,
        "sha256": HASH,
        "facts": {},
    }
    chain, key = custody_chain("c-1", Compartment.ACCOUNT), custody_key(KEY)
    entry = next_entry(
        chain, None, canonical({**said, **change}), key=key, at=1, by="u-anna", case="c-1"
    )
    rows.append([as_row(entry)])
    with pytest.raises(Malformed):
        custody_of(rows, "item-1", keys=[KEY])
