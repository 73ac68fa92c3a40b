"""Status lists: what an organisation has taken back, signed by its root.

The root signs it, not the key that seals: whoever stole that key could otherwise say that nothing
was taken back. An old list is a true one; so each says until when it is to be used.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from safeconduct.casefile.ids import Sha256
from safeconduct.dossier.sealing.canonical import canonical, formed, read_canonical
from safeconduct.dossier.sealing.errors import FormUnknown, NotCanonical, StatusNotUsable
from safeconduct.dossier.sealing.manifest import Organisation

SCHEMA: Literal["safeconduct/status/1"] = "safeconduct/status/1"

Signature = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{2}){8,72}$")]


class Revoked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is no longer to be relied on: a certificate, a dossier (its manifest) or the key."""

    what: Literal["certificate", "dossier", "organisation-key"]
    sha256: Sha256
    since: date
    reason: str


class Status(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A numbered list of all that was taken back until a day; `until`: the last day to use it."""

    schema: Literal["safeconduct/status/1"] = SCHEMA
    organisation: Organisation
    number: int
    issued: date
    until: date
    revoked: tuple[Revoked, ...]


class SignedStatus(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A status list with the root's ECDSA signature over its canonical form, in hexadecimal."""

    status: Status
    signature: Signature


def signed_status(status: Status, root_key: ec.EllipticCurvePrivateKey) -> bytes:
    """The file of a status list."""
    content = canonical(msgspec.to_builtins(status))
    signature = root_key.sign(content, ec.ECDSA(hashes.SHA256())).hex()
    return canonical(msgspec.to_builtins(SignedStatus(status=status, signature=signature)))


def read_status(data: bytes, root: x509.Certificate) -> Status:
    """The status list, if the root signed it. Raises StatusNotUsable."""
    try:
        signed = formed(read_canonical(data), SignedStatus)
    except (NotCanonical, FormUnknown) as error:
        raise StatusNotUsable(f"no status list: {error}") from None
    key = root.public_key()
    content = canonical(msgspec.to_builtins(signed.status))
    try:
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise StatusNotUsable("the root's key is of another kind than status lists need")
        key.verify(bytes.fromhex(signed.signature), content, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        raise StatusNotUsable("the status list is not signed by the organisation's root") from None
    return signed.status


def organisation_of(data: bytes) -> Organisation:
    """Of which organisation a status list says that it is. Raises StatusNotUsable."""
    try:
        return formed(read_canonical(data), SignedStatus).status.organisation
    except (NotCanonical, FormUnknown) as error:
        raise StatusNotUsable(f"no status list: {error}") from None
