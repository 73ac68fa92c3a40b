"""The signature of a PDF as CMS (RFC 5652) in the one form that sealing writes.

What the signature does not cover by itself (versions, algorithms, the order of things) is held
against that form byte for byte; so nothing in it can be changed unseen, whether it matters or not.
"""

import hashlib
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from safeconduct.dossier.sealing.certificates import MOST_CERTIFICATES, read_certificate
from safeconduct.dossier.sealing.der import (
    CONTEXT_0,
    CONTEXT_1,
    INTEGER,
    OCTETS,
    SEQUENCE,
    SET,
    NotDer,
    Value,
    oid,
    read,
    read_first,
    write,
)
from safeconduct.dossier.sealing.errors import FormUnknown

_NULL = write(0x05)
_ONE = write(INTEGER, b"\x01")
_SHA256 = write(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"), _NULL)
_SIGNED_DATA = oid("1.2.840.113549.1.7.2")
_DATA = write(SEQUENCE, oid("1.2.840.113549.1.7.1"))
_CONTENT_TYPE = write(
    SEQUENCE, oid("1.2.840.113549.1.9.3"), write(SET, oid("1.2.840.113549.1.7.1"))
)
_MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE = oid("1.2.840.113549.1.9.16.2.47")
_TIME_STAMP = oid("1.2.840.113549.1.9.16.2.14")
_ECDSA = (write(SEQUENCE, oid("1.2.840.10045.4.3.2")),)
_RSA = (
    write(SEQUENCE, oid("1.2.840.113549.1.1.1"), _NULL),
    write(SEQUENCE, oid("1.2.840.113549.1.1.11"), _NULL),
)
_LEAST_RSA_BITS = 2048


class Signed(NamedTuple):
    """A signature that was read, not yet checked. `digest`: SHA-256 of what it claims to cover."""

    certificate: x509.Certificate
    certificate_sha256: str
    beside: tuple[str, ...]
    others: tuple[x509.Certificate, ...]
    digest: bytes
    attributes: bytes
    algorithm: bytes
    signature: bytes
    time_stamp: bytes | None


def read_signature(data: bytes) -> Signed:
    """A CMS signature, followed by nothing but zeros. Raises NotDer for any other form.

    1. The parts are read. 2. The whole is written again from what the signature or the manifest
    protects, and must be the same bytes.
    """
    whole, padding_bytes = read_first(data)
    if padding_bytes.strip(b"\x00"):
        raise NotDer("bytes behind the signature")
    content_type, content = _two(whole.inside(SEQUENCE))  # 1
    data_parts = read(content.of(CONTEXT_0)).inside(SEQUENCE)
    if content_type.whole != _SIGNED_DATA or len(data_parts) != 5:
        raise NotDer("no signed data with one signature")
    certificates = data_parts[3].inside(CONTEXT_0)
    if len(certificates) > MOST_CERTIFICATES:
        raise NotDer(f"{len(certificates)} certificates; accepted: at most {MOST_CERTIFICATES}")
    (signer,) = _one(data_parts[4].inside(SET))
    parts = signer.inside(SEQUENCE)
    if len(parts) not in (6, 7):
        raise NotDer("a signer of another form")
    attributes, algorithm, signature = parts[3], parts[4], parts[5]
    digest, named = _attributes(attributes.inside(CONTEXT_0))
    own = next((c for c in certificates if hashlib.sha256(c.whole).digest() == named), None)
    if own is None:
        raise NotDer("the certificate that the signature names is not there")
    certificate = _certificate(own)
    unsigned = parts[6].whole if len(parts) == 7 else b""
    rebuilt = _written(certificates, own, attributes.whole, algorithm.whole, signature, unsigned)
    if rebuilt != whole.whole:  # 2
        raise NotDer("not in the form in which sealing writes it")
    return Signed(
        certificate=certificate,
        certificate_sha256=named.hex(),
        # Some signers put the certificate there twice.
        beside=tuple(sorted({_sha256(c) for c in certificates} - {named.hex()})),
        others=tuple(_certificate(c) for c in certificates if c.whole != own.whole),
        digest=digest,
        attributes=write(SET, attributes.content),
        algorithm=algorithm.whole,
        signature=signature.of(OCTETS),
        time_stamp=_time_stamp(parts[6]) if unsigned else None,
    )


def signature_holds(signed: Signed) -> bool:
    """Is it the signature of the certificate's key over its attributes? P-256 or RSA alone."""
    try:
        key = signed.certificate.public_key()
        if isinstance(key, ec.EllipticCurvePublicKey) and signed.algorithm in _ECDSA:
            key.verify(signed.signature, signed.attributes, ec.ECDSA(hashes.SHA256()))
            return key.curve.name == "secp256r1"
        if isinstance(key, rsa.RSAPublicKey) and signed.algorithm in _RSA:
            key.verify(signed.signature, signed.attributes, padding.PKCS1v15(), hashes.SHA256())
            return key.key_size >= _LEAST_RSA_BITS
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return False


def _attributes(attributes: tuple[Value, ...]) -> tuple[bytes, bytes]:
    """The digest, and the SHA-256 of the certificate, that the signed attributes hold."""
    found: dict[bytes, Value] = {}
    for one in attributes:
        name, values = _two(one.inside(SEQUENCE))
        if name.whole in found:
            raise NotDer("a signed attribute twice")
        (found[name.whole],) = _one(values.inside(SET))
    if not any(one.whole == _CONTENT_TYPE for one in attributes):
        raise NotDer("signed as something other than data")
    try:
        digest = found[_MESSAGE_DIGEST].of(OCTETS)
        naming = found[_SIGNING_CERTIFICATE]
    except KeyError:
        raise NotDer("a signed attribute that is needed is not there") from None
    # ESSCertIDv2 (RFC 5035): without an algorithm the hash is SHA-256.
    named = _first(_first(_first(naming))).of(OCTETS)
    if len(digest) != 32 or len(named) != 32:
        raise NotDer("a hash of another length than that of SHA-256")
    return digest, named


def _written(
    certificates: tuple[Value, ...],
    own: Value,
    attributes: bytes,
    algorithm: bytes,
    signature: Value,
    unsigned: bytes,
) -> bytes:
    # tbsCertificate: [0] version, serial, signature, issuer …
    fields = _first(own).inside(SEQUENCE)
    if len(fields) < 4:
        raise NotDer("no certificate")
    identifier = write(SEQUENCE, fields[3].whole, fields[1].whole)
    signer = write(
        SEQUENCE, _ONE, identifier, _SHA256, attributes, algorithm, signature.whole, unsigned
    )
    listed = write(CONTEXT_0, *(one.whole for one in certificates))
    body = write(SEQUENCE, _ONE, write(SET, _SHA256), _DATA, listed, write(SET, signer))
    return write(SEQUENCE, _SIGNED_DATA, write(CONTEXT_0, body))


def _time_stamp(unsigned: Value) -> bytes:
    (attribute,) = _one(unsigned.inside(CONTEXT_1))
    name, values = _two(attribute.inside(SEQUENCE))
    if name.whole != _TIME_STAMP:
        raise NotDer("something beside the signature that is no time stamp")
    (token,) = _one(values.inside(SET))
    return token.whole


def _sha256(value: Value) -> str:
    return hashlib.sha256(value.whole).hexdigest()


def _certificate(own: Value) -> x509.Certificate:
    try:
        return read_certificate(own.whole)
    except FormUnknown as error:
        raise NotDer(str(error)) from None


def _first(value: Value) -> Value:
    values = value.inside(SEQUENCE)
    if not values:
        raise NotDer("nothing where a value is expected")
    return values[0]


def _one(values: tuple[Value, ...]) -> tuple[Value]:
    if len(values) != 1:
        raise NotDer(f"{len(values)} values where one is expected")
    return (values[0],)


def _two(values: tuple[Value, ...]) -> tuple[Value, Value]:
    if len(values) != 2:
        raise NotDer(f"{len(values)} values where two are expected")
    return values[0], values[1]
