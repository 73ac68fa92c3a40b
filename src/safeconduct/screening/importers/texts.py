"""Bytes → text, and packed files → what is in them, within bounds. A cut file is refused."""

import gzip
import io
import zlib
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from safeconduct.screening.importers.reading import refuse

MOST_UNPACKED = 1024 * 1024 * 1024
"""The longest content of a packed file; some lists have half of that."""

MOST_MEMBERS = 2_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def decoded(original: bytes, *, encoding: str | None = None, otherwise: str | None = None) -> str:
    """The text of a file: by its byte order mark, else in `encoding`, else as UTF-8.

    `otherwise` is the encoding of what is no UTF-8, where the format allows another. A file that
    is none of these is refused with the line where it fails.
    """
    for mark, marked in _MARKS:
        if original.startswith(mark):
            return _decoded(original[len(mark) :], marked, None)
    return _decoded(original, encoding or "utf-8", otherwise)


def _decoded(original: bytes, encoding: str, otherwise: str | None) -> str:
    try:
        return original.decode(encoding)
    except UnicodeDecodeError as error:
        if otherwise is not None:
            return original.decode(otherwise, errors="replace")
        line = original.count(b"\n", 0, error.start) + 1
        refuse(line, f"not {encoding}: byte {error.start} of the file")
    except (LookupError, ValueError):
        refuse(1, f"no such encoding of text: {encoding}")


def unzipped(original: bytes) -> bytes:
    """The content of a gzip file. Refuses one that is cut, damaged or too long."""
    found = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(original)) as packed:
            while chunk := packed.read(1024 * 1024):
                found.write(chunk)
                if found.tell() > MOST_UNPACKED:
                    refuse(1, f"more than {MOST_UNPACKED} bytes when unpacked")
    except (EOFError, OSError, zlib.error) as error:
        refuse(1, f"the gzip file is cut or damaged ({error})")
    return found.getvalue()


def opened_zip(original: bytes, *, most: int = MOST_UNPACKED) -> ZipFile:
    """A ZIP archive of bearable size. Refuses others, by what its directory states."""
    try:
        archive = ZipFile(io.BytesIO(original))
    except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        refuse(1, f"the ZIP archive is cut or damaged ({error})")
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        refuse(1, f"a ZIP archive of {len(members)} files; at most {MOST_MEMBERS}")
    if sum(member.file_size for member in members) > most:
        refuse(1, f"more than {most} bytes when unpacked")
    return archive


def member_bytes(archive: ZipFile, member: ZipInfo | str, most: int = MOST_UNPACKED) -> bytes:
    """The content of a member, never more than its directory states, nor than `most`."""
    try:
        with archive.open(member) as handle:
            found = handle.read(most + 1)
    except (
        BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error,
        NotImplementedError,
    ) as error:  # fmt: skip
        # RuntimeError is what an encrypted member raises.
        refuse(1, f"a file in the ZIP archive is cut, damaged or encrypted ({error})")
    if len(found) > most:
        refuse(1, f"more than {most} bytes when unpacked")
    return found
