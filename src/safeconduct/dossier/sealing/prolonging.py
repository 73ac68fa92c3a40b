"""prolonged(): a sealed dossier with a time stamp → one that can be checked long after.

It adds what checking needs (level B-LT) and, where an authority is given, a time stamp over all of
it (B-LTA); again and again, before the certificate of the last stamp ends. The sealed file stays
the beginning of the new one, byte for byte. What is missing is asked of `fetch` alone.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cryptography import x509

from safeconduct.dossier.sealing.additions import NotAddable
from safeconduct.dossier.sealing.behind import (
    MOST_ADDITIONS,
    Material,
    covered,
    filled,
    with_material,
    with_room,
)
from safeconduct.dossier.sealing.certificates import certificate_sha256, der
from safeconduct.dossier.sealing.errors import FormUnknown, SealRefused
from safeconduct.dossier.sealing.examining import Examined, examine
from safeconduct.dossier.sealing.longterm import Known, Need, Step, read_list, revoked_by, steps
from safeconduct.dossier.sealing.verification import Answer

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

Fetch = Callable[[str], bytes]
"""Address of a list of revoked certificates → its bytes, as DER."""


def prolonged(
    data: bytes,
    given: Known,
    *,
    anchors: Iterable[x509.Certificate] = (),
    fetch: Fetch | None = None,
    archive: "TimeStamper | None" = None,
) -> bytes:
    """The file at level B-LT, or B-LTA with an authority for the last time stamp.

    `given`: issuers and lists that are at hand. `anchors`: authorities that recipients trust by
    name, of which nothing more is needed.

    1. The file has to hold, with a time stamp in it. 2. What lacks is looked for. 3. What is found
    is added, and 4. stamped. 5. The result is examined as a recipient would.

    Raises SealRefused where anything is missing: no lower level is made in silence.
    """
    examined = _holding(data)  # 1
    if not examined.needs:
        raise SealRefused("there is no time stamp in the seal; without one no time is proven")
    if len(examined.behind) + 2 > MOST_ADDITIONS:
        raise SealRefused(f"more than {MOST_ADDITIONS} additions behind the seal")
    anchors = tuple(anchors)
    ways = _found(examined, given, anchors, fetch)  # 2
    try:
        more = _new(ways, examined.known)
        if more.certificates or more.lists:
            data = with_material(data, more)  # 3
        if archive is not None:
            data = _stamped(data, archive)  # 4
    except NotAddable as error:
        raise SealRefused(f"nothing can be added: {error}") from error
    _holding(data)  # 5
    return data


def _holding(data: bytes) -> Examined:
    examined = examine(data)
    for point in (examined.intact, examined.valid):
        if point.answer is not Answer.YES:
            raise SealRefused(f"the sealed file does not hold: {point.because[0].id}")
    return examined


def _found(
    examined: Examined,
    given: Known,
    anchors: tuple[x509.Certificate, ...],
    fetch: Fetch | None,
) -> tuple[Step, ...]:
    """All steps of all ways, complete. Each list is fetched once."""
    known = examined.known.with_more(given)
    asked: set[str] = set()
    while True:
        ways = [(need, step) for need in examined.needs for step in steps(need, known, anchors)]
        lacking = [(need, step) for need, step in ways if not step.complete]
        for need, step in ways:
            if revoked_by(need, step):
                name = step.certificate.subject.rfc4514_string()
                raise SealRefused(f"{name}: revoked before it was used")
        if not lacking:
            return tuple(step for _, step in ways)
        lists = _fetched(lacking, asked, fetch)
        if not lists:
            raise SealRefused(_why(*lacking[0]))
        known = known.with_more(Known((), lists))


def _fetched(
    lacking: Iterable[tuple[Need, Step]], asked: set[str], fetch: Fetch | None
) -> tuple[x509.CertificateRevocationList, ...]:
    found = []
    for _, step in lacking:
        for address in points(step.certificate):
            if fetch is None or address in asked or step.issuer is None:
                continue
            asked.add(address)
            try:
                found.append(read_list(fetch(address)))
            except FormUnknown as error:
                raise SealRefused(f"{address}: {error}") from error
    return tuple(found)


def points(certificate: x509.Certificate) -> tuple[str, ...]:
    """Where a certificate says that its issuer's list is (RFC 5280, 4.2.1.13), on the web."""
    try:
        stated = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return ()
    names = (name for one in stated for name in one.full_name or ())
    return tuple(
        name.value
        for name in names
        if isinstance(name, x509.UniformResourceIdentifier)
        and name.value.startswith(("http://", "https://"))
    )


def _why(need: Need, step: Step) -> str:
    name = step.certificate.subject.rfc4514_string()
    if step.issuer is None:
        issuer = step.certificate.issuer.rfc4514_string()
        return f"{name}: the certificate of its issuer is missing ({issuer})"
    day = need.moment.date()
    return f"{name}: no list of revoked certificates of its issuer that speaks of {day}"


def _new(ways: Iterable[Step], held: Known) -> Material:
    """What the file does not hold yet."""
    known = {certificate_sha256(one) for one in held.certificates}
    certificates: dict[str, bytes] = {}
    lists: dict[bytes, None] = {}
    old = {_der(one) for one in held.lists}
    for step in ways:
        if step.issuer is not None and certificate_sha256(step.issuer) not in known:
            certificates[certificate_sha256(step.issuer)] = der(step.issuer)
        if step.listing is not None and _der(step.listing) not in old:
            lists[_der(step.listing)] = None
    return Material(tuple(certificates.values()), tuple(lists))


def _der(listing: x509.CertificateRevocationList) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return listing.public_bytes(Encoding.DER)


def _stamped(data: bytes, archive: "TimeStamper") -> bytes:
    from pyhanko.sign.timestamps import TimestampRequestError

    room, begins = with_room(data)
    try:
        token = asyncio.run(archive.async_timestamp(covered(room, begins), "sha256"))
        return filled(room, begins, bytes(token.dump()))
    except TimestampRequestError as error:
        raise SealRefused(f"the time-stamp server gave no time stamp: {error}") from error
    except (ValueError, AttributeError, TypeError, LookupError) as error:
        # The ASN.1 of a server that answers something else.
        raise SealRefused("the time-stamp server gave no time stamp") from error
