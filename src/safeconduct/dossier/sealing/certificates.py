"""The organisation's own small authority: one root, and signing certificates that it issues.

The root signs certificates and status lists and nothing else, so it can lie in a safe. The signing
certificate may sign documents (RFC 9336) and issues nothing.
"""

import hashlib
import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

from safeconduct.dossier.sealing.errors import FormUnknown

ROOT_DAYS = 3653
SIGNING_DAYS = 731

MOST_CERTIFICATES = 64
"""In a signature, in a time stamp, in one addition behind a seal: checking more would take long."""

_LONGEST = 64
"""Of a name in X.520; the library counts the bytes of its UTF-8."""

_MOST_RSA_BITS = 8192
_MOST_EXPONENT = 2**32

UNREADABLE = (ValueError, TypeError, LookupError, x509.InvalidVersion, x509.DuplicateExtension)
"""What the library raises for certificates that are none."""

_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning, RFC 9336, section 3.1."""


def root_certificate(
    name: str, key: ec.EllipticCurvePrivateKey, *, on: date, days: int = ROOT_DAYS
) -> x509.Certificate:
    """A certificate that signs itself and may issue others, but no further authorities."""
    subject = _named(name, "root of its seals")
    return (
        _begun(subject, subject, key.public_key(), on, days)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("digital_signature", "key_cert_sign", "crl_sign"), critical=True)
        .add_extension(_authority(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def signing_certificate(
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePublicKey,
    *,
    on: date,
    days: int = SIGNING_DAYS,
) -> x509.Certificate:
    """A certificate for sealing dossiers, issued by the root and never beyond its end."""
    name = _organisation(root)
    left = (root.not_valid_after_utc.date() - on).days
    return (
        _begun(_named(name, "seal"), root.subject, key, on, min(days, left))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(_authority(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def read_certificate(data: bytes) -> x509.Certificate:
    """DER → a certificate, every part of it read once. Raises FormUnknown.

    The library reads the parts when they are asked for; a hostile one would fail anywhere later.
    A key that takes long to be used is refused as well.
    """
    try:
        with warnings.catch_warnings():
            # What is odd in a stranger's certificate is nothing to tell whoever verifies.
            warnings.simplefilter("ignore")
            certificate = x509.load_der_x509_certificate(data)
            for part in ("subject", "issuer", "extensions", "not_valid_before_utc"):
                getattr(certificate, part)
            _ = certificate.not_valid_after_utc
            key = certificate.public_key()
    except UNREADABLE as error:
        raise FormUnknown(f"no certificate: {type(error).__name__}") from None
    except (UnsupportedAlgorithm, x509.UnsupportedGeneralNameType) as error:
        raise FormUnknown(f"a certificate that is not known: {type(error).__name__}") from None
    if isinstance(key, rsa.RSAPublicKey):
        too_large = key.key_size > _MOST_RSA_BITS or key.public_numbers().e > _MOST_EXPONENT
        if too_large:
            raise FormUnknown("a certificate with an RSA key that is too large")
    return certificate


def certificate_sha256(certificate: x509.Certificate) -> str:
    """The fingerprint: SHA-256 of the certificate's DER bytes."""
    return hashlib.sha256(der(certificate)).hexdigest()


def der(certificate: x509.Certificate) -> bytes:
    """The bytes of a certificate."""
    return certificate.public_bytes(serialization.Encoding.DER)


def issued(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Did the root issue the certificate for signing, with both used as they may be?"""
    try:
        certificate.verify_directly_issued_by(root)
        may_issue = root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return may_issue and usage.content_commitment and not usage.key_cert_sign


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Does the issuer's key verify the certificate, under the issuer's name, and may it issue any?

    Anyone who has a certificate of an authority could otherwise issue more in its name.
    """
    if certificate.issuer != issuer.subject or not _may_issue(issuer):
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _may_issue(certificate: x509.Certificate) -> bool:
    """Is it an authority's (RFC 5280, 4.2.1.9 and 4.2.1.3)? Where no use is stated, any is."""
    extensions = certificate.extensions
    try:
        if not extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        return extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound as missing:
        return missing.oid == x509.KeyUsage.oid


def revocation_list(
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    taken_back: Mapping[int, datetime],
    *,
    on: date,
    until: date,
    number: int,
) -> bytes:
    """The root's list of revoked certificates (RFC 5280, 5) as DER, for readers of PDF.

    `taken_back`: serial number → from when.
    """
    begins = datetime.combine(on, time(), UTC)
    ends = datetime.combine(until, time.max, UTC).replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(begins)
        .next_update(ends)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_authority(root_key.public_key()), critical=False)
    )
    for serial, since in sorted(taken_back.items()):
        one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
        builder = builder.add_revoked_certificate(one.build())
    return builder.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def may_seal(certificate: x509.Certificate) -> bool:
    """May it sign documents, by its key usage, and is it no authority's? Unstated is no."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return (usage.content_commitment or usage.digital_signature) and not usage.key_cert_sign


def valid_on(certificate: x509.Certificate, day: date) -> bool:
    """Is the whole or a part of the day within the certificate's time?"""
    return certificate.not_valid_before_utc.date() <= day <= certificate.not_valid_after_utc.date()


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    on: date,
    days: int,
) -> x509.CertificateBuilder:
    begins = datetime.combine(on, time(), UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _named(organisation: str, role: str) -> x509.Name:
    common = f"{_cut(organisation, _LONGEST - len(role) - 2)}: {role}"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(organisation, _LONGEST)),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _organisation(certificate: x509.Certificate) -> str:
    (name,) = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(name.value)


def _authority(key: ec.EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _usage(*uses: str) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: name in uses for name in names})
