"""An identity paper as the case records it: its number, dates, bearer and lines, as stated.

It holds what is printed or was told, mistakes included; nothing is corrected or judged here.
"""

from enum import StrEnum
from typing import Literal

import msgspec

from safeconduct.casefile.ids import Country, Id
from safeconduct.casefile.proofs import Answered, Asked, Compared, checked
from safeconduct.casefile.when import When


class DocumentKind(StrEnum):
    """What sort of paper it is; `OTHER` with a note where none of these fits."""

    RUSSIAN_INTERNAL_PASSPORT = "russian-internal-passport"
    RUSSIAN_TRAVEL_PASSPORT = "russian-travel-passport"
    RUSSIAN_MILITARY_ID = "russian-military-id"
    LAISSEZ_PASSER = "laissez-passer"
    RESIDENCE_PERMIT = "residence-permit"
    REFUGEE_CERTIFICATE = "refugee-certificate"
    BIRTH_CERTIFICATE = "birth-certificate"
    IDENTITY_CARD = "identity-card"
    OTHER = "other"


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One identity paper, named `d1`, `d2` …; everything but its kind may be missing.

    `number` is written as on the paper, with series, spaces and unreadable marks. `country` is
    the issuing state; `holder` the person whom the paper names, where that is not the person
    under whom it stands. `mrz` holds the lines of the machine-readable zone as printed. `seen`
    says what the case worker had before them: the paper, a copy, or only its description. `asked`,
    `answered` and `compared` say whether its issuer was asked about it, and what came of that.
    """

    id: Id
    kind: DocumentKind
    number: str | None = None
    issued: When | None = None
    expires: When | None = None
    issuer: str | None = None
    country: Country | None = None
    holder: Id | None = None
    mrz: tuple[str, ...] = ()
    seen: Literal["original", "copy", "described", "not-seen"] | None = None
    asked: Asked | None = None
    answered: Answered | None = None
    compared: Compared | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        checked(self.answered, self.compared)
