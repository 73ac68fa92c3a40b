"""Findings and vettings: cited observations, and what was not checked and why.

They hold facts, not prose: a message identifier with typed parameters, worded by `wording`.
There is no total, no score and no colour for a person.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.evidence import Credibility, Reliability

VETTING_SCHEMA = "safeconduct/vetting/1"


class Outcome(StrEnum):
    """What an observation is. UNKNOWN is never read as NOTHING_FOUND."""

    SUPPORTS = "supports"
    CONFLICTS = "conflicts"
    ASKS = "asks"
    NOTHING_FOUND = "nothing-found"
    UNKNOWN = "unknown"


class Indicator(StrEnum):
    """The credibility indicators of UNHCR and EUAA, kept apart and never added up."""

    INTERNAL_CONSISTENCY = "internal-consistency"
    EXTERNAL_CONSISTENCY = "external-consistency"
    SUFFICIENCY_OF_DETAIL = "sufficiency-of-detail"
    PLAUSIBILITY = "plausibility"


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Text of the case or of a data set, shown as it stands and never translated."""

    value: str


class Term(msgspec.Struct, frozen=True, tag="term"):
    """The identifier of a word or phrase that wording has in each language."""

    value: str


class Number(msgspec.Struct, frozen=True, tag="number"):
    """A count."""

    value: int


class Counted(msgspec.Struct, frozen=True, tag="counted"):
    """A count of something, worded with its unit: `of` has a plural form in each language."""

    of: str
    value: int


class Km(msgspec.Struct, frozen=True, tag="km"):
    """A distance in kilometres."""

    value: float


class Speed(msgspec.Struct, frozen=True, tag="km/h"):
    """A speed in kilometres per hour."""

    value: float


class Lapse(msgspec.Struct, frozen=True, tag="minutes"):
    """A length of time in minutes; wording chooses the unit."""

    value: int


class Day(msgspec.Struct, frozen=True, tag="day"):
    """A calendar day."""

    value: date


class Instant(msgspec.Struct, frozen=True, tag="instant"):
    """A moment, in UTC."""

    value: datetime


class Told(msgspec.Struct, frozen=True, tag="when"):
    """A date as the case has it: its EDTF reading and, where kept, the words it was told in."""

    edtf: str
    words: str | None = None


class Ids(msgspec.Struct, frozen=True, tag="ids"):
    """Identifiers of claims and other items of the case."""

    value: tuple[str, ...]


class Texts(msgspec.Struct, frozen=True, tag="texts"):
    """Several texts of the case, shown as they stand, joined as the language joins a list."""

    value: tuple[str, ...]


Parameter = Text | Term | Number | Counted | Km | Speed | Lapse | Day | Instant | Told | Ids | Texts


class Message(msgspec.Struct, frozen=True):
    """A message identifier with its parameters; `wording` turns it into a sentence."""

    id: str
    parameters: Mapping[str, Parameter] = {}


class Because(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a finding cites. Identity papers (`d1`) are cited as evidence; `row` is a data set's.

    `dataset` is `kind/id@as-of` of the data set that holds the row.
    """

    kind: Literal["claim", "evidence", "telling", "row"]
    id: str
    dataset: str | None = None


class RestsOn(msgspec.Struct, frozen=True, kw_only=True):
    """The grade of one thing that a finding rests on; two axes, never blended.

    `reliability` F and `credibility` 6 say that nobody judged it yet, not that it is bad.
    """

    kind: Literal["telling", "evidence", "row"]
    id: str
    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.UNJUDGED


class FindingWithoutCause(SafeconductError):
    """A finding that cites nothing is refused."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One cited observation of a check.

    `repairs` are innocent explanations of a conflict, cheapest first, for the investigator only:
    they never appear in an interview sheet or a dossier. `question` is open, not leading.
    `peripheral` marks what the applicant holds to be of little weight.
    """

    check: str
    outcome: Outcome
    indicator: Indicator
    message: Message
    because: tuple[Because, ...]
    repairs: tuple[Message, ...] = ()
    question: Message | None = None
    rests_on: tuple[RestsOn, ...] = ()
    peripheral: bool = False

    def __post_init__(self) -> None:
        if not self.because:
            raise FindingWithoutCause(f"a finding of {self.check} cites nothing")
        if self.outcome in (Outcome.CONFLICTS, Outcome.ASKS) and self.question is None:
            raise FindingWithoutCause(f"a finding of {self.check} asks nothing of the applicant")

    @property
    def id(self) -> str:
        """Derived from what is observed and cited: the same observation has the same id."""
        content = msgspec.json.encode(
            (self.check, self.outcome, self.message, self.because), order="sorted"
        )
        return "f" + hashlib.sha256(content).hexdigest()[:10]

    @property
    def question_id(self) -> str | None:
        """Of the question: from its kind, what it is about, and what is filled into its words.

        An answer to the question of where June was spent answers none about March: a correction
        that changes the question opens it anew.
        """
        if self.question is None:
            return None
        about = sorted({one.id for one in self.because if one.kind in ("claim", "evidence")})
        content = msgspec.json.encode((self.question, about), order="sorted")
        return "q" + hashlib.sha256(content).hexdigest()[:10]


class NotChecked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check could not look at, why, and what it would need."""

    check: str
    reason: Message
    needs: Message
    because: tuple[Because, ...] = ()


class ReferenceUsed(msgspec.Struct, frozen=True, kw_only=True):
    """A data set that was at hand, by the hash of the built form that was read."""

    kind: str
    id: str
    as_of: str
    sha256: str


class Vetting(msgspec.Struct, frozen=True, kw_only=True):
    """All findings on one case on one day, and what was not checked and why."""

    case: str
    on: date
    software: str
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    references: tuple[ReferenceUsed, ...]
