"""What one statement would be if it were told a little otherwise, in the order it is named in.

Another place of the same name, the slips of a date (see `slips`), the clock of another place, an
end or start some days off, what another telling says. Whether that holds is decided elsewhere.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import msgspec

from safeconduct.casefile.account import ClaimKind
from safeconduct.casefile.durations import Lasting, lasting_bounds
from safeconduct.casefile.findings import Message, Text, Told
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import Bound, read_when
from safeconduct.checks.material import Material, lapse
from safeconduct.checks.slips import (
    DATE_CHANGES,
    FEW_DAYS,
    date_slips,
    other_clock,
    other_places,
    otherwise,
    retellings,
)
from safeconduct.geo.resolving import Resolved, resolve
from safeconduct.timeline.layout import Occurrence

Change = tuple[Message, Occurrence]
"""What is changed, in words, and the claim with it."""


def changes(told: Mapping[str, Occurrence], short: int, material: Material) -> Iterator[Change]:
    """Changes of one of these claims at a time. `short`: minutes by which they cannot all hold."""
    for one in told.values():
        yield from _elsewhere(one, material)
    yield from _slips(told, material)
    yield from _by_other_clocks(told)
    if 0 < short <= FEW_DAYS:
        for one in told.values():
            yield from _some_days_off(one, short)
            yield from _lasting_otherwise(one, short)
    for one in told.values():
        for other in retellings(one.claim, material.case.claims):
            if other.kind is one.claim.kind:
                yield otherwise(one.claim, other), _retold(one, material.layout.of(other.id))


def _slips(told: Mapping[str, Occurrence], material: Material) -> Iterator[Change]:
    slips = {
        claim: list(date_slips(one.claim.when)) if one.claim.when else []
        for claim, one in told.items()
    }
    for name in dict.fromkeys(name for name, _ in DATE_CHANGES):
        for claim, one in told.items():
            for slip, when in slips[claim]:
                if slip == name:
                    reading = read_when(when, material.case.conventions)
                    message = Message(name, {"claim": Text(claim), "read": Told(when.edtf)})
                    yield message, msgspec.structs.replace(one, reading=reading)


def _by_other_clocks(told: Mapping[str, Occurrence]) -> Iterator[Change]:
    clocks = {place.spot.offsets for one in told.values() for place in _places(one)}
    for one in told.values():
        for place in _places(one)[:1]:
            for shift in other_clock(one.claim, place.spot.offsets, clocks):
                message = Message("repair-other-clock", {"claim": Text(one.claim.id)})
                yield message, moved(one, shift, shift)


def _some_days_off(one: Occurrence, short: int) -> Iterator[Change]:
    """An end or a start that is off; of what has one moment, that moment."""
    if one.reading is None:
        return
    parameters = {"claim": Text(one.claim.id), "by": lapse(short)}
    if one.claim.kind is ClaimKind.EVENT and not one.reading.is_interval:
        yield Message("repair-was-later", parameters), moved(one, short, short)
        yield Message("repair-was-earlier", parameters), moved(one, -short, -short)
        return
    yield Message("repair-ends-later", parameters), moved(one, 0, short)
    yield Message("repair-ends-earlier", parameters), moved(one, 0, -short)
    yield Message("repair-starts-later", parameters), moved(one, short, 0)
    yield Message("repair-starts-earlier", parameters), moved(one, -short, 0)


def _lasting_otherwise(one: Occurrence, short: int) -> Iterator[Change]:
    """The duration that was told, misremembered by what is missing."""
    lasts = one.claim.lasts
    if lasts is None:
        return
    least, most = (int(bound.total_seconds() // 60) for bound in lasting_bounds(lasts))
    parameters = {"claim": Text(one.claim.id), "by": lapse(short)}
    longer = msgspec.structs.replace(lasts, most=f"PT{most + short}M")
    yield Message("repair-lasted-longer", parameters), _lasting(one, longer)
    if short < least:
        shorter = msgspec.structs.replace(lasts, least=f"PT{least - short}M")
        yield Message("repair-lasted-shorter", parameters), _lasting(one, shorter)


def _lasting(one: Occurrence, lasts: Lasting) -> Occurrence:
    claim = msgspec.structs.replace(one.claim, lasts=lasts)
    return msgspec.structs.replace(one, claim=claim)


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


def moved(one: Occurrence, start: int, end: int) -> Occurrence:
    """The claim with its start and its end so many minutes later than it was told."""
    reading = one.reading
    if reading is None:
        return one
    members = reading.alternatives or (reading,)
    later = tuple(
        msgspec.structs.replace(
            member, start=_later(member.start, start), end=_later(member.end, end), alternatives=()
        )
        for member in members
    )
    whole = msgspec.structs.replace(
        reading,
        start=_later(reading.start, start),
        end=_later(reading.end, end),
        alternatives=later if reading.alternatives else (),
    )
    return msgspec.structs.replace(one, reading=whole)


def _later(bound: Bound, minutes: int) -> Bound:
    by = timedelta(minutes=minutes)
    return msgspec.structs.replace(
        bound,
        earliest=None if bound.earliest is None else bound.earliest + by,
        latest=None if bound.latest is None else bound.latest + by,
    )


def _elsewhere(one: Occurrence, material: Material) -> Iterator[Change]:
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
