"""A photograph as a file: what it is, and the same picture without what is said about it.

No pixel is decoded. JPEG (ITU T.81) and PNG (ISO 15948) alone: other programs can show these
everywhere. A place, a device, a thumbnail or an author in the file would go where the picture goes.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Literal, NamedTuple

from safeconduct.casefile.errors import SafeconductError

MOST_BYTES = 2 * 1024 * 1024
LEAST_PIXELS, MOST_PIXELS = 100, 4000
"""Of each side."""

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SCAN, _EOI, _ADOBE, _COMMENT, _EXIF = 0xDA, 0xD9, 0xEE, 0xFE, 0xE1
_ADOBE_BYTES = 12
_FRAMES = frozenset(
    (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
)
_COLOURS = (1, 3)
_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_ORIENTATION = 0x0112
_UPRIGHT = 1


class PictureUnreadable(SafeconductError):
    """No picture of the kinds that are taken, a damaged one, or one of unbearable size."""


class Picture(NamedTuple):
    """A bare picture: its kind, its pixels across and down, its bytes."""

    kind: Literal["jpeg", "png"]
    width: int
    height: int
    data: bytes


def bare_picture(data: bytes) -> Picture:
    """A photograph → the same without metadata. Raises PictureUnreadable.

    One that was stored lying on its side is refused: without the mark that says so it would stay
    there.
    """
    if len(data) > MOST_BYTES:
        raise PictureUnreadable(f"{len(data):,} bytes; accepted: at most {MOST_BYTES:,}")
    found = _png(data) if data.startswith(_PNG) else _jpeg(data)
    if not all(LEAST_PIXELS <= side <= MOST_PIXELS for side in (found.width, found.height)):
        accepted = f"{LEAST_PIXELS} to {MOST_PIXELS} pixels on each side"
        raise PictureUnreadable(f"{found.width} x {found.height}; accepted: {accepted}")
    return found


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG → tables, frames, scans and Adobe's mark of colours. Raises PictureUnreadable."""
    return (
        _JPEG + b"".join(_written(marker, body) for marker, body in _segments(data)) + b"\xff\xd9"
    )


def _jpeg(data: bytes) -> Picture:
    size = None
    for marker, body in _segments(data):
        if marker in _FRAMES and len(body) >= 6:
            _, height, width, colours = struct.unpack_from(">BHHB", body)
            if colours not in _COLOURS:
                raise PictureUnreadable("a JPEG in colours for print; accepted: RGB or grey")
            size = width, height
        if marker == _EXIF and _turned(body):
            raise PictureUnreadable("stored on its side; save it upright first")
    if size is None:
        raise PictureUnreadable("a JPEG without a picture")
    return Picture("jpeg", *size, bare_jpeg(data))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content; the bytes of a scan come with the marker that begins it."""
    if not data.startswith(_JPEG):
        raise PictureUnreadable("no JPEG and no PNG")
    at = len(_JPEG)
    while at < len(data):
        if data[at] != 0xFF:
            raise PictureUnreadable("a JPEG with bytes between its segments")
        marker = data[at + 1] if at + 1 < len(data) else _EOI
        if marker == 0xFF:
            at += 1
            continue
        if marker == _EOI:
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise PictureUnreadable("a JPEG whose segment is cut")
        yield marker, data[at + 4 : end]
        at = end
        if marker == _SCAN:
            stop = _scan_end(data, at)
            yield 0, data[at:stop]
            at = stop
    raise PictureUnreadable("a JPEG that is cut")


def _written(marker: int, body: bytes) -> bytes:
    if not marker:
        return body
    if marker == _ADOBE and body.startswith(b"Adobe"):
        body = body[:_ADOBE_BYTES]
    elif 0xE0 <= marker <= 0xEF or 0xF0 <= marker <= 0xFD or marker == _COMMENT:
        return b""
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _scan_end(data: bytes, at: int) -> int:
    """Where the next marker stands that is no part of a scan's own bytes."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1] if at + 1 < len(data) else _EOI
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2
    return len(data)


def _turned(exif: bytes) -> bool:
    """Does EXIF (CIPA DC-008) say that the picture is to be turned? Unreadable says nothing."""
    if not exif.startswith(b"Exif\x00\x00"):
        return False
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return False
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(min(count, 200)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION:
                return bool(value != _UPRIGHT)
    except struct.error:
        return False
    return False


def _png(data: bytes) -> Picture:
    out, at, size = bytearray(_PNG), len(_PNG), None
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        chunk = data[at:end]
        if end > len(data) or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise PictureUnreadable("a PNG whose chunk is cut or damaged")
        if name == b"IHDR":
            size = struct.unpack_from(">II", chunk, 8)
        if name in _KEPT_CHUNKS:
            out += chunk
        if name == b"IEND" and size is not None:
            return Picture("png", size[0], size[1], bytes(out))
        at = end
    raise PictureUnreadable("a PNG that is cut")
