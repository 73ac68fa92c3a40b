"""OFAC's Specially Designated Nationals as CSV: sdn.csv, or a ZIP that also has alt and add.

No header; twelve columns (number, name, type, programme, title, five of vessels, flag and owner
among them, remarks), five in alt.csv (number, number of the alias, aka/fka/nka, name, remarks),
six in add.csv; `-0-` is empty. Source: OFAC's data specification, updated 2023-09-25, as stored at
git.myserver.lol/github/self/src/commit/a50dc5ab/common/ofacdata/original/dataspec.txt, and
moov-io.github.io/watchman/file-structure (both read 2026-11-23). Files end with the sign 0x1A;
several programmes stand as `SDGT] [IFSR`. The non-SDN lists have the same form as cons_*.csv.
"""

from collections.abc import Iterator, Sequence

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import Entity, ListedName
from safeconduct.screening.importers.countries import codes
from safeconduct.screening.importers.csvrows import parsed
from safeconduct.screening.importers.ofac_remarks import read_remarks
from safeconduct.screening.importers.reading import Read, finished, mistake, refuse, unique
from safeconduct.screening.importers.texts import decoded, member_bytes, opened_zip

FORMAT = "ofac-csv"
TITLE = "OFAC Specially Designated Nationals and Blocked Persons"
ORIGIN = "U.S. Department of the Treasury, Office of Foreign Assets Control"
_EMPTY = "-0-"
MAIN = ("sdn.csv", "cons_prim.csv")
_SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
KINDS = {"aka": "alias", "fka": "previous", "nka": "name"}
_COLUMNS, _ALIAS_COLUMNS, _ADDRESS_COLUMNS = 12, 5, 6
_AROUND = " \t\x1a\x00"
_Row = list[str]


def read_ofac_csv(original: bytes) -> Read:
    """sdn.csv alone, or followed by alt.csv and add.csv, in one file or in a ZIP.

    Raises ImportRejected.
    """
    rejected: list[RowMistake] = []
    listed: list[tuple[int, _Row]] = []
    beside: dict[str, list[tuple[RowMistake, _Row]]] = {"alias": [], "address": []}
    for name, file in _files(original):
        for line, row, kind in _rows(name, file, rejected):
            if kind == "entity":
                listed.append((line, row))
            else:
                told = mistake(line, f"{name}an {kind} of {row[0]}, which the list has not")
                beside[kind].append((told, row))
    numbers = {row[0] for _, row in listed}
    by_number = {kind: _of_entities(found, numbers, rejected) for kind, found in beside.items()}
    entities = []
    for line, row in listed:
        if row[1]:
            aliases, addresses = (by_number[kind].get(row[0], ()) for kind in beside)
            entities.append(_entity(line, row, aliases, addresses))
        else:
            rejected.append(mistake(line, "no name"))
    return finished(FORMAT, entities, rejected, title=TITLE, origin=ORIGIN)


def _files(original: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that make up the list; how they are called in mistakes, and their content."""
    if not original.startswith(b"PK\x03\x04"):
        yield "", original
        return
    with opened_zip(original) as archive:
        for member in archive.infolist():
            name = member.filename.rpartition("/")[2].lower()
            if member.is_dir():
                continue
            if not name.endswith(".csv"):
                refuse(1, f"{name}: no part of OFAC's list as CSV; accepted: each list by itself")
            yield f"{name}: ", member_bytes(archive, member)


def _rows(name: str, file: bytes, rejected: list[RowMistake]) -> Iterator[tuple[int, _Row, str]]:
    """Rows with their line and what they are of. Refuses a file that is visibly cut."""
    # Old files have single letters of another code page.
    text = decoded(file, otherwise="cp1252")
    wrong: list[RowMistake] = []
    last: RowMistake | None = None
    told = False
    for line, cells in parsed(text, wrong):
        row = [("" if cell.strip(_AROUND) == _EMPTY else cell.strip(_AROUND)) for cell in cells]
        if last is not None:
            wrong.append(last)
            last = None
        if not any(row):
            continue
        kind = _kind(row)
        if kind is None:
            last = mistake(line, f"{len(row)} cells that are no entity, alias or address")
        else:
            told = True
            yield line, row, kind
    if name and not told:
        refuse(1, f"{name}no row of OFAC's lists; accepted: each list by itself")
    if last is not None:
        # Nothing follows: the file ends in the middle of it.
        refuse(last.line, f"{name}the file is cut, or of another kind: {last.reason}")
    rejected.extend(mistake(one.line, name + one.reason) for one in wrong)


def _kind(row: _Row) -> str | None:
    if len(row) == _COLUMNS and row[0].isdigit():
        return "entity"
    if not all(cell.isdigit() for cell in row[:2]):
        return None
    if len(row) == _ALIAS_COLUMNS and row[2].lower() in KINDS and row[3]:
        return "alias"
    return "address" if len(row) == _ADDRESS_COLUMNS else None


def _of_entities(
    found: list[tuple[RowMistake, _Row]], numbers: set[str], rejected: list[RowMistake]
) -> dict[str, list[_Row]]:
    by_number: dict[str, list[_Row]] = {}
    for told, row in found:
        if row[0] in numbers:
            by_number.setdefault(row[0], []).append(row)
        else:
            rejected.append(told)
    return by_number


def _entity(
    line: int, row: list[str], aliases: Sequence[list[str]], addresses: Sequence[list[str]]
) -> Entity:
    remarks = read_remarks(row[11])
    citizenships, others = codes(remarks.citizenships)
    countries, unknown = codes([one[4] for one in addresses] + [row[9]])
    schema = _SCHEMATA.get(row[2].lower(), "LegalEntity")
    return Entity(
        id=f"ofac-{row[0]}",
        schema=schema,
        caption=row[1],
        names=(
            ListedName(text=row[1]),
            *(ListedName(text=one[3], kind=KINDS[one[2].lower()]) for one in aliases),
            *remarks.names,
        ),
        birth_dates=tuple(remarks.days),
        birth_places=unique(remarks.places),
        citizenships=citizenships,
        countries=countries,
        countries_said=unique((*others, *unknown)),
        sex=next((sex for sex in remarks.sexes if sex in ("male", "female")), None),
        documents=tuple(remarks.documents),
        positions=unique([row[4]]),
        programs=unique(row[3].split("] [")),
        topics=("sanction",),
        notes=unique(remarks.notes),
        addresses=unique(", ".join(unique(one[2:5])) for one in addresses),
        links=unique(remarks.links),
        row=line,
    )
