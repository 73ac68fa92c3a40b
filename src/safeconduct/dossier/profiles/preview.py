"""What would go and what would stay, item by item, before anything is made."""

from collections.abc import Iterable, Iterator
from typing import Any

from safeconduct.casefile.case import Case
from safeconduct.casefile.people import NameKind
from safeconduct.checks.material import natural
from safeconduct.dossier.lettering import visible
from safeconduct.dossier.profiles.choices import identifiers
from safeconduct.dossier.profiles.dressing import ALWAYS
from safeconduct.dossier.profiles.making import Chosen
from safeconduct.dossier.profiles.redacting import Redacted
from safeconduct.dossier.sealing.items import Item
from safeconduct.dossier.sealing.manifest import CheckRun
from safeconduct.names.scripts import script_of
from safeconduct.wording.language import Language


def preview(made: Chosen) -> str:
    """The text, with a final line break; what stands in it can steer no terminal."""
    _, choices, language, redacted, shown = made
    profile = made.profile
    lines = [language.text("preview-heading").format(profile=profile.title[language.code])]
    if profile.warning:
        lines += ["", f"{language.text('preview-warning')}: {profile.warning[language.code]}"]
    lines += ["", language.text("preview-goes"), *_head(redacted, language), *_goes(shown.items)]
    lines += ["", language.text("preview-checks")]
    lines += [_check(run, language) for run in shown.checks]
    lines += ["", language.text("preview-stays")]
    lines += [f"  - {one.what}: {one.reason} ({one.answers_for})" for one in shown.omissions]
    lines += [f"    {', '.join(names)}" for names in _gone(redacted)]
    lines += ["", language.text("dossier-about-always")]
    lines += [f"  - {language.text(f'dossier-withheld-{one}')}" for one in ALWAYS]
    lines += _consents(redacted.whole, language)
    missing = [
        f"{one.label[language.code]} (`{one.id}`)"
        for one in profile.asks
        if one.id not in choices.answers
    ]
    missing += _lacking(made)
    if missing:
        lines += ["", language.text("preview-missing"), *(f"  - {one}" for one in missing)]
    if choices.other_words:
        words = ", ".join(sorted(choices.other_words))
        told = language.text("preview-other-words").format(name=choices.answers_for, words=words)
        lines += ["", told]
    return "\n".join(visible(line) for line in lines) + "\n"


def _consents(case: Case, language: Language) -> Iterator[str]:
    """Each consent, for a person to compare with what the dossier is for."""
    yield from ("", language.text("preview-consents"))
    for one in case.consents:
        yield f"  - {one.id}: {one.purpose}; {one.scope} ({one.on.edtf})"
    if not case.consents:
        yield f"  {language.text('preview-nothing')}"


def _head(redacted: Redacted, language: Language) -> Iterator[str]:
    """What the first page names beside the items."""
    case = redacted.case
    for label, value in (
        ("report-organisation", case.organisation),
        ("report-responsible", case.responsible),
        ("preview-title", case.title),
    ):
        if value:
            yield f"  {language.labelled(label, value)}"


def _gone(redacted: Redacted) -> Iterator[list[str]]:
    """Every record that does not go, by its identifier."""
    gone = identifiers(redacted.whole) - identifiers(redacted.case)
    if gone:
        yield sorted(gone, key=natural)


def _lacking(made: Chosen) -> Iterator[str]:
    """What of a true identity the case does not hold, though the profile would show it."""
    profile, language = made.profile, made.language
    if profile.identity != "true":
        return
    person = made.redacted.case.applicant
    true = [one for one in person.names if one.kind is not NameKind.PSEUDONYM]
    scripts = {script_of(letter) for one in true for letter in one.text if letter.isalpha()}
    lacks = {
        "names": not true,
        "two-scripts": bool(true) and len(scripts) < 2,
        "birth": person.born is None and not profile.leaves("birth"),
        "photograph": person.photograph is None and not profile.leaves("photograph"),
        "papers": not any(one.number for one in person.documents) and not profile.leaves("papers"),
    }
    yield from (language.text(f"preview-lacks-{name}") for name, so in lacks.items() if so)


def _goes(items: Iterable[Item]) -> Iterator[str]:
    """Each item whole: its sentence, then everything else that it holds, by its key."""
    for one in items:
        first, rest = _in_short(one.value)
        yield f"  {one.id}: {first}"
        if one.kind not in _TOLD_BY_SENTENCE:
            yield from (f"      {path}: {text}" for path, text in _particulars(rest))
        elif isinstance(rest, dict) and rest.get("question"):
            yield f"      {rest['question']['statement']}"


def _check(run: CheckRun, language: Language) -> str:
    name = language.text(f"check-{run.check}")
    name = name[:1].upper() + name[1:]
    if run.withheld:
        words = language.text("verify-check-withheld")
        return "  - " + words.format(
            check=name, reason=run.withheld.reason, name=run.withheld.answers_for
        )
    words = language.text("verify-check")
    return "  - " + words.format(check=name, number=len(run.findings), open=run.not_checked)


_SAID_IN = ("statement", "reason", "text", "what")
"""Where an item says what it is in words."""

_TOLD_BY_SENTENCE = frozenset(("finding", "not-checked"))
"""Of these the parameters, beside the sentence that is made of them, say the same again."""


def _in_short(value: Any) -> tuple[str, Any]:
    """The sentence of an item, where it has one, and the rest of it."""
    if not isinstance(value, dict):
        return _line(value), {}
    key = next((key for key in _SAID_IN if isinstance(value.get(key), str)), None)
    rest = {name: one for name, one in value.items() if name not in ("id", key)}
    return (_line(value[key]) if key else ""), rest


def _particulars(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _particulars(one, f"{path} {key}".strip())
    elif isinstance(value, list | tuple):
        if any(isinstance(one, dict | list) for one in value):
            for one in value:
                yield from _particulars(one, path)
        else:
            yield path, ", ".join(map(_line, value))
    else:
        yield path, _line(value)


def _line(value: object) -> str:
    """In one line: a break in it would look like a line of ours."""
    return " ".join(str(value).split())
