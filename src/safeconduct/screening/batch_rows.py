"""The rows of a batch file → persons to be screened, or why a row is rejected.

CSV with a header, or JSON lines: one row on each line, so that a broken row spoils no other. It
reads lines and opens no file; what is accepted stands in docs/reference/screening.md.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import shown
from safeconduct.screening.births import birth
from safeconduct.screening.sought import Sought

Format = Literal["csv", "jsonl"]

COLUMNS = ("id", "names", "born", "sex", "citizenships", "birth_place", "documents")
"""What is read of a row; the first two must be there. Other columns and keys are passed over."""

MOST_LINE = 64 * 1024
MOST_VALUES = 64
MOST_TEXT = 1_000
MOST_ID = 200

BORN = "1964, 1964-05, 1964-05-01 or 1960/1964, with ~ behind it for about"
_SEXES = {"female": "female", "f": "female", "male": "male", "m": "male", "other": "other"}
_MARK = b"\xef\xbb\xbf"


class BatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row: `number` counts rows from 1, `line` lines of the file. One of the last two is None.

    `id` is what the row states, as far as it can be read.
    """

    number: int
    line: int
    id: str | None
    sought: Sought | None = None
    error: str | None = None


class BatchRefused(SafeconductError):
    """A batch file of which no row can be read: what was found, and what is accepted."""

    def __init__(self, found: str, accepted: str) -> None:
        super().__init__(f"{found}; accepted: {accepted}")
        self.found, self.accepted = found, accepted


class _Mistaken(Exception):
    """Why one row is rejected."""


def format_of(name: str) -> Format:
    """The format that a file's name tells. Raises BatchRefused."""
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return "csv"
    if ending in ("jsonl", "ndjson"):
        return "jsonl"
    raise BatchRefused(f"a name that ends in `{shown(ending)}`", ".csv or .jsonl")


def batch_rows(lines: Iterable[bytes], form: Format) -> Iterator[BatchRow]:
    """Each row in its order; empty lines are none. Raises BatchRefused for a mistaken header.

    An `id` that an earlier row has is refused, so all of them are kept while this runs.
    """
    numbered = enumerate(lines, start=1)
    read = _csv_reader(numbered) if form == "csv" else _read_json
    seen: set[str] = set()
    number = 0
    for line, data in numbered:
        if not data.strip():
            continue
        number += 1
        yield _row(number, line, data, read, seen)


def ignored_columns(header: bytes) -> tuple[str, ...]:
    """The columns of a CSV header that are not read. Raises BatchRefused."""
    return tuple(shown(one) for one in _header(header) if one not in COLUMNS)


Reader = Callable[[str], dict[str, Any]]


def _row(number: int, line: int, data: bytes, read: Reader, seen: set[str]) -> BatchRow:
    identifier: str | None = None
    try:
        values = read(_text(data.removeprefix(_MARK) if line == 1 else data))
        identifier = _identifier(values.get("id"))
        _once(identifier, seen)
        return BatchRow(number=number, line=line, id=identifier, sought=_sought(identifier, values))
    except _Mistaken as error:
        return BatchRow(number=number, line=line, id=identifier, error=str(error))


def _once(identifier: str, seen: set[str]) -> None:
    if identifier in seen:
        raise _Mistaken(f"id: `{shown(identifier)}` again; accepted: each id once")
    seen.add(identifier)


def _text(data: bytes) -> str:
    if len(data) > MOST_LINE:
        raise _Mistaken(f"{len(data):,} bytes; accepted: at most {MOST_LINE:,} a row")
    try:
        return data.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise _Mistaken("bytes that are no UTF-8; accepted: text in UTF-8") from None


def _csv_reader(numbered: Iterator[tuple[int, bytes]]) -> Reader:
    """Reads rows by the header, which is the first line that is not empty."""
    header = _header(next((data for _, data in numbered if data.strip()), b""))

    def read(text: str) -> dict[str, Any]:
        cells = _cells(text)
        if len(cells) != len(header):
            raise _Mistaken(f"{len(cells)} values; accepted: {len(header)}, as in the header")
        values: dict[str, Any] = dict(zip(header, cells, strict=True))
        for several in ("names", "born", "citizenships", "documents"):
            if several in values:
                values[several] = [one for one in values[several].split(";") if one.strip()]
        return values

    return read


def _header(data: bytes) -> list[str]:
    accepted = "a header with the columns " + ", ".join(COLUMNS) + "; id and names are needed"
    try:
        header = [one.strip() for one in _cells(_text(data.removeprefix(_MARK)))]
    except _Mistaken as error:
        raise BatchRefused(str(error), accepted) from None
    if "id" not in header or "names" not in header:
        found = ", ".join(shown(one) for one in header[:12]) or "nothing"
        raise BatchRefused(f"the columns {found}", accepted)
    if len(set(header)) < len(header):
        raise BatchRefused("a column twice", accepted)
    return header


def _cells(text: str) -> list[str]:
    """The values of one line. A quoted value ends on its line, so that it swallows no other row."""
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error as error:
        said = f"values that cannot be told apart ({error})"
        raise _Mistaken(f"{said}; accepted: CSV with each row on one line") from None


def _read_json(text: str) -> dict[str, Any]:
    try:
        values = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise _Mistaken('no JSON object; accepted: {"id": "…", "names": ["…"], …} on one line')
    return values


def _identifier(value: object) -> str:
    # A number is a common way to count rows; it is kept as it is written.
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_ID:
        raise _Mistaken(
            f"id: found {_found(value)}; accepted: a text of up to {MOST_ID} characters"
        )
    return text


def _sought(identifier: str, values: dict[str, Any]) -> Sought:
    names = _texts("names", values)
    if not any(one.isalnum() for name in names for one in name):
        raise _Mistaken(f"names: found {_found(values.get('names'))}; accepted: one name at least")
    born = _texts("born", values)
    for one in born:
        if birth(one) is None:
            raise _Mistaken(f"born: found {_found(one)}; accepted: {BORN}")
    place = _texts("birth_place", values)
    return Sought(
        id=identifier,
        names=names,
        born=born or None,
        sex=_sex(_texts("sex", values)),
        citizenships=tuple(_country(one) for one in _texts("citizenships", values)),
        birth_places=place,
        documents=_texts("documents", values),
    )


def _texts(key: str, values: dict[str, Any]) -> tuple[str, ...]:
    """A list of texts, or a text alone; nothing where it is missing or empty."""
    value = values.get(key)
    listed = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise _Mistaken(f"{key}: found {_found(value)}; accepted: a text or a list of texts")
    if len(listed) > MOST_VALUES or any(len(one) > MOST_TEXT for one in listed):
        most = f"at most {MOST_VALUES} values of {MOST_TEXT:,} characters"
        raise _Mistaken(f"{key}: found more than is read; accepted: {most}")
    return tuple(clean for one in listed if (clean := one.strip()))


def _sex(found: tuple[str, ...]) -> str | None:
    if not found:
        return None
    known = _SEXES.get(found[0].lower()) if len(found) == 1 else None
    if known is None:
        raise _Mistaken(f"sex: found {_found(found[0])}; accepted: female, male, other or nothing")
    return known


def _country(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", code):
        accepted = "ISO 3166 codes of two letters, such as RU"
        raise _Mistaken(f"citizenships: found {_found(code)}; accepted: {accepted}")
    return code.lower()


def _found(value: object) -> str:
    """A value of the file as it may stand in a message."""
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, dict | list):
        value = msgspec.json.encode(value).decode()
    return f"`{shown(str(value))}`"
