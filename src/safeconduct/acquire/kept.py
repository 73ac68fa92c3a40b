"""The length and the hash of a file, read in pieces."""

from hashlib import file_digest
from pathlib import Path

from safeconduct.acquire.captured import Kept


def kept(path: Path) -> Kept:
    """What is told of a file of a capture. Raises OSError."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        return Kept(name=path.name, bytes=file.tell(), sha256=digest)
