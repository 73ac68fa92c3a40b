"""A vague date → what it says: bounds in local time, the reasons for their width, and UTC bounds.

Nothing is guessed: a mark or a season that the case does not declare leaves its side unbounded
and is named in `missing`. Rules and examples: docs/reference/dates.md. Prose is for `wording`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from safeconduct.casefile.edtf import EdtfDate, EdtfRange, End, Interval, OneOf, parse_edtf
from safeconduct.casefile.edtf_tree import Precision
from safeconduct.casefile.when_bounds import bound_of
from safeconduct.casefile.when_values import (
    Bound,
    Conventions,
    Padding,
    Reading,
    Season,
    Seasons,
    When,
    WidthMessage,
    WidthReason,
)

__all__ = [
    "WIDEST_OFFSETS",
    "Bound",
    "Conventions",
    "Padding",
    "Precision",
    "Reading",
    "Season",
    "Seasons",
    "When",
    "WidthMessage",
    "WidthReason",
    "read_when",
    "utc",
]

WIDEST_OFFSETS = (-12 * 60, 14 * 60)
"""Minutes east of UTC of every offset that a date may state, least and most."""


def read_when(when: When, conventions: Conventions) -> Reading:
    """What a vague date says under the conventions of its case. Raises EdtfError."""
    tree = parse_edtf(when.edtf)
    if isinstance(tree, OneOf):
        return _read_set(when, tree, conventions)
    if isinstance(tree, Interval):
        return _read_interval(when, tree, conventions)
    return _read_date(when, tree, conventions)


def utc(bound: Bound, offsets: tuple[int, int] | None) -> Bound:
    """A bound in local time → aware datetimes in UTC that hold whatever the offset was.

    `offsets`: least and most minutes east of UTC of the place's zone; None where it is not known
    (UTC-12:00 to UTC+14:00). An offset that the date itself states goes before both.
    """
    stated = bound.offset_minutes
    least, most = (stated, stated) if stated is not None else offsets or WIDEST_OFFSETS
    return Bound(
        earliest=_shifted(bound.earliest, -most),
        latest=_shifted(bound.latest, -least),
        offset_minutes=0,
    )


def _shifted(moment: datetime | None, minutes: int) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC) + timedelta(minutes=minutes)


def _read_date(when: When, date: EdtfDate, conventions: Conventions) -> Reading:
    bound, width, missing = bound_of(date, conventions, "date")
    return Reading(
        when=when,
        start=bound,
        end=bound,
        is_interval=False,
        precision=date.precision,
        offset_minutes=bound.offset_minutes,
        width=width,
        missing=missing,
    )


def _read_interval(when: When, interval: Interval, conventions: Conventions) -> Reading:
    start, start_width, start_missing = _read_end(interval.start, conventions, "start")
    end, end_width, end_missing = _read_end(interval.end, conventions, "end")
    width = start_width + end_width
    if _reversed(start, end):
        # Only seasons get here (see `parse_edtf`): as declared, the second ends before the first.
        start = end = Bound()
        reason = WidthReason(message=WidthMessage.SEASONS_REVERSED, parameters={"edtf": when.edtf})
        width = (*width, reason)
    dates = [date for date in (interval.start, interval.end) if isinstance(date, EdtfDate)]
    return Reading(
        when=when,
        start=start,
        end=end,
        is_interval=True,
        precision=_coarsest(date.precision for date in dates),
        offset_minutes=_common({date.offset_minutes for date in dates}),
        width=width,
        missing=tuple(dict.fromkeys(start_missing + end_missing)),
    )


def _read_end(
    end: EdtfDate | End, conventions: Conventions, part: str
) -> tuple[Bound, tuple[WidthReason, ...], tuple[str, ...]]:
    if isinstance(end, EdtfDate):
        return bound_of(end, conventions, part)
    state = "open" if end is End.OPEN else "unknown"
    return Bound(), (WidthReason(message=WidthMessage(f"date-{state}-{part}")),), ()


def _reversed(start: Bound, end: Bound) -> bool:
    if start.earliest is None or end.latest is None:
        return False
    if start.offset_minutes != end.offset_minutes:
        return False
    return end.latest <= start.earliest


def _read_set(when: When, tree: OneOf, conventions: Conventions) -> Reading:
    """The hull of the members, in the local time of the first of them."""
    members = tuple(_read_member(member, conventions) for member in tree.members)
    offset = members[0].start.offset_minutes
    starts = [_in_offset(member.start, offset) for member in members]
    ends = [_in_offset(member.end, offset) for member in members]
    count = WidthReason(
        message=WidthMessage.ONE_OF_SET,
        parameters={"edtf": when.edtf, "members": str(len(members))},
    )
    return Reading(
        when=when,
        start=_hull(starts, offset),
        end=_hull(ends, offset),
        is_interval=False,
        precision=_coarsest(member.precision for member in members),
        offset_minutes=offset,
        width=(count, *(reason for member in members for reason in member.width)),
        alternatives=members,
        missing=tuple(dict.fromkeys(name for member in members for name in member.missing)),
    )


def _read_member(member: EdtfDate | EdtfRange, conventions: Conventions) -> Reading:
    if isinstance(member, EdtfDate):
        return _read_date(When(edtf=member.text), member, conventions)
    first = bound_of(member.first, conventions, "start").bound if member.first else Bound()
    last = bound_of(member.last, conventions, "end").bound if member.last else Bound()
    offset = first.offset_minutes if member.first else last.offset_minutes
    bound = Bound(
        earliest=first.earliest,
        latest=_in_offset(last, offset).latest,
        offset_minutes=offset,
    )
    either = WidthMessage.ON_OR_AFTER if member.first else WidthMessage.ON_OR_BEFORE
    message = WidthMessage.SET_RANGE if member.first and member.last else either
    return Reading(
        when=When(edtf=f"[{member.text}]"),
        start=bound,
        end=bound,
        is_interval=False,
        precision=_coarsest(one.precision for one in (member.first, member.last) if one),
        offset_minutes=offset,
        width=(WidthReason(message=message, parameters={"edtf": member.text}),),
    )


def _in_offset(bound: Bound, offset: int | None) -> Bound:
    """The same bound in the local time of another offset; both state one, or neither."""
    if offset is None or bound.offset_minutes is None:
        return bound
    by = timedelta(minutes=offset - bound.offset_minutes)
    return Bound(
        earliest=None if bound.earliest is None else bound.earliest + by,
        latest=None if bound.latest is None else bound.latest + by,
        offset_minutes=offset,
    )


def _hull(bounds: list[Bound], offset: int | None) -> Bound:
    earliest = [bound.earliest for bound in bounds if bound.earliest is not None]
    latest = [bound.latest for bound in bounds if bound.latest is not None]
    return Bound(
        # One member without a bound leaves the whole without it.
        earliest=min(earliest) if len(earliest) == len(bounds) else None,
        latest=max(latest) if len(latest) == len(bounds) else None,
        offset_minutes=offset,
    )


def _coarsest(precisions: Iterable[Precision]) -> Precision:
    return max(precisions, key=list(Precision).index)


def _common(offsets: set[int | None]) -> int | None:
    return offsets.pop() if len(offsets) == 1 else None
