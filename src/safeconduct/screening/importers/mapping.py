"""The mapping file of a table: what its columns mean. It is YAML, and a person has confirmed it.

    schema: safeconduct/watchlist-mapping/1
    confirmed: yes
    title: Personnel of the 99th brigade
    origin: Ministry of Examples
    header: 2
    dates: dmy
    columns:
      ПІБ: name
      Дата народження: birthDate

A column is named by its header or by its place, `column 3`. Columns that are not named become
notes; `ignore` leaves one out.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from safeconduct.casefile.yamltree import (
    FileMistaken,
    Mapping,
    Mistake,
    Node,
    Scalar,
    decode,
    parse,
    shown,
)
from safeconduct.screening.entities import is_day
from safeconduct.screening.importers.days import Order

SCHEMA = "safeconduct/watchlist-mapping/1"
ORDERS = ("dmy", "mdy", "ymd")
MEANINGS = (
    "id", "name", "alias", "weakAlias", "previousName", "lastName", "firstName", "fatherName",
    "birthDate", "deathDate", "birthPlace", "nationality", "citizenship", "country", "gender",
    "passportNumber", "idNumber", "innCode", "taxNumber", "position", "militaryUnit", "programId",
    "topics", "address", "notes", "sourceUrl", "ignore",
)  # fmt: skip
"""What a column may mean: properties of FollowTheMoney, and `militaryUnit`, `id`, `ignore`."""

_NAMES = {"name", "lastName"}
_MOST_HEADER = 1000


class TableMapping(msgspec.Struct, frozen=True, kw_only=True):
    """What a mapping file says. `header` is the row of the headers from 1; 0 where there is none.

    `values` separates several values in one cell; `sheet` names one of a workbook.
    """

    columns: dict[str, str]
    confirmed: bool = False
    title: str | None = None
    origin: str | None = None
    licence: str | None = None
    as_of: str | None = None
    entity: str = "Person"
    encoding: str | None = None
    separator: str | None = None
    values: str | None = None
    sheet: str | None = None
    header: int = 1
    dates: Order | None = None


def read_mapping(data: bytes) -> TableMapping:
    """The mapping in a file. Raises FileMistaken with what is wrong and what is accepted."""
    tree = parse(decode(data))
    if not isinstance(tree, Mapping):
        raise FileMistaken((Mistake(1, 1, "no mapping", "keys and values"),))
    mistakes: list[Mistake] = []
    found: dict[str, Any] = {}
    for key, node in tree.entries:
        if key.value == "columns":
            found["columns"] = _columns(node, mistakes)
        elif (value := _value(key, node, mistakes)) is not None:
            found[key.value] = value
    if found.pop("schema", None) is None:
        mistakes.append(Mistake(1, 1, "no schema", SCHEMA))
    if not _NAMES & set(found.get("columns", {}).values()):
        mistakes.append(Mistake(1, 1, "no column is a name", "a column name, or lastName"))
    if mistakes:
        raise FileMistaken(tuple(mistakes))
    return TableMapping(**found)


def _value(key: Scalar, node: Node, mistakes: list[Mistake]) -> Any:
    """What a key says; None where it says nothing, or something that is not accepted."""
    if key.value not in _READERS:
        accepted = f"one of {', '.join(_READERS)}, columns"
        mistakes.append(_at(key, f"the key {shown(key.value)}", accepted))
        return None
    read, accepted = _READERS[key.value]
    if not isinstance(node, Scalar):
        mistakes.append(_at(node, "a list or a mapping", accepted))
        return None
    text = node.value.strip()
    value = read(text) if text else None
    if text and value is None:
        mistakes.append(_at(node, shown(text), accepted))
    return value


def _columns(node: Node, mistakes: list[Mistake]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not isinstance(node, Mapping):
        mistakes.append(_at(node, "no columns", "header: meaning"))
        return found
    for key, value in node.entries:
        if isinstance(value, Scalar) and value.value in MEANINGS:
            found[" ".join(key.value.split())] = value.value
        else:
            mistakes.append(
                _at(value, f"the meaning of {shown(key.value)}", f"one of {', '.join(MEANINGS)}")
            )
    return found


def _at(node: Node, found: str, accepted: str) -> Mistake:
    return Mistake(node.span.line + 1, node.span.column + 1, found, accepted)


def _word(text: str) -> str | None:
    return text if len(text) <= _MOST_HEADER else None


def _answer(text: str) -> bool | None:
    return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())


def _row(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "schema": (lambda text: text if text == SCHEMA else None, SCHEMA),
    "confirmed": (_answer, "yes or no"),
    "title": (_word, "a text"),
    "origin": (_word, "a text"),
    "licence": (_word, "a text"),
    "as_of": (lambda text: is_day(text) if len(text) == 10 else None, "a day such as 2024-05-31"),
    "entity": (lambda text: text if text.isalpha() else None, "a schema such as Person"),
    "encoding": (_word, "an encoding such as utf-8 or windows-1251"),
    "separator": (
        lambda text: {"tab": "\t"}.get(text, text) if text in (",", ";", "|", "tab") else None,
        'one of "," ";" "|" tab',
    ),
    "values": (lambda text: text if len(text) <= 3 else None, "a sign such as ;"),
    "sheet": (_word, "the name of a sheet"),
    "header": (_row, "the number of a row, 0 for none"),
    "dates": (lambda text: text if text in ORDERS else None, f"one of {', '.join(ORDERS)}"),
}
