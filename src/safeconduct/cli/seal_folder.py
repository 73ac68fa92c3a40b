"""The folder of an organisation's sealing keys: which file is which, and how each is read.

    root.key.pem          signs certificates and status lists; belongs into a safe, off the machine
    root.cert.pem         public
    signing.key.pem       signs the PDF
    signing.cert.pem      public; the present one
    signing.….cert.pem    earlier ones, by the first 16 digits of their SHA-256
    organisation.key.pem  signs the manifest
    trust.json            what recipients get, its fingerprint on another way
    status.json           what was taken back; published
    root.crl              the same of certificates, for readers of PDF

Private keys lie under a passphrase (PKCS#8): one for the root, one for the two others.
"""

import re
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from safeconduct.casefile.files import write_atomically
from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import bytes_of
from safeconduct.dossier.sealing.certificates import certificate_sha256
from safeconduct.dossier.sealing.longterm import read_list
from safeconduct.dossier.sealing.status import Status, read_status
from safeconduct.dossier.sealing.trust import TrustedOrganisation, read_trust

_MOST_BYTES = 16 * 1024 * 1024
_EARLIER = re.compile(r"signing\.[0-9a-f]{16}\.cert\.pem")


class KeyFolder:
    """The folder at a path; nothing is kept in memory but the path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def organisation(self) -> TrustedOrganisation:
        """The organisation whose keys these are. Raises FileRefused."""
        file = self.path / "trust.json"
        with about(file):
            found = read_trust(bytes_of(file, _MOST_BYTES, "a trust file")).organisations
        if len(found) != 1:
            raise FileRefused(file, "not the trust file of one organisation")
        return found[0]

    def certificate(self, name: str) -> x509.Certificate:
        """`root` or `signing`."""
        return certificate_in(self.path / f"{name}.cert.pem")

    def earlier(self) -> tuple[x509.Certificate, ...]:
        """The signing certificates before the present one, in the order of their days."""
        present = certificate_sha256(self.certificate("signing"))
        names = [one for one in self.path.iterdir() if _EARLIER.fullmatch(one.name)]
        found = (certificate_in(one) for one in sorted(names))
        others = (one for one in found if certificate_sha256(one) != present)
        return tuple(sorted(others, key=lambda one: one.not_valid_before_utc))

    def keep(self, certificate: x509.Certificate) -> None:
        """Keeps a signing certificate beside the present one, so that it can be taken back."""
        self.write(f"signing.{certificate_sha256(certificate)[:16]}.cert.pem", pem(certificate))

    def beside(self) -> tuple[x509.Certificate, ...]:
        """Certificates between the signing one and a root of somebody else; mostly none."""
        file = self.path / "beside.certs.pem"
        if not file.exists():
            return ()
        with about(file):
            try:
                return tuple(x509.load_pem_x509_certificates(bytes_of(file, _MOST_BYTES)))
            except ValueError:
                raise FileRefused(file, "no certificates in PEM") from None

    def status(self) -> Status:
        """The status list as it stands."""
        file = self.path / "status.json"
        with about(file):
            return read_status(
                bytes_of(file, _MOST_BYTES, "a status list"), self.certificate("root")
            )

    def lists(self) -> tuple[x509.CertificateRevocationList, ...]:
        """The root's list of revoked certificates; none in a folder that has none yet."""
        file = self.path / "root.crl"
        if not file.exists():
            return ()
        with about(file):
            return (read_list(bytes_of(file, _MOST_BYTES)),)

    def key(self, name: str) -> bytes:
        """The file of a private key: `root`, `signing` or `organisation`."""
        return bytes_of(self.path / f"{name}.key.pem", _MOST_BYTES)

    def has(self, name: str) -> bool:
        """Is there a file of this name?"""
        return (self.path / name).exists()

    def write(self, name: str, data: bytes) -> None:
        """A file of the folder."""
        write_atomically(self.path / name, data)


def public_in(file: Path) -> ec.EllipticCurvePublicKey:
    """The P-256 public key in a file (PEM). Raises FileRefused."""
    with about(file):
        try:
            key = serialization.load_pem_public_key(bytes_of(file, _MOST_BYTES, "a public key"))
        except ValueError:
            raise FileRefused(file, "no public key in PEM") from None
        if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
            raise FileRefused(file, "not a P-256 key")
        return key


def certificate_in(file: Path) -> x509.Certificate:
    """The certificate in a file (PEM). Raises FileRefused."""
    with about(file):
        try:
            return x509.load_pem_x509_certificate(bytes_of(file, _MOST_BYTES, "a certificate"))
        except ValueError:
            raise FileRefused(file, "no certificate in PEM") from None


def pem(certificate: x509.Certificate) -> bytes:
    """A certificate as the text of a file."""
    return certificate.public_bytes(serialization.Encoding.PEM)
