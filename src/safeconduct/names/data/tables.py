"""A sorted table of text → small whole numbers, searched in place in a mapped file.

    magic     8 bytes
    rows      u32, the number of rows
    blocks    u32, the number of blocks, then a u32 offset per block from the file's start
    block     up to 16 rows in byte order of their keys, each as: bytes shared with the key before,
              bytes that follow, those bytes, the length of its values, the values

Fixed-size numbers are little-endian, all others are varints (seven bits a byte, least first). Keys
are stored whole, not as hashes, so that a lookup cannot answer for another name. Nothing is
compressed, so that the same rows give the same bytes everywhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct

import msgspec

from safeconduct.casefile.errors import DamagedReference

MAGIC = b"SCNAME01"
HEADER = Struct("<8sII")
BLOCK = 16
_HERE = Path(__file__).parent


class NameDataDamaged(DamagedReference):
    """A name table is not what its certificate or its own layout says."""

    def __init__(self, file: str, found: str, expected: str) -> None:
        super().__init__(f"{file}: found {found}, expected {expected}")
        self.file, self.found, self.expected = file, found, expected


class Table:
    """A reader over the bytes of one built table."""

    def __init__(self, data: bytes | mmap, file: str = "table") -> None:
        if len(data) < HEADER.size:
            raise NameDataDamaged(file, f"{len(data)} bytes", "a header")
        magic, self._rows, self._blocks = HEADER.unpack_from(data)
        if magic != MAGIC:
            raise NameDataDamaged(file, repr(magic), repr(MAGIC))
        if len(data) < HEADER.size + 4 * self._blocks:
            raise NameDataDamaged(file, f"{len(data)} bytes", f"{self._blocks} offsets")
        self._data = data

    @classmethod
    def open(cls, file: Path) -> "Table":
        """A table file, mapped read-only; NameDataDamaged if it is not one."""
        with file.open("rb") as handle:
            try:
                return cls(mmap(handle.fileno(), 0, access=ACCESS_READ), str(file))
            except ValueError:
                raise NameDataDamaged(str(file), "an empty file", "a table") from None

    def __len__(self) -> int:
        return int(self._rows)

    def get(self, key: str) -> tuple[int, ...]:
        """The numbers that stand under a key; none where the key is not in the table."""
        wanted = key.encode()
        block = bisect_right(self._firsts, wanted) - 1
        if not wanted or block < 0:
            return ()
        for found, start, end in self._entries(block):
            if found == wanted:
                return _numbers(self._data[start:end])
        return ()

    @cached_property
    def _firsts(self) -> list[bytes]:
        """The first key of each block: some thousands, read once."""
        return [self._first_key(block) for block in range(self._blocks)]

    def rows(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """All rows, in byte order of their keys."""
        for block in range(self._blocks):
            for key, start, end in self._entries(block):
                yield key.decode(), _numbers(self._data[start:end])

    def _start(self, block: int) -> int:
        at = HEADER.size + 4 * block
        return int.from_bytes(self._data[at : at + 4], "little")

    def _first_key(self, block: int) -> bytes:
        length, at = _read(self._data, self._start(block) + 1)  # after the 0 of "nothing shared"
        return self._data[at : at + length]

    def _entries(self, block: int) -> Iterator[tuple[bytes, int, int]]:
        """Key, and where its values begin and end. The values are read only where wanted."""
        data, at, key = self._data, self._start(block), b""
        end = self._start(block + 1) if block + 1 < self._blocks else len(data)
        while at < end:
            # Nearly all of these numbers are one byte; asked here, since this is walked often.
            shared, length, at = data[at], data[at + 1], at + 2
            if shared > 127 or length > 127:
                shared, at = _read(data, at - 2)
                length, at = _read(data, at)
            key = key[:shared] + data[at : at + length]
            at += length
            held = data[at]
            if held > 127:
                held, at = _read(data, at)
            else:
                at += 1
            yield key, at, at + held
            at += held


def packed(rows: Iterable[tuple[str, Iterable[int]]]) -> bytes:
    """What `Table` reads; for the script that builds the files. The order of rows is no matter."""
    ordered = sorted((key.encode(), tuple(values)) for key, values in rows)
    blocks = [ordered[at : at + BLOCK] for at in range(0, len(ordered), BLOCK)]
    bodies = [_block(block) for block in blocks]
    at = HEADER.size + 4 * len(blocks)
    offsets = bytearray()
    for body in bodies:
        offsets += at.to_bytes(4, "little")
        at += len(body)
    return HEADER.pack(MAGIC, len(ordered), len(blocks)) + bytes(offsets) + b"".join(bodies)


def _block(rows: list[tuple[bytes, tuple[int, ...]]]) -> bytes:
    out, before = bytearray(), b""
    for key, values in rows:
        shared = 0
        while shared < min(len(key), len(before)) and key[shared] == before[shared]:
            shared += 1
        out += _varint(shared) + _varint(len(key) - shared) + key[shared:]
        numbers = b"".join(map(_varint, values))
        out += _varint(len(numbers)) + numbers
        before = key
    return bytes(out)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _numbers(data: bytes) -> tuple[int, ...]:
    at, found = 0, []
    while at < len(data):
        number, at = _read(data, at)
        found.append(number)
    return tuple(found)


def _read(data: bytes | mmap, at: int) -> tuple[int, int]:
    """The varint that stands at an offset, and the offset after it; most are one byte."""
    byte = data[at]
    if byte < 128:
        return byte, at + 1
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7


def shipped_file(name: str) -> Path:
    """Where a shipped table lies."""
    return _HERE / f"{name}.bin"


def certificate(name: str) -> dict[str, object]:
    """Its birth certificate: id, kind, title, origin, licence, as_of, rows, sha256, sources."""
    text = (_HERE / f"{name}.certificate.json").read_bytes()
    read: dict[str, object] = msgspec.json.decode(text)
    return read


def verify(name: str) -> None:
    """NameDataDamaged unless a shipped table has the hash that its certificate states."""
    from hashlib import sha256  # only when somebody asks for verification

    file = shipped_file(name)
    found = sha256(file.read_bytes()).hexdigest()
    expected = str(certificate(name)["sha256"])
    if found != expected:
        raise NameDataDamaged(str(file), found, expected)
