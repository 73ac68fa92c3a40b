"""The applicant, the household and other persons named: names as written, dates, papers."""

from enum import StrEnum
from typing import Literal

import msgspec

from safeconduct.casefile.documents import Document
from safeconduct.casefile.ids import Country, Id, Language, Sha256
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import When

Script = Literal["Latn", "Cyrl", "Arab", "Armn", "Geor", "Hebr", "Grek", "other"]


class NameKind(StrEnum):
    """What a written name is to its bearer."""

    LEGAL = "legal"
    BIRTH = "birth"
    FORMER = "former"
    ALIAS = "alias"
    TRANSLITERATION = "transliteration"
    NOM_DE_GUERRE = "nom-de-guerre"
    PSEUDONYM = "pseudonym"


class NameParts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The parts of a name as the bearer declares them; never guessed."""

    given: str | None = None
    patronymic: str | None = None
    family: str | None = None
    other: tuple[str, ...] = ()


class Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name as written, with script and language where known. A bare text stands for `text`."""

    text: str
    script: Script | None = None
    language: Language | None = None
    kind: NameKind | None = None
    parts: NameParts | None = None
    note: str | None = None


class MayBeChecked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The recorded purpose and legal basis without which a third person is not checked."""

    purpose: str
    legal_basis: str
    recorded: When | None = None
    recorded_by: str | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is recorded of one person; everything but the identifier and a name may be missing."""

    id: Id
    names: tuple[Name, ...]
    sex: Literal["female", "male", "other"] | None = None
    born: When | None = None
    birth_place: Place | None = None
    citizenships: tuple[Country, ...] = ()
    documents: tuple[Document, ...] = ()
    note: str | None = None


class Photograph(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A photograph of a person: JPEG or PNG in a file beside the case, and its SHA-256."""

    file: str
    sha256: Sha256
    taken: When | None = None
    note: str | None = None


class Applicant(Person, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The person who asks for protection."""

    photograph: Photograph | None = None


class HouseholdMember(Person, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A family member who asks together with the applicant."""

    relation: str
    may_be_checked: MayBeChecked | None = None


class PersonNamed(Person, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another person whom the account names: a relative who stayed, a comrade, a commander."""

    relation: str | None = None
    may_be_checked: MayBeChecked | None = None
