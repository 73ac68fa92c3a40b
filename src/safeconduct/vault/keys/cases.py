"""The keys of a case: one for each compartment and version, and one beneath for each purpose.

A key of one compartment leads to no other. Version 2 leads back to version 1, never forwards, so
that a colleague who joins needs one grant and one who left reads nothing that came later.
"""

from enum import StrEnum

import msgspec

from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import KEY_BYTES, open_envelope, seal
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.ids import opaque


class Compartment(StrEnum):
    """The parts of a case that are opened apart."""

    IDENTITY = "identity"
    ACCOUNT = "account"
    LEGAL_ADVICE = "legal-advice"
    RESTRICTED_FINDINGS = "restricted-findings"


class Purpose(StrEnum):
    """What a key beneath a case key is for; each protects one kind of thing."""

    SUMMARY = "summary"
    REVISION = "revision"
    MANIFEST = "manifest"
    EVIDENCE_KEY = "evidence-key"
    CUSTODY = "custody"
    AUDIT = "audit"
    PREVIOUS_KEY = "previous-key"


class CaseKey(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of one compartment of one case in one version (1 is the first), open in memory."""

    case: str
    compartment: Compartment
    version: int
    secret: bytes

    def __repr__(self) -> str:
        return f"CaseKey({self.case!r}, {self.compartment}, version {self.version}, secret)"

    def beneath(self, purpose: Purpose) -> bytes:
        """The 32-byte key for one purpose."""
        return derive(
            self.secret,
            purpose=labelled(
                "case-purpose", self.case, self.compartment, self.version, purpose.value
            ),
        )


def new_case_key(case: str, compartment: Compartment) -> CaseKey:
    """A fresh key, version 1."""
    return CaseKey(case=opaque(case), compartment=compartment, version=1, secret=draw(KEY_BYTES))


def next_case_key(key: CaseKey) -> tuple[CaseKey, bytes]:
    """A fresh key of the next version, and the link that leads from it back to this one."""
    newer = CaseKey(
        case=key.case,
        compartment=key.compartment,
        version=key.version + 1,
        secret=draw(KEY_BYTES),
    )
    link = seal(key.secret, newer.beneath(Purpose.PREVIOUS_KEY), place=_place(newer))
    return newer, link


def previous_case_key(newer: CaseKey, link: bytes) -> CaseKey:
    """The key of the version before. Raises Malformed, NotOpened, or NotUsable before version 1."""
    if newer.version < 2:
        raise NotUsable("there is no version before the first")
    secret = open_envelope(link, newer.beneath(Purpose.PREVIOUS_KEY), place=_place(newer))
    if len(secret) != KEY_BYTES:
        raise Malformed("a case key has 32 bytes")
    return CaseKey(
        case=newer.case,
        compartment=newer.compartment,
        version=newer.version - 1,
        secret=secret,
    )


def _place(newer: CaseKey) -> bytes:
    return labelled("previous-key", newer.case, newer.compartment, newer.version)
