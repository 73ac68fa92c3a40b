"""The body of an answer as it is meant: whole, unpacked, of bearable length, and no error page.

What cannot be told from a cut file is refused: half a watchlist would read as nobody being on it.
"""

import http.client
import re
import zlib
from collections.abc import Callable, Iterator

import msgspec

from safeconduct.acquire.asking import Answer
from safeconduct.acquire.errors import AnswerRefused, CutOff, TooLong

Progress = Callable[[int, int | None], None]
"""Told how many bytes came, and how many will where the server says it."""

HEAD = 4096
"""So many bytes are looked at to tell what a file is."""

_BLOCK = 64 * 1024
_GZIP = ("gzip", "x-gzip")
_PLAIN = (None, "", "identity")
_NUMBER = re.compile(r"[0-9]{1,15}")

# What a file is, its first bytes tell; these are what no list ever is.
_NEVER = re.compile(
    r"(image|audio|video|font|multipart)/.*|text/(html|css|javascript)"
    r"|application/(xhtml\+xml|json|problem\+json|pdf|javascript)",
    re.IGNORECASE,
)
# Atomic groups, here and in the patterns of lists: no answer may make the search for them long.
_PAGE = re.compile(
    rb"(?>(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a file has to be: its first bytes (a pattern), in words, and its greatest length."""

    begins: str
    described: str
    most_bytes: int


def body(answer: Answer, expected: Expected, progress: Progress | None) -> Iterator[bytes]:
    """The unpacked blocks of an answer, the first of them once it is known to be the file.

    Raises AnswerRefused, TooLong, TooSlow, or CutOff; what came before may not be used then.
    """
    length = _checked(answer, expected)
    encoding = (answer.header("Content-Encoding") or "").lower()
    blocks = _received(answer, expected.most_bytes, length, progress)
    if encoding in _GZIP:
        blocks = _unpacked(answer.link.named, blocks, expected.most_bytes)
    elif encoding not in _PLAIN:
        raise AnswerRefused(answer.link.named, f"the encoding {encoding}", "gzip, or none")
    yield from _recognised(answer.link.named, blocks, expected)


def _checked(answer: Answer, expected: Expected) -> int | None:
    """The stated length, None for one told in chunks."""
    where = answer.link.named
    said = (answer.header("Content-Type") or "").partition(";")[0].strip()
    if _NEVER.fullmatch(said):
        raise AnswerRefused(where, f"content of type {said}", expected.described)
    length = answer.header("Content-Length")
    chunked = answer.header("Transfer-Encoding")
    if chunked is not None:
        if chunked.lower() != "chunked" or length is not None:
            raise AnswerRefused(where, "a length told in two ways", "Content-Length, or chunked")
        return None
    if length is None or not _NUMBER.fullmatch(length):
        # An answer that merely ends looks the same whole and cut.
        raise AnswerRefused(where, "no length", "Content-Length, or chunked")
    if int(length) > expected.most_bytes:
        raise TooLong(where, expected.most_bytes)
    return int(length)


def _received(
    answer: Answer, most: int, length: int | None, progress: Progress | None
) -> Iterator[bytes]:
    where, got = answer.link.named, 0
    while block := _block(answer, got, length):
        got += len(block)
        if got > most:
            raise TooLong(where, most)
        if progress is not None:
            progress(got, length)
        yield block
    if length is None:
        if not answer.wire.ends_a_line:
            # The last chunk is `0` and a line's end; a cut `0270f` begins in the same way.
            raise CutOff(where, got, None)
    else:
        if got != length:
            raise CutOff(where, got, length)
        if answer.wire.says_more():
            raise AnswerRefused(where, f"more than the {length} bytes it announced", "as many")


def _block(answer: Answer, got: int, length: int | None) -> bytes:
    try:
        return answer.response.read1(_BLOCK)
    except http.client.IncompleteRead as error:
        raise CutOff(answer.link.named, got, length) from error
    except OSError as error:
        raise CutOff(answer.link.named, got, length) from error
    except (http.client.HTTPException, ValueError) as error:
        raise AnswerRefused(answer.link.named, "broken chunks", "HTTP/1.1") from error


def _unpacked(where: str, blocks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """What gzip holds, block by block: a bomb is noticed before it unfolds."""
    unpacker, got, packed = zlib.decompressobj(wbits=31), 0, 0
    for block in blocks:
        packed += len(block)
        left = block
        while left:
            if unpacker.eof:
                # A gzip file may consist of several, one behind the other.
                unpacker = zlib.decompressobj(wbits=31)
            try:
                out = unpacker.decompress(left, _BLOCK)
            except zlib.error as error:
                raise AnswerRefused(where, "damaged gzip", "gzip, or none") from error
            got += len(out)
            if got > most:
                raise TooLong(where, most)
            yield out
            left = unpacker.unconsumed_tail or unpacker.unused_data
    if not unpacker.eof:
        raise CutOff(where, packed, None)


def _recognised(where: str, blocks: Iterator[bytes], expected: Expected) -> Iterator[bytes]:
    head = b""
    for block in blocks:
        head += block
        if len(head) >= HEAD:
            break
    if not head:
        raise AnswerRefused(where, "an empty file", expected.described)
    beginning = head[:HEAD]
    if _PAGE.match(beginning):
        raise AnswerRefused(where, "a web page", expected.described)
    if not re.match(expected.begins.encode(), beginning, re.DOTALL):
        raise AnswerRefused(where, "something else", expected.described)
    yield head
    yield from blocks
