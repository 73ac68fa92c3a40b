from collections.abc import Callable

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.entities import ListedDocument
from safeconduct.screening.importers.un_xml import read_un_xml

Example = Callable[[str], bytes]


def test_an_individual_is_read_with_names_in_their_kinds(example: Example) -> None:
    read = read_un_xml(example("un.xml"))
    taras = read.entities[0]
    assert read.as_of == "2026-02-27"
    assert (taras.id, taras.schema) == ("un-EXi.001", "Person")
    assert [(name.text, name.kind, name.quality) for name in taras.names] == [
        ("TARAS PETROVICH KUZUBOV", "name", None),
        ("Тарас Петрович Кузубов", "original-script", None),
        ("Taras Kuzubiv", "alias", "Good"),
        ("Kuzya", "weak-alias", "Low"),
    ]
    assert not any(name.declared for name in taras.names)
    assert taras.citizenships == ("kp",)
    assert taras.countries_said == ("former Ruritania",)
    assert taras.positions == ("Commander", "Quartermaster")
    assert taras.other[0] == ("title", "Colonel")
    assert taras.notes == ("Made up for a test.",)
    assert taras.documents == (
        ListedDocument(kind="passport", number="AB1234567", country="ru"),
        ListedDocument(kind="id", number="55-44"),
    )


def test_types_of_dates_are_kept_apart(example: Example) -> None:
    days = read_un_xml(example("un.xml")).entities[0].birth_dates
    assert [(day.value, day.circa) for day in days] == [
        ("1964-05-12", False),
        ("1966", True),
        ("1963/1967", False),
        (None, False),
        ("1964-05-13", False),
    ]
    assert days[3].text == "24/06/1402 (Hijri Calendar)"


def test_a_note_that_says_approximately_makes_a_date_uncertain(example: Example) -> None:
    original = (
        example("un.xml")
        .replace(b"<YEAR>1966</YEAR>", b"<YEAR>1966</YEAR>")
        .replace(b"<TO_YEAR>1967</TO_YEAR>", b"<TO_YEAR>1967</TO_YEAR><NOTE>Approximately</NOTE>")
    )
    assert read_un_xml(original).entities[0].birth_dates[2].circa


def test_entities_are_organisations(example: Example) -> None:
    guard = read_un_xml(example("un.xml")).entities[1]
    assert (guard.schema, guard.countries_said) == ("Organization", ("Utopia",))
    assert guard.names[1].kind == "previous"


def test_an_individual_without_a_name_is_told_with_its_line(example: Example) -> None:
    (wrong,) = read_un_xml(example("un.xml")).rejected
    assert wrong.line == 26


def test_nationality_not_available_is_not_namibia(example: Example) -> None:
    original = example("un.xml").replace(b"former Ruritania", b"na")
    taras = read_un_xml(original).entities[0]
    assert (taras.citizenships, taras.countries_said) == (("kp",), ())


def test_a_list_that_is_cut_or_empty_is_refused(example: Example) -> None:
    original = example("un.xml")
    for cut in range(0, len(original) - 10, 97):
        with pytest.raises(ImportRejected):
            read_un_xml(original[:cut])
    with pytest.raises(ImportRejected, match="no entity"):
        read_un_xml(b"<CONSOLIDATED_LIST/>")
