"""The folder of an organisation's sealing keys, and the steps that make and change it.

    root.key.pem          signs certificates and status lists; belongs into a safe, off the machine
    root.cert.pem         public
    signing.key.pem       signs the PDF
    signing.cert.pem      public
    organisation.key.pem  signs the manifest
    trust.json            what recipients get, its fingerprint on another way
    status.json           what was taken back; published
    root.crl              the same of certificates, for readers of PDF

Private keys lie under a passphrase (PKCS#8): one for the root, one for the two others.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.files import write_atomically
from safeconduct.cli.errors import FileRefused, about
from safeconduct.cli.opening import bytes_of
from safeconduct.dossier.sealing.certificates import (
    certificate_sha256,
    revocation_list,
    root_certificate,
    signing_certificate,
)
from safeconduct.dossier.sealing.keys import (
    new_certificate_key,
    new_organisation_key,
    open_certificate_key,
    open_organisation_key,
    sealed_key,
)
from safeconduct.dossier.sealing.longterm import read_list
from safeconduct.dossier.sealing.manifest import Organisation
from safeconduct.dossier.sealing.status import Revoked, Status, read_status, signed_status
from safeconduct.dossier.sealing.trust import (
    Trust,
    TrustedOrganisation,
    read_trust,
    trust_bytes,
    trusted,
)

if TYPE_CHECKING:
    from safeconduct.dossier.sealing.signers import Sealer

STATUS_DAYS = 92
_MOST_BYTES = 16 * 1024 * 1024


class KeyFolder:
    """The folder at a path; nothing is kept in memory but the path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def organisation(self) -> TrustedOrganisation:
        """The organisation whose keys these are. Raises FileRefused."""
        file = self.path / "trust.json"
        with about(file):
            found = read_trust(bytes_of(file, _MOST_BYTES)).organisations
        if len(found) != 1:
            raise FileRefused(file, "not the trust file of one organisation")
        return found[0]

    def certificate(self, name: str) -> x509.Certificate:
        """`root` or `signing`."""
        return _certificate_in(self.path / f"{name}.cert.pem")

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
            return read_status(bytes_of(file, _MOST_BYTES), self.certificate("root"))

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

    def write(self, name: str, data: bytes) -> None:
        """A file of the folder."""
        write_atomically(self.path / name, data)


def create(
    folder: Path,
    name: str,
    *,
    on: date,
    passphrase: str,
    root_passphrase: str,
    time_stamps: tuple[Path, ...] = (),
) -> TrustedOrganisation:
    """Makes all keys and certificates of an organisation in a new folder.

    `time_stamps`: certificates of authorities (PEM) whose word on a time recipients are to take.
    """
    authorities = tuple(_certificate_in(one) for one in time_stamps)
    if folder.exists():
        raise FileRefused(folder, "there already; nothing is overwritten")
    if not name.strip():
        raise SafeconductError("an organisation has a name; it is in every dossier that it seals")
    folder.mkdir(mode=0o700)
    keys = KeyFolder(folder)
    root_key, key = new_certificate_key(), new_organisation_key()
    root = root_certificate(name, root_key, on=on)
    organisation = trusted(name, key.public(), root, authorities)
    keys.write("root.key.pem", sealed_key(root_key, root_passphrase))
    keys.write("root.cert.pem", _pem(root))
    keys.write("organisation.key.pem", key.sealed(passphrase))
    keys.write("trust.json", trust_bytes(Trust(organisations=(organisation,))))
    renew(keys, on=on, passphrase=passphrase, root_passphrase=root_passphrase)
    sign_status(keys, (), on=on, root_passphrase=root_passphrase, number=1)
    return organisation


def renew(
    keys: KeyFolder,
    *,
    on: date,
    passphrase: str,
    root_passphrase: str,
    public_key: Path | None = None,
) -> x509.Certificate:
    """A new signing key with its certificate; what was sealed with the old one stays valid.

    `public_key`: of a key that is made elsewhere, such as on a token (PEM, P-256); then none is
    made here.
    """
    root_key = open_certificate_key(keys.key("root"), root_passphrase)
    # Both are under one passphrase; another for the new key would lock the old one's user out.
    open_organisation_key(keys.key("organisation"), passphrase)
    root = keys.certificate("root")
    if root.not_valid_after_utc.date() <= on:
        raise SafeconductError(f"the root is in force until {root.not_valid_after_utc:%Y-%m-%d}")
    if public_key is None:
        key = new_certificate_key()
        public = key.public_key()
        keys.write("signing.key.pem", sealed_key(key, passphrase))
    else:
        public = _public_in(public_key)
    certificate = signing_certificate(root, root_key, public, on=on)
    keys.write("signing.cert.pem", _pem(certificate))
    return certificate


def revoke(
    keys: KeyFolder, revoked: tuple[Revoked, ...], *, on: date, root_passphrase: str
) -> Status:
    """A new status list with more taken back; what is on it stays on it."""
    before = keys.status()
    known = {(one.what, one.sha256) for one in before.revoked}
    more = tuple(one for one in revoked if (one.what, one.sha256) not in known)
    return sign_status(
        keys,
        (*before.revoked, *more),
        on=on,
        root_passphrase=root_passphrase,
        number=before.number + 1,
    )


def sign_status(
    keys: KeyFolder,
    revoked: tuple[Revoked, ...],
    *,
    on: date,
    root_passphrase: str,
    number: int,
) -> Status:
    """Writes a status list that is to be used for a quarter of a year."""
    organisation = keys.organisation()
    status = Status(
        organisation=Organisation(name=organisation.name, key=organisation.key),
        number=number,
        issued=on,
        until=on + timedelta(days=STATUS_DAYS),
        revoked=revoked,
    )
    key = open_certificate_key(keys.key("root"), root_passphrase)
    keys.write("status.json", signed_status(status, key))
    keys.write("root.crl", _listed(keys, status, key))
    return status


def _listed(keys: KeyFolder, status: Status, key: ec.EllipticCurvePrivateKey) -> bytes:
    """The root's list of revoked certificates: those of its last one, and the signing one if the
    status list takes it back.
    """
    gone = {one.serial_number: one.revocation_date_utc for each in keys.lists() for one in each}
    signing = keys.certificate("signing")
    for one in status.revoked:
        if one.what == "certificate" and one.sha256 == certificate_sha256(signing):
            since = datetime.combine(one.since, time(), UTC)
            gone.setdefault(signing.serial_number, since)
    return revocation_list(
        keys.certificate("root"),
        key,
        gone,
        on=status.issued,
        until=status.until,
        number=status.number,
    )


class TokenChoice(NamedTuple):
    """Where the signing key is, if not in a file: PKCS#11 library, labels of token and key."""

    module: Path
    token: str
    label: str
    pin: str


@contextmanager
def sealer_of(
    keys: KeyFolder, passphrase: str, token: TokenChoice | None = None
) -> Iterator["Sealer"]:
    """Who seals with these keys. Raises FileRefused or KeyNotOpened.

    Certificates between the signing one and its root, if any, are in `beside.certs.pem`.
    """
    from safeconduct.dossier.sealing.signers import file_sealer

    name = keys.organisation().name
    organisation_key = open_organisation_key(keys.key("organisation"), passphrase)
    certificate, beside = keys.certificate("signing"), keys.beside()
    if token is None:
        secret = open_certificate_key(keys.key("signing"), passphrase)
        yield file_sealer(name, organisation_key, certificate, secret, beside=beside)
        return
    from safeconduct.dossier.sealing.tokens import token_sealer

    with token_sealer(
        *(name, organisation_key, certificate),
        module=str(token.module),
        token=token.token,
        label=token.label,
        pin=token.pin,
        beside=beside,
    ) as sealer:
        yield sealer


def taken_back(certificate: x509.Certificate, *, on: date, reason: str) -> Revoked:
    """That a certificate is no longer to be relied on."""
    sha256 = certificate_sha256(certificate)
    return Revoked(what="certificate", sha256=sha256, since=on, reason=reason)


def readable(keys: KeyFolder) -> dict[str, object]:
    """What `seal show` tells, as plain values."""
    signing, root, status = keys.certificate("signing"), keys.certificate("root"), keys.status()
    return {
        "organisation": keys.organisation().name,
        "key": keys.organisation().key,
        "root": _span(root),
        "signing certificate": f"{_span(signing)} (SHA-256 {certificate_sha256(signing)})",
        "status list": f"number {status.number}, to be used from {status.issued} to {status.until}",
        "taken back": [msgspec.to_builtins(one) for one in status.revoked],
    }


def _public_in(file: Path) -> ec.EllipticCurvePublicKey:
    with about(file):
        try:
            key = serialization.load_pem_public_key(bytes_of(file, _MOST_BYTES))
        except ValueError:
            raise FileRefused(file, "no public key in PEM") from None
        if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
            raise FileRefused(file, "not a P-256 key")
        return key


def _certificate_in(file: Path) -> x509.Certificate:
    with about(file):
        try:
            return x509.load_pem_x509_certificate(bytes_of(file, _MOST_BYTES))
        except ValueError:
            raise FileRefused(file, "no certificate in PEM") from None


def _span(certificate: x509.Certificate) -> str:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return f"in force from {begins:%Y-%m-%d} to {ends:%Y-%m-%d}"


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
