"""The key pairs of a member of staff: one to receive (X25519), one to sign (Ed25519).

The private halves are stored only in an envelope under the key from the person's passphrase.
"""

from hashlib import sha256

import msgspec
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.formats.envelopes import KEY_BYTES, open_envelope, seal
from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.formats.fields import (
    as_number,
    as_text,
    labelled,
    pack,
    unlabelled,
    unpack,
)
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.ids import opaque

SIGNATURE_BYTES = 64


class SignatureWrong(SafeconductError):
    """A signature is not that of the key, or what was signed has been changed."""

    exit_code = 3


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The public halves of one person's keys, signed by themselves: what others need to write.

    The signature binds the two keys to each other and to the id. That a card is this person's, no
    signature of its own can say: the `fingerprint` is compared aloud once.
    """

    user: str
    version: int
    receiving: bytes
    verifying: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """Ten groups of five digits (166 bits), for reading aloud."""
        digest = int.from_bytes(sha256(self._signed()).digest(), "big")
        digits = str(digest % 10**50).zfill(50)
        return " ".join(digits[at : at + 5] for at in range(0, 50, 5))

    def seal(self, data: bytes) -> bytes:
        """Data for this person alone (a libsodium sealed box: it does not say who sealed it).

        Raises NotUsable for a key that belongs to nobody: anyone could open what is sealed to it.
        """
        try:
            return SealedBox(PublicKey(self.receiving)).encrypt(data)
        except (CryptoError, TypeError, ValueError):
            raise NotUsable(f"nothing can be sealed for {self.user}, {self.version}") from None

    def check(self, data: bytes, signature: bytes) -> None:
        """Did this person sign the data? Raises SignatureWrong."""
        try:
            VerifyKey(self.verifying).verify(data, signature)
        except (CryptoError, ValueError):
            raise SignatureWrong(f"not signed by {self.user}, version {self.version}") from None

    def encoded(self) -> bytes:
        """The card in fields, its signature last."""
        return pack(self._signed(), self.signature)

    def _signed(self) -> bytes:
        return _signed(self.user, self.version, self.receiving, self.verifying)


class StaffKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Both secret keys of one person, open in memory. Version 1 is the first pair."""

    user: str
    version: int
    receiving: bytes
    signing: bytes

    def __repr__(self) -> str:
        return f"StaffKeys({self.user!r}, version {self.version}, secret)"

    @property
    def card(self) -> Card:
        """What others may see of it."""
        receiving = bytes(PrivateKey(self.receiving).public_key)
        verifying = bytes(SigningKey(self.signing).verify_key)
        signature = self.sign(_signed(self.user, self.version, receiving, verifying))
        return Card(
            user=self.user,
            version=self.version,
            receiving=receiving,
            verifying=verifying,
            signature=signature,
        )

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (64 bytes). What is signed begins with a label of its kind."""
        return SigningKey(self.signing).sign(data).signature

    def open(self, sealed: bytes) -> bytes:
        """What `Card.seal` sealed for this person. Raises NotOpened."""
        try:
            return SealedBox(PrivateKey(self.receiving)).decrypt(sealed)
        except (CryptoError, TypeError, ValueError):
            raise NotOpened(f"not sealed for {self.user}, version {self.version}") from None


def new_staff_keys(user: str, *, version: int = 1) -> StaffKeys:
    """Two fresh key pairs."""
    return StaffKeys(
        user=opaque(user), version=version, receiving=draw(KEY_BYTES), signing=draw(KEY_BYTES)
    )


def seal_staff_keys(keys: StaffKeys, key: bytes) -> bytes:
    """The secret halves in an envelope under the key from the person's passphrase.

    A new passphrase seals the same keys again; the old envelope is then destroyed.
    """
    return seal(keys.receiving + keys.signing, key, place=_place(keys.user, keys.version))


def open_staff_keys(sealed: bytes, key: bytes, *, user: str, version: int) -> StaffKeys:
    """The keys of this person in this version. Raises Malformed or NotOpened."""
    both = open_envelope(sealed, key, place=_place(user, version))
    if len(both) != 2 * KEY_BYTES:
        raise Malformed("two keys of 32 bytes belong here")
    return StaffKeys(
        user=user, version=version, receiving=both[:KEY_BYTES], signing=both[KEY_BYTES:]
    )


def read_card(data: bytes) -> Card:
    """A card, its own signature checked. Raises Malformed or SignatureWrong."""
    signed, signature = unpack(data, 2)
    user, version, receiving, verifying = unlabelled(signed, "card", 4)
    if len(receiving) != KEY_BYTES or len(verifying) != KEY_BYTES:
        raise Malformed("a public key has 32 bytes")
    card = Card(
        user=as_text(user),
        version=as_number(version),
        receiving=receiving,
        verifying=verifying,
        signature=signature,
    )
    card.check(signed, signature)
    return card


def _signed(user: str, version: int, receiving: bytes, verifying: bytes) -> bytes:
    return labelled("card", user, version, receiving, verifying)


def _place(user: str, version: int) -> bytes:
    return labelled("staff-keys", user, version)
