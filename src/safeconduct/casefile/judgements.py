"""Judgements: whether a named person holds an entry of a list to be somebody of the case.

A judgement stands for what was judged, told by two hashes: of the person as the case recorded them
and of the entry as the list had it. Where either changed, it is asked again. Nothing here judges.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Literal, NamedTuple

import msgspec

from safeconduct.casefile.ids import Id, Sha256, Slug
from safeconduct.casefile.people import Person
from safeconduct.casefile.when_values import When


class JudgementVerdict(StrEnum):
    """What a person concluded. UNSURE is an answer, and leaves the question open."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class Judgement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether `person` of the case is `entity` of `list`, as somebody named judged, and why.

    `entity_sha256` and `person_sha256` are hashes of what was judged.
    """

    id: Id
    person: Id
    list: Slug
    entity: str
    verdict: JudgementVerdict
    by: str
    on: When
    reason: str
    entity_sha256: Sha256
    person_sha256: Sha256
    note: str | None = None


State = Literal["standing", "changed", "none"]


class Judged(NamedTuple):
    """What was judged of a match: a standing judgement, one of what has changed since, or none."""

    state: State
    judgement: Judgement | None = None


def judged(
    judgements: Iterable[Judgement],
    *,
    person: str,
    list_id: str,
    entity: str,
    person_sha256: str,
    entity_sha256: str,
) -> Judged:
    """The judgement on a person of the case and an entry of a list, the latest by its identifier.

    One that was made of the same person and entry stands, even where a later one was of another
    state of them. The order of the judgements does not matter.
    """
    about = [
        one for one in judgements if (one.person, one.list, one.entity) == (person, list_id, entity)
    ]
    hashes = (person_sha256, entity_sha256)
    same = [one for one in about if (one.person_sha256, one.entity_sha256) == hashes]
    if same:
        return Judged("standing", max(same, key=_number))
    return Judged("changed", max(about, key=_number)) if about else Judged("none")


def person_sha256(person: Person) -> str:
    """The hash of what is compared of a person; remarks, and the order of lists, are not in it."""
    place = person.birth_place
    compared = (
        sorted((name.text, name.kind or "", _parts(name.parts)) for name in person.names),
        person.born.edtf if person.born else None,
        person.sex,
        (place.name, place.country) if place else None,
        sorted(person.citizenships),
        sorted(paper.number for paper in person.documents if paper.number),
    )
    return _sha256(compared)


def entity_sha256(entity: msgspec.Struct) -> str:
    """The hash of an entry of a list, wherever in its file it stands."""
    content = msgspec.to_builtins(entity)
    content.pop("row", None)
    content.pop("dataset", None)
    return _sha256(content)


def _parts(parts: msgspec.Struct | None) -> str:
    return "" if parts is None else msgspec.json.encode(parts, order="sorted").decode()


def _sha256(content: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def _number(judgement: Judgement) -> int:
    return int("".join(filter(str.isdigit, judgement.id)))
