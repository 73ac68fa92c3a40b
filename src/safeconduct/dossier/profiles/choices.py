"""What a person decides for one dossier, and whether it fits its case and its profile."""

import unicodedata
from collections.abc import Mapping

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.dossier.profiles.profile import Profile


class ChoiceRefused(SafeconductError):
    """A choice for one dossier that does not fit its case or its profile."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decides for one dossier. `answers_for`: the name of that person.

    `left_out`: claim, telling, source, item of evidence, search, service, answer or paper → why it
    does not go. `pseudonym`: where the profile shows no true name. `answers`: what the recipient
    asks → the statement. `other_words`: words that are no names, though they read like one that may
    not go.
    """

    answers_for: str
    left_out: Mapping[str, str] = {}
    pseudonym: str | None = None
    answers: Mapping[str, str] = {}
    other_words: tuple[str, ...] = ()


def refuse_choices(case: Case, profile: Profile, choices: Choices) -> None:
    """Raises ChoiceRefused, for the first thing that does not fit."""
    _seen("the name of whoever answers for what is left out", choices.answers_for)
    known = identifiers(case) - {person.id for person in case.people()}
    for one, reason in choices.left_out.items():
        if one not in known:
            raise ChoiceRefused(
                f"no {one} in the case that could be left out; accepted: a claim, telling, source,"
                " item of evidence, search, service, answer or paper by its identifier"
            )
        _seen(f"the reason why {one} is left out", reason)
    asked = {one.id for one in profile.asks}
    for one, answer in choices.answers.items():
        if one not in asked:
            raise ChoiceRefused(f"the profile {profile.id} does not ask for {one}")
        _seen(f"the statement {one}", answer, lines=True)
    if profile.identity == "pseudonym":
        if choices.pseudonym is None:
            raise ChoiceRefused(f"the profile {profile.id} shows no true name: give a pseudonym")
        _seen("the pseudonym", choices.pseudonym)


def identifiers(case: Case) -> frozenset[str]:
    """All that a case records and a dossier may show, by its identifiers."""
    found = {one.id for one in case.claims} | {one.id for one in case.tellings}
    found |= {one.id for one in case.sources} | {one.id for one in case.evidence}
    found |= {one.id for one in case.searches} | {one.id for one in case.service}
    found |= {one.id for one in case.answers} | {one.id for one in case.documents()}
    return frozenset(found | {one.id for one in case.people()})


def _seen(what: str, text: str, *, lines: bool = False) -> None:
    """A reader has to see it: a letter at least, in one line, with nothing that steers."""
    allowed = "\n" if lines else ""
    if any(unicodedata.category(one) in ("Cc", "Zl", "Zp") and one not in allowed for one in text):
        raise ChoiceRefused(f"{what} has a line break or a character that nobody sees")
    if not any(unicodedata.category(one)[0] in "LNSP" for one in text):
        raise ChoiceRefused(f"{what} is empty")
