"""An envelope opens with its key in its place, and no byte of it may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.envelopes import open_envelope, seal
from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.formats.fields import labelled

KEY = bytes(range(32))
PLACE = labelled("test", "case", 1)
WORDS = "Клятва".encode()


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_in_its_place_alone(data: bytes, key: bytes) -> None:
    envelope = seal(data, key, place=PLACE)
    assert open_envelope(envelope, key, place=PLACE) == data
    with pytest.raises(NotOpened):
        open_envelope(envelope, key, place=labelled("test", "case", 2))
    with pytest.raises(NotOpened):
        open_envelope(envelope, bytes([key[0] ^ 1]) + key[1:], place=PLACE)


def test_every_changed_bit_and_every_cut_is_found() -> None:
    envelope = seal(WORDS, KEY, place=PLACE)
    for at in range(len(envelope)):
        with pytest.raises((Malformed, NotOpened)):
            open_envelope(envelope[:at], KEY, place=PLACE)
        for bit in range(8):
            touched = bytearray(envelope)
            touched[at] ^= 1 << bit
            with pytest.raises((Malformed, NotOpened)):
                open_envelope(bytes(touched), KEY, place=PLACE)


def test_the_same_words_are_never_sealed_alike() -> None:
    assert seal(WORDS, KEY, place=PLACE) != seal(WORDS, KEY, place=PLACE)
    assert WORDS not in seal(WORDS, KEY, place=PLACE)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(NotUsable):
        seal(WORDS, KEY[:31], place=PLACE)
    with pytest.raises(NotUsable):
        open_envelope(seal(WORDS, KEY, place=PLACE), KEY + b"\0", place=PLACE)
