"""What is inside a backup, record after record, and how it is read again with flat memory.

Order: one begin, all rows, all objects, what was left out, one end. The end's counts and the final
tag of the stream around it say that nothing is missing.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.formats.fields import as_number, as_text, labelled, unlabelled, unpack
from safeconduct.vault.storage.objects import checked_name
from safeconduct.vault.storage.rows import Row

_LENGTH_BYTES = 4
_LABEL = re.compile(rb"safeconduct/backup-([a-z-]+)/1")
# The longest row has 12 MB; whatever says that it is far longer is none.
_MOST_RECORD = 64 * 1024 * 1024
_PIECE = 256 * 1024


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: when it was made (seconds), how many rows and objects of how many bytes.

    `left_out` are objects that were damaged or gone already. `sha256` is that of all records.
    """

    at: int
    rows: int
    objects: int
    object_bytes: int
    left_out: tuple[str, ...]
    sha256: str


def record(kind: str, *facts: str | int | bytes) -> bytes:
    """One record: its length (four bytes, big-endian) and its labelled facts."""
    data = labelled(f"backup-{kind}", *facts)
    return len(data).to_bytes(_LENGTH_BYTES, "big") + data


def row_record(row: Row) -> bytes:
    """The record of a row: series, number, 1 or 0 for a destroyed one, body."""
    present = row.body is not None
    return record("row", row.series, row.number, int(present), row.body or b"")


class Records:
    """The records of a backup, to be read in their order: `at`, `rows`, `objects`, `end`.

    Every step raises Malformed where the records are not as they are written, and what the stream
    beneath raises.
    """

    def __init__(self, chunks: Iterable[bytes], period: str) -> None:
        self._source = iter(chunks)
        self._held = bytearray()
        self._digest = sha256()
        self._rows = self._objects = self._bytes = 0
        named, at = self._facts("begin", self._record(), 2)
        if as_text(named) != period:
            raise Malformed("the period inside is another than outside")
        self.at = as_number(at)
        self._next = self._record()

    def rows(self) -> Iterator[Row]:
        """All rows, by series and number."""
        while self._kind() == "row":
            series, number, present, body = self._facts("row", self._next, 4)
            self._rows += 1
            yield Row(
                series=as_text(series),
                number=as_number(number),
                body=body if as_number(present) else None,
            )
            self._next = self._record()

    def objects(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each object with its bytes, which are read to their end before the next."""
        while self._kind() == "object":
            name, size = self._facts("object", self._next, 2)
            self._objects += 1
            self._bytes += as_number(size)
            yield checked_name(as_text(name)), self._exactly(as_number(size))
            self._next = self._record()

    def end(self) -> Contents:
        """What was read, once the end says the same and nothing is behind it."""
        left_out = []
        while self._kind() == "left-out":
            (name,) = self._facts("left-out", self._next, 1)
            left_out.append(as_text(name))
            self._next = self._record()
        counts = [as_number(one) for one in self._facts("end", self._next, 3)]
        if counts != [self._rows, self._objects, len(left_out)]:
            raise Malformed(f"the end counts {counts}, not what stands before it")
        if self._more():
            raise Malformed("something stands behind the end")
        return Contents(
            at=self.at,
            rows=self._rows,
            objects=self._objects,
            object_bytes=self._bytes,
            left_out=tuple(left_out),
            sha256=self._digest.hexdigest(),
        )

    def _kind(self) -> str:
        """Which record is next; only its label is looked at."""
        end = _LENGTH_BYTES + int.from_bytes(self._next[:_LENGTH_BYTES], "big")
        (label,) = unpack(self._next[:end], 1)
        found = _LABEL.fullmatch(label)
        return found.group(1).decode() if found else ""

    def _facts(self, kind: str, data: bytes, count: int) -> tuple[bytes, ...]:
        return unlabelled(data, f"backup-{kind}", count)

    def _record(self) -> bytes:
        length = int.from_bytes(self._whole(_LENGTH_BYTES), "big")
        if length > _MOST_RECORD:
            raise Malformed(f"a record of {length:,} bytes")
        return self._whole(length)

    def _whole(self, length: int) -> bytes:
        return b"".join(self._exactly(length))

    def _exactly(self, length: int) -> Iterator[bytes]:
        while length:
            if not self._held and not self._more():
                raise Malformed("the records break off")
            piece = bytes(self._held[: min(length, _PIECE)])
            del self._held[: len(piece)]
            self._digest.update(piece)
            length -= len(piece)
            yield piece

    def _more(self) -> bool:
        """Is anything left? Reads on until there is, or until the stream has ended."""
        while not self._held:
            chunk = next(self._source, None)
            if chunk is None:
                return False
            self._held += chunk
        return True
