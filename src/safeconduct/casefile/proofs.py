"""What establishes service and identity positively: control questions, registers, identifiers.

A prepared legend holds no contradiction, so that its absence shows nothing; what only somebody who
was there knows, and what others recorded at the time, can be compared. Each of these is linked to
claims and has a state. Whether an answer matches, a named person says; nothing here compares.
"""

from enum import StrEnum
from typing import Literal, Protocol

import msgspec

from safeconduct.casefile.ids import Id, Language, Sha256, Slug
from safeconduct.casefile.places import Place
from safeconduct.casefile.when_values import When


class ControlTopic(StrEnum):
    """What somebody who served somewhere knows of it without having learnt it for an interview."""

    COMMANDERS = "commanders"
    LAYOUT = "layout"
    ROUTINE = "routine"
    EQUIPMENT = "equipment"
    PAY = "pay"
    WEATHER = "weather"
    ROAD = "road"


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That it was asked: of the applicant, of a register, of whoever issued a paper."""

    on: When
    by: str | None = None
    note: str | None = None


class Answered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came back, as it was given; or that an answer was not wished, which weighs nothing."""

    on: When
    text: str | None = None
    refused: bool = False
    language: Language | None = None
    interpreter: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if (self.text is None) != self.refused:
            raise ValueError("either `text` or `refused: true`, not both and not neither")


class Compared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a named person held: whether what came back matches what was expected, and why."""

    result: Literal["matched", "not-matched"]
    by: str
    on: When
    reason: str


class ProofState(StrEnum):
    """How far it has come. None of these says anything about a person."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    ANSWERED = "answered"
    MATCHED = "matched"
    NOT_MATCHED = "not-matched"


class Proof(Protocol):
    """What control questions, register entries, identifiers and documents have in common."""

    @property
    def id(self) -> str:
        """Such as w1."""

    @property
    def asked(self) -> Asked | None:
        """That it was asked, if it was."""

    @property
    def answered(self) -> Answered | None:
        """What came back, if anything did."""

    @property
    def compared(self) -> Compared | None:
        """What a person held of it, if anybody did."""


class _Proving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Id
    claims: tuple[Id, ...]
    asked: Asked | None = None
    answered: Answered | None = None
    compared: Compared | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("`claims` with one claim at least")
        checked(self.answered, self.compared)


class ControlQuestion(_Proving, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question whose answer was fixed before it was put. The answer is not in the case.

    `commitment` is the hash of a salt, the question and the expected answer (see
    `casefile.commitments`); both stand in a file of the group's own. `pack` and `row` say which
    reference pack it was taken from.
    """

    topic: ControlTopic
    question: str
    language: Language
    commitment: Sha256
    fixed_on: When
    fixed_by: str
    pack: str | None = None
    row: Slug | None = None


class RegisterEntry(_Proving, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry that a register should have if the claims are so; `searches` that looked for it."""

    register: str
    entry: str
    searches: tuple[Id, ...] = ()


class Identifier(_Proving, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A telephone, a handle or a photograph that ties the applicant to claims.

    `service` is the network or platform of it. A photograph names its item of `evidence`, and where
    and when it was taken, as stated.
    """

    kind: Literal["telephone", "handle", "photograph", "other"]
    value: str
    service: str | None = None
    evidence: Id | None = None
    taken_at: Place | None = None
    taken_on: When | None = None


def checked(answered: Answered | None, compared: Compared | None) -> None:
    """Raises ValueError for a comparison of what never came back."""
    if compared is not None and (answered is None or answered.refused):
        raise ValueError("`compared` where there is an answer in `answered`")


def state_of(proof: Proof) -> ProofState:
    """How far it has come. A refusal to answer leaves it asked, and nothing more."""
    if proof.compared is not None:
        return ProofState(proof.compared.result)
    if proof.answered is not None:
        return ProofState.ASKED if proof.answered.refused else ProofState.ANSWERED
    return ProofState.ASKED if proof.asked is not None else ProofState.NOT_ASKED
