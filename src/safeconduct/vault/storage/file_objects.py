"""Objects as files in a folder: written aside, flushed, renamed, and the folder flushed too.

A crash leaves a whole object or a file in `incoming`, which no name leads to. Removing a file does
not erase it from a disk; destroying its key is what makes it unreadable.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.storage.objects import (
    NotStored,
    ObjectDamaged,
    ObjectMissing,
    checked_name,
)

_PIECE = 256 * 1024
_PRIVATE = 0o700


class _SourceBroke(Exception):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error


class FileObjects:
    """Objects below `root`: `objects/ab/ab…`, and `incoming` for what is not yet whole.

    With `reading` no folder is made, so that a disk that is read-only can be read.
    """

    def __init__(self, root: Path, *, reading: bool = False) -> None:
        self._objects = root / "objects"
        self._incoming = root / "incoming"
        if reading:
            return
        try:
            for folder in (root, self._objects, self._incoming):
                _made(folder)
        except OSError as error:
            raise _not_stored(root, error) from error

    def put(self, chunks: Iterable[bytes]) -> str:
        """See `Objects.put`. An error in `chunks` passes through, and nothing is left of it."""
        aside = self._incoming / draw(16).hex()
        try:
            name = _written(aside, _apart(chunks))
            place = self._place(name)
            _made(place.parent)
            aside.rename(place)
            _flush(place.parent)
            # Whoever made the folder may have ended, or not yet come, to flush its name.
            _flush(self._objects)
        except _SourceBroke as broke:
            raise broke.error from None
        except OSError as error:
            raise _not_stored(self._objects, error) from error
        finally:
            # After the rename there is nothing here; before it, half a file.
            _unlinked(aside)
        return name

    def get(self, name: str) -> Iterator[bytes]:
        """See `Objects.get`."""
        try:
            descriptor = os.open(self._place(name), os.O_RDONLY)
        except FileNotFoundError:
            raise ObjectMissing(name) from None
        except OSError as error:
            raise ObjectDamaged(f"{name}: {error.strerror}") from error
        return _read(descriptor, name)

    def names(self) -> Iterator[str]:
        """See `Objects.names`. What is no object by its name and place is left out."""
        for folder in sorted(self._objects.iterdir()):
            for one in sorted(folder.iterdir()) if folder.is_dir() else ():
                if _is_at_home(one):
                    yield one.name

    def strangers(self) -> Iterator[str]:
        """Paths below the folder that no name leads to: unfinished writes, and what others put."""
        for one in sorted(self._objects.parent.rglob("*")):
            if one.is_dir() and not one.is_symlink():
                continue
            if one.parent.parent != self._objects or not _is_at_home(one):
                yield str(one.relative_to(self._objects.parent))

    def size(self, name: str) -> int:
        """See `Objects.size`."""
        try:
            return self._place(name).stat().st_size
        except FileNotFoundError:
            raise ObjectMissing(name) from None

    def remove(self, name: str) -> None:
        """See `Objects.remove`."""
        place = self._place(name)
        try:
            place.unlink(missing_ok=True)
            if place.parent.is_dir():
                _flush(place.parent)
        except OSError as error:
            raise _not_stored(place, error) from error

    def discard_incoming(self) -> int:
        """Removes what a crash left half-written; only while nobody is writing. How many it was."""
        left = list(self._incoming.iterdir())
        for one in left:
            one.unlink()
        return len(left)

    def _place(self, name: str) -> Path:
        return self._objects / checked_name(name)[:2] / name


def _is_at_home(file: Path) -> bool:
    named = len(file.name) == 64 and set(file.name) <= set("0123456789abcdef")
    return named and file.parent.name == file.name[:2] and not file.is_symlink()


def _written(file: Path, chunks: Iterable[bytes]) -> str:
    digest = sha256()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for chunk in chunks:
            digest.update(chunk)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def _apart(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A source that fails must not look like a disk that does."""
    try:
        yield from chunks
    except OSError as error:
        raise _SourceBroke(error) from error


def _read(descriptor: int, name: str) -> Iterator[bytes]:
    digest = sha256()
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        while piece := _piece(stream.fileno(), name):
            digest.update(piece)
            yield piece
    if digest.hexdigest() != name:
        raise ObjectDamaged(f"{name}: its bytes have the hash {digest.hexdigest()}")


def _piece(descriptor: int, name: str) -> bytes:
    try:
        return os.read(descriptor, _PIECE)
    except OSError as error:
        raise ObjectDamaged(f"{name}: {error.strerror}") from error


def _made(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(mode=_PRIVATE, exist_ok=True)
    _flush(folder.parent)


def _flush(folder: Path) -> None:
    """Makes a renamed or removed name durable; the name lives in its folder, not in the file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unlinked(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        # A read-only disk: the check names it as a stranger.
        return


def _not_stored(where: Path, error: OSError) -> NotStored:
    return NotStored(f"{where}: {error.strerror or 'the system refused'}")
