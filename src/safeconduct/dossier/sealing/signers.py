"""Who seals: the organisation's Ed25519 key and the certificate with which the PDF is signed."""

from typing import NamedTuple

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.sign.signers.pdf_cms import ExternalSigner, Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from safeconduct.dossier.sealing.certificates import der
from safeconduct.dossier.sealing.keys import SignsManifests


class Sealer(NamedTuple):
    """All that seals a dossier. `beside`: certificates between the signing one and its root."""

    name: str
    key: SignsManifests
    certificate: x509.Certificate
    signer: Signer
    beside: tuple[x509.Certificate, ...] = ()


def file_sealer(
    name: str,
    key: SignsManifests,
    certificate: x509.Certificate,
    certificate_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    *,
    beside: tuple[x509.Certificate, ...] = (),
) -> Sealer:
    """A sealer whose private keys are in memory, read from files."""
    beside = without_roots(beside)
    secret = certificate_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store = SimpleCertificateStore.from_certs(Certificate.load(der(one)) for one in beside)
    signer = SimpleSigner(
        signing_cert=Certificate.load(der(certificate)),
        signing_key=PrivateKeyInfo.load(secret),
        cert_registry=store,
        embed_roots=False,
    )
    return Sealer(name, key, certificate, signer, beside)


def unsigning(sealer: Sealer) -> Signer:
    """A signer with the certificate of a sealer and no key: its signature is nothing but zeros."""
    return ExternalSigner(
        signing_cert=Certificate.load(der(sealer.certificate)),
        cert_registry=SimpleCertificateStore(),
        signature_value=bytes(1),
        embed_roots=False,
    )


def without_roots(certificates: tuple[x509.Certificate, ...]) -> tuple[x509.Certificate, ...]:
    """Those that did not sign themselves: a root that a file brings along proves nothing."""
    return tuple(one for one in certificates if one.issuer != one.subject)
