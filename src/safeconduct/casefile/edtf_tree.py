"""What a date text can say (ISO 8601-2, EDTF), as a frozen tree, and the error for all else.

The tree keeps what was written: unspecified digits, marks, offsets. It says nothing of how wide
they make a date; that is for `when`, which knows what a case declares.
"""

from enum import StrEnum

import msgspec

from safeconduct.casefile.errors import SafeconductError

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years outside are refused: in the life of a person they are slips of the pen."""

UNKNOWN_YEAR = "XXXX"


class EdtfError(SafeconductError):
    """A date text that cannot be read: what was found, what is accepted, and where.

    `position` counts characters of the text from 0.
    """

    def __init__(self, found: str, accepted: str, position: int = 0) -> None:
        super().__init__(f"{found}; accepted: {accepted}")
        self.found, self.accepted, self.position = found, accepted, position


def quoted(text: str) -> str:
    """A piece of a text for an error: short, and nothing invisible or right-to-left in it."""
    piece = ascii(text[:20])[1:-1]
    return f"`{piece}…`" if len(text) > 20 else f"`{piece}`"


class Precision(StrEnum):
    """How fine a date is written, from the finest; unspecified digits count as written."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Mark(StrEnum):
    """Qualification: `~` approximate, `?` uncertain, `%` both."""

    APPROXIMATE = "~"
    UNCERTAIN = "?"
    BOTH = "%"


class TimeOfDay(msgspec.Struct, frozen=True, kw_only=True):
    """A time of day; `offset_minutes` east of UTC (0 for Z), None where none is written."""

    hour: int
    minute: int
    second: int | None = None
    offset_minutes: int | None = None


class EdtfDate(msgspec.Struct, frozen=True, kw_only=True):
    """One date as written, `X` for an unspecified digit. `season` is 21 to 24, and then no month.

    `marks` holds each mark with the precision of the component beside which it stands.
    """

    text: str
    year: str
    month: str | None = None
    season: int | None = None
    day: str | None = None
    time: TimeOfDay | None = None
    marks: tuple[tuple[Precision, Mark], ...] = ()

    @property
    def unspecified(self) -> bool:
        """Is any digit left open?"""
        return "X" in f"{self.year}{self.month}{self.day}"

    @property
    def offset_minutes(self) -> int | None:
        """Minutes east of UTC, where the date states them."""
        return self.time.offset_minutes if self.time else None

    @property
    def precision(self) -> Precision:
        """The precision of the finest component written."""
        if self.time:
            return Precision.MINUTE if self.time.second is None else Precision.SECOND
        if self.day:
            return Precision.DAY
        if self.month:
            return Precision.MONTH
        return Precision.SEASON if self.season else year_precision(self.year)


def year_precision(year: str) -> Precision:
    """`202X` is a decade, `20XX` a century, all else a year."""
    if year == UNKNOWN_YEAR or not year.endswith("X"):
        return Precision.YEAR
    return Precision.CENTURY if year.endswith("XX") else Precision.DECADE


class EdtfRange(msgspec.Struct, frozen=True, kw_only=True):
    """All dates from `first` to `last` within a set; None: on or before, on or after."""

    text: str
    first: EdtfDate | None
    last: EdtfDate | None


class OneOf(msgspec.Struct, frozen=True, kw_only=True):
    """One of several dates; which one is not known."""

    members: tuple[EdtfDate | EdtfRange, ...]


class End(StrEnum):
    """An end of an interval without a date: `..` open, nothing written: unknown."""

    OPEN = ".."
    UNKNOWN = ""


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """From a date to a date; at most one of them open or unknown."""

    start: EdtfDate | End
    end: EdtfDate | End


Edtf = EdtfDate | OneOf | Interval
