"""Reader: which statements of the account, more than two at a time, cannot all hold?

What a check of pairs has told already is not told again. Each conflict is minimal: without any one
of its statements the rest can hold. Which one is false is never said; it is asked.
"""

from collections.abc import Iterable, Iterator, Sequence

from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Number,
    Outcome,
)
from safeconduct.checks.consistency_repairs import innocent
from safeconduct.checks.material import Material, cite, ids, lapse, natural
from safeconduct.checks.outside import named_outside
from safeconduct.timeline.conflicts import Conflict, conflicts
from safeconduct.timeline.posing import Posed, of_layout
from safeconduct.timeline.solving import Solution, solve

CHECK = "account"

STEPS = 3_000_000
"""Edges and variables that are looked at, for deciding and again for listing; see `solving`."""

LISTING_STEPS = 20_000
"""For listing every conflict there is, once it is known that there is one."""

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
    if len(posed.claims) < 2:
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
        yield _conflict(one, about, material)
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


def _claims(statements: Iterable[str], posed: Posed) -> frozenset[str]:
    return frozenset(claim for name in statements for claim in posed.claims.get(name, ()))


def _holds(posed: Posed, results: Sequence[Finding | NotChecked]) -> Finding:
    """All can hold but for what a check of pairs has found: stays are continuous to that alone."""
    claims = sorted(posed.about_claims)
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


def _conflict(one: Conflict, about: frozenset[str], material: Material) -> Finding:
    claims = about & material.layout.occurrences.keys()
    parameters = {
        "claims": ids(*about),
        "number": Number(len(one.statements)),
        "short": lapse(one.circle.minutes if one.circle else 0),
    }
    weighed = "account-cannot-all-hold" if one.circle else "account-cannot-all-hold-unweighed"
    told = [material.layout.of(claim).claim for claim in claims]
    return Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(weighed, parameters),
        because=(*cite(*claims), *_outside(about - claims, material)),
        repairs=innocent(claims, one.circle.minutes if one.circle else 0, material),
        question=Message("ask-order", {"claims": ids(*claims)}),
        peripheral=all(claim.central == "peripheral" for claim in told),
    )


def _outside(names: frozenset[str], material: Material) -> Iterator[Because]:
    """The papers and public events among what conflicts."""
    papers = {one.id for one in material.case.documents()}
    milestones = material.references.milestones
    for name in sorted(names, key=natural):
        if name in papers:
            yield Because("evidence", name)
        elif milestones is not None:
            yield Because("row", name, milestones.dataset(name))
