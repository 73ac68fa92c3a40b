"""A new folder that appears whole or not at all, whatever happens while it is filled."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safeconduct.casefile.files import FileNotWritten

_MOST_OF_ONE_NAME = 1000


class Staged:
    """The folder to fill, `path`, and afterwards `where`, at which it stands."""

    def __init__(self, path: Path) -> None:
        self.path = self.where = path


@contextmanager
def new_folder(parent: Path, name: str) -> Iterator[Staged]:
    """Fills a hidden folder beside, flushes it to disk and renames it to `name` at the end.

    Where something of that name stands already, `name-2` and so on is taken; nothing is ever
    replaced. Whatever is raised inside leaves nothing. Raises FileNotWritten.
    """
    partial = parent / f".{name}.partial-{os.getpid()}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir(mode=0o700)
    except OSError as error:
        raise FileNotWritten(partial, error.strerror or str(error)) from error
    staged = Staged(partial)
    try:
        yield staged
        for inner in (*sorted(partial.iterdir()), partial):
            _flush(inner)
        staged.where = _renamed(partial, name)
        _flush(parent)
    except OSError as error:
        raise FileNotWritten(parent / name, error.strerror or str(error)) from error
    finally:
        if staged.where == partial:
            shutil.rmtree(partial, ignore_errors=True)


def _renamed(partial: Path, name: str) -> Path:
    for number in range(1, _MOST_OF_ONE_NAME):
        target = partial.with_name(name if number == 1 else f"{name}-{number}")
        # A rename may take the place of an empty folder, and of nothing else.
        if os.path.lexists(target):
            continue
        partial.rename(target)
        return target
    raise OSError(None, "too many of that name")


def _flush(path: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
