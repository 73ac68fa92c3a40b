"""Papers and public events that claims name, as bounds on when those claims can have been.

The same demands as the checks of papers and of public events make one by one, so that all that was
told can be decided together with them.
"""

from collections.abc import Iterator

from safeconduct.casefile.account import Claim, MilestoneUse
from safeconduct.casefile.documents import Document
from safeconduct.casefile.when import When, read_when, utc
from safeconduct.checks.material import Material
from safeconduct.timeline.milestones import Milestone
from safeconduct.timeline.moments import minutes_of
from safeconduct.timeline.posing import Named, Outside


def named_outside(material: Material) -> Named:
    """What each claim of the account names: papers with their dates, milestones of the sets."""
    papers = {one.id: _paper(material, one) for one in material.case.documents()}
    found = {}
    for claim in material.case.claims:
        outside = (*(papers[one] for one in claim.documents if one in papers),)
        found[claim.id] = (*outside, *_events(material, claim))
    return found


def _paper(material: Material, document: Document) -> Outside:
    """A paper is used after it was issued and before it expires, wherever midnight was."""
    issued, expires = (
        _bound(material, when, last) for when, last in ((document.issued, 0), (document.expires, 1))
    )
    return Outside(id=document.id, rule="document", not_before=issued, not_after=expires)


def _bound(material: Material, when: When | None, last: int) -> int | None:
    """The first moment of a date, or with `last` its last one, as wide as any zone makes it."""
    if when is None:
        return None
    reading = read_when(when, material.case.conventions)
    moment = utc(reading.end, None).latest if last else utc(reading.start, None).earliest
    return None if moment is None else minutes_of(moment)


def _events(material: Material, claim: Claim) -> Iterator[Outside]:
    milestones = material.references.milestones
    for reference in claim.milestones if milestones else ():
        milestone = milestones.by_id.get(reference.milestone) if milestones else None
        if milestone is not None:
            yield _event(milestone, reference.as_)


def _event(milestone: Milestone, use: MilestoneUse) -> Outside:
    not_before = not_after = None
    match use:
        case MilestoneUse.KNEW:
            not_before = milestone.known[0]
        case MilestoneUse.AFTER:
            not_before = milestone.start[0]
        case MilestoneUse.BEFORE:
            not_after = milestone.start[1]
        case MilestoneUse.DURING:
            not_before = milestone.start[0]
            # Without a recorded end, what began may have gone on.
            not_after = milestone.end[1] if milestone.ends else None
    return Outside(id=milestone.id, rule="milestone", not_before=not_before, not_after=not_after)
