"""verify(): a sealed file, what its reader trusts, and a day → a verification.

It reads no case, no network and no clock, and decides nothing about what the dossier says.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from cryptography import x509

from safeconduct.casefile.findings import Day, Message, Number, Parameter, Text
from safeconduct.dossier.sealing.certificates import issued, valid_on
from safeconduct.dossier.sealing.disclosing import Disclosed
from safeconduct.dossier.sealing.errors import StatusNotUsable
from safeconduct.dossier.sealing.examining import Examined, examine
from safeconduct.dossier.sealing.items import sentence_of
from safeconduct.dossier.sealing.kept import Kept, kept_of
from safeconduct.dossier.sealing.manifest import Manifest, manifest_bytes
from safeconduct.dossier.sealing.status import Status, organisation_of, read_status
from safeconduct.dossier.sealing.time_stamps import Stamp
from safeconduct.dossier.sealing.trust import Trust, TrustedOrganisation, certificate_of
from safeconduct.dossier.sealing.verification import (
    Answer,
    ListUsed,
    Point,
    Shown,
    Verification,
    point,
)

_YES = Point(Answer.YES)


def verify(
    data: bytes,
    trust: Trust | None,
    *,
    on: date,
    recipient: str | None = None,
    status: bytes | None = None,
) -> Verification:
    """All that can be said of a sealed file on a day.

    `trust`: the organisations that the reader trusts, None where none are named. `recipient`: as
    who the reader asks. `status`: the file of a status list.

    1. What the file shows by itself. 2. Whether the key is one that is trusted. Only then do its
    3. time, 4. revocation and 5. recipient mean anything. 6. What none of this proves.

    Raises NotSealed for a file without a seal, StatusNotUsable for a status list that is not one.
    """
    examined = examine(data)  # 1
    disclosed = examined.disclosed
    manifest = disclosed.manifest if disclosed else None
    signed = examined.valid.answer is Answer.YES
    said = manifest if signed else None
    organisation = trust.of_key(said.organisation.key) if trust and said else None
    known = _status(status, organisation)
    authorities = _authorities(organisation)
    stamped = _stamped(examined.stamp, authorities)
    kept = kept_of(examined, authorities, on)
    points = {
        "trusted": _trusted(said, examined, trust, organisation),  # 2
        "in_time": _unproven()
        if said is None
        else _in_time(said, examined, on, stamped, authorities),  # 3
        "not_revoked": _unproven()
        if said is None
        else _not_revoked(said, kept, known, status, on),  # 4
        "for_recipient": _unproven() if said is None else _for(said, recipient),  # 5
    }
    return Verification(
        kind=examined.kind,
        sha256=hashlib.sha256(data).hexdigest(),
        on=on,
        manifest=manifest,
        manifest_sha256=_sha256(manifest) if manifest else None,
        shown=tuple(Shown(one.id, sentence_of(one)) for one in disclosed.items)
        if disclosed
        else (),
        stamped_on=stamped,
        archived_on=kept.archived_on,
        level=kept.level if signed and examined.kind == "dossier" else None,
        untrusted=kept.untrusted,
        intact=examined.intact,
        valid=examined.valid,
        status_given=status is not None,
        status_list=_used(known) if known else None,
        not_proven=(
            *_not_proven(examined, disclosed, points, stamped, organisation),  # 6
            *_not_latest(known, points),
            *kept.not_proven,
        ),
        **points,
    )


def _unproven() -> Point:
    return Point(Answer.UNKNOWN, (Message("verify-signatures-do-not-hold"),))


def _trusted(
    said: Manifest | None,
    examined: Examined,
    trust: Trust | None,
    organisation: TrustedOrganisation | None,
) -> Point:
    if said is None:
        return _unproven()
    if trust is None:
        return Point(Answer.UNKNOWN, (Message("verify-no-trust"),))
    name = Text(said.organisation.name)
    if organisation is None:
        same = "verify-other-key" if trust.named(said.organisation.name) else "verify-not-known"
        return Point(Answer.NO, (Message(same, {"name": name}),))
    if organisation.name != said.organisation.name:
        known = {"name": name, "known": Text(organisation.name)}
        return Point(Answer.NO, (Message("verify-other-name", known),))
    root = certificate_of(organisation.root)
    return point(_certificate(said, examined, root), _YES)


def _certificate(said: Manifest, examined: Examined, root: x509.Certificate) -> Iterator[Message]:
    """The certificate of the PDF. One of another issuer is bound by the manifest alone."""
    if examined.signed is None:
        return
    certificate = examined.signed.certificate
    if certificate.issuer == root.subject and not issued(certificate, root):
        yield Message("verify-certificate-not-issued")
    if not valid_on(certificate, said.issued):
        yield Message("verify-certificate-not-valid-then", {"day": Day(said.issued)})


def _authorities(organisation: TrustedOrganisation | None) -> tuple[x509.Certificate, ...]:
    if organisation is None:
        return ()
    return tuple(certificate_of(text) for text in organisation.time_stamps)


def _stamped(stamp: Stamp | None, authorities: Iterable[x509.Certificate]) -> date | None:
    """The day that a trusted authority saw the seal; None where none did."""
    return stamp.day() if stamp is not None and stamp.trusted(authorities) else None


def _in_time(
    said: Manifest,
    examined: Examined,
    on: date,
    stamped: date | None,
    authorities: tuple[x509.Certificate, ...],
) -> Point:
    wrong = []
    if on < said.issued:
        wrong.append(Message("verify-not-yet", {"day": Day(said.issued), "on": Day(on)}))
    if on > said.expires:
        wrong.append(Message("verify-expired", {"day": Day(said.expires)}))
    if examined.signed is not None:
        ends = examined.signed.certificate.not_valid_after_utc.date()
        if (stamped or on) > ends:
            wrong.append(Message("verify-certificate-expired", {"day": Day(ends)}))
    # Zones differ by less than a day; more is a clock that was set back when it was sealed.
    if stamped is not None and abs((stamped - said.issued).days) > 1:
        days: dict[str, Parameter] = {"day": Day(stamped), "issued": Day(said.issued)}
        wrong.append(Message("verify-stamped-later", days))
    # Its bytes are not covered by the seal: somebody else's may have been put in its place.
    if examined.stamp is not None and stamped is None and authorities:
        wrong.append(Message("verify-stamp-of-another"))
    return point(wrong, _YES)


def _status(data: bytes | None, organisation: TrustedOrganisation | None) -> Status | None:
    """The status list of a trusted organisation. One of a key that is not trusted says nothing."""
    if data is None:
        return None
    named = organisation_of(data)
    if organisation is None:
        return None
    if named.key != organisation.key:
        raise StatusNotUsable(f"the status list is of {named.name}, under another key")
    return read_status(data, certificate_of(organisation.root))


def _used(status: Status) -> ListUsed:
    return ListUsed(number=status.number, issued=status.issued, until=status.until)


def _not_latest(status: Status | None, points: dict[str, Point]) -> Iterator[Message]:
    """Whoever brings the file may bring an older list, which is genuine and says less."""
    if status is not None and points["not_revoked"].answer is not Answer.UNKNOWN:
        which: dict[str, Parameter] = {"number": Number(status.number), "day": Day(status.issued)}
        yield Message("verify-not-proven-latest", which)


def _not_revoked(
    said: Manifest, kept: Kept, status: Status | None, data: bytes | None, on: date
) -> Point:
    if kept.revoked:
        return Point(Answer.NO, kept.revoked)
    if status is None:
        why = "verify-no-status" if data is None else "verify-status-not-trusted"
        return Point(Answer.UNKNOWN, (Message(why),))
    named = {
        "certificate": said.certificate.sha256,
        "dossier": _sha256(said),
        "organisation-key": said.organisation.key,
    }
    gone = [one for one in status.revoked if one.sha256 == named[one.what]]
    # An old list still tells what was taken back, only not that nothing was.
    stale: dict[str, Parameter] = {"number": Number(status.number), "day": Day(status.until)}
    current = status.issued <= on <= status.until
    fresh = _YES if current else Point(Answer.UNKNOWN, (Message("verify-status-old", stale),))
    return point(
        (
            Message(
                f"verify-revoked-{one.what}", {"day": Day(one.since), "reason": Text(one.reason)}
            )
            for one in gone
        ),
        fresh,
    )


def _for(said: Manifest, recipient: str | None) -> Point:
    named = {"recipient": Text(said.recipient)}
    if recipient is None:
        return Point(Answer.UNKNOWN, (Message("verify-recipient-not-named", named),))
    if _folded(recipient) == _folded(said.recipient):
        return _YES
    return Point(Answer.NO, (Message("verify-other-recipient", named),))


def _not_proven(
    examined: Examined,
    disclosed: Disclosed | None,
    points: dict[str, Point],
    stamped: date | None,
    organisation: TrustedOrganisation | None,
) -> Iterator[Message]:
    yield Message("verify-not-proven-true")
    yield Message("verify-not-proven-bearer")
    yield Message("verify-not-proven-second-way")
    if stamped is None:
        yield Message("verify-not-proven-time")
    else:
        yield Message("verify-not-proven-time-stamped", {"day": Day(stamped)})
    if examined.signed and organisation:
        certificate = examined.signed.certificate
        if certificate.issuer != certificate_of(organisation.root).subject:
            issuer = Text(certificate.issuer.rfc4514_string())
            yield Message("verify-not-proven-issuer", {"issuer": issuer})
    if points["not_revoked"].answer is Answer.UNKNOWN:
        yield Message("verify-not-proven-revocation")
    if examined.kind == "part":
        yield Message("verify-not-proven-part")
    if disclosed and (
        disclosed.manifest.omissions or any(run.withheld for run in disclosed.manifest.checks)
    ):
        yield Message("verify-not-proven-withheld")


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _sha256(manifest: Manifest) -> str:
    return hashlib.sha256(manifest_bytes(manifest)).hexdigest()
