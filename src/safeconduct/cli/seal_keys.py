"""The steps that make and change an organisation's sealing keys, and who seals with them.

The folder itself is described beside `KeyFolder`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from safeconduct.acquire.staging import new_folder
from safeconduct.casefile.errors import SafeconductError
from safeconduct.cli.errors import FileRefused
from safeconduct.cli.seal_folder import KeyFolder, certificate_in, pem, public_in
from safeconduct.dossier.sealing.certificates import (
    certificate_sha256,
    issued,
    revocation_list,
    root_certificate,
    signing_certificate,
)
from safeconduct.dossier.sealing.errors import KeyNotOpened
from safeconduct.dossier.sealing.keys import (
    new_certificate_key,
    new_organisation_key,
    open_certificate_key,
    open_organisation_key,
    sealed_key,
)
from safeconduct.dossier.sealing.manifest import Organisation
from safeconduct.dossier.sealing.status import Revoked, Status, signed_status
from safeconduct.dossier.sealing.trust import (
    Trust,
    TrustedOrganisation,
    trust_bytes,
    trusted,
)

if TYPE_CHECKING:
    from safeconduct.dossier.sealing.signers import Sealer

__all__ = [
    "KeyFolder",
    "TokenChoice",
    "create",
    "readable",
    "refuse_taken_back",
    "renew",
    "revoke",
    "sealer_of",
    "sign_status",
    "taken_back",
    "told",
]

STATUS_DAYS = 92


def create(
    folder: Path,
    name: str,
    *,
    on: date,
    passphrase: str,
    root_passphrase: str,
    time_stamps: tuple[Path, ...] = (),
) -> TrustedOrganisation:
    """Makes all keys and certificates of an organisation in a new folder: all of it or nothing.

    `time_stamps`: certificates of authorities (PEM) whose word on a time recipients are to take.
    """
    authorities = tuple(certificate_in(one) for one in time_stamps)
    if os.path.lexists(folder):
        raise FileRefused(folder, "there already; nothing is overwritten")
    _refuse_name(name)
    root_key, key = new_certificate_key(), new_organisation_key()
    root = root_certificate(name, root_key, on=on)
    organisation = trusted(name, key.public(), root, authorities)
    with new_folder(folder.parent, folder.name) as staged:
        keys = KeyFolder(staged.where)
        keys.write("root.key.pem", sealed_key(root_key, root_passphrase))
        keys.write("root.cert.pem", pem(root))
        keys.write("organisation.key.pem", key.sealed(passphrase))
        keys.write("trust.json", trust_bytes(Trust(organisations=(organisation,))))
        renew(keys, on=on, passphrase=passphrase, root_passphrase=root_passphrase)
        sign_status(keys, (), on=on, root_passphrase=root_passphrase, number=1)
    return organisation


def _refuse_name(name: str) -> None:
    if not name.strip():
        raise SafeconductError("an organisation has a name; it is in every dossier that it seals")
    try:
        name.encode()
    except UnicodeEncodeError:  # what a terminal in another encoding gave
        raise SafeconductError("the name of the organisation is no text in UTF-8") from None


def renew(
    keys: KeyFolder,
    *,
    on: date,
    passphrase: str,
    root_passphrase: str,
    public_key: Path | None = None,
) -> x509.Certificate:
    """A new signing key with its certificate; what was sealed with the old one stays valid.

    The old certificate is kept.

    `public_key`: of a key that is made elsewhere, such as on a token (PEM, P-256); then none is
    made here.
    """
    root_key = open_certificate_key(keys.key("root"), root_passphrase)
    # Both are under one passphrase; another for the new key would lock the old one's user out.
    open_organisation_key(keys.key("organisation"), passphrase)
    root = keys.certificate("root")
    if root.not_valid_after_utc.date() <= on:
        raise SafeconductError(f"the root is in force until {root.not_valid_after_utc:%Y-%m-%d}")
    # Before anything is replaced: a certificate that is nowhere cannot be taken back.
    if keys.has("signing.cert.pem"):
        keys.keep(keys.certificate("signing"))
    if public_key is None:
        key = new_certificate_key()
        public = key.public_key()
        keys.write("signing.key.pem", sealed_key(key, passphrase))
    else:
        public = public_in(public_key)
    certificate = signing_certificate(root, root_key, public, on=on)
    keys.write("signing.cert.pem", pem(certificate))
    return certificate


def revoke(
    keys: KeyFolder,
    revoked: tuple[Revoked, ...],
    certificates: tuple[x509.Certificate, ...] = (),
    *,
    on: date,
    root_passphrase: str,
) -> Status:
    """A new status list with more taken back; what is on it stays on it.

    `certificates`: those among it, which are kept in the folder for the root's list.
    """
    # A wrong passphrase changes nothing.
    open_certificate_key(keys.key("root"), root_passphrase)
    for one in certificates:
        keys.keep(one)
    before = keys.status()
    known = {(one.what, one.sha256) for one in before.revoked}
    # Named twice, it is taken back once.
    named = {(one.what, one.sha256): one for one in revoked}
    more = tuple(one for key, one in named.items() if key not in known)
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
    """The root's list of revoked certificates: those of its last one, and all that it issued for
    this folder which the status list takes back.
    """
    root = keys.certificate("root")
    gone = {one.serial_number: one.revocation_date_utc for each in keys.lists() for one in each}
    since = {one.sha256: one.since for one in status.revoked if one.what == "certificate"}
    for certificate in (*keys.earlier(), keys.certificate("signing")):
        day = since.get(certificate_sha256(certificate))
        # One of another authority is on that authority's list alone.
        if day is not None and issued(certificate, root):
            gone.setdefault(certificate.serial_number, datetime.combine(day, time(), UTC))
    return revocation_list(
        *(root, key, gone), on=status.issued, until=status.until, number=status.number
    )


def refuse_taken_back(keys: KeyFolder) -> None:
    """Raises SafeconductError where the status list of the folder takes back what would seal.

    Recipients who have the list would refuse whatever is sealed.
    """
    own = keys.organisation().key
    signing = certificate_sha256(keys.certificate("signing"))
    for one in keys.status().revoked:
        if (one.what, one.sha256) == ("organisation-key", own):
            raise SafeconductError(
                f"the organisation's key was taken back on {one.since}; nothing is sealed "
                "with it. Make new keys in another folder (`seal init`), give recipients the new "
                "trust file and publish its fingerprint"
            )
        if (one.what, one.sha256) == ("certificate", signing):
            raise SafeconductError(
                f"the signing certificate was taken back on {one.since}; nothing is sealed "
                "with it. Make a new one (`seal renew`); the trust file stays"
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
    """Who seals with these keys. Raises FileRefused, KeyNotOpened, or as `refuse_taken_back` does.

    Certificates between the signing one and its root, if any, are in `beside.certs.pem`.
    """
    from safeconduct.dossier.sealing.signers import file_sealer

    refuse_taken_back(keys)
    name = keys.organisation().name
    organisation_key = open_organisation_key(keys.key("organisation"), passphrase)
    certificate, beside = keys.certificate("signing"), keys.beside()
    if token is None:
        secret = open_certificate_key(keys.key("signing"), passphrase)
        if secret.public_key() != certificate.public_key():
            raise KeyNotOpened("the signing key is not that of its certificate; `seal renew` both")
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
    root, status = keys.certificate("root"), keys.status()
    return {
        "organisation": keys.organisation().name,
        "key": keys.organisation().key,
        "root": _span(root),
        "signing certificate": told(keys.certificate("signing"), status),
        "earlier certificates": "; ".join(told(one, status) for one in keys.earlier()) or "none",
        "status list": f"number {status.number}, to be used from {status.issued} to {status.until}",
        "taken back": [msgspec.to_builtins(one) for one in status.revoked],
    }


def told(certificate: x509.Certificate, status: Status) -> str:
    """A certificate for people: its days, its fingerprint, and whether it was taken back."""
    sha256 = certificate_sha256(certificate)
    gone = [str(one.since) for one in status.revoked if one.sha256 == sha256]
    back = f", taken back on {gone[0]}" if gone else ""
    return f"{_span(certificate)} (SHA-256 {sha256}){back}"


def _span(certificate: x509.Certificate) -> str:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return f"in force from {begins:%Y-%m-%d} to {ends:%Y-%m-%d}"
