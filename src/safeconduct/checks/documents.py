"""Check: identity papers, by their own digits, forms and dates, and against the claims.

A zone whose digits agree can be printed by anyone, and a number of the right form may be invented:
nothing here says that a paper is genuine. What differs is most often a slip of the pen.
"""

from collections.abc import Iterator
from datetime import datetime

from safeconduct.casefile.account import Claim
from safeconduct.casefile.documents import Document
from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Term,
    Text,
    Told,
)
from safeconduct.casefile.when import Bound, When, read_when, utc
from safeconduct.checks.document_zones import of, paper, zone_results
from safeconduct.checks.material import Material, claim_id, told
from safeconduct.checks.papers.numbers import FormState, number_form
from safeconduct.checks.papers.series_years import YearState, series_year_against_issue
from safeconduct.timeline.moments import minutes_of

CHECK = "documents"


def documents_agree(material: Material) -> Iterator[Finding | NotChecked]:
    """Each paper: its zone, the form of its number, its dates, and the claims that use it."""
    documents = sorted(material.case.documents(), key=lambda document: document.id)
    if not documents:
        reason, needs = Message("document-none"), Message("needs-document")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)
    for document in documents:
        yield from zone_results(material, document)
        yield from _number(document)
        yield from _series_year(material, document)
        yield from _own_dates(material, document)
        for claim in material.case.claims:
            if document.id in claim.documents:
                yield from _in_use(material, document, claim)


def _number(document: Document) -> Iterator[Finding | NotChecked]:
    result = number_form(document.kind, document.number)
    if result.state is FormState.UNKNOWN:
        reason = Message(f"document-number-{result.reason}", paper(document))
        needs = Message("needs-document-number", paper(document))
        yield NotChecked(check=CHECK, reason=reason, needs=needs, because=of(document))
        return
    expected = {**paper(document), "expected": Text(result.expected or "")}
    if result.state is FormState.AGREES:
        yield Finding(
            check=CHECK,
            outcome=Outcome.NOTHING_FOUND,
            indicator=Indicator.EXTERNAL_CONSISTENCY,
            message=Message("document-number-agrees", expected),
            because=of(document),
        )
        return
    repairs: tuple[Message, ...] = (Message("repair-number-miscopied", paper(document)),)
    if result.repair:
        parameters = {**paper(document), "read": Text(result.repair)}
        repairs = (Message("repair-number-look-alike", parameters), *repairs)
    yield Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message(f"document-number-differs-{result.reason}", expected),
        because=of(document),
        repairs=repairs,
        question=Message("ask-document-again", paper(document)),
    )


def _series_year(material: Material, document: Document) -> Iterator[Finding]:
    years = _years(material, document.issued)
    result = series_year_against_issue(document.number, years)
    is_passport = document.kind == "russian-internal-passport"
    if not is_passport or result.state is not YearState.ASKS or result.series_year is None:
        return
    yield Finding(
        check=CHECK,
        outcome=Outcome.ASKS,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message(
            "document-series-year",
            {
                **paper(document),
                "year": Text(str(result.series_year)),
                "issued": _when(document.issued),
            },
        ),
        because=of(document),
        question=Message("ask-document-issued", paper(document)),
    )


def _years(material: Material, when: When | None) -> tuple[int, int] | None:
    bounds = read_when(when, material.case.conventions) if when else None
    if bounds is None or bounds.start.earliest is None or bounds.end.latest is None:
        return None
    return bounds.start.earliest.year, bounds.end.latest.year


def _own_dates(material: Material, document: Document) -> Iterator[Finding]:
    """Expiry before issue, and issue before the bearer was born."""
    issued, expires = _bounds(material, document.issued), _bounds(material, document.expires)
    holder = next(
        person
        for person in material.case.people()
        if person.id == document.holder or document in person.documents
    )
    born = _bounds(material, holder.born)
    for message, earlier, later, one, other in (
        ("document-expires-before-issue", expires, issued, document.expires, document.issued),
        ("document-issued-before-birth", issued, born, document.issued, holder.born),
    ):
        if _surely_before(earlier, later):
            yield Finding(
                check=CHECK,
                outcome=Outcome.CONFLICTS,
                indicator=Indicator.INTERNAL_CONSISTENCY,
                message=Message(message, {**paper(document), "a": _when(one), "b": _when(other)}),
                because=of(document),
                repairs=(
                    Message("repair-document-date-miscopied", paper(document)),
                    Message("repair-document-day-and-month", paper(document)),
                ),
                question=Message("ask-document-again", paper(document)),
            )


def _in_use(material: Material, document: Document, claim: Claim) -> Iterator[Finding | NotChecked]:
    """Was the paper issued, and not expired, when the claim uses it?"""
    occurrence = material.layout.of(claim.id)
    names = {**paper(document), "claim": claim_id(claim), "when": told(claim)}
    begins, ends = occurrence.start_min.minutes, occurrence.end_max.minutes
    issued, expires = _bounds(material, document.issued), _bounds(material, document.expires)
    after_issue = issued is not None and issued.earliest is not None and ends is not None
    before_expiry = expires is not None and expires.latest is not None and begins is not None
    if not (after_issue or before_expiry):
        yield NotChecked(
            check=CHECK,
            reason=Message("document-use-undated", names),
            needs=Message("needs-document-dates", names),
            because=of(document, claim.id),
        )
        return
    found = False
    if issued and issued.earliest and ends is not None and ends <= minutes_of(issued.earliest):
        found = True
        because = of(document, claim.id, *occurrence.end_max.claims)
        yield _use(claim, "document-used-before-issue", names, document.issued, because)
    if expires and expires.latest and begins is not None and begins >= minutes_of(expires.latest):
        found = True
        because = of(document, claim.id, *occurrence.start_min.claims)
        yield _use(claim, "document-used-after-expiry", names, document.expires, because)
    if not found:
        yield Finding(
            check=CHECK,
            outcome=Outcome.NOTHING_FOUND,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message("document-dates-agree", names),
            because=of(document, claim.id),
        )


def _use(
    claim: Claim,
    message: str,
    names: dict[str, Parameter],
    date: When | None,
    because: tuple[Because, ...],
) -> Finding:
    return Finding(
        check=CHECK,
        outcome=Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(message, {**names, "date": _when(date)}),
        because=because,
        repairs=(
            Message("repair-document-another", names),
            Message("repair-document-date-miscopied", names),
            Message("repair-date-misremembered", {"claim": claim_id(claim)}),
        ),
        question=Message("ask-which-document", {"what": Text(claim.text)}),
        peripheral=claim.central == "peripheral",
    )


def _when(when: When | None) -> Parameter:
    return Told(when.edtf, when.words) if when else Term("no-date-told")


def _bounds(material: Material, when: When | None) -> Bound | None:
    """Bounds in UTC, as wide as any zone makes them: papers do not say where midnight was."""
    if when is None:
        return None
    reading = read_when(when, material.case.conventions)
    return Bound(earliest=utc(reading.start, None).earliest, latest=utc(reading.end, None).latest)


def _surely_before(one: Bound | None, other: Bound | None) -> bool:
    last: datetime | None = one.latest if one else None
    first: datetime | None = other.earliest if other else None
    return last is not None and first is not None and last <= first
