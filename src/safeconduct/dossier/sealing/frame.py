"""What sealing adds to a PDF beside manifest, items and signature, held to one stated form.

The addition (an incremental update, ISO 32000-2, 7.5.6) makes the attachments and the signature
field, and with them a new catalog and a new first page. Its frame is all of it but what cannot be
known before: the attachments' bytes, the signature, and places that follow from their lengths.
The organisation signs the frame's hash; so whoever has the certificate's key alone can put no
other page under a manifest. Places and lengths are worked out again, and must be the same.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from safeconduct.casefile.errors import SafeconductError

_OBJECT = re.compile(rb"(\d{1,9}) 0 obj\n")
_ENDS = b"\nendobj\n"
_EMBEDDED = re.compile(
    rb"<<\n/Type /EmbeddedFile\n(/Subtype /[!-~]{1,100}\n)/Params <<\n/Size (\d{1,9})\n"
    rb"/CheckSum <([0-9a-f]{32})>\n((?:/(?:Creation|Mod)Date \([^()\n]{1,64}\)\n)*)>>\n"
    rb"/Length (\d{1,9})\n>>\nstream\n"
)
_STREAM_ENDS = b"\nendstream" + _ENDS
_RANGE = re.compile(rb"\n/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\] *\n")
_TRAILER = re.compile(
    rb"trailer\n<<\n(/Size \d{1,9}\n/Root \d{1,9} 0 R\n(?:/Info \d{1,9} 0 R\n)?)"
    rb"/ID \[ <[0-9a-f]{1,64}> <[0-9a-f]{1,64}> \]\n(/Prev \d{1,10}\n)>>\n"
    rb"startxref\n(\d{1,10})\n%%EOF\n"
)


class NotFramed(SafeconductError):
    """An addition that is not in the form that sealing writes."""


class Hole(NamedTuple):
    """Where the signature's bytes stand, with their brackets, and where what it covers ends."""

    begins: int
    resumes: int
    ends: int


def frame_sha256(data: bytes, begins: int, hole: Hole) -> str:
    """The hash of the frame of the addition that begins at an offset. Raises NotFramed.

    1. Objects stand one behind another. 2. The table names each where it stands, and no other.
    3. The trailer ends what the signature covers.
    """
    parts: list[bytes] = []
    places: dict[int, int] = {}
    at = begins
    while found := _OBJECT.match(data, at):  # 1
        number = int(found[1])
        if number in places:
            raise NotFramed("an object twice")
        places[number] = at
        held, at = _body(data, found.end(), hole)
        parts += (found[1], *held)
    table = _table(places)
    if not places or not data.startswith(table, at):  # 2
        raise NotFramed("a table of other places")
    trailer = _TRAILER.fullmatch(data, at + len(table), hole.ends)
    if trailer is None or int(trailer[3]) != at:  # 3
        raise NotFramed("a trailer of another form")
    return _hashed((*parts, trailer[1], trailer[2]))


def _body(data: bytes, at: int, hole: Hole) -> tuple[tuple[bytes, ...], int]:
    """What of an object belongs to the frame, and where the next may begin."""
    embedded = _EMBEDDED.match(data, at)
    if embedded:
        subtype, size, checksum, dates, length = embedded.groups()
        ends = embedded.end() + int(length)
        content = data[embedded.end() : ends]
        # ISO 32000-2, 7.11.4.1: the checksum is MD5; it secures nothing here.
        told = hashlib.md5(content, usedforsecurity=False).hexdigest().encode()
        if size != length or checksum != told or not data.startswith(_STREAM_ENDS, ends):
            raise NotFramed("an attachment of another form")
        return (b"attachment", subtype, dates), ends + len(_STREAM_ENDS)
    ends = data.find(_ENDS, at, hole.ends)
    if ends < 0:
        raise NotFramed("an object without an end")
    if at < hole.begins < ends:
        return _signature(data, at, ends, hole), ends + len(_ENDS)
    return (b"object", data[at:ends]), ends + len(_ENDS)


def _signature(data: bytes, at: int, ends: int, hole: Hole) -> tuple[bytes, ...]:
    found = _RANGE.match(data, hole.resumes)
    if found is None or not data.endswith(b"/Contents ", at, hole.begins):
        raise NotFramed("a signature of another form")
    first, second, length = map(int, found.groups())
    if (first, second, second + length) != hole:
        raise NotFramed("a signature of another range")
    return (b"signature", data[at : hole.begins], data[found.end() : ends])


def _table(places: dict[int, int]) -> bytes:
    """The table of the objects: sections of numbers that follow each other, from the free one."""
    rows = {0: b"0000000000 65535 f \n"}
    rows |= {number: b"%010d 00000 n \n" % place for number, place in places.items()}
    sections: list[list[int]] = []
    for number in sorted(rows):
        if sections and sections[-1][-1] == number - 1:
            sections[-1].append(number)
        else:
            sections.append([number])
    return b"xref\n" + b"".join(
        b"%d %d\n%s" % (one[0], len(one), b"".join(rows[number] for number in one))
        for one in sections
    )


def _hashed(parts: Iterable[bytes]) -> str:
    """SHA-256 over the parts, each behind its length, so that no two lists are the same bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()
