"""One date of a tree → its bound, why it is that wide, and what the case leaves undeclared."""

from datetime import date as calendar_day
from datetime import datetime, time, timedelta
from typing import NamedTuple

from safeconduct.casefile.durations import DurationParts, duration_parts
from safeconduct.casefile.edtf_calendar import local_span, month_length, years_of
from safeconduct.casefile.edtf_tree import UNKNOWN_YEAR, EdtfDate, Mark, Precision
from safeconduct.casefile.when_values import (
    Bound,
    Conventions,
    Season,
    WidthMessage,
    WidthReason,
)

_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Kept away from the ends of the calendar, so that an offset can always be added.
_FIRST, _LAST = datetime.fromisoformat("0001-01-03"), datetime.fromisoformat("9999-12-29")


class DateBound(NamedTuple):
    """The bound of one date, with reasons for its width and conventions that are missing."""

    bound: Bound
    width: tuple[WidthReason, ...]
    missing: tuple[str, ...] = ()


def bound_of(date: EdtfDate, conventions: Conventions, part: str) -> DateBound:
    """1. the days that are written; 2. widened by its marks. `part`: date, start or end."""
    written = _written(date, conventions, part)  # 1
    if date.year == UNKNOWN_YEAR or not date.marks:
        return written
    return _widened(date, written, conventions, part)  # 2


def _reason(message: WidthMessage, date: EdtfDate, part: str, **more: str) -> WidthReason:
    return WidthReason(message=message, parameters={"part": part, "edtf": date.text, **more})


def _written(date: EdtfDate, conventions: Conventions, part: str) -> DateBound:
    if date.season:
        return _season_bound(date, conventions, part)
    span = local_span(date)
    if span is None:
        return DateBound(Bound(), (_reason(WidthMessage.UNSPECIFIED_YEAR, date, part),))
    message = (
        WidthMessage.UNSPECIFIED_DIGIT
        if date.unspecified
        else WidthMessage(f"date-{date.precision}-precision")
    )
    bound = Bound(earliest=span[0], latest=span[1], offset_minutes=date.offset_minutes)
    return DateBound(bound, (_reason(message, date, part),))


def _season_bound(date: EdtfDate, conventions: Conventions, part: str) -> DateBound:
    name = _SEASONS[date.season or 0]
    season: Season | None = getattr(conventions.seasons, name, None)
    if season is None:
        missing = _reason(WidthMessage.SEASON_MISSING, date, part, season=name)
        return DateBound(Bound(), (missing,), (f"seasons.{name}",))
    months = ", ".join(str(month) for month in season.months)
    width = [_reason(WidthMessage.SEASON, date, part, season=name, months=months)]
    if season.crosses_the_year and season.year_of is None:
        width.append(_reason(WidthMessage.SEASON_YEAR, date, part, season=name))
    if date.year == UNKNOWN_YEAR:
        width.append(_reason(WidthMessage.UNSPECIFIED_YEAR, date, part))
        return DateBound(Bound(), tuple(width))
    if date.unspecified:
        width.append(_reason(WidthMessage.UNSPECIFIED_DIGIT, date, part))
    return DateBound(_season_span(date, season), tuple(width))


def _season_span(date: EdtfDate, season: Season) -> Bound:
    years = years_of(date.year)
    first, last = years[0], years[-1]
    if season.crosses_the_year:
        # Of a season over two years, `first` is the year it begins in, `last` that it ends in.
        first -= season.year_of != "start"
        last += season.year_of != "end"
    end = calendar_day(last, season.months[-1], month_length(last, season.months[-1])) + timedelta(
        days=1
    )
    return Bound(
        earliest=datetime.combine(calendar_day(first, season.months[0], 1), time()),
        latest=datetime.combine(end, time()),
    )


def _widened(date: EdtfDate, written: DateBound, conventions: Conventions, part: str) -> DateBound:
    """Adds the padding of every mark to both sides; if one is not declared, bounds nothing."""
    width, missing = list(written.width), list(written.missing)
    months, rest = 0, timedelta()
    for precision, kind, message in _paddings(date):
        declared = getattr(conventions, kind)
        text = declared.of(precision) if declared else None
        if text is None:
            convention = f"{kind}.{precision}"
            missing.append(convention)
            width.append(_reason(WidthMessage.PADDING_MISSING, date, part, convention=convention))
            continue
        padding = duration_parts(text)
        months, rest = months + padding.months, rest + padding.rest
        width.append(_reason(message, date, part, precision=precision.value, padding=text))
    if missing:
        unbounded = Bound(offset_minutes=written.bound.offset_minutes)
        return DateBound(unbounded, tuple(width), tuple(dict.fromkeys(missing)))
    total = DurationParts(months, rest)
    bound = Bound(
        earliest=_earlier(written.bound.earliest, total),
        latest=_later(written.bound.latest, total),
        offset_minutes=written.bound.offset_minutes,
    )
    return DateBound(bound, tuple(width))


def _paddings(date: EdtfDate) -> list[tuple[Precision, str, WidthMessage]]:
    """Which conventions the marks call for: `~` approximate, `?` uncertain, `%` both."""
    called = []
    for precision, mark in date.marks:
        if mark is not Mark.UNCERTAIN:
            called.append((precision, "approximate", WidthMessage.APPROXIMATE))
        if mark is not Mark.APPROXIMATE:
            called.append((precision, "uncertain", WidthMessage.UNCERTAIN))
    return called


def _earlier(moment: datetime | None, by: DurationParts) -> datetime | None:
    """Earlier by calendar months, then by fixed time; 31 March less a month is 28 February."""
    if moment is None:
        return None
    year, month = divmod(moment.year * 12 + moment.month - 1 - by.months, 12)
    if year < 1:
        return None
    day = min(moment.day, month_length(year, month + 1))
    return _within(moment.replace(year=year, month=month + 1, day=day), -by.rest)


def _later(moment: datetime | None, by: DurationParts) -> datetime | None:
    """Later by calendar months, then by fixed time; never short of the month's end."""
    if moment is None:
        return None
    year, month = divmod(moment.year * 12 + moment.month - 1 + by.months, 12)
    if year > _LAST.year:
        return None
    if moment.day <= month_length(year, month + 1):
        return _within(moment.replace(year=year, month=month + 1, day=moment.day), by.rest)
    # 31 January and a month: all of February may be meant, so up to 1 March.
    return _within(moment.replace(year=year, month=month + 2, day=1), by.rest)


def _within(moment: datetime, by: timedelta) -> datetime | None:
    try:
        moved = moment + by
    except OverflowError:
        return None
    return moved if _FIRST <= moved <= _LAST else None
