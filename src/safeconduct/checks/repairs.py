"""The cheapest innocent explanations of a conflict between two placings of a person.

Each is a small change to one statement under which both could hold, tried in a declared order:
another place of the same name, the slips of a date (see `slips`), an end or a start some days off,
what another telling says. They are for the investigator only, and choose nothing: which statement
is to be asked about, the applicant says.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.findings import Message, Text
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import Conventions, read_when
from safeconduct.checks.material import Material, References, lapse
from safeconduct.checks.slips import (
    DATE_CHANGES,
    FEW_DAYS,
    date_changes,
    of_most_kinds,
    other_clock,
    other_places,
    otherwise,
    retellings,
)
from safeconduct.geo.resolving import Resolved, resolve
from safeconduct.timeline.network import Limit
from safeconduct.timeline.presences import Presence

Tried = tuple[Message, Presence, Presence]
"""A change, and the two placings with it."""

Holds = Callable[[Presence, Presence], bool]
"""Can two presences, one of them changed, both hold?"""


def repairs(
    first: Presence, second: Presence, short_by: int, holds: Holds, material: Material
) -> tuple[Message, ...]:
    """Repairs of up to three kinds, in the declared order. `short_by`: minutes that are missing."""
    changes = _changes(first, second, short_by, material)
    return of_most_kinds((message, holds(one, other)) for message, one, other in changes)


def _changes(
    first: Presence, second: Presence, short_by: int, material: Material
) -> Iterator[Tried]:
    for message, changed, is_first in _one_by_one(first, second, material.references):
        yield (message, changed, second) if is_first else (message, first, changed)
    if 0 < short_by <= FEW_DAYS:
        by = lapse(short_by)
        earlier = Message("repair-ends-earlier", {"claim": Text(first.claim.id), "by": by})
        yield earlier, _moved_end(first, -short_by), second
        later = Message("repair-starts-later", {"claim": Text(second.claim.id), "by": by})
        yield later, first, _moved_start(second, short_by)
    for told in _told_otherwise(first, material):
        yield otherwise(first.claim, told.claim), told, second
    for told in _told_otherwise(second, material):
        yield otherwise(second.claim, told.claim), first, told


def _one_by_one(
    first: Presence, second: Presence, references: References
) -> Iterator[tuple[Message, Presence, bool]]:
    """Changes of either placing by itself, and whether it is the first that is changed."""
    pair = ((first, second, True), (second, first, False))
    for own, _, is_first in pair:
        for message, changed in _homonyms(own, references):
            yield message, changed, is_first
    slips = {own.claim.id: tuple(date_changes(own.claim)) for own in (first, second)}
    for slip in DATE_CHANGES:
        for own, _, is_first in pair:
            for changed in _redated(own, slip[1]) if slip in slips[own.claim.id] else ():
                yield Message(slip[0], {"claim": Text(own.claim.id)}), changed, is_first
    for own, other, is_first in pair:
        for shift in other_clock(own.claim, own.spot.offsets, (other.spot.offsets,)):
            message = Message("repair-other-clock", {"claim": Text(own.claim.id)})
            yield message, _moved_end(_moved_start(own, shift), shift), is_first


def _told_otherwise(presence: Presence, material: Material) -> Iterator[Presence]:
    same = {one.id for one in retellings(presence.claim, material.case.claims)}
    for placed in material.placed:
        for other in placed.presences:
            if other.claim.id in same and other.end_of == presence.end_of:
                yield other


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


def _name_of(presence: Presence) -> str | None:
    claim: Claim = presence.claim
    place = {"origin": claim.from_, "destination": claim.to}.get(presence.end_of, claim.where)
    return place.name if place else None
