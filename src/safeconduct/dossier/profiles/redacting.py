"""Removes from a case and its vetting what a profile leaves out, before anything is composed.

What is removed is gone from every value that goes on from here, and from what refers to it. Where a
finding of a check rests on what was removed, all of the check is withheld: a half could mislead.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.people import Name, NameKind, Person
from safeconduct.dossier.profiles.choices import Choices, refuse_choices
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.profiles.removing import Removed, removed, without
from safeconduct.dossier.profiles.withholding import (
    Held,
    cited,
    held,
    is_aside,
    ungraded,
    was_screened,
)
from safeconduct.dossier.typeset.disclosed import disclosable_case, disclosable_vetting
from safeconduct.wording.check_names import CHECKS


class Redacted(msgspec.Struct, frozen=True, kw_only=True):
    """What goes on, and how much of each check does not.

    `along`: identifiers of what went with something else; `aside`: whether findings about persons
    who are left out went with them. `own` and `names`: names of the applicant, and of others, that
    may stand nowhere; `going`: names that are shown. `whole`: the case before, for what may stand
    nowhere besides.
    """

    case: Case
    vetting: Vetting
    checks: tuple[str, ...]
    held: tuple[Held, ...]
    unchecked: Mapping[str, int]
    along: tuple[str, ...]
    aside: bool
    own: tuple[str, ...]
    names: tuple[str, ...]
    going: tuple[str, ...]
    whole: Case


def redact(case: Case, vetting: Vetting, profile: Profile, choices: Choices) -> Redacted:
    """1. What never leaves goes. 2. So do the profile's parts and what was chosen.
    3. Checks that rested on any of it are withheld whole, 4. and answers to what they asked.
    5. A pseudonym takes the place of names.

    Raises ChoiceRefused for an identifier that is not there, or a pseudonym that is missing.
    """
    refuse_choices(case, profile, choices)
    ran = tuple(
        dict.fromkeys(
            (*CHECKS, *(f.check for f in vetting.findings), *(n.check for n in vetting.not_checked))
        )
    )
    open_to_all = disclosable_vetting(vetting)  # 1
    rest = removed(disclosable_case(case), profile, choices.left_out)  # 2
    screened = was_screened(case, vetting)
    kept_back = [
        one
        for check in ran
        if (one := held(check, open_to_all, profile, rest, screened=screened)) is not None
    ]  # 3
    shown = _shown_of(open_to_all, rest, {one.check for one in kept_back})
    stray = _stray_answers(rest, vetting, shown, whole=not (kept_back or rest.gone))
    kept = without(rest.case, stray)  # 4
    if profile.identity == "pseudonym":  # 5
        kept = _pseudonymous(kept, choices.pseudonym or "")
    sets = () if profile.leaves("data-sets") else vetting.references
    return Redacted(
        case=kept,
        vetting=msgspec.structs.replace(shown, case=kept.id, references=sets),
        checks=ran,
        held=tuple(kept_back),
        unchecked={check: sum(one.check == check for one in shown.not_checked) for check in ran},
        along=tuple(sorted({*rest.along, *stray})),
        aside=any(is_aside(one, rest) for one in vetting.findings)
        or any(is_aside(one, rest) for one in vetting.not_checked),
        own=_hidden((case.applicant,), kept),
        names=(*_hidden((*case.household, *case.persons), kept), *_unnamed(case)),
        going=tuple(name.text for person in kept.people() for name in person.names),
        whole=case,
    )


def _shown_of(vetting: Vetting, rest: Removed, withheld: set[str]) -> Vetting:
    return msgspec.structs.replace(
        vetting,
        findings=tuple(
            ungraded(one, rest.gone)
            for one in vetting.findings
            if one.check not in withheld and not is_aside(one, rest)
        ),
        not_checked=tuple(
            one
            for one in vetting.not_checked
            if one.check not in withheld and not cited(one) & rest.gone
        ),
    )


def _stray_answers(rest: Removed, vetting: Vetting, shown: Vetting, *, whole: bool) -> set[str]:
    """Answers to questions of findings that are not shown: they would tell of them.

    Where something is held back, so are answers to questions that no finding asks any more.
    """
    asked = {one.question_id for one in shown.findings}
    hidden = {one.question_id for one in vetting.findings} - asked
    return {
        one.id
        for one in rest.case.answers
        if one.question in hidden or not (whole or one.question in asked)
    }


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
