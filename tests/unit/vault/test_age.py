"""Sealed files open with the right key only, and every kind of refusal has its own error."""

import base64
import textwrap
from collections.abc import Callable

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

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

WORDS = "Клятва и присяга".encode() * 7000
# A fixed key, so that every run seals to files of one length.
KEY = pyrage.x25519.Identity.from_str(
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
)
SEALED = seal(WORDS, recipients=[str(KEY.to_public())])
SHORT = seal(b"one", recipients=[str(KEY.to_public())])

# What Python makes of a byte from outside that is no UTF-8.
NO_TEXT = "hidden\udcff"


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


@pytest.mark.parametrize(
    "refused",
    [
        lambda: seal(b"x", passphrase=NO_TEXT),
        lambda: seal(b"x", recipients=[f"age1{NO_TEXT}"]),
        lambda: open_sealed(SEALED, passphrase=NO_TEXT),
        lambda: open_sealed(SEALED, identities=[f"AGE-SECRET-KEY-1{NO_TEXT}"]),
        lambda: open_sealed(SEALED, identities=[f"PRIVATE KEY {NO_TEXT}"]),
    ],
)
def test_a_secret_that_is_no_text_is_refused_and_kept_out_of_the_error(
    refused: Callable[[], bytes],
) -> None:
    with pytest.raises(KeyNotUsable) as told:
        refused()
    assert "hidden" not in str(told.value)
    # Python's own error would carry the whole secret into any trace that is printed.
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_armoured_form_opens_and_a_cut_one_is_damaged(end: str) -> None:
    body = base64.encodebytes(seal(b"one", recipients=[str(KEY.to_public())])).decode("ascii")
    lines = textwrap.wrap(body.replace("\n", ""), 64)
    first, last = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
    armoured = end.join([first, *lines, last, ""]).encode()
    assert open_sealed(armoured, identities=[str(KEY)]) == b"one"
    for length in (20, 60, 150, len(armoured) - 20):
        with pytest.raises(AgeFileDamaged):
            open_sealed(armoured[:length], identities=[str(KEY)])


@given(st.binary(max_size=300), st.integers(0, 400))
def test_nothing_but_its_own_errors_comes_out_of_any_bytes(noise: bytes, kept: int) -> None:
    for data in (noise, SHORT[:kept] + noise, SHORT[:kept] + noise + SHORT[kept:]):
        try:
            found = open_sealed(data, identities=[str(KEY)])
        except SafeconductError:
            continue
        assert found == b"one"
