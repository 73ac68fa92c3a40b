"""Removes from a case and its vetting what a profile leaves out, before anything is composed.

What is removed is gone from every value that goes on from here, and from what refers to it. Where a
finding of a check rests on what was removed, all of the check is withheld: a half could mislead.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeGuard

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.findings import Because, Finding, Ids, NotChecked, Vetting
from safeconduct.casefile.people import Name, NameKind, Person
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.typeset.disclosed import (
    WITHHELD_CHECKS,
    disclosable_case,
    disclosable_vetting,
)
from safeconduct.wording.check_names import CHECKS


class ChoiceRefused(SafeconductError):
    """A choice for one dossier that does not fit its case or its profile."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides for one dossier. `answers_for`: the name of that person.

    `left_out`: claim → why it does not go. `pseudonym`: where the profile shows no true name.
    `answers`: what the recipient asks → the statement. `other_words`: words that are no names,
    though they read like one that may not go.
    """

    answers_for: str
    left_out: Mapping[str, str] = {}
    pseudonym: str | None = None
    answers: Mapping[str, str] = {}
    other_words: tuple[str, ...] = ()


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A check that is withheld: by the profile, always, or for identifiers that were removed."""

    check: str
    because: tuple[str, ...] = ()
    by_profile: bool = False


class Redacted(msgspec.Struct, frozen=True, kw_only=True):
    """What goes on, and how much of each check does not.

    `own` and `names`: names of the applicant, and of others, that may stand nowhere; `going`: names
    that are shown.
    """

    case: Case
    vetting: Vetting
    checks: tuple[str, ...]
    held: tuple[Held, ...]
    unchecked: Mapping[str, int]
    own: tuple[str, ...]
    names: tuple[str, ...]
    going: tuple[str, ...]


def redact(case: Case, vetting: Vetting, profile: Profile, choices: Choices) -> Redacted:
    """1. What never leaves goes. 2. So do the profile's parts and the chosen claims.
    3. A pseudonym takes the place of names. 4. Checks that rested on any of it are withheld whole.

    Raises ChoiceRefused for a claim that is not there, or a pseudonym that is missing.
    """
    _refuse(case, profile, choices)
    ran = tuple(
        dict.fromkeys(
            (*CHECKS, *(f.check for f in vetting.findings), *(n.check for n in vetting.not_checked))
        )
    )
    screened = any(one.kind == "watchlist" for one in vetting.references)
    kept, vetting = disclosable_case(case), disclosable_vetting(vetting)  # 1
    before = _identifiers(kept)
    kept = _without_parts(kept, profile)  # 2
    kept = _without_claims(kept, frozenset(choices.left_out))
    gone = before - _identifiers(kept)
    kept = _unlinked(kept, gone)
    if profile.identity == "pseudonym":  # 3
        kept = _pseudonymous(kept, choices.pseudonym or "")
    held = tuple(_held(check, vetting, profile, gone, screened) for check in ran)  # 4
    withheld = {one.check for one in held if one is not None}
    return Redacted(
        case=kept,
        vetting=msgspec.structs.replace(
            vetting,
            case=kept.id,
            references=() if profile.leaves("data-sets") else vetting.references,
            findings=tuple(
                _ungraded(one, gone) for one in vetting.findings if one.check not in withheld
            ),
            not_checked=tuple(
                one
                for one in vetting.not_checked
                if one.check not in withheld and not _cites(one, gone)
            ),
        ),
        checks=ran,
        held=tuple(one for one in held if one is not None),
        unchecked={check: sum(one.check == check for one in vetting.not_checked) for check in ran},
        own=_hidden((case.applicant,), kept),
        names=(*_hidden((*case.household, *case.persons), kept), *_unnamed(case)),
        going=tuple(name.text for person in kept.people() for name in person.names),
    )


def _refuse(case: Case, profile: Profile, choices: Choices) -> None:
    if not choices.answers_for.strip():
        raise ChoiceRefused("what is left out needs the name of whoever answers for it")
    unknown = sorted(set(choices.left_out) - {one.id for one in case.claims})
    if unknown:
        raise ChoiceRefused(f"no claim {unknown[0]} in the case")
    if not all(reason.strip() for reason in choices.left_out.values()):
        raise ChoiceRefused("a claim is left out for a reason that is stated")
    asked = {one.id for one in profile.asks}
    stray = sorted(set(choices.answers) - asked)
    if stray:
        raise ChoiceRefused(f"the profile {profile.id} does not ask for {stray[0]}")
    if profile.identity == "pseudonym" and not (choices.pseudonym or "").strip():
        raise ChoiceRefused(f"the profile {profile.id} shows no true name: give a pseudonym")


def _without_parts(case: Case, profile: Profile) -> Case:
    lists = ("claims", "tellings", "sources", "evidence", "searches", "service")
    emptied: dict[str, Any] = {part: () for part in lists if profile.leaves(part)}
    for part in ("household", "persons"):
        if profile.leaves(part):
            emptied[part] = ()
    if profile.leaves("claims"):
        emptied |= {"title": None, "answers": ()}
    case = msgspec.structs.replace(case, consents=(), **emptied)
    applicant: Any = _unnoted(case.applicant)
    if profile.leaves("papers"):
        applicant = msgspec.structs.replace(applicant, documents=())
    if profile.leaves("birth"):
        applicant = msgspec.structs.replace(applicant, born=None, birth_place=None)
    if profile.leaves("photograph"):
        applicant = msgspec.structs.replace(applicant, photograph=None)
    if profile.leaves("citizenships"):
        applicant = msgspec.structs.replace(applicant, citizenships=(), sex=None)
    return msgspec.structs.replace(
        case,
        applicant=applicant,
        household=tuple(_unnoted(one) for one in case.household),
        persons=tuple(_unnoted(one) for one in case.persons),
        searches=tuple(msgspec.structs.replace(one, note=None) for one in case.searches),
        service=tuple(msgspec.structs.replace(one, note=None) for one in case.service),
    )


def _unnoted(person: Any) -> Any:
    """A person without the remarks of the staff on names and papers, and why they are checked."""
    third = {"may_be_checked": None} if hasattr(person, "may_be_checked") else {}
    return msgspec.structs.replace(
        person,
        **third,
        note=None,
        names=tuple(msgspec.structs.replace(one, note=None) for one in person.names),
        documents=tuple(msgspec.structs.replace(one, note=None) for one in person.documents),
    )


def _without_claims(case: Case, left_out: frozenset[str]) -> Case:
    claims = tuple(one for one in case.claims if one.id not in left_out)
    return msgspec.structs.replace(case, claims=claims)


def _identifiers(case: Case) -> frozenset[str]:
    lists = (case.claims, case.tellings, case.sources, case.evidence, case.searches, case.service)
    found = {one.id for items in lists for one in items}
    people = {one.id for one in case.people()} | {one.id for one in case.documents()}
    return frozenset(found | people)


def _unlinked(case: Case, gone: frozenset[str]) -> Case:
    """Nothing that stays names what went."""
    return msgspec.structs.replace(
        case,
        claims=tuple(_claim(one, gone) for one in case.claims),
        service=tuple(
            msgspec.structs.replace(one, claims=_left(one.claims, gone)) for one in case.service
        ),
        searches=tuple(
            msgspec.structs.replace(one, about=_left(one.about, gone)) for one in case.searches
        ),
        # An answer speaks of all that it was asked about, so it goes with any of it.
        answers=tuple(one for one in case.answers if not gone & set(one.about)),
        sources=tuple(
            msgspec.structs.replace(one, same_origin_as=_left(one.same_origin_as, gone))
            for one in case.sources
        ),
        tellings=tuple(
            msgspec.structs.replace(one, source=None) if one.source in gone else one
            for one in case.tellings
        ),
        evidence=tuple(
            msgspec.structs.replace(one, source=None) if one.source in gone else one
            for one in case.evidence
        ),
    )


def _claim(claim: Claim, gone: frozenset[str]) -> Claim:
    return msgspec.structs.replace(
        claim,
        relations=tuple(one for one in claim.relations if one.claim not in gone),
        retells=None if claim.retells in gone else claim.retells,
        told_in=None if claim.told_in in gone else claim.told_in,
        person=None if claim.person in gone else claim.person,
        documents=_left(claim.documents, gone),
        evidence=tuple(one for one in claim.evidence if one.item not in gone),
        # Where it was looked for goes with what went: a result without that would say nothing.
        if_untrue=tuple(one for one in claim.if_untrue if not gone.intersection(one.looked)),
    )


def _left(ids: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one not in gone)


def _pseudonymous(case: Case, pseudonym: str) -> Case:
    """The applicant under the pseudonym alone; the name of the file may be the person's."""
    name = Name(text=pseudonym, kind=NameKind.PSEUDONYM)
    slug = re.sub(r"[^a-z0-9]+", "-", pseudonym.lower()).strip("-")[:64] or "case"
    applicant: Any = case.applicant
    return msgspec.structs.replace(
        case,
        id=slug,
        applicant=msgspec.structs.replace(applicant, names=(name,), photograph=None),
    )


def _held(
    check: str, vetting: Vetting, profile: Profile, gone: frozenset[str], screened: bool
) -> Held | None:
    if any(one.check in (check, "all") for one in profile.withholds):
        return Held(check=check, by_profile=True)
    if check in WITHHELD_CHECKS and screened:
        return Held(check=check)
    cited = sorted(
        {
            one
            for finding in vetting.findings
            if finding.check == check
            for one in _cited(finding) & gone
        }
    )
    return Held(check=check, because=tuple(cited)) if cited else None


def _cites(one: Finding | NotChecked, gone: frozenset[str]) -> bool:
    return bool(_cited(one) & gone)


def _cited(one: Finding | NotChecked) -> set[str]:
    """All identifiers of the case that a result names, in what it cites or in its words."""
    messages = (one.message, one.question) if isinstance(one, Finding) else (one.reason, one.needs)
    found = {because.id for because in one.because if _of_the_case(because)}
    for message in filter(None, messages):
        for value in message.parameters.values():
            if isinstance(value, Ids):
                found |= set(value.value)
    return found


def _of_the_case(because: Because) -> bool:
    return because.kind != "row"


def _ungraded(finding: Finding, gone: frozenset[str]) -> Finding:
    """The finding without the grades of what was removed: it cites none of that itself."""
    kept = tuple(one for one in finding.rests_on if one.kind == "row" or one.id not in gone)
    return msgspec.structs.replace(finding, rests_on=kept)


def _hidden(people: Iterable[Person], kept: Case) -> tuple[str, ...]:
    """Names of people of the case that do not stand among the names that go."""
    going = {name.text for person in kept.people() for name in person.names}
    return tuple(
        dict.fromkeys(
            name.text
            for person in people
            if not _shown(person, kept)
            for name in person.names
            if name.text not in going
        )
    )


def _unnamed(case: Case) -> Iterator[str]:
    """Names of interpreters, and of sources that are people and read like a name of one."""
    for telling in case.tellings:
        yield from filter(_like_a_name, (telling.interpreter,))
        if telling.read_back:
            yield from filter(_like_a_name, (telling.read_back.interpreter,))
    yield from (one for answer in case.answers if _like_a_name(one := answer.interpreter))
    yield from (one.name for one in case.sources if one.kind == "person" and _like_a_name(one.name))


def _like_a_name(text: str | None) -> TypeGuard[str]:
    """Two words and more, each with a capital: no "the applicant", no "none needed"."""
    words = (text or "").split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _shown(person: Person, kept: Case) -> bool:
    """Does the person go with at least one of the names recorded?"""
    going = {name.text for one in kept.people() if one.id == person.id for name in one.names}
    return any(name.text in going and name.kind is not NameKind.PSEUDONYM for name in person.names)
