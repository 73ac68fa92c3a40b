"""What may stand behind the seal: material to check it later, and time stamps over all of it.

Material is the document security store of PAdES (ETSI EN 319 142-1, 5.4): certificates and lists of
revoked ones. A stamp is a document time-stamp (same, 5.4.3). Each is read by writing it again from
what it holds; whatever differs by a byte is no addition of ours.
"""

import hashlib
import re
from typing import NamedTuple

from safeconduct.dossier.sealing.additions import (
    NotAddable,
    addition,
    dictionary,
    end_of,
    latest,
    stream,
)
from safeconduct.dossier.sealing.der import NotDer, read_first

MOST_ADDITIONS = 16
ROOM = 16 * 1024
"""Bytes that are kept for the token of a time-stamp authority."""

_NUMBERS = rb"((?:\d{1,9} 0 R )*)"
_STORE = re.compile(
    rb"\d{1,9} 0 obj\n<<\n/Type /DSS\n/Certs \[ " + _NUMBERS + rb"\]\n/CRLs \[ " + _NUMBERS + rb"\]"
    rb"\n>>\nendobj\n"
)
_STREAM = re.compile(rb"\d{1,9} 0 obj\n<<\n/Length (\d{1,9})\n>>\nstream\n")
_STREAM_ENDS = b"\nendstream\nendobj\n"
_STAMP = re.compile(
    rb"\d{1,9} 0 obj\n<<\n/Type /DocTimeStamp\n[^<]{0,160}/Contents <([0-9A-F]{%d})>" % (2 * ROOM)
)
_FIELDS = re.compile(rb"/Fields \[ ((?:\d{1,9} 0 R )+)\]\n")
_PAGE = re.compile(rb"/P \d{1,9} 0 R\n")
_FORM = re.compile(rb"/AcroForm (\d{1,9}) 0 R\n")
_OLD_STORE = re.compile(rb"/DSS \d{1,9} 0 R\n")
_BYTE_RANGE = b"/ByteRange [ 0 %010d %010d %010d ]"


class Material(NamedTuple):
    """What checking needs besides the seal: certificates and lists of revoked ones, as DER."""

    certificates: tuple[bytes, ...]
    lists: tuple[bytes, ...]


class Archived(NamedTuple):
    """A time stamp over all that stands before it, and the SHA-256 of what it has to be of."""

    token: bytes
    digest: bytes


class Behind(NamedTuple):
    """All additions in their order, and how many bytes behind the seal are none of them."""

    additions: tuple[Material | Archived, ...]
    unknown: int

    @property
    def materials(self) -> tuple[Material, ...]:
        """The additions that are material."""
        return tuple(one for one in self.additions if isinstance(one, Material))

    @property
    def archived(self) -> tuple[Archived, ...]:
        """The additions that are time stamps."""
        return tuple(one for one in self.additions if isinstance(one, Archived))


def with_material(data: bytes, material: Material) -> bytes:
    """The file with material behind it. Raises NotAddable.

    The store comes first, then its streams, then the catalog that names it.
    """
    end = end_of(data)
    held = (*material.certificates, *material.lists)
    first = end.next + 1
    parts = (material.certificates, material.lists)
    names, at = [], first
    for part in parts:
        names.append(b"".join(b"%d 0 R " % (at + i) for i in range(len(part))))
        at += len(part)
    store = dictionary(b"/Type /DSS", b"/Certs [ " + names[0] + b"]", b"/CRLs [ " + names[1] + b"]")
    objects = {end.next: store}
    objects |= {first + i: stream(one) for i, one in enumerate(held)}
    catalog = _OLD_STORE.sub(b"", latest(data, end.catalog))
    objects[end.catalog] = b"<<\n" + catalog + b"/DSS %d 0 R\n>>" % end.next
    return data + addition(data, objects)


def with_room(data: bytes) -> tuple[bytes, int]:
    """The file with room for a time stamp over all of it, and where that room begins."""
    end = end_of(data)
    catalog = latest(data, end.catalog)
    form = _FORM.search(catalog)
    if form is None:
        raise NotAddable("the catalog has no form")
    fields = latest(data, int(form[1]))
    listed = _FIELDS.search(fields)
    if listed is None:
        raise NotAddable("the form has no fields")
    stamp, field = end.next, end.next + 1
    room = b"0" * (2 * ROOM)
    more = fields[: listed.end(1)] + b"%d 0 R " % field + fields[listed.end(1) :]
    objects = {
        stamp: _stamp(0, 0, 0, room),
        field: dictionary(
            b"/FT /Sig",
            b"/T (Stamp %d)" % stamp,
            b"/Type /Annot",
            b"/Subtype /Widget",
            b"/F 132",
            b"/Rect [ 0 0 0 0 ]",
            _page_of(data, listed[1]),
            b"/V %d 0 R" % stamp,
        ),
        int(form[1]): b"<<\n" + more + b">>",
    }
    whole = data + addition(data, objects)
    begins = whole.index(b"<" + room + b">", len(data))
    behind = begins + len(room) + 2
    ranges = _stamp(begins, behind, len(whole) - behind, room)
    head = b"%d 0 obj\n" % stamp
    start = len(data) + len(head)
    return whole[:start] + ranges + whole[start + len(ranges) :], begins


def _page_of(data: bytes, fields: bytes) -> bytes:
    """The page on which the seal's own field stands; nothing of a stamp is seen on it."""
    page = _PAGE.search(latest(data, int(fields.split()[0])))
    if page is None:
        raise NotAddable("the field of the seal is on no page")
    return page[0].rstrip()


def covered(data: bytes, begins: int) -> bytes:
    """SHA-256 of all but the room that begins there."""
    digest = hashlib.sha256(data[:begins])
    digest.update(data[begins + 2 * ROOM + 2 :])
    return digest.digest()


def filled(data: bytes, begins: int, token: bytes) -> bytes:
    """The file with a token in its room. Raises NotAddable for one that has no room."""
    if len(token) > ROOM:
        raise NotAddable(f"a time stamp of {len(token):,} bytes; accepted: at most {ROOM:,}")
    digits = token.hex().upper().encode().ljust(2 * ROOM, b"0")
    return data[: begins + 1] + digits + data[begins + 1 + len(digits) :]


def read_behind(data: bytes, seal_ends: int) -> Behind:
    """All that stands behind the seal; what is no addition of ours is counted, not read."""
    found: list[Material | Archived] = []
    at = seal_ends
    while at < len(data) and len(found) < MOST_ADDITIONS:
        one = _material(data, at) or _archived(data, at)
        if one is None:
            break
        found.append(one[0])
        at = one[1]
    return Behind(tuple(found), len(data) - at)


def _material(data: bytes, at: int) -> tuple[Material, int] | None:
    store = _STORE.match(data, at)
    if store is None:
        return None
    held, place = [], store.end()
    counts = [store[1].count(b"R"), store[2].count(b"R")]
    for _ in range(sum(counts)):
        head = _STREAM.match(data, place)
        if head is None:
            return None
        ends = head.end() + int(head[1])
        held.append(data[head.end() : ends])
        place = ends + len(_STREAM_ENDS)
    material = Material(tuple(held[: counts[0]]), tuple(held[counts[0] :]))
    try:
        written = with_material(data[:at], material)
    except NotAddable:
        return None
    return (material, len(written)) if data.startswith(written[at:], at) else None


def _archived(data: bytes, at: int) -> tuple[Archived, int] | None:
    stamp = _STAMP.match(data, at)
    if stamp is None:
        return None
    try:
        token, rest = read_first(bytes.fromhex(stamp[1].decode()))
        room, begins = with_room(data[:at])
        written = filled(room, begins, token.whole)
    except (NotAddable, NotDer):
        return None
    if rest.strip(b"\x00") or not data.startswith(written[at:], at):
        return None
    return Archived(token.whole, covered(written, begins)), len(written)


def _stamp(first: int, second: int, length: int, contents: bytes) -> bytes:
    return dictionary(
        b"/Type /DocTimeStamp",
        b"/Filter /Adobe.PPKLite",
        b"/SubFilter /ETSI.RFC3161",
        _BYTE_RANGE % (first, second, length),
        b"/Contents <" + contents + b">",
    )
