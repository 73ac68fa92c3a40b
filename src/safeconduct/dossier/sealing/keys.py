"""Private keys in files, always under a passphrase (PKCS#8), and the organisation's signature.

P-256 for certificates, which PDF readers know; Ed25519 for the manifest. Passphrases stay out of
every message.
"""

from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from safeconduct.dossier.sealing.errors import KeyNotOpened


class SignsManifests(Protocol):
    """Whatever holds the organisation's Ed25519 key: a file, or something that keeps it inside."""

    def public(self) -> str:
        """The public key, 64 hexadecimal digits."""

    def sign(self, data: bytes) -> str:
        """The signature, 128 hexadecimal digits."""


class OrganisationKey:
    """The organisation's Ed25519 key in memory."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def __repr__(self) -> str:
        return f"OrganisationKey({self.public()[:8]}…)"

    def public(self) -> str:
        """The public key, 64 hexadecimal digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> str:
        """The signature, 128 hexadecimal digits."""
        return self._key.sign(data).hex()

    def sealed(self, passphrase: str) -> bytes:
        """The key as PEM under a passphrase."""
        return sealed_key(self._key, passphrase)


def new_organisation_key() -> OrganisationKey:
    """A key from the system's randomness."""
    return OrganisationKey(Ed25519PrivateKey.generate())


def open_organisation_key(pem: bytes, passphrase: str) -> OrganisationKey:
    """PEM → the organisation's key. Raises KeyNotOpened."""
    key = _opened(pem, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyNotOpened("not an Ed25519 key")
    return OrganisationKey(key)


def organisation_signed(public: str, signature: str, data: bytes) -> bool:
    """Is `signature` that of the Ed25519 key `public` over exactly these bytes?"""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_certificate_key() -> ec.EllipticCurvePrivateKey:
    """A P-256 key from the system's randomness."""
    return ec.generate_private_key(ec.SECP256R1())


def open_certificate_key(pem: bytes, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """PEM → a P-256 key. Raises KeyNotOpened."""
    key = _opened(pem, passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise KeyNotOpened("not a P-256 key")
    return key


def sealed_key(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey, passphrase: str) -> bytes:
    """A private key as PEM under a passphrase. Raises KeyNotOpened for an empty one."""
    if not passphrase:
        raise KeyNotOpened("an empty passphrase protects nothing")
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )


def _opened(pem: bytes, passphrase: str) -> Any:
    try:
        return serialization.load_pem_private_key(pem, passphrase.encode())
    except TypeError:
        # A key that anyone can read is refused: it has to be thought of as known.
        raise KeyNotOpened("the key is under no passphrase; accepted: one that is") from None
    except ValueError:
        raise KeyNotOpened("the passphrase does not open the key, or it is no PEM key") from None
