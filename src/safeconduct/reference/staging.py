"""How the catalogue's folder is changed: one writer at a time, and one rename for each change.

A data set is written and flushed in a staging folder, then renamed to its place. Whatever stops
the writer, readers find it whole or not at all: they ignore staging folders, and the next writer
removes them.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from safeconduct.casefile.files import FileNotWritten, write_atomically
from safeconduct.reference.errors import CatalogueNotWritten

_LOCK = ".lock"
_ADDING, _REMOVING = ".adding-", ".removing-"


@contextmanager
def changing(root: Path) -> Iterator[None]:
    """Waits until nobody else writes, clears what the dead left, and lets the caller write.

    Raises CatalogueNotWritten, also for whatever the system refuses inside.
    """
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(root) as certain:
            if certain:
                _clear(root)
            yield
    except FileNotWritten as error:
        raise CatalogueNotWritten(root, error.reason) from error
    except OSError as error:
        raise CatalogueNotWritten(root, error.strerror or str(error)) from error


def place(root: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes `files` and makes them appear at `folder`, all at once. Only inside `changing`."""
    staging = root / f"{_ADDING}{os.getpid()}-{'-'.join(folder.relative_to(root).parts)}"
    try:
        staging.mkdir(mode=0o700)
        for name, data in files.items():
            write_atomically(staging / name, data)
        _flush(staging)
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The entries of new parents must last as well, or the rename would be lost with them.
        for parent in (folder.parent.parent, root):
            _flush(parent)
        _rename(staging, folder)
    except BaseException:
        rmtree(staging, ignore_errors=True)
        raise


def take_away(root: Path, folder: Path) -> None:
    """Makes `folder` disappear at once, then deletes it. Only inside `changing`."""
    doomed = root / f"{_REMOVING}{os.getpid()}-{'-'.join(folder.relative_to(root).parts)}"
    folder.rename(doomed)
    _flush(folder.parent)
    rmtree(doomed, ignore_errors=True)
    # Folders that hold other data sets refuse to go, and shall stay.
    with suppress(OSError):
        folder.parent.rmdir()
        folder.parent.parent.rmdir()


@contextmanager
def _alone(root: Path) -> Iterator[bool]:
    """Holds the lock, which the system frees however its holder ends; False where it has none."""
    try:
        import fcntl
    except ImportError:
        yield False
        return
    descriptor = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield True
    finally:
        os.close(descriptor)


def _clear(root: Path) -> None:
    """Nobody else writes now, so whoever began these folders is gone."""
    for prefix in (_ADDING, _REMOVING):
        for left in root.glob(f"{prefix}*"):
            rmtree(left, ignore_errors=True)


def _rename(staging: Path, folder: Path) -> None:
    staging.rename(folder)
    try:
        _flush(folder.parent)
    except OSError:
        # What may not last was not added; "not written" has to be true.
        folder.rename(staging)
        raise


def _flush(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
