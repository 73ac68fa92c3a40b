import pytest

from safeconduct.reference.importing import ImportRejected, RowMistake
from safeconduct.screening.importers.tables import guessed_separator, table_rows


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2\n", ";"),
        ("A title, with a comma\na\tb\n1\t2\n", "\t"),
        ("Name|Also\nTaras|T; K\n", "|"),
        ("one column\n", ","),
        ("", ","),
    ],
)
def test_the_separator_is_the_sign_that_most_lines_hold(text: str, separator: str) -> None:
    assert guessed_separator(text) == separator


def test_rows_come_without_blank_ones_and_without_space_around() -> None:
    rejected: list[RowMistake] = []
    rows = list(table_rows(b"\xef\xbb\xbf a , b \n,\n\n 1\xc2\xa0x ,2\n", rejected))
    assert rows == [(1, ["a", "b"]), (4, ["1 x", "2"])]
    assert rejected == []


def test_rows_may_differ_in_length_but_for_a_last_one_that_is_cut() -> None:
    assert len(list(table_rows(b"title\na,b,c\n1,2,3\nsum\n", []))) == 4
    with pytest.raises(ImportRejected, match="middle"):
        list(table_rows(b"title\na,b,c\n1,2,3\nsum", []))
