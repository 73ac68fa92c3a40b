"""The case document: one file opened for one applicant and those who ask with them."""

from typing import Literal

import msgspec

from safeconduct.casefile.account import Claim, Telling
from safeconduct.casefile.answers import Answer
from safeconduct.casefile.documents import Document
from safeconduct.casefile.evidence import EvidenceItem, SearchEntry, Source
from safeconduct.casefile.ids import Id, Iso8601Duration, Language, Slug
from safeconduct.casefile.judgements import Judgement
from safeconduct.casefile.people import Applicant, HouseholdMember, Person, PersonNamed
from safeconduct.casefile.places import Place
from safeconduct.casefile.proofs import ControlQuestion, Identifier, RegisterEntry
from safeconduct.casefile.weighing import Explanation
from safeconduct.casefile.when import Conventions, When

CASE_SCHEMA = "safeconduct/case/1"


class ServicePeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Service in a unit, as stated: membership of a unit is itself a claim."""

    id: Id
    unit: str | None = None
    role: str | None = None
    rank: str | None = None
    from_: When | None = msgspec.field(name="from", default=None)
    to: When | None = None
    place: Place | None = None
    claims: tuple[Id, ...] = ()
    note: str | None = None


class Consent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the applicant agreed to, in which language, and whether it was withdrawn."""

    id: Id
    purpose: str
    scope: str
    language: Language
    on: When
    withdrawn: When | None = None
    note: str | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note of the staff; `restricted` keeps it out of whatever leaves the house."""

    id: Id
    text: str
    by: str | None = None
    on: When | None = None
    about: tuple[Id, ...] = ()
    restricted: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One case. Lists keep the order of the file; nothing depends on that order.

    `disputed_areas` says to which country a point in a disputed area (Crimea, Abkhazia …) is
    given: as recognised internationally, as held, or to none. Either way such a place is never
    held to be in another country than told.
    """

    schema: Literal["safeconduct/case/1"]
    id: Slug
    applicant: Applicant
    title: str | None = None
    language: Language | None = None
    organisation: str | None = None
    responsible: str | None = None
    conventions: Conventions = Conventions()
    gaps_longer_than: Iso8601Duration | None = None
    disputed_areas: Literal["recognised", "de-facto", "unassigned"] = "recognised"
    household: tuple[HouseholdMember, ...] = ()
    persons: tuple[PersonNamed, ...] = ()
    tellings: tuple[Telling, ...] = ()
    claims: tuple[Claim, ...] = ()
    service: tuple[ServicePeriod, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    searches: tuple[SearchEntry, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    controls: tuple[ControlQuestion, ...] = ()
    registers: tuple[RegisterEntry, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    answers: tuple[Answer, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    consents: tuple[Consent, ...] = ()
    notes: tuple[Note, ...] = ()

    def people(self) -> tuple[Person, ...]:
        """Everybody recorded in the case, the applicant first."""
        return (self.applicant, *self.household, *self.persons)

    def documents(self) -> tuple[Document, ...]:
        """The identity papers of everybody recorded in the case."""
        return tuple(document for person in self.people() for document in person.documents)
