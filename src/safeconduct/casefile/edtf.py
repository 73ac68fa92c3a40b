"""A date text → a tree: ISO 8601-2 (EDTF) levels 0 and 1, and of level 2 what accounts need.

Of level 2: one of a set, unspecified digits anywhere, marks on single components. Beyond EDTF: a
time of day in intervals and sets, and a mark after one. Refused with a clear error: all of a set,
seasons 25 to 41, years outside 1800 to 2199 and their other spellings. It knows the calendar, but
not how wide a mark or a season is: that is for `when`. Rules: Library of Congress, Extended
Date/Time Format specification, 2019-02-04 (see docs/reference/dates.md).
"""

from datetime import datetime, timedelta

from safeconduct.casefile.edtf_calendar import local_span
from safeconduct.casefile.edtf_dates import parse_date
from safeconduct.casefile.edtf_tree import (
    Edtf,
    EdtfDate,
    EdtfError,
    EdtfRange,
    End,
    Interval,
    Mark,
    OneOf,
    Precision,
    TimeOfDay,
)

__all__ = [
    "Edtf",
    "EdtfDate",
    "EdtfError",
    "EdtfRange",
    "End",
    "Interval",
    "Mark",
    "OneOf",
    "Precision",
    "TimeOfDay",
    "parse_edtf",
]

# Longer texts are no dates that a person told; refused before they are looked at.
MOST_CHARACTERS = 1000
MOST_MEMBERS = 50


def parse_edtf(text: str) -> Edtf:
    """An EDTF text → a date, an interval or a set. Raises EdtfError, and nothing else."""
    if len(text) > MOST_CHARACTERS:
        raise EdtfError(f"{len(text)} characters", f"at most {MOST_CHARACTERS}", MOST_CHARACTERS)
    if text.startswith("["):
        return _one_of(text)
    if text.count("/") == 1:
        return _interval(text)
    return parse_date(text)


_EARLIER_FIRST = (
    "the earlier date first; where the clock was put back on the way, times with their offsets "
    "(2022-07-28T00:30+05:00/2022-07-27T23:40+03:00)"
)


def _interval(text: str) -> Interval:
    first, _, second = text.partition("/")
    start, end = _end(first, 0), _end(second, len(first) + 1)
    if isinstance(start, End) and isinstance(end, End):
        raise EdtfError("an interval without a date", "a start, an end or both", 0)
    if isinstance(start, EdtfDate) and isinstance(end, EdtfDate) and _ends_before(end, start):
        found = f"an interval that ends ({second}) before it starts ({first})"
        raise EdtfError(found, _EARLIER_FIRST, len(first) + 1)
    return Interval(start=start, end=end)


def _end(text: str, at: int) -> EdtfDate | End:
    return End(text) if text in ("", "..") else parse_date(text, at)


def _ends_before(end: EdtfDate, start: EdtfDate) -> bool:
    """Is the last moment of the one before the first of the other, marks disregarded?

    Padding only widens, so an interval that passes never turns round by its marks. Seasons are
    left to the reading: their months are declared by the case.
    """
    if end.season or start.season:
        return False
    ends, starts = local_span(end), local_span(start)
    if ends is None or starts is None:
        return False
    last, first = _in_utc(ends[1], end), _in_utc(starts[0], start)
    if (end.offset_minutes is None) != (start.offset_minutes is None):
        last += timedelta(hours=14)  # the widest that the offset of the other can be
    return last <= first


def _in_utc(moment: datetime, date: EdtfDate) -> datetime:
    return moment - timedelta(minutes=date.offset_minutes or 0)


def _one_of(text: str) -> OneOf:
    if not text.endswith("]"):
        raise EdtfError("a set without its closing bracket", "[2022-09-20,2022-09-22]", len(text))
    parts = text[1:-1].split(",")
    if len(parts) > MOST_MEMBERS:
        raise EdtfError(f"a set of {len(parts)} dates", f"at most {MOST_MEMBERS}", 0)
    members, at = [], 1
    for index, part in enumerate(parts):
        members.append(_member(part, at, index == 0, index == len(parts) - 1))
        at += len(part) + 1
    if len({_states_offset(member) for member in members}) > 1:
        raise EdtfError("an offset in some of the set's dates", "an offset in all or in none", 0)
    return OneOf(members=tuple(members))


def _member(text: str, at: int, is_first: bool, is_last: bool) -> EdtfDate | EdtfRange:
    before, dots, after = text.partition("..")
    if not dots:
        return parse_date(text, at)
    if not (before or after) or not (before or is_first) or not (after or is_last):
        accepted = "[..2022-09-22] or [2022-09-20..] with the dots at the end of the set"
        raise EdtfError("`..` without a date beside it", accepted, at)
    first = _plain(before, at) if before else None
    last = _plain(after, at + len(before) + 2) if after else None
    if first and last:
        _check_range(first, last, at)
    return EdtfRange(text=text, first=first, last=last)


def _plain(text: str, at: int) -> EdtfDate:
    date = parse_date(text, at)
    if date.marks or date.unspecified or date.season:
        found = f"a mark, an unspecified digit or a season in a range ({text})"
        raise EdtfError(found, "plain dates on both sides of `..`", at)
    return date


def _check_range(first: EdtfDate, last: EdtfDate, at: int) -> None:
    if first.precision is not last.precision:
        found = f"a range from a {first.precision} to a {last.precision}"
        raise EdtfError(found, "the same precision on both sides of `..`", at)
    if (first.offset_minutes is None) != (last.offset_minutes is None):
        raise EdtfError("an offset on one side of a range", "an offset on both or none", at)
    if _ends_before(last, first):
        raise EdtfError("a range that ends before it starts", "the earlier date first", at)


def _states_offset(member: EdtfDate | EdtfRange) -> bool:
    dates = (member,) if isinstance(member, EdtfDate) else (member.first, member.last)
    return any(date is not None and date.offset_minutes is not None for date in dates)
