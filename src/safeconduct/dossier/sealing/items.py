"""Items of a dossier, each hashed with a salt of its own, so that one can be shown alone.

Without its salt an item cannot be guessed from its hash, however few values it could have.
"""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec

from safeconduct.casefile.ids import Sha256
from safeconduct.dossier.sealing.canonical import canonical

SALT_BYTES = 16

Salt = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that a dossier discloses, such as a claim or a finding, as plain JSON values.

    `id` is unique in a dossier and says nothing of the content: `claim/c3`, `person`.
    """

    id: str
    kind: str
    value: Any


class SaltedItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item with its salt, 32 hexadecimal digits: all that is needed to check its hash."""

    id: str
    kind: str
    salt: Salt
    value: Any


class HashedItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the manifest holds of an item: neither its value nor its salt."""

    id: str
    kind: str
    sha256: Sha256


def salted(items: Iterable[Item]) -> tuple[SaltedItem, ...]:
    """Each item with 128 bits from the system's randomness."""
    return tuple(
        SaltedItem(
            id=one.id, kind=one.kind, salt=secrets.token_bytes(SALT_BYTES).hex(), value=one.value
        )
        for one in items
    )


def hashed(item: SaltedItem) -> HashedItem:
    """SHA-256 over the canonical form of `{id, kind, salt, value}`. Raises NotCanonical."""
    content = canonical(msgspec.to_builtins(item))
    return HashedItem(id=item.id, kind=item.kind, sha256=hashlib.sha256(content).hexdigest())


def altered(shown: Iterable[SaltedItem], listed: Iterable[HashedItem]) -> tuple[str, ...]:
    """Which shown items are not among those listed: altered, added or renamed."""
    known = {(one.id, one.kind, one.sha256) for one in listed}
    return tuple(one.id for one in shown if (one.id, one.kind, hashed(one).sha256) not in known)


def sentence_of(item: SaltedItem) -> str | None:
    """What a claim or a finding says in words; None for other items."""
    if item.kind not in ("claim", "finding") or not isinstance(item.value, dict):
        return None
    found = item.value.get("text" if item.kind == "claim" else "statement")
    return found if isinstance(found, str) else None
