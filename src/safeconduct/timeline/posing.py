"""From a case laid out to a problem of time: what its statements demand, reading by reading.

A claim is kept or given up whole: with one of its dates, one of its places and, for a journey, the
way between them. Each relation and each duration is a statement of its own, since one may be
misremembered while the claims that it joins hold; so is a paper or public event that a claim names.
Nothing is decided here (see `conflicts`).

Only what no means could do is demanded. A stay places its person at its start and at its end: who
lives in a town may be away in between. A place that is not known demands nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

import msgspec

from safeconduct.casefile.account import Claim, ClaimKind
from safeconduct.casefile.places import Place
from safeconduct.casefile.when import Reading
from safeconduct.geo.countries import Countries
from safeconduct.geo.gazetteer import Gazetteer
from safeconduct.geo.resolving import Ambiguous, Resolution, Resolved, resolve
from safeconduct.geo.spots import Spot, separation_km
from safeconduct.timeline.layout import Layout, Occurrence, dated, lasting, related
from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.problems import Problem, Statement, Traveller, Whereabouts
from safeconduct.timeline.travel import ANY_MEANS_KMH, minutes_needed

MOST_READINGS = 20_000
"""Readings of one claim beyond which only the hull of its dates is looked at, without a place."""

Chosen = tuple[Reading | None, Resolved | None, Resolved | None]
"""One reading of a claim: its date, and its places at its start and at its end."""


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """A dated thing outside the account that a claim names: a paper that it used, a public event.

    The claim ends at `not_before` or later and starts at `not_after` or earlier, in minutes of UTC;
    None is no demand.
    """

    id: str
    rule: str
    not_before: int | None = None
    not_after: int | None = None


Named = Mapping[str, tuple[Outside, ...]]
"""What each claim names, by the claim's identifier."""


class Posed(msgspec.Struct, frozen=True, kw_only=True):
    """A problem, and for each statement's name the claims and outside things that it is about.

    `durations` names the statements that are a duration. Claim `n` of the problem's statements has
    its start in variable `2n + 1` and its end in `2n + 2`.
    """

    problem: Problem
    claims: Mapping[str, tuple[str, ...]]
    about_claims: frozenset[str]
    durations: frozenset[str]


def posed(
    occurrences: Iterable[Occurrence],
    gazetteer: Gazetteer,
    countries: Countries,
    applicant: str,
    named: Named,
) -> Posed:
    """The problem of some claims; relations to claims that are not among them are left out.

    1. Each claim, reading by reading.   2. Durations, relations, and what it names from outside.
    3. Who is where.
    """
    told = [one for one in occurrences if one.claim.kind is not ClaimKind.STATEMENT or _timed(one)]
    index = {one.claim.id: 2 * number + 1 for number, one in enumerate(told)}
    readings = {one.claim.id: tuple(_readings(one, gazetteer, countries)) for one in told}  # 1
    statements: list[Statement] = []
    about: dict[str, tuple[str, ...]] = {}
    for one in told:
        start, end = index[one.claim.id], index[one.claim.id] + 1
        alternatives = tuple(
            tuple(_demands(one.claim, chosen, start, end)) for chosen in readings[one.claim.id]
        )
        statements.append(Statement(name=one.claim.id, alternatives=alternatives))
        about[one.claim.id] = (one.claim.id,)
    count = len(statements)
    for one in told:
        start, end = index[one.claim.id], index[one.claim.id] + 1
        order = (Edge(end, start, 0, "start-before-end", ()),)
        name = f"{one.claim.id}: start before end"
        statements.append(Statement(name=name, alternatives=(order,), hard=True))
        outside = _outside(one.claim.id, start, end, named.get(one.claim.id, ()))
        for name, edges, claims in (*_joining(one.claim, index), *outside):  # 2
            statements.append(Statement(name=name, alternatives=(edges,)))
            about[name] = claims
    problem = Problem(
        size=2 * len(told) + 1,
        statements=tuple(statements),
        travellers=tuple(_travellers(told[:count], readings, index, applicant)),  # 3
    )
    return Posed(
        problem=problem,
        claims=about,
        about_claims=frozenset(one.claim.id for one in told),
        durations=frozenset(_duration(one.claim) for one in told if one.claim.lasts),
    )


def redated(before: Posed, one: Occurrence, gazetteer: Gazetteer, countries: Countries) -> Posed:
    """The same problem with another date of one claim, whose places are as they were.

    As `posed` with that claim would give it, with less work.
    """
    statements = before.problem.statements
    names = [statement.name for statement in statements]
    if one.claim.id not in before.about_claims:
        return before
    number = names.index(one.claim.id)
    start = 2 * number + 1
    alternatives = tuple(
        tuple(_demands(one.claim, chosen, start, start + 1))
        for chosen in _readings(one, gazetteer, countries)
    )
    told = msgspec.structs.replace(statements[number], alternatives=alternatives)
    changed = (*statements[:number], told, *statements[number + 1 :])
    problem = msgspec.structs.replace(before.problem, statements=changed)
    return msgspec.structs.replace(before, problem=problem)


def of_layout(layout: Layout, gazetteer: Gazetteer, countries: Countries, named: Named) -> Posed:
    """The problem of a whole account."""
    applicant = layout.case.applicant.id
    return posed(layout.occurrences.values(), gazetteer, countries, applicant, named)


def _timed(one: Occurrence) -> bool:
    return one.reading is not None or bool(one.claim.relations)


def _readings(one: Occurrence, gazetteer: Gazetteer, countries: Countries) -> Iterator[Chosen]:
    """Every date with every place that may be meant; the hull where they are too many."""
    dates = (one.reading.alternatives or (one.reading,)) if one.reading else (None,)
    if one.claim.kind is ClaimKind.JOURNEY:
        ends = (one.origin, one.destination)
    else:
        ends = (one.where, None)
    starts, stops = (tuple(_meant(place, gazetteer, countries)) for place in ends)
    if len(dates) * len(starts) * len(stops) > MOST_READINGS:
        yield one.reading, None, None
        return
    for date, start, stop in product(dates, starts, stops):
        yield date, start, stop if one.claim.kind is ClaimKind.JOURNEY else start


def _meant(
    place: Resolution | None, gazetteer: Gazetteer, countries: Countries
) -> Iterator[Resolved | None]:
    """The places that may be meant; the known towns of a name are not all that there are."""
    if isinstance(place, Resolved):
        yield place
    elif isinstance(place, Ambiguous) and place.reason == "several-stated" and not place.missing:
        for one in place.candidates:
            found = resolve(Place(gazetteer=one.id), gazetteer, countries)
            yield found if isinstance(found, Resolved) else None
    elif place is not None and place.within is not None:
        yield Resolved(spot=place.within, how="country", is_country=True)
    else:
        yield None


def _demands(claim: Claim, chosen: Chosen, start: int, end: int) -> Iterator[Edge]:
    date, first, last = chosen
    if date is not None:
        yield from dated(date, (first, last), (start, end), (claim.id,))
    if claim.kind is ClaimKind.JOURNEY and first is not None and last is not None:
        needed = _needed(first, last)
        if needed:
            yield Edge(end, start, -needed, "way", (claim.id,))


def _joining(
    claim: Claim, index: Mapping[str, int]
) -> Iterator[tuple[str, tuple[Edge, ...], tuple[str, ...]]]:
    start = index[claim.id]
    duration = tuple(lasting(claim, start, start + 1))
    if duration:
        yield _duration(claim), duration, (claim.id,)
    for number, relation in enumerate(claim.relations):
        other = index.get(relation.claim)
        if other is None:
            continue
        claims = (claim.id, relation.claim)
        edges = tuple(related(relation, (start, start + 1), (other, other + 1), claims))
        yield f"{claim.id}: {relation.kind} {relation.claim} ({number})", edges, claims


def _duration(claim: Claim) -> str:
    """The name of the statement that a claim's duration is."""
    return f"{claim.id}: lasts"


def _outside(
    claim: str, start: int, end: int, named: tuple[Outside, ...]
) -> Iterator[tuple[str, tuple[Edge, ...], tuple[str, ...]]]:
    for number, one in enumerate(named):
        edges = []
        if one.not_before is not None:
            edges.append(Edge(end, ORIGIN, -one.not_before, one.rule, (claim,)))
        if one.not_after is not None:
            edges.append(Edge(ORIGIN, start, one.not_after, one.rule, (claim,)))
        if edges:
            yield f"{claim}: {one.rule} {one.id} ({number})", tuple(edges), (claim, one.id)


def _travellers(
    told: list[Occurrence],
    readings: Mapping[str, tuple[Chosen, ...]],
    index: Mapping[str, int],
    applicant: str,
) -> Iterator[Traveller]:
    people: dict[str, list[tuple[int, Occurrence]]] = {}
    for number, one in enumerate(told):
        if one.claim.kind is not ClaimKind.STATEMENT:
            people.setdefault(one.claim.person or applicant, []).append((number, one))
    for person in sorted(people):
        places = _Places()
        whereabouts: list[Whereabouts] = []
        for number, one in people[person]:
            start = index[one.claim.id]
            firsts = tuple(places[chosen[1]] for chosen in readings[one.claim.id])
            lasts = tuple(places[chosen[2]] for chosen in readings[one.claim.id])
            spans = [(start, start, firsts), (start + 1, start + 1, lasts)]
            if one.claim.kind is ClaimKind.EVENT:
                spans = [(start, start + 1, firsts)]
            whereabouts += (
                Whereabouts(statement=number, start=since, end=until, places=rows)
                for since, until, rows in spans
                if any(rows)
            )
        if len(whereabouts) > 1:
            yield Traveller(whereabouts=tuple(whereabouts), minutes=places.table(), rule="way")


class _Places:
    """The places of one person by number; 0 is none that is known."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[float, float, float, bool, str | None], int] = {}
        self._places: list[Resolved | None] = [None]

    def __getitem__(self, place: Resolved | None) -> int:
        if place is None:
            return 0
        spot: Spot = place.spot
        key = (spot.lat, spot.lon, spot.radius_km, place.is_country, spot.country)
        if key not in self._numbers:
            self._numbers[key] = len(self._places)
            self._places.append(place)
        return self._numbers[key]

    def table(self) -> tuple[tuple[int | None, ...], ...]:
        return tuple(tuple(_needed(a, b) for b in self._places) for a in self._places)


def _needed(one: Resolved | None, other: Resolved | None) -> int | None:
    """Minutes that no means could do without; None where both places may be one."""
    if one is None or other is None:
        return None
    km = separation_km(one.spot, other.spot)
    return minutes_needed(km, ANY_MEANS_KMH) if km > 0 else None
