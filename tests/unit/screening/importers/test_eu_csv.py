from collections.abc import Callable

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.entities import ListedDocument
from safeconduct.screening.importers.eu_csv import read_eu_csv

Example = Callable[[str], bytes]


def test_rows_of_one_number_become_one_entity(example: Example) -> None:
    read = read_eu_csv(example("eu.csv"))
    taras, guard = read.entities
    assert read.as_of == "2026-08-05"
    assert (taras.id, taras.schema, taras.row) == ("eu-EU.13.1", "Person", 2)
    assert [(name.text, name.kind) for name in taras.names] == [
        ("Taras Petrovich Kuzubov", "name"),
        ("Тарас Петрович Кузубов", "alias"),
        ("Kuzya", "weak-alias"),
    ]
    first, second, _ = taras.names
    assert (first.declared, first.given, first.family) == (True, "Taras", "Kuzubov")
    assert (second.declared, second.language) == (False, "ru")
    assert taras.sex == "male"
    assert taras.positions == ("Commander",)
    assert taras.birth_places == ("Zhmerynka, UKRAINE",)
    assert taras.addresses == ("1 Example Street, Zhmerynka, UKRAINE",)
    assert taras.notes == ("Made up; for a test",)
    assert taras.documents == (ListedDocument(kind="passport", number="AB1234567", country="ru"),)
    assert (guard.schema, guard.caption) == ("Organization", 'NIGHT GUARD "LTD"')


def test_births_are_days_estimates_ranges_or_of_another_calendar(example: Example) -> None:
    days = read_eu_csv(example("eu.csv")).entities[0].birth_dates
    assert [(day.value, day.circa) for day in days] == [
        ("1964-05-12", False), ("1966", True), ("1963/1967", False), (None, False),
    ]  # fmt: skip
    assert days[3].remark == "calendar: ISLAMIC"


def test_unknown_citizenship_is_no_citizenship(example: Example) -> None:
    taras = read_eu_csv(example("eu.csv")).entities[0]
    assert (taras.citizenships, taras.countries_said) == (("ru",), ())


def test_rows_without_a_number_or_a_name_are_told(example: Example) -> None:
    assert [one.line for one in read_eu_csv(example("eu.csv")).rejected] == [14, 15]


def test_quotes_that_the_list_does_not_escape_lose_no_row(example: Example) -> None:
    original = example("eu.csv").replace(b";Kuzya;", b';"Kuzya" the elder;')
    read = read_eu_csv(original)
    assert [one.line for one in read.rejected] == [14, 15]
    assert read.entities[0].names[2].text == "Kuzya the elder"


def test_another_table_is_refused() -> None:
    with pytest.raises(ImportRejected, match="NameAlias_WholeName"):
        read_eu_csv(b"Entity_LogicalId;b\n1;2\n")


def test_a_file_that_is_cut_in_its_last_row_is_refused(example: Example) -> None:
    rows = example("eu.csv").rstrip(b"\n")
    with pytest.raises(ImportRejected, match="middle"):
        read_eu_csv(rows[:-20])
