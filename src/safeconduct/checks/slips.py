"""The slips by which a true account comes to conflict with itself, in the order they are named in.

What one statement would be without the slip; whether that holds is decided elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from safeconduct.casefile.account import Claim
from safeconduct.casefile.findings import Message, Text
from safeconduct.casefile.when import Conventions, Precision, read_when
from safeconduct.checks.material import References
from safeconduct.geo.gazetteer import GazetteerPlace
from safeconduct.geo.spots import Spot
from safeconduct.timeline.moments import MINUTES_A_DAY

MOST_KINDS = 3
FEW_DAYS = 7 * MINUTES_A_DAY
_OF_THE_DAY = (Precision.MINUTE, Precision.SECOND)


def of_most_kinds(tried: Iterable[tuple[Message, bool]]) -> tuple[Message, ...]:
    """Those that hold, until three kinds are full: a month off in either claim is one kind."""
    found: list[Message] = []
    kinds: set[str] = set()
    for message, holds in tried:
        kind = KIND_OF.get(message.id, message.id)
        if len(kinds) == MOST_KINDS and kind not in kinds:
            break
        if holds and message not in found:
            found.append(message)
            kinds.add(kind)
    return tuple(found)


KIND_OF = {
    "repair-year-off": "repair-month-off",
    "repair-other-clock": "repair-old-calendar",
    "repair-ends-earlier": "some-days",
    "repair-ends-later": "some-days",
    "repair-starts-later": "some-days",
}
"""Repairs that are of one kind with another."""


def _month(step: int) -> Callable[[datetime], datetime | None]:
    def change(moment: datetime) -> datetime | None:
        month = moment.month - 1 + step
        year, month = moment.year + month // 12, month % 12 + 1
        for day in (moment.day, 30, 29, 28):
            if day <= moment.day:
                try:
                    return moment.replace(year=year, month=month, day=day)
                except ValueError:
                    continue
        return None

    return change


def _swapped(moment: datetime) -> datetime | None:
    if moment.day > 12 or moment.day == moment.month:
        return None
    return moment.replace(month=moment.day, day=moment.month)


def _old_calendar(moment: datetime) -> datetime | None:
    """A date told by the Julian calendar, which from March 1900 to February 2100 is 13 days behind.

    Found by counting leap years: both calendars, and only one of them in 1900 and 2100.
    """
    return moment + timedelta(days=13) if 1900 < moment.year < 2100 else None


# What people and interpreters most often get wrong about a date, cheapest first.
DATE_CHANGES: tuple[tuple[str, Callable[[datetime], datetime | None]], ...] = (
    ("repair-month-off", _month(1)),
    ("repair-month-off", _month(-1)),
    ("repair-year-off", _month(12)),
    ("repair-year-off", _month(-12)),
    ("repair-day-and-month-swapped", _swapped),
    ("repair-old-calendar", _old_calendar),
)


_TO_THE_MONTH = (*_OF_THE_DAY, Precision.DAY, Precision.MONTH)
_COARSEST = {
    "repair-month-off": _TO_THE_MONTH,
    "repair-day-and-month-swapped": (*_OF_THE_DAY, Precision.DAY),
    "repair-old-calendar": (*_OF_THE_DAY, Precision.DAY),
}


def date_changes(
    claim: Claim,
) -> Iterator[tuple[str, Callable[[datetime], datetime | None]]]:
    """The slips that a date told so finely can have: nobody swaps a day that was not told."""
    if claim.when is None:
        return
    reading = read_when(claim.when, Conventions())
    for name, change in DATE_CHANGES:
        # Of a stretch both ends would have to be swapped, each by itself.
        if reading.is_interval and change is _swapped:
            continue
        if reading.precision in _COARSEST.get(name, (reading.precision,)):
            yield name, change


def other_places(name: str, spot: Spot, references: References) -> Iterator[GazetteerPlace]:
    """The places of a name but the one that is meant."""
    for other in references.gazetteer.lookup(name):
        if other.id != spot.gazetteer_id:
            yield other


def otherwise(claim: Claim, other: Claim) -> Message:
    """What another telling says is what holds."""
    return Message("repair-other-telling", {"claim": Text(claim.id), "other": Text(other.id)})


def retellings(claim: Claim, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of other tellings that tell the same as this one, by what the case says."""
    root = claim.retells or claim.id
    for other in claims:
        if other.id != claim.id and (other.id == root or other.retells == root):
            yield other


Offsets = tuple[int, int] | None


def other_clock(claim: Claim, own: Offsets, others: Iterable[Offsets]) -> tuple[int, ...]:
    """Minutes by which a time of day moves if it was told by the clock of another place.

    None for a date without a time, or with an offset that was told.
    """
    reading = read_when(claim.when, Conventions()) if claim.when else None
    if own is None or reading is None or reading.precision not in _OF_THE_DAY:
        return ()
    if reading.offset_minutes is not None:
        return ()
    shifts = {mine - theirs for pair in others if pair for theirs in pair for mine in own}
    return tuple(sorted(shifts - {0}, key=lambda shift: (abs(shift), shift)))
