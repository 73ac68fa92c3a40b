"""Removes from a case what a profile and a person's choices leave out, with all that hangs on it.

What is about a person who is left out goes along: it is never left to be read as the applicant's.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.case import Case
from safeconduct.casefile.evidence import Source
from safeconduct.dossier.profiles.choices import identifiers
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.typeset.disclosed import UNNAMED


class Removed(NamedTuple):
    """What is left of a case. `gone`: the identifiers of all that is not.

    `along`: those of them that nobody left out by name or part; they hang on what was. `aside`: the
    persons who are left out, with their papers and the claims about them.
    """

    case: Case
    gone: frozenset[str]
    along: tuple[str, ...]
    aside: frozenset[str]


def removed(case: Case, profile: Profile, left_out: Collection[str]) -> Removed:
    """1. The profile's parts go. 2. So does what was chosen, 3. what is about a person who went,
    4. and what hangs on that or on what was chosen, and on nothing else. 5. Nothing names it.
    """
    before = identifiers(case)
    people = {one.id: {paper.id for paper in one.documents} for one in case.people()}
    kept = without(_without_parts(case, profile), left_out)  # 1, 2
    persons = set(people) - {one.id for one in kept.people()}
    theirs = {one.id for one in kept.claims if one.person in persons}
    kept = without(kept, theirs)  # 3
    cut = {*left_out, *persons, *theirs}
    hanging = _hanging(case, kept, cut)
    kept = without(kept, hanging)  # 4
    gone = before - identifiers(kept)
    answers = {one.id for one in kept.answers if gone.intersection(one.about)}
    kept = without(kept, answers)
    gone |= answers
    along = (*theirs, *hanging, *answers)
    return Removed(
        case=_unlinked(kept, gone),  # 5
        gone=gone,
        along=tuple(sorted(along)),
        aside=frozenset(theirs).union(persons, *(people[one] for one in persons)),
    )


def without(case: Case, names: Collection[str]) -> Case:
    """The case without these records and papers."""

    def kept(items: Iterable[Any]) -> Any:
        return tuple(one for one in items if one.id not in names)

    def papers(person: Any) -> Any:
        return msgspec.structs.replace(person, documents=kept(person.documents))

    return msgspec.structs.replace(
        case,
        applicant=papers(case.applicant),
        household=tuple(papers(one) for one in case.household),
        persons=tuple(papers(one) for one in case.persons),
        **{
            name: kept(getattr(case, name))
            for name in (
                *("claims", "tellings", "sources", "evidence", "searches", "service", "answers"),
            )
        },
    )


def _hanging(case: Case, kept: Case, cut: set[str]) -> set[str]:
    """Searches, service and evidence that belong to what was cut alone."""
    bearing: dict[str, set[str]] = {}
    for claim in case.claims:
        for one in claim.evidence:
            bearing.setdefault(one.item, set()).add(claim.id)
    linked = (
        *((one.id, set(one.about)) for one in kept.searches),
        *((one.id, set(one.claims)) for one in kept.service),
        *((one.id, bearing.get(one.id, set())) for one in kept.evidence),
    )
    return {name for name, links in linked if links and links <= cut}


def _without_parts(case: Case, profile: Profile) -> Case:
    lists = ("claims", "tellings", "evidence", "searches", "service", "household", "persons")
    emptied: dict[str, Any] = {part: () for part in lists if profile.leaves(part)}
    if profile.leaves("claims"):
        emptied |= {"title": None, "answers": ()}
    if profile.leaves("sources"):
        graded = not profile.leaves("evidence")
        emptied["sources"] = tuple(_bare(one) for one in case.sources if graded)
    case = msgspec.structs.replace(case, consents=(), **emptied)
    applicant: Any = _person(case.applicant, profile)
    if profile.leaves("photograph"):
        applicant = msgspec.structs.replace(applicant, photograph=None)
    return msgspec.structs.replace(
        case,
        applicant=applicant,
        household=tuple(_person(one, profile) for one in case.household),
        persons=tuple(_person(one, profile) for one in case.persons),
        searches=tuple(msgspec.structs.replace(one, note=None) for one in case.searches),
        service=tuple(msgspec.structs.replace(one, note=None) for one in case.service),
    )


def _bare(source: Source) -> Source:
    """A source that is left out: its grade stays, or the evidence would be graded otherwise."""
    return Source(id=source.id, name=UNNAMED, kind=source.kind, reliability=source.reliability)


def _person(person: Any, profile: Profile) -> Any:
    """A person without the profile's parts, the staff's remarks, and why they are checked."""
    changed: dict[str, Any] = {"note": None}
    if hasattr(person, "may_be_checked"):
        changed["may_be_checked"] = None
    if profile.leaves("birth"):
        changed |= {"born": None, "birth_place": None}
    if profile.leaves("citizenships"):
        changed |= {"citizenships": (), "sex": None}
    papers = () if profile.leaves("papers") else person.documents
    return msgspec.structs.replace(
        person,
        **changed,
        names=tuple(msgspec.structs.replace(one, note=None) for one in person.names),
        documents=tuple(msgspec.structs.replace(one, note=None) for one in papers),
    )


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
        documents=_left(claim.documents, gone),
        evidence=tuple(one for one in claim.evidence if one.item not in gone),
        # Where it was looked for goes with what went: a result without that would say nothing.
        if_untrue=tuple(one for one in claim.if_untrue if not gone.intersection(one.looked)),
    )


def _left(ids: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one not in gone)
