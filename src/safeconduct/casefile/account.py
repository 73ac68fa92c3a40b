"""The account: tellings, which are fixed, and the checkable claims that are read out of them."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from safeconduct.casefile.durations import Lasting
from safeconduct.casefile.ids import Id, Iso8601Duration, Language, Sha256, Slug
from safeconduct.casefile.places import Place
from safeconduct.casefile.weighing import Expectation
from safeconduct.casefile.when import When

Passage = Annotated[
    str,
    Meta(
        pattern=r"^([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(-[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?"
        r"|(line|lines|page|pages|paragraph|paragraphs) [0-9]{1,6}(-[0-9]{1,6})?)$",
        description='a time code such as 00:12:31, or "line 4", "lines 4-6", "page 2", '
        '"paragraph 3"',
    ),
]


class ReadBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That the account was read back to the applicant, and whether it was confirmed."""

    on: When
    language: Language
    result: Literal["confirmed", "corrected"]
    interpreter: str | None = None
    note: str | None = None


class Telling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One interview or written statement. Its transcript or recording never changes.

    `transcript_sha256` is the hash of the transcript's UTF-8 text; where it is given, reading the
    case compares it and reports a transcript that no longer is what it was.
    """

    id: Id
    on: When
    place: Place | None = None
    language: Language | None = None
    interpreter: str | None = None
    interviewer_role: str | None = None
    source: Id | None = None
    transcript: str | None = None
    transcript_sha256: Sha256 | None = None
    recording_sha256: Sha256 | None = None
    read_back: ReadBack | None = None
    note: str | None = None


class ClaimKind(StrEnum):
    """What a claim states, so that checks know how to read its time and place."""

    STAY = "stay"
    JOURNEY = "journey"
    EVENT = "event"
    STATEMENT = "statement"


class Means(StrEnum):
    """By what a journey was made."""

    FOOT = "foot"
    BICYCLE = "bicycle"
    HORSE = "horse"
    MOTORCYCLE = "motorcycle"
    CAR = "car"
    BUS = "bus"
    TRUCK = "truck"
    ARMOURED_VEHICLE = "armoured-vehicle"
    CONVOY = "convoy"
    TRAIN = "train"
    SHIP = "ship"
    HELICOPTER = "helicopter"
    AEROPLANE = "aeroplane"


class RelationKind(StrEnum):
    """How this claim's time stands to another's (ends, starts and spans of both claims)."""

    BEFORE = "before"
    AFTER = "after"
    DURING = "during"
    CONTAINS = "contains"
    OVERLAPS = "at-the-same-time-as"


class Relation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`before`: this ends before that starts; `least` and `most` bound the time between them.

    `after` mirrors it. `during`: this lies within that; `contains` mirrors it.
    `at-the-same-time-as`: both share at least one moment.
    """

    kind: RelationKind = msgspec.field(name="is")
    claim: Id
    least: Iso8601Duration | None = None
    most: Iso8601Duration | None = None
    words: str | None = None


class Detail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stated particular (`what: role`, `value: officer`), or several readings of it.

    `one_of` keeps readings that are open, with the reason why they are; none is preferred.
    """

    what: str
    value: str | None = None
    one_of: tuple[str, ...] = ()
    because: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (not self.one_of):
            raise ValueError("either `value` or `one_of`, not both and not neither")
        if len(self.one_of) == 1:
            raise ValueError("`one_of` with two readings or more; use `value` for one")


class Bearing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an evidence item bears on the claim, as the caseworker sees it."""

    item: Id
    bears: Literal["supports", "conflicts", "context"]
    note: str | None = None


class MilestoneUse(StrEnum):
    """What the claim says of a milestone."""

    KNEW = "knew-of"
    AFTER = "after"
    BEFORE = "before"
    DURING = "during"


class MilestoneReference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The claim refers to a public event: known of, or told as before, during or after it."""

    milestone: Slug
    as_: MilestoneUse = msgspec.field(name="as", default=MilestoneUse.DURING)


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One checkable statement of an account: what, when, where, told in which telling.

    `text` is the caseworker's neutral wording; `words` are those of `voice`, in `language`.
    A journey states `from`, `to` and `by`; the other kinds state `where`.
    `lasts` is a stated duration ("two years"). `retells` names the claim of another telling that
    this one tells again. `central` is how central the applicant holds it.
    """

    id: Id
    kind: ClaimKind
    text: str
    words: str | None = None
    language: Language | None = None
    translation: str | None = None
    voice: Literal["applicant", "interpreter", "caseworker", "report", "witness"] | None = None
    when: When | None = None
    lasts: Lasting | None = None
    where: Place | None = None
    from_: Place | None = msgspec.field(name="from", default=None)
    to: Place | None = None
    by: Means | None = None
    told_in: Id | None = None
    passage: Passage | None = None
    central: Literal["central", "supporting", "peripheral"] | None = None
    person: Id | None = None
    relations: tuple[Relation, ...] = ()
    retells: Id | None = None
    details: tuple[Detail, ...] = ()
    documents: tuple[Id, ...] = ()
    evidence: tuple[Bearing, ...] = ()
    if_untrue: tuple[Expectation, ...] = ()
    milestones: tuple[MilestoneReference, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        journey = self.kind is ClaimKind.JOURNEY
        if not journey and (self.from_ is not None or self.to is not None or self.by is not None):
            raise ValueError("`from`, `to` and `by` only in a claim of kind journey")
        if journey and self.where is not None:
            raise ValueError("`from` and `to` instead of `where` in a claim of kind journey")
