"""The claims of a case laid out in time and place, with all that follows from their relations.

Each claim has a start and an end, each within bounds in minutes of UTC (see `moments`). Bounds
come from its date, its stated duration and its relations to other claims; each remembers the
claims that it follows from. A place that is not resolved stays so: nothing is guessed.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from safeconduct.casefile.account import Claim, ClaimKind, Relation, RelationKind
from safeconduct.casefile.case import Case
from safeconduct.casefile.durations import lasting_bounds, parse_duration
from safeconduct.casefile.when import Bound, Reading, read_when, utc
from safeconduct.geo.countries import Countries
from safeconduct.geo.disputed import DisputedView
from safeconduct.geo.gazetteer import Gazetteer
from safeconduct.geo.resolving import Resolution, Resolved, resolve
from safeconduct.timeline.moments import minutes_of, moment_of
from safeconduct.timeline.network import ORIGIN, Circle, Edge, Limit, Tightened, tighten

FIRST_YEAR, LAST_YEAR = 2021, 2026
"""The years for which the gazetteer knows the offsets of zones."""

OTHER_YEARS_MINUTES = 120
"""Added to both sides in other years: clocks were moved by an hour or two by decree."""

UNBOUNDED = Limit(None, ())


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in time and place. Limits are minutes of UTC with the claims they follow from.

    `where` is the place of a stay or event; a journey has `origin` and `destination`.
    None stands for a place that the claim does not state.
    """

    claim: Claim
    reading: Reading | None
    start_min: Limit
    start_max: Limit
    end_min: Limit
    end_max: Limit
    where: Resolution | None = None
    origin: Resolution | None = None
    destination: Resolution | None = None

    @property
    def undated(self) -> bool:
        """Neither its own date nor its relations bound it on both sides."""
        return self.start_min.minutes is None or self.end_max.minutes is None


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The account laid out. `circles` are sets of dates and relations that cannot all hold.

    The edges of a circle that come from relations or durations are left out of the bounds, so
    that other checks do not build on what cannot hold.
    """

    case: Case
    occurrences: Mapping[str, Occurrence]
    circles: tuple[Circle, ...]

    def of(self, claim: str) -> Occurrence:
        """The occurrence of a claim by its identifier."""
        return self.occurrences[claim]


def lay_out(case: Case, gazetteer: Gazetteer, countries: Countries) -> Layout:
    """1. read dates and places; 2. state them as edges; 3. tighten; 4. put the claims together."""
    claims = sorted(case.claims, key=lambda claim: (len(claim.id), claim.id))
    drafts = {claim.id: _draft(claim, case, gazetteer, countries) for claim in claims}  # 1
    occurrences, circles = bounded(drafts)
    return Layout(case=case, occurrences=occurrences, circles=circles)


def bounded(
    drafts: Mapping[str, Occurrence],
) -> tuple[dict[str, Occurrence], tuple[Circle, ...]]:
    """Claims, each within the bounds of its own date, within those that follow from all of them.

    Relations to claims that are not among them are left out. The circles are as in a layout.
    """
    index = {name: 2 * i + 1 for i, name in enumerate(drafts)}
    edges = [edge for draft in drafts.values() for edge in _edges(draft, index)]  # 2
    tightened, circles = _tighten(2 * len(drafts) + 1, edges)  # 3
    occurrences = {
        name: _bounded(draft, tightened, index[name])  # 4
        for name, draft in drafts.items()
    }
    return occurrences, circles


def _draft(claim: Claim, case: Case, gazetteer: Gazetteer, countries: Countries) -> Occurrence:
    reading = read_when(claim.when, case.conventions) if claim.when else None
    view = DisputedView(case.disputed_areas)
    where, origin, destination = (
        resolve(place, gazetteer, countries, disputed=view) if place else None
        for place in (claim.where, claim.from_, claim.to)
    )
    undated = Occurrence(
        claim=claim,
        reading=reading,
        start_min=UNBOUNDED,
        start_max=UNBOUNDED,
        end_min=UNBOUNDED,
        end_max=UNBOUNDED,
        where=where,
        origin=origin,
        destination=destination,
    )
    return as_told(undated)


def as_told(one: Occurrence) -> Occurrence:
    """The claim within the bounds of its own date alone, whatever other claims say of it."""
    reading, own = one.reading, (one.claim.id,)
    starts_at, ends_at = (
        (one.origin, one.destination)
        if one.claim.kind is ClaimKind.JOURNEY
        else (one.where, one.where)
    )
    start = utc(reading.start, offsets(reading, starts_at)) if reading else Bound()
    end = utc(reading.end, offsets(reading, ends_at)) if reading else Bound()
    return msgspec.structs.replace(
        one,
        start_min=_from(start.earliest, own),
        start_max=_until(start.latest, own),
        end_min=_from(end.earliest, own),
        end_max=_until(end.latest, own),
    )


def offsets(reading: Reading, place: Resolution | None) -> tuple[int, int] | None:
    """Minutes east of UTC, least and most; None where the zone is not known (widest bounds)."""
    if reading.offset_minutes is not None:
        return reading.offset_minutes, reading.offset_minutes
    if not isinstance(place, Resolved) or place.spot.offsets is None:
        return None
    least, most = place.spot.offsets
    start, end = reading.start.earliest, reading.end.latest
    covered = start and end and start.year >= FIRST_YEAR and end.year <= LAST_YEAR
    margin = 0 if covered else OTHER_YEARS_MINUTES
    return least - margin, most + margin


def _from(moment: datetime | None, claims: tuple[str, ...]) -> Limit:
    return UNBOUNDED if moment is None else Limit(minutes_of(moment), claims)


def _until(moment: datetime | None, claims: tuple[str, ...]) -> Limit:
    """An upper bound in whole minutes, rounded up so that it loses nothing."""
    if moment is None:
        return UNBOUNDED
    minutes = minutes_of(moment)
    return Limit(minutes if moment_of(minutes) == moment else minutes + 1, claims)


def _edges(draft: Occurrence, index: Mapping[str, int]) -> Iterator[Edge]:
    claim = draft.claim
    start, end = index[claim.id], index[claim.id] + 1
    own = (claim.id,)
    yield Edge(end, start, 0, "start-before-end", ())
    yield from _within(start, draft.start_min, draft.start_max, own)
    yield from _within(end, draft.end_min, draft.end_max, own)
    yield from lasting(claim, start, end)
    for relation in claim.relations:
        if relation.claim in index:
            other = index[relation.claim]
            yield from related(relation, (start, end), (other, other + 1), (*own, relation.claim))


def dated(
    reading: Reading,
    places: tuple[Resolution | None, Resolution | None],
    nodes: tuple[int, int],
    claims: tuple[str, ...],
) -> Iterator[Edge]:
    """The edges of a date between the origin and the start and end, for clocks of two places."""
    for node, bound, place in zip(nodes, (reading.start, reading.end), places, strict=True):
        told = utc(bound, offsets(reading, place))
        yield from _within(node, _from(told.earliest, claims), _until(told.latest, claims), claims)


def _within(node: int, low: Limit, high: Limit, claims: tuple[str, ...]) -> Iterator[Edge]:
    if low.minutes is not None:
        yield Edge(node, ORIGIN, -low.minutes, "date", claims)
    if high.minutes is not None:
        yield Edge(ORIGIN, node, high.minutes, "date", claims)


def lasting(claim: Claim, start: int, end: int) -> Iterator[Edge]:
    """The edges of a stated duration between the variables of a claim's start and end."""
    if claim.lasts:
        least, most = lasting_bounds(claim.lasts)
        yield Edge(end, start, -int(least.total_seconds() // 60), "duration", (claim.id,))
        yield Edge(start, end, int(most.total_seconds() // 60), "duration", (claim.id,))


def related(
    relation: Relation, this: tuple[int, int], that: tuple[int, int], claims: tuple[str, ...]
) -> Iterator[Edge]:
    """The edges of a relation between (start, end) of this claim and of that claim."""
    match relation.kind:
        case RelationKind.BEFORE:
            yield from _apart(relation, this[1], that[0], claims)
        case RelationKind.AFTER:
            yield from _apart(relation, that[1], this[0], claims)
        case RelationKind.DURING:
            yield Edge(this[0], that[0], 0, "relation", claims)
            yield Edge(that[1], this[1], 0, "relation", claims)
        case RelationKind.CONTAINS:
            yield Edge(that[0], this[0], 0, "relation", claims)
            yield Edge(this[1], that[1], 0, "relation", claims)
        case RelationKind.OVERLAPS:
            yield Edge(that[1], this[0], 0, "relation", claims)
            yield Edge(this[1], that[0], 0, "relation", claims)


def _apart(relation: Relation, earlier: int, later: int, claims: tuple[str, ...]) -> Iterator[Edge]:
    least = parse_duration(relation.least).least if relation.least else timedelta()
    yield Edge(later, earlier, -int(least.total_seconds() // 60), "relation", claims)
    if relation.most:
        most = parse_duration(relation.most).most
        yield Edge(earlier, later, int(most.total_seconds() // 60), "relation", claims)


def _tighten(size: int, edges: list[Edge]) -> tuple[Tightened, tuple[Circle, ...]]:
    circles: list[Circle] = []
    while isinstance(found := tighten(size, edges), Circle):
        circles.append(found)
        stated = {edge for edge in found.edges if edge.rule in ("relation", "duration")}
        # Dates alone can circle as well: an eastward journey that ends before it starts.
        left_out = stated or {edge for edge in found.edges if edge.rule == "date"}
        edges = [edge for edge in edges if edge not in left_out]
    return found, tuple(circles)


def _bounded(draft: Occurrence, tightened: Tightened, start: int) -> Occurrence:
    return msgspec.structs.replace(
        draft,
        start_min=tightened.earliest[start],
        start_max=tightened.latest[start],
        end_min=tightened.earliest[start + 1],
        end_max=tightened.latest[start + 1],
    )
