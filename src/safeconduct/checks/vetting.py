"""vet(): one case, the references at hand and a day → findings, and what was not checked."""

from collections.abc import Mapping
from datetime import date

import msgspec

from safeconduct import __version__
from safeconduct.casefile.account import Claim, Telling
from safeconduct.casefile.case import Case
from safeconduct.casefile.evidence import Credibility, EvidenceItem, Reliability, Source
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Message,
    NotChecked,
    RestsOn,
    Vetting,
)
from safeconduct.casefile.when import read_when
from safeconduct.checks.material import Material, References, natural
from safeconduct.checks.tables import CHECKS, READERS
from safeconduct.timeline.layout import Layout, lay_out
from safeconduct.timeline.presences import placed

SOFTWARE = f"safeconduct {__version__}"


def vet(case: Case, references: References, *, on: date) -> Vetting:
    """Everything that the checks observe in a case on a day, and what they could not look at.

    1. Without claims there is nothing to check, and that is said.
    2. The case is laid out in time and place once, for all checks.
    3. Each check runs, then each reader of what the checks found.
    4. Grades are added of what each finding rests on.
    The result depends on nothing but the arguments; the order of lists in the file changes nothing.
    """
    case = _ordered(case)
    if not case.claims:  # 1
        nothing = NotChecked(
            check="all", reason=Message("no-claims"), needs=Message("needs-claims")
        )
        return Vetting(
            case=case.id,
            on=on,
            software=SOFTWARE,
            findings=(),
            not_checked=(nothing,),
            references=references.used,
        )
    material = _material(case, references, on)  # 2
    results = [result for check in CHECKS for result in check(material)]  # 3
    results += _told_later(case, on)
    results += [result for reader in READERS for result in reader(material, tuple(results))]
    findings = [result for result in results if isinstance(result, Finding)]
    return Vetting(
        case=case.id,
        on=on,
        software=SOFTWARE,
        findings=tuple(_graded(finding, case) for finding in findings),  # 4
        not_checked=tuple(one for one in results if isinstance(one, NotChecked)),
        references=references.used,
    )


def laid_out(case: Case, references: References) -> Layout:
    """The case in time and place, as the checks saw it; for drawings."""
    return lay_out(_ordered(case), references.gazetteer, references.countries)


def _ordered(case: Case) -> Case:
    """The case with its lists in the order of identifiers, so that findings have one order."""
    claims = tuple(_inside(claim) for claim in sorted(case.claims, key=lambda c: natural(c.id)))
    tellings = tuple(sorted(case.tellings, key=lambda telling: natural(telling.id)))
    return msgspec.structs.replace(case, claims=claims, tellings=tellings)


def _inside(claim: Claim) -> Claim:
    """The claim with its own lists in one order."""
    return msgspec.structs.replace(
        claim,
        relations=tuple(sorted(claim.relations, key=lambda one: (natural(one.claim), one.kind))),
        details=tuple(sorted(claim.details, key=lambda one: (one.what, one.value or ""))),
        milestones=tuple(sorted(claim.milestones, key=lambda one: (one.milestone, one.as_))),
    )


def _material(case: Case, references: References, on: date) -> Material:
    layout = lay_out(case, references.gazetteer, references.countries)
    return Material(case=case, layout=layout, placed=placed(layout), references=references, on=on)


def _told_later(case: Case, on: date) -> list[NotChecked]:
    """A telling dated after the day of the vetting is named: its date or the day is mistaken."""
    later = []
    for telling in case.tellings:
        told = read_when(telling.on, case.conventions).start.earliest
        if told is not None and told.date() > on:
            later.append(
                NotChecked(
                    check="tellings",
                    reason=Message("telling-after-the-day"),
                    needs=Message("needs-day-of-telling"),
                    because=(Because("telling", telling.id),),
                )
            )
    return later


def _graded(finding: Finding, case: Case) -> Finding:
    """The finding with the grade of each thing it cites, on two axes."""
    sources = {source.id: source for source in case.sources}
    tellings = {telling.id: telling for telling in case.tellings}
    evidence = {item.id: item for item in case.evidence}
    told_in = {claim.id: claim.told_in for claim in case.claims}
    grades: dict[tuple[str, str], RestsOn] = {}
    for because in finding.because:
        if because.kind == "evidence" and because.id in evidence:
            grade = _evidence_grade(evidence[because.id], sources)
        elif because.kind == "row":
            grade = RestsOn(kind="row", id=because.id)
        elif because.kind in ("claim", "telling"):
            telling = because.id if because.kind == "telling" else told_in.get(because.id)
            if telling is None:
                continue
            grade = _telling_grade(tellings[telling], sources)
        else:
            grade = RestsOn(kind="evidence", id=because.id)
        grades[grade.kind, grade.id] = grade
    rests_on = tuple(grades[key] for key in sorted(grades, key=lambda k: (k[0], natural(k[1]))))
    return msgspec.structs.replace(finding, rests_on=rests_on)


def _telling_grade(telling: Telling, sources: Mapping[str, Source]) -> RestsOn:
    source = sources.get(telling.source or "")
    reliability = source.reliability if source and source.reliability else Reliability.F
    return RestsOn(kind="telling", id=telling.id, reliability=reliability)


def _evidence_grade(item: EvidenceItem, sources: Mapping[str, Source]) -> RestsOn:
    source = sources.get(item.source or "")
    return RestsOn(
        kind="evidence",
        id=item.id,
        reliability=source.reliability if source and source.reliability else Reliability.F,
        credibility=item.credibility or Credibility.UNJUDGED,
    )
