"""The slips by which a true account comes to conflict with itself, in the order they are named in.

What one statement would be without the slip; whether that holds is decided elsewhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from safeconduct.casefile.account import Claim
from safeconduct.casefile.edtf import parse_edtf
from safeconduct.casefile.edtf_tree import EdtfError
from safeconduct.casefile.findings import Message, Text
from safeconduct.casefile.when import Conventions, Precision, When, read_when
from safeconduct.checks.material import References
from safeconduct.geo.gazetteer import GazetteerPlace
from safeconduct.geo.spots import Spot
from safeconduct.timeline.moments import MINUTES_A_DAY

MOST_OF_A_KIND, MOST_THAT_BREAK = 4, 2
"""Repairs of one kind that are named, and of those that other claims speak against; further ones
of that kind say little more.
"""

FEW_DAYS = 7 * MINUTES_A_DAY
_OF_THE_DAY = (Precision.MINUTE, Precision.SECOND)


def of_each_kind(tried: Iterable[tuple[str, Callable[[], Message | None]]]) -> tuple[Message, ...]:
    """The repairs that hold, a few of each kind: first those that no other claim speaks against.

    `tried`: a message identifier, and what gives the repair, or None where it does not hold. It
    is not asked any more once its kind is full: a month off in either claim is one kind. Among
    themselves they stay in the order they are tried in.
    """
    found: list[Message] = []
    kinds: dict[tuple[str, bool], int] = {}
    for identifier, attempt in tried:
        kind = KIND_OF.get(identifier, identifier)
        if kinds.get((kind, False), 0) == MOST_OF_A_KIND:
            continue
        message = attempt()
        if message is None or message in found:
            continue
        breaks = "breaks" in message.parameters
        if kinds.get((kind, breaks), 0) < (MOST_THAT_BREAK if breaks else MOST_OF_A_KIND):
            found.append(message)
            kinds[kind, breaks] = kinds.get((kind, breaks), 0) + 1
    return tuple(sorted(found, key=lambda message: "breaks" in message.parameters))


KIND_OF = {
    "repair-ends-earlier": "some-days",
    "repair-ends-later": "some-days",
    "repair-starts-later": "some-days",
    "repair-starts-earlier": "some-days",
    "repair-was-earlier": "some-days",
    "repair-was-later": "some-days",
    "repair-lasted-longer": "duration-off",
    "repair-lasted-shorter": "duration-off",
}
"""Repairs that are of one kind with another."""


Change = Callable[[date], date | None]
"""What a date would be with a slip; None where it cannot have that slip."""


def _month(step: int) -> Change:
    def change(moment: date) -> date | None:
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


def _swapped(moment: date) -> date | None:
    if moment.day > 12 or moment.day == moment.month:
        return None
    return moment.replace(month=moment.day, day=moment.month)


def _old_calendar(moment: date) -> date | None:
    """A date told by the Julian calendar, which from March 1900 to February 2100 is 13 days behind.

    Found by counting leap years: both calendars, and only one of them in 1900 and 2100.
    """
    return moment + timedelta(days=13) if 1900 < moment.year < 2100 else None


# What people and interpreters most often get wrong about a date, cheapest first.
DATE_CHANGES: tuple[tuple[str, Change], ...] = (
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


def date_slips(when: When) -> Iterator[tuple[str, When]]:
    """The slips that a date told so finely can have, each with the date as it would read then.

    Nobody swaps a day that was not told. Of a stretch both ends may have slipped, or one of them.
    What would read as no date, or as a stretch that ends before it starts, is left out.
    """
    precision = read_when(when, Conventions()).precision
    for name, change in DATE_CHANGES:
        if precision in _COARSEST.get(name, (precision,)):
            for edtf in _redated(when.edtf, change):
                try:
                    parse_edtf(edtf)
                except EdtfError:
                    continue
                yield name, When(edtf=edtf)


_ONE_DATE = re.compile(
    r"(?<![0-9])([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?(?=(?:-2[1-4])?(?![0-9X-]))"
)
"""A year, month or day; of a season (`2022-21`) its year."""


def _redated(edtf: str, change: Change) -> Iterator[str]:
    """The text of a date with the change in all of it; of a stretch, also at one end alone."""
    whole = _changed(edtf, change)
    if whole:
        yield whole
    ends = edtf.split("/")
    if len(ends) == 2:
        start, end = (_changed(one, change) for one in ends)
        alone = (start and f"{start}/{ends[1]}", end and f"{ends[0]}/{end}")
        yield from (one for one in alone if one and one != whole)


def _changed(edtf: str, change: Change) -> str | None:
    """None where a date in the text has no such slip."""
    failed = False

    def rewritten(match: re.Match[str]) -> str:
        nonlocal failed
        year, month, of_month = match.groups()
        try:
            otherwise = change(date(int(year), int(month or 1), int(of_month or 1)))
        except ValueError:
            otherwise = None
        failed = failed or otherwise is None
        told = sum(part is not None for part in match.groups())
        return match[0] if otherwise is None else "-".join(f"{otherwise}".split("-")[:told])

    text = _ONE_DATE.sub(rewritten, edtf)
    return None if failed or text == edtf else text


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
