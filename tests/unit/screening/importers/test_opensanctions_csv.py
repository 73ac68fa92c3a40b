from collections.abc import Callable

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers.opensanctions_csv import read_opensanctions_csv

Example = Callable[[str], bytes]


def test_a_row_becomes_an_entity(example: Example) -> None:
    read = read_opensanctions_csv(example("targets.simple.csv"))
    taras, lily = read.entities
    assert (read.as_of, read.title) == ("2026-03-13", "Example List")
    assert [(name.text, name.kind) for name in taras.names] == [
        ("KUZUBOV Taras Petrovich", "name"),
        ("КУЗУБОВ Тарас Петрович", "alias"),
        ("Kuzubov; the elder", "alias"),
    ]
    assert [day.value for day in taras.birth_dates] == ["1964-05-12", "1966"]
    assert (taras.countries, taras.countries_said) == (("ru",), ("suhh",))
    assert taras.citizenships == ()
    assert taras.documents[0].number == "AB1234567"
    assert taras.notes == ("Made up; for a test",)
    assert lily.schema == "Vessel"


def test_a_row_without_an_id_is_told(example: Example) -> None:
    (wrong,) = read_opensanctions_csv(example("targets.simple.csv")).rejected
    assert wrong.line == 4


@pytest.mark.parametrize("tail", [b"", b"abc", b'NK-d4,Person,"KUZ'])
def test_a_file_that_is_cut_is_refused(example: Example, tail: bytes) -> None:
    original = example("targets.simple.csv")
    whole = original[: original.index(b"\n,Person") + 1]
    if not tail:
        whole = whole[:-60]
    with pytest.raises(ImportRejected, match="middle"):
        read_opensanctions_csv(whole + tail)


def test_another_table_is_refused() -> None:
    with pytest.raises(ImportRejected, match="no column"):
        read_opensanctions_csv(b"id,name\n1,2\n")
