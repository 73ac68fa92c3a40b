"""Fields one after another, each with its length before it, so that no two lists read alike.

Used for what is authenticated or sealed and never read by people. It checks lengths, no meanings.
"""

from typing import TypeAlias

from safeconduct.vault.formats.errors import Malformed, NotUsable

Fact: TypeAlias = str | int | bytes

LENGTH_BYTES = 4
NUMBER_BYTES = 8
PREFIX = "safeconduct/"


def pack(*fields: bytes) -> bytes:
    """Each field as its length (four bytes, big-endian) and its bytes."""
    return b"".join(len(one).to_bytes(LENGTH_BYTES, "big") + one for one in fields)


def unpack(data: bytes, count: int) -> tuple[bytes, ...]:
    """Packed data → exactly `count` fields. Raises Malformed when cut, longer or shorter."""
    fields = []
    at = 0
    while at < len(data):
        start = at + LENGTH_BYTES
        end = start + int.from_bytes(data[at:start], "big")
        if end > len(data) or start > len(data):
            raise Malformed("a field is cut")
        fields.append(data[start:end])
        at = end
    if len(fields) != count:
        raise Malformed(f"{len(fields)} fields where {count} belong")
    return tuple(fields)


def labelled(kind: str, *facts: Fact) -> bytes:
    """`safeconduct/<kind>/1` and the facts, packed: the name of one purpose in one place.

    A text goes in as UTF-8, a number as eight bytes, big-endian. Raises NotUsable.
    """
    return pack(f"{PREFIX}{kind}/1".encode(), *(_bytes(fact) for fact in facts))


def unlabelled(data: bytes, kind: str, count: int) -> tuple[bytes, ...]:
    """The `count` facts behind a label. Raises Malformed where the label is another's."""
    label, *facts = unpack(data, count + 1)
    if label != f"{PREFIX}{kind}/1".encode():
        raise Malformed(f"not a {kind}")
    return tuple(facts)


def as_text(field: bytes) -> str:
    """The text of a field. Raises Malformed."""
    try:
        return field.decode()
    except UnicodeDecodeError:
        raise Malformed("a text is no UTF-8") from None


def as_number(field: bytes) -> int:
    """The number of a field. Raises Malformed."""
    if len(field) != NUMBER_BYTES:
        raise Malformed(f"a number has {NUMBER_BYTES} bytes, not {len(field)}")
    return int.from_bytes(field, "big")


def _bytes(fact: Fact) -> bytes:
    if isinstance(fact, str):
        try:
            return fact.encode()
        except UnicodeEncodeError:
            raise NotUsable("a text that UTF-8 cannot say") from None
    if isinstance(fact, int):
        if not 0 <= fact < 1 << 8 * NUMBER_BYTES:
            raise NotUsable(f"the number {fact} is out of range")
        return fact.to_bytes(NUMBER_BYTES, "big")
    return fact
