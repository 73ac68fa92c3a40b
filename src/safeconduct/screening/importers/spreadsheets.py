"""XLSX workbooks → rows of texts, within bounds: bombs, huge sheets and DTDs are refused."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from safeconduct.reference.importing import ImportRejected
from safeconduct.screening.importers.reading import refuse
from safeconduct.screening.importers.texts import member_bytes, opened_zip

MOST_UNPACKED = 256 * 1024 * 1024
MOST_ROWS = 1_048_576
"""As many as a sheet can have."""

MOST_COLUMNS = 200


class _Begun(Exception):
    """The outermost element begins: no document type can follow."""


def is_workbook(original: bytes) -> bool:
    """Whether a ZIP archive holds a workbook."""
    with opened_zip(original) as archive:
        return "xl/workbook.xml" in archive.namelist()


def workbook_rows(original: bytes, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet, of the first where None, with their number from 1. Blank ones too.

    Refuses what is damaged or too large.
    """
    with opened_zip(original, most=MOST_UNPACKED) as archive:
        _refuse_doctypes(archive)
    # Only spreadsheets need it, and it takes long to load.
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(original), read_only=True, data_only=True, keep_links=False)
        names = [one.title for one in book.worksheets]
    except MemoryError:
        raise
    except Exception as error:
        # openpyxl lets through whatever its parts raise at a damaged file.
        refuse(1, f"the workbook is damaged ({type(error).__name__}: {error})")
    wanted = sheet if sheet is not None else (names[0] if names else "")
    if wanted not in names:
        refuse(1, f"no sheet {wanted}; there are: {', '.join(names)}")
    rows = book[wanted].iter_rows(
        max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, min_row=1, min_col=1, values_only=True
    )
    number = 0
    try:
        for number, row in enumerate(islice(rows, MOST_ROWS + 1), start=1):
            if number > MOST_ROWS:
                refuse(number, f"more than {MOST_ROWS} rows")
            # Sheets are often filled up with a million rows of nothing.
            yield number, [] if row.count(None) == len(row) else _texts(row)
    except (ImportRejected, MemoryError):
        raise
    except Exception as error:
        refuse(number + 1, f"the sheet is damaged ({type(error).__name__}: {error})")


def _refuse_doctypes(archive: ZipFile) -> None:
    """Looks at every part, whatever its name: a workbook can call anything one of its sheets."""
    for member in archive.infolist():
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = _begin
        # A picture is no XML, and a part that is damaged is found when it is read.
        with suppress(_Begun, ExpatError, LookupError, ValueError):
            parser.Parse(member_bytes(archive, member, MOST_UNPACKED), True)


def _refuse_doctype(*_: object) -> None:
    refuse(1, "a document type declaration; a workbook needs none, and it can hold a bomb")


def _begin(*_: object) -> None:
    raise _Begun


def _texts(row: tuple[object, ...]) -> list[str]:
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    """A cell as text; days in ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
