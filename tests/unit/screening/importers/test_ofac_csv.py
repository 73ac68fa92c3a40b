import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.entities import ListedDocument, ListedName
from safeconduct.screening.importers.ofac_csv import read_ofac_csv

Example = Callable[[str], bytes]


def zipped(example: Example, *names: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(f"folder/{name.upper()}", example(name))
    return out.getvalue()


def test_a_person_is_read_with_everything_that_the_remarks_say(example: Example) -> None:
    taras = read_ofac_csv(example("sdn.csv")).entities[0]
    assert (taras.id, taras.schema, taras.row) == ("ofac-101", "Person", 1)
    assert taras.names == (
        ListedName(text="KUZUBOV, Taras Petrovich"),
        ListedName(text="KUZYA", kind="weak-alias", quality="weak"),
    )
    assert [(day.value, day.circa) for day in taras.birth_dates] == [
        ("1964-05-12", False), ("1966", True),
    ]  # fmt: skip
    assert taras.birth_places == ("Zhmerynka, Ukraine",)
    assert taras.citizenships == ("ru", "kp")
    assert taras.sex == "male"
    assert taras.documents == (
        ListedDocument(kind="passport", number="AB1234567", country="ru"),
        ListedDocument(kind="passport", number="C7654321"),
        ListedDocument(kind="id", number="55-44 33", country="by"),
    )
    assert taras.positions == ("Commander of the NIGHT GUARD",)
    assert taras.programs == ("EXMPL1", "EXMPL2")
    assert "Linked To: NIGHT GUARD" in taras.notes


def test_the_sign_for_nothing_is_nothing(example: Example) -> None:
    mora = read_ofac_csv(example("sdn.csv")).entities[1]
    assert mora.caption == "O'DALY, Mora"
    assert mora.birth_dates[0].value == "1960/1962"
    assert mora.sex == "female"
    assert mora.countries_said == ("Ruritania",)
    assert not mora.positions
    assert "-0-" not in repr(mora)


def test_what_is_no_person_says_what_it_is(example: Example) -> None:
    read = read_ofac_csv(example("sdn.csv"))
    assert [one.schema for one in read.entities] == [
        "Person", "Person", "Organization", "Vessel", "Person",
    ]  # fmt: skip
    assert read.rejected == ()


def test_an_archive_joins_aliases_and_addresses(example: Example) -> None:
    read = read_ofac_csv(zipped(example, "sdn.csv", "alt.csv", "add.csv"))
    taras, mora, guard = read.entities[:3]
    assert [(name.text, name.kind) for name in taras.names[1:3]] == [
        ("KUZUBIV, Taras Petrovych", "alias"), ("ZHUK, Taras", "previous"),
    ]  # fmt: skip
    assert taras.addresses == ("1 Example Street, Zhmerynka 23100, Ukraine",)
    assert taras.countries == ("ua",)
    assert mora.countries_said == ("Ruritania", "Utopia")
    assert guard.names[1] == ListedName(text="NIGHT WATCH", kind="name")


def test_an_alias_of_nobody_is_told_with_its_file_and_line(example: Example) -> None:
    (wrong,) = read_ofac_csv(zipped(example, "sdn.csv", "alt.csv")).rejected
    assert wrong.line == 4
    assert wrong.reason.startswith("alt.csv: ")
    assert "999" in wrong.reason


def test_files_one_after_the_other_are_the_same_as_an_archive(example: Example) -> None:
    joined = b"\r\n".join(example(name) for name in ("sdn.csv", "alt.csv", "add.csv"))
    archive = zipped(example, "sdn.csv", "alt.csv", "add.csv")
    assert read_ofac_csv(joined).entities == read_ofac_csv(archive).entities


def test_a_bad_row_is_told_and_the_others_are_read(example: Example) -> None:
    rows = example("sdn.csv").split(b"\r\n")
    rows[1] = b'102,"too","few"'
    rows[2] = b'x,"no number"' + b",-0-" * 10
    read = read_ofac_csv(b"\r\n".join(rows))
    assert [one.line for one in read.rejected] == [2, 3]
    assert len(read.entities) == 3


@pytest.mark.parametrize("cut", [10, 40, 60, 120, 330])
def test_a_file_that_is_cut_in_a_row_is_refused(example: Example, cut: int) -> None:
    with pytest.raises(ImportRejected):
        read_ofac_csv(example("sdn.csv")[:cut])


def test_old_files_of_another_code_page_are_read(example: Example) -> None:
    original = example("sdn.csv").replace(b"KUZUBOV", b"KUZ\xdcBOV")
    assert read_ofac_csv(original).entities[0].caption == "KUZÜBOV, Taras Petrovich"


def test_an_archive_without_the_list_is_refused(example: Example) -> None:
    with pytest.raises(ImportRejected):
        read_ofac_csv(zipped(example, "alt.csv"))


def test_no_file_of_an_archive_is_left_out_by_its_name() -> None:
    """A renamed alt.csv is read, and a list of another kind is refused, not dropped."""
    from safeconduct.screening.importer import packed

    main = b'36,"PETROV, Ivan","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    alias = b'36,12,"aka","PETROFF, Ivan",-0- \r\n'
    read = read_ofac_csv(packed([("sdn.csv", main), ("alt2021.csv", alias)]))
    assert [name.text for name in read.entities[0].names] == ["PETROV, Ivan", "PETROFF, Ivan"]
    for name, content in (("un.xml", b"<x/>"), ("other.csv", b"name,born\r\nA B,1980\r\n")):
        with pytest.raises(ImportRejected, match=name):
            read_ofac_csv(packed([("sdn.csv", main), (name, content)]))
