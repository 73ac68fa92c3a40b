"""What a recipient trusts: organisations by their keys, never by their names.

The file is got on one way and its fingerprint on another. Here nothing is fetched.
"""

import base64
import binascii
import hashlib
from typing import Literal

import msgspec
from cryptography import x509

from safeconduct.casefile.ids import Sha256
from safeconduct.dossier.sealing.canonical import canonical, formed, read_strictly
from safeconduct.dossier.sealing.certificates import der, read_certificate
from safeconduct.dossier.sealing.errors import FormUnknown

SCHEMA: Literal["safeconduct/trust/1"] = "safeconduct/trust/1"


class TrustedOrganisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisation: its Ed25519 key, and its root certificate (DER in base64).

    `time_stamps` are certificates of time-stamp authorities whose word on a time is taken.
    """

    name: str
    key: Sha256
    root: str
    time_stamps: tuple[str, ...] = ()


class Trust(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a recipient trusts; empty, it trusts nobody."""

    schema: Literal["safeconduct/trust/1"] = SCHEMA
    organisations: tuple[TrustedOrganisation, ...] = ()

    def of_key(self, key: str) -> TrustedOrganisation | None:
        """The organisation with this Ed25519 key."""
        return next((one for one in self.organisations if one.key == key), None)

    def named(self, name: str) -> bool:
        """Is there an organisation of this name, whatever its key?"""
        return any(one.name == name for one in self.organisations)


def trusted(
    name: str,
    key: str,
    root: x509.Certificate,
    time_stamps: tuple[x509.Certificate, ...] = (),
) -> TrustedOrganisation:
    """An organisation as it stands in a trust file."""
    return TrustedOrganisation(
        name=name,
        key=key,
        root=_text(root),
        time_stamps=tuple(_text(one) for one in time_stamps),
    )


def _text(certificate: x509.Certificate) -> str:
    return base64.b64encode(der(certificate)).decode()


def fingerprint(organisation: TrustedOrganisation) -> str:
    """SHA-256 over all that the file says of it, in groups of four, to be compared elsewhere."""
    digits = hashlib.sha256(canonical(msgspec.to_builtins(organisation))).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def certificate_of(text: str) -> x509.Certificate:
    """Base64 of DER → a certificate. Raises FormUnknown."""
    try:
        return read_certificate(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, FormUnknown):
        raise FormUnknown("a trust file with something that is no certificate") from None


def trust_bytes(trust: Trust) -> bytes:
    """The trust file."""
    return canonical(msgspec.to_builtins(trust))


def read_trust(data: bytes) -> Trust:
    """A trust file, each of its certificates read once. Raises NotCanonical or FormUnknown."""
    trust = formed(read_strictly(data), Trust)
    for one in trust.organisations:
        for text in (one.root, *one.time_stamps):
            certificate_of(text)
    return trust
