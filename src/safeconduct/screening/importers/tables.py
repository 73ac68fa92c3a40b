"""A table in a file, CSV or a sheet of a workbook → rows of texts, whatever they mean."""

from collections.abc import Iterator

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.importers.csvrows import parsed
from safeconduct.screening.importers.reading import refuse
from safeconduct.screening.importers.spreadsheets import workbook_rows
from safeconduct.screening.importers.texts import decoded

ZIP = b"PK\x03\x04"
SEPARATORS = (";", "\t", "|", ",")


def table_rows(
    original: bytes,
    rejected: list[RowMistake],
    *,
    separator: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with their line or number from 1, cells without space around.

    Refuses a file that ends in a quoted cell, or in a last row that is visibly cut.
    """
    if original.startswith(ZIP):
        for number, row in workbook_rows(original, sheet):
            if any(row):
                yield number, row
        return
    text = decoded(original, encoding=encoding)
    last: tuple[int, list[str]] | None = None
    widest = 0
    for line, cells in parsed(text, rejected, delimiter=separator or guessed_separator(text)):
        row = [" ".join(cell.split()) for cell in cells]
        last, widest = (line, row), max(widest, len(row))
        if any(row):
            yield last
    if last is not None and len(last[1]) < widest and not text.endswith(("\n", "\r")):
        refuse(last[0], f"the file ends in the middle of a row: {len(last[1])} of {widest} cells")


def guessed_separator(text: str) -> str:
    """The sign that most of the first lines hold, and most often; `,` where none does."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]

    def held(sign: str) -> tuple[int, int]:
        counts = sorted(line.count(sign) for line in lines)
        # The median: a title above the table has none, a remark below may have many.
        return sum(count > 0 for count in counts), counts[len(counts) // 2]

    return max(SEPARATORS, key=held) if lines and max(map(held, SEPARATORS))[0] else ","
