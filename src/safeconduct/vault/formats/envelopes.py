"""Sealed envelopes: data encrypted under one key, openable only in the place they were sealed for.

XChaCha20-Poly1305 with a drawn nonce. An envelope hides nothing of its size; see `padding`.
"""

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.formats.randomness import draw

MAGIC = b"SCE1"
KEY_BYTES = 32
NONCE_BYTES = 24
TAG_BYTES = 16


def seal(data: bytes, key: bytes, *, place: bytes) -> bytes:
    """Data → an envelope: magic, nonce, ciphertext with its tag.

    `key` has 32 bytes. `place` (`fields.labelled`) is authenticated and not stored: whoever opens
    the envelope has to know it, so an envelope moved elsewhere does not open.
    """
    if len(key) != KEY_BYTES:
        raise NotUsable(f"a key has {KEY_BYTES} bytes")
    nonce = draw(NONCE_BYTES)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(data, MAGIC + place, nonce, key)
    return MAGIC + nonce + sealed


def open_envelope(envelope: bytes, key: bytes, *, place: bytes) -> bytes:
    """An envelope → its data. Raises Malformed, or NotOpened (wrong key, wrong place, altered)."""
    if not envelope.startswith(MAGIC):
        raise Malformed("not an envelope of this version")
    start = len(MAGIC) + NONCE_BYTES
    nonce, sealed = envelope[len(MAGIC) : start], envelope[start:]
    if len(sealed) < TAG_BYTES:
        raise Malformed("the envelope is cut")
    if len(key) != KEY_BYTES:
        raise NotUsable(f"a key has {KEY_BYTES} bytes")
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, MAGIC + place, nonce, key)
    except CryptoError:
        raise NotOpened("the envelope does not open with this key in this place") from None
