"""One piece of work on a large file, in a process of its own: its seconds and peak memory as JSON.

python -m bench.vault_evidence make|copy|seal|hash|open FOLDER MIB
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from safeconduct.vault.evidence.files import SealedFile, load_file, store_file
from safeconduct.vault.storage.file_objects import FileObjects

PIECE = 256 * 1024
MIB = 1 << 20


def peak_mib() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def pieces(file: Path) -> Iterator[bytes]:
    """A file in pieces."""
    with file.open("rb", buffering=0) as stream:
        while piece := stream.read(PIECE):
            yield piece


def make(folder: Path, mib: int) -> None:
    """A file of noise."""
    with (folder / "source").open("wb") as stream:
        for _ in range(mib):
            stream.write(os.urandom(MIB))


def copy(folder: Path, mib: int) -> None:
    """Plain copying and hashing, flushed: what any store has to do."""
    digest = sha256()
    with (folder / "copy").open("wb", buffering=0) as stream:
        for piece in pieces(folder / "source"):
            digest.update(piece)
            stream.write(piece)
        os.fsync(stream.fileno())
    _right(folder, (folder / "copy").stat().st_size, mib)


def seal(folder: Path, mib: int) -> None:
    """The same into the vault; what opens it is left beside it for `open`."""
    for old in (folder / "vault").glob("objects/*/*"):
        old.unlink()
    stored = store_file(pieces(folder / "source"), FileObjects(folder / "vault"))
    facts = {
        "object": stored.object,
        "key": stored.key.hex(),
        "size": stored.size,
        "sha256": stored.sha256,
    }
    (folder / "facts.json").write_text(json.dumps(facts))
    _right(folder, stored.size, mib)


def hash_(folder: Path, mib: int) -> None:
    """Plain reading and hashing."""
    digest, size = sha256(), 0
    for piece in pieces(folder / "copy"):
        digest.update(piece)
        size += len(piece)
    _right(folder, size, mib)


def open_(folder: Path, mib: int) -> None:
    """Reading out of the vault, everything checked."""
    facts = json.loads((folder / "facts.json").read_text())
    sealed = SealedFile(**{**facts, "key": bytes.fromhex(facts["key"])})
    read = sum(len(piece) for piece in load_file(sealed, FileObjects(folder / "vault")))
    _right(folder, read, mib)


def _right(folder: Path, size: int, mib: int) -> None:
    if size != mib * MIB:
        raise RuntimeError(f"{folder}: {size} bytes")


WORK = {"make": make, "copy": copy, "seal": seal, "hash": hash_, "open": open_}


def main() -> None:
    kind, folder, mib = sys.argv[1:]
    start = time.perf_counter()
    WORK[kind](Path(folder), int(mib))
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak_mib()}))


if __name__ == "__main__":
    main()
