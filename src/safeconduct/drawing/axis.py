"""A time axis: minutes of UTC → pixels, broken where long stretches hold nothing, and its ticks.

It chooses units by how much room there is; it knows nothing of claims.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from safeconduct.drawing.house import SMALL
from safeconduct.drawing.text import width_of
from safeconduct.timeline.moments import MINUTES_A_DAY, minutes_of, moment_of
from safeconduct.wording import dates
from safeconduct.wording.language import Language

YEAR = 365 * MINUTES_A_DAY
BREAK_WIDTH = 30.0
LEAST_SEGMENT = 44.0
_LABEL_ROOM = 9.0

# Ticks reach beyond what is shown; a calendar ends at the year 9999.
_FIRST, _LAST = datetime(60, 1, 1, tzinfo=UTC), datetime(9900, 1, 1, tzinfo=UTC)

Span = tuple[int, int]


class Segment(msgspec.Struct, frozen=True):
    """A stretch of time that is drawn to one scale, from x0 to x1."""

    start: int
    end: int
    x0: float
    x1: float

    @property
    def per_minute(self) -> float:
        """Pixels a minute."""
        return (self.x1 - self.x0) / (self.end - self.start)


class Tick(msgspec.Struct, frozen=True):
    """A mark where a unit of time begins; `shorter` for where its label has no room."""

    x: float
    label: str
    shorter: tuple[str, ...] = ()

    def fitting(self, room: float) -> str:
        """The longest of its labels that fits, in bold; "" if none does."""
        labels = (self.label, *self.shorter)
        return next((one for one in labels if width_of(one, SMALL, True) <= room), "")


class Axis(msgspec.Struct, frozen=True):
    """Segments in order of time; between two of them the axis is broken."""

    segments: tuple[Segment, ...]

    def x(self, minutes: int) -> float:
        """Where a moment stands; one in a break stands in its middle, one outside at the edge."""
        for i, segment in enumerate(self.segments):
            if minutes < segment.start:
                return segment.x0 if i == 0 else segment.x0 - BREAK_WIDTH / 2
            if minutes <= segment.end:
                return segment.x0 + (minutes - segment.start) * segment.per_minute
        return self.segments[-1].x1

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middle of each break."""
        return tuple(one.x0 - BREAK_WIDTH / 2 for one in self.segments[1:])

    @property
    def ends(self) -> tuple[float, float]:
        """Where the axis begins and ends."""
        return self.segments[0].x0, self.segments[-1].x1


def axis_of(spans: Iterable[Span], x0: float, x1: float) -> Axis | None:
    """An axis from x0 to x1 that shows all spans (minutes, start ≤ end); None without any."""
    first, last = minutes_of(_FIRST), minutes_of(_LAST)
    merged = _merged(
        sorted((min(max(start, first), last), min(max(end, first), last)) for start, end in spans)
    )
    if not merged:
        return None
    return Axis(tuple(_segments(_padded(merged), x0, x1)))


def _merged(spans: list[Span]) -> list[Span]:
    """Stretches between which a year and more is empty, and much of the whole."""
    found: list[Span] = []
    told = sum(end - start for start, end in _joined(spans, 0))
    for start, end in _joined(spans, max(YEAR, told // 3)):
        found.append((start, end))
    return found


def _joined(spans: list[Span], within: int) -> list[Span]:
    found: list[Span] = []
    for start, end in spans:
        if found and start - found[-1][1] <= within:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _padded(stretches: list[Span]) -> list[Span]:
    whole = sum(end - start for start, end in stretches)
    pad = max(whole // 40, 60)
    return [(start - pad, end + pad) for start, end in stretches]


def _segments(stretches: list[Span], x0: float, x1: float) -> Iterator[Segment]:
    room = x1 - x0 - BREAK_WIDTH * (len(stretches) - 1)
    least = min(LEAST_SEGMENT, room / len(stretches))
    whole = sum(end - start for start, end in stretches)
    spare = room - least * len(stretches)
    at = x0
    for start, end in stretches:
        width = least + spare * (end - start) / whole
        yield Segment(start, end, at, at + width)
        at += width + BREAK_WIDTH


STEPS = (
    *(("hour", 1), ("hour", 3), ("hour", 6), ("hour", 12), ("day", 1), ("day", 2), ("day", 5)),
    *(("day", 10), ("month", 1), ("month", 2), ("month", 3), ("month", 6), ("year", 1)),
    *(("year", 2), ("year", 5), ("year", 10), ("year", 20), ("year", 50)),
)
_ABOVE = {"hour": "day", "day": "month", "month": "year", "year": "year"}
_MINUTES = {"hour": 60, "day": MINUTES_A_DAY, "month": 30 * MINUTES_A_DAY, "year": YEAR}


class Ticks(msgspec.Struct, frozen=True):
    """The ticks of a segment, and what the unit above is called where the segment begins."""

    minor: tuple[Tick, ...]
    major: tuple[Tick, ...]
    first: Tick
    of_day: bool


def ticks(segment: Segment, language: Language) -> Ticks:
    """Ticks of the finest unit whose labels have room, and those of the unit above."""
    unit, step = next(
        (
            (unit, step)
            for unit, step in STEPS
            if step * _MINUTES[unit] * segment.per_minute > _widest(unit, language) + _LABEL_ROOM
        ),
        STEPS[-1],
    )
    above = _ABOVE[unit]
    minor = () if unit == above else tuple(_moments(segment, unit, step))
    major = tuple(_moments(segment, above, step if unit == above else 1))
    return Ticks(
        tuple(Tick(_at(segment, one), _label(one, unit, language)) for one in minor),
        tuple(Tick(_at(segment, one), *_above(one, above, language)) for one in major),
        Tick(segment.x0, *_above(moment_of(segment.start), above, language)),
        unit == "hour",
    )


def _at(segment: Segment, moment: datetime) -> float:
    return segment.x0 + (minutes_of(moment) - segment.start) * segment.per_minute


def _moments(segment: Segment, unit: str, step: int) -> Iterator[datetime]:
    """The moments within a segment at which a unit begins."""
    last = segment.end
    moment = _floor(moment_of(segment.start), unit, step)
    while minutes_of(moment) <= last:
        if minutes_of(moment) >= segment.start:
            yield moment
        moment = _next(moment, unit, step)


def _floor(moment: datetime, unit: str, step: int) -> datetime:
    day = moment.replace(hour=0, minute=0)
    match unit:
        case "hour":
            return moment.replace(hour=moment.hour // step * step, minute=0)
        case "day":
            return day.replace(day=(moment.day - 1) // step * step + 1)
        case "month":
            return day.replace(month=(moment.month - 1) // step * step + 1, day=1)
        case _:
            return datetime(max(1, moment.year // step * step), 1, 1, tzinfo=UTC)


def _next(moment: datetime, unit: str, step: int) -> datetime:
    match unit:
        case "hour":
            return moment + timedelta(hours=step)
        case "day":
            later = moment + timedelta(days=step)
            # A last step of a day or two would leave its label no room.
            crowded = later.month == moment.month and step > 1 and later.day > 31 - step // 2
            return _month_on(moment, 1) if crowded or later.month != moment.month else later
        case "month":
            return _month_on(moment, step)
        case _:
            return moment.replace(year=moment.year + step)


def _month_on(moment: datetime, step: int) -> datetime:
    months = moment.year * 12 + moment.month - 1 + step
    return moment.replace(year=months // 12, month=months % 12 + 1, day=1)


def _widest(unit: str, language: Language) -> float:
    labels = {
        "hour": ("00:00",),
        "day": ("30",),
        "month": tuple(language.text(f"drawing-month-{month}") for month in range(1, 13)),
        "year": ("2022",),
    }[unit]
    return max(width_of(label, SMALL, unit == "year") for label in labels)


def _label(moment: datetime, unit: str, language: Language) -> str:
    match unit:
        case "hour":
            return moment.strftime("%H:%M")
        case "day":
            return str(moment.day)
        case _:
            return language.text(f"drawing-month-{moment.month}")


def _above(moment: datetime, unit: str, language: Language) -> tuple[str, tuple[str, ...]]:
    """The label of a year, a month or a day, and shorter ones."""
    short = language.text(f"drawing-month-{moment.month}")
    match unit:
        case "day":
            day = language.text("drawing-short-day").format(day=moment.day, month=short)
            return dates.day(moment.date(), language), (f"{day} {moment.year}", day)
        case "month":
            name = language.text(f"month-{moment.month}")
            full = language.text("date-month").format(month=name, year=moment.year)
            return full, (f"{short} {moment.year}", short)
        case _:
            return str(moment.year), ()
