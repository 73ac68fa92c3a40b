"""The values of vague dates: what a case declares, what it holds, what a reading says.

No rule stands here; how a text becomes bounds is in `when_bounds` and `when`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from safeconduct.casefile.durations import Duration, parse_duration
from safeconduct.casefile.edtf_tree import Precision


class Padding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How wide a mark makes a date, on either side, for each precision; None: not declared.

    `day: P3D` says that `2022-09-20~` is 17 to 23 September. ISO 8601 durations.
    """

    second: Duration | None = None
    minute: Duration | None = None
    day: Duration | None = None
    month: Duration | None = None
    season: Duration | None = None
    year: Duration | None = None
    decade: Duration | None = None
    century: Duration | None = None

    def __post_init__(self) -> None:
        for precision in Precision:
            text = self.of(precision)
            if text is not None:
                parse_duration(text)

    def of(self, precision: Precision) -> Duration | None:
        """The padding declared for a precision."""
        text: str | None = getattr(self, precision.value)
        return text


Month = Annotated[int, Meta(ge=1, le=12, description="the number of a month, 1 to 12")]


class Season(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The months of a season, one after another; they may cross the year (12, 1, 2).

    Where they do, `year_of` says whose year a date bears: with `start`, winter 2022 begins in
    December 2022; with `end`, in December 2021. Without it, bounds cover both readings.
    """

    months: tuple[Month, ...]
    year_of: Literal["start", "end"] | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.months) <= 12 or not all(1 <= one <= 12 for one in self.months):
            raise ValueError("`months` of 1 to 12 numbers from 1 to 12")
        pairs = zip(self.months, self.months[1:], strict=False)
        if any(later != earlier % 12 + 1 for earlier, later in pairs):
            raise ValueError("`months` that follow one another, such as 12, 1, 2")

    @property
    def crosses_the_year(self) -> bool:
        """Does it begin in one year and end in the next?"""
        return self.months[-1] < self.months[0]


class Seasons(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which months the account means by a season; None: not declared."""

    spring: Season | None = None
    summer: Season | None = None
    autumn: Season | None = None
    winter: Season | None = None


class Conventions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How this case reads vague dates. Declared by the case; the library has no default.

    `approximate` widens dates with `~`, `uncertain` those with `?`; `%` takes the sum of both.
    """

    approximate: Padding | None = None
    uncertain: Padding | None = None
    seasons: Seasons | None = None


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A possibly vague date as a case holds it: its EDTF text and the words it was told in."""

    edtf: str
    words: str | None = None
    note: str | None = None


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """Between what an instant lies: in [earliest, latest). None: not bounded on that side.

    Local naive datetimes, or aware ones in UTC from `utc`. `offset_minutes` is the offset east of
    UTC that the date itself states.
    """

    earliest: datetime | None = None
    latest: datetime | None = None
    offset_minutes: int | None = None


class WidthMessage(StrEnum):
    """Why a reading is as wide as it is; each a message that wording has in each language."""

    SECOND = "date-second-precision"
    MINUTE = "date-minute-precision"
    DAY = "date-day-precision"
    MONTH = "date-month-precision"
    YEAR = "date-year-precision"
    SEASON = "date-season"
    SEASON_YEAR = "date-season-year-not-declared"
    SEASON_MISSING = "date-season-not-declared"
    UNSPECIFIED_DIGIT = "date-unspecified-digit"
    UNSPECIFIED_YEAR = "date-unspecified-year"
    APPROXIMATE = "date-approximate"
    UNCERTAIN = "date-uncertain"
    PADDING_MISSING = "date-padding-not-declared"
    ONE_OF_SET = "date-one-of-set"
    SET_RANGE = "date-set-range"
    ON_OR_BEFORE = "date-on-or-before"
    ON_OR_AFTER = "date-on-or-after"
    OPEN_START = "date-open-start"
    OPEN_END = "date-open-end"
    UNKNOWN_START = "date-unknown-start"
    UNKNOWN_END = "date-unknown-end"
    SEASONS_REVERSED = "date-seasons-reversed"


class WidthReason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for the width. The parameters of each message are in docs/reference/dates.md."""

    message: WidthMessage
    parameters: dict[str, str] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a vague date says: between what its start lies, and between what its end lies.

    The time of a happening (`2022-09`) has the same bound twice: all of it lay within. Of an
    interval, `start` bounds its start and `end` its end. `precision` is that of its coarsest part.
    `offset_minutes` is the offset where every part states the same. `alternatives` are the members
    of a set, whose hull the bounds are. `missing` names the conventions that would be needed
    (`approximate.month`); what depends on them is not bounded.
    """

    when: When
    start: Bound
    end: Bound
    is_interval: bool
    precision: Precision
    offset_minutes: int | None
    width: tuple[WidthReason, ...]
    alternatives: tuple["Reading", ...] = ()
    missing: tuple[str, ...] = ()
