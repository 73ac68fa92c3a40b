"""Reader: each claim against its evidence, as the case judges what the evidence bears.

What supports a claim, what conflicts with it, and what one would expect to see if it were untrue
stand apart, each with the two grades of what it rests on. Items of one declared origin count once;
an item that descends from the telling itself only repeats it. Nothing is added up.
"""

from collections.abc import Iterator, Sequence

from safeconduct.casefile.account import Claim
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Text,
)
from safeconduct.casefile.weighing import Expectation
from safeconduct.checks.material import Material, cite, claim_id, ids, natural
from safeconduct.checks.origins import Declared, counted, declared, of_the_telling, origins_of

CHECK = "corroboration"


def corroboration(
    material: Material, _results: Sequence[Finding | NotChecked]
) -> Iterator[Finding | NotChecked]:
    """What the evidence of each claim bears; claims without evidence are left to coverage."""
    origin = declared(material.case)
    for claim in material.case.claims:
        yield from _supporting(claim, origin)
        yield from _conflicting(claim, origin)
        yield from _context(claim)
        yield from _without_source(claim, origin)
        for one in sorted(claim.if_untrue, key=lambda one: one.what):
            yield from _expected(claim, one)


def borne_on(claim: Claim) -> bool:
    """Does evidence support the claim or conflict with it, as the case judges?"""
    return any(one.bears != "context" for one in claim.evidence)


def _items(claim: Claim, bears: str) -> list[str]:
    return sorted({one.item for one in claim.evidence if one.bears == bears}, key=natural)


def _supporting(claim: Claim, origin: Declared) -> Iterator[Finding]:
    items = _items(claim, "supports")
    repeated = of_the_telling(items, claim, origin)
    independent = [item for item in items if item not in repeated]
    if independent:
        origins = origins_of(independent, origin)
        parameters = {"claim": claim_id(claim), "items": ids(*independent), **counted(origins)}
        message = Message("evidence-supports", parameters)
        yield _finding(Outcome.SUPPORTS, message, claim, independent)
    if repeated:
        parameters = {"claim": claim_id(claim), "items": ids(*repeated)}
        message = Message("evidence-of-own-origin", parameters)
        yield _finding(Outcome.UNKNOWN, message, claim, repeated)


def _conflicting(claim: Claim, origin: Declared) -> Iterator[Finding]:
    items = _items(claim, "conflicts")
    if items:
        origins = origins_of(items, origin)
        parameters = {"claim": claim_id(claim), "items": ids(*items), **counted(origins)}
        message = Message("evidence-conflicts", parameters)
        yield _finding(Outcome.CONFLICTS, message, claim, items)


def _context(claim: Claim) -> Iterator[Finding]:
    items = _items(claim, "context")
    if items and not borne_on(claim):
        message = Message("evidence-context-only", {"claim": claim_id(claim), "items": ids(*items)})
        yield _finding(Outcome.UNKNOWN, message, claim, items)


def _without_source(claim: Claim, origin: Declared) -> Iterator[NotChecked]:
    """With one item alone there is nothing whose origin it could share."""
    items = _items(claim, "supports") + _items(claim, "conflicts")
    unknown = origins_of(items, origin).unknown
    if unknown and len(set(items)) > 1:
        yield NotChecked(
            check=CHECK,
            reason=Message("evidence-without-source", {"items": ids(*unknown)}),
            needs=Message("needs-source-of-items"),
            because=(*cite(claim.id), *_evidence(unknown)),
        )


def _expected(claim: Claim, one: Expectation) -> Iterator[Finding | NotChecked]:
    looked = sorted(set(one.looked), key=natural)
    parameters = {"claim": claim_id(claim), "what": Text(one.what)}
    if one.result is None:
        yield NotChecked(
            check=CHECK,
            reason=Message("expected-not-looked-for", parameters),
            needs=Message("needs-looking-for-it"),
            because=cite(claim.id),
        )
        return
    seen = one.result == "seen"
    message = Message(
        "expected-if-untrue-seen" if seen else "expected-if-untrue-not-seen",
        {**parameters, "looked": ids(*looked)},
    )
    outcome = Outcome.ASKS if seen else Outcome.NOTHING_FOUND
    yield _finding(outcome, message, claim, looked)


def _finding(outcome: Outcome, message: Message, claim: Claim, items: Sequence[str]) -> Finding:
    asks = outcome in (Outcome.CONFLICTS, Outcome.ASKS)
    return Finding(
        check=CHECK,
        outcome=outcome,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=message,
        because=(*cite(claim.id), *_evidence(items)),
        question=Message("ask-tell-again", {"what": Text(claim.text)}) if asks else None,
        peripheral=claim.central == "peripheral",
    )


def _evidence(items: Sequence[str]) -> tuple[Because, ...]:
    return tuple(Because("evidence", item) for item in items)
