"""ISO 8601 durations as people say them ("two weeks", "a year and a half"), least and most.

A month is 28 to 31 days, a year 365 or 366: which, only a calendar date would tell. Durations here
have none, so they are a range, exact for every count of months. No seconds, no fractions.
"""

import re
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.ids import Iso8601Duration

Duration = Iso8601Duration
"""How a duration stands in a file: a text such as P10D, P2W, P3M, P2Y, P1Y6M, PT36H."""

ACCEPTED = "such as P10D, P2W, P3M, P2Y, P1Y6M, PT36H"

_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?)?"
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CYCLE_YEARS = 400  # after which the Gregorian calendar repeats


class DurationError(SafeconductError, ValueError):
    """A text that is no duration: what was found and what is accepted."""

    def __init__(self, found: str) -> None:
        super().__init__(f"the duration {found[:20]!a}; accepted: {ACCEPTED}")
        self.found, self.accepted = found, ACCEPTED


class DurationSpan(NamedTuple):
    """The least and the most time that a duration can be."""

    least: timedelta
    most: timedelta


class DurationParts(NamedTuple):
    """Calendar months, and what has a fixed length."""

    months: int
    rest: timedelta


def duration_parts(text: str) -> DurationParts:
    """An ISO 8601 duration in months and fixed time. Raises DurationError."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise DurationError(text)
    years, months, weeks, days, hours, minutes = (int(group or 0) for group in match.groups())
    rest = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    return DurationParts(12 * years + months, rest)


def parse_duration(text: str) -> DurationSpan:
    """The least and most of an ISO 8601 duration: P1M is 28 to 31 days. Raises DurationError."""
    months, rest = duration_parts(text)
    least, most = _days_in_months(months)
    return DurationSpan(timedelta(days=least) + rest, timedelta(days=most) + rest)


@lru_cache(maxsize=512)
def _days_in_months(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many consecutive calendar months have."""
    totals = []
    for first in range(12):
        last = first + months
        fixed = 365 * (last // 12) + sum(_LENGTHS[: last % 12]) - sum(_LENGTHS[:first])
        # Only Februaries differ from year to year; the first year may be any.
        februaries = (last + 10) // 12 - (first + 10) // 12
        leap = _leap_days(februaries)
        totals += [fixed + leap[0], fixed + leap[1]]
    return min(totals), max(totals)


@lru_cache(maxsize=512)
def _leap_days(februaries: int) -> tuple[int, int]:
    """The fewest and the most leap days among so many consecutive Februaries."""
    counts = {
        _leap_years_before(year + februaries) - _leap_years_before(year)
        for year in range(1, _CYCLE_YEARS + 1)
    }
    return min(counts), max(counts)


def _leap_years_before(year: int) -> int:
    return (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400


class Lasting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stated duration: as read, in the words it was told in, and how wide it is meant.

    `approximate` ("about two years") needs `least` and `most`: how wide "about" is, is declared
    and visible, never assumed. They may also widen a duration that is not called approximate.
    """

    iso: Duration
    words: str | None = None
    approximate: bool = False
    least: Duration | None = None
    most: Duration | None = None

    def __post_init__(self) -> None:
        if self.approximate and (self.least is None or self.most is None):
            raise ValueError("`least` and `most` with `approximate`: how wide about is meant")
        if self.least is None and self.most is None:
            return
        stated, (least, most) = parse_duration(self.iso), lasting_bounds(self)
        if least > stated.least or most < stated.most:
            raise ValueError("`least` no longer and `most` no shorter than `iso`")


def lasting_bounds(lasting: Lasting) -> DurationSpan:
    """The least and most time that a stated duration can be. Raises DurationError."""
    stated = parse_duration(lasting.iso)
    return DurationSpan(
        parse_duration(lasting.least).least if lasting.least else stated.least,
        parse_duration(lasting.most).most if lasting.most else stated.most,
    )
