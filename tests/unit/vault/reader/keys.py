"""A second reader of passphrases, staff and case keys and grants, from docs/reference/vault.md."""

import hmac
from collections.abc import Collection, Mapping
from typing import NamedTuple
from unicodedata import normalize

from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import VerifyKey
from tests.unit.vault.reader.formats import (
    Refused,
    derived,
    digest,
    facts_of,
    labelled,
    opened,
    read_bytes,
    read_json,
    text,
    unpacked,
    whole,
)

COMPARTMENTS = ("identity", "account", "legal-advice", "restricted-findings")


class Card(NamedTuple):
    """Whose it is, in which version, and the key that signatures are checked with."""

    user: str
    version: int
    receiving: bytes
    verifying: bytes


class Own(NamedTuple):
    """One's own id, version and the secret that opens boxes."""

    user: str
    version: int
    receiving: bytes


class Grant(NamedTuple):
    """What stands in a grant."""

    case: str
    compartment: str
    version: int
    recipient: str
    recipient_version: int
    giver: str
    giver_version: int
    at: int
    until: int
    key: bytes


def passphrase_key(record: bytes, typed: str, pepper: bytes) -> bytes:
    """The key that opens the staff keys."""
    keys = "user salt memory_kib passes lanes pepper verifier"
    row = read_json(record, "safeconduct/passphrase/1", keys)
    cost = [whole(row[name]) for name in ("memory_kib", "passes", "lanes")]
    ranges = ((65_536, 1_048_576), (3, 16), (1, 16))
    if any(not low <= one <= high for one, (low, high) in zip(cost, ranges, strict=True)):
        raise Refused("the cost")
    salt, verifier, user = read_bytes(row["salt"]), read_bytes(row["verifier"]), text(row["user"])
    if len(salt) != 16 or len(verifier) != 32:
        raise Refused("a length")
    if row["pepper"] != digest(labelled("pepper-id", pepper))[:16]:
        raise Refused("another pepper")
    secret = normalize("NFKC", typed).encode()
    if not secret:
        raise Refused("an empty passphrase")
    memory, passes, lanes = cost
    hashed = hash_secret_raw(secret, salt, passes, memory, lanes, 32, Type.ID, 19)
    if not hmac.compare_digest(derived(hashed, labelled("login-verifier", user), pepper), verifier):
        raise Refused("the passphrase")
    return derived(hashed, labelled("key-encryption", user), pepper)


def staff_keys(envelope: bytes, key: bytes, user: str, version: int) -> tuple[bytes, bytes]:
    """The X25519 secret and the Ed25519 seed."""
    both = opened(envelope, key, labelled("staff-keys", user, version))
    if len(both) != 64:
        raise Refused("a length")
    return both[:32], both[32:]


def is_signed(card: Card, data: bytes, signature: bytes) -> bool:
    """Ed25519."""
    try:
        VerifyKey(card.verifying).verify(data, signature)
    except (CryptoError, ValueError):
        return False
    return True


def read_card(data: bytes) -> tuple[Card, str]:
    """A card and its fingerprint."""
    signed, signature = unpacked(data, 2)
    card = Card(*facts_of(signed, "card", "tnbb"))
    if len(card.receiving) != 32 or len(card.verifying) != 32:
        raise Refused("a length")
    if not is_signed(card, signed, signature):
        raise Refused("a signature")
    digits = f"{int(digest(signed), 16) % 10**50:050d}"
    return card, " ".join(digits[at : at + 5] for at in range(0, 50, 5))


def unboxed(sealed: bytes, receiving: bytes) -> bytes:
    """What is in a sealed box."""
    try:
        return SealedBox(PrivateKey(receiving)).decrypt(sealed)
    except (CryptoError, TypeError, ValueError):
        raise Refused("GrantNotForThisKey") from None


def beneath(secret: bytes, case: str, compartment: str, version: int, purpose: str) -> bytes:
    """The key for one purpose beneath a case key."""
    return derived(secret, labelled("case-purpose", case, compartment, version, purpose))


def previous(secret: bytes, link: bytes, case: str, compartment: str, version: int) -> bytes:
    """The case key of the version before `version`, of which `secret` is the key."""
    key = beneath(secret, case, compartment, version, "previous-key")
    older = opened(link, key, labelled("previous-key", case, compartment, version))
    if len(older) != 32:
        raise Refused("a length")
    return older


def open_grant(
    sealed: bytes,
    own: Own,
    filed: tuple[str, str, int],
    givers: Mapping[tuple[str, int], Card],
    now: int,
    revoked: Collection[str] = (),
) -> Grant:
    """A grant, after the questions of the page; `filed` is case, compartment, version of now."""
    inside = unboxed(sealed, own.receiving)  # 1
    try:
        signed, signature = unpacked(inside, 2)
        grant = Grant(*facts_of(signed, "grant", "ttntntnnnb"))  # 2
    except Refused:
        raise Refused("GrantDamaged") from None
    if grant.compartment not in COMPARTMENTS or len(grant.key) != 32:
        raise Refused("GrantDamaged")
    of_this_case = (grant.case, grant.compartment) == filed[:2]
    if not of_this_case or (grant.recipient, grant.recipient_version) != own[:2]:  # 3
        raise Refused("GrantForeign")
    giver = givers.get((grant.giver, grant.giver_version))
    if giver is None:  # 4
        raise Refused("GiverUnknown")
    if not is_signed(giver, signed, signature):
        raise Refused("GrantForged")
    if grant.version != filed[2] or digest(labelled("grant-id", *grant[:9])) in revoked:  # 5
        raise Refused("GrantReplayed")
    if now < grant.at:  # 6
        raise Refused("GrantNotYet")
    if now >= grant.until:
        raise Refused("GrantExpired")
    return grant
