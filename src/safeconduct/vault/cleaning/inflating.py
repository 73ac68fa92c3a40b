"""Deflated streams of a PDF, measured before anything unpacks them.

Each place where a stream begins is tried, whatever the file says about it. Not seen: what is
deflated beneath another encoding; of those the libraries' own limits remain.
"""

import re
import zlib

from safeconduct.vault.cleaning.results import CannotClean, Limits, Why

_STREAM = re.compile(rb"stream\r?\n")
_PIECE = 1024 * 1024


def within_limit(data: bytes, limits: Limits) -> None:
    """Raises CannotClean where all streams together unpack beyond the limit."""
    left = limits.unpacked
    for found in _STREAM.finditer(data):
        # The first bits of every zlib stream (RFC 1950): method 8, and a check of two bytes.
        start = data[found.end() : found.end() + 2]
        if len(start) == 2 and start[0] & 15 == 8 and int.from_bytes(start, "big") % 31 == 0:
            left -= inflated_length(data, found.end(), left)
        if left < 0:
            raise CannotClean(Why.UNPACKS_TOO_FAR, f"limit {limits.unpacked} bytes")


def inflated_length(data: bytes, start: int, most: int) -> int:
    """The length of the stream at `start`, unpacked; counting stops behind `most`."""
    inflating = zlib.decompressobj()
    length = 0
    at = start
    held = b""
    try:
        while length <= most and not inflating.eof and (held or at < len(data)):
            if not held:
                held = data[at : at + _PIECE]
                at += _PIECE
            length += len(inflating.decompress(held, _PIECE))
            held = inflating.unconsumed_tail
    except zlib.error:
        return length
    return length
