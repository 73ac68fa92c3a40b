"""The cheapest innocent explanations of a conflict between two placings of a person.

Each is a small change to one statement under which both could hold, tried in a declared order:
another place of the same name, the month or the year, day and month swapped, an end or a start some
days off. They are for the investigator only, and choose nothing: which statement is to be asked
about, the applicant says.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.findings import Message, Text
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import Conventions, read_when
from safeconduct.checks.material import References, lapse
from safeconduct.geo.gazetteer import GazetteerPlace
from safeconduct.geo.resolving import Resolved, resolve
from safeconduct.geo.spots import Spot
from safeconduct.timeline.moments import MINUTES_A_DAY
from safeconduct.timeline.network import Limit
from safeconduct.timeline.presences import Presence

MOST_KINDS = 3
FEW_DAYS = 7 * MINUTES_A_DAY

Holds = Callable[[Presence, Presence], bool]
"""Can two presences, one of them changed, both hold?"""


def repairs(
    first: Presence, second: Presence, short_by: int, holds: Holds, references: References
) -> tuple[Message, ...]:
    """Repairs of up to three kinds, in the declared order. `short_by`: minutes that are missing."""
    changes = _changes(first, second, short_by, references)
    return of_most_kinds((message, holds(one, other)) for message, one, other in changes)


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
    "repair-ends-earlier": "some-days",
    "repair-ends-later": "some-days",
    "repair-starts-later": "some-days",
}
"""Repairs that are of one kind with another."""


def _changes(
    first: Presence, second: Presence, short_by: int, references: References
) -> Iterator[tuple[Message, Presence, Presence]]:
    for message, changed in _homonyms(first, references):
        yield message, changed, second
    for message, changed in _homonyms(second, references):
        yield message, first, changed
    for name, change in DATE_CHANGES:
        for changed in _redated(first, change):
            yield Message(name, {"claim": Text(first.claim.id)}), changed, second
        for changed in _redated(second, change):
            yield Message(name, {"claim": Text(second.claim.id)}), first, changed
    if 0 < short_by <= FEW_DAYS:
        by = lapse(short_by)
        earlier = Message("repair-ends-earlier", {"claim": Text(first.claim.id), "by": by})
        yield earlier, _moved_end(first, -short_by), second
        later = Message("repair-starts-later", {"claim": Text(second.claim.id), "by": by})
        yield later, first, _moved_start(second, short_by)


def _moved_end(presence: Presence, minutes: int) -> Presence:
    return msgspec.structs.replace(
        presence,
        end_min=_moved(presence.end_min, minutes),
        end_max=_moved(presence.end_max, minutes),
    )


def _moved_start(presence: Presence, minutes: int) -> Presence:
    return msgspec.structs.replace(
        presence,
        start_min=_moved(presence.start_min, minutes),
        start_max=_moved(presence.start_max, minutes),
    )


def _moved(limit: Limit, minutes: int) -> Limit:
    return limit if limit.minutes is None else limit._replace(minutes=limit.minutes + minutes)


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


# What people and interpreters most often get wrong about a date, cheapest first.
DATE_CHANGES: tuple[tuple[str, Callable[[datetime], datetime | None]], ...] = (
    ("repair-month-off", _month(1)),
    ("repair-month-off", _month(-1)),
    ("repair-year-off", _month(12)),
    ("repair-year-off", _month(-12)),
    ("repair-day-and-month-swapped", _swapped),
)


def _redated(
    presence: Presence, change: Callable[[datetime], datetime | None]
) -> Iterator[Presence]:
    """The presence with its dates moved by the change, as one shift, so that widths stay."""
    when = presence.claim.when
    told = read_when(when, Conventions()).start.earliest if when else None
    changed = change(told) if told else None
    if told and changed:
        shift = int((changed - told).total_seconds() // 60)
        yield _moved_end(_moved_start(presence, shift), shift)


def _homonyms(presence: Presence, references: References) -> Iterator[tuple[Message, Presence]]:
    name = _name_of(presence)
    if name is None:
        return
    for other in other_places(name, presence.spot, references):
        place = resolve(Place(gazetteer=other.id), references.gazetteer, references.countries)
        if isinstance(place, Resolved):
            parameters = {
                "claim": Text(presence.claim.id),
                "place": Text(", ".join(filter(None, (other.name, other.region)))),
                "country": Text(other.country),
            }
            message = Message("repair-other-place-of-that-name", parameters)
            yield message, msgspec.structs.replace(presence, spot=place.spot)


def other_places(name: str, spot: Spot, references: References) -> Iterator[GazetteerPlace]:
    """The places of a name but the one that is meant."""
    for other in references.gazetteer.lookup(name):
        if other.id != spot.gazetteer_id:
            yield other


def _name_of(presence: Presence) -> str | None:
    claim: Claim = presence.claim
    place = {"origin": claim.from_, "destination": claim.to}.get(presence.end_of, claim.where)
    return place.name if place else None
