"""OpenSanctions' targets.nested.json and entities.ftm.json: one entity of FollowTheMoney a line.

A line holds id, caption, schema, properties (name → values), datasets, first_seen, last_seen,
last_change, target. In the nested form a value may be an entity itself; in the other papers,
addresses and sanctions stand on lines of their own and are joined by reference: Identification and
Passport by `holder`, Sanction by `entity`, Address from `addressEntity` of its entity. Source: the
data dictionary, opensanctions.org/reference (read 2026-11-23).
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from safeconduct.reference.importing import RowMistake
from safeconduct.screening.entities import (
    Entity,
    EntityMistaken,
    ListedDocument,
    country_code,
    entity_of,
    iso_day,
)
from safeconduct.screening.importers.reading import Read, finished, mistake, refuse, unique

FORMAT = "ftm-json"
ORIGIN = "OpenSanctions"
_PAPERS = ("Identification", "Passport")
_MARK = b"\xef\xbb\xbf"


class Record(msgspec.Struct, frozen=True, gc=False):
    """A line as it stands, or a nested value."""

    id: str
    schema: str
    properties: dict[str, list[Any]]
    caption: str | None = None
    datasets: list[str] = []
    last_seen: str | None = None


class _Beside:
    """What stands beside the entities, by their identifiers."""

    def __init__(self) -> None:
        self.papers: dict[str, list[ListedDocument]] = {}
        self.sanctions: dict[str, list[dict[str, list[str]]]] = {}
        self.addresses: dict[str, str] = {}
        self.relations = 0


def read_ftm_json(original: bytes) -> Read:
    """Both forms; entities in the order of the file. Raises ImportRejected."""
    rejected: list[RowMistake] = []
    entities: list[Entity] = []
    beside = _Beside()
    datasets, last_seen = dict[str, None](), ""
    for line, record in _lines(original, rejected):
        last_seen = max(last_seen, (record.last_seen or "")[:10])
        if _kept_beside(record, beside):
            continue
        try:
            entity = _entity(line, record, beside)
        except EntityMistaken as error:
            rejected.append(mistake(line, error.reason))
            continue
        if entity.names:
            entities.append(entity)
            datasets |= dict.fromkeys(record.datasets)
        elif record.schema == "Person":
            rejected.append(mistake(line, "a person without a name"))
        else:
            beside.relations += 1
    return finished(
        FORMAT,
        (_joined(entity, beside) for entity in entities),
        rejected,
        as_of=iso_day(last_seen).value,
        title="; ".join(datasets) if 0 < len(datasets) < 4 else None,
        origin=ORIGIN,
        without_names=beside.relations,
    )


def _lines(original: bytes, rejected: list[RowMistake]) -> Iterator[tuple[int, Record]]:
    """Each line as a record. Refuses a file whose last line is cut."""
    decode = msgspec.json.Decoder(Record).decode
    start, number = len(_MARK) if original.startswith(_MARK) else 0, 0
    while start < len(original):
        end = original.find(b"\n", start)
        cut = end < 0
        line = original[start : len(original) if cut else end]
        start, number = len(original) if cut else end + 1, number + 1
        if not line.strip():
            continue
        try:
            yield number, decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if cut:
                refuse(number, f"the file ends in the middle of a line, or it is no JSON: {error}")
            rejected.append(mistake(number, str(error)))


def _kept_beside(record: Record, beside: _Beside) -> bool:
    """Whether the record only says more of another one; then it is kept for it."""
    texts = _texts(record.properties)
    if record.schema in _PAPERS:
        for holder in texts.get("holder", ()):
            beside.papers.setdefault(holder, []).extend(_papers(record))
    elif record.schema == "Sanction":
        for entity in texts.get("entity", ()):
            beside.sanctions.setdefault(entity, []).append(texts)
    elif record.schema == "Address":
        beside.addresses[record.id] = _address(record)
    else:
        return False
    return True


def _entity(line: int, record: Record, beside: _Beside) -> Entity:
    for nested in _nested(record.properties):
        if nested.schema in _PAPERS:
            beside.papers.setdefault(record.id, []).extend(_papers(nested))
        elif nested.schema == "Sanction":
            beside.sanctions.setdefault(record.id, []).append(_texts(nested.properties))
        elif nested.schema == "Address":
            beside.addresses.setdefault(nested.id, _address(nested))
    texts = _texts(record.properties)
    addresses = [one.id for one in _nested(record.properties) if one.schema == "Address"]
    if addresses:
        texts["addressEntity"] = [*texts.get("addressEntity", ()), *addresses]
    return entity_of(
        {
            "id": record.id,
            "schema": record.schema,
            "caption": record.caption,
            "properties": texts,
        },
        row=line,
        dataset="; ".join(record.datasets),
    )


def _joined(entity: Entity, beside: _Beside) -> Entity:
    """The entity with its papers, addresses and sanctions."""
    papers, sanctions = beside.papers.get(entity.id, []), beside.sanctions.get(entity.id, [])
    wanted = [value for name, value in entity.other if name == "addressEntity"]
    if not (papers or sanctions or wanted):
        return entity
    known = {paper.number for paper in papers}
    said = partial(_all, sanctions)
    return msgspec.structs.replace(
        entity,
        documents=(
            *dict.fromkeys(papers),
            *(paper for paper in entity.documents if paper.number not in known),
        ),
        addresses=unique((*entity.addresses, *(beside.addresses.get(one) for one in wanted))),
        programs=unique((*entity.programs, *said("programId", "program"))),
        notes=unique((*entity.notes, *said("reason"))),
        links=unique((*entity.links, *said("sourceUrl"))),
        other=tuple(
            pair
            for pair in entity.other
            if pair[0] != "addressEntity" or pair[1] not in beside.addresses
        ),
    )


def _all(records: list[dict[str, list[str]]], *names: str) -> list[str]:
    return [value for one in records for name in names for value in one.get(name, ())]


def _papers(record: Record) -> list[ListedDocument]:
    texts = _texts(record.properties)
    said = " ".join((record.schema, *texts.get("type", ()))).lower()
    country = next(iter(texts.get("country", ())), "")
    return [
        ListedDocument(
            kind="passport" if "passport" in said else "id",
            number=number,
            country=country_code(country) or country or None,
        )
        for number in texts.get("number", ())
    ]


def _address(record: Record) -> str:
    texts = _texts(record.properties)
    parts = [
        value for name in ("street", "city", "state", "country") for value in texts.get(name, ())
    ]
    return next(iter(texts.get("full", ())), ", ".join(parts))


def _texts(properties: dict[str, list[Any]]) -> dict[str, list[str]]:
    found = {name: [v for v in values if isinstance(v, str)] for name, values in properties.items()}
    return {name: values for name, values in found.items() if values}


def _nested(properties: dict[str, list[Any]]) -> Iterator[Record]:
    for values in properties.values():
        for value in values:
            if isinstance(value, dict):
                try:
                    yield msgspec.convert(value, Record)
                except msgspec.ValidationError as error:
                    raise EntityMistaken(f"nested: {error}") from None
