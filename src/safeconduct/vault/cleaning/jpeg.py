"""A JPEG inside another file, without the segments that say something: no pixel is decoded.

Kept are tables, frames, scans and the colour mark of Adobe (cut to its twelve bytes), as ITU T.81
names them. Comments, all other application segments and what stands behind the end are left out.
"""

from collections.abc import Iterator

from safeconduct.vault.cleaning.results import CannotClean, Why

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SCAN, _EOI, _ADOBE, _COMMENT = 0xDA, 0xD9, 0xEE, 0xFE
_ADOBE_BYTES = 12


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG → the same picture, bit for bit, without what is said about it. Raises CannotClean."""
    if not data.startswith(_START):
        raise CannotClean(Why.DAMAGED, "a JPEG that begins as none")
    return _START + b"".join(_segments(data)) + _END


def _segments(data: bytes) -> Iterator[bytes]:
    at = len(_START)
    while at < len(data):
        if data[at] != 0xFF:
            raise CannotClean(Why.DAMAGED, "a JPEG with bytes between its segments")
        marker = data[at + 1] if at + 1 < len(data) else _EOI
        if marker == 0xFF:
            at += 1
            continue
        if marker == _EOI:
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise CannotClean(Why.DAMAGED, "a JPEG whose segment is cut")
        yield _kept(marker, data[at + 4 : end])
        at = end
        if marker == _SCAN:
            stop = _scan_end(data, at)
            yield data[at:stop]
            at = stop


def _kept(marker: int, body: bytes) -> bytes:
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
