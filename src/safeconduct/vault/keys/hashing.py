"""Argon2id, dear on purpose, and a door that lets only a few hashes in at once.

One hash takes 64 MiB: without the door, fifty sign-ins at once would be an attack on memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import msgspec

from safeconduct.casefile.errors import SafeconductError

SALT_BYTES = 16
HASH_BYTES = 32

# Never weaker than the design, whatever a database says; never so dear that it is an attack.
_MEMORY_KIB = (64 * 1024, 1024 * 1024)
_PASSES = (3, 16)
_LANES = (1, 16)


class TooManyHashes(SafeconductError):
    """As many passphrases are being hashed as are allowed; nothing was tried, ask again."""


class CostRefused(SafeconductError):
    """The stored cost is below the floor or above the ceiling: somebody changed it."""


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What one hash costs: memory in KiB, passes over it, lanes. Raises CostRefused."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        within = (
            _MEMORY_KIB[0] <= self.memory_kib <= _MEMORY_KIB[1]
            and _PASSES[0] <= self.passes <= _PASSES[1]
            and _LANES[0] <= self.lanes <= _LANES[1]
        )
        if not within:
            raise CostRefused(f"{self.memory_kib} KiB, {self.passes} passes, {self.lanes} lanes")


class HashingDoor:
    """Lets `limit` hashes run at once; the next ones wait `patience` seconds, then are refused."""

    def __init__(self, limit: int = 4, *, patience: float = 30.0) -> None:
        self._places = BoundedSemaphore(limit)
        self._patience = patience

    @contextmanager
    def entered(self) -> Iterator[None]:
        """One place at the door, given back afterwards. Raises TooManyHashes."""
        if not self._places.acquire(timeout=self._patience):
            raise TooManyHashes("as many passphrases are being tried as are allowed at once")
        try:
            yield
        finally:
            self._places.release()


def argon2id(passphrase: bytes, salt: bytes, cost: Cost, door: HashingDoor) -> bytes:
    """Argon2id version 1.3 (RFC 9106), 32 bytes. Raises TooManyHashes."""
    from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

    with door.entered():
        return hash_secret_raw(
            passphrase,
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=HASH_BYTES,
            type=Type.ID,
            version=ARGON2_VERSION,
        )
