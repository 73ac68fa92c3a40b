"""seal(): a composed PDF and what it discloses → a sealed dossier, checked before it is given out.

It draws salts and nothing else; the time is given.
"""

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec
from cryptography import x509

from safeconduct.dossier.sealing.certificates import certificate_sha256, may_seal, valid_on
from safeconduct.dossier.sealing.disclosing import Disclosed, disclosed_bytes
from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.examining import examine
from safeconduct.dossier.sealing.frame import frame_sha256
from safeconduct.dossier.sealing.items import Item, SaltedItem, hashed, salted
from safeconduct.dossier.sealing.layout import DISCLOSURE, MANIFEST
from safeconduct.dossier.sealing.located import locate
from safeconduct.dossier.sealing.manifest import (
    DOCUMENT,
    Certificates,
    Disclosure,
    Document,
    Manifest,
    Organisation,
    ReferenceHeld,
    Terms,
    manifest_bytes,
    refuse_unseen,
)
from safeconduct.dossier.sealing.signers import Sealer, unsigning
from safeconduct.dossier.sealing.stamping import stamped
from safeconduct.dossier.sealing.verification import Answer

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper


def seal(
    pdf: bytes,
    disclosure: Disclosure,
    terms: Terms,
    sealer: Sealer,
    *,
    at: datetime,
    time_stamps: "TimeStamper | None" = None,
) -> bytes:
    """A sealed dossier. `at`: a moment with its zone, on the day from which the terms hold.

    1. What would hide something, or has no end, is refused, and what would outlive its certificate
       while nobody stamps the time.
    2. Each item gets its salt, the manifest is stated and signed by the organisation.
    3. Both are added to the PDF, and all of it is signed.
    4. The result is examined as a recipient would; what is not whole is not given out.

    Raises SealRefused; NotCanonical for an item that JSON cannot hold.
    """
    refuse_unseen(disclosure, terms)  # 1
    if at.tzinfo is None or at.astimezone(UTC).date() != terms.issued:
        raise SealRefused(f"it is to hold from {terms.issued}, which is not the day of sealing")
    if not (may_seal(sealer.certificate) and valid_on(sealer.certificate, terms.issued)):
        raise SealRefused(f"the certificate may not sign documents, or not on {terms.issued}")
    if time_stamps is None:
        _refuse_ending_before(sealer.certificate, terms.expires)
    # An object that is added begins on a line of its own (ISO 19005-3, 6.1.9).
    base = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    items = salted((document_item(base, sealer, at), *disclosure.items))  # 2
    manifest = stated(disclosure, terms, sealer, items, time_stamped=time_stamps is not None)
    content = manifest_bytes(manifest)
    disclosed = Disclosed(manifest=manifest, signature=sealer.key.sign(content), items=items)
    attachments = {MANIFEST: content, DISCLOSURE: disclosed_bytes(disclosed)}
    sealed = stamped(base, attachments, sealer.signer, at=at, time_stamps=time_stamps)  # 3
    examined = examine(sealed)  # 4
    for point in (examined.intact, examined.valid):
        if point.answer is not Answer.YES:
            raise SealRefused(f"what was sealed does not hold: {point.because[0].id}")
    return sealed


def _refuse_ending_before(certificate: x509.Certificate, expires: date) -> None:
    """Without a stamp nobody knows of a seal, once its certificate ended, that it is older."""
    ends = certificate.not_valid_after_utc.date()
    if expires > ends:
        raise SealRefused(
            f"it would be in force until {expires}, and its certificate only until {ends}; "
            f"renew that (`seal renew`), choose a day until {ends} (`--until`), "
            "or have the time stamped (`--time-stamp-server`)"
        )


def document_item(base: bytes, sealer: Sealer, at: datetime) -> Item:
    """The item that holds the PDF, and what is added to it, to the manifest.

    The frame of the addition is that of one without content and under no signature.
    """
    empty = stamped(base, {MANIFEST: b"", DISCLOSURE: b""}, unsigning(sealer), at=at)
    framed = frame_sha256(empty, len(base), locate(empty).hole)
    held = Document(bytes=len(base), sha256=hashlib.sha256(base).hexdigest(), frame_sha256=framed)
    return Item(id=DOCUMENT, kind=DOCUMENT, value=msgspec.to_builtins(held))


def stated(
    disclosure: Disclosure,
    terms: Terms,
    sealer: Sealer,
    items: tuple[SaltedItem, ...],
    *,
    time_stamped: bool = False,
) -> Manifest:
    """The manifest of what is disclosed, the PDF among it, and of who seals it."""
    return Manifest(
        organisation=Organisation(name=sealer.name, key=sealer.key.public()),
        certificate=Certificates(
            sha256=certificate_sha256(sealer.certificate),
            beside=tuple(sorted(certificate_sha256(one) for one in sealer.beside)),
        ),
        recipient=terms.recipient,
        purpose=terms.purpose,
        issued=terms.issued,
        expires=terms.expires,
        time_stamped=time_stamped,
        profile=disclosure.profile,
        language=disclosure.language,
        subject=disclosure.subject,
        vetted_on=disclosure.on,
        checks=disclosure.checks,
        omissions=disclosure.omissions,
        assessment=disclosure.assessment,
        references=tuple(
            ReferenceHeld(**msgspec.structs.asdict(one)) for one in disclosure.references
        ),
        items=tuple(hashed(one) for one in items),
        software=disclosure.software,
    )
