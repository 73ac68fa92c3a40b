"""Any table of people with a confirmed mapping: the lists of brigades that ministries publish.

Nothing is guessed here: columns mean what the mapping says, and digits of a date are read only in
the order that it states. See mapping for the file, suggesting for a first draft of it.
"""

import re
from collections.abc import Iterator

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import (
    DOCUMENT_KINDS,
    Entity,
    ListedDay,
    ListedDocument,
    ListedName,
)
from safeconduct.screening.importers.countries import codes
from safeconduct.screening.importers.days import Order, listed_day
from safeconduct.screening.importers.mapping import TableMapping
from safeconduct.screening.importers.reading import Read, digest, finished, mistake, refuse, unique
from safeconduct.screening.importers.tables import table_rows

FORMAT = "tabular"
_KINDS = {"name": "name", "alias": "alias", "weakAlias": "weak-alias", "previousName": "previous"}
_PARTS = ("lastName", "firstName", "fatherName")
_SEXES = {
    "male": ("male", "m", "man", "м", "ч", "муж", "мужской", "чоловіча", "чоловік", "чол"),
    "female": ("female", "f", "woman", "ж", "жен", "женский", "жіноча", "жінка", "жін"),
}
_SEX = {word: sex for sex, words in _SEXES.items() for word in words}
_YEAR_SIGNS = re.compile(r"\s*(?:року|года|р\.?|г\.?)?\s*(?:н\.|р\.|народження|рождения)?\s*$")
_Cells = dict[str, list[str]]


class MappingNotConfirmed(SafeconductError):
    """A mapping that was only suggested: a person must look at it and write `confirmed: yes`."""


def read_tabular(original: bytes, mapping: TableMapping) -> Read:
    """The persons of a table, in its order. Raises ImportRejected, MappingNotConfirmed."""
    if not mapping.confirmed:
        raise MappingNotConfirmed("confirmed: no")
    rejected: list[RowMistake] = []
    entities: list[Entity] = []
    meanings: list[tuple[str, str]] | None = None
    rows = table_rows(
        original,
        rejected,
        separator=mapping.separator,
        encoding=mapping.encoding,
        sheet=mapping.sheet,
    )
    for line, row in rows:
        if line < mapping.header:
            continue
        if meanings is None:
            meanings = _meanings(line, row, mapping)
            if mapping.header:
                continue
        entity = _entity(line, row, meanings, mapping)
        if entity.names:
            entities.append(entity)
        else:
            rejected.append(mistake(line, "no name"))
    return finished(
        FORMAT,
        entities,
        rejected,
        as_of=mapping.as_of,
        title=mapping.title,
        origin=mapping.origin,
        licence=mapping.licence,
    )


def _meanings(line: int, row: list[str], mapping: TableMapping) -> list[tuple[str, str]]:
    """The header and the meaning of each column; a column that is not mapped is a note."""
    if mapping.header and line != mapping.header:
        refuse(mapping.header, "no header: the row is blank")
    headers = row if mapping.header else [""] * len(row)
    found = []
    used = set()
    for place, header in enumerate(headers, start=1):
        key = f"column {place}" if f"column {place}" in mapping.columns else header
        used.add(key)
        found.append((header or f"column {place}", mapping.columns.get(key, "notes")))
    if missing := [key for key in mapping.columns if key not in used]:
        refuse(line, f"no column {missing[0]}")
    return found


def _entity(
    line: int, row: list[str], meanings: list[tuple[str, str]], mapping: TableMapping
) -> Entity:
    cells, notes = _cells(row, meanings, mapping)
    names = tuple(_names(cells))
    citizenships, others = codes(cells.get("nationality", []) + cells.get("citizenship", []))
    countries, unknown = codes(cells.get("country", []))
    sexes = {_SEX.get(text.lower().rstrip("."), "") for text in cells.get("gender", ())} - {""}
    identifier = next(iter(cells.get("id", ())), "")
    return Entity(
        id=identifier or digest("|".join(row).encode("utf-8", "surrogatepass")),
        schema=mapping.entity,
        caption=names[0].text if names else "",
        names=names,
        birth_dates=tuple(_days(cells, "birthDate", mapping.dates)),
        death_dates=tuple(_days(cells, "deathDate", mapping.dates)),
        birth_places=unique(cells.get("birthPlace", ())),
        citizenships=citizenships,
        countries=countries,
        countries_said=unique((*others, *unknown)),
        sex=sexes.pop() if len(sexes) == 1 else None,
        documents=tuple(
            ListedDocument(kind=kind, number=number)
            for kind, property_ in DOCUMENT_KINDS.items()
            for number in cells.get(property_, ())
        ),
        positions=unique(cells.get("position", ())),
        units=unique(cells.get("militaryUnit", ())),
        programs=unique(cells.get("programId", ())),
        topics=unique(cells.get("topics", ())),
        notes=unique(notes),
        addresses=unique(cells.get("address", ())),
        links=unique(cells.get("sourceUrl", ())),
        row=line,
    )


def _cells(
    row: list[str], meanings: list[tuple[str, str]], mapping: TableMapping
) -> tuple[_Cells, list[str]]:
    """Values by what they mean, and notes. Cells beyond the headers are notes too."""
    found: _Cells = {}
    notes = []
    for place, cell in enumerate(row):
        header, meaning = meanings[place] if place < len(meanings) else ("", "notes")
        if not cell or meaning == "ignore":
            continue
        if meaning == "notes":
            notes.append(f"{header}: {cell}" if header else cell)
        else:
            values = cell.split(mapping.values) if mapping.values else [cell]
            found.setdefault(meaning, []).extend(unique(values))
    return found, notes


def _names(cells: _Cells) -> Iterator[ListedName]:
    """Names as written; parts in columns of their own make one name whose roles are declared."""
    family, given, father = (next(iter(cells.get(part, ())), "") for part in _PARTS)
    if family or given:
        yield ListedName(
            text=" ".join(unique((family, given, father))),
            family=family or None,
            given=given or None,
            patronymic=father or None,
            declared=bool(family and given),
        )
    for meaning, kind in _KINDS.items():
        for number, text in enumerate(cells.get(meaning, ())):
            yield ListedName(text=text, kind="alias" if meaning == "name" and number else kind)


def _days(cells: _Cells, meaning: str, order: Order | None) -> Iterator[ListedDay]:
    for text in cells.get(meaning, ()):
        day = listed_day(_YEAR_SIGNS.sub("", text), order)
        yield msgspec.structs.replace(day, text=text)
