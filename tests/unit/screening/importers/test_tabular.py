from collections.abc import Callable
from io import BytesIO

import msgspec
import pytest
from openpyxl import Workbook

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.entities import ListedDocument
from safeconduct.screening.importers.mapping import TableMapping, read_mapping
from safeconduct.screening.importers.tabular import MappingNotConfirmed, read_tabular

Example = Callable[[str], bytes]


def mapped(**columns: str) -> TableMapping:
    return TableMapping(columns=columns, confirmed=True)


def test_a_list_of_a_brigade_is_read_by_its_mapping(example: Example) -> None:
    read = read_tabular(example("brigade.csv"), read_mapping(example("brigade.yaml")))
    taras, zhuk = read.entities
    assert (read.title, read.origin, read.as_of) == (
        "Personnel of a made-up brigade", "Nobody", "2024-05-31",
    )  # fmt: skip
    assert taras.caption == "Кузубов Тарас Петрович"
    assert taras.birth_dates[0].value == "1964-05-12"
    assert taras.positions == ("підполковник",)
    assert taras.units == ("в/ч 00099",)
    assert taras.documents == (ListedDocument(kind="passport", number="AB 1234567"),)
    assert taras.notes == ("Коментар: вигадано",)
    assert taras.row == 3
    assert (zhuk.birth_dates[0].text, zhuk.birth_dates[0].value) == ("1971 р.н.", "1971")


def test_a_row_without_a_name_is_told_with_its_line(example: Example) -> None:
    read = read_tabular(example("brigade.csv"), read_mapping(example("brigade.yaml")))
    assert [(one.line, one.reason) for one in read.rejected] == [(5, "no name")]


def test_a_mapping_that_nobody_confirmed_reads_nothing(example: Example) -> None:
    mapping = msgspec.structs.replace(read_mapping(example("brigade.yaml")), confirmed=False)
    with pytest.raises(MappingNotConfirmed):
        read_tabular(example("brigade.csv"), mapping)


def test_the_order_of_digits_is_not_guessed(example: Example) -> None:
    mapping = msgspec.structs.replace(read_mapping(example("brigade.yaml")), dates=None)
    (day,) = read_tabular(example("brigade.csv"), mapping).entities[0].birth_dates
    assert (day.text, day.value) == ("12.05.1964", None)


def test_a_column_that_is_missing_is_refused() -> None:
    with pytest.raises(ImportRejected, match="no column Born"):
        read_tabular(b"Name,X\nTaras,1\n", mapped(Name="name", Born="birthDate"))


def test_parts_in_columns_of_their_own_are_declared() -> None:
    table = "Прізвище,Ім'я,По батькові\nКузубов,Тарас,Петрович\nЖук,,\n".encode()
    mapping = mapped(**{"Прізвище": "lastName", "Ім'я": "firstName", "По батькові": "fatherName"})
    full, alone = (one.names[0] for one in read_tabular(table, mapping).entities)
    assert (full.text, full.declared) == ("Кузубов Тарас Петрович", True)
    assert (full.family, full.given, full.patronymic) == ("Кузубов", "Тарас", "Петрович")
    assert (alone.text, alone.declared) == ("Жук", False)


def test_values_in_one_cell_come_apart_where_the_mapping_says_so() -> None:
    table = b"Name|Also|Country\nTaras|T; K|Ukraine; Ruritania\n"
    mapping = msgspec.structs.replace(
        mapped(Name="name", Also="alias", Country="nationality"), values=";"
    )
    (taras,) = read_tabular(table, mapping).entities
    assert [name.text for name in taras.names] == ["Taras", "T", "K"]
    assert (taras.citizenships, taras.countries_said) == (("ua",), ("Ruritania",))


@pytest.mark.parametrize(
    ("written", "sex"), [("Чоловіча", "male"), ("ж.", "female"), ("F", "female"), ("?", None)]
)
def test_sex_is_read_where_it_is_plain(written: str, sex: str | None) -> None:
    table = f"Name;Sex\nTaras;{written}\n".encode()
    (taras,) = read_tabular(table, mapped(Name="name", Sex="gender")).entities
    assert taras.sex == sex


def test_a_table_without_headers_is_read_by_place() -> None:
    mapping = TableMapping(
        columns={"column 1": "name", "column 2": "birthDate"}, confirmed=True, header=0
    )
    read = read_tabular(b"Taras Kuzubov,1964\nNikifor Zhuk,1971\n", mapping)
    assert [one.birth_dates[0].value for one in read.entities] == ["1964", "1971"]


def test_a_table_that_is_cut_in_its_last_row_is_refused() -> None:
    with pytest.raises(ImportRejected, match="middle"):
        read_tabular(b"Name,Born,X\nTaras,1964,a\nNikif", mapped(Name="name", Born="birthDate"))


def test_a_table_in_another_encoding_needs_to_be_told() -> None:
    table = "ФИО;Дата\nКузубов Тарас;1964\n".encode("windows-1251")
    mapping = mapped(ФИО="name", Дата="birthDate")
    with pytest.raises(ImportRejected, match="utf-8"):
        read_tabular(table, mapping)
    known = msgspec.structs.replace(mapping, encoding="windows-1251")
    assert read_tabular(table, known).entities[0].caption == "Кузубов Тарас"


def test_a_sheet_of_a_workbook_is_read_like_a_table() -> None:
    book = Workbook()
    sheet = book.create_sheet("Склад")
    sheet.append(["ПІБ", "Рік"])
    sheet.append(["Кузубов Тарас", 1964])
    out = BytesIO()
    book.save(out)
    mapping = TableMapping(
        columns={"ПІБ": "name", "Рік": "birthDate"}, confirmed=True, sheet="Склад"
    )
    (taras,) = read_tabular(out.getvalue(), mapping).entities
    assert (taras.caption, taras.birth_dates[0].value, taras.row) == ("Кузубов Тарас", "1964", 2)


def test_one_row_keeps_its_identifier_wherever_it_stands() -> None:
    one, other = b"Taras,1964\n", b"Nikifor,1971\n"
    mapping = mapped(Name="name", Born="birthDate")
    there = read_tabular(b"Name,Born\n" + one + other, mapping)
    back = read_tabular(b"Name,Born\n" + other + one, mapping)
    assert {x.id for x in there.entities} == {x.id for x in back.entities}
