"""What an importer of a kind of data is, and what it hands back. It knows no kind itself."""

from typing import NamedTuple, Protocol

import msgspec

from safeconduct.casefile.errors import SafeconductError


class RowMistake(NamedTuple):
    """A line of the original (counted from 1) that cannot be used, and why."""

    line: int
    reason: str


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """The form that programs read, and what the original says of itself.

    `data` must be the same bytes for the same original, on any machine. Days are ISO 8601 texts;
    None says that the original does not tell.
    """

    data: bytes
    rows: int
    rejected: tuple[RowMistake, ...] = ()
    as_of: str | None = None
    covers_from: str | None = None
    covers_to: str | None = None
    title: str | None = None
    origin: str | None = None
    licence: str | None = None
    completeness: str | None = None


class Importer(Protocol):
    """Turns originals of one kind into the form that programs read."""

    @property
    def name(self) -> str:
        """What it is called in certificates."""

    @property
    def version(self) -> int:
        """Raised whenever the same original would be built into other bytes."""

    @property
    def most_bytes(self) -> int:
        """The longest original that it takes."""

    def build(self, original: bytes) -> Built:
        """The built form. Raises ImportRejected with its mistakes, all of a bearable number."""


class ImportRejected(SafeconductError):
    """The original cannot be imported: the lines that are wrong, and how many more there are."""

    def __init__(self, mistakes: tuple[RowMistake, ...], more: int = 0) -> None:
        super().__init__("\n".join(f"line {one.line}: {one.reason}" for one in mistakes))
        self.mistakes, self.more = mistakes, more
