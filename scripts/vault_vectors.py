"""Writes the test vectors of docs/reference/vault.md: fixed secrets in, the vault's bytes out.

    python -m scripts.vault_vectors

A test holds that the code still makes exactly these bytes. Every secret in them is public: none
may protect anything.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b, shake_256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import nacl.bindings as sodium
from scripts.vault_vectors_access import custody, recovery, sessions
from scripts.vault_vectors_cases import cases, chains
from scripts.vault_vectors_formats import evidence, formats, staff

from safeconduct.vault.formats import randomness

FOLDER = Path(__file__).parent.parent / "tests/unit/vault/vectors"
MAKERS = {
    "formats": formats,
    "staff": staff,
    "cases": cases,
    "chains": chains,
    "evidence": evidence,
    "recovery": recovery,
    "sessions": sessions,
    "custody": custody,
}


class Draws:
    """Bytes in the place of the system's: SHAKE-256 of a name and of how many were drawn before."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def draw(self, length: int) -> bytes:
        """The next `length` bytes; the same in each run."""
        self._count += 1
        return shake_256(f"safeconduct vectors/{self._name}/{self._count}".encode()).digest(length)


@contextmanager
def fixed(name: str) -> Iterator[None]:
    """All randomness of the vault comes from `Draws(name)`, that inside libsodium too."""
    draws = Draws(name)

    def sealed_box(data: bytes, recipient: bytes) -> bytes:
        own, secret = sodium.crypto_box_seed_keypair(draws.draw(32))
        nonce = blake2b(own + recipient, digest_size=24).digest()
        return own + sodium.crypto_box(data, nonce, recipient, secret)

    def header(state: sodium.crypto_secretstream_xchacha20poly1305_state, key: bytes) -> bytes:
        drawn = draws.draw(24)
        # Writer and reader begin with the same state, which the header and the key give.
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, drawn, key)
        return drawn

    stream = "safeconduct.vault.evidence.stream.crypto_secretstream_xchacha20poly1305_init_push"
    with (
        patch.object(randomness, "secrets", SimpleNamespace(token_bytes=draws.draw)),
        patch("nacl.bindings.crypto_box_seal", sealed_box),
        patch(stream, header),
    ):
        yield


def vectors(name: str) -> str:
    """The text of one file of vectors."""
    with fixed(name):
        made: dict[str, Any] = MAKERS[name]()
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in MAKERS:
        (FOLDER / f"{name}.json").write_text(vectors(name), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
