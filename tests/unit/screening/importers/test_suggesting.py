from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers.mapping import read_mapping
from safeconduct.screening.importers.suggesting import meaning, suggest_mapping
from safeconduct.screening.importers.tabular import MappingNotConfirmed, read_tabular

Example = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("ПІБ", "name"),
        ("П. І. Б.", "name"),
        ("ФИО", "name"),
        ("Прізвище, ім’я, по батькові", "name"),
        ("Full name", "name"),
        ("Дата народження (число, місяць, рік)", "birthDate"),
        ("Дата рождения", "birthDate"),
        ("DOB", "birthDate"),
        ("Воинское звание", "position"),
        ("Військова частина", "militaryUnit"),
        ("В/Ч", "militaryUnit"),
        ("Отчество", "fatherName"),
        ("№ з/п", "ignore"),
        ("Позивний", "weakAlias"),
        ("Температура", None),
        ("", None),
    ],
)
def test_headers_of_three_languages_are_known(header: str, meant: str | None) -> None:
    assert meaning(header) == meant


def test_a_suggestion_reads_the_list_only_once_it_is_confirmed(example: Example) -> None:
    text = suggest_mapping(example("brigade.csv"))
    mapping = read_mapping(text.encode())
    assert (mapping.header, mapping.dates, mapping.separator) == (2, "dmy", ";")
    with pytest.raises(MappingNotConfirmed):
        read_tabular(example("brigade.csv"), mapping)
    confirmed = read_mapping(text.replace("confirmed: no", "confirmed: yes").encode())
    (taras, _) = read_tabular(example("brigade.csv"), confirmed).entities
    assert (taras.caption, taras.birth_dates[0].value) == ("Кузубов Тарас Петрович", "1964-05-12")


def test_a_suggestion_tells_the_encoding_of_old_tables() -> None:
    text = suggest_mapping("ФИО\tГод рождения\nКузубов\t1964\n".encode("windows-1251"))
    mapping = read_mapping(text.encode())
    assert (mapping.encoding, mapping.separator) == ("windows-1251", "\t")


def test_a_workbook_gets_a_suggestion_too() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["List"], ["Surname", "Given name", "Date of birth", "Odd: one", "Surname"],
                ["Kuzubov", "Taras", date(1964, 5, 12), "", ""]):  # fmt: skip
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    text = suggest_mapping(out.getvalue())
    mapping = read_mapping(text.replace("confirmed: no", "confirmed: yes").encode())
    (taras,) = read_tabular(out.getvalue(), mapping).entities
    assert taras.birth_dates[0].value == "1964-05-12"
    assert taras.notes == ()
    assert mapping.columns["column 1"] == "lastName"


def test_a_table_of_unknown_headers_cannot_be_confirmed_as_it_is() -> None:
    text = suggest_mapping(b"x,y\n1,2\n")
    assert "header: 0" in text
    assert "column 2: notes" in text


def test_nothing_gets_no_suggestion() -> None:
    with pytest.raises(ImportRejected):
        suggest_mapping(b"")
