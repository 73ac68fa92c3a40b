"""One file of named arrays: written in one go, mapped and read in place.

    8 bytes   magic number
    u32       length of the table of contents
    JSON      {name: [type, count, offset]}, offsets from the file's start, multiples of 64
    arrays    little-endian, one after the other, filled up with zeros between them

Nothing is compressed and nothing depends on the machine: the same arrays give the same bytes.
What an array holds is its reader's business.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from safeconduct.casefile.errors import DamagedReference

MAGIC = b"SCWLST02"
_ALIGNED = 64
_START = len(MAGIC) + 4

Array = np.ndarray[Any, np.dtype[Any]]


class IndexDamaged(DamagedReference):
    """An index is not what its own table of contents says, or another version wrote it."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"the index holds {found}, expected {expected}; add the list again")
        self.found, self.expected = found, expected


def packed(arrays: Mapping[str, Array]) -> bytes:
    """The file that `unpacked` reads; arrays of one dimension, in the order of their names."""
    names = sorted(arrays)
    little = {
        name: arrays[name].astype(arrays[name].dtype.newbyteorder("<"), copy=False)
        for name in names
    }
    contents = _contents(little, at=0)
    # The offsets' own digits move what follows them: laid out again until they stand still.
    while True:
        again = _contents(little, at=_filled(_START + len(contents)))
        if len(again) == len(contents):
            break
        contents = again
    parts: list[bytes | memoryview] = [MAGIC + len(again).to_bytes(4, "little") + again]
    at = len(parts[0])
    for name in names:
        parts += (bytes(_filled(at) - at), little[name].view(np.uint8).data)
        at = _filled(at) + little[name].nbytes
    return b"".join(parts)


def unpacked(data: memoryview) -> dict[str, Array]:
    """The arrays of a file, read in place. Raises IndexDamaged."""
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise IndexDamaged(f"{bytes(data[: len(MAGIC)])!r} at its start", repr(MAGIC))
    length = int.from_bytes(data[len(MAGIC) : _START], "little")
    try:
        contents = msgspec.json.decode(
            bytes(data[_START : _START + length]), type=dict[str, tuple[str, int, int]]
        )
        arrays = {
            name: np.frombuffer(data, np.dtype(kind), count, offset)
            for name, (kind, count, offset) in contents.items()
        }
    except (msgspec.DecodeError, ValueError, TypeError) as error:
        raise IndexDamaged(f"a broken table of contents ({error})", "a readable one") from None
    return arrays


def _contents(arrays: Mapping[str, Array], *, at: int) -> bytes:
    """The table of contents for arrays of which the first starts at an offset."""
    table = {}
    for name, array in arrays.items():
        at = _filled(at)
        table[name] = (array.dtype.str, int(array.size), at)
        at += array.nbytes
    return msgspec.json.encode(table)


def _filled(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED
