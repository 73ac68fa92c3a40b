"""A file as an encrypted stream (libsodium secretstream), a frame at a time, with flat memory.

What has been read before the last frame is authentic but may not be all; only the final tag says
that nothing is missing, and a stream without it ends in an error.
"""

from collections.abc import Iterable, Iterator

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError

from safeconduct.casefile.errors import DamagedReference
from safeconduct.vault.formats.errors import Malformed, NotOpened

MAGIC = b"SCO1"
FRAME = 64 * 1024
_SEALED_FRAME = FRAME + crypto_secretstream_xchacha20poly1305_ABYTES
_HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES
_FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MESSAGE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE


class StreamCut(DamagedReference):
    """The stream ends before its final frame, or goes on after it."""


def encrypted(chunks: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Plain bytes → magic, header and frames of 65,536 plain bytes each; the last is marked final.

    An empty file is one empty final frame.
    """
    state = crypto_secretstream_xchacha20poly1305_state()
    yield MAGIC + crypto_secretstream_xchacha20poly1305_init_push(state, key)
    for frame, is_last in _frames(chunks, FRAME):
        tag = _FINAL if is_last else _MESSAGE
        yield crypto_secretstream_xchacha20poly1305_push(state, frame, MAGIC, tag)


def decrypted(chunks: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """What `encrypted` wrote → plain bytes. Raises Malformed, NotOpened or StreamCut.

    Whoever reads has to read to the end: only then is it known that nothing was cut.
    """
    source = iter(chunks)
    start, rest = _start(source)
    if not start.startswith(MAGIC):
        raise Malformed("not an object of this version")
    if len(start) < len(MAGIC) + _HEADER:
        raise StreamCut("the stream is cut within its header")
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, start[len(MAGIC) :], key)
    for frame, is_last in _frames(_chained(rest, source), _SEALED_FRAME):
        data, tag = _pulled(state, frame)
        if (tag == _FINAL) != is_last or tag not in (_FINAL, _MESSAGE):
            raise StreamCut("the stream goes on after its end" if not is_last else "it has no end")
        yield data


def _pulled(state: crypto_secretstream_xchacha20poly1305_state, frame: bytes) -> tuple[bytes, int]:
    if len(frame) < crypto_secretstream_xchacha20poly1305_ABYTES:
        raise StreamCut("the stream is cut within a frame")
    try:
        return crypto_secretstream_xchacha20poly1305_pull(state, frame, MAGIC)
    except (CryptoError, RuntimeError):
        raise NotOpened("a frame does not open: another key, altered, moved or cut") from None


def _start(source: Iterator[bytes]) -> tuple[bytes, bytes]:
    wanted = len(MAGIC) + _HEADER
    start = bytearray()
    for chunk in source:
        start += chunk
        if len(start) >= wanted:
            break
    return bytes(start[:wanted]), bytes(start[wanted:])


def _chained(first: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from source


def _frames(chunks: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of exactly `size` bytes, and whether it is the last, which may be shorter or empty."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        # One whole piece is kept back, since it may be the last.
        whole = (len(held) - 1) // size * size if held else 0
        for at in range(0, whole, size):
            yield bytes(held[at : at + size]), False
        del held[:whole]
    yield bytes(held), True
