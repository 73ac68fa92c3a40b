"""Additions behind the seal of a PDF, in the one form that sealing writes.

An addition (an incremental update, ISO 32000-2, 7.5.6) is made from what it holds and from the file
before it, and from nothing else; so whoever reads one can write it again and compare every byte.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from safeconduct.casefile.errors import SafeconductError

_TRAILER = re.compile(
    rb"\ntrailer\n<<\n/Size (\d{1,9})\n/Root (\d{1,9}) 0 R\n"
    rb"((?:/Info \d{1,9} 0 R\n)?/ID \[ <[0-9a-f]+> <[0-9a-f]+> \]\n)"
    rb"(?:/Prev \d{1,10}\n)?>>\nstartxref\n(\d{1,10})\n%%EOF\n\Z"
)
_LONGEST_TRAILER = 512
_SECTION = re.compile(rb"(\d{1,9}) (\d{1,9})\n")
_ROW = re.compile(rb"(\d{10}) \d{5} ([nf]) \n")
_BEFORE = re.compile(rb"trailer\n<<\n(?:/[^\n]*\n)*?/Prev (\d{1,10})\n(?:/[^\n]*\n)*?>>\n")
_MOST_TABLES = 128


class NotAddable(SafeconductError):
    """A file that does not end as one does that was sealed here."""


class End(NamedTuple):
    """How a file ends: the next free number, its catalog's, what names it, its last table."""

    next: int
    catalog: int
    identifier: bytes
    table: int


def end_of(data: bytes) -> End:
    """The end of a sealed file. Raises NotAddable for one of another form."""
    found = _TRAILER.search(data[-_LONGEST_TRAILER:])
    if found is None:
        raise NotAddable("its end is not in the form that sealing writes")
    return End(int(found[1]), int(found[2]), found[3], int(found[4]))


def latest(data: bytes, number: int) -> bytes:
    """The inside of the last dictionary with a number. Raises NotAddable where there is none.

    It is found by the tables, from the last one back, as a reader of the file finds it: what looks
    like an object may stand inside a certificate, and a list, of somebody else.
    """
    table = end_of(data).table
    for _ in range(_MOST_TABLES):
        places, before = _table(data, table)
        if number in places:
            return _inside(data, number, places[number])
        if before is None or before >= table:
            break
        table = before
    raise NotAddable(f"object {number} is not in the form that sealing writes")


def _table(data: bytes, at: int) -> tuple[dict[int, int], int | None]:
    """A table: object number → its place; and where the table before it stands, if there is one."""
    if not data.startswith(b"xref\n", at):
        raise NotAddable("a table that is not in the form that sealing writes")
    at += len(b"xref\n")
    places: dict[int, int] = {}
    while section := _SECTION.match(data, at):
        first, count = int(section[1]), int(section[2])
        at = section.end()
        for number in range(first, first + count):
            row = _ROW.match(data, at)
            if row is None:
                raise NotAddable("a table that is cut")
            if row[2] == b"n":
                places[number] = int(row[1])
            at = row.end()
    before = _BEFORE.match(data, at, at + _LONGEST_TRAILER)
    return places, int(before[1]) if before else None


def _inside(data: bytes, number: int, at: int) -> bytes:
    head = b"%d 0 obj\n<<\n" % number
    ends = data.find(b"\n>>\nendobj\n", at)
    if not data.startswith(head, at) or ends < 0:
        raise NotAddable(f"object {number} is not in the form that sealing writes")
    return data[at + len(head) : ends + 1]


def dictionary(*lines: bytes) -> bytes:
    """A dictionary of lines, each a key and its value."""
    return b"<<\n" + b"".join(line + b"\n" for line in lines) + b">>"


def stream(data: bytes) -> bytes:
    """An uncompressed stream."""
    return dictionary(b"/Length %d" % len(data)) + b"\nstream\n" + data + b"\nendstream"


def addition(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """What is to stand behind `data` so that it has these objects, in their order.

    Object number → its bytes. Raises NotAddable.
    """
    before = end_of(data)
    out, places = bytearray(), {}
    for number, body in objects.items():
        places[number] = len(data) + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(data) + len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    out += b"trailer\n<<\n/Size %d\n/Root %d 0 R\n" % (
        max(before.next, *(number + 1 for number in places)),
        before.catalog,
    )
    out += before.identifier + b"/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (before.table, table)
    return bytes(out)
