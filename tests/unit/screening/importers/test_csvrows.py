import pytest

from safeconduct.reference.importing import ImportRejected, RowMistake
from safeconduct.screening.importers.csvrows import records, rows, split


def test_rows_come_with_the_line_on_which_they_start() -> None:
    rejected: list[RowMistake] = []
    text = 'a,b\r\n\r\n"one\ntwo",x\r\ny,z\r\n'
    found = list(rows(text, rejected))
    assert found == [(1, ["a", "b"]), (3, ["one\ntwo", "x"]), (5, ["y", "z"])]
    assert rejected == []


def test_a_row_with_too_many_or_too_few_cells_is_told_with_its_line() -> None:
    rejected: list[RowMistake] = []
    assert len(list(rows("a,b\n1\n1,2,3\n1,2\n", rejected))) == 2
    assert [one.line for one in rejected] == [2, 3]


def test_a_row_with_wrong_quotes_is_told_and_the_next_is_read() -> None:
    rejected: list[RowMistake] = []
    assert [row for _, row in rows('a,b\n"x"y,1\n2,3\n', rejected)] == [["a", "b"], ["2", "3"]]
    assert [one.line for one in rejected] == [2]


def test_quotes_within_a_cell_are_left_out_where_the_list_is_known_to_have_them() -> None:
    rejected: list[RowMistake] = []
    text = 'a;b\n"x" y;1\nz "w";2\n'
    found = [row for _, row in rows(text, rejected, delimiter=";", lenient=True)]
    assert found == [["a", "b"], ["x y", "1"], ['z "w"', "2"]]
    assert rejected == []


@pytest.mark.parametrize("text", ['a,b\n1,"two', "a,b\n1,2\n3", 'a,b\n"1'])
def test_a_file_that_ends_in_a_cell_or_a_row_is_refused(text: str) -> None:
    with pytest.raises(ImportRejected, match="middle"):
        list(rows(text, []))


def test_a_file_without_a_last_line_break_is_not_taken_for_a_cut_one() -> None:
    assert len(list(rows("a,b\n1,2", []))) == 2


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ImportRejected, match="two columns"):
        list(records("a,a\n1,2\n", []))


def test_values_of_a_cell_come_apart_unless_they_stand_in_quotes() -> None:
    assert split("") == ()
    assert split("one") == ("one",)
    assert split('one; "two; three";four') == ("one", "two; three", "four")
    assert split('"""said"" he"; x') == ('"said" he', "x")
