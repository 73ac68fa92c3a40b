"""OpenSanctions' targets.simple.csv: one row for an entity.

UTF-8, `,` between cells, `;` between the values of a cell; columns id, schema, name, aliases,
birth_date, countries, addresses, identifiers, sanctions, phones, emails, maybe program_ids,
dataset, first_seen, last_seen, last_change. Dates are ISO prefixes, countries codes of any
relation to the entity, so that they are no citizenships. Read off the files of
ua_war_sanctions of 2026-03-13 and interpol_red_notices of 2025-05-23 (read 2026-11-23).
"""

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import Entity, ListedDocument, ListedName, country_code, iso_day
from safeconduct.screening.importers.csvrows import records, split
from safeconduct.screening.importers.reading import Read, finished, mistake, refuse, unique
from safeconduct.screening.importers.texts import decoded

FORMAT = "opensanctions-csv"
NEEDED = ("id", "schema", "name", "aliases", "birth_date", "countries", "dataset")
ORIGIN = "OpenSanctions"


def read_opensanctions_csv(original: bytes) -> Read:
    """The list in the order of the file. Raises ImportRejected."""
    rejected: list[RowMistake] = []
    entities: list[Entity] = []
    datasets, last_seen = dict[str, None](), ""
    for line, row in records(decoded(original), rejected):
        if missing := [name for name in NEEDED if name not in row]:
            refuse(1, f"no column {missing[0]}")
        if not (row["id"] and row["schema"] and row["name"]):
            rejected.append(mistake(line, "no id, schema or name"))
            continue
        entities.append(_entity(line, row))
        datasets[row["dataset"]] = None
        last_seen = max(last_seen, row.get("last_seen", "")[:10])
    return finished(
        FORMAT,
        entities,
        rejected,
        as_of=iso_day(last_seen).value,
        title="; ".join(datasets) if 0 < len(datasets) < 4 else None,
        origin=ORIGIN,
    )


def _entity(line: int, row: dict[str, str]) -> Entity:
    said = split(row["countries"])
    aliases = [text for text in split(row["aliases"]) if text != row["name"]]
    return Entity(
        id=row["id"],
        schema=row["schema"],
        caption=row["name"],
        names=(
            ListedName(text=row["name"]),
            *(ListedName(text=text, kind="alias") for text in aliases),
        ),
        birth_dates=tuple(iso_day(text) for text in split(row["birth_date"])),
        countries=unique(country_code(one) for one in said),
        countries_said=tuple(one for one in said if country_code(one) is None),
        documents=tuple(
            ListedDocument(kind="id", number=number) for number in split(row.get("identifiers", ""))
        ),
        programs=split(row.get("program_ids", "")),
        notes=unique(split(row.get("sanctions", ""))),
        addresses=split(row.get("addresses", "")),
        other=tuple(
            (name, value)
            for name, column in (("phone", "phones"), ("email", "emails"))
            for value in split(row.get(column, ""))
        ),
        row=line,
        dataset=row["dataset"],
    )
