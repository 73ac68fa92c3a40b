"""Dates as lists write them → what can be read of them without guessing.

English lists write `10 Dec 1948`, `circa 1957`, `1960 to 1962`, `Between 1977 and 1982`. Digits
alone are read only as far as their order is stated or does not matter.
"""

import re
from typing import Literal

from safeconduct.screening.entities import ListedDay, is_day

Order = Literal["dmy", "mdy", "ymd"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december")  # fmt: skip
_CIRCA = re.compile(
    r"\(?\b(?:circa|approximately|approx|about|around|probably|possibly|presumed|ca?)\b\.?:?\)?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:between\s+)?(.+?)(?:\s+to\s+|\s+and\s+|\s*[-\u2013]\s*)(.+)", re.IGNORECASE
)
_NUMBERS = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})")
_WORDED = re.compile(r"(?:([0-9]{1,2})\s*)?\b([A-Za-z]{3,9})\.?,?\s*([0-9]{4})")
_AMERICAN = re.compile(r"([A-Za-z]{3,9})\.?\s+([0-9]{1,2}),\s*([0-9]{4})")
_BETWEEN = re.compile(
    r"(?:^|[,;\s]+)\(?(?:[a-h]|[ivx]+)\)\s*|\s+\(?or\s+|\s+/\s+|\s*;\s*|,\s+(?=[0-9]{1,2}\.)"
)
AMBIGUOUS = "day and month may be exchanged: the list does not state their order"
UNREADABLE = "not read as a date"


def listed_day(text: str, order: Order | None = None) -> ListedDay:
    """One date. `order` is that of day, month and year in digits where the list states it."""
    bare = re.sub(r"(?<=[0-9]\.) (?=[0-9])", "", " ".join(text.split())).strip(" .;,()")
    unsure = _CIRCA.sub(" ", bare)
    circa = unsure != bare
    bare = " ".join(unsure.split()).strip(" .;,()")
    value, remark = _single(bare, order)
    if value is None and remark is UNREADABLE and (ends := _RANGE.fullmatch(bare)):
        first, last = _single(ends[1], order)[0], _single(ends[2], order)[0]
        if first is not None and last is not None and first <= last:
            return ListedDay(text=text, value=f"{first}/{last}", circa=circa)
    return ListedDay(text=text, value=value, circa=circa, remark=remark)


def listed_days(text: str, order: Order | None = None) -> tuple[ListedDay, ...]:
    """Several dates in one cell: `(a) 1.3.1965, (b) 1955`, `6.3.1955 or 15.3.1955`.

    A cell that does not come apart into dates stays one, as written.
    """
    pieces = _BETWEEN.split(text.strip())
    pieces = [piece.strip(" ,;") for piece in pieces if piece and piece.strip(" ,;")]
    if pieces and (len(pieces) > 1 or pieces[0] != text.strip()):
        days = tuple(listed_day(piece, order) for piece in pieces)
        if any(day.value for day in days):
            return days
    return (listed_day(text, order),)


def _single(text: str, order: Order | None) -> tuple[str | None, str | None]:
    if is_day(text):
        return text, None
    if found := _NUMBERS.fullmatch(text):
        return _digits(found[1], found[3], found[4], order)
    for pattern, at in ((_WORDED, (3, 2, 1)), (_AMERICAN, (3, 1, 2))):
        found = pattern.fullmatch(text)
        month = _month(found[at[1]]) if found else None
        if found and month:
            day = found[at[2]]
            value = f"{found[3]}-{month:02}" + (f"-{int(day):02}" if day else "")
            return is_day(value), None if is_day(value) else UNREADABLE
    return None, UNREADABLE


def _month(word: str) -> int | None:
    lower = word.lower()
    if lower in _FULL:
        return _FULL.index(lower) + 1
    return _MONTHS.index(lower[:3]) + 1 if lower in (*_MONTHS, "sept") else None


def _digits(
    first: str, second: str, third: str, order: Order | None
) -> tuple[str | None, str | None]:
    """Three numbers: by the stated order, else where just one reading is a date."""
    if len(first) == 4 and order in (None, "ymd"):
        readings = [_iso(first, second, third)]
    elif len(third) != 4:
        return None, UNREADABLE
    elif order == "dmy":
        readings = [_iso(third, second, first)]
    elif order == "mdy":
        readings = [_iso(third, first, second)]
    else:
        readings = [_iso(third, second, first), _iso(third, first, second)]
    possible = sorted({one for one in readings if one is not None})
    if not possible:
        return None, UNREADABLE
    return (possible[0], None) if len(possible) == 1 else (None, AMBIGUOUS)


def _iso(year: str, month: str, day: str) -> str | None:
    return is_day(f"{year}-{int(month):02}-{int(day):02}")
