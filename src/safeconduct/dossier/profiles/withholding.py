"""Which checks are withheld whole, since a part of what they found may not go, and why."""

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Because, Finding, Ids, NotChecked, Vetting
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.profiles.removing import Removed
from safeconduct.dossier.typeset.disclosed import WITHHELD_CHECKS

_OF_PARTS = {
    "document-zone-birth-agrees": "birth",
    "document-zone-birth-differs": "birth",
    "document-issued-before-birth": "birth",
}
"""Findings that say something of a part of a person that has no identifier of its own."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A check that is withheld: by the profile, always, for identifiers that were removed, or for
    parts of persons that were.
    """

    check: str
    because: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    by_profile: bool = False


def held(
    check: str, vetting: Vetting, profile: Profile, removed: Removed, *, screened: bool
) -> Held | None:
    """Why a check is withheld; None for one of which everything goes."""
    if any(one.check in (check, "all") for one in profile.withholds):
        return Held(check=check, by_profile=True)
    if check in WITHHELD_CHECKS and screened:
        return Held(check=check)
    findings = [
        one for one in vetting.findings if one.check == check and not is_aside(one, removed)
    ]
    because = sorted({one for finding in findings for one in cited(finding) & removed.gone})
    told = (_OF_PARTS.get(finding.message.id, "") for finding in findings)
    parts = tuple(dict.fromkeys(part for part in told if part and profile.leaves(part)))
    if because or parts:
        return Held(check=check, because=tuple(because), parts=parts)
    return None


def was_screened(case: Case, vetting: Vetting) -> bool:
    """Was anybody looked for on a list: now, or so that somebody judged what was found?"""
    return bool(case.judgements) or any(one.kind == "watchlist" for one in vetting.references)


def is_aside(one: Finding | NotChecked, removed: Removed) -> bool:
    """Is it about persons who are left out, and about nobody else?"""
    about = cited(one)
    return bool(about) and about <= removed.aside


def cited(one: Finding | NotChecked) -> set[str]:
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


def ungraded(finding: Finding, gone: frozenset[str]) -> Finding:
    """The finding without the grades of what was removed: it cites none of that itself."""
    kept = tuple(one for one in finding.rests_on if one.kind == "row" or one.id not in gone)
    return msgspec.structs.replace(finding, rests_on=kept)
