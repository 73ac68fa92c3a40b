"""A file on this machine → a folder with a WARC that holds it unchanged, and what is known of it.

Of the file's path only its name is kept. What was in the file before is not checked: a capture says
that these bytes were here at that moment, and no more.
"""

import os
import stat
from datetime import datetime
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from urllib.parse import quote

from safeconduct.acquire.captured import Capture, Payload
from safeconduct.acquire.capturing import (
    SOFTWARE,
    WARC,
    Draw,
    Page,
    Pictures,
    Stored,
    name_of,
    no_picture,
    write_description,
)
from safeconduct.acquire.kept import kept
from safeconduct.acquire.payloads import MOST_SHOWN, Measured
from safeconduct.acquire.staging import new_folder
from safeconduct.acquire.warc import moment, warc_file
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import shown

_PAGES = (".html", ".htm", ".xhtml")
_UNKNOWN = "application/octet-stream"


class FileNotCaptured(SafeconductError):
    """A file that cannot be captured; nothing was stored."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{shown(str(path), most=300)}: {reason}")
        self.path, self.reason = path, reason


def capture_file(path: Path, parent: Path, *, at: datetime, draw: Draw | None = None) -> Stored:
    """Captures a regular file of any length into a new folder in `parent`, named after `at`.

    Raises FileNotCaptured, also where the file changed meanwhile, and FileNotWritten.
    """
    with _opened(path) as file, new_folder(parent, name_of(at)) as staged:
        measured = _measured(path, file)
        reading = _Reading(path, file)
        with warc_file(staged.path / WARC) as records:
            records.info(WARC, at, (("software", SOFTWARE), ("format", "WARC 1.1")))
            address = f"file:///{quote(path.name)}"
            records.resource(address, at, reading, measured, _UNKNOWN)
        if reading.measured() != measured:
            raise FileNotCaptured(path, "it changed while it was captured")
        pictures = _pictures(path, file, draw)
        for name, data in pictures.files:
            (staged.path / name).write_bytes(data)
        names = (WARC, *(name for name, _ in pictures.files))
        capture = Capture(
            software=SOFTWARE,
            kind="file",
            outcome="whole",
            asked=path.name,
            started=moment(at),
            ended=moment(at),
            payload=Payload(bytes=measured.bytes, sha256=measured.sha256),
            files=tuple(kept(staged.path / name) for name in names),
            not_captured=pictures.not_captured,
        )
        write_description(staged.path, capture)
    return Stored(folder=staged.where, capture=capture)


class _Reading:
    """Hashes what is read, so that a file that changes between two readings is noticed."""

    def __init__(self, path: Path, file: BufferedReader) -> None:
        self._path, self._file = path, file
        self._digest, self._length = sha256(), 0
        file.seek(0)

    def read(self, most: int) -> bytes:
        """The next bytes."""
        try:
            data = self._file.read(most)
        except OSError as error:
            raise _unreadable(self._path, error) from error
        self._digest.update(data)
        self._length += len(data)
        return data

    def measured(self) -> Measured:
        """Of what was read."""
        return Measured(bytes=self._length, sha256=self._digest.hexdigest())


def _opened(path: Path) -> BufferedReader:
    try:
        # A pipe would wait for a writer; it opens at once here, and is found to be one.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotCaptured(path, "no regular file")
    return os.fdopen(descriptor, "rb")


def _measured(path: Path, file: BufferedReader) -> Measured:
    try:
        digest = file_digest(file, "sha256").hexdigest()
        return Measured(bytes=file.tell(), sha256=digest)
    except OSError as error:
        raise _unreadable(path, error) from error


def _pictures(path: Path, file: BufferedReader, draw: Draw | None) -> Pictures:
    if path.suffix.lower() not in _PAGES:
        return Pictures()
    if draw is None:
        return no_picture("none was wanted")
    file.seek(0)
    content = file.read(MOST_SHOWN + 1)
    if len(content) > MOST_SHOWN:
        return no_picture("the page is too long")
    # An address of no place: a page at `file:` could show other files of this machine.
    address = f"http://file.invalid/{quote(path.name)}"
    return draw(Page(url=address, media_type="text/html", content=content))


def _unreadable(path: Path, error: Exception) -> FileNotCaptured:
    return FileNotCaptured(path, getattr(error, "strerror", None) or "it cannot be read")
