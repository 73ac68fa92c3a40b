"""Finds signature and attachments in a sealed PDF by their bytes, following nothing it says.

No object is read, no stream unpacked: a file made to exhaust a reader costs one pass over it.
"""

import hashlib
import re
from typing import NamedTuple

from safeconduct.dossier.sealing.errors import NotSealed
from safeconduct.dossier.sealing.frame import Hole
from safeconduct.dossier.sealing.layout import MIME_TYPES

MOST_BYTES = 128 * 1024 * 1024

_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
_LENGTH = re.compile(rb"\n/Length (\d{1,9})\n")
_LONGEST_HEAD = 1024
_LONGEST_END = 1024
"""Bytes at the end of a PDF within which readers look for its last mark."""
_LONGEST_SIGNATURE = 1024 * 1024
_DIGITS = re.compile(rb"<([0-9A-F]+)>")


class Located(NamedTuple):
    """The signature's bytes, the hash of all that it covers, and where that ends.

    `begins` and `resumes`: where the signature's bytes begin and end, so where what is signed is
    interrupted.
    """

    signature: bytes
    begins: int
    resumes: int
    digest: bytes
    ends: int

    @property
    def hole(self) -> Hole:
        """Where the signature interrupts what it covers, and where that ends."""
        return Hole(self.begins, self.resumes, self.ends)


class Attached(NamedTuple):
    """An attachment and where in the file the object that holds it begins."""

    data: bytes
    begins: int


def looks_sealed(data: bytes) -> bool:
    """Is there anything of a seal in the file, whole or not?"""
    marks = (b"/ByteRange", b"/ETSI.CAdES", *(_mark(name) for name in MIME_TYPES))
    return any(mark in data for mark in marks)


def locate(data: bytes) -> Located:
    """The seal of a PDF. Raises NotSealed where there is none, or none that can be read.

    Of several signatures it is the one that covers most, counted from the beginning.
    """
    if not data.startswith(b"%PDF-"):
        raise NotSealed("not a PDF")
    if len(data) > MOST_BYTES:
        raise NotSealed(f"{len(data):,} bytes; accepted: at most {MOST_BYTES:,}")
    found = [tuple(map(int, match.groups())) for match in _RANGE.finditer(data)]
    fitting = [
        one
        for one in found
        if 0 < one[0] < one[1] and one[1] - one[0] <= _LONGEST_SIGNATURE and _fits(one, data)
    ]
    if not fitting and b"%%EOF" not in data[-_LONGEST_END:]:
        raise NotSealed("cut or damaged: it does not end as a PDF does; get it once more")
    if not fitting:
        raise NotSealed("no signature that covers the file from its beginning")
    first, second, length = max(fitting, key=lambda one: one[1] + one[2])
    hexadecimal = _DIGITS.fullmatch(data, first, second)
    if hexadecimal is None or len(hexadecimal[1]) % 2:
        raise NotSealed("no signature where the file says that it is")
    digest = hashlib.sha256(data[:first])
    digest.update(data[second : second + length])
    return Located(
        signature=bytes.fromhex(hexadecimal[1].decode()),
        begins=first,
        resumes=second,
        digest=digest.digest(),
        ends=second + length,
    )


def attached(data: bytes, name: str, before: int) -> Attached | None:
    """The last attachment of a name of `layout` that begins before an offset; None without one.

    The last is the one that was added when the dossier was sealed.
    """
    at = data.rfind(_mark(name), 0, before)
    begins = data.rfind(b" 0 obj\n", max(0, at - _LONGEST_HEAD), at) if at >= 0 else -1
    head = data.find(b"\n>>\nstream\n", at, at + _LONGEST_HEAD)
    if begins < 0 or head < 0:
        return None
    length = _LENGTH.search(data, at, head + 1)
    start = head + len(b"\n>>\nstream\n")
    if length is None or start + int(length[1]) > before:
        return None
    return Attached(data[start : start + int(length[1])], begins)


def _fits(one: tuple[int, ...], data: bytes) -> bool:
    return one[1] + one[2] <= len(data)


def _mark(name: str) -> bytes:
    return b"/Subtype /" + MIME_TYPES[name].replace("/", "#2F").encode() + b"\n"
