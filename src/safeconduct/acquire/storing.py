"""Writing a file that comes bit by bit, so that it appears whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from safeconduct.casefile.files import FileNotWritten


@contextmanager
def stored(target: Path) -> Iterator[Callable[[bytes], None]]:
    """Gives what appends bytes; at the end the file stands at `target`, flushed to disk.

    Whatever is raised inside leaves what stood there before, and nothing else. Raises
    FileNotWritten.
    """
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with _told(target):
        descriptor = os.open(partial, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:

            def append(data: bytes) -> None:
                with _told(target):
                    file.write(data)

            yield append
            with _told(target):
                file.flush()
                os.fsync(file.fileno())
        with _told(target):
            partial.replace(target)
            _flush(target.parent)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Only what the disk refuses is told as that; callers have errors of their own."""
    try:
        yield
    except OSError as error:
        raise FileNotWritten(target, error.strerror or str(error)) from error


def _flush(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
