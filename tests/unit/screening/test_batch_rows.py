"""Rows of a batch file: what is read, and what is rejected by itself without spoiling the rest."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.batch_rows import (
    MOST_LINE,
    BatchRefused,
    BatchRow,
    batch_rows,
    format_of,
    ignored_columns,
)

HEADER = b"id,names,born,sex,citizenships,birth_place,documents\n"


def from_csv(*lines: bytes, header: bytes = HEADER) -> list[BatchRow]:
    return list(batch_rows([header, *lines], "csv"))


def from_json(*lines: bytes) -> list[BatchRow]:
    return list(batch_rows(lines, "jsonl"))


def test_every_column_of_a_row_is_read() -> None:
    (row,) = from_csv(
        "r1,Taras Zaliznyak;Тарас Залізняк,1984-05-12,M,ua;RU,Львів,АА 12;77\n".encode()
    )
    assert row.error is None
    sought = row.sought
    assert sought is not None
    assert sought.names == ("Taras Zaliznyak", "Тарас Залізняк")
    assert (sought.id, sought.born, sought.sex) == ("r1", ("1984-05-12",), "male")
    assert sought.citizenships == ("ua", "ru")
    assert (sought.birth_places, sought.documents) == (("Львів",), ("АА 12", "77"))


def test_json_lines_say_the_same_as_csv() -> None:
    (csv,) = from_csv(b"r1,Ivan Kuzubov,1984,,RU,,\n")
    (json,) = from_json(b'{"id":"r1","names":["Ivan Kuzubov"],"born":"1984","citizenships":["RU"]}')
    assert csv.sought == json.sought


def test_what_is_missing_or_empty_is_unknown() -> None:
    for row in (
        *from_csv(b"r1,Ivan,,,,,\n"),
        *from_json(b'{"id": 1, "names": "Ivan", "sex": null}'),
    ):
        assert row.sought is not None
        assert row.sought.born is None
        assert row.sought.sex is None
        assert row.sought.citizenships == row.sought.documents == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b",Ivan,,,,,", "id: found nothing"),
        (b"r1,,,,,,", "names: found nothing"),
        (b"r1,?!,,,,,", "one name at least"),
        (b"r1,Ivan,12.05.1984,,,,", "born: found `12.05.1984`; accepted: 1964"),
        (b"r1,Ivan,1984-02-31,,,,", "born"),
        (b"r1,Ivan,,unknown,,,", "accepted: female, male, other"),
        (b"r1,Ivan,,,Russia,,", "citizenships: found `Russia`"),
        (b"r1,Ivan", "2 values; accepted: 7"),
        (b'r1,"Ivan,,,,,', "each row on one line"),
        (b"r1,\xff\xfe,,,,,", "UTF-8"),
        (b"r1,\x00,,,,,", "one name at least"),
        (b"r1," + b"x" * MOST_LINE, "bytes"),
        (b"r1,Ivan\xe2\x80\xaeX,19\xe2\x80\xae,,,,", "19\\u202e"),
    ],
)
def test_a_bad_row_says_what_is_accepted_and_spoils_no_other(line: bytes, said: str) -> None:
    bad, good = from_csv(line + b"\n", b"r2,Ivan Kuzubov,,,,,\n")
    assert bad.sought is None
    assert bad.error is not None
    assert said in bad.error
    assert "accepted: " in bad.error
    assert good.sought is not None
    assert (bad.number, bad.line, good.number, good.line) == (1, 2, 2, 3)


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b'"text"',
        b"{",
        b'{"id": "a"}',
        b'{"id": "a", "names": []}',
        b'{"id": "a", "names": [1]}',
        b'{"id": "a", "names": {"a": "b"}}',
        b'{"id": true, "names": ["Ivan"]}',
        b'{"id": "a", "names": ["Ivan"], "born": 1984}',
        b'{"id": "a", "names": ["Ivan"], "documents": [["x"]]}',
        b'{"id": "' + b"a" * 201 + b'", "names": ["Ivan"]}',
        b"[" * 10_000,
    ],
)
def test_json_that_is_no_row_is_rejected(line: bytes) -> None:
    bad, good = from_json(line, b'{"id": "b", "names": ["Ivan"]}')
    assert bad.error is not None
    assert "accepted: " in bad.error
    assert good.sought is not None


def test_an_id_given_again_is_rejected_and_the_first_stays() -> None:
    rows = from_csv(b"r1,Ivan,,,,,\n", b"r2,Taras,,,,,\n", b"r1,Arman,,,,,\n")
    assert [row.error is None for row in rows] == [True, True, False]
    assert "`r1` again" in str(rows[2].error)
    assert rows[2].id == "r1"


def test_empty_lines_are_no_rows_but_lines() -> None:
    rows = from_csv(b"\n", b"r1,Ivan,,,,,\n", b"  \n", b"r2,Taras,,,,,")
    assert [(row.number, row.line, row.id) for row in rows] == [(1, 3, "r1"), (2, 5, "r2")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_value() -> None:
    (row,) = from_csv(b"r1,Ivan\r\n", header=b"\xef\xbb\xbfid,names\r\n")
    assert row.sought is not None
    assert row.sought.names == ("Ivan",)
    (row,) = from_json(b'\xef\xbb\xbf{"id": "r1", "names": ["Ivan"]}\r\n')
    assert row.error is None


def test_columns_that_are_not_read_are_named_and_passed_over() -> None:
    header = b"id,note,names\n"
    assert ignored_columns(header) == ("note",)
    (row,) = from_csv(b"r1,x,Ivan\n", header=header)
    assert row.sought is not None


@pytest.mark.parametrize(
    "header", [b"", b"name,born\n", b"id;names\n", b"id,names,id\n", b'"id,x\n']
)
def test_a_header_without_the_needed_columns_refuses_the_file(header: bytes) -> None:
    with pytest.raises(BatchRefused, match="accepted: a header"):
        from_csv(b"r1,Ivan\n", header=header)


def test_the_name_of_the_file_tells_its_format() -> None:
    assert [format_of(name) for name in ("a.csv", "b.JSONL", "c.ndjson")] == [
        "csv",
        "jsonl",
        "jsonl",
    ]
    with pytest.raises(BatchRefused, match=r"\.csv or \.jsonl"):
        format_of("a.xlsx")


@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line)), st.booleans())
def test_each_line_that_is_not_empty_gives_one_row_whatever_it_holds(
    lines: list[bytes], as_csv: bool
) -> None:
    given_lines = [line + b"\n" for line in lines]
    rows = from_csv(*given_lines) if as_csv else from_json(*given_lines)
    assert len(rows) == sum(bool(line.strip()) for line in given_lines)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all((row.sought is None) != (row.error is None) for row in rows)
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(rows), type=list[BatchRow])
    assert again == rows
