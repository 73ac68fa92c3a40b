"""One answer of a web server, byte for byte as it came, and what its head says.

The bytes go to a sink unchanged, transfer coding included; the payload is hashed beside. An answer
that is cut is told as such, with the reason; it judges no content and follows no redirect. The
rules of where an answer ends are those of RFC 9112, section 6.3.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from io import BufferedReader
from typing import Literal

import msgspec

from safeconduct.acquire.errors import AnswerRefused, CutOff, DownloadFailed, TooLong, TooSlow
from safeconduct.acquire.payloads import Measured, Payload
from safeconduct.acquire.wire import Wire

Reason = Literal["length", "time", "disconnect", "unspecified"]
"""Why a record is cut, in the words of WARC 1.1; see `warc` for the source."""

MOST_HEAD = 64 * 1024
"""Bytes of a head that are accepted."""

_BLOCK = 64 * 1024
_MOST_INTERIM = 5
_MOST_LINE = 1024
_STATUS = re.compile(rb"HTTP/1\.[0-9] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")
_NUMBER = re.compile(r"[0-9]{1,15}")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
REDIRECTS = (301, 302, 303, 307, 308)
"""Answers that lead elsewhere; what they carry beside is for people, and kept in part."""

_BODILESS = (204, 304)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Status and header lines, in order, names in lower case; values as Latin-1."""

    status: int
    lines: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str | None:
        """The first value of a header, stripped."""
        return next((value for key, value in self.lines if key == name), None)


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. `block` is all of it, head included; `payload` its content.

    `cut` is None for an answer that came to its end, and `broken` is why it did not. `notes` are
    what is odd about it, in English.
    """

    head: Head
    block: Measured
    payload: Payload
    chunked: bool
    cut: Reason | None = None
    broken: DownloadFailed | None = None
    notes: tuple[str, ...] = ()


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """How long a payload may be, and whether to keep the beginning of a longer one."""

    most: int
    partial: bool = False
    of_redirect: int = 64 * 1024


def heard(wire: Wire, where: str, allowed: Allowed, keep: Callable[[bytes], object]) -> Heard:
    """Reads one answer; `keep` is given every byte of it.

    Raises AnswerRefused for what is no HTTP, and what the wire raises, where the head does not
    come; afterwards a failure is part of what was heard.
    """
    return _Listener(wire, where, allowed, keep).listen()


class _Listener:
    """Reads head and body, and keeps count."""

    def __init__(
        self, wire: Wire, where: str, allowed: Allowed, keep: Callable[[bytes], object]
    ) -> None:
        self._wire, self._where, self._allowed, self._keep = wire, where, allowed, keep
        self._stream: BufferedReader = wire.makefile("rb")
        self._digest, self._length = sha256(), 0
        self._notes: list[str] = []

    def listen(self) -> Heard:
        raw, head = self._head()
        self._take(raw)
        if head.status in REDIRECTS:
            most = min(self._allowed.most, self._allowed.of_redirect)
            self._allowed = Allowed(most=most, partial=True)
        self._payload = Payload(head.first("content-encoding") or "", self._allowed.most)
        chunked = _is_chunked(head)
        broken: DownloadFailed | None = None
        try:
            self._body(head, chunked)
        except DownloadFailed as error:
            broken = error
        except OSError:
            broken = CutOff(self._where, self._length, None)
        return Heard(
            head=head,
            block=Measured(bytes=self._length, sha256=self._digest.hexdigest()),
            payload=self._payload,
            chunked=chunked,
            cut=None if broken is None else _reason(broken),
            broken=broken,
            notes=tuple(self._notes),
        )

    def _head(self) -> tuple[bytes, Head]:
        for _ in range(_MOST_INTERIM):
            raw, head = self._one_head()
            if head.status >= 200:
                return raw, head
            self._notes.append(f"an interim answer with status {head.status} is not kept")
        raise AnswerRefused(self._where, "interim answers without end", "an answer")

    def _one_head(self) -> tuple[bytes, Head]:
        first = self._stream.readline(MOST_HEAD)
        if not first:
            raise AnswerRefused(self._where, "nothing", "an answer")
        status = _STATUS.fullmatch(first)
        if status is None:
            raise AnswerRefused(self._where, "no HTTP", "HTTP/1.1")
        raw = bytearray(first)
        lines: list[tuple[str, str]] = []
        while True:
            line = self._stream.readline(MOST_HEAD + 1 - len(raw))
            raw += line
            if len(raw) > MOST_HEAD:
                raise AnswerRefused(
                    self._where, f"a head of more than {MOST_HEAD:,} bytes", "a shorter one"
                )
            if not line.endswith(b"\n"):
                raise CutOff(self._where, len(raw), None)
            if not line.rstrip(b"\r\n"):
                return bytes(raw), Head(status=int(status[1]), lines=tuple(lines))
            name, colon, value = line.decode("latin-1").partition(":")
            if colon and name.strip() == name:
                lines.append((name.lower(), value.strip()))

    def _body(self, head: Head, chunked: bool) -> None:
        if head.status in _BODILESS:
            return
        lengths = {value for name, value in head.lines if name == "content-length"}
        if chunked:
            if lengths:
                self._notes.append("the server told a length in two ways; chunks were believed")
            self._chunks()
        elif lengths:
            self._stated(lengths)
        else:
            self._to_the_end()

    def _stated(self, lengths: set[str]) -> None:
        text = lengths.pop()
        if lengths or not _NUMBER.fullmatch(text):
            raise AnswerRefused(self._where, "no length that can be read", "Content-Length")
        length = int(text)
        if length > self._allowed.most and not self._allowed.partial:
            raise TooLong(self._where, self._allowed.most)
        self._exactly(length)
        if self._more():
            self._notes.append(
                f"the server sent more than the {length:,} bytes that it announced; "
                "what came behind them is not kept"
            )

    def _more(self) -> bool:
        try:
            return self._wire.says_more()
        except TooSlow:
            # All that was announced came; nobody waits for what was not.
            return False

    def _to_the_end(self) -> None:
        while piece := self._stream.read1(self._room()):
            self._take_payload(piece)
        self._notes.append("the server announced no length: whether all of it came cannot be told")

    def _chunks(self) -> None:
        while True:
            line = self._line()
            found = _CHUNK.fullmatch(line)
            if found is None:
                raise AnswerRefused(self._where, "broken chunks", "HTTP/1.1")
            size = int(found[1], 16)
            if size == 0:
                break
            self._exactly(size)
            if self._line().strip():
                raise AnswerRefused(self._where, "broken chunks", "HTTP/1.1")
        # Trailers, up to an empty line.
        while self._line().rstrip(b"\r\n"):
            pass

    def _line(self) -> bytes:
        line = self._stream.readline(_MOST_LINE)
        self._take(line)
        if not line.endswith(b"\n"):
            raise CutOff(self._where, self._length, None)
        if self._length > 2 * self._allowed.most + MOST_HEAD:
            # Chunks of one byte each, or trailers without end.
            raise TooLong(self._where, self._allowed.most)
        return line

    def _exactly(self, length: int) -> None:
        left = length
        while left:
            piece = self._stream.read1(min(left, self._room()))
            if not piece:
                raise CutOff(self._where, length - left, length)
            self._take_payload(piece)
            left -= len(piece)

    def _room(self) -> int:
        """How many bytes to ask for: one more than are allowed, so that one too many shows."""
        left = self._allowed.most - self._payload.length
        return max(1, min(_BLOCK, left + 1))

    def _take_payload(self, piece: bytes) -> None:
        left = self._allowed.most - self._payload.length
        kept = piece[:left]
        self._take(kept)
        self._payload.add(kept)
        if len(piece) > left:
            raise TooLong(self._where, self._allowed.most)

    def _take(self, raw: bytes) -> None:
        self._keep(raw)
        self._digest.update(raw)
        self._length += len(raw)


def _is_chunked(head: Head) -> bool:
    coding = head.first("transfer-encoding") or ""
    return coding.rpartition(",")[2].strip().lower() == "chunked"


def _reason(error: DownloadFailed) -> Reason:
    if isinstance(error, TooLong):
        return "length"
    if isinstance(error, TooSlow):
        return "time"
    return "disconnect" if isinstance(error, CutOff) else "unspecified"
