"""A watchlist at hand: its index opened, and what it is called, of which day, with which hash."""

from collections.abc import Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path

from safeconduct.screening.entities import Entity
from safeconduct.screening.index.building import build
from safeconduct.screening.index.opened import Index
from safeconduct.screening.retrieving import Retriever


class Watchlist:
    """One list, ready to be searched. Opened files are mapped, so that processes share them."""

    def __init__(self, data: memoryview, *, id: str, as_of: str, sha256: str = "") -> None:  # noqa: A002
        self.id, self.as_of, self.sha256 = id, as_of, sha256
        self.index = Index(data)
        self.retriever = Retriever(self.index)

    @classmethod
    def of(cls, entities: Iterable[Entity], *, id: str, as_of: str) -> "Watchlist":  # noqa: A002
        """A list of entities at hand, indexed in memory."""
        return cls(memoryview(build(entities)), id=id, as_of=as_of)

    @classmethod
    def open(cls, path: Path, *, id: str, as_of: str, sha256: str = "") -> "Watchlist":  # noqa: A002
        """A built index. Raises IndexDamaged, or OSError where it cannot be read."""
        with path.open("rb") as handle:
            data = memoryview(mmap(handle.fileno(), 0, access=ACCESS_READ))
        return cls(data, id=id, as_of=as_of, sha256=sha256)

    def __len__(self) -> int:
        return len(self.index)
