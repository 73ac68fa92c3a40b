"""Office files are ZIP archives: read within limits, written without dates, extras or remarks."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from safeconduct.vault.cleaning.results import CannotClean, Limits, Why

# The earliest day that the format can say.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PIECE = 1024 * 1024
_ENCRYPTED = 1


def read_zip(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts of an archive by name. What the archive says of its sizes is not believed.

    Raises CannotClean: encrypted, damaged, two parts of one name, too many parts, or more bytes
    unpacked than the limit.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _parts(archive, limits)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise CannotClean(Why.DAMAGED, type(error).__name__) from None


def write_zip(parts: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """Parts → an archive, in their order; the part called `stored` is not compressed."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, _NO_DAY)
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = ZIP_STORED if name == stored else ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _parts(archive: ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise CannotClean(Why.TOO_MANY_PARTS, f"limit {limits.parts}")
    parts: dict[str, bytes] = {}
    left = limits.unpacked
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise CannotClean(Why.ENCRYPTED)
        if entry.is_dir():
            continue
        if entry.filename in parts:
            raise CannotClean(Why.DAMAGED, "two parts of one name")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise CannotClean(Why.UNKNOWN_FORMAT, "a compression that office files do not use")
        with archive.open(entry) as stream:
            parts[entry.filename] = _read(stream, left, limits)
        left -= len(parts[entry.filename])
    return parts


def _read(stream: IO[bytes], left: int, limits: Limits) -> bytes:
    held = bytearray()
    while piece := stream.read(min(_PIECE, left - len(held) + 1)):
        held += piece
        if len(held) > left:
            raise CannotClean(Why.UNPACKS_TOO_FAR, f"limit {limits.unpacked} bytes")
    return bytes(held)
