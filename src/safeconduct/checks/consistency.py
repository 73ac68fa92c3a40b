"""Reader: which statements of the account, more than two at a time, cannot all hold?

What a check of pairs has told already is not told again. Each conflict is minimal: without any one
of its statements the rest can hold. Which one is false is never said; it is asked.
"""

from collections.abc import Iterable, Iterator, Sequence

from safeconduct.casefile.account import ClaimKind
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Km,
    Message,
    NotChecked,
    Number,
    Outcome,
    Parameter,
    Texts,
)
from safeconduct.checks.consistency_repairs import innocent
from safeconduct.checks.material import Material, cite, ids, lapse, natural
from safeconduct.checks.outside import named_outside
from safeconduct.checks.relations import asked_about_order
from safeconduct.geo.resolving import Resolution, Resolved
from safeconduct.geo.spots import separation_km
from safeconduct.timeline.conflicts import Conflict, conflicts
from safeconduct.timeline.network import ORIGIN, Edge
from safeconduct.timeline.posing import Posed, of_layout
from safeconduct.timeline.solving import Solution, solve, weighed

CHECK = "account"

STEPS = 3_000_000
"""Edges and variables that are looked at, for deciding and again for listing; see `solving`."""

LISTING_STEPS = 20_000
"""For listing every conflict there is, once it is known that there is one."""

WEIGHING_STEPS = 100_000
"""For each conflict by how much it falls short, where the listing had no steps left for that."""

MOST_LISTED = 12
"""More conflicts than these, the smallest first, are counted and not listed: nobody can ask about
them all.
"""


def account_holds(
    material: Material, results: Sequence[Finding | NotChecked]
) -> Iterator[Finding | NotChecked]:
    """Decides exactly, within a budget of steps, whether all that was told can hold."""
    references = material.references
    named = named_outside(material)
    posed = of_layout(material.layout, references.gazetteer, references.countries, named)
    if len(_comparable(posed)) < 2:
        reason, needs = Message("too-few-to-compare"), Message("needs-two-dated-claims")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)
        return
    decided = solve(posed.problem, STEPS)
    if isinstance(decided, Solution):
        yield _holds(posed, results)
        return
    listed = conflicts(posed.problem, LISTING_STEPS)
    minimal = list(listed.minimal)
    if isinstance(decided, Conflict) and decided.statements not in {m.statements for m in minimal}:
        # The listing ended before it came to the one that is known.
        minimal.append(decided)
    told = [
        {because.id for because in result.because}
        for result in results
        if isinstance(result, Finding) and result.outcome in (Outcome.CONFLICTS, Outcome.ASKS)
        if result.check in PAIRWISE
    ]
    sets = [(one, _claims(one.statements, posed)) for one in minimal]
    fresh = [(one, about) for one, about in sets if not any(about <= known for known in told)]
    for one, about in fresh[:MOST_LISTED]:
        known = one if one.circle else weighed(posed.problem, one, WEIGHING_STEPS)
        yield _conflict(known, about, posed, material)
    left = len(fresh[MOST_LISTED:])
    if not listed.complete:
        yield _not_listed("search-ended", listed.steps)
    elif left:
        yield _not_listed("larger-conflicts", left)


def _not_listed(reason: str, number: int) -> NotChecked:
    return NotChecked(
        check=CHECK,
        reason=Message(reason, {"number": Number(number)}),
        needs=Message("needs-narrower-statements"),
    )


PAIRWISE = ("relations", "stays-overlap", "journeys", "documents", "milestones")
"""Checks that tell conflicts of dates, orders and places by themselves."""


def _comparable(posed: Posed) -> frozenset[str]:
    """The claims that have a date, or an order to another: of the others nothing is compared."""
    found: set[str] = set()
    for statement in posed.problem.statements:
        about = posed.claims.get(statement.name, ())
        edges = (edge for edges in statement.alternatives for edge in edges)
        if len(about) > 1 or any(ORIGIN in (edge.start, edge.to) for edge in edges):
            found.update(about)
    return frozenset(found & posed.about_claims)


def _claims(statements: Iterable[str], posed: Posed) -> frozenset[str]:
    return frozenset(claim for name in statements for claim in posed.claims.get(name, ()))


def _holds(posed: Posed, results: Sequence[Finding | NotChecked]) -> Finding:
    """All can hold but for what a check of pairs has found: stays are continuous to that alone."""
    claims = sorted(_comparable(posed))
    beside = any(
        isinstance(one, Finding) and one.outcome is Outcome.CONFLICTS and one.check in PAIRWISE
        for one in results
    )
    return Finding(
        check=CHECK,
        outcome=Outcome.NOTHING_FOUND,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(
            "account-can-hold-beside" if beside else "account-can-hold", {"claims": ids(*claims)}
        ),
        because=cite(*claims),
    )


def _conflict(one: Conflict, about: frozenset[str], posed: Posed, material: Material) -> Finding:
    claims = about & material.layout.occurrences.keys()
    parameters = {
        "claims": ids(*about),
        "number": Number(len(one.statements)),
        "short": lapse(one.circle.minutes if one.circle else 0),
        **_joined(one, posed, material),
    }
    message = "account-cannot-all-hold"
    told = [material.layout.of(claim).claim for claim in claims]
    return Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(message if one.circle else f"{message}-unweighed", parameters),
        because=(*cite(*claims), *_outside(about - claims, material)),
        repairs=innocent(claims, one.circle.minutes if one.circle else 0, material),
        question=asked_about_order(claims, material),
        peripheral=all(claim.central == "peripheral" for claim in told),
    )


def _joined(one: Conflict, posed: Posed, material: Material) -> dict[str, Parameter]:
    """What joins the claims of a conflict: durations, orders, and ways between places."""
    occurrences = material.layout.occurrences
    lasting = [name for name in one.statements if name in posed.durations]
    orders = [
        " – ".join(posed.claims[name])
        for name in one.statements
        if name not in occurrences and len(occurrences.keys() & set(posed.claims[name])) > 1
    ]
    found: dict[str, Parameter] = {}
    if lasting:
        found["durations"] = ids(*(claim for name in lasting for claim in posed.claims[name]))
    if orders:
        found["orders"] = Texts(tuple(orders))
    ways = [
        way
        for edge in (one.circle.edges if one.circle else ())
        if (way := _way(edge, posed, material))
    ]
    if ways:
        found["ways"] = Texts(tuple(dict.fromkeys(name for name, _ in ways)))
        found["km"] = Km(round(sum(km for _, km in ways)))
    return found


def _way(edge: Edge, posed: Posed, material: Material) -> tuple[str, float] | None:
    """A way of the circle as "Moscow (c1) – Omsk (c2)", with its kilometres at least."""
    if edge.rule != "way":
        return None
    ends = [_end(variable, posed, material) for variable in (edge.to, edge.start)]
    (one, first), (other, second) = ends
    if not isinstance(first, Resolved) or not isinstance(second, Resolved):
        return None
    words = f"{first.spot.label} ({one}) – {second.spot.label} ({other})"
    return words, separation_km(first.spot, second.spot)


def _end(variable: int, posed: Posed, material: Material) -> tuple[str, Resolution | None]:
    """The claim whose start or end a variable of the problem is, and its place there."""
    claim = posed.problem.statements[(variable - 1) // 2].name
    occurrence = material.layout.of(claim)
    if occurrence.claim.kind is not ClaimKind.JOURNEY:
        return claim, occurrence.where
    return claim, occurrence.origin if variable % 2 else occurrence.destination


def _outside(names: frozenset[str], material: Material) -> Iterator[Because]:
    """The papers and public events among what conflicts."""
    papers = {one.id for one in material.case.documents()}
    milestones = material.references.milestones
    for name in sorted(names, key=natural):
        if name in papers:
            yield Because("evidence", name)
        elif milestones is not None:
            yield Because("row", name, milestones.dataset(name))
