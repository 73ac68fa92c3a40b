"""What a machine-readable zone holds once read: fields, check digits, faults and slips of reading.

Values only; `mrz` makes them. Nothing here says whether a paper is genuine: a zone whose digits
all agree can be printed by anyone, and one that differs may have been misread.
"""

from enum import StrEnum

import msgspec

from safeconduct.casefile.errors import SafeconductError


class ZoneFormat(StrEnum):
    """The size of the paper by ICAO Doc 9303: cards (TD1, TD2) and passport books (TD3)."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"


class FaultKind(StrEnum):
    """What in the lines is not as Doc 9303 has it, or kept them from being read."""

    LINE_COUNT = "line-count"
    LINE_LENGTH = "line-length"
    VISA = "visa"
    LOWER_CASE = "lower-case"
    SPACES = "spaces"
    UNREADABLE = "unreadable"
    DOCUMENT_CODE = "document-code"
    STATE_CODE = "state-code"
    SEX = "sex"
    DIGIT_IN_NAME = "digit-in-name"
    DATE = "date"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault. `line` and `position` count from 1; `found` and `accepted` are as printed."""

    kind: FaultKind
    found: str
    accepted: str
    line: int | None = None
    position: int | None = None


class ZoneNotReadable(SafeconductError):
    """The lines are not a zone of a known size, so no field in them can be told from another."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{one.kind}: {one.found} ({one.accepted})" for one in faults))
        self.faults = faults


class CheckedField(StrEnum):
    """What a check digit covers."""

    NUMBER = "document-number"
    BIRTH = "birth-date"
    EXPIRY = "expiry-date"
    OPTIONAL = "optional-data"
    COMPOSITE = "composite"


class CheckState(StrEnum):
    """Whether the printed digit is the computed one; UNKNOWN is neither."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class CheckReason(StrEnum):
    """Why a check digit is unknown, or agrees without being a digit."""

    UNREADABLE = "unreadable"
    NOT_A_DIGIT = "not-a-digit"
    FIELD_UNUSED = "field-unused"


class DigitCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One check digit: where it stands, as printed, as computed (None where it cannot be)."""

    field: CheckedField
    line: int
    position: int
    printed: str
    computed: str | None
    state: CheckState
    reason: CheckReason | None = None
    source: str


class Misreading(msgspec.Struct, frozen=True, kw_only=True):
    """A single character which, read otherwise, lets every check digit agree."""

    line: int
    position: int
    found: str
    read: str


class ZoneNames(msgspec.Struct, frozen=True, kw_only=True):
    """The holder's names in their parts. `may_be_cut`: the field is full to its last letter."""

    printed: str
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    may_be_cut: bool


class StateCode(msgspec.Struct, frozen=True, kw_only=True):
    """A code of three letters without fillers; `special` names those that stand for no country."""

    printed: str
    code: str
    special: str | None = None


class DateState(StrEnum):
    """How much of a date can be read; IMPOSSIBLE has letters or is on no calendar."""

    READ = "read"
    PARTIAL = "partial"
    UNUSED = "unused"
    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"


class DateRule(StrEnum):
    """The rule by which centuries were ruled out, where one was."""

    BIRTH_NOT_AFTER_DAY = "birth-not-after-day"
    EXPIRY_NOT_BEFORE_BIRTH = "expiry-not-before-birth"


class ZoneDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date with a year of two digits and every reading of it as EDTF, oldest first.

    `ruled_out` are the readings of the other century that `rule` excludes; the century is
    otherwise never chosen.
    """

    printed: str
    state: DateState
    readings: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    rule: DateRule


class Mrz(msgspec.Struct, frozen=True, kw_only=True):
    """A zone as read. `lines` have `?` where a character is unreadable; texts bear no fillers.

    `sex` is "female", "male", "unspecified" (printed `<`), or None where it is none of these.
    `misreadings` is filled only where some check digit does not agree.
    """

    format: ZoneFormat
    lines: tuple[str, ...]
    document_code: str
    issuing_state: StateCode
    number: str
    nationality: StateCode
    birth: ZoneDate
    sex: str | None
    expiry: ZoneDate
    optional: tuple[str, ...]
    names: ZoneNames
    checks: tuple[DigitCheck, ...]
    faults: tuple[Fault, ...] = ()
    misreadings: tuple[Misreading, ...] = ()

    def check(self, field: CheckedField) -> DigitCheck | None:
        """The check digit of a field; None where this format has none for it."""
        return next((one for one in self.checks if one.field is field), None)
