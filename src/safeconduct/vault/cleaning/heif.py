"""HEIC and AVIF photographs: no pixel is decoded; what is not the picture becomes noughts.

The file keeps its structure (ISO 14496-12, ISO 23008-12): a picture's items stay as they are, and
so does its orientation, which is a property of the picture there. Overwritten are all other items
(EXIF, XMP, thumbnails, which may show what was cut away) and every byte that no picture names. What
a maker hides within a picture's own bytes stays, and that is said of every copy.
"""

from collections.abc import Iterator

import msgspec

from safeconduct.vault.cleaning.results import Bare, CannotClean, Staying, Why

_BRANDS = {
    b"heic": "heic",
    b"heix": "heic",
    b"heim": "heic",
    b"heis": "heic",
    b"mif1": "heic",
    b"avif": "avif",
}
_PICTURES = {b"hvc1", b"av01", b"grid", b"iovl", b"iden", b"tmap"}
_KEPT = {b"ftyp", b"meta", b"mdat"}
_IN_META = {b"hdlr", b"pitm", b"iinf", b"iref", b"iprp", b"iloc", b"idat", b"dinf", b"grpl"}
_PROPERTIES = {
    b"ispe",
    b"pixi",
    b"hvcC",
    b"av1C",
    b"colr",
    b"irot",
    b"imir",
    b"clap",
    b"pasp",
    b"auxC",
    b"lsel",
    b"a1op",
    b"a1lx",
    b"clli",
    b"mdcv",
}
_MOST_ITEMS = 10_000


class _Box(msgspec.Struct, frozen=True):
    kind: bytes
    start: int
    body: int
    end: int


class _Reader:
    """Numbers one after another. Raises CannotClean behind the end."""

    def __init__(self, data: bytes | bytearray, at: int, end: int) -> None:
        self._data, self.at, self._end = data, at, end

    def number(self, length: int) -> int:
        if self.at + length > self._end:
            raise CannotClean(Why.DAMAGED, "a box that is cut")
        self.at += length
        return int.from_bytes(self._data[self.at - length : self.at], "big")

    def kind(self) -> bytes:
        return self.number(4).to_bytes(4, "big")


def heif_kind(data: bytes) -> str | None:
    """`heic` or `avif`, by the first brand; None for another file, a moving one included."""
    return _BRANDS.get(data[8:12]) if data[4:8] == b"ftyp" else None


def clean_heif(data: bytes) -> Bare:
    """A still HEIC or AVIF → a file of the same length. Raises CannotClean."""
    copy = bytearray(data)
    kept: list[tuple[int, int]] = []
    profiles = False
    for box in _boxes(data, 0, len(data)):
        if box.kind == b"meta":
            profiles |= _clean_meta(copy, box, kept)
        elif box.kind == b"moov":
            raise CannotClean(Why.ANIMATED)
        elif box.kind not in _KEPT:
            _blank(copy, box)
    if not kept:
        raise CannotClean(Why.DAMAGED, "no picture")
    for box in _boxes(data, 0, len(data)):
        if box.kind == b"mdat":
            _blank_between(copy, box, kept)
    staying = {Staying.PICTURE_NOT_READ}
    if profiles:
        staying.add(Staying.COLOURS_MAY_DIFFER)
    return Bare(
        kind=heif_kind(data) or "heic",
        data=bytes(copy),
        removed=frozenset({"metadata"}),
        staying=frozenset(staying),
    )


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[_Box]:
    at = start
    while at < end:
        reader = _Reader(data, at, end)
        size, kind = reader.number(4), reader.kind()
        if size == 1:
            size = reader.number(8)
        stop = end if size == 0 else at + size
        if stop > end or stop < reader.at:
            raise CannotClean(Why.DAMAGED, "a box that is cut")
        yield _Box(kind, at, reader.at, stop)
        at = stop


def _clean_meta(copy: bytearray, meta: _Box, kept: list[tuple[int, int]]) -> bool:
    """Notes where pictures lie (`kept`) and blanks the rest of the box; was a profile in it?"""
    boxes = {box.kind: box for box in _boxes(copy, meta.body + 4, meta.end)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        raise CannotClean(Why.DAMAGED, "no list of items")
    small = set(_thumbnails(copy, boxes[b"iref"])) if b"iref" in boxes else set()
    pictures = _items(copy, boxes[b"iinf"], small)
    inner = boxes.get(b"idat")
    within: list[tuple[int, int]] = []
    for item, method, start, end in _places(copy, boxes[b"iloc"], len(copy)):
        if item not in pictures:
            continue
        if method == 0:
            kept.append((start, end))
        elif method == 1 and inner is not None:
            within.append((inner.body + start, inner.body + end))
        else:
            raise CannotClean(Why.UNKNOWN_FORMAT, "a picture that lies elsewhere")
    if inner is not None:
        _blank_between(copy, inner, within + kept)
    return _reduce_meta(copy, meta)


def _reduce_meta(copy: bytearray, meta: _Box) -> bool:
    """Blanks what of the box is not needed; was a profile in it?"""
    profiles = False
    for box in _boxes(copy, meta.body + 4, meta.end):
        if box.kind not in _IN_META:
            _blank(copy, box)
        elif box.kind == b"hdlr":
            # Behind the kind of the handler and its reserved numbers stands its name, in words.
            name = min(box.body + 20, box.end)
            copy[name : box.end] = bytes(box.end - name)
        elif box.kind == b"iprp":
            profiles |= _clean_properties(copy, box)
    return profiles


def _thumbnails(copy: bytearray, listed: _Box) -> Iterator[int]:
    """The numbers of items that are small pictures of others."""
    wide = 4 if _Reader(copy, listed.body, listed.end).number(4) >> 24 else 2
    for box in _boxes(copy, listed.body + 4, listed.end):
        if box.kind == b"thmb":
            yield _Reader(copy, box.body, box.end).number(wide)


def _items(copy: bytearray, listed: _Box, small: set[int]) -> set[int]:
    """The numbers of items that are pictures; the names of all items are blanked."""
    reader = _Reader(copy, listed.body, listed.end)
    version = reader.number(4) >> 24
    reader.number(2 if version == 0 else 4)
    pictures = set()
    for entry in _boxes(copy, reader.at, listed.end):
        told = _Reader(copy, entry.body, entry.end)
        form = told.number(4) >> 24
        if entry.kind != b"infe" or form not in (2, 3):
            raise CannotClean(Why.UNKNOWN_FORMAT, "an older list of items")
        item = told.number(2 if form == 2 else 4)
        told.number(2)
        if told.kind() in _PICTURES and item not in small:
            pictures.add(item)
        else:
            # Of a kind that no reader looks into; noughts would be no EXIF.
            copy[told.at - 4 : told.at] = b"free"
        copy[told.at : entry.end] = bytes(entry.end - told.at)
    return pictures


def _places(copy: bytearray, listed: _Box, length: int) -> Iterator[tuple[int, int, int, int]]:
    """Each extent: its item, how it is counted (0 from the file's start), its start and end."""
    reader = _Reader(copy, listed.body, listed.end)
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    offset, span, base = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index = sizes & 15 if version else 0
    wide = 2 if version < 2 else 4
    count = reader.number(wide)
    if count > _MOST_ITEMS:
        raise CannotClean(Why.TOO_MANY_PARTS, f"limit {_MOST_ITEMS}")
    for _ in range(count):
        item = reader.number(wide)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        first = reader.number(base)
        for _ in range(reader.number(2)):
            reader.number(index)
            start = first + reader.number(offset)
            end = start + reader.number(span)
            if end > length or end == start:
                raise CannotClean(Why.DAMAGED, "a picture beyond the end")
            yield item, method, start, end


def _clean_properties(copy: bytearray, properties: _Box) -> bool:
    """Blanks what is no property of a picture, and profiles; was there one?"""
    profiles = False
    for box in _boxes(copy, properties.body, properties.end):
        for one in _boxes(copy, box.body, box.end) if box.kind == b"ipco" else ():
            is_profile = one.kind == b"colr" and copy[one.body : one.body + 4] != b"nclx"
            profiles |= is_profile
            if is_profile or one.kind not in _PROPERTIES:
                _blank(copy, one)
    return profiles


def _blank(copy: bytearray, box: _Box) -> None:
    """The box becomes free space of the same size."""
    copy[box.start + 4 : box.start + 8] = b"free"
    copy[box.body : box.end] = bytes(box.end - box.body)


def _blank_between(copy: bytearray, box: _Box, kept: list[tuple[int, int]]) -> None:
    """Noughts for each byte of a box that lies in none of the kept places."""
    at = box.body
    for start, end in sorted(kept):
        if end <= box.body or start >= box.end:
            continue
        if start > at:
            copy[at:start] = bytes(start - at)
        at = max(at, end)
    if at < box.end:
        copy[at : box.end] = bytes(box.end - at)
