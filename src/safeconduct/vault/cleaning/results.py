"""What comes of cleaning: a copy with what was left out and what stays, or a refusal with a reason.

A copy of which nothing stays that we know of is `is_clean`; that is no promise about its content.
"""

from enum import StrEnum

import msgspec

from safeconduct.casefile.errors import SafeconductError


class Why(StrEnum):
    """Why a file is not cleaned."""

    UNKNOWN_FORMAT = "unknown-format"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    EMBEDDED = "embedded"
    ANIMATED = "animated"
    DYNAMIC_FORM = "dynamic-form"
    TOO_LARGE = "too-large"
    TOO_MANY_PIXELS = "too-many-pixels"
    UNPACKS_TOO_FAR = "unpacks-too-far"
    TOO_MANY_PARTS = "too-many-parts"
    DAMAGED = "damaged"
    GAVE_UP = "gave-up"


class Staying(StrEnum):
    """What stays in a copy although it may say more than the pages show."""

    TRACKED_TEXT = "tracked-text"
    HIDDEN_TEXT = "hidden-text"
    HIDDEN_PART = "hidden-part"
    SPEAKER_NOTES = "speaker-notes"
    AUTHOR_FIELD = "author-field"
    CACHED_DATA = "cached-data"
    LINK = "link"
    PICTURE_NOT_READ = "picture-not-read"
    COLOURS_MAY_DIFFER = "colours-may-differ"
    UNSEEN_TEXT = "unseen-text"
    COLOUR_PROFILE = "colour-profile"
    FONT_PROGRAM = "font-program"
    FONT_NAME = "font-name"
    FORMULA = "formula"
    MASKED_PICTURE = "masked-picture"
    BEYOND_EDGE = "beyond-edge"
    COVERED = "covered"


class CannotClean(SafeconductError):
    """No copy is made; `why`, and in `says` a limit, a part's name or a format, never content."""

    def __init__(self, why: Why, says: str = "") -> None:
        super().__init__(f"{why.value}: {says}" if says else why.value)
        self.why = why
        self.says = says


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """A copy: its kind (as `jpeg`) and bytes, both hashes, what was left out, what stays.

    `where` are the places of words that stay unseen, in the format's own terms, as `lvl@name`.
    """

    kind: str
    data: bytes
    original: str
    sha256: str
    removed: tuple[str, ...]
    staying: tuple[Staying, ...]
    where: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Cleaned({self.kind}, {len(self.data)} bytes)"

    @property
    def is_clean(self) -> bool:
        """Nothing stays that we know of."""
        return not self.staying


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may cost: its bytes, all its pixels, its bytes unpacked, its parts."""

    file_bytes: int = 256 * 1024 * 1024
    pixels: int = 100_000_000
    unpacked: int = 512 * 1024 * 1024
    parts: int = 10_000


class Bare(msgspec.Struct, frozen=True, kw_only=True):
    """A copy as one format's cleaner gives it, before it is hashed."""

    kind: str
    data: bytes
    removed: frozenset[str] = frozenset()
    staying: frozenset[Staying] = frozenset()
    where: frozenset[str] = frozenset()
