"""The days that a date with unspecified digits can be (Gregorian calendar, no clock, no zone)."""

from datetime import date as calendar_day
from datetime import datetime, time, timedelta
from typing import Literal

from safeconduct.casefile.edtf_tree import UNKNOWN_YEAR, EdtfDate

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_YEAR = 2000


def month_length(year: int, month: int) -> int:
    """Days of a month, 28 to 31."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + leap


def fitting(pattern: str | None, low: int, high: int) -> list[int]:
    """The numbers from `low` to `high` that a pattern of digits and `X` can be, ascending."""
    if pattern is None:
        return list(range(low, high + 1))
    if "X" not in pattern:
        return [int(pattern)] if low <= int(pattern) <= high else []
    numbers = [0]
    for sign in pattern:
        digits = range(10) if sign == "X" else (int(sign),)
        numbers = [10 * number + digit for number in numbers for digit in digits]
    return [number for number in numbers if low <= number <= high]


def years_of(year: str) -> list[int]:
    """The years that a year can be; for a year of which nothing is known, one leap year."""
    return [_LEAP_YEAR] if year == UNKNOWN_YEAR else fitting(year, 1, 9998)


def extreme_day(date: EdtfDate, which: Literal["first", "last"]) -> tuple[int, int, int] | None:
    """The first or last day (year, month, day) that the date can be; None if there is none."""
    step = 1 if which == "first" else -1
    months = fitting(date.month, 1, 12)[::step]
    days = fitting(date.day, 1, 31)[::step]
    for year in years_of(date.year)[::step]:
        for month in months:
            for day in days:
                if day <= month_length(year, month):
                    return year, month, day
    return None


def local_span(date: EdtfDate) -> tuple[datetime, datetime] | None:
    """[from, to) in local time of a date that is no season, marks disregarded.

    None where nothing is known of the year. `parse_edtf` has made sure that there is a day.
    """
    first, last = extreme_day(date, "first"), extreme_day(date, "last")
    if date.year == UNKNOWN_YEAR or first is None or last is None:
        return None
    if date.time:
        clock = time(date.time.hour, date.time.minute, date.time.second or 0)
        start = datetime.combine(calendar_day(*first), clock)
        unit = timedelta(minutes=1) if date.time.second is None else timedelta(seconds=1)
        return start, start + unit
    return (
        datetime.combine(calendar_day(*first), time()),
        datetime.combine(calendar_day(*last), time()) + timedelta(days=1),
    )
