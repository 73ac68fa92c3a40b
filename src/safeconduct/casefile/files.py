"""Writing files so that a reader finds the old one or the new one, whole, and nothing between."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from safeconduct.casefile.errors import OutputNotWritten

# Said by systems that cannot flush a folder, or let nobody list this one; the rename is done.
_NO_FLUSHING = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)


class FileNotWritten(OutputNotWritten):
    """A file could not be written; what stood at its path still stands."""

    consequence = "what stood there before still stands"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; {self.consequence}")
        self.path, self.reason = path, reason


class FileNotFlushed(FileNotWritten):
    """A file was written whole, but the disk would not confirm that it keeps it."""

    consequence = "the new content stands there, and may not outlast a loss of power"


def write_atomically(path: Path, data: bytes) -> None:
    """Writes `data` to `path`: a partial file beside it, flushed to disk, then one rename.

    A new file is readable by its owner alone; an existing one keeps its mode. A link is followed,
    so that its target is replaced and the link stays. A device or a pipe is written to as it is:
    a rename would put a file in its place. Raises FileNotWritten, or FileNotFlushed.
    """
    target = _target(path)
    try:
        if _is_stream(target):
            _write_through(target, data)
            return
        partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
        try:
            _write(partial, data, _mode(target))
            partial.replace(target)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise
    except OSError as error:
        raise FileNotWritten(path, _reason(error)) from error
    try:
        _flush_folder(target.parent)
    except OSError as error:
        if error.errno not in _NO_FLUSHING:
            raise FileNotFlushed(path, _reason(error)) from error


def _target(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle; a zero byte
        raise FileNotWritten(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _is_stream(target: Path) -> bool:
    """A character device or a pipe, such as /dev/null."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_through(target: Path, data: bytes) -> None:
    with target.open("wb") as stream:
        stream.write(data)


def _mode(target: Path) -> int:
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return 0o600
    # A rename would put a file in the place of a disk or a socket too.
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "neither a file nor a stream")
    return stat.S_IMODE(found)


def _write(partial: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(partial, flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        partial.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Makes the rename itself durable, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
