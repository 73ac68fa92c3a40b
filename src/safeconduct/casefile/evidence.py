"""Evidence items, their sources, the two-axis grades, and searches made by hand."""

from enum import StrEnum
from typing import Literal

import msgspec

from safeconduct.casefile.ids import Id, Language, Sha256
from safeconduct.casefile.when import When


class Reliability(StrEnum):
    """Admiralty grading, first axis: the source. F cannot be judged; it does not mean bad."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """Admiralty grading, second axis: the information. 6 cannot be judged; not bad."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"


class Grade(msgspec.Struct, frozen=True):
    """Two judgements that are never blended into one."""

    reliability: Reliability
    credibility: Credibility


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who or what evidence came from. `same_origin_as`: sources declared to share one origin."""

    id: Id
    name: str
    kind: Literal["person", "organisation", "publication", "register", "authority", "other"] = (
        "other"
    )
    title: str | None = None
    publisher: str | None = None
    address: str | None = None
    published: When | None = None
    read: When | None = None
    language: Language | None = None
    reliability: Reliability | None = None
    reliability_reason: str | None = None
    same_origin_as: tuple[Id, ...] = ()
    note: str | None = None


class CustodyEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step in the life of an item since it was received."""

    on: When
    event: Literal["received", "viewed", "copied", "cleaned", "exported", "transferred"]
    by: str
    note: str | None = None


class EvidenceItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A collected item. The original is never altered; `sha256` is of the original."""

    id: Id
    what: str
    source: Id | None = None
    collected: When | None = None
    file: str | None = None
    sha256: Sha256 | None = None
    credibility: Credibility | None = None
    credibility_reason: str | None = None
    custody: tuple[CustodyEvent, ...] = ()
    note: str | None = None


class SearchEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One search made by hand; one that found nothing is kept as well."""

    id: Id
    tool: str
    query: str
    on: When
    by: str
    result: str
    found: bool
    about: tuple[Id, ...] = ()
    capture_sha256: Sha256 | None = None
    note: str | None = None
