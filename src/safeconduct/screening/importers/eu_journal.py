"""EU designations transcribed from the Official Journal: one CSV row for a designation.

UTF-8, `,` between cells, `;` between the values of a cell; columns are properties of
FollowTheMoney beside celex, recordId, programKey, annex, measure, startDate and reason. Words stand
as the source prints them; days in digits are d.m.y. Source: FORMAT.md of
github.com/opensanctions/opensanctions, datasets/eu/journal_sanctions at f33cff23 (read 2026-11-23).

A person who is listed under two regimes has two rows, and gets two entities. Demonyms such as
`Iranian` are no names of countries: they stay as said.
"""

import re
from collections.abc import Iterator

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import (
    DOCUMENT_KINDS,
    Entity,
    ListedDay,
    ListedDocument,
    ListedName,
)
from safeconduct.screening.importers.countries import codes
from safeconduct.screening.importers.csvrows import records, split
from safeconduct.screening.importers.days import listed_days
from safeconduct.screening.importers.reading import (
    Read,
    digest,
    finished,
    mistake,
    refuse,
    unique,
)
from safeconduct.screening.importers.texts import decoded

FORMAT = "eu-journal-csv"
NEEDED = ("recordId", "programKey", "schema", "name")
TITLE = "EU designations in the Official Journal"
ORIGIN = "European Union, Official Journal"
_KINDS = {"alias": "alias", "weakAlias": "weak-alias", "previousName": "previous"}
_PARTS = re.compile(r"(?:^|[,;\s]+)\(?[a-z]\)\s+")
_BARE = re.compile(r"(?:[A-Z]{1,3}[ -])?[^\s()]*")
_LEAST_DIGITS = 4
_READ = frozenset(
    ("celex", "amendedCelex", "amendmentCelex", "recordId", "programKey", "annex", "measure",
     "startDate", "reason", "schema", "name", "alias", "weakAlias", "previousName", "country",
     "nationality", "jurisdiction", "birthDate", "birthPlace", "position", "gender", "address",
     "website", "notes", *DOCUMENT_KINDS.values())
)  # fmt: skip


def read_eu_journal(original: bytes) -> Read:
    """The list in the order of the file. Raises ImportRejected."""
    rejected: list[RowMistake] = []
    entities = []
    for line, row in records(decoded(original), rejected):
        if missing := [name for name in NEEDED if name not in row]:
            refuse(1, f"no column {missing[0]}")
        if row["name"] and row["schema"]:
            entities.append(_entity(line, row))
        else:
            rejected.append(mistake(line, "no name, or no schema"))
    return finished(FORMAT, entities, rejected, title=TITLE, origin=ORIGIN)


def _entity(line: int, row: dict[str, str]) -> Entity:
    def values(*names: str) -> tuple[str, ...]:
        return unique(one for name in names for one in split(row.get(name, "")))

    citizenships, others = codes(_parts(values("nationality")))
    countries, unknown = codes(_parts(values("country", "jurisdiction")))
    sex = next((one for v in values("gender") if (one := v.lower().rstrip("."))), None)
    act = row.get("celex") or row.get("amendedCelex") or ""
    key = row["recordId"] or digest(f"{row['name']}|{row.get('birthDate', '')}".encode())
    return Entity(
        id="-".join(unique(("eu", act, row.get("annex"), key))).replace(" ", ""),
        schema=row["schema"],
        caption=row["name"],
        names=tuple(_names(row)),
        birth_dates=tuple(_days(values("birthDate"))),
        birth_places=values("birthPlace"),
        citizenships=citizenships,
        countries=countries,
        countries_said=unique((*others, *unknown)),
        sex=sex if sex in ("male", "female") else None,
        documents=tuple(_documents(row)),
        positions=values("position"),
        programs=unique([row["programKey"]]),
        topics=("sanction",),
        notes=unique((row.get("measure"), row.get("reason"), *values("notes"))),
        addresses=values("address"),
        links=values("website"),
        other=tuple((name, one) for name in row if name not in _READ for one in split(row[name])),
        row=line,
    )


def _names(row: dict[str, str]) -> Iterator[ListedName]:
    yield ListedName(text=row["name"])
    for column, kind in _KINDS.items():
        for text in split(row.get(column, "")):
            yield ListedName(text=text, kind=kind)


def _days(texts: tuple[str, ...]) -> Iterator[ListedDay]:
    for text in texts:
        yield from listed_days(text, "dmy")


def _parts(texts: tuple[str, ...]) -> tuple[str, ...]:
    """`(a) German, (b) Moroccan` → its parts."""
    return unique(part for text in texts for part in _PARTS.split(text))


def _documents(row: dict[str, str]) -> Iterator[ListedDocument]:
    for kind, column in DOCUMENT_KINDS.items():
        for text in _parts(split(row.get(column, ""))):
            outside, _, inside = text.strip(" ,;").partition(" (")
            said = codes([inside.rstrip(")")])[0]
            yield ListedDocument(
                kind=kind, number=_number(outside), country=said[0] if said else None
            )


def _number(text: str) -> str:
    """The number in `Expired passport No 954242`; the whole text where that is not plain."""
    if _BARE.fullmatch(text):
        return text
    found = [word for word in text.split() if sum(c.isdigit() for c in word) >= _LEAST_DIGITS]
    return found[0].strip(",.") if len(found) == 1 else text
