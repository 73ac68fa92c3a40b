"""Identity papers: what their machine-readable zones say, and whether the case says the same."""

from collections.abc import Iterator

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
    Texts,
    Told,
)
from safeconduct.casefile.when import Conventions, Reading, When, read_when
from safeconduct.checks.material import Material, cite
from safeconduct.checks.papers.mrz import read_mrz
from safeconduct.checks.papers.numbers import number_in_zone
from safeconduct.checks.papers.zone import (
    CheckedField,
    CheckReason,
    CheckState,
    Mrz,
    ZoneNotReadable,
)

CHECK = "documents"


def zone_results(material: Material, document: Document) -> Iterator[Finding | NotChecked]:
    """Check digits, faults of writing, and number and dates of the zone against those recorded."""
    if not document.mrz:
        return
    try:
        zone = read_mrz(document.mrz, on=material.on)
    except ZoneNotReadable as error:
        fault = error.faults[0]
        lengths = {"found": Text(fault.found), "accepted": Text(fault.accepted)}
        parameters = {**paper(document), **lengths}
        yield NotChecked(
            check=CHECK,
            reason=Message(f"document-zone-{fault.kind}", parameters),
            needs=Message("needs-document-zone", paper(document)),
            because=of(document),
        )
        return
    yield from _digits(document, zone)
    yield from _number(document, zone)
    yield from _dates(material, document, zone)


def _digits(document: Document, zone: Mrz) -> Iterator[Finding | NotChecked]:
    differing = [one for one in zone.checks if one.state is CheckState.DIFFERS]
    # The composite covers the other fields, so beside another difference it says nothing more.
    parts = [one for one in differing if one.field is not CheckedField.COMPOSITE]
    unread = [
        one
        for one in zone.checks
        if one.state is CheckState.UNKNOWN and one.reason is not CheckReason.FIELD_UNUSED
    ]
    for one in parts or differing:
        field = Term(f"zone-{one.field}")
        yield Finding(
            check=CHECK,
            outcome=Outcome.CONFLICTS,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message(
                "document-zone-digit",
                {
                    **paper(document),
                    "field": field,
                    "printed": Text(one.printed),
                    "computed": Text(one.computed or "?"),
                },
            ),
            because=of(document),
            repairs=_misread(document, zone),
            question=Message("ask-document-again", paper(document)),
        )
    if unread:
        fields = Texts(tuple(f"{one.line}:{one.position}" for one in unread))
        yield NotChecked(
            check=CHECK,
            reason=Message("document-zone-unread", {**paper(document), "fields": fields}),
            needs=Message("needs-document-zone", paper(document)),
            because=of(document),
        )
    if not differing and any(one.state is CheckState.AGREES for one in zone.checks):
        yield Finding(
            check=CHECK,
            outcome=Outcome.NOTHING_FOUND,
            indicator=Indicator.INTERNAL_CONSISTENCY,
            message=Message("document-zone-agrees", paper(document)),
            because=of(document),
        )


def _misread(document: Document, zone: Mrz) -> tuple[Message, ...]:
    single = tuple(
        Message(
            "repair-zone-misread",
            {
                **paper(document),
                "line": Text(str(one.line)),
                "position": Text(str(one.position)),
                "found": Text(one.found),
                "read": Text(one.read),
            },
        )
        for one in zone.misreadings[:3]
    )
    return single or (Message("repair-zone-copied-wrongly", paper(document)),)


def _number(document: Document, zone: Mrz) -> Iterator[Finding]:
    shown = number_in_zone(document.kind, document.number)
    if shown is None or "?" in zone.number:
        return
    yield _same(document, "document-zone-number", shown == zone.number, shown, zone.number)


def _dates(material: Material, document: Document, zone: Mrz) -> Iterator[Finding]:
    holder = next(one for one in material.case.people() if document in one.documents)
    for message, when, readings in (
        ("document-zone-birth", holder.born, zone.birth.readings),
        ("document-zone-expiry", document.expires, zone.expiry.readings),
    ):
        if when is None or not readings:
            continue
        recorded = read_when(when, material.case.conventions)
        if recorded.start.earliest is None or recorded.end.latest is None:
            continue
        # The zone has no century: one reading that can be the recorded date is enough.
        meets = any(_meet(recorded, read_when(When(edtf=one), Conventions())) for one in readings)
        yield _same(document, message, meets, when.edtf, readings[-1])


def _meet(one: Reading, other: Reading) -> bool:
    a, b, c, d = one.start.earliest, one.end.latest, other.start.earliest, other.end.latest
    return not ((b and c and b <= c) or (d and a and d <= a))


def _same(document: Document, message: str, agrees: bool, recorded: str, zone: str) -> Finding:
    ending = "agrees" if agrees else "differs"
    is_date = message != "document-zone-number"
    sides: dict[str, Parameter] = {
        "recorded": Told(recorded) if is_date else Text(recorded),
        "zone": Told(zone) if is_date else Text(zone),
    }
    return Finding(
        check=CHECK,
        outcome=Outcome.NOTHING_FOUND if agrees else Outcome.CONFLICTS,
        indicator=Indicator.INTERNAL_CONSISTENCY,
        message=Message(f"{message}-{ending}", {**paper(document), **sides}),
        because=of(document),
        repairs=() if agrees else (Message("repair-number-miscopied", paper(document)),),
        question=None if agrees else Message("ask-document-again", paper(document)),
    )


def paper(document: Document) -> dict[str, Parameter]:
    """How a message names a paper: its identifier and its kind."""
    return {"document": Text(document.id), "kind": Term(f"document-kind-{document.kind}")}


def of(document: Document, *claims: str) -> tuple[Because, ...]:
    """Identity papers are cited as evidence, after the claims that use them."""
    return (*cite(*claims), Because("evidence", document.id))
