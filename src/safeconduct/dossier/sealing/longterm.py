"""What a seal needs to be checked long after: issuers, and lists of revoked certificates.

Each certificate on the way from the seal, or from a time stamp, to one that signed itself or that
is trusted by name needs its issuer, and a list of that issuer which was in force at the time that
the stamp proves (ETSI EN 319 142-1, level B-LT). Nothing is fetched here.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from safeconduct.dossier.sealing.behind import Material
from safeconduct.dossier.sealing.certificates import (
    MOST_CERTIFICATES,
    UNREADABLE,
    certificate_sha256,
    issued_by,
    read_certificate,
)
from safeconduct.dossier.sealing.errors import FormUnknown

MOST_STEPS = 6


class Known(NamedTuple):
    """Certificates and lists of revoked ones that are at hand."""

    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()

    def with_more(self, other: "Known") -> "Known":
        """Both together."""
        return Known(self.certificates + other.certificates, self.lists + other.lists)


class Need(NamedTuple):
    """A certificate that was used at a moment."""

    certificate: x509.Certificate
    moment: datetime


class Step(NamedTuple):
    """One certificate on the way, its issuer and that issuer's list, as far as they are known."""

    certificate: x509.Certificate
    issuer: x509.Certificate | None
    listing: x509.CertificateRevocationList | None

    @property
    def complete(self) -> bool:
        """Is neither missing?"""
        return self.issuer is not None and self.listing is not None


def known_of(material: Material) -> Known:
    """Material, read. Raises FormUnknown for what is no certificate or list, or for too many."""
    if max(len(material.certificates), len(material.lists)) > MOST_CERTIFICATES:
        raise FormUnknown(f"more than {MOST_CERTIFICATES} certificates or lists behind a seal")
    return Known(
        tuple(read_certificate(one) for one in material.certificates),
        tuple(read_list(one) for one in material.lists),
    )


def read_list(data: bytes) -> x509.CertificateRevocationList:
    """DER → a list of revoked certificates. Raises FormUnknown."""
    try:
        found = x509.load_der_x509_crl(data)
        _ = found.issuer, found.last_update_utc, found.next_update_utc
        for one in found:
            _ = one.serial_number, one.revocation_date_utc
    except (*UNREADABLE, UnsupportedAlgorithm) as error:
        raise FormUnknown(f"no list of revoked certificates: {type(error).__name__}") from None
    return found


def steps(need: Need, known: Known, anchors: Iterable[x509.Certificate]) -> Iterator[Step]:
    """The way from a certificate up, as far as it is known; an anchor and a root need nothing."""
    trusted = {certificate_sha256(one) for one in anchors}
    current = need.certificate
    for _ in range(MOST_STEPS):
        if certificate_sha256(current) in trusted or current.issuer == current.subject:
            return
        issuer = next((one for one in known.certificates if issued_by(current, one)), None)
        listing = _listing(issuer, known.lists, need.moment) if issuer else None
        yield Step(current, issuer, listing)
        if issuer is None:
            return
        current = issuer


def revoked_by(need: Need, step: Step) -> bool:
    """Was the certificate of a step revoked by the time that it was used?"""
    if step.listing is None:
        return False
    entry = step.listing.get_revoked_certificate_by_serial_number(step.certificate.serial_number)
    return entry is not None and entry.revocation_date_utc <= need.moment


def fits(material: Known, needs: Iterable[Need], beside: Iterable[x509.Certificate]) -> bool:
    """Is each certificate an issuer on one of the ways, and each list one of such an issuer?

    What would be there for nothing could have been put there by anybody.
    """
    whole = Known(material.certificates + tuple(beside), material.lists)
    issuers = {
        certificate_sha256(step.issuer): step.issuer
        for need in needs
        for step in steps(need, whole, ())
        if step.issuer is not None
    }
    # A way may end at the authority itself, which signed its own certificate.
    roots = {certificate_sha256(need.certificate) for need in needs}
    named = set(issuers) | roots
    if not all(certificate_sha256(one) in named for one in material.certificates):
        return False
    return all(
        any(_is_of(listing, issuer) for issuer in issuers.values()) for listing in material.lists
    )


def _listing(
    issuer: x509.Certificate, lists: Iterable[x509.CertificateRevocationList], moment: datetime
) -> x509.CertificateRevocationList | None:
    """The latest list of an issuer that speaks of the moment: made later, or in force then."""
    fitting = [
        one
        for one in lists
        if (one.next_update_utc or one.last_update_utc) >= moment and _is_of(one, issuer)
    ]
    return max(fitting, key=lambda one: one.last_update_utc, default=None)


def _is_of(listing: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    key = issuer.public_key()
    if listing.issuer != issuer.subject:
        return False
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return False
    try:
        return listing.is_signature_valid(key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
