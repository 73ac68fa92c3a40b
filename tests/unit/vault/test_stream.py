"""A sealed stream is whole or an error: cut, moved, altered, continued."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault.evidence.stream import FRAME, MAGIC, StreamCut, decrypted, encrypted
from safeconduct.vault.formats.errors import Malformed, NotOpened

KEY = bytes(range(32))
FRAMES = bytes(range(256)) * 1024  # four frames
SEALED_FRAME = FRAME + 17


def sealed(data: bytes, size: int = 10_000) -> bytes:
    return b"".join(encrypted((data[at : at + size] for at in range(0, len(data), size)), KEY))


def opened(data: bytes, key: bytes = KEY, size: int = 70_001) -> bytes:
    return b"".join(decrypted((data[at : at + size] for at in range(0, len(data), size)), key))


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from([0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME - 1]),
    st.integers(1, 200_000),
    st.integers(1, 200_000),
)
def test_what_goes_in_comes_out_whatever_the_pieces(length: int, one: int, other: int) -> None:
    data = FRAMES[:length]
    assert opened(sealed(data, one), size=other) == data


def test_each_byte_changed_is_found() -> None:
    whole = sealed(b"a statement")
    for at in range(len(whole)):
        touched = bytearray(whole)
        touched[at] ^= 1
        with pytest.raises((NotOpened, Malformed, StreamCut)):
            opened(bytes(touched))


def test_each_cut_is_found() -> None:
    whole = sealed(b"a statement")
    for at in range(len(whole)):
        with pytest.raises((NotOpened, Malformed, StreamCut)):
            opened(whole[:at])


def test_a_stream_cut_between_frames_has_no_end() -> None:
    whole = sealed(FRAMES)
    head = len(MAGIC) + 24
    with pytest.raises(StreamCut):
        opened(whole[: head + 2 * SEALED_FRAME])


def test_frames_exchanged_or_left_out_do_not_open() -> None:
    whole, head = sealed(FRAMES), len(MAGIC) + 24
    first, second = whole[head : head + SEALED_FRAME], whole[head + SEALED_FRAME :][:SEALED_FRAME]
    rest = whole[head + 2 * SEALED_FRAME :]
    for wrong in (whole[:head] + second + first + rest, whole[:head] + second + rest):
        with pytest.raises((NotOpened, StreamCut)):
            opened(wrong)


def test_what_stands_behind_the_end_is_refused() -> None:
    with pytest.raises((NotOpened, StreamCut)):
        opened(sealed(b"a") + b"b")
    with pytest.raises((NotOpened, StreamCut)):
        opened(sealed(FRAMES[:FRAME]) + sealed(b"b")[len(MAGIC) + 24 :])


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotOpened):
        opened(sealed(b"a"), key=bytes(32))


def test_the_same_file_is_sealed_to_other_bytes_each_time() -> None:
    assert sealed(b"a") != sealed(b"a")
