"""Where the account places a person, and which two of these placings cannot both hold.

A stay or event places its person from its start to its end; a journey places them at its origin
when it starts and at its destination when it ends. Two placings cannot both hold when they are
certain to overlap in different places, or when no order of the two leaves time for the way.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

import msgspec

from safeconduct.casefile.account import Claim, ClaimKind, RelationKind
from safeconduct.casefile.durations import lasting_bounds
from safeconduct.geo.resolving import Resolution, Resolved
from safeconduct.geo.spots import Spot, separation_km
from safeconduct.timeline.layout import Layout, Occurrence
from safeconduct.timeline.network import Limit
from safeconduct.timeline.travel import ANY_MEANS_KMH, Answer, Travel, minutes_needed, travel

AT_ODDS = {"RU", "UA"}
"""Since 2022 places of the second are held, and called its own, by the first."""

HALF_THE_EARTH_KM = 20_040.0
"""No two points are further apart on the great circle (R = 6371.0088 km)."""


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """A person at a place from within [start_min, start_max] to within [end_min, end_max]."""

    claim: Claim
    end_of: str  # "stay", "origin" or "destination": which part of the claim places the person
    spot: Spot
    is_country: bool
    start_min: Limit
    start_max: Limit
    end_min: Limit
    end_max: Limit

    @property
    def has_core(self) -> bool:
        """Is it dated closely enough to overlap with anything for certain?"""
        return self.start_max.minutes is not None and self.end_min.minutes is not None

    @property
    def order(self) -> tuple[float, float, int, str, int]:
        """Sorts presences by time, unknown starts last, whatever order the file has."""
        start = self.start_min.minutes
        end = self.end_max.minutes
        return (
            float("inf") if start is None else start,
            float("inf") if end is None else end,
            len(self.claim.id),
            self.claim.id,
            ("origin", "stay", "destination").index(self.end_of),
        )


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """The presences of one person, and the claims that place them nowhere that is known."""

    person: str
    presences: tuple[Presence, ...]
    unplaced: tuple[tuple[Claim, Resolution | None], ...]


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Two presences in different places that are certain to overlap, by `minutes` at least.

    `short_by` is by how many minutes one would have to be moved for the two not to overlap; 0
    where not the dates but a told relation makes them overlap.
    """

    first: Presence
    second: Presence
    minutes: int
    short_by: int
    km: float


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """The way from one presence to the next, with the claim that tells the journey, if any."""

    first: Presence
    second: Presence
    journey: Claim | None
    travel: Travel


def placed(layout: Layout) -> tuple[Placed, ...]:
    """The presences of each person of the account, the applicant first, in order of time."""
    people: dict[str, tuple[list[Presence], list[tuple[Claim, Resolution | None]]]] = {}
    applicant = layout.case.applicant.id
    for occurrence in layout.occurrences.values():
        if occurrence.claim.kind is ClaimKind.STATEMENT:
            continue
        person = occurrence.claim.person or applicant
        presences, unplaced = people.setdefault(person, ([], []))
        presences += presences_of(occurrence)
        for _, place in _ends(occurrence):
            if not isinstance(place, Resolved):
                unplaced.append((occurrence.claim, place))
    return tuple(
        Placed(
            person=person,
            presences=tuple(sorted(presences, key=lambda presence: presence.order)),
            unplaced=tuple(unplaced),
        )
        for person, (presences, unplaced) in sorted(
            people.items(), key=lambda item: (item[0] != applicant, item[0])
        )
    )


def overlaps(presences: tuple[Presence, ...]) -> Iterator[Overlap]:
    """Pairs that share a moment for certain although their places have no point in common.

    Neither can lie wholly before the other: an event of one day within a stay elsewhere is such
    a pair, though the hours of the event are not told. So are two that are told to be together.
    """
    for first, second in combinations(presences, 2):
        short_by = _sure_to_meet(first, second)
        if short_by is None and _told_to_meet(first, second):
            short_by = 0
        if short_by is None or first.claim.id == second.claim.id:
            continue
        km = separation_km(first.spot, second.spot)
        if km > 0 or _other_country(first, second):
            shared = _certain_overlap(first, second)
            yield Overlap(first=first, second=second, minutes=shared, short_by=short_by, km=km)


def impossible_ways(presences: tuple[Presence, ...]) -> Iterator[Leg]:
    """Pairs, not overlapping for certain, between which no order leaves time for any means."""
    most = minutes_needed(HALF_THE_EARTH_KM, ANY_MEANS_KMH)
    for first, second in combinations(presences, 2):
        if first.claim.id != second.claim.id and _sure_to_meet(first, second) is not None:
            continue
        room, ordered = _most_room(first, second)
        if room is None or room >= most:
            continue
        leg = travel(separation_km(first.spot, second.spot), room, None)
        if leg.answer is Answer.IMPOSSIBLE:
            yield Leg(first=ordered[0], second=ordered[1], journey=None, travel=leg)


def legs(layout: Layout, presences: tuple[Presence, ...]) -> Iterator[Leg]:
    """The ways between neighbours in time whose places lie apart, and told journeys.

    The means are those of the journey that was told for the way: the claim that has both ends, or
    an undated journey whose two places are those of the neighbours.
    """
    for first, second in pairwise(presences):
        km = separation_km(first.spot, second.spot)
        if km == 0 or _sure_to_meet(first, second) is not None:
            continue
        room, ordered = _most_room(first, second)
        journey = _told_for(layout, *ordered)
        way = travel(km, within_duration(room, journey), journey.by if journey else None)
        yield Leg(first=ordered[0], second=ordered[1], journey=journey, travel=way)


def presences_of(occurrence: Occurrence) -> Iterator[Presence]:
    """Where one claim places its person, as far as its places are known."""
    for end_of, place in _ends(occurrence):
        if isinstance(place, Resolved):
            yield _presence(occurrence, end_of, place)


def _ends(occurrence: Occurrence) -> Iterator[tuple[str, Resolution | None]]:
    if occurrence.claim.kind is ClaimKind.JOURNEY:
        yield "origin", occurrence.origin
        yield "destination", occurrence.destination
    elif occurrence.where is not None or occurrence.claim.kind is ClaimKind.STAY:
        yield "stay", occurrence.where


def _presence(occurrence: Occurrence, end_of: str, place: Resolved) -> Presence:
    # Near a border the drawn country may be the wrong one, so it is not compared.
    spot = msgspec.structs.replace(place.spot, country=None) if place.near else place.spot
    start = (occurrence.start_min, occurrence.start_max)
    end = (occurrence.end_min, occurrence.end_max)
    first, last = {"origin": (start, start), "destination": (end, end)}.get(end_of, (start, end))
    return Presence(
        claim=occurrence.claim,
        end_of=end_of,
        spot=spot,
        is_country=place.is_country,
        start_min=first[0],
        start_max=first[1],
        end_min=last[0],
        end_max=last[1],
    )


def to_spare(one: Presence, other: Presence, journey: Claim | None, kmh: float) -> int | None:
    """Minutes that two placings leave beyond the way between them at a speed; negative: too few.

    None where nothing bounds it: the places may be one, or the dates leave the way open.
    """
    km = separation_km(one.spot, other.spot)
    if km == 0 and not _other_country(one, other):
        return None
    if one.claim.id != other.claim.id and _told_to_meet(one, other):
        return -1
    room, _ = _most_room(one, other)
    room = within_duration(room, journey)
    return None if room is None else room - minutes_needed(km, kmh)


def within_duration(room: int | None, journey: Claim | None) -> int | None:
    """Minutes at most for a way, no longer than the journey was told to last."""
    if journey is None or journey.lasts is None:
        return room
    most = int(lasting_bounds(journey.lasts)[1].total_seconds() // 60)
    return most if room is None else min(room, most)


def _certain_overlap(first: Presence, second: Presence) -> int:
    """Minutes for which both certain cores [start_max, end_min] run together; 0 if unknown."""
    starts = (first.start_max.minutes, second.start_max.minutes)
    ends = (first.end_min.minutes, second.end_min.minutes)
    if None in starts or None in ends:
        return 0
    return max(0, min(e for e in ends if e is not None) - max(s for s in starts if s is not None))


def _room(first: Presence, second: Presence) -> int | None:
    """Minutes at most between leaving the first and being at the second; None if left open."""
    arrive, leave = second.start_max.minutes, first.end_min.minutes
    return None if arrive is None or leave is None else arrive - leave


def _sure_to_meet(first: Presence, second: Presence) -> int | None:
    """Minutes by which neither fits before the other; None if one of them may.

    If neither can be over before the other begins, the two share a moment.
    """
    there, back = _room(first, second), _room(second, first)
    if there is None or back is None or max(there, back) >= 0:
        return None
    return -max(there, back)


def told_within(inner: Presence, outer: Presence) -> bool:
    """Does one of the two claims say that the inner one was during the outer one?"""
    return any(
        relation.claim == outer.claim.id and relation.kind is RelationKind.DURING
        for relation in inner.claim.relations
    ) or any(
        relation.claim == inner.claim.id and relation.kind is RelationKind.CONTAINS
        for relation in outer.claim.relations
    )


def _told_to_meet(first: Presence, second: Presence) -> bool:
    """Does one of the claims say that it was during, or at the same time as, the other?

    What lies within a stay shares all its moments with it, both ends of a journey too. What was
    only at the same time shares some moment, which need not be the end of a journey.
    """
    for one, other in ((first, second), (second, first)):
        for relation in one.claim.relations:
            if relation.claim != other.claim.id:
                continue
            if relation.kind is RelationKind.DURING and other.end_of == "stay":
                return True
            if relation.kind is RelationKind.CONTAINS and one.end_of == "stay":
                return True
            if relation.kind is RelationKind.OVERLAPS and one.end_of == other.end_of == "stay":
                return True
    return False


def _most_room(first: Presence, second: Presence) -> tuple[int | None, tuple[Presence, Presence]]:
    """The more generous order of two presences, and the minutes at most that it leaves.

    The two ends of one journey have one order, and lie no further apart than it was told to last;
    between claims the dates may leave both orders open.
    """
    there, back = _room(first, second), _room(second, first)
    if first.claim.id == second.claim.id:
        origin_first = (first, second) if first.end_of == "origin" else (second, first)
        between = there if first.end_of == "origin" else back
        return within_duration(between, first.claim), origin_first
    if there is None or back is None:
        return None, (first, second)
    return max(there, back), (first, second) if there >= back else (second, first)


def _other_country(first: Presence, second: Presence) -> bool:
    """Are both whole countries, and not the same one?

    A town beside a border, or one that another state holds, is never told apart by labels alone;
    nor are two countries of which one holds places that the other claims.
    """
    if not (first.is_country and second.is_country):
        return False
    countries = {first.spot.country, second.spot.country}
    return None not in countries and len(countries) == 2 and countries != AT_ODDS


def _told_for(layout: Layout, first: Presence, second: Presence) -> Claim | None:
    """The journey that was told for a way, if its own ends are those places, and no others.

    A journey between whole countries, another person's, or one with any date of its own (its ends
    are presences then) says nothing of the means of a way between two towns.
    """
    if first.claim.id == second.claim.id:
        return first.claim
    applicant = layout.case.applicant.id
    traveller = first.claim.person or applicant
    for occurrence in layout.occurrences.values():
        if (
            occurrence.claim.when is None
            and (occurrence.claim.person or applicant) == traveller
            and _is_at(occurrence.origin, first.spot)
            and _is_at(occurrence.destination, second.spot)
        ):
            return occurrence.claim
    return None


def _is_at(place: Resolution | None, spot: Spot) -> bool:
    """Is it one place, not a country, and the same one?"""
    return isinstance(place, Resolved) and not place.is_country and place.spot == spot
