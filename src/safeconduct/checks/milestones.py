"""Check: do claims agree with the public events that they refer to?

A claim that declares a milestone is compared with it; a claim that only mentions one is asked
about when it is dated for certain before the event could be known.
"""

from collections.abc import Iterator

from safeconduct.casefile.account import Claim, MilestoneReference, MilestoneUse
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Text,
    Told,
)
from safeconduct.checks.material import Material, cite, claim_id, told
from safeconduct.timeline.layout import Occurrence
from safeconduct.timeline.milestones import Milestone, Milestones

CHECK = "milestones"


def milestones_agree(material: Material) -> Iterator[Finding | NotChecked]:
    """Each declared milestone, then each one mentioned too early, then tellings before events."""
    milestones = material.references.milestones
    if milestones is None:
        reason, needs = Message("no-milestones-loaded"), Message("needs-milestones")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)
        return
    declared = 0
    for occurrence in material.layout.occurrences.values():
        for reference in occurrence.claim.milestones:
            declared += 1
            milestone = milestones.by_id.get(reference.milestone)
            if milestone is None:
                yield _not_in_the_set(occurrence.claim, reference)
            else:
                yield _declared(occurrence, reference, milestone, milestones)
        yield from _mentioned_too_early(occurrence, milestones)
    if not declared:
        reason, needs = Message("no-milestone-declared"), Message("needs-milestone-references")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)


def _not_in_the_set(claim: Claim, reference: MilestoneReference) -> NotChecked:
    return NotChecked(
        check=CHECK,
        reason=Message(
            "milestone-not-in-set",
            {"claim": claim_id(claim), "milestone": Text(reference.milestone)},
        ),
        needs=Message("needs-milestone", {"milestone": Text(reference.milestone)}),
        because=cite(claim.id),
    )


def _declared(
    occurrence: Occurrence, reference: MilestoneReference, milestone: Milestone, of: Milestones
) -> Finding | NotChecked:
    claim = occurrence.claim
    parameters = {
        "claim": claim_id(claim),
        "when": told(claim),
        "milestone": Text(milestone.title),
        "date": Told(milestone.when),
        "source": source(milestone),
    }
    because = _cited(occurrence, milestone, of)
    holds = _holds(occurrence, reference.as_, milestone)
    if holds is None:
        return NotChecked(
            check=CHECK,
            reason=Message("milestone-date-open", parameters),
            needs=Message("needs-date", {"claim": claim_id(claim)}),
            because=because,
        )
    if holds:
        certain = _certain(occurrence, reference.as_, milestone)
        return Finding(
            check=CHECK,
            outcome=Outcome.SUPPORTS if certain else Outcome.NOTHING_FOUND,
            indicator=Indicator.EXTERNAL_CONSISTENCY,
            message=Message(f"milestone-agrees-{reference.as_}", parameters),
            because=because,
            peripheral=claim.central == "peripheral",
        )
    return Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message(f"milestone-differs-{reference.as_}", parameters),
        because=because,
        repairs=(
            Message("repair-date-misremembered", {"claim": claim_id(claim)}),
            Message("repair-another-event-meant", {"milestone": Text(milestone.title)}),
        ),
        question=Message("ask-when", {"what": Text(claim.text)}),
        peripheral=claim.central == "peripheral",
    )


def source(milestone: Milestone) -> Parameter:
    """Where the event was read of: the first of its citations."""
    first = milestone.citations[0]
    return Text(f"{first.publisher}, {first.address}")


def _cited(occurrence: Occurrence, milestone: Milestone, of: Milestones) -> tuple[Because, ...]:
    limits = (
        occurrence.start_min,
        occurrence.start_max,
        occurrence.end_min,
        occurrence.end_max,
    )
    own = cite(occurrence.claim.id, *(claim for limit in limits for claim in limit.claims))
    return (*own, Because("row", milestone.id, of.dataset(milestone.id)))


def _holds(occurrence: Occurrence, use: MilestoneUse, milestone: Milestone) -> bool | None:
    """True if the dates agree, False if no reading of them can, None if they leave it open.

    "Agrees" needs a claim that is dated on both sides; one that reaches without bound would
    agree with everything.
    """
    begins, ends = occurrence.start_min.minutes, occurrence.end_max.minutes
    match use:
        case MilestoneUse.KNEW:
            earliest = milestone.known[0]
            return _order(earliest, ends, occurrence.end_max.minutes, begins)
        case MilestoneUse.AFTER:
            return _order(milestone.start[0], ends, ends, begins)
        case MilestoneUse.BEFORE:
            return _order(begins, milestone.start[1], milestone.start[1], ends)
        case MilestoneUse.DURING:
            if _before(ends, milestone.start[0]):
                return False
            if _before(milestone.end[1], begins):
                # Without a recorded end, what began may have gone on.
                return False if milestone.ends else None
            return None if begins is None or ends is None else True


CLOSE_MINUTES = 62 * 24 * 60
"""A claim dated within two months speaks of an event in them; a wider one says too little."""


def _certain(occurrence: Occurrence, use: MilestoneUse, milestone: Milestone) -> bool:
    """Does every reading of the claim's dates agree, so that it supports and does not just fit?"""
    begins, ends = occurrence.start_min.minutes, occurrence.end_max.minutes
    if begins is None or ends is None:
        return False
    earliest, latest = milestone.start
    match use:
        case MilestoneUse.KNEW:
            return milestone.known[0] is not None and begins >= milestone.known[0]
        case MilestoneUse.AFTER:
            return earliest is not None and begins >= earliest
        case MilestoneUse.BEFORE:
            return latest is not None and ends <= latest
        case MilestoneUse.DURING:
            return ends - begins <= CLOSE_MINUTES


def _order(
    earlier: int | None, later: int | None, bounded: int | None, other: int | None
) -> bool | None:
    """Can what is at `earlier` at the soonest be before what is at `later` at the latest?"""
    if earlier is not None and later is not None and later <= earlier:
        return False
    return None if bounded is None or other is None or earlier is None else True


def _before(one: int | None, other: int | None) -> bool:
    """Is a bounded moment certainly before another?"""
    return one is not None and other is not None and one <= other


def _mentioned_too_early(occurrence: Occurrence, of: Milestones) -> Iterator[Finding]:
    claim = occurrence.claim
    declared = {reference.milestone for reference in claim.milestones}
    ends = occurrence.end_max.minutes
    for milestone in of.mentioned(claim):
        known = milestone.known[0]
        if milestone.id in declared or ends is None or known is None or ends > known:
            continue
        yield Finding(
            check=CHECK,
            outcome=Outcome.ASKS,
            indicator=Indicator.EXTERNAL_CONSISTENCY,
            message=Message(
                "milestone-mentioned-early",
                {
                    "claim": claim_id(claim),
                    "when": told(claim),
                    "milestone": Text(milestone.title),
                    "date": Told(milestone.known_from),
                    "source": source(milestone),
                },
            ),
            because=_cited(occurrence, milestone, of),
            question=Message("ask-when", {"what": Text(claim.text)}),
            peripheral=claim.central == "peripheral",
        )
