"""The cheapest innocent explanations of statements that cannot all hold, more than two at a time.

One statement is changed at a time, in a declared order, and the conflict is decided anew with it:
another place of the same name, the slips of a date (see `slips`), an end or start some days off,
what another telling says, the order or duration told. For the investigator only; nothing is chosen.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import msgspec

from safeconduct.casefile.findings import Message, Text
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import Bound
from safeconduct.checks.material import Material, ids, lapse, natural
from safeconduct.checks.outside import named_outside
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
from safeconduct.timeline.layout import Occurrence
from safeconduct.timeline.posing import Named, posed
from safeconduct.timeline.solving import Solution, solve

STEPS = 200_000
"""For each change that is tried."""

Changed = tuple[Message, Occurrence]


def innocent(claims: frozenset[str], short: int, material: Material) -> tuple[Message, ...]:
    """Changes of one claim after which these claims can all hold, of up to three kinds."""
    told = {claim: material.layout.of(claim) for claim in sorted(claims, key=natural)}
    named = named_outside(material)
    found = of_most_kinds(
        (message, _holds({**told, changed.claim.id: changed}, named, material))
        for message, changed in _changes(told, short, material)
    )
    joined = [one for one in told.values() if one.claim.relations or one.claim.lasts]
    if joined and short:
        parameters = {"claims": ids(*claims), "short": lapse(short)}
        found = (*found, Message("repair-some-date-or-order", parameters))
    return found


def _holds(told: Mapping[str, Occurrence], named: Named, material: Material) -> bool:
    references, applicant = material.references, material.case.applicant.id
    statements = posed(told.values(), references.gazetteer, references.countries, applicant, named)
    return isinstance(solve(statements.problem, STEPS), Solution)


def _changes(told: Mapping[str, Occurrence], short: int, material: Material) -> Iterator[Changed]:
    for one in told.values():
        yield from _elsewhere(one, material)
    yield from _slips(told)
    if 0 < short <= FEW_DAYS:
        by = lapse(short)
        for one in told.values():
            parameters = {"claim": Text(one.claim.id), "by": by}
            yield Message("repair-ends-later", parameters), _moved(one, 0, short)
            yield Message("repair-ends-earlier", parameters), _moved(one, 0, -short)
            yield Message("repair-starts-later", parameters), _moved(one, short, 0)
    for one in told.values():
        for other in retellings(one.claim, material.case.claims):
            if other.kind is one.claim.kind:
                yield otherwise(one.claim, other), _retold(one, material.layout.of(other.id))


def _slips(told: Mapping[str, Occurrence]) -> Iterator[Changed]:
    """Slips of a date, and of the clock that a time was told by."""
    fitting = {name: tuple(date_changes(one.claim)) for name, one in told.items()}
    for slip in DATE_CHANGES:
        for claim, one in told.items():
            start = one.reading.start.earliest if one.reading else None
            changed = slip[1](start) if start and slip in fitting[claim] else None
            if start and changed:
                shift = int((changed - start).total_seconds() // 60)
                yield Message(slip[0], {"claim": Text(one.claim.id)}), _moved(one, shift, shift)
    clocks = {place.spot.offsets for one in told.values() for place in _places(one)}
    for one in told.values():
        for place in _places(one)[:1]:
            for shift in other_clock(one.claim, place.spot.offsets, clocks):
                message = Message("repair-other-clock", {"claim": Text(one.claim.id)})
                yield message, _moved(one, shift, shift)


def _places(one: Occurrence) -> list[Resolved]:
    places = (one.where, one.origin, one.destination)
    return [place for place in places if isinstance(place, Resolved)]


def _retold(one: Occurrence, other: Occurrence) -> Occurrence:
    """The claim with the date and the places that another telling gives."""
    return msgspec.structs.replace(
        one,
        reading=other.reading,
        where=other.where,
        origin=other.origin,
        destination=other.destination,
    )


def _moved(one: Occurrence, start: int, end: int) -> Occurrence:
    """The claim with its start and its end so many minutes later than it was told."""
    reading = one.reading
    if reading is None:
        return one
    members = reading.alternatives or (reading,)
    moved = tuple(
        msgspec.structs.replace(
            member, start=_later(member.start, start), end=_later(member.end, end), alternatives=()
        )
        for member in members
    )
    alternatives = moved if reading.alternatives else ()
    return msgspec.structs.replace(
        one, reading=msgspec.structs.replace(moved[0], alternatives=alternatives)
    )


def _later(bound: Bound, minutes: int) -> Bound:
    by = timedelta(minutes=minutes)
    return msgspec.structs.replace(
        bound,
        earliest=None if bound.earliest is None else bound.earliest + by,
        latest=None if bound.latest is None else bound.latest + by,
    )


def _elsewhere(one: Occurrence, material: Material) -> Iterator[Changed]:
    references = material.references
    ends = (("where", one.where, one.claim.where), ("origin", one.origin, one.claim.from_))
    for field, place, stated in (*ends, ("destination", one.destination, one.claim.to)):
        if not isinstance(place, Resolved) or stated is None or stated.name is None:
            continue
        for other in other_places(stated.name, place.spot, references):
            found = resolve(Place(gazetteer=other.id), references.gazetteer, references.countries)
            parameters = {
                "claim": Text(one.claim.id),
                "place": Text(", ".join(filter(None, (other.name, other.region)))),
                "country": Text(other.country),
            }
            message = Message("repair-other-place-of-that-name", parameters)
            yield message, msgspec.structs.replace(one, **{field: found})
