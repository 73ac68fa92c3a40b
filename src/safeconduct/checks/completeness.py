"""Checks on what is not said: gaps, dates that nobody gave, readings that are still open.

None of it weighs anything by itself: late, vague or missing dates are common in true accounts.
Each asks, so that what the applicant can add is added before anyone concludes.
"""

from collections.abc import Iterator

from safeconduct.casefile.account import Claim, ClaimKind
from safeconduct.casefile.durations import parse_duration
from safeconduct.casefile.findings import (
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Text,
    Texts,
)
from safeconduct.casefile.places import Place
from safeconduct.checks.material import (
    Material,
    cite,
    claim_id,
    days,
    first_day,
    lapse,
    last_day,
    told,
)
from safeconduct.checks.stays import candidates
from safeconduct.geo.resolving import Ambiguous, Resolution
from safeconduct.timeline.gaps import Gap, gaps
from safeconduct.timeline.layout import Occurrence

GAPS = "gaps"
DATES = "dates"
READINGS = "readings"


def gaps_told(material: Material) -> Iterator[Finding | NotChecked]:
    """Gaps longer than the case declares; a case that declares no length is not checked."""
    longest = material.case.gaps_longer_than
    if longest is None:
        reason, needs = Message("no-gap-length-declared"), Message("needs-gap-length")
        yield NotChecked(check=GAPS, reason=reason, needs=needs)
        return
    minutes = int(parse_duration(longest).most.total_seconds() // 60)
    applicant = material.case.applicant.id
    people: dict[str, list[Occurrence]] = {}
    for occurrence in material.layout.occurrences.values():
        if occurrence.claim.kind is not ClaimKind.STATEMENT:
            people.setdefault(occurrence.claim.person or applicant, []).append(occurrence)
    for occurrences in people.values():
        dated = [one for one in occurrences if one.start_min.minutes is not None]
        found = list(gaps(occurrences, minutes))
        yield from (_gap(gap, minutes) for gap in found)
        if not found and len(dated) > 1:
            yield Finding(
                check=GAPS,
                outcome=Outcome.NOTHING_FOUND,
                indicator=Indicator.SUFFICIENCY_OF_DETAIL,
                message=Message("no-gap", {"declared": lapse(minutes)}),
                because=cite(*(one.claim.id for one in dated)),
            )


def _gap(gap: Gap, declared: int) -> Finding:
    start, end = gap.before.end_max.minutes or 0, gap.after.start_min.minutes or 0
    between = {"start": last_day(start), "end": first_day(end)}
    return Finding(
        check=GAPS,
        outcome=Outcome.ASKS,
        indicator=Indicator.SUFFICIENCY_OF_DETAIL,
        message=Message(
            "gap",
            {
                "a": claim_id(gap.before.claim),
                "b": claim_id(gap.after.claim),
                **between,
                "length": lapse(gap.minutes),
                "declared": lapse(declared),
            },
        ),
        because=cite(
            *(gap.before.claim.id, *gap.before.end_max.claims),
            *(gap.after.claim.id, *gap.after.start_min.claims),
        ),
        question=Message("ask-gap", between),
    )


def dates_told(material: Material) -> Iterator[Finding | NotChecked]:
    """Claims that the applicant does not hold to be peripheral and for which no date was told."""
    for occurrence in material.layout.occurrences.values():
        claim = occurrence.claim
        dated = claim.when is not None or claim.kind is ClaimKind.STATEMENT
        if dated or claim.central == "peripheral":
            continue
        start, end = occurrence.start_min, occurrence.end_max
        parameters = {"claim": claim_id(claim), "what": Text(claim.text)}
        message = Message("no-date", parameters)
        if start.minutes is not None and end.minutes is not None:
            bounds = days(start.minutes, end.minutes)
            message = Message("no-date-but-bounded", {**parameters, **bounds})
        yield Finding(
            check=DATES,
            outcome=Outcome.ASKS,
            indicator=Indicator.SUFFICIENCY_OF_DETAIL,
            message=message,
            because=cite(claim.id, *start.claims, *end.claims),
            question=Message("ask-when", {"what": Text(claim.text)}),
        )


def readings_open(material: Material) -> Iterator[Finding | NotChecked]:
    """Particulars, dates and places of which the case keeps several readings."""
    for occurrence in material.layout.occurrences.values():
        claim = occurrence.claim
        for detail in claim.details:
            if detail.one_of:
                yield _open(claim, detail.what, detail.one_of, detail.because)
        if occurrence.reading and len(occurrence.reading.alternatives) > 1 and claim.when:
            yield _open_date(claim, claim.when.note)
        for stated, place in (
            (claim.where, occurrence.where),
            (claim.from_, occurrence.origin),
            (claim.to, occurrence.destination),
        ):
            yield from _place(claim, stated, place)


def _open(claim: Claim, what: str, readings: tuple[str, ...], because: str | None) -> Finding:
    parameters = {"claim": claim_id(claim), "what": Text(what), "readings": Texts(readings)}
    message = Message("reading-open", parameters)
    if because:
        message = Message("reading-open-because", {**parameters, "because": Text(because)})
    return Finding(
        check=READINGS,
        outcome=Outcome.ASKS,
        indicator=Indicator.SUFFICIENCY_OF_DETAIL,
        message=message,
        because=cite(claim.id),
        question=Message("ask-particular", {"what": Text(what), "claim": Text(claim.text)}),
        peripheral=claim.central == "peripheral",
    )


def _open_date(claim: Claim, because: str | None) -> Finding:
    parameters = {"claim": claim_id(claim), "when": told(claim)}
    message = Message("reading-open-date", parameters)
    if because:
        message = Message("reading-open-date-because", {**parameters, "because": Text(because)})
    return Finding(
        check=READINGS,
        outcome=Outcome.ASKS,
        indicator=Indicator.SUFFICIENCY_OF_DETAIL,
        message=message,
        because=cite(claim.id),
        question=Message("ask-when", {"what": Text(claim.text)}),
        peripheral=claim.central == "peripheral",
    )


def _place(claim: Claim, stated: Place | None, place: Resolution | None) -> Iterator[Finding]:
    name = (stated.words or stated.name or "") if stated else ""
    if isinstance(place, Ambiguous):
        yield Finding(
            check=READINGS,
            outcome=Outcome.ASKS,
            indicator=Indicator.SUFFICIENCY_OF_DETAIL,
            message=Message(
                "place-could-be",
                {
                    "claim": claim_id(claim),
                    "name": Text(name),
                    "candidates": Texts(candidates(place)),
                },
            ),
            because=cite(claim.id),
            question=Message("ask-which-place", {"name": Text(name)}),
            peripheral=claim.central == "peripheral",
        )
