"""Rows of a CSV text with the line each starts on; what is visibly cut is refused."""

import csv
import re
from collections.abc import Iterator

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.importers.reading import mistake, refuse, unique

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LONGEST_CELL = 4 * 1024 * 1024


def rows(
    text: str, rejected: list[RowMistake], *, delimiter: str = ",", lenient: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with its line (from 1) and cells.

    A row of another number of cells than the first, or whose quotes are wrong, is a mistake;
    where `lenient`, quotes within a cell are left out instead. Refuses a file that ends in a quoted
    cell or in the middle of its last row.
    """
    cells, short = 0, None
    for line, row in parsed(text, rejected, delimiter=delimiter, lenient=lenient):
        if short is not None:
            rejected.append(short)
            short = None
        cells = cells or len(row)
        if len(row) == cells:
            yield line, row
            continue
        wrong = mistake(line, f"{len(row)} cells; the list has {cells} in a row")
        if len(row) < cells:
            # Only what follows tells a row that is too short from a file that is cut in it.
            short = wrong
        else:
            rejected.append(wrong)
    if short is not None:
        refuse(short.line, f"the file ends in the middle of a row: {short.reason}")


class _Lines:
    """The lines of a text one by one, and those that were taken since the last row.

    Not a StringIO: that would take four bytes for each letter of a long list.
    """

    def __init__(self, text: str) -> None:
        self._lines = _LINE.finditer(text)
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self.taken.append(next(self._lines)[0])
        return self.taken[-1]


def parsed(
    text: str, rejected: list[RowMistake], *, delimiter: str = ",", lenient: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Rows of any number of cells; see `rows`. Refuses a file that ends in a quoted cell."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        lines.taken.clear()
        try:
            row = next(reader, None)
        except csv.Error as error:
            if "end of data" in str(error):
                refuse(line, "the file ends in the middle of a quoted cell")
            if not lenient or "limit" in str(error):
                rejected.append(mistake(line, f"quotes: {error}"))
                continue
            row = next(csv.reader(list(lines.taken), delimiter=delimiter), None)
        if row is None:
            return
        if any(row):
            yield line, row


def records(
    text: str, rejected: list[RowMistake], *, delimiter: str = ",", lenient: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as cells by the names in the first row; all without space around."""
    header: list[str] = []
    for line, row in rows(text, rejected, delimiter=delimiter, lenient=lenient):
        if not header:
            header = [name.strip().lstrip("\ufeff") for name in row]
            if len(set(header)) < len(header):
                refuse(line, "two columns of one name")
            continue
        yield line, {name: cell.strip() for name, cell in zip(header, row, strict=True)}


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell that are separated by `;`; one that holds a `;` stands in quotes."""
    if not cell:
        return ()
    if ";" not in cell and '"' not in cell:
        return (cell,)
    try:
        found = next(csv.reader([cell], delimiter=";", skipinitialspace=True), [])
    except csv.Error:
        return (cell,)
    return unique(found)
