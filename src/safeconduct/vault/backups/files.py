"""The file of a backup: its period in the clear, then one encrypted stream; and how it is verified.

A file or folder is made beside its place under a name of its own, and gets its name in one step
when it is whole and durable.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.backups.contents import Contents, Records
from safeconduct.vault.backups.keys import BackupKey
from safeconduct.vault.evidence.stream import decrypted
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.fields import pack, unpack
from safeconduct.vault.formats.randomness import draw
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.storage.objects import NotStored

MAGIC = b"SCB1"
UNFINISHED = ".unfinished"
_LENGTH_BYTES = 4
_MOST_PERIOD = 64
_PIECE = 256 * 1024


class OtherPeriod(SafeconductError):
    """The backup is of another period than the key."""


class BackupUnreadable(SafeconductError):
    """There is no such file, or it cannot be read."""


def heading(period: str) -> bytes:
    """What stands in the clear at the beginning: magic, and the period as one field."""
    return MAGIC + pack(period.encode())


@contextmanager
def records(file: Path, key: BackupKey) -> Iterator[Records]:
    """The records of the backup in a file, opened.

    Raises BackupUnreadable, OtherPeriod, Malformed, NotOpened or StreamCut.
    """
    with _opened(file) as (period, rest, chunks):
        if period != key.period:
            raise OtherPeriod(f"{file}: of the period {period}, the key is of {key.period}")
        yield Records(decrypted(_chained(rest, chunks), key.of_stream()), period)


def period_of(file: Path) -> str:
    """The period that a backup names in the clear. Raises BackupUnreadable or Malformed."""
    with _opened(file) as (period, _, _):
        return period


def verify_backup(file: Path, key: BackupKey) -> Contents:
    """Reads a whole backup: every record, the hash of each object, the end.

    Raises what `records` raises, and Malformed where an object is not what names it.
    """
    with records(file, key) as found:
        for _ in found.rows():
            pass
        for name, chunks in found.objects():
            digest = sha256()
            for chunk in chunks:
                digest.update(chunk)
            if digest.hexdigest() != name:
                raise Malformed(f"the object {name} has the hash {digest.hexdigest()}")
        return found.end()


def beside(place: Path) -> Path:
    """A fresh name in the same folder, which says that what has it is unfinished."""
    return place.with_name(f".{place.name}.{draw(8).hex()}{UNFINISHED}")


def leftovers(place: Path) -> tuple[Path, ...]:
    """What a crash left beside a place: nobody reads it, and somebody may remove it."""
    start = f".{place.name}."
    there = place.parent.iterdir() if place.parent.is_dir() else ()
    return tuple(
        sorted(one for one in there if one.name.startswith(start) and one.suffix == UNFINISHED)
    )


def write_whole(file: Path, chunks: Iterable[bytes]) -> None:
    """A new file with the bytes, durable. Raises NotStored; errors of the source pass through."""
    source = iter(chunks)
    with reported(file):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as stream:
        while (chunk := next(source, None)) is not None:
            with reported(file):
                _write(stream.fileno(), chunk)
        with reported(file):
            os.fsync(stream.fileno())
            _forget(stream.fileno())


def put_in_place(aside: Path, place: Path) -> None:
    """Gives a whole file or folder its name, durably. Raises NotStored."""
    with reported(place):
        aside.rename(place)
        flush(place.parent)


def flush(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(aside: Path) -> None:
    """Removes what is unfinished; what cannot be removed keeps the name that says so."""
    if aside.is_dir():
        shutil.rmtree(aside, ignore_errors=True)
        return
    try:
        aside.unlink(missing_ok=True)
    except OSError:
        return


@contextmanager
def reported(where: Path) -> Iterator[None]:
    """Names the place in what the system refuses."""
    try:
        yield
    except OSError as error:
        raise NotStored(f"{where}: {error.strerror or 'the system refused'}") from error


@contextmanager
def _opened(file: Path) -> Iterator[tuple[str, bytes, Iterator[bytes]]]:
    """The period of a backup, the bytes read behind it, and those that follow."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError as error:
        raise BackupUnreadable(f"{file}: {error.strerror}") from error
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        chunks = _chunks(stream.fileno(), file)
        period, rest = _headed(chunks)
        yield period, rest, chunks


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _forget(descriptor: int) -> None:
    """Asks the system to drop its copy, so that what is read again comes from the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _chunks(descriptor: int, file: Path) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(descriptor, _PIECE)
        except OSError as error:
            raise BackupUnreadable(f"{file}: {error.strerror}") from error
        if not piece:
            return
        yield piece


def _headed(chunks: Iterator[bytes]) -> tuple[str, bytes]:
    most = len(MAGIC) + _LENGTH_BYTES + _MOST_PERIOD
    start = bytearray()
    while len(start) < most and (chunk := next(chunks, None)) is not None:
        start += chunk
    if not start.startswith(MAGIC):
        raise Malformed("no backup of this version")
    length = int.from_bytes(start[len(MAGIC) : len(MAGIC) + _LENGTH_BYTES], "big")
    end = len(MAGIC) + _LENGTH_BYTES + length
    if length > _MOST_PERIOD:
        raise Malformed("a period of more letters than one has")
    (period,) = unpack(bytes(start[len(MAGIC) : end]), 1)
    try:
        return opaque(period.decode("ascii", "replace")), bytes(start[end:])
    except NotUsable:
        raise Malformed("a period that is none") from None


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
