"""A time-stamp authority of our own, for tests."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def authority(*, stamping: bool = True, days: int = 3650) -> x509.Certificate:
    """A certificate that signs itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stamps of Trials")])
    use = ExtendedKeyUsageOID.TIME_STAMPING if stamping else ExtendedKeyUsageOID.CODE_SIGNING
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGAN)
        .not_valid_after(BEGAN + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=True)
        .sign(KEY, hashes.SHA256())
    )


def stamps(certificate: x509.Certificate, moment: datetime) -> DummyTimeStamper:
    """What stamps everything with one moment."""
    secret = KEY.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(
        Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        PrivateKeyInfo.load(secret),
        fixed_dt=moment,
    )


def _begun(name: str, issuer: str, key: rsa.RSAPublicKey, days: int) -> x509.CertificateBuilder:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGAN)
        .not_valid_after(BEGAN + timedelta(days=days))
    )


ROOT_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Authority(NamedTuple):
    """A time-stamp authority below a root of its own, which says where its list is."""

    root: x509.Certificate
    stamping: x509.Certificate

    def stamps(self, moment: datetime) -> DummyTimeStamper:
        """What stamps everything with one moment."""
        stamper = stamps(self.stamping, moment)
        stamper.certs_to_embed = SimpleCertificateStore.from_certs(
            [Certificate.load(self.root.public_bytes(serialization.Encoding.DER))]
        )
        return stamper

    def listing(
        self, *, on: datetime, until: datetime, revoked: datetime | None = None
    ) -> x509.CertificateRevocationList:
        """The root's list, with the stamping certificate on it from the moment `revoked` on."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(on)
            .next_update(until)
        )
        if revoked:
            one = x509.RevokedCertificateBuilder().serial_number(self.stamping.serial_number)
            builder = builder.add_revoked_certificate(one.revocation_date(revoked).build())
        return builder.sign(ROOT_KEY, hashes.SHA256())


LIST_AT = "http://lists.example/root.crl"


def below_a_root(name: str = "Stamps Ltd", *, days: int = 700) -> Authority:
    """A new authority; its stamping certificate is in force for so many days."""
    root = (
        _begun(f"{name} root", f"{name} root", ROOT_KEY.public_key(), 7000)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(ROOT_KEY, hashes.SHA256())
    )
    place = x509.DistributionPoint(
        full_name=[x509.UniformResourceIdentifier(LIST_AT)],
        relative_name=None,
        reasons=None,
        crl_issuer=None,
    )
    stamping = (
        _begun(name, f"{name} root", KEY.public_key(), days)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(x509.CRLDistributionPoints([place]), critical=False)
        .sign(ROOT_KEY, hashes.SHA256())
    )
    return Authority(root, stamping)
