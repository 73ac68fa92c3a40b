"""Cleaning in a process of its own, which holds no key: hostile files meet parsers written in C.

The child is a fresh start of Python without this one's memory and environment. Its memory, time,
open files and writing are limited by the system. It may still open sockets: that is the service's
unit to forbid. What it gives back is bounded and hashed here, not there.
"""

import subprocess
import sys
from hashlib import sha256
from threading import Thread, Timer
from typing import IO

import msgspec

from safeconduct.vault.cleaning.results import CannotClean, Cleaned, Limits, Staying, Why

SECONDS = 120
MEMORY = 3 * 1024**3
_MOST_GROWTH = 4
_PIECE = 1024 * 1024


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the child says: a copy, or why there is none."""

    kind: str = ""
    data: bytes = b""
    removed: tuple[str, ...] = ()
    staying: tuple[Staying, ...] = ()
    where: tuple[str, ...] = ()
    why: Why | None = None
    says: str = ""


def clean_apart(data: bytes, *, limits: Limits | None = None, seconds: float = SECONDS) -> Cleaned:
    """As `cleaner.clean`, in another process. Raises CannotClean; `gave-up` where the child died.

    The file goes through pipes; nothing is written to a disk.
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise CannotClean(Why.TOO_LARGE, f"limit {limits.file_bytes} bytes")
    answer = _answered(_asked(data, limits, seconds))
    if answer.why is not None:
        raise CannotClean(answer.why, answer.says)
    return Cleaned(
        kind=answer.kind,
        data=answer.data,
        original=sha256(data).hexdigest(),
        sha256=sha256(answer.data).hexdigest(),
        removed=answer.removed,
        staying=answer.staying,
        where=answer.where,
    )


def _asked(data: bytes, limits: Limits, seconds: float) -> bytes:
    # Without `-I` the folder in which we stand, or a variable, could put another module first.
    program = (
        "import sys; sys.path[:] = sys.argv[1:];"
        "from safeconduct.vault.cleaning.child import main; main()"
    )
    with subprocess.Popen(  # noqa: S603 - our own interpreter and words of ours
        [sys.executable, "-I", "-c", program, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Pillow logs what it reads in a picture, names included.
        stderr=subprocess.DEVNULL,
        env={},
        close_fds=True,
    ) as child:
        end = Timer(seconds, child.kill)
        end.start()
        try:
            said = _talked(child, msgspec.msgpack.encode(limits), data, limits.file_bytes)
        finally:
            child.kill()
            end.cancel()
    return said


def _talked(child: "subprocess.Popen[bytes]", head: bytes, data: bytes, most: int) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise CannotClean(Why.GAVE_UP, "no pipes")
    feeding = Thread(target=_feed, args=(child.stdin, head, data), daemon=True)
    feeding.start()
    held = bytearray()
    while piece := child.stdout.read(_PIECE):
        held += piece
        if len(held) > _MOST_GROWTH * most:
            raise CannotClean(Why.GAVE_UP, "it said too much")
    feeding.join(1)
    return bytes(held)


def _feed(pipe: IO[bytes], head: bytes, data: bytes) -> None:
    try:
        with pipe:
            pipe.write(len(head).to_bytes(4, "big") + head)
            pipe.write(data)
    except OSError:
        # The child ended before it had read all; what it said, or did not say, tells.
        return


def _answered(said: bytes) -> Answer:
    try:
        return msgspec.msgpack.decode(said, type=Answer)
    except (msgspec.DecodeError, ValueError):
        # Killed by a limit, or by what it read; half an answer is none.
        raise CannotClean(Why.GAVE_UP, "the cleaner ended") from None
