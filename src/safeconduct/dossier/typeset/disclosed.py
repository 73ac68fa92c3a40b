"""What of a vetting and its case may leave the house. Everything else here is made from that alone.

Left out: innocent explanations (`repairs`), which put to the applicant would be coaching; the notes
of the staff, whether restricted or not; their remarks on claims, tellings, service, sources and
evidence; the words of transcripts; where files lie; the names of interpreters and of sources that
are persons (a case records nobody's consent to be named); what screening against watchlists gave,
whatever it gave, and judgements on it. Why a date or place is read as it is stays.
"""

from typing import TypeVar

import msgspec

from safeconduct.casefile.account import Claim, Telling
from safeconduct.casefile.case import Case
from safeconduct.casefile.evidence import EvidenceItem, SearchEntry, Source
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.people import Applicant, Person
from safeconduct.dossier.vetting_json import vetting_object
from safeconduct.wording.language import Language

_Item = TypeVar("_Item", bound=msgspec.Struct)
_Person = TypeVar("_Person", bound=Person)

UNNAMED = ""
"""In place of a name: there is one in the case, and it is not shown."""

_MAY_BE_PERSONS = frozenset(("person", "other"))
"""Kinds of sources; `other` is also what stands where nobody stated a kind."""

WITHHELD_CHECKS = ("identity-screening",)
"""Checks of which no finding leaves the house; the dossier says that they were run."""

WITHHELD = (
    "repairs",
    "notes",
    "names",
    "transcripts",
    "third-persons",
    "explanations",
    "proofs",
    *WITHHELD_CHECKS,
)
"""What a dossier names as held back; each has its wording `dossier-withheld-…`."""


def disclosable_vetting(vetting: Vetting) -> Vetting:
    """The vetting without innocent explanations and without the checks that are held back whole.

    Identifiers of findings stay what they were.
    """
    findings = tuple(
        msgspec.structs.replace(one, repairs=())
        for one in vetting.findings
        if one.check not in WITHHELD_CHECKS
    )
    return msgspec.structs.replace(vetting, findings=findings)


def disclosable_case(case: Case) -> Case:
    """The case without what its staff wrote for themselves."""
    persons = frozenset(one.id for one in case.sources if one.kind in _MAY_BE_PERSONS)
    return msgspec.structs.replace(
        case,
        notes=(),
        judgements=(),
        explanations=(),
        controls=(),
        registers=(),
        identifiers=(),
        applicant=_pictured(_person(case.applicant)),
        household=tuple(_person(one) for one in case.household),
        persons=tuple(_person(one) for one in case.persons),
        answers=tuple(
            msgspec.structs.replace(_unnoted(one), interpreter=None, by=None)
            for one in case.answers
        ),
        searches=tuple(_search(one, case) for one in case.searches),
        claims=tuple(_claim(one) for one in case.claims),
        tellings=tuple(_telling(one) for one in case.tellings),
        sources=tuple(_source(one) for one in case.sources),
        service=tuple(_unnoted(one) for one in case.service),
        evidence=tuple(_evidence(one, persons) for one in case.evidence),
    )


def disclosed(vetting: Vetting, language: Language) -> bytes:
    """`vetting.json` by its contract, but for the key `repairs`, as UTF-8 with a final line break.

    The same bytes are attached to the dossier.
    """
    content = vetting_object(disclosable_vetting(vetting), language)
    for finding in content["findings"]:
        del finding["repairs"]
    return msgspec.json.format(msgspec.json.encode(content)) + b"\n"


def _claim(claim: Claim) -> Claim:
    bearings = tuple(_unnoted(one) for one in claim.evidence)
    expected = tuple(_unnoted(one) for one in claim.if_untrue)
    return msgspec.structs.replace(claim, note=None, evidence=bearings, if_untrue=expected)


def _search(search: SearchEntry, case: Case) -> SearchEntry:
    """A search without the staff's remark; of one about a third person, not what was asked."""
    third = {one.id for one in case.persons}
    if third.isdisjoint(search.about):
        return _unnoted(search)
    return msgspec.structs.replace(search, query=UNNAMED, result=UNNAMED, note=None)


def _person(person: _Person) -> _Person:
    """A person whose papers do not say what was asked about them and what came back."""
    documents = tuple(
        msgspec.structs.replace(one, asked=None, answered=None, compared=None)
        for one in person.documents
    )
    return msgspec.structs.replace(person, documents=documents)


def _pictured(person: Applicant) -> Applicant:
    """The applicant, whose photograph does not say where it lies."""
    photograph = person.photograph and msgspec.structs.replace(
        person.photograph, file=UNNAMED, note=None
    )
    return msgspec.structs.replace(person, photograph=photograph)


def _telling(telling: Telling) -> Telling:
    back = telling.read_back and _unnoted(telling.read_back)
    if back:
        back = msgspec.structs.replace(back, interpreter=_held_back(back.interpreter))
    return msgspec.structs.replace(
        telling,
        note=None,
        transcript=None,
        interpreter=_held_back(telling.interpreter),
        read_back=back,
    )


def _source(source: Source) -> Source:
    """A source that is, or may be, a person without all that could point to that person."""
    if source.kind not in _MAY_BE_PERSONS:
        return _unnoted(source)
    return msgspec.structs.replace(
        source,
        name=UNNAMED,
        title=None,
        publisher=None,
        address=None,
        reliability_reason=None,
        note=None,
    )


def _evidence(item: EvidenceItem, persons: frozenset[str]) -> EvidenceItem:
    """An item; of one that a person gave, not why it is believed: that may point to the person."""
    reason = None if item.source in persons else item.credibility_reason
    return msgspec.structs.replace(_unnoted(item), custody=(), file=None, credibility_reason=reason)


def _held_back(name: str | None) -> str | None:
    return name and UNNAMED


def _unnoted(item: _Item) -> _Item:
    return msgspec.structs.replace(item, note=None)
