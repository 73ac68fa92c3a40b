"""Reading a file that may turn out to be none: a pipe would wait, a long one fill memory."""

import errno
import os
import stat
from pathlib import Path


def regular_bytes(path: Path, most: int) -> bytes:
    """The first `most` + 1 bytes of a regular file, so that one byte too many shows.

    Raises OSError, whose strerror says why, for what is missing, refused or no regular file; and
    ValueError for a path that can name none.
    """
    with open(path, "rb", opener=_without_waiting) as handle:
        found = os.fstat(handle.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "no regular file", str(path))
        # A bound that somebody wrote into a certificate must not become room in memory.
        return handle.read(min(most, found.st_size) + 1)


def _without_waiting(path: str, flags: int) -> int:
    """A pipe opens at once, and is found to be one."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
