import pytest

from safeconduct.screening.entities import ListedDocument
from safeconduct.screening.importers.ofac_remarks import read_remarks


def test_every_piece_of_the_remarks_is_somewhere() -> None:
    found = read_remarks(
        "DOB 10 Dec 1948; alt. DOB 1950; POB Giza, Egypt; citizen Egypt; Gender Male; "
        "a.k.a. 'THE O'DALY'; f.k.a. 'ZHUK'; Website www.example.org; Director of NIGHT GUARD."
    )
    assert [day.text for day in found.days] == ["10 Dec 1948", "1950"]
    assert found.places == ["Giza, Egypt"]
    assert found.citizenships == ["Egypt"]
    assert found.sexes == ["male"]
    assert [(name.text, name.kind) for name in found.names] == [
        ("THE O'DALY", "weak-alias"), ("ZHUK", "previous"),
    ]  # fmt: skip
    assert found.links == ["www.example.org"]
    assert found.notes == ["Director of NIGHT GUARD"]


@pytest.mark.parametrize(
    ("piece", "document"),
    [
        ("Passport 1084010 (Egypt)", ("passport", "1084010", "eg")),
        ("alt. Passport 19820215", ("passport", "19820215", None)),
        ("Diplomatic Passport D 9004878 (Ruritania)", ("passport", "D 9004878", "Ruritania")),
        ("Cedula No. 16215230 (Colombia)", ("id", "16215230", "co")),
        ("D.N.I. 99.999.999 (Argentina)", ("id", "99.999.999", "ar")),
        ("SSN 999-99-9999 (United States)", ("social-security", "999-99-9999", "us")),
        ("NIT # 16215230-1 (Colombia)", ("tax", "16215230-1", "co")),
        ("Passport A1 (Iran) expires 19 Jan 2021", ("passport", "A1", "ir")),
    ],
)
def test_numbers_of_papers_are_found_and_stay_in_the_notes(
    piece: str, document: tuple[str, str, str | None]
) -> None:
    found = read_remarks(piece + ".")
    kind, number, country = document
    assert found.documents == [ListedDocument(kind=kind, number=number, country=country)]
    assert found.notes == [piece]


@pytest.mark.parametrize("piece", ["Passport unknown", "Passports 12", "Serial No. 12", "12"])
def test_what_is_no_paper_is_a_note_alone(piece: str) -> None:
    found = read_remarks(piece)
    assert found.documents == []
    assert found.notes == [piece]


def test_empty_remarks_say_nothing() -> None:
    assert not any(read_remarks(""))
    assert not any(read_remarks(" . "))
