"""Sealed files open with the right key only, and every kind of refusal has its own error."""

import pyrage
import pytest

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.age import (
    AgeFileDamaged,
    KeyNotUsable,
    NotAnAgeFile,
    WrongKey,
    needs_passphrase,
    open_sealed,
    seal,
)
from safeconduct.vault.passphrases import generate_passphrase, passphrase_bits

WORDS = "Клятва и присяга".encode() * 7000
# A fixed key, so that every run seals to files of one length.
KEY = pyrage.x25519.Identity.from_str(
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
)
SEALED = seal(WORDS, recipients=[str(KEY.to_public())])


def test_what_is_sealed_for_a_key_opens_with_it() -> None:
    assert open_sealed(SEALED, identities=[f"# a comment\n{KEY}\n"]) == WORDS
    assert not needs_passphrase(SEALED)


def test_what_is_sealed_with_a_passphrase_opens_with_it_alone() -> None:
    sealed = seal(b"one", passphrase="kodafi-bera")
    assert needs_passphrase(sealed)
    assert open_sealed(sealed, passphrase="kodafi-bera") == b"one"
    with pytest.raises(WrongKey):
        open_sealed(sealed, passphrase="kodafi-berra")
    with pytest.raises(WrongKey):
        open_sealed(sealed, identities=[str(KEY)])


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(WrongKey):
        open_sealed(SEALED, identities=[str(pyrage.x25519.Identity.generate())])
    with pytest.raises(WrongKey):
        open_sealed(SEALED, passphrase="kodafi")


@pytest.mark.parametrize("length", [1, 10, 22, 60, 150, 70_000, -70_000, -1])
def test_a_truncated_file_is_damaged(length: int) -> None:
    with pytest.raises(AgeFileDamaged):
        open_sealed(SEALED[:length], identities=[str(KEY)])


def test_a_flipped_byte_is_always_noticed() -> None:
    for position in range(0, len(SEALED), 997):
        _is_noticed(position)


def _is_noticed(position: int) -> None:
    altered = bytearray(SEALED)
    altered[position] ^= 1
    with pytest.raises(SafeconductError):
        open_sealed(bytes(altered), identities=[str(KEY)])


@pytest.mark.parametrize(
    "data", [b"", b"schema: safeconduct/case/1\n", b"\x89PNG\r\n", b"-----BEGIN"]
)
def test_what_is_no_age_file_is_told_apart(data: bytes) -> None:
    expected = AgeFileDamaged if data == b"-----BEGIN" else NotAnAgeFile
    with pytest.raises(expected):
        open_sealed(data, passphrase="x")


@pytest.mark.parametrize(
    ("passphrase", "recipients"),
    [
        (None, ["age1secretlookalike"]),
        (None, ["ssh-ed25519 secretlookalike"]),
        (None, []),
        ("", []),
        ("p", [str(KEY.to_public())]),
    ],
)
def test_keys_to_seal_for_that_are_none_are_refused_without_being_repeated(
    passphrase: str | None, recipients: list[str]
) -> None:
    with pytest.raises(KeyNotUsable) as refused:
        seal(b"x", passphrase=passphrase, recipients=recipients)
    assert "secretlookalike" not in str(refused.value)


@pytest.mark.parametrize("identity", ["secretlookalike", "AGE-SECRET-KEY-1secretlookalike"])
def test_keys_to_open_with_that_are_none_are_refused_without_being_repeated(identity: str) -> None:
    with pytest.raises(KeyNotUsable) as refused:
        open_sealed(SEALED, identities=[identity])
    assert "secretlookalike" not in str(refused.value)


def test_generated_passphrases_have_seventy_bits_and_differ() -> None:
    assert passphrase_bits() >= 70
    assert len({generate_passphrase() for _ in range(100)}) == 100
    assert all(len(group) == 4 for group in generate_passphrase().split("-"))
