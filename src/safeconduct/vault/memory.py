"""A private folder in memory, for a text that must not touch a disk.

Whoever may read this machine's memory, or its swap, can still read it; the threat model says so.
A process that is killed outright (SIGKILL, loss of power) cannot remove it; the next start of the
machine does.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from types import FrameType
from typing import NoReturn, TypeAlias

from safeconduct.casefile.errors import OutputNotWritten, SafeconductError

Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | None

_IN_MEMORY = ("tmpfs", "ramfs")
_PLACES = (Path("/dev", "shm"), Path("/run", "user"))
_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")

# An editor that is ending removes its own files at the same time, which makes one pass stumble.
_PASSES = 3


class NoMemoryFolder(SafeconductError):
    """This system offers no memory-backed folder, so the text would be written to a disk."""


class MemoryFolderLeft(OutputNotWritten):
    """The folder could not be removed: somebody has to, since what is in it is not sealed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: it could not be removed, and what is in it can be read there")
        self.folder = folder


class Ended(SafeconductError):
    """The process was told to end; what it had in memory is removed first."""

    exit_code = 130


@contextmanager
def memory_folder(mounts: str | None = None) -> Iterator[Path]:
    """A new folder (mode 0700) on tmpfs or ramfs, removed with all in it whatever happens.

    SIGTERM and SIGHUP are turned into the exception Ended meanwhile, so that the removal still
    runs; those that come during the removal are dropped. Outside the main thread signals stay as
    they are. `mounts` is the text of /proc/mounts; it is read where it is not given.
    Raises NoMemoryFolder, or MemoryFolderLeft where the removal fails.
    """
    root = _root(mounts)
    if root is None:
        raise NoMemoryFolder("no memory-backed folder (tmpfs) was found, such as /dev/shm")
    folder = root / f"safeconduct-{token_hex(8)}"
    endings = _Endings()
    try:
        endings.take()
        _make(folder)
        yield folder
    finally:
        # An assignment comes first: Python handles no signal before the next call.
        endings.dropped = True
        try:
            _remove(folder)
        finally:
            endings.give_back()


class _Endings:
    """The signals that end a process: each passed on as an exception, until they are dropped."""

    def __init__(self) -> None:
        self.dropped = False
        self._before: dict[signal.Signals, Handler] = {}

    def take(self) -> None:
        """Answers the signals itself, but those that the process was started to ignore."""
        for name in _ENDINGS:
            number = getattr(signal, name, None)
            before = signal.getsignal(number) if number else None
            if number is None or before in (signal.SIG_IGN, None):
                continue
            # Noted first: the signal may come as soon as it is answered here.
            self._before[number] = before
            try:
                signal.signal(number, self._answer)
            except ValueError:  # not the main thread, which alone may answer signals
                self._before.clear()
                return

    def give_back(self) -> None:
        """Leaves the signals to whoever answered them before."""
        for number, before in self._before.items():
            signal.signal(number, before)

    def _answer(self, number: int, frame: FrameType | None) -> None:
        if self.dropped:
            return
        before = self._before.get(signal.Signals(number))
        if callable(before):
            before(number, frame)
        else:
            _end()


def _end() -> NoReturn:
    raise Ended("ended by a signal")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise NoMemoryFolder(f"{folder.parent}: {reason}") from error


def _remove(folder: Path) -> None:
    for _ in range(_PASSES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
    raise MemoryFolderLeft(folder)


def _root(mounts: str | None) -> Path | None:
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8") if table.exists() else ""
    fields = [line.split() for line in mounts.splitlines()]
    # What was mounted last at a place hides what was mounted there before.
    system = {one[1]: one[2] for one in fields if len(one) > 2}
    shared, users = _PLACES
    own = users / str(os.getuid()) if hasattr(os, "getuid") else users
    writable = (place for place in (shared, own) if os.access(place, os.W_OK))
    return next((place for place in writable if system.get(str(place)) in _IN_MEMORY), None)
