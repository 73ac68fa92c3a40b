"""The pure part of a batch: lines in order, and what of an interrupted output counts."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.batch import (
    BatchChanged,
    MadeFrom,
    chunks,
    kept,
    refuse_changed,
    screened,
)
from safeconduct.screening.batch_rows import BatchRow, batch_rows
from safeconduct.screening.entities import Entity, ListedDay, ListedName
from safeconduct.screening.screening import ListUsed
from safeconduct.screening.watchlists import Watchlist

ROWS = (
    b"id,names,born\n",
    b"a,Mykola Zaliznyak,1984-05-12\n",
    b"b,Somebody Else,\n",
    b"c,Arman Beridze,yesterday\n",
    b"d,Nikolai Zaliznyak,\n",
    "e,Микола Залізняк,1951\n".encode(),
)
LIST = ListUsed("made-up", "2026-11-01", "0a" * 32)
BEFORE = MadeFrom(
    schema="safeconduct/screening-batch/1",
    software="safeconduct 0",
    input_sha256="0b" * 32,
    lists=(LIST,),
)


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    """A list with one entry, made up."""
    entry = Entity(
        id="x1",
        schema="Person",
        caption="Mykola Zaliznyak",
        names=(ListedName(text="Mykola Zaliznyak"),),
        birth_dates=(ListedDay(text="1984-05-12", value="1984-05-12"),),
    )
    return Watchlist.of([entry], id="made-up", as_of="2026-11-01")


def rows() -> list[BatchRow]:
    return list(batch_rows(ROWS, "csv"))


@pytest.fixture(scope="module")
def whole(watchlist: Watchlist) -> bytes:
    """All lines, made at once."""
    return screened(rows(), [watchlist])[0]


def test_every_row_has_its_line_in_order(watchlist: Watchlist, whole: bytes) -> None:
    found = [msgspec.json.decode(line) for line in whole.splitlines()]
    assert [one["id"] for one in found] == list("abcde")
    bands = [one["band"] for one in found]
    assert bands == ["strong", "nothing_found", None, "review", "nothing_found"]
    counts = screened(rows(), [watchlist])[1]
    assert counts == (5, 1, 1, 1)


@given(st.integers(1, 6))
def test_how_rows_are_handed_over_makes_no_difference(
    watchlist: Watchlist, whole: bytes, size: int
) -> None:
    made = b"".join(screened(some, [watchlist])[0] for some in chunks(rows(), size))
    assert made == whole


def test_without_a_list_a_row_is_not_checked() -> None:
    line = msgspec.json.decode(screened(rows()[:1], [])[0])
    assert (line["status"], line["band"], line["matches"]) == ("not_checked", None, [])


@given(st.data())
def test_of_an_output_cut_anywhere_the_whole_lines_count(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole)))
    found = kept(whole[:at].splitlines(keepends=True))
    assert found.rows == whole[:at].count(b"\n")
    assert found.bytes == whole[:at].rfind(b"\n") + 1
    assert found.rejected == int(found.rows >= 3)


def test_a_line_that_is_not_the_next_one_ends_what_counts(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    assert kept([lines[0], lines[2], lines[1]]).rows == 1
    assert kept([lines[0], b"{}\n", lines[1]]).rows == 1
    assert kept([]) == (0, 0, 0)


def test_the_same_input_lists_and_program_may_go_on() -> None:
    refuse_changed(BEFORE, BEFORE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"input_sha256": "0c" * 32}, "another input"),
        ({"lists": (LIST._replace(as_of="2026-11-02"),)}, "made-up of 2026-11-01"),
        ({"lists": (LIST, LIST)}, "other lists"),
        ({"lists": (LIST._replace(sha256="0d" * 32),)}, "other lists"),
        ({"software": "safeconduct 1"}, "safeconduct 0"),
    ],
)
def test_anything_else_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(BatchChanged, match=said) as refused:
        refuse_changed(BEFORE, msgspec.structs.replace(BEFORE, **change))
    assert refused.value.exit_code == 2
