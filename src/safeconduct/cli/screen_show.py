"""A screening as text to read, and as JSON, for the command line."""

from collections.abc import Iterator

import msgspec

from safeconduct.dossier.lettering import isolated, sentence, visible
from safeconduct.screening.comparing import Match
from safeconduct.screening.explaining import explain as explained
from safeconduct.screening.screening import NotCompared, Screening
from safeconduct.screening.screening_json import screening_object
from safeconduct.wording import dates
from safeconduct.wording.language import Language


def json_line(screening: Screening, language: Language) -> bytes:
    """One object on one line."""
    return msgspec.json.encode(screening_object(screening, language)) + b"\n"


def screening_text(name: str, screening: Screening, language: Language, *, explain: bool) -> str:
    """What was looked for where, what was found, why, and what could not be compared."""
    lines = [language.quoted(isolated(name)), _band(screening, language)]
    lines += ["", language.labelled("screen-searched", "").rstrip()]
    lines += [f"  - {one}" for one in _lists(screening, language)]
    for match in screening.matches:
        lines += ["", *_match(match, language, explain=explain)]
    if screening.not_compared:
        lines += ["", language.labelled("screen-not-compared", "").rstrip()]
        lines += [f"  - {_not_compared(one, language)}" for one in screening.not_compared]
    if screening.matches and not explain:
        lines += ["", language.text("explain-a-person-judges")]
    return visible("\n".join(lines))


def _band(screening: Screening, language: Language) -> str:
    if screening.band is None:
        return language.text("screen-not-checked")
    return language.text(f"screen-band-{screening.band.value.replace('_', '-')}")


def _lists(screening: Screening, language: Language) -> Iterator[str]:
    template = language.text("screen-list-of-day")
    for one in screening.lists:
        yield template.format(id=one.id, date=dates.edtf(one.as_of, language))


def _match(match: Match, language: Language, *, explain: bool) -> Iterator[str]:
    entry = language.text("screen-entry").format(list=match.list, entry=isolated(match.entity.id))
    band = language.text(f"screen-word-{match.band.value}")
    caption = language.quoted(isolated(match.entity.caption))
    yield f"* {entry} [{band}]: {caption}"
    messages = explained(match).messages()
    if not explain:
        # The names as written and the rule; the parts stand behind --explain.
        messages = (messages[0], messages[-2])
    for message in messages:
        yield f"    - {sentence(message, language)}"
    if explain:
        # Cut, not rounded: no two records are alike for certain.
        score = language.number(min(0.99, int(match.score * 100) / 100), 2)
        yield f"    - {language.text('screen-likeness').format(score=score)}"


def _not_compared(one: NotCompared, language: Language) -> str:
    if one.what == "birth" and one.reason in ("missing", "unreadable"):
        return language.text(f"screen-not-compared-{one.reason}")
    if one.reason == "script-not-compared":
        return language.text("screen-not-compared-script").format(what=isolated(one.what))
    if one.reason in ("common-name", "single-part", "contradicted"):
        return language.text(f"screen-not-compared-{one.reason}").format(what=isolated(one.what))
    return language.text("screen-not-compared-other").format(what=one.what, reason=one.reason)
