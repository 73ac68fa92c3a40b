"""A private folder in memory, for a text that must not touch a disk.

Whoever may read this machine's memory, or its swap, can still read it; the threat model says so.
"""

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from types import FrameType

from safeconduct.casefile.errors import SafeconductError

_IN_MEMORY = ("tmpfs", "ramfs")
_PLACES = (Path("/dev", "shm"), Path("/run", "user"))


class NoMemoryFolder(SafeconductError):
    """This system offers no memory-backed folder, so the text would be written to a disk."""


class Ended(SafeconductError):
    """The process was told to end; what it had in memory is removed first."""

    exit_code = 130


@contextmanager
def memory_folder(mounts: str | None = None) -> Iterator[Path]:
    """A new folder (mode 0700) on tmpfs or ramfs, removed with all in it whatever happens.

    SIGTERM and SIGHUP are turned into an exception meanwhile, so that the removal still runs.
    `mounts` is the text of /proc/mounts; it is read where it is not given.
    """
    root = _root(mounts)
    if root is None:
        raise NoMemoryFolder("no memory-backed folder (tmpfs) was found, such as /dev/shm")
    folder = root / f"safeconduct-{token_hex(8)}"
    folder.mkdir(mode=0o700)
    before = {number: signal.signal(number, _end) for number in _signals()}
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        for number, handler in before.items():
            signal.signal(number, handler)


def _root(mounts: str | None) -> Path | None:
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8") if table.exists() else ""
    fields = [line.split() for line in mounts.splitlines()]
    in_memory = {one[1] for one in fields if len(one) > 2 and one[2] in _IN_MEMORY}
    shared, users = _PLACES
    own = users / str(os.getuid()) if hasattr(os, "getuid") else users
    writable = (place for place in (shared, own) if os.access(place, os.W_OK))
    return next((place for place in writable if str(place) in in_memory), None)


def _signals() -> Sequence[signal.Signals]:
    return [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


def _end(_number: int, _frame: FrameType | None) -> None:
    raise Ended("ended by a signal")
