"""Grants and rotations as they are stored: whole or not at all, and found again."""

from pathlib import Path

import pytest

from safeconduct.vault.formats.canonical import canonical
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.keys.access import (
    Filed,
    filed_grants,
    filed_text,
    give,
    grants_series,
    link_to,
    read_filed,
    store_rotation,
    version_of,
)
from safeconduct.vault.keys.cases import Compartment, new_case_key, previous_case_key
from safeconduct.vault.keys.grants import GrantReplayed, Wanted, open_grant
from safeconduct.vault.keys.staff import new_staff_keys
from safeconduct.vault.storage.rows import Row, RowTaken
from safeconduct.vault.storage.sqlite_rows import SqliteRows

ANNA, BORIS = new_staff_keys("u-anna"), new_staff_keys("u-boris")
CASE, PART = "c-1", Compartment.ACCOUNT
GIVERS = {("u-anna", 1): ANNA.card}


@pytest.fixture
def rows(tmp_path: Path) -> SqliteRows:
    return SqliteRows(tmp_path / "rows.sqlite")


def wanted(version: int, *revoked: str) -> Wanted:
    return Wanted(case=CASE, compartment=PART, version=version, revoked=revoked)


def test_a_stored_grant_opens_and_is_revoked_by_the_id_that_it_lies_under(rows: SqliteRows) -> None:
    key = new_case_key(CASE, PART)
    given = give(rows, key, to=BORIS.card, by=ANNA, at=1, until=9)
    assert list(filed_grants(rows, CASE, PART)) == [given]
    opened = open_grant(given.sealed, keys=BORIS, wanted=wanted(1), givers=GIVERS, now=2)
    assert opened.key == key
    with pytest.raises(GrantReplayed):
        open_grant(given.sealed, keys=BORIS, wanted=wanted(1, given.id), givers=GIVERS, now=2)


def test_a_rotation_is_stored_whole_and_the_version_counts_up(rows: SqliteRows) -> None:
    key = new_case_key(CASE, PART)
    for card in (ANNA.card, BORIS.card):
        give(rows, key, to=card, by=ANNA, at=1, until=9)
    assert version_of(rows, CASE, PART) == 1
    turned = store_rotation(rows, key, staying=[ANNA.card], by=ANNA, at=1, until=9)
    assert version_of(rows, CASE, PART) == 2
    last = list(filed_grants(rows, CASE, PART))[-1]
    assert (last.recipient, last.version) == ("u-anna", 2)
    opened = open_grant(last.sealed, keys=ANNA, wanted=wanted(2), givers=GIVERS, now=2)
    assert opened.key == turned.key
    assert previous_case_key(opened.key, link_to(rows, CASE, PART, 2)) == key


def test_two_who_turn_one_key_do_not_both_turn_it(rows: SqliteRows) -> None:
    key = new_case_key(CASE, PART)
    store_rotation(rows, key, staying=[ANNA.card], by=ANNA, at=1, until=9)
    before = list(filed_grants(rows, CASE, PART))
    with pytest.raises(RowTaken):
        store_rotation(rows, key, staying=[BORIS.card], by=ANNA, at=1, until=9)
    assert list(filed_grants(rows, CASE, PART)) == before
    assert version_of(rows, CASE, PART) == 2


def test_without_a_link_there_is_no_way_back(rows: SqliteRows) -> None:
    with pytest.raises(Malformed, match="version 2"):
        link_to(rows, CASE, PART, 2)


def test_a_case_has_an_opaque_id_in_the_names_of_its_series(rows: SqliteRows) -> None:
    with pytest.raises(NotUsable):
        version_of(rows, "Ivanov", PART)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"sealed",
        canonical({"schema": "safeconduct/grant/1", "id": "a", "recipient": "b", "version": 1}),
        canonical(
            {
                "schema": "safeconduct/grant/1",
                "id": "a",
                "recipient": "b",
                "version": 1,
                "sealed": "AA",
                "more": 1,
            }
        ),
    ],
)
def test_what_is_no_filed_grant_is_refused(rows: SqliteRows, text: bytes) -> None:
    rows.append([Row(series=grants_series(CASE, PART), number=1, body=text)])
    with pytest.raises(Malformed):
        list(filed_grants(rows, CASE, PART))


def test_a_filed_grant_is_read_back() -> None:
    one = Filed(id="a", recipient="u-boris", version=3, sealed=b"box")
    assert read_filed(filed_text(one)) == one
