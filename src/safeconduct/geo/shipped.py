"""The data files that lie beside this code: mapped into memory, sectioned, certified, verified.

Both files have one outer form: a magic number, then (offset, length) of five sections, then those
sections up to the file's end. What a section holds is its reader's business.
"""

from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct

import msgspec

from safeconduct.casefile.errors import DamagedReference

HEADER = Struct("<8s10I")

_HERE = Path(__file__).parent


class GeoDataDamaged(DamagedReference):
    """A data file is not what its certificate or its own layout says."""

    def __init__(self, file: str, found: str, expected: str) -> None:
        super().__init__(f"{file}: found {found}, expected {expected}")
        self.file, self.found, self.expected = file, found, expected


def mapped(file: Path) -> mmap:
    """A file mapped read-only; GeoDataDamaged if it is empty."""
    with file.open("rb") as handle:
        try:
            return mmap(handle.fileno(), 0, access=ACCESS_READ)
        except ValueError:
            raise GeoDataDamaged(str(file), "an empty file", "a data file") from None


def sections(data: bytes | mmap, magic: bytes, file: str) -> tuple[memoryview, ...]:
    """The five sections; GeoDataDamaged for another magic number or a length that is not stated."""
    if len(data) < HEADER.size:
        raise GeoDataDamaged(file, f"{len(data)} bytes", "a header")
    found, *bounds = HEADER.unpack_from(data)
    if found != magic:
        raise GeoDataDamaged(file, repr(found), repr(magic))
    if bounds[-2] + bounds[-1] != len(data):
        raise GeoDataDamaged(file, f"{len(data)} bytes", f"{bounds[-2] + bounds[-1]} bytes")
    view = memoryview(data)
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return tuple(view[start : start + length] for start, length in pairs)


def joined(magic: bytes, parts: tuple[bytes, bytes, bytes, bytes, bytes]) -> bytes:
    """What `sections` takes apart; for the scripts that build the files."""
    bounds: list[int] = []
    at = HEADER.size
    for part in parts:
        bounds += (at, len(part))
        at += len(part)
    return HEADER.pack(magic, *bounds) + b"".join(parts)


def shipped_file(name: str) -> Path:
    """Where a shipped data file lies."""
    return _HERE / f"{name}.bin"


def certificate(name: str) -> dict[str, object]:
    """Its birth certificate: id, kind, title, origin, licence, as_of, rows, sha256, sources."""
    read: dict[str, object] = msgspec.json.decode((_HERE / f"{name}.json").read_bytes())
    return read


def verify(name: str) -> None:
    """GeoDataDamaged unless a shipped file has the hash that its certificate states."""
    from hashlib import sha256  # only when somebody asks for verification

    file = shipped_file(name)
    found = sha256(file.read_bytes()).hexdigest()
    expected = str(certificate(name)["sha256"])
    if found != expected:
        raise GeoDataDamaged(str(file), found, expected)
