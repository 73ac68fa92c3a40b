"""Time stamps of others (RFC 3161) inside the signature of a PDF: whose word, and for which time.

A stamp shows that the signature was there at a time. It is looked at, never asked for, here.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from safeconduct.dossier.sealing.certificates import (
    MOST_CERTIFICATES,
    issued_by,
    read_certificate,
)
from safeconduct.dossier.sealing.der import (
    CONTEXT_0,
    OCTETS,
    SEQUENCE,
    SET,
    NotDer,
    Value,
    oid,
    read,
    write,
)
from safeconduct.dossier.sealing.errors import FormUnknown

_SIGNED_DATA = oid("1.2.840.113549.1.7.2")
_TST_INFO = oid("1.2.840.113549.1.9.16.1.4")
_MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
_GENERALIZED_TIME = 0x18
_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    oid("2.16.840.1.101.3.4.2.1"): hashes.SHA256(),
    oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
    oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
}
_MOST_STEPS = 4


class Stamp(NamedTuple):
    """A time stamp whose signature holds: when, by which certificate, with which beside it."""

    moment: datetime
    certificate: x509.Certificate
    beside: tuple[x509.Certificate, ...]

    def trusted(self, authorities: Iterable[x509.Certificate]) -> bool:
        """Is its certificate one of the authorities', or issued by one in a few steps?

        It has to be made for stamping. It and each issuer on the way have to be in force at the
        moment that it stamps.
        """
        known = tuple(authorities)
        current = self.certificate
        if not (_stamps(current) and _in_force(current, self.moment)):
            return False
        for _ in range(_MOST_STEPS):
            if current in known or any(issued_by(current, one) for one in known):
                return True
            issuer = next((one for one in self.beside if issued_by(current, one)), None)
            if issuer is None or not _in_force(issuer, self.moment):
                return False
            current = issuer
        return False

    def day(self) -> date:
        """The day, in UTC."""
        return self.moment.date()


def read_stamp(token: bytes, signature: bytes) -> Stamp:
    """A token, if it stamps exactly this signature. Raises NotDer for any other or a broken one."""
    try:
        return _read(token, signature)
    except (ValueError, IndexError, KeyError, FormUnknown) as error:
        raise NotDer(f"no time stamp: {type(error).__name__}") from None


def read_document_stamp(token: bytes, digest: bytes) -> Stamp:
    """A token over a document, if it stamps exactly what has this SHA-256. Raises NotDer."""
    try:
        return _read(token, None, digest)
    except (ValueError, IndexError, KeyError, FormUnknown) as error:
        raise NotDer(f"no time stamp: {type(error).__name__}") from None


def _read(token: bytes, signature: bytes | None, sha256: bytes = b"") -> Stamp:
    kind, content = read(token).inside(SEQUENCE)
    parts = read(content.of(CONTEXT_0)).inside(SEQUENCE)
    encapsulated = parts[2].inside(SEQUENCE)
    if kind.whole != _SIGNED_DATA or encapsulated[0].whole != _TST_INFO:
        raise NotDer("no time stamp")
    info = read(encapsulated[1].of(CONTEXT_0)).of(OCTETS)
    listed = parts[3].inside(CONTEXT_0)
    if len(listed) > MOST_CERTIFICATES:
        raise NotDer(f"{len(listed)} certificates; accepted: at most {MOST_CERTIFICATES}")
    certificates = tuple(read_certificate(one.whole) for one in listed)
    signer = parts[-1].inside(SET)[0].inside(SEQUENCE)
    certificate = _signing(signer[1], certificates)
    _check(signer, info, certificate)
    fields = read(info).inside(SEQUENCE)
    imprint = fields[2].inside(SEQUENCE)
    algorithm = _HASHES[imprint[0].inside(SEQUENCE)[0].whole]
    if signature is None and algorithm.name != "sha256":
        raise NotDer("a time stamp of a document over another hash than SHA-256")
    expected = sha256 if signature is None else _digest(algorithm, signature)
    if expected != imprint[1].of(OCTETS):
        raise NotDer("a time stamp of something else")
    return Stamp(_moment(fields[4]), certificate, certificates)


def _check(signer: tuple[Value, ...], info: bytes, certificate: x509.Certificate) -> None:
    algorithm = _HASHES[signer[2].inside(SEQUENCE)[0].whole]
    attributes = {
        one.inside(SEQUENCE)[0].whole: one.inside(SEQUENCE)[1]
        for one in signer[3].inside(CONTEXT_0)
    }
    if attributes[_MESSAGE_DIGEST].inside(SET)[0].of(OCTETS) != _digest(algorithm, info):
        raise NotDer("a time stamp that was changed")
    signed, signature = write(SET, signer[3].content), signer[5].of(OCTETS)
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        else:
            raise NotDer("a time stamp by a key of another kind")
    except InvalidSignature:
        raise NotDer("a time stamp whose signature does not hold") from None


def _signing(identifier: Value, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    issuer, serial = identifier.inside(SEQUENCE)
    number = int.from_bytes(serial.content, "big")
    for one in certificates:
        if one.serial_number == number and one.issuer.public_bytes() == issuer.whole:
            return one
    raise NotDer("a time stamp without its certificate")


def _digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    return hashlib.new(algorithm.name, data).digest()


def _moment(value: Value) -> datetime:
    text = value.of(_GENERALIZED_TIME).decode("ascii")
    if not text.endswith("Z"):
        raise NotDer("a time stamp without its zone")
    return datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _stamps(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def _in_force(certificate: x509.Certificate, moment: datetime) -> bool:
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc
