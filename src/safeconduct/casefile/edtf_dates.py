"""The text of one date → an `EdtfDate`, or an `EdtfError` that names the part at fault."""

import re

from safeconduct.casefile.edtf_calendar import extreme_day, fitting, month_length
from safeconduct.casefile.edtf_tree import (
    FIRST_YEAR,
    LAST_YEAR,
    UNKNOWN_YEAR,
    EdtfDate,
    EdtfError,
    Mark,
    Precision,
    TimeOfDay,
    quoted,
    year_precision,
)

# [0-9], not \d: digits of other scripts are no EDTF. A mark may stand on either side.
_DATE = re.compile(
    r"([?~%]?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}(?::[0-9]{2})?)?([?~%]?))?"
)
_YEAR, _MONTH, _DAY, _HOUR, _MINUTE, _SECOND, _OFFSET, _LAST_MARK = 2, 5, 8, 10, 11, 12, 13, 14

_FORMS = "2022, 2022-09, 2022-09-28, 2022-09-28T23:50+05:00 or a season such as 2022-21"
_YEARS = f"a year of four digits from {FIRST_YEAR} to {LAST_YEAR}"

# Why a text is no date, the first that fits: pattern, what was found, what is accepted.
_HINTS = (
    (r"[^ -~]", "a character that no date has", f"digits 0 to 9 and signs, such as {_FORMS}"),
    (r"\s", "a space", "a date without spaces; `T` before the time of day"),
    (r"^[?~%]?Y", "a year with the prefix Y", _YEARS),
    (r"^[?~%]?-", "a year before the common era", _YEARS),
    (r"^[?~%]?Y?[0-9]+(E[0-9]+)?S[0-9]", "significant digits", "X for a digit that is not known"),
    (r"[{}]", "all of a set", "one claim for each date, or [ , ] for one of several"),
    (
        r"[\[\],]",
        "a sign of a set",
        "one pair of brackets around the whole: [2022-09-20,2022-09-22]",
    ),
    (r"\.\.", "`..` between dates", "a slash for an interval, or [ .. ] for one of a range"),
    (r"[0-9][./][0-9]{1,2}[./][0-9]", "a date in another order", "year-month-day: 2022-09-28"),
    (r"/", "a slash", "one slash, between the start and the end of an interval"),
    (r"^[0-9]{5,}", "digits without hyphens", "year-month-day: 2022-09-28"),
    (r"[xu]", "a small letter for a digit", "X for a digit that is not known"),
    (r"[?~%]{2}", "two marks in one place", "one mark: `~`, `?`, or `%` for both"),
    (r"T[0-9:]+[.,]", "a fraction of a second", "whole seconds: T23:50:07"),
    (r"T[0-9]{2}([^0-9:]|$)", "an hour without minutes", "hours and minutes: T23:50"),
    (r"-[0-9X](-|T|$)", "one digit for a month or day", "two digits: 2022-09-05"),
)


def parse_date(text: str, at: int = 0) -> EdtfDate:
    """One date (no interval, no set). `at` is its position in the whole text, for errors."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _unreadable(text, at)
    year, month, day = match[_YEAR], match[_MONTH], match[_DAY]
    _check_year(year, at + match.start(_YEAR))
    season = _season(month)
    if season:
        if day:
            raise EdtfError(
                f"a day in season {season}", "2022-21 to 2022-24", at + match.start(_DAY)
            )
        month = None
    elif month:
        _check_month(month, at + match.start(_MONTH))
    date = EdtfDate(
        text=text,
        year=year,
        month=month,
        season=season,
        day=day,
        time=_time(match, at),
        marks=_marks(match, at, season is not None),
    )
    _check_day(date, at + match.start(_DAY))
    return date


def _unreadable(text: str, at: int) -> EdtfError:
    if not text:
        return EdtfError("nothing", _FORMS, at)
    for pattern, found, accepted in _HINTS:
        hint = re.search(pattern, text)
        if hint:
            return EdtfError(f"{found} ({quoted(hint[0])})", accepted, at + hint.start())
    return EdtfError(f"{quoted(text)}, which is no date", _FORMS, at)


def _check_year(year: str, at: int) -> None:
    if year == UNKNOWN_YEAR:
        return
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < FIRST_YEAR or high > LAST_YEAR:
        accepted = _YEARS + (", all that it can be; XXXX if not known" if "X" in year else "")
        raise EdtfError(f"the year {year}", accepted, at)


def _season(month: str | None) -> int | None:
    return int(month) if month in ("21", "22", "23", "24") else None


def _check_month(month: str, at: int) -> None:
    if fitting(month, 1, 12):
        return
    if "X" not in month and 25 <= int(month) <= 41:
        found = f"the season or part of a year {month}, which is level 2 of EDTF"
        raise EdtfError(found, "seasons 21 to 24, or an interval of months", at)
    raise EdtfError(f"the month {month}", "01 to 12, or 21 to 24 for a season", at)


def _check_day(date: EdtfDate, at: int) -> None:
    if extreme_day(date, "first"):
        return
    found = f"the day {date.day}"
    if date.unspecified or date.month is None:
        raise EdtfError(f"{found} of {date.year}-{date.month}", "a day that can exist", at)
    most = month_length(int(date.year), int(date.month))
    raise EdtfError(f"{found} of {date.year}-{date.month}", f"a day from 01 to {most}", at)


def _time(match: re.Match[str], at: int) -> TimeOfDay | None:
    if match[_HOUR] is None:
        return None
    where = at + match.start(_HOUR)
    if match[_DAY] is None:
        raise EdtfError("a time of day without a day", "2022-09-28T23:50", where)
    if "X" in match[_YEAR] + match[_MONTH] + match[_DAY]:
        raise EdtfError("a time of day on a day with unspecified digits", "a full date", where)
    for group, most in ((_HOUR, 23), (_MINUTE, 59), (_SECOND, 59)):
        if match[group] and int(match[group]) > most:
            raise EdtfError(
                f"the time of day {match[group]} of {match[_HOUR]}:{match[_MINUTE]}",
                "00:00 to 23:59, seconds to 59",
                at + match.start(group),
            )
    return TimeOfDay(
        hour=int(match[_HOUR]),
        minute=int(match[_MINUTE]),
        second=int(match[_SECOND]) if match[_SECOND] else None,
        offset_minutes=_offset(match[_OFFSET], at + match.start(_OFFSET)),
    )


def _offset(text: str | None, at: int) -> int | None:
    if text is None:
        return None
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6] or 0)
    offset = (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)
    if minutes > 59 or not -12 * 60 <= offset <= 14 * 60 or (offset == 0 and text[0] == "-"):
        raise EdtfError(f"the offset {text}", "Z, or -12:00 to +14:00 from UTC", at)
    return offset


def _marks(match: re.Match[str], at: int, season: bool) -> tuple[tuple[Precision, Mark], ...]:
    """Each mark with the component beside which it stands, finest last."""
    marks = []
    middle = Precision.SEASON if season else Precision.MONTH
    components = ((_YEAR, year_precision(match[_YEAR])), (_MONTH, middle), (_DAY, Precision.DAY))
    for group, precision in components:
        left, right = match[group - 1], match[group + 1]
        if left and right:
            where = at + match.start(group + 1)
            raise EdtfError(f"marks on both sides of {match[group]}", "one; `%` for both", where)
        if left or right:
            marks.append((precision, Mark(left or right)))
    if match[_HOUR] and marks:
        where = at + match.start(_HOUR)
        raise EdtfError("a mark before a time of day", "a mark at the end of it", where)
    if match[_LAST_MARK]:
        finest = Precision.SECOND if match[_SECOND] else Precision.MINUTE
        marks.append((finest, Mark(match[_LAST_MARK])))
    return tuple(marks)
