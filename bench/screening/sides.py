"""What a side of the comparison must be able to do, so that every measure runs alike on both."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bench.screening.records import Record

Pair = tuple[Record, Record]


class Scored(NamedTuple):
    """What a side says of a pair: a score from 0 to 1, and whether it would show it to anyone."""

    score: float
    shown: bool
    strong: bool


class Hit(NamedTuple):
    """A person of the list who was compared with the query."""

    id: str
    score: float
    shown: bool
    strong: bool


class Answer(NamedTuple):
    """What a query found: who was retrieved, and the compared, the likeliest first."""

    retrieved: frozenset[str]
    hits: tuple[Hit, ...]

    def shown(self) -> tuple[Hit, ...]:
        """Those whom a person would have to look at."""
        return tuple(hit for hit in self.hits if hit.shown)


class Timing(NamedTuple):
    """Seconds of each query by itself, warm: retrieving alone, and everything."""

    retrieving: list[float]
    everything: list[float]


class Built(NamedTuple):
    """What an index cost: seconds, bytes resident once it is there."""

    seconds: float
    resident: int


class Side(Protocol):
    """One of the two that are measured."""

    name: str
    bands: bool
    """Whether it tells strong matches from those that only ask for a look."""
    threshold: float
    """The one score from which a pair counts as a match, where nothing else is asked of it."""

    def compare(self, pairs: Sequence[Pair]) -> list[Scored]:
        """Each pair, query first, compared by itself."""
        ...

    def screen(self, listed: Sequence[Record], queries: Sequence[Record]) -> list[Answer]:
        """Each query against the whole list."""
        ...

    def build(self, size: int) -> Built:
        """Indexes so many made-up persons (population), for `timed` that follows."""
        ...

    def timed(self, queries: Sequence[Record]) -> Timing:
        """Each query by itself on what was built: retrieval, comparison and explanation."""
        ...

    def load(self, listed: Sequence[Record]) -> Built:
        """Indexes these persons, for `timed` and `batch` that follow."""
        ...

    def batch(self, queries: Sequence[Record]) -> float:
        """Seconds for all of these in one batch, on what was loaded."""
        ...

    def close(self) -> None:
        """Ends what was started."""
        ...
