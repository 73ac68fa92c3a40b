"""A strict reader and writer of DER (ITU-T X.690), as much as signatures need.

It takes only the shortest lengths and nothing behind the end, so that what it reads has one form.
"""

from collections.abc import Iterator
from typing import NamedTuple

from safeconduct.casefile.errors import SafeconductError

INTEGER, BITS, OCTETS, OID, SEQUENCE, SET = 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1


class NotDer(SafeconductError):
    """Bytes that are not DER, or not of the form that was expected."""


class Value(NamedTuple):
    """A value with its tag; `whole` holds tag and length as well."""

    tag: int
    content: bytes
    whole: bytes

    def inside(self, tag: int) -> tuple["Value", ...]:
        """The values within, if this one has the tag. Raises NotDer."""
        return tuple(_all(self.of(tag)))

    def of(self, tag: int) -> bytes:
        """The content, if this value has the tag. Raises NotDer."""
        if self.tag != tag:
            raise NotDer(f"a value of another kind: {self.tag:#x}, not {tag:#x}")
        return self.content


def read(data: bytes) -> Value:
    """Exactly one value. Raises NotDer, also for bytes behind it."""
    value, rest = read_first(data)
    if rest:
        raise NotDer("bytes behind the end")
    return value


def read_first(data: bytes) -> tuple[Value, bytes]:
    """The first value, and what stands behind it. Raises NotDer."""
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise NotDer("cut, or a tag of another form")
    size, start = data[1], 2
    if size & 0x80:
        count = size & 0x7F
        start = 2 + count
        size = int.from_bytes(data[2:start], "big")
        shortest = 1 <= count <= 4 and len(data) >= start and size >= 128 and data[2]
        if not shortest:
            raise NotDer("a length that is not in its shortest form")
    if len(data) < start + size:
        raise NotDer("cut")
    end = start + size
    return Value(data[0], data[start:end], data[:end]), data[end:]


def write(tag: int, *parts: bytes) -> bytes:
    """A value of the parts, one behind the other."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def oid(dotted: str) -> bytes:
    """An object identifier as a whole value."""
    first, second, *rest = map(int, dotted.split("."))
    return write(OID, b"".join(_base_128(number) for number in (40 * first + second, *rest)))


def _base_128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(0x80 | number & 0x7F)
    return bytes(reversed(digits))


def _all(data: bytes) -> Iterator[Value]:
    while data:
        value, data = read_first(data)
        yield value
