from collections.abc import Callable

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.entities import ListedDocument, ListedName
from safeconduct.screening.importers.ofac_xml import read_ofac_xml

Example = Callable[[str], bytes]


def test_a_party_is_joined_with_all_that_refers_to_it(example: Example) -> None:
    read = read_ofac_xml(example("ofac_advanced.xml"))
    taras = read.entities[0]
    assert read.as_of == "2026-05-21"
    assert (taras.id, taras.schema) == ("ofac-101", "Person")
    assert taras.caption == "KUZUBOV, Taras Petrovich"
    assert taras.birth_places == ("Zhmerynka, Ukraine",)
    assert taras.citizenships == ("ru",)
    assert taras.countries == ("ua",)
    assert taras.countries_said == ("Ruritania",)
    assert taras.sex == "male"
    assert taras.positions == ("Commander",)
    assert taras.programs == ("EXMPL1",)
    assert taras.addresses == ("Zhmerynka, Ukraine",)
    assert taras.notes == ("Made up for a test", "Secondary sanctions risk: Example Act")
    assert taras.documents == (
        ListedDocument(kind="passport", number="AB1234567", country="ru"),
        ListedDocument(kind="tax", number="77-88", country="Ruritania"),
    )


def test_names_keep_their_declared_parts_and_their_script(example: Example) -> None:
    name, weak, cyrillic = read_ofac_xml(example("ofac_advanced.xml")).entities[0].names
    assert name == ListedName(
        text="KUZUBOV, Taras Petrovich", script="Latin", declared=True,
        given="Taras", patronymic="Petrovich", family="KUZUBOV",
    )  # fmt: skip
    assert (weak.text, weak.kind, weak.declared) == ("KUZYA", "weak-alias", False)
    assert (cyrillic.text, cyrillic.kind, cyrillic.script) == (
        "КУЗУБОВ, Тарас", "original-script", "Cyrillic",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "value"),
    [
        ((1964, 5, 12), "1964-05-12"),
        ((1964, 5, 31), "1964-05-12/1964-05-31"),
        ((1966, 1, 1), "1964-05-12/1966-01-01"),
    ],
)
def test_a_period_of_birth_is_as_exact_as_the_list(
    example: Example, end: tuple[int, int, int], value: str
) -> None:
    before, after = example("ofac_advanced.xml").split(b"<End ", 1)
    year, month, day = end
    after = after.replace(
        b"<Year>1964</Year><Month>5</Month><Day>12</Day>",
        b"<Year>%d</Year><Month>%d</Month><Day>%d</Day>" % (year, month, day),
        2,
    )
    days = read_ofac_xml(before + b"<End " + after).entities[0].birth_dates
    assert days[0].value == value


def test_a_whole_year_or_month_is_read_as_that(example: Example) -> None:
    original = example("ofac_advanced.xml")
    assert read_ofac_xml(original).entities[0].birth_dates[1].value == "1966"
    assert read_ofac_xml(original).entities[0].birth_dates[1].circa
    month = original.replace(
        b"<Year>1966</Year><Month>12</Month><Day>31</Day>",
        b"<Year>1966</Year><Month>1</Month><Day>31</Day>",
    )
    assert read_ofac_xml(month).entities[0].birth_dates[1].value == "1966-01"


def test_a_party_without_a_name_is_told_with_its_line(example: Example) -> None:
    read = read_ofac_xml(example("ofac_advanced.xml"))
    assert [one.schema for one in read.entities] == ["Person", "Organization"]
    assert [one.reason for one in read.rejected] == ["no name of 104"]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_is_refused(example: Example, part: float) -> None:
    original = example("ofac_advanced.xml")
    with pytest.raises(ImportRejected):
        read_ofac_xml(original[: int(len(original) * part)])


def test_another_list_is_refused(example: Example) -> None:
    with pytest.raises(ImportRejected, match="CONSOLIDATED_LIST"):
        read_ofac_xml(example("un.xml"))
