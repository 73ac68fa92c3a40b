"""The other process: closes itself in, reads a file from its input, writes the copy to its output.

Only `apart` starts it. It knows no key and no id.
"""

import resource
import sys

import msgspec

from safeconduct.vault.cleaning.apart import MEMORY, SECONDS, Answer
from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Limits, Why
from safeconduct.vault.sessions.process import close_process

_FILES = 64


def main() -> None:
    """Limits first, then the first byte that somebody else wrote."""
    close_process()
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        resource.setrlimit(what, (most, most))
    given = sys.stdin.buffer
    limits = msgspec.msgpack.decode(given.read(int.from_bytes(given.read(4), "big")), type=Limits)
    sys.stdout.buffer.write(msgspec.msgpack.encode(_answer(given.read(), limits)))
    sys.stdout.buffer.flush()


def _answer(data: bytes, limits: Limits) -> Answer:
    try:
        cleaned = clean(data, limits=limits)
    except CannotClean as error:
        return Answer(why=error.why, says=error.says)
    except MemoryError:
        return Answer(why=Why.GAVE_UP, says="memory")
    return Answer(
        kind=cleaned.kind,
        data=cleaned.data,
        removed=cleaned.removed,
        staying=cleaned.staying,
        where=cleaned.where,
    )
