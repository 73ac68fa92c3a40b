"""One value has one text; a second text of the same value is refused, not repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.canonical import (
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.days import day_of
from safeconduct.vault.formats.errors import Malformed, NotUsable

SCHEMA = "safeconduct/x/1"


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=9), st.booleans())))
def test_a_row_reads_back_whatever_the_order_of_its_keys(row: dict[str, object]) -> None:
    row = {**row, "schema": SCHEMA}
    try:
        text = canonical(row)
    except NotUsable:
        assert any("\ud800" <= letter <= "\udfff" for key in row for letter in f"{key}{row[key]}")
        return
    assert text == canonical(dict(reversed(row.items())))
    assert read_canonical(text, SCHEMA) == row


@pytest.mark.parametrize(
    "text",
    [
        b'{"schema": "safeconduct/x/1"}',
        b'{"schema":"safeconduct/x/1","schema":"safeconduct/x/1"}',
        b'{"schema":"safeconduct/x/1","a":1.0}',
        b'{"schema":"safeconduct/y/1"}',
        b'["safeconduct/x/1"]',
        b'{"schema":"safeconduct/x/1","a":"\xff"}',
        b'{"b":1,"schema":"safeconduct/x/1","a":1}',
        b'{"a":NaN,"schema":"safeconduct/x/1"}',
        b"",
    ],
)
def test_another_text_of_the_same_value_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed):
        read_canonical(text, SCHEMA)


@given(st.binary(max_size=40))
def test_bytes_have_one_text(data: bytes) -> None:
    assert bytes_of({"a": to_text(data)}, "a") == data


@pytest.mark.parametrize("text", ["AB", "A", "AA==", "A+", "ж", None])
def test_bytes_in_another_text_are_refused(text: object) -> None:
    with pytest.raises(Malformed):
        bytes_of({"a": text}, "a")


def test_a_value_of_another_type_is_refused() -> None:
    for value in (True, -1, "1", 1.5, None):
        with pytest.raises(Malformed):
            number_of({"a": value}, "a")
    with pytest.raises(Malformed):
        text_of({}, "a")
    with pytest.raises(NotUsable):
        canonical({"a": 1 << 60})


def test_a_day_is_that_of_utc() -> None:
    assert day_of(1_700_000_000) == "2023-11-14"
    assert day_of(86_399) == "1970-01-01"
    with pytest.raises(NotUsable):
        day_of(1 << 62)
