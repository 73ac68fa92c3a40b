"""What an answer carries: counted and hashed as it came and unpacked; a short one is kept.

It keeps at most `MOST_SHOWN` bytes in memory, however long the payload is, and stops unpacking
where a small file unfolds into a huge one.
"""

import zlib
from hashlib import sha256

import msgspec

MOST_SHOWN = 16 * 1024 * 1024
"""Pages longer than this are stored, and no picture is made of them."""

_BLOCK = 64 * 1024
_GZIP = ("gzip", "x-gzip")
_PLAIN = ("", "identity")


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """Length in bytes and SHA-256 of something."""

    bytes: int
    sha256: str


class Payload:
    """Takes a payload in pieces. `encoding` is the Content-Encoding that the server named."""

    def __init__(self, encoding: str, most_unpacked: int) -> None:
        self._encoding = encoding.strip().lower()
        self._most = most_unpacked
        self._digest, self._length = sha256(), 0
        self._inner, self._inner_length = sha256(), 0
        self._unpacker = zlib.decompressobj(wbits=31) if self._encoding in _GZIP else None
        self._content, self._too_long = bytearray(), False
        self._stopped: str | None = None
        if self._unpacker is None and self._encoding not in _PLAIN:
            self._stopped = f"packed as {self._encoding}, which is not unpacked here"

    def add(self, piece: bytes) -> None:
        """The next bytes, as they came."""
        self._digest.update(piece)
        self._length += len(piece)
        if self._encoding in _PLAIN:
            self._show(piece)
        elif self._unpacker is not None and self._stopped is None:
            self._unpack(self._unpacker, piece)

    @property
    def length(self) -> int:
        """Bytes that came."""
        return self._length

    def came(self) -> Measured:
        """The payload as it came."""
        return Measured(bytes=self._length, sha256=self._digest.hexdigest())

    @property
    def not_unpacked(self) -> str | None:
        """Why a packed payload was not unpacked to its end; None where there is nothing to say."""
        if self._stopped is None and self._unpacker is not None and not self._unpacker.eof:
            return "its gzip ends before its end"
        return self._stopped

    def unpacked(self) -> Measured | None:
        """What gzip held; None for a payload that was not packed, or not unpacked to its end."""
        if self._unpacker is None or self.not_unpacked is not None:
            return None
        return Measured(bytes=self._inner_length, sha256=self._inner.hexdigest())

    def shown(self) -> bytes | None:
        """The whole content, unpacked, where it is short enough to be looked at."""
        return None if self.not_unpacked or self._too_long else bytes(self._content)

    def _show(self, piece: bytes) -> None:
        if len(self._content) + len(piece) > MOST_SHOWN:
            self._too_long = True
            self._content.clear()
        if not self._too_long:
            self._content += piece

    def _unpack(self, unpacker: "zlib._Decompress", piece: bytes) -> None:
        left = piece
        while left:
            if unpacker.eof:
                # A gzip file may consist of several, one behind the other.
                self._unpacker = unpacker = zlib.decompressobj(wbits=31)
            try:
                out = unpacker.decompress(left, _BLOCK)
            except zlib.error:
                self._stopped = "its gzip is damaged"
                return
            self._inner.update(out)
            self._inner_length += len(out)
            self._show(out)
            if self._inner_length > self._most:
                self._stopped = f"it unpacks to more than {self._most:,} bytes"
                return
            left = unpacker.unconsumed_tail or unpacker.unused_data
