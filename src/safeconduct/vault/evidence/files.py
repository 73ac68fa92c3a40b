"""One file in the store: its own key, its size in coarse steps, its plain hash kept with the key.

The hash of the plain bytes proves what the file was. In the clear it would also tell a thief that a
known file is here; so it stands only where the key stands.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from safeconduct.casefile.errors import DamagedReference
from safeconduct.vault.evidence.stream import FRAME, decrypted, encrypted
from safeconduct.vault.formats.envelopes import KEY_BYTES
from safeconduct.vault.formats.padding import padded_length
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.storage.objects import Objects


class NotTheFile(DamagedReference):
    """What was decrypted is not the file that was stored: another size, hash or filling."""


class SealedFile(msgspec.Struct, frozen=True, kw_only=True):
    """Where a file lies and what opens it: object name, key, plain size in bytes, plain SHA-256."""

    object: str
    key: bytes
    size: int
    sha256: str

    def __repr__(self) -> str:
        return f"SealedFile({self.object}, secret)"


class _Counted:
    """Bytes that are hashed and counted as they pass, then filled up to a coarse size."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.digest = sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.digest.update(chunk)
            self.size += len(chunk)
            yield chunk
        missing = padded_length(self.size) - self.size
        while missing:
            piece = min(missing, FRAME)
            yield bytes(piece)
            missing -= piece


def store_file(chunks: Iterable[bytes], objects: Objects) -> SealedFile:
    """Plain bytes, in pieces of any size → a sealed object, and what opens it.

    Raises NotStored; an error of the source passes through. Either way nothing is stored.
    """
    key = draw(KEY_BYTES)
    counted = _Counted(chunks)
    name = objects.put(encrypted(counted, key))
    return SealedFile(object=name, key=key, size=counted.size, sha256=counted.digest.hexdigest())


def load_file(sealed: SealedFile, objects: Objects) -> Iterator[bytes]:
    """The plain bytes, in pieces, as they were given.

    Raises ObjectMissing, ObjectDamaged, Malformed, NotOpened, StreamCut or NotTheFile. Some of them
    can only be known at the end: whoever shows or hands on the file reads it through first.
    """
    digest = sha256()
    read = 0
    for piece in decrypted(objects.get(sealed.object), sealed.key):
        here = piece[: max(sealed.size - read, 0)]
        if any(piece[len(here) :]):
            raise NotTheFile(f"{sealed.object}: more than the {sealed.size} bytes of the file")
        digest.update(here)
        read += len(piece)
        if here:
            yield here
    if read != padded_length(sealed.size):
        raise NotTheFile(f"{sealed.object}: {read} bytes, for a file of {sealed.size}")
    if digest.hexdigest() != sealed.sha256:
        raise NotTheFile(f"{sealed.object}: not the hash of the file that was stored")
