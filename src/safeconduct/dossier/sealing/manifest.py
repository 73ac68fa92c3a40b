"""The manifest: what a seal says about a dossier, and the rules that it may not break.

Of the person it holds a pseudonym or the name of an item, never the particulars: with one item
shown alone, the manifest goes along.
"""

from collections import Counter
from datetime import date
from typing import Literal

import msgspec

from safeconduct.casefile.findings import ReferenceUsed
from safeconduct.casefile.ids import Sha256
from safeconduct.dossier.sealing.canonical import canonical
from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.items import HashedItem, Item

SCHEMA: Literal["safeconduct/manifest/1"] = "safeconduct/manifest/1"

DOCUMENT = "document"
"""The item that holds a `Document`; of a part that is shown alone it is never one."""


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the manifest; a key that is not known is refused."""


class Subject(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom the dossier is about: a pseudonym, or the item that holds the true identity."""

    kind: Literal["identity", "pseudonym"]
    pseudonym: str | None = None
    item: str | None = None


class Withheld(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something is not shown, and who answers for that."""

    reason: str
    answers_for: str


class CheckRun(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One check that was run: all its findings by their item, or that it is withheld and why.

    `not_checked` counts what it could not look at; of a withheld check that is not told, and is 0.
    """

    check: str
    findings: tuple[str, ...] = ()
    not_checked: int = 0
    withheld: Withheld | None = None


class Omission(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something other than a check that the profile leaves out."""

    what: str
    reason: str
    answers_for: str


class Assessed(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which version of the assessment the dossier holds."""

    version: str
    sha256: Sha256


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """What a profile lets out of a case, before it is sealed. `items` are all that is shown."""

    profile: str
    language: str
    subject: Subject
    on: date
    checks: tuple[CheckRun, ...]
    omissions: tuple[Omission, ...]
    references: tuple[ReferenceUsed, ...]
    items: tuple[Item, ...]
    software: str
    assessment: Assessed | None = None


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """For whom and for what a dossier is sealed, from which day on and until which, included."""

    recipient: str
    purpose: str
    issued: date
    expires: date


class Organisation(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who seals: a name, and the Ed25519 public key in 64 hexadecimal digits."""

    name: str
    key: Sha256


class Certificates(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """SHA-256 of the certificate of the PDF's signature, and of those that stand beside it."""

    sha256: Sha256
    beside: tuple[Sha256, ...] = ()


class Document(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The PDF as it was before it was sealed: the first `bytes` bytes of the sealed file.

    `frame_sha256`: the frame of what sealing added behind it, see `frame`.
    It is an item with a salt, `DOCUMENT`, and not a part of the manifest: the same case gives the
    same PDF, so its bare hash beside one disclosed item would let the rest be guessed.
    """

    bytes: int
    sha256: Sha256
    frame_sha256: Sha256


class ReferenceHeld(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A data set that the vetting used, by its hash."""

    kind: str
    id: str
    as_of: str
    sha256: Sha256


class Manifest(_Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that the organisation signs. Its bytes are the canonical form of these values.

    `time_stamped`: an authority's stamp belongs to the PDF's signature, which does not cover it.
    """

    schema: Literal["safeconduct/manifest/1"] = SCHEMA
    organisation: Organisation
    certificate: Certificates
    recipient: str
    purpose: str
    issued: date
    expires: date
    time_stamped: bool
    profile: str
    language: str
    subject: Subject
    vetted_on: date
    checks: tuple[CheckRun, ...]
    omissions: tuple[Omission, ...]
    assessment: Assessed | None = None
    references: tuple[ReferenceHeld, ...]
    items: tuple[HashedItem, ...]
    software: str


def manifest_bytes(manifest: Manifest) -> bytes:
    """The bytes that are signed and attached. Raises NotCanonical."""
    return canonical(msgspec.to_builtins(manifest))


def refuse_unseen(disclosure: Disclosure, terms: Terms) -> None:
    """Raises SealRefused for a dossier that would hide something or that has no end.

    1. A cited check shows all its findings; a withheld one shows none, and says why and by whom.
    2. An item stands once, and each finding shown belongs to a check that is listed.
    3. It has a recipient and a purpose, and ends after it begins.
    """
    # No check at all would otherwise read as "nothing was found".
    if not disclosure.checks:
        raise SealRefused("no check is listed; those that could not run are listed as well")
    shown = Counter((DOCUMENT, *(one.id for one in disclosure.items)))
    cited = Counter(one for run in disclosure.checks for one in run.findings)
    for run in disclosure.checks:  # 1
        _whole(run, shown)
    for omission in disclosure.omissions:
        _answered(omission.reason, omission.answers_for)
    _once(shown, cited, disclosure)  # 2
    _named(disclosure.subject, shown)
    _bounded(disclosure, terms)  # 3


def _whole(run: CheckRun, shown: Counter[str]) -> None:
    if run.withheld is not None:
        _answered(run.withheld.reason, run.withheld.answers_for)
        if run.findings:
            raise SealRefused(f"the check {run.check} is withheld and shows findings")
    for one in run.findings:
        if one not in shown:
            raise SealRefused(f"the check {run.check} is cited without its finding {one}")


def _once(shown: Counter[str], cited: Counter[str], disclosure: Disclosure) -> None:
    for counts in (shown, cited, Counter(run.check for run in disclosure.checks)):
        for name, times in counts.items():
            if times > 1:
                raise SealRefused(f"{name} stands twice")
    for one in disclosure.items:
        if one.kind == "finding" and one.id not in cited:
            raise SealRefused(f"{one.id} belongs to no check that is listed")


def _bounded(disclosure: Disclosure, terms: Terms) -> None:
    if not (terms.recipient.strip() and terms.purpose.strip()):
        raise SealRefused("a dossier is sealed for a recipient and a purpose; one of them is empty")
    if terms.expires < terms.issued:
        raise SealRefused(f"it would end on {terms.expires}, before it begins on {terms.issued}")
    if disclosure.on > terms.issued:
        raise SealRefused(f"the vetting is of {disclosure.on}, after the day of sealing")


def _answered(reason: str, by: str) -> None:
    if not (reason.strip() and by.strip()):
        raise SealRefused("what is withheld needs a reason and the name of whoever answers for it")


def _named(subject: Subject, shown: Counter[str]) -> None:
    if subject.kind == "pseudonym":
        good = bool(subject.pseudonym and subject.pseudonym.strip()) and subject.item is None
    else:
        good = subject.item in shown and subject.pseudonym is None
    if not good:
        raise SealRefused("the person is a pseudonym, or an item that is shown; not both")
