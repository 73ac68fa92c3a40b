"""Writing files so that a reader finds the old one or the new one, whole, and nothing between."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from safeconduct.casefile.errors import OutputNotWritten


class FileNotWritten(OutputNotWritten):
    """A file could not be written; what stood at its path still stands."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; what stood there before still stands")
        self.path, self.reason = path, reason


def write_atomically(path: Path, data: bytes) -> None:
    """Writes `data` to `path`: a partial file beside it, flushed to disk, then one rename.

    A new file is readable by its owner alone; an existing one keeps its mode. A link is followed,
    so that its target is replaced and the link stays. A device or a pipe is written to as it is:
    a rename would put a file in its place. Raises FileNotWritten.
    """
    try:
        target = path.resolve()
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
        _flush_folder(target.parent)
    except OSError as error:
        raise FileNotWritten(path, error.strerror or str(error)) from error


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
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return 0o600


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
