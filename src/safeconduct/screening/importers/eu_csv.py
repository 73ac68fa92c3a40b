"""The EU's consolidated list of financial sanctions as CSV, version 1.1.

UTF-8, `;` between cells, a header of 118 columns such as `Entity_LogicalId` and
`NameAlias_WholeName`; a row holds one name, address, birth, paper or citizenship of an entity and
repeats its number. `Entity_SubjectType` is P or E, its code person or enterprise; quotes stand
within cells unescaped. Source: the columns and the reader in github.com/moov-io/watchman,
pkg/sources/csl_eu/csl.go at 12e79f41 and reader_eu.go at d1a27e5f. That days in
`fileGenerationDate` are d/m/y is seen in rows of the file of 22/09/2026 in stored tests (all read
2026-11-23).
"""

from collections.abc import Iterable, Iterator

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import Entity, ListedDay, ListedDocument, ListedName, is_day
from safeconduct.screening.importers.countries import codes, of_document
from safeconduct.screening.importers.csvrows import records
from safeconduct.screening.importers.days import listed_day
from safeconduct.screening.importers.reading import Read, finished, mistake, refuse, unique
from safeconduct.screening.importers.texts import decoded

FORMAT = "eu-csv"
NEEDED = ("Entity_LogicalId", "NameAlias_WholeName")
TITLE = "Consolidated list of persons, groups and entities subject to EU financial sanctions"
ORIGIN = "European Union"
_SCHEMATA = {"P": "Person", "person": "Person", "E": "Organization", "enterprise": "Organization"}
_SEXES = {"M": "male", "F": "female"}
_NOTHING = ("UNKNOWN", "00")
_PLACE = ("City", "Place", "Region", "CountryDescription")
_ADDRESS = ("Street", "PoBox", "ZipCode", *_PLACE)
_Row = dict[str, str]


def read_eu_csv(original: bytes) -> Read:
    """The list, entities in the order in which they come first. Raises ImportRejected."""
    rejected: list[RowMistake] = []
    by_entity: dict[str, list[tuple[int, _Row]]] = {}
    text = decoded(original)
    for line, row in records(text, rejected, delimiter=";", lenient=True):
        if missing := [name for name in NEEDED if name not in row]:
            refuse(1, f"no column {missing[0]}")
        number = row["Entity_LogicalId"]
        if number:
            by_entity.setdefault(number, []).append((line, row))
        else:
            rejected.append(mistake(line, "no Entity_LogicalId"))
    entities, as_of = [], None
    for number, found in by_entity.items():
        names = tuple(_names(row for _, row in found))
        as_of = as_of or listed_day(found[0][1].get("fileGenerationDate", ""), "dmy").value
        if names:
            entities.append(_entity(number, found[0][0], [row for _, row in found], names))
        else:
            rejected.append(mistake(found[0][0], f"no name of {number}"))
    return finished(FORMAT, entities, rejected, as_of=as_of, title=TITLE, origin=ORIGIN)


def _entity(number: str, line: int, found: list[_Row], names: tuple[ListedName, ...]) -> Entity:
    citizenships, others = codes(_countries(found, "Citizenship"))
    countries, unknown = codes(_countries(found, "Address"))
    sexes = unique(row.get("NameAlias_Gender") for row in found)
    first = found[0]
    kind = first.get("Entity_SubjectType_ClassificationCode") or first.get("Entity_SubjectType")
    return Entity(
        id=f"eu-{_of(first, 'Entity_EU_ReferenceNumber') or number}",
        schema=_SCHEMATA.get(kind or "", "LegalEntity"),
        caption=names[0].text,
        names=names,
        birth_dates=tuple(_days(found)),
        birth_places=unique(_joined(row, "BirthDate", _PLACE) for row in found),
        citizenships=citizenships,
        countries=countries,
        countries_said=unique((*others, *unknown)),
        sex=_SEXES.get(sexes[0]) if len(sexes) == 1 else None,
        documents=tuple(_documents(found)),
        positions=unique(row.get("NameAlias_Function") for row in found),
        programs=unique(row.get("Entity_Regulation_Programme") for row in found),
        topics=("sanction",),
        notes=unique(row.get(f"Entity_{name}") for name in ("Remark", "DesignationDetails")
                     for row in found),
        addresses=unique(_joined(row, "Address", _ADDRESS) for row in found),
        links=unique(row.get("Entity_Regulation_PublicationUrl") for row in found),
        other=tuple(("title", title) for title in unique(row.get("NameAlias_Title")
                                                         for row in found)),
        row=line,
    )  # fmt: skip


def _names(found: Iterable[_Row]) -> Iterator[ListedName]:
    seen: set[str] = set()
    for row in found:
        given, middle, family = (
            _of(row, f"NameAlias_{part}Name") for part in ("First", "Middle", "Last")
        )
        text = _of(row, "NameAlias_WholeName") or " ".join(unique((given, middle, family)))
        if not text or text in seen:
            continue
        weak = "low quality" in _of(row, "NameAlias_Remark").lower()
        kind = "weak-alias" if weak else "alias" if seen else "name"
        seen.add(text)
        parts = {"given": given, "family": family} if given and family else {}
        yield ListedName(
            text=text,
            kind=kind,
            language=_of(row, "NameAlias_NameLanguage").lower() or None,
            declared=bool(parts),
            quality="low" if weak else None,
            **parts,
        )


def _days(found: list[_Row]) -> Iterator[ListedDay]:
    seen: set[ListedDay] = set()
    for row in found:
        day = _day(row)
        if day is not None and day not in seen:
            seen.add(day)
            yield day


def _day(row: _Row) -> ListedDay | None:
    whole, year, month, first, last = (
        _of(row, f"BirthDate_{name}")
        for name in ("BirthDate", "Year", "Month", "YearRangeFrom", "YearRangeTo")
    )
    text = whole or (f"{first} to {last}" if first and last else f"{year}-{month:0>2}"
                     if year and month else year)  # fmt: skip
    if not text:
        return None
    calendar = _of(row, "BirthDate_CalendarType")
    if calendar.upper() not in ("", "GREGORIAN"):
        return ListedDay(text=text, remark=f"calendar: {calendar}")
    day = listed_day(text, "ymd") if not is_day(text) else ListedDay(text=text, value=text)
    circa = _of(row, "BirthDate_Circa").lower() == "true"
    return ListedDay(text=text, value=day.value, circa=circa or day.circa, remark=day.remark)


def _documents(found: list[_Row]) -> Iterator[ListedDocument]:
    seen: set[ListedDocument] = set()
    for row in found:
        number = _of(row, "Identification_Number") or _of(row, "Identification_LatinNumber")
        what = _of(row, "Identification_TypeCode") + _of(row, "Identification_TypeDescription")
        lower = what.lower()
        kind = "passport" if "passport" in lower else "tax" if "tax" in lower else "id"
        paper = ListedDocument(
            kind=kind, number=number, country=of_document(_country(row, "Identification"))
        )
        if number and paper not in seen:
            seen.add(paper)
            yield paper


def _countries(found: list[_Row], group: str) -> tuple[str, ...]:
    return unique(_country(row, group) for row in found)


def _country(row: _Row, group: str) -> str:
    code = _of(row, f"{group}_CountryIso2Code")
    return code if len(code) == 2 else _of(row, f"{group}_CountryDescription")


def _joined(row: _Row, group: str, names: tuple[str, ...]) -> str:
    return ", ".join(unique(_of(row, f"{group}_{name}") for name in names))


def _of(row: _Row, name: str) -> str:
    cell = row.get(name, "")
    return "" if cell in _NOTHING else " ".join(cell.split())
