"""Keys made from keys (HKDF with SHA-256, RFC 5869): none of them leads to another."""

from safeconduct.vault.formats.envelopes import KEY_BYTES


def derive(secret: bytes, *, purpose: bytes, salt: bytes = b"") -> bytes:
    """A 32-byte key from a secret of full strength. `purpose` comes from `fields.labelled`."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=KEY_BYTES, salt=salt or None, info=purpose).derive(secret)
