"""The ways between places: journeys that were told, and stretches of which nothing was told.

A told journey is an arrow from place to place, never a route. It bears a number only if its place
in the order of all told journeys of the person is certain. Between two sightings without a told
journey the place is unknown: a space-time prism, never a line.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from safeconduct.casefile.account import ClaimKind, Means
from safeconduct.drawing.marks import Key, key_of
from safeconduct.drawing.order import Order
from safeconduct.geo.prisms import Prism, budget_km
from safeconduct.geo.resolving import Resolved
from safeconduct.geo.spots import Spot, great_circle_km
from safeconduct.timeline.layout import Layout
from safeconduct.timeline.moments import moment_of
from safeconduct.timeline.presences import Placed, Presence
from safeconduct.timeline.travel import FASTEST_KMH

PRISM_KMH = FASTEST_KMH[Means.CAR]
"""The speed of drawn prisms: beyond any way by road; by air the prism would be wider."""
_WIDEST_PRISM_KM = 2500.0
_MOST_PRISMS = 6


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A told journey between two marks. `number` is None where the order is not certain."""

    claim: str
    person: str
    origin: Key
    destination: Key
    means: Means | None
    number: int | None


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Between two sightings: the spots, and how many kilometres fit between them at most.

    `drawable` is False where the area would say nothing on a map.
    """

    before: str
    after: str
    a: Spot
    b: Spot
    budget_km: float
    drawable: bool


def told_ways(layout: Layout) -> tuple[Way, ...]:
    """The told journeys between two different places that are known, in order of time."""
    found = []
    applicant = layout.case.applicant.id
    for occurrence in layout.occurrences.values():
        claim, origin, destination = occurrence.claim, occurrence.origin, occurrence.destination
        if not (isinstance(origin, Resolved) and isinstance(destination, Resolved)):
            continue
        if claim.kind is ClaimKind.JOURNEY and key_of(origin) != key_of(destination):
            person = claim.person or applicant
            found.append(
                Way(
                    claim=claim.id,
                    person=person,
                    origin=key_of(origin),
                    destination=key_of(destination),
                    means=claim.by,
                    number=None,
                )
            )
    ranks = _ranks(layout, found)
    numbered = [msgspec.structs.replace(way, number=ranks.get(way.claim)) for way in found]
    last = len(numbered) + 1
    return tuple(sorted(numbered, key=lambda way: (way.person, way.number or last)))


def _ranks(layout: Layout, ways: Sequence[Way]) -> Mapping[str, int]:
    """A claim that tells another again is the same journey: it takes no number of its own."""
    order = Order(layout)
    ranks: dict[str, int] = {}
    for person in {way.person: None for way in ways}:
        claims = [way.claim for way in ways if way.person == person]
        ranks.update(order.ranks(claims))
    return ranks


def reaches(placed: Placed) -> Iterator[Reach]:
    """Stretches between neighbouring sightings, in certain order, of which no journey was told."""
    dated = [one for one in placed.presences if one.end_min.minutes is not None]
    drawn = 0
    for first, second in pairwise(dated):
        reach = _reach(first, second)
        if reach is None:
            continue
        drawable = reach.drawable and drawn < _MOST_PRISMS
        drawn += drawable
        yield msgspec.structs.replace(reach, drawable=drawable)


def _reach(first: Presence, second: Presence) -> Reach | None:
    if first.claim.id == second.claim.id:
        return None
    ends, starts = first.end_max.minutes, second.start_min.minutes
    leaves, arrives = first.end_min.minutes, second.start_max.minutes
    if ends is None or starts is None or leaves is None or arrives is None or ends > starts:
        return None
    apart = great_circle_km(first.spot.lat, first.spot.lon, second.spot.lat, second.spot.lon)
    departs, comes = moment_of(leaves), moment_of(arrives)
    prism = Prism(a=first.spot, b=second.spot, departs=departs, arrives=comes, speed_kmh=PRISM_KMH)
    budget = budget_km(prism)
    long = budget + first.spot.radius_km + second.spot.radius_km
    drawable = apart < long <= min(_WIDEST_PRISM_KM, 2.2 * apart + 50) and apart > 0
    return Reach(
        before=first.claim.id,
        after=second.claim.id,
        a=first.spot,
        b=second.spot,
        budget_km=budget,
        drawable=drawable,
    )
