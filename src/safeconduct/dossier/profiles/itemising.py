"""What goes, as items that can be shown one by one, and what stays with why and by whom.

The pages and the items are made of the same redacted values; no item holds what no page may.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Ids, Message, Vetting
from safeconduct.casefile.people import Person
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.profiles.redacting import Redacted
from safeconduct.dossier.profiles.remains import refuse_hidden
from safeconduct.dossier.profiles.withholding import Held
from safeconduct.dossier.sealing.items import Item
from safeconduct.dossier.sealing.manifest import (
    CheckRun,
    Disclosure,
    Omission,
    Subject,
    Withheld,
)
from safeconduct.dossier.vetting_json import vetting_object
from safeconduct.wording.language import Language
from safeconduct.wording.sentences import say

_LISTS = {
    "claim": "claims",
    "telling": "tellings",
    "source": "sources",
    "evidence": "evidence",
    "search": "searches",
    "service": "service",
    "answer": "answers",
}
_PERSON = "person"


def disclosure(
    redacted: Redacted, profile: Profile, choices: Choices, language: Language
) -> Disclosure:
    """All that is sealed. Raises NameRemains where a name that may not go still stands in it."""
    items = (
        *_people(redacted.case),
        *_records(redacted.case, profile),
        *_results(redacted, language),
        *_answers(profile, choices, language),
    )
    going = [redacted.case.id, redacted.case.title, [_variable(one) for one in items]]
    refuse_hidden(going, redacted, choices)
    return Disclosure(
        profile=profile.id,
        language=language.code,
        subject=_subject(profile, choices),
        on=redacted.vetting.on,
        checks=_runs(redacted, profile, choices, language),
        omissions=_omissions(redacted, profile, choices, language),
        references=redacted.vetting.references,
        items=items,
        software=redacted.vetting.software,
    )


def _variable(item: Item) -> Any:
    """An item without our own sentences, whose parameters stand beside them."""
    plain = msgspec.to_builtins(item)
    if item.kind in ("finding", "not-checked"):
        ours = ("statement", "reason", "needs", "message")
        plain["value"] = {key: one for key, one in plain["value"].items() if key not in ours}
    return plain


def finding_items(vetting: Vetting) -> dict[str, str]:
    """Finding → the name of its item: a number, in their order.

    A finding's own identifier is made of what it says. The manifest names all items, also where one
    alone is shown, and whoever guesses a finding could hold the guess against its identifier.
    """
    distinct = dict.fromkeys(one.id for one in vetting.findings)
    return {one: f"finding/{number}" for number, one in enumerate(distinct, start=1)}


def _subject(profile: Profile, choices: Choices) -> Subject:
    if profile.identity == "pseudonym":
        return Subject(kind="pseudonym", pseudonym=choices.pseudonym)
    return Subject(kind="identity", item=_PERSON)


def _people(case: Case) -> Iterator[Item]:
    yield Item(id=_PERSON, kind="person", value=_stated(case.applicant))
    for one in (*case.household, *case.persons):
        yield Item(id=f"{_PERSON}/{one.id}", kind="person", value=_stated(one))


def _stated(person: Person) -> Any:
    # The pages say that the lines of a machine-readable zone stay in the case file.
    papers = tuple(msgspec.structs.replace(one, mrz=()) for one in person.documents)
    return _filled(msgspec.to_builtins(msgspec.structs.replace(person, documents=papers)))


def _records(case: Case, profile: Profile) -> Iterator[Item]:
    for kind, name in _LISTS.items():
        # Of sources that are left out the grades stay, for the evidence.
        if profile.leaves(name):
            continue
        for one in getattr(case, name):
            yield Item(id=f"{kind}/{one.id}", kind=kind, value=_filled(msgspec.to_builtins(one)))


def _results(redacted: Redacted, language: Language) -> Iterator[Item]:
    content = vetting_object(redacted.vetting, language)
    named = finding_items(redacted.vetting)
    for one in content["findings"]:
        del one["repairs"]
        yield Item(id=named[one["id"]], kind="finding", value=_filled(one))
    for number, one in enumerate(content["not_checked"], start=1):
        yield Item(id=f"not-checked/{number}", kind="not-checked", value=_filled(one))


def _answers(profile: Profile, choices: Choices, language: Language) -> Iterator[Item]:
    for asked in profile.asks:
        if asked.id in choices.answers:
            value = {
                "asked": asked.label[language.code],
                "answer": choices.answers[asked.id],
                "stated_by": choices.answers_for,
            }
            yield Item(id=f"statement/{asked.id}", kind="statement", value=value)


def _filled(value: Any) -> Any:
    """Without keys that hold nothing, so that an item shows no more than it has."""
    if isinstance(value, dict):
        return {
            key: _filled(one)
            for key, one in value.items()
            if one is not None and one not in ((), [])
        }
    return [_filled(one) for one in value] if isinstance(value, list | tuple) else value


def _runs(
    redacted: Redacted, profile: Profile, choices: Choices, language: Language
) -> tuple[CheckRun, ...]:
    held = {one.check: one for one in redacted.held}
    named = finding_items(redacted.vetting)
    return tuple(
        CheckRun(
            check=check,
            findings=tuple(
                dict.fromkeys(
                    named[one.id] for one in redacted.vetting.findings if one.check == check
                )
            ),
            # How much a withheld check left open would tell of what is withheld.
            not_checked=0 if check in held else redacted.unchecked[check],
            withheld=_withheld(held[check], profile, choices, language) if check in held else None,
        )
        for check in redacted.checks
    )


def _withheld(held: Held, profile: Profile, choices: Choices, language: Language) -> Withheld:
    if held.by_profile:
        named = next(one for one in profile.withholds if one.check in (held.check, "all"))
        reason = named.reason[language.code]
    elif held.because or held.parts:
        reason = _rests_on(held, language)
    else:
        reason = language.text(f"dossier-withheld-{held.check}")
    return Withheld(reason=reason, answers_for=choices.answers_for)


def _rests_on(held: Held, language: Language) -> str:
    parts = tuple(language.text(f"dossier-part-{one}") for one in held.parts)
    what = language.listed((*parts, *held.because))
    return language.text("dossier-rests-on-left-out").format(what=what)


def _omissions(
    redacted: Redacted, profile: Profile, choices: Choices, language: Language
) -> tuple[Omission, ...]:
    by = choices.answers_for
    parts = [
        Omission(
            what=language.text(f"dossier-part-{one.part}"),
            reason=one.reason[language.code],
            answers_for=by,
        )
        for one in profile.leaves_out
    ]
    if profile.identity == "pseudonym":
        reason = profile.purpose[language.code]
        parts.append(
            Omission(what=language.text("dossier-part-names"), reason=reason, answers_for=by)
        )
    for name, reason in sorted(choices.left_out.items()):
        parts.append(Omission(what=_named(name, redacted, language), reason=reason, answers_for=by))
    for name in redacted.along:
        reason = language.text("dossier-went-along")
        parts.append(Omission(what=_named(name, redacted, language), reason=reason, answers_for=by))
    if redacted.aside:
        what, reason = language.text("dossier-part-aside"), language.text("dossier-went-along")
        parts.append(Omission(what=what, reason=reason, answers_for=by))
    return tuple(parts)


def _named(name: str, redacted: Redacted, language: Language) -> str:
    """What a record is, with its identifier: "Of the account, c3"."""
    kinds = (kind for kind, part in _LISTS.items() if _holds(getattr(redacted.whole, part), name))
    kind = next(kinds, "paper")
    return say(Message(f"dossier-one-{kind}", {"ids": Ids((name,))}), language)


def _holds(items: Iterable[Any], name: str) -> bool:
    return any(one.id == name for one in items)
