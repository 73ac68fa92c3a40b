"""Check: may somebody of the case be an entry of a watchlist at hand?

It asks and never tells: an entry that resembles a person is put to people, who judge; nothing found
says only that, of lists named with their days. Without a list nothing of the engine is imported.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from safeconduct.casefile.findings import (
    Because,
    Finding,
    Indicator,
    Message,
    NotChecked,
    Outcome,
    Parameter,
    Text,
    Texts,
    Told,
)
from safeconduct.casefile.judgements import (
    Judged,
    JudgementVerdict,
    entity_sha256,
    judged,
    person_sha256,
)
from safeconduct.casefile.people import Applicant, HouseholdMember, Person, PersonNamed
from safeconduct.checks.material import Material, natural

if TYPE_CHECKING:  # a vetting without a list does without their import
    from safeconduct.screening.comparing import Match
    from safeconduct.screening.screening import Screening
    from safeconduct.screening.watchlists import Watchlist

CHECK = "identity-screening"

_UNSETTLED = ("common-name", "single-part")
"""Why a name that an entry bears too is neither a likeness nor nothing found."""

_NOTHING_FOUND = {
    (False, False): "identity-nothing-found",
    (False, True): "identity-nothing-found-no-birth",
    (True, False): "identity-nothing-found-names-unread",
    (True, True): "identity-nothing-found-names-unread-no-birth",
}
"""By whether a name is in a script that is not compared, and whether no birth date is known."""


def identities_screened(material: Material) -> Iterator[Finding | NotChecked]:
    """The applicant, and whoever else has a recorded purpose and legal basis, against all lists.

    1. Without a list nothing was checked.
    2. Nobody else is searched for without a recorded purpose and basis.
    3. Each person is screened; what was judged already is told as judged.
    """
    watchlists = material.references.watchlists
    if not watchlists:  # 1
        reason, needs = Message("no-watchlist-loaded"), Message("needs-watchlist")
        yield NotChecked(check=CHECK, reason=reason, needs=needs)
        return
    for person in sorted(material.case.people(), key=lambda one: natural(one.id)):
        if not may_be_checked(person):  # 2
            parameters: dict[str, Parameter] = {"person": Text(person.id)}
            reason = Message("no-purpose-recorded", parameters)
            yield NotChecked(check=CHECK, reason=reason, needs=Message("needs-purpose", parameters))
        else:
            yield from _screened(material, person, watchlists)  # 3


def may_be_checked(person: Person) -> bool:
    """Has the case a purpose for comparing this person with lists? The applicant's is the case."""
    if isinstance(person, HouseholdMember | PersonNamed):
        return person.may_be_checked is not None
    return isinstance(person, Applicant)


def _screened(
    material: Material, person: Person, watchlists: Sequence["Watchlist"]
) -> Iterator[Finding]:
    from safeconduct.screening.screening import screen
    from safeconduct.screening.sought import sought

    found = screen(sought(person), watchlists)
    if found.band is None:
        yield _unknown("identity-not-comparable", person, found)
        return
    unsettled, unread = _names(found, *_UNSETTLED), _names(found, "script-not-compared")
    if unsettled:
        yield _unknown("identity-name-unsettled", person, found, unsettled)
    elif not found.matches:
        yield _nothing_found(person, found, unread)
    if unread and (unsettled or found.matches):
        yield _unknown("identity-names-unread", person, found, unread)
    of_day = {one.id: one.as_of for one in found.lists}
    for match in found.matches:
        yield _matched(material, person, match, of_day[match.list])


def _lists(found: "Screening") -> Parameter:
    return Texts(tuple(f"{one.id} ({one.as_of})" for one in found.lists))


def _cited_lists(found: "Screening") -> tuple[Because, ...]:
    """Each list as a whole: that nothing was found is said of all its rows."""
    return tuple(Because("row", one.id, f"watchlist/{one.id}@{one.as_of}") for one in found.lists)


def _names(found: "Screening", *reasons: str) -> tuple[str, ...]:
    """The names that could not be compared, or not alone, for one of these reasons."""
    named = (one.what for one in found.not_compared if one.reason in reasons)
    return tuple(sorted(set(named)))


def _unknown(
    message: str, person: Person, found: "Screening", names: tuple[str, ...] = ()
) -> Finding:
    """What the lists can neither show nor exclude."""
    parameters: dict[str, Parameter] = {"person": Text(person.id), "lists": _lists(found)}
    if names:
        parameters["names"] = Texts(names)
    return Finding(
        check=CHECK,
        outcome=Outcome.UNKNOWN,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message(message, parameters),
        because=_cited_lists(found),
    )


def _nothing_found(person: Person, found: "Screening", unread: tuple[str, ...]) -> Finding:
    """Names what could not be compared, so that nothing found is read for no more than it is."""
    birth = any(one.what == "birth" for one in found.not_compared)
    parameters: dict[str, Parameter] = {"person": Text(person.id), "lists": _lists(found)}
    if unread:
        parameters["names"] = Texts(unread)
    return Finding(
        check=CHECK,
        outcome=Outcome.NOTHING_FOUND,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message(_NOTHING_FOUND[bool(unread), birth], parameters),
        because=_cited_lists(found),
    )


def _matched(material: Material, person: Person, match: "Match", as_of: str) -> Finding:
    """What a match asks, or what somebody judged of it; neither names whom the entry is about."""
    earlier = judged(
        material.case.judgements,
        person=person.id,
        list_id=match.list,
        entity=match.entity.id,
        person_sha256=person_sha256(person),
        entity_sha256=entity_sha256(match.entity),
    )
    parameters: dict[str, Parameter] = {
        "person": Text(person.id),
        "entry": Text(match.entity.id),
        "list": Text(f"{match.list} ({as_of})"),
    }
    if earlier.judgement:
        parameters["by"] = Text(earlier.judgement.by)
        parameters["on"] = Told(earlier.judgement.on.edtf, earlier.judgement.on.words)
    settled = _settled(earlier)
    own = isinstance(person, Applicant)
    question = "ask-names-and-papers" if own else "ask-names-of-person"
    return Finding(
        check=CHECK,
        outcome=Outcome.NOTHING_FOUND if settled else Outcome.ASKS,
        indicator=Indicator.EXTERNAL_CONSISTENCY,
        message=Message(_message(earlier, match.band.value), parameters),
        because=(Because("row", match.entity.id, f"watchlist/{match.list}@{as_of}"),),
        question=None if settled else Message(question, {"person": Text(person.id)}),
    )


def _settled(earlier: Judged) -> bool:
    """Judged to be somebody else, of the person and the entry as they are: not asked again."""
    return (
        earlier.state == "standing"
        and earlier.judgement is not None
        and earlier.judgement.verdict is JudgementVerdict.NEGATIVE
    )


def _message(earlier: Judged, band: str) -> str:
    if earlier.judgement is None:
        return f"identity-resembles-{band}"
    if earlier.state == "changed":
        return "identity-judgement-outdated"
    return f"identity-judged-{earlier.judgement.verdict.value}"
