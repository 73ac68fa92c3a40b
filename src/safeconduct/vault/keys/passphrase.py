"""From a passphrase to a key that opens a person's own keys, and a verifier that says "right".

One Argon2id run and a pepper that lies outside the database give both, through HKDF: who holds the
verifier cannot come from it to the key. Whoever takes database and pepper may try passphrases, at
the cost of one Argon2id run each; therefore passphrases are generated.
"""

import hmac
from hashlib import sha256
from unicodedata import normalize

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.formats.canonical import (
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.derived import derive
from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.hashing import SALT_BYTES, Cost, HashingDoor, argon2id
from safeconduct.vault.keys.ids import opaque

SCHEMA = "safeconduct/passphrase/1"
PEPPER_BYTES = 32
_KEYS = {
    "schema",
    "user",
    "salt",
    "memory_kib",
    "passes",
    "lanes",
    "pepper",
    "verifier",
}


class WrongPassphrase(SafeconductError):
    """The passphrase is not this person's, or there is no such person."""


class WrongPepper(SafeconductError):
    """The server's pepper is not the one that this record was made with."""


class Pepper:
    """The server's secret half of every passphrase: 32 bytes from a file that no backup holds."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != PEPPER_BYTES:
            raise NotUsable(f"a pepper has {PEPPER_BYTES} bytes")
        self.secret = secret
        self.id = sha256(labelled("pepper-id", secret)).hexdigest()[:16]


class StoredPassphrase(msgspec.Struct, frozen=True, kw_only=True):
    """What the database keeps: enough to know the passphrase when it comes, not to find it."""

    user: str
    salt: bytes
    cost: Cost
    pepper: str
    verifier: bytes

    def encoded(self) -> bytes:
        """As canonical JSON, of the schema `safeconduct/passphrase/1`."""
        return canonical(
            {
                "schema": SCHEMA,
                "user": self.user,
                "salt": to_text(self.salt),
                "memory_kib": self.cost.memory_kib,
                "passes": self.cost.passes,
                "lanes": self.cost.lanes,
                "pepper": self.pepper,
                "verifier": to_text(self.verifier),
            }
        )


def decoded(text: bytes) -> StoredPassphrase:
    """What `encoded` wrote. Raises Malformed, or CostRefused where the cost was lowered."""
    row = read_canonical(text, SCHEMA)
    if set(row) != _KEYS:
        raise Malformed("other keys than a passphrase record has")
    salt, verifier = bytes_of(row, "salt"), bytes_of(row, "verifier")
    if (len(salt), len(verifier)) != (SALT_BYTES, KEY_BYTES):
        raise Malformed(f"a salt has {SALT_BYTES} bytes, a verifier {KEY_BYTES}")
    cost = Cost(
        memory_kib=number_of(row, "memory_kib"),
        passes=number_of(row, "passes"),
        lanes=number_of(row, "lanes"),
    )
    return StoredPassphrase(
        user=text_of(row, "user"),
        salt=salt,
        cost=cost,
        pepper=text_of(row, "pepper"),
        verifier=verifier,
    )


def enrol(
    user: str, passphrase: str, *, pepper: Pepper, door: HashingDoor, cost: Cost | None = None
) -> tuple[StoredPassphrase, bytes]:
    """A new passphrase → what is stored, and the 32-byte key that seals the person's keys.

    Raises TooManyHashes, or NotUsable for an empty passphrase or an id that is none.
    """
    cost = cost or Cost()
    salt = draw(SALT_BYTES)
    verifier, key = _both(opaque(user), passphrase, salt, cost, pepper, door)
    stored = StoredPassphrase(user=user, salt=salt, cost=cost, pepper=pepper.id, verifier=verifier)
    return stored, key


def unlock(
    passphrase: str, stored: StoredPassphrase, *, pepper: Pepper, door: HashingDoor
) -> bytes:
    """The 32-byte key that seals the person's keys. Raises WrongPassphrase, WrongPepper,
    TooManyHashes.
    """
    if stored.pepper != pepper.id:
        raise WrongPepper(f"the record needs the pepper {stored.pepper}, here is {pepper.id}")
    verifier, key = _both(stored.user, passphrase, stored.salt, stored.cost, pepper, door)
    if not hmac.compare_digest(verifier, stored.verifier):
        raise WrongPassphrase("not the passphrase of this person")
    return key


def decoy(pepper: Pepper) -> StoredPassphrase:
    """A record that no passphrase opens, to be tried where there is no such person.

    Without it, the time of an answer would tell who works here.
    """
    return StoredPassphrase(
        user="nobody", salt=draw(SALT_BYTES), cost=Cost(), pepper=pepper.id, verifier=draw(32)
    )


def _both(
    user: str, passphrase: str, salt: bytes, cost: Cost, pepper: Pepper, door: HashingDoor
) -> tuple[bytes, bytes]:
    if not passphrase:
        raise NotUsable("an empty passphrase protects nothing")
    try:
        # Two keyboards may spell one letter in two ways.
        typed = normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError:
        raise NotUsable("a passphrase is text in UTF-8") from None
    hashed = argon2id(typed, salt, cost, door)
    verifier = derive(hashed, salt=pepper.secret, purpose=labelled("login-verifier", user))
    key = derive(hashed, salt=pepper.secret, purpose=labelled("key-encryption", user))
    return verifier, key
