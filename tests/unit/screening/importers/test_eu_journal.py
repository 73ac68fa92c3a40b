from collections.abc import Callable

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers.eu_journal import read_eu_journal

Example = Callable[[str], bytes]


def test_a_designation_is_read_as_printed(example: Example) -> None:
    taras = read_eu_journal(example("eu_journal.csv")).entities[0]
    assert [(name.text, name.kind) for name in taras.names] == [
        ("Taras Petrovich KUZUBOV", "name"),
        ("Taras Kuzubiv", "alias"),
        ("Kuzubov; the elder", "alias"),
        ("Kuzya", "weak-alias"),
        ("Taras Zhuk", "previous"),
    ]
    assert [(day.value, day.circa) for day in taras.birth_dates] == [
        ("1964-05-12", False), ("1966", True),
    ]  # fmt: skip
    assert taras.citizenships == ("ru",)
    assert taras.countries_said == ("Ruritanian",)
    assert taras.sex == "male"
    assert [paper.number for paper in taras.documents] == ["AB1234567", "954242", "55-44"]
    assert taras.notes == ("Asset freeze", "Made up for a test")
    assert taras.other == (("fatherName", "Petro"),)


def test_rows_of_one_person_keep_identifiers_of_their_own_in_any_order(example: Example) -> None:
    header, first, second, *rest = example("eu_journal.csv").splitlines(keepends=True)
    there = read_eu_journal(b"".join((header, first, second, *rest)))
    back = read_eu_journal(b"".join((header, second, first, *rest)))
    ids = [one.id for one in there.entities]
    assert len(set(ids)) == 3
    assert [one.id for one in back.entities] == [ids[1], ids[0], ids[2]]


def test_a_row_that_stands_twice_is_two_entities(example: Example) -> None:
    rows = example("eu_journal.csv").splitlines(keepends=True)
    read = read_eu_journal(b"".join([*rows, rows[1]]))
    assert len({one.id for one in read.entities}) == len(read.entities) == 4


def test_a_row_without_a_name_is_told(example: Example) -> None:
    assert [one.line for one in read_eu_journal(example("eu_journal.csv")).rejected] == [5]


def test_a_list_of_nothing_is_refused(example: Example) -> None:
    with pytest.raises(ImportRejected):
        read_eu_journal(example("eu_journal.csv").splitlines(keepends=True)[0])
    with pytest.raises(ImportRejected, match="recordId"):
        read_eu_journal(b"a,b\n1,2\n")
