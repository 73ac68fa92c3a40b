"""What a sealed file shows by itself: unchanged or not, its signatures holding or not.

Whom to trust is not asked here. Of a hostile file nothing is unpacked or followed.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from safeconduct.casefile.findings import Message, Number, Term, Text
from safeconduct.dossier.sealing.behind import Archived, Material, read_behind
from safeconduct.dossier.sealing.canonical import formed
from safeconduct.dossier.sealing.cms import Signed, read_signature, signature_holds
from safeconduct.dossier.sealing.der import NotDer
from safeconduct.dossier.sealing.disclosing import Disclosed, read_disclosed
from safeconduct.dossier.sealing.errors import FormUnknown, NotCanonical, NotSealed
from safeconduct.dossier.sealing.frame import NotFramed, frame_sha256
from safeconduct.dossier.sealing.items import altered
from safeconduct.dossier.sealing.keys import organisation_signed
from safeconduct.dossier.sealing.layout import DISCLOSURE, MANIFEST
from safeconduct.dossier.sealing.located import (
    Attached,
    Located,
    attached,
    locate,
    looks_sealed,
)
from safeconduct.dossier.sealing.longterm import Known, Need, fits, known_of
from safeconduct.dossier.sealing.manifest import DOCUMENT, Document, manifest_bytes
from safeconduct.dossier.sealing.time_stamps import Stamp, read_document_stamp, read_stamp
from safeconduct.dossier.sealing.verification import Answer, Point, point
from safeconduct.wording.check_names import CHECKS

_YES = Point(Answer.YES)


class Examined(NamedTuple):
    """A file that was examined. `disclosed` and `signed` are None where they cannot be read.

    `behind`: what was added behind the seal to check it long after, in order: material and stamps.
    """

    kind: Literal["dossier", "part"]
    intact: Point
    valid: Point
    disclosed: Disclosed | None = None
    signed: Signed | None = None
    stamp: Stamp | None = None
    behind: tuple[Known | Stamp, ...] = ()

    @property
    def needs(self) -> tuple[Need, ...]:
        """The certificates on which seal and stamps rest, each with the time that a stamp proves.

        Without a time stamp no time is proven, and nothing is asked for.
        """
        if self.signed is None or self.stamp is None:
            return ()
        later = (one for one in self.behind if isinstance(one, Stamp))
        return (
            Need(self.signed.certificate, self.stamp.moment),
            *(Need(one.certificate, one.moment) for one in (self.stamp, *later)),
        )

    @property
    def known(self) -> Known:
        """All certificates and lists in the file."""
        if self.signed is None or self.stamp is None:
            return Known()
        found = Known((*self.signed.others, *self.stamp.beside))
        for one in self.behind:
            found = found.with_more(Known(one.beside) if isinstance(one, Stamp) else one)
        return found


class _Unreadable(Exception):
    """Why nothing more can be examined."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = Message(message)


def examine(data: bytes) -> Examined:
    """A sealed PDF, or a disclosed part of one as JSON. Raises NotSealed for anything else."""
    if data.startswith(b"{"):
        return _part(data)
    try:
        located = locate(data)
    except NotSealed:
        # Whatever is left of a seal says that there was one.
        if data.startswith(b"%PDF-") and looks_sealed(data):
            return _broken("verify-seal-damaged")
        raise
    try:
        return _dossier(data, located)
    except _Unreadable as why:
        return _broken(why.message.id)


def _broken(message: str) -> Examined:
    because = (Message(message),)
    return Examined("dossier", Point(Answer.NO, because), Point(Answer.UNKNOWN, because))


def _part(data: bytes) -> Examined:
    try:
        disclosed = read_disclosed(data)
    except (NotCanonical, FormUnknown) as error:
        raise NotSealed(f"no part of a dossier: {error}") from None
    intact = point((*_altered(disclosed), *_torn(disclosed)), _YES)
    return Examined("part", intact, point(_unsigned(disclosed), _YES), disclosed)


def _dossier(data: bytes, located: Located) -> Examined:
    """1. The signature is read. 2. All that it covers is as it was. 3. What it covers fits."""
    try:
        signed = read_signature(located.signature)  # 1
    except NotDer:
        raise _Unreadable("verify-signature-damaged") from None
    behind = read_behind(data, located.ends)
    changed = list(_changed(located, signed, behind.unknown))  # 2
    manifest = attached(data, MANIFEST, located.begins)
    holder = attached(data, DISCLOSURE, located.begins)
    if manifest is None or holder is None:
        raise _Unreadable("verify-no-manifest")
    try:
        disclosed = read_disclosed(holder.data)
    except (NotCanonical, FormUnknown):
        raise _Unreadable("verify-manifest-unreadable") from None
    changed += _differing(data, disclosed, manifest, located)  # 3
    changed += _altered(disclosed)
    changed += _missing(disclosed)
    if disclosed.manifest.time_stamped != (signed.time_stamp is not None):
        changed.append(Message("verify-stamp-not-as-sealed"))
    wrong = [*_unbound(disclosed, signed), *_unsigned(disclosed)]
    stamp = _stamp(signed)
    if signed.time_stamp is not None and stamp is None:
        wrong.append(Message("verify-stamp-wrong"))
    try:
        added = tuple(_read_added(one) for one in behind.additions)
    except FormUnknown:
        added = ()
        changed.append(Message("verify-material-changed"))
    except NotDer:
        added = ()
        wrong.append(Message("verify-stamp-wrong"))
    found = Examined("dossier", _YES, _YES, disclosed, signed, stamp, added)
    if not _belongs(found):
        changed.append(Message("verify-material-changed"))
    return found._replace(intact=point(changed, _YES), valid=point(wrong, _YES))


def _read_added(one: Material | Archived) -> Known | Stamp:
    if isinstance(one, Material):
        return known_of(one)
    return read_document_stamp(one.token, one.digest)


def _belongs(found: Examined) -> bool:
    """Is all material behind the seal of use for it? Without a stamp in the seal none is."""
    material = Known()
    for one in found.behind:
        if isinstance(one, Known):
            material = material.with_more(one)
    if not (material.certificates or material.lists):
        return True
    beside = set(found.known.certificates) - set(material.certificates)
    return found.stamp is not None and fits(material, found.needs, beside)


def _stamp(signed: Signed) -> Stamp | None:
    try:
        return read_stamp(signed.time_stamp, signed.signature) if signed.time_stamp else None
    except NotDer:
        return None


def _changed(located: Located, signed: Signed, unknown: int) -> Iterator[Message]:
    if located.digest != signed.digest:
        yield Message("verify-content-changed")
    if unknown:
        yield Message("verify-behind-the-seal", {"bytes": Number(unknown)})


def _differing(
    data: bytes, disclosed: Disclosed, manifest: Attached, located: Located
) -> Iterator[Message]:
    if manifest_bytes(disclosed.manifest) != manifest.data:
        yield Message("verify-two-manifests")
    document = _document(disclosed)
    if document is None or not _holds(data[: manifest.begins], document):
        yield Message("verify-another-document")
    elif not _framed(data, document, located):
        yield Message("verify-another-frame")


def _holds(before: bytes, document: Document) -> bool:
    """Does what stands before the manifest begin with the document?"""
    own = 0 < document.bytes <= len(before)
    return own and hashlib.sha256(before[: document.bytes]).hexdigest() == document.sha256


def _framed(data: bytes, document: Document, located: Located) -> bool:
    """Is what was added at sealing as the organisation stated it?"""
    try:
        return frame_sha256(data, document.bytes, located.hole) == document.frame_sha256
    except NotFramed:
        return False


def _document(disclosed: Disclosed) -> Document | None:
    """The PDF that the items name; whether that item is one of those sealed is asked apart."""
    try:
        named = next(one for one in disclosed.items if one.id == DOCUMENT)
        return formed(named.value, Document)
    except (StopIteration, FormUnknown):
        return None


def _altered(disclosed: Disclosed) -> Iterator[Message]:
    for one in altered(disclosed.items, disclosed.manifest.items):
        yield Message("verify-item-altered", {"item": Text(one)})
    counts = Counter(one.id for one in disclosed.items)
    for name, times in counts.items():
        if times > 1:
            yield Message("verify-item-altered", {"item": Text(name)})


def _missing(disclosed: Disclosed) -> Iterator[Message]:
    shown = {one.id for one in disclosed.items}
    for one in disclosed.manifest.items:
        if one.id not in shown:
            yield Message("verify-item-missing", {"item": Text(one.id)})


def _torn(disclosed: Disclosed) -> Iterator[Message]:
    """Does a part show nothing, or some findings of a check without the others?

    One finding alone could mislead, and whoever brings the part chose what to bring.
    """
    shown = {one.id for one in disclosed.items}
    if not shown:
        yield Message("verify-part-empty")
    for run in disclosed.manifest.checks:
        here = len(shown & set(run.findings))
        if 0 < here < len(set(run.findings)):
            counts = {"shown": Number(here), "listed": Number(len(set(run.findings)))}
            yield Message("verify-check-torn", {"check": check_term(run.check), **counts})


def check_term(check: str) -> Term | Text:
    """Our words for a check; its identifier for one of another version of the software."""
    return Term(f"check-{check}") if check in CHECKS else Text(check)


def _unbound(disclosed: Disclosed, signed: Signed) -> Iterator[Message]:
    if not signature_holds(signed):
        yield Message("verify-signature-wrong")
    named = disclosed.manifest.certificate
    if (named.sha256, named.beside) != (signed.certificate_sha256, signed.beside):
        yield Message("verify-certificate-not-named")


def _unsigned(disclosed: Disclosed) -> Iterator[Message]:
    content = manifest_bytes(disclosed.manifest)
    key = disclosed.manifest.organisation.key
    if not organisation_signed(key, disclosed.signature, content):
        yield Message("verify-organisation-signature-wrong")
