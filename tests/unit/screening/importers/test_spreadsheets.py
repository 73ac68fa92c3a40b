from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers import spreadsheets
from safeconduct.screening.importers.spreadsheets import is_workbook, workbook_rows


@pytest.fixture(scope="module")
def book() -> bytes:
    """A workbook of two sheets."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "First"
    sheet.append(["Name", "Born", "Number"])
    sheet.append([])
    sheet.append([" Taras \n Kuzubov ", date(1964, 5, 12), 12.0])
    sheet.append([None, datetime(1964, 5, 12, 8, 30), 1.5, True])  # noqa: DTZ001
    made.create_sheet("Second").append(["x"])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def changed(book: bytes, name: str, change: bytes, to: bytes) -> bytes:
    """The workbook with some bytes of one part replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, content.replace(change, to) if part == name else content)
    return out.getvalue()


def test_cells_become_texts_and_rows_keep_their_numbers(book: bytes) -> None:
    assert list(workbook_rows(book, None)) == [
        (1, ["Name", "Born", "Number"]),
        (2, []),
        (3, ["Taras Kuzubov", "1964-05-12", "12"]),
        (4, ["", "1964-05-12 08:30:00", "1.5", "True"]),
    ]


def test_a_sheet_is_chosen_by_its_name(book: bytes) -> None:
    assert list(workbook_rows(book, "Second")) == [(1, ["x"])]
    with pytest.raises(ImportRejected, match="First, Second"):
        list(workbook_rows(book, "Third"))


def test_a_workbook_is_told_from_another_archive(book: bytes) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a", "b")
    assert is_workbook(book)
    assert not is_workbook(out.getvalue())


def test_a_workbook_that_is_cut_is_refused(book: bytes) -> None:
    for cut in range(0, len(book), 211):
        with pytest.raises(ImportRejected):
            list(workbook_rows(book[:cut], None))


def test_entities_that_expand_are_refused_in_every_part(book: bytes) -> None:
    bomb = b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"):
        declared = changed(book, part, b"<", b"<")
        with ZipFile(BytesIO(book)) as archive:
            content = archive.read(part)
        begin = b'<?xml version="1.0"' + bomb
        _, _, rest = content.partition(b"?>") if content.startswith(b"<?") else (b"", b"", content)
        with pytest.raises(ImportRejected, match="document type"):
            list(workbook_rows(changed(declared, part, content, begin + rest), None))


def test_entities_that_expand_are_refused_under_any_name(book: bytes) -> None:
    out = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("xl/media/image1.png", b"\x89PNG no XML")
    assert len(list(workbook_rows(out.getvalue(), None))) == 4
    with ZipFile(out, "a") as more:
        more.writestr("xl/media/image2.png", b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    with pytest.raises(ImportRejected, match="document type"):
        list(workbook_rows(out.getvalue(), None))


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 1000)
    with pytest.raises(ImportRejected, match="more than 1000"):
        list(workbook_rows(book, None))


def test_a_row_at_the_end_of_the_world_is_refused(book: bytes) -> None:
    far = changed(book, "xl/worksheets/sheet1.xml", b'<row r="4"', b'<row r="999999999999"')
    with pytest.raises(ImportRejected, match="more than 1048576 rows"):
        for _ in workbook_rows(far, None):
            pass


def test_columns_beyond_the_bound_are_not_filled_up(book: bytes) -> None:
    wide = changed(book, "xl/worksheets/sheet1.xml", b'r="C3"', b'r="XFD3"')
    rows = list(workbook_rows(wide, None))
    assert max(len(row) for _, row in rows) <= spreadsheets.MOST_COLUMNS
