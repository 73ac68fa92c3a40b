"""A first draft of a mapping, from the headers of a table. It is a guess, and says so.

Headers are known in English, Ukrainian and Russian. A person reads the draft, mends it, and writes
`confirmed: yes`; until then no list is read with it.
"""

import re
from itertools import islice

from safeconduct.geo.folding import folded
from safeconduct.reference.importing import RowMistake
from safeconduct.screening.importers.mapping import SCHEMA
from safeconduct.screening.importers.reading import refuse
from safeconduct.screening.importers.tables import ZIP, guessed_separator, table_rows
from safeconduct.screening.importers.texts import decoded

_HEADERS = {
    "name": (
        "name", "full name", "ПІБ", "П.І.Б.", "прізвище, ім'я, по батькові",
        "прізвище та ім'я", "ФИО", "Ф.И.О.", "фамилия, имя, отчество", "фамилия и имя",
    ),
    "lastName": ("last name", "surname", "family name", "прізвище", "фамилия"),
    "firstName": ("first name", "given name", "given names", "ім'я", "имя"),
    "fatherName": ("patronymic", "father's name", "по батькові", "отчество"),
    "birthDate": (
        "date of birth", "birth date", "DOB", "born", "year of birth", "дата народження",
        "рік народження", "д.н.", "дата рождения", "год рождения", "д.р.",
    ),
    "deathDate": ("date of death", "дата смерті", "дата смерти"),
    "birthPlace": ("place of birth", "місце народження", "место рождения"),
    "position": (
        "rank", "position", "military rank", "звання", "військове звання", "посада", "звание",
        "воинское звание", "должность",
    ),
    "militaryUnit": (
        "unit", "military unit", "військова частина", "в/ч", "підрозділ", "войсковая часть",
        "воинская часть", "подразделение",
    ),
    "passportNumber": ("passport", "passport number", "паспорт", "номер паспорта", "паспортні дані",
                       "паспортные данные"),
    "innCode": ("ИНН",),
    "taxNumber": ("tax number", "РНОКПП", "ІПН"),
    "idNumber": ("id number", "personal number", "особистий номер", "личный номер"),
    "nationality": ("nationality", "citizenship", "громадянство", "гражданство"),
    "gender": ("sex", "gender", "стать", "пол"),
    "address": ("address", "адреса", "місце проживання", "адрес", "место жительства"),
    "weakAlias": ("call sign", "callsign", "позивний", "позывной"),
    "alias": ("alias", "aliases", "also known as", "псевдонім", "псевдоним"),
    "sourceUrl": ("source", "link", "url", "джерело", "посилання", "источник", "ссылка"),
    "notes": ("notes", "remarks", "comment", "примітки", "примітка", "примечание", "примечания"),
    "id": ("id", "identifier"),
    "ignore": ("№", "№ з/п", "№ п/п", "n", "no", "no."),
}  # fmt: skip
_KNOWN = {folded(word): meaning for meaning, words in _HEADERS.items() for word in words}
_SEEN_ROWS = 20
_LEAST_CONTAINED = 5
_PLAIN = re.compile(r"[^\W\d_][\w .()/-]*")
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")


def suggest_mapping(original: bytes) -> str:
    """The draft, as YAML with what a person must look at. Raises ImportRejected."""
    encoding, separator = None, None
    if not original.startswith(ZIP):
        encoding = _encoding(original)
        separator = guessed_separator(decoded(original, encoding=encoding))
    rejected: list[RowMistake] = []
    rows = table_rows(original, rejected, separator=separator, encoding=encoding)
    first = list(islice(rows, _SEEN_ROWS))
    if not first:
        refuse(1, "no row that is not blank")
    line, header = max(first, key=lambda row: sum(meaning(cell) is not None for cell in row[1]))
    known = [meaning(cell) for cell in header]
    if not any(known):
        line, header = 0, [""] * max(len(row) for _, row in first)
        known = [None] * len(header)
    lines = [
        f"schema: {SCHEMA}",
        "# A guess from the headers: look at every line, then write yes.",
        "confirmed: no",
        "title:",
        "origin:",
        "licence:",
        "as_of:",
        "entity: Person",
        *([f"encoding: {encoding}"] if encoding else []),
        *([f'separator: "{separator}"'] if separator and separator != "\t" else []),
        *(["separator: tab"] if separator == "\t" else []),
        f"header: {line}",
        "# The order of day, month and year in digits: dmy, mdy or ymd.",
        f"dates: {_order(first, known)}".rstrip(),
        "columns:",
        *_columns(header, known),
    ]
    return "\n".join(lines) + "\n"


def meaning(header: str) -> str | None:
    """What a header probably means: a known one, or one that holds the longest known one."""
    bare = folded(header) or header.strip()
    if not bare:
        return None
    if bare in _KNOWN:
        return _KNOWN[bare]
    held = [word for word in _KNOWN if len(word) >= _LEAST_CONTAINED and word in bare]
    return _KNOWN[max(held, key=len)] if held else None


def _columns(header: list[str], known: list[str | None]) -> list[str]:
    lines = []
    for place, (text, guessed) in enumerate(zip(header, known, strict=True), start=1):
        unclear = not text or header.count(text) > 1 or not _PLAIN.fullmatch(text)
        key = f"column {place}" if unclear else text
        said = f"  # {text}" if unclear and text.isprintable() and text else ""
        lines.append(f"  {key}: {guessed or 'notes'}{said}")
    return lines


def _order(rows: list[tuple[int, list[str]]], known: list[str | None]) -> str:
    """`dmy` where days of birth are written with dots; a person confirms it."""
    places = [place for place, meant in enumerate(known) if meant == "birthDate"]
    cells = [row[place] for _, row in rows for place in places if place < len(row)]
    return "dmy" if any(_DOTTED.search(cell) for cell in cells) else ""


def _encoding(original: bytes) -> str | None:
    try:
        decoded_as = original.decode("utf-8")
    except UnicodeDecodeError:
        marked = original.startswith((b"\xff\xfe", b"\xfe\xff"))
        return None if marked else "windows-1251"
    return "utf-8" if decoded_as else None
