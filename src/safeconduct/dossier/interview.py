"""The interview sheet: the open questions of a vetting, to be read out or filled in by hand.

It holds what the applicant said and open questions, and nothing else: no finding, no innocent
explanation, no expected answer, no sign of which question a conflict is behind.
"""

import textwrap
from collections.abc import Iterator
from importlib.resources import files

import msgspec

from safeconduct.casefile.case import Case
from safeconduct.checks.asking import Question
from safeconduct.dossier.answered import answer_words
from safeconduct.dossier.lettering import isolated, sentence, visible
from safeconduct.wording.language import Language

_INTRODUCTION = ("sheet-intro-1", "sheet-intro-2")
_BLANKS = ("sheet-date", "sheet-language", "sheet-interpreter", "sheet-interviewer")


class Said(msgspec.Struct, frozen=True):
    """What a question is about: the identifier, the text as it was written down, its language."""

    id: str
    text: str
    lang: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it stands on the sheet, with what was recorded of answers to it."""

    id: str
    text: str
    about: tuple[Said, ...]
    answers: tuple[str, ...]


def asked(case: Case, questions: tuple[Question, ...], language: Language) -> tuple[Asked, ...]:
    """The questions in words. Raises UnworkedMessage for wording that lacks."""
    return tuple(
        Asked(
            id=one.id,
            text=visible(sentence(one.message, language)),
            about=tuple(_about(one, case)),
            answers=tuple(answer_words(answer, language) for answer in one.answers),
        )
        for one in questions
    )


def sheet_text(case: Case, shown: tuple[Asked, ...], language: Language, *, width: int = 78) -> str:
    """The sheet as plain text, with lines to write on."""
    lines = [language.text("sheet-title"), language.labelled("sheet-case", case.id), ""]
    for message in _INTRODUCTION:
        lines += [*textwrap.wrap(language.text(message), width), ""]
    if not shown:
        return "\n".join((*lines, language.text("sheet-none"), ""))
    lines += [language.labelled(blank, "_" * 24) for blank in _BLANKS]
    for number, one in enumerate(shown, start=1):
        lines += ["", "", *_wrapped(f"{number}. ", f"{one.text} [{one.id}]", width)]
        lines += _quoted(one, language, width)
    lines += ["", "", *textwrap.wrap(language.text("sheet-read-back"), width)]
    lines += ["", language.labelled("sheet-signature", "_" * 24), ""]
    return visible("\n".join(lines))


def sheet_html(case: Case, shown: tuple[Asked, ...], language: Language) -> str:
    """The sheet as one HTML file for print; everything of the case is escaped."""
    # Only whoever asks for a page waits for jinja2.
    from jinja2 import Environment, StrictUndefined

    template = (files("safeconduct.dossier") / "templates" / "sheet.html").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(template).render(
        lang=language.code,
        case=case.id,
        questions=shown,
        introduction=[language.text(one) for one in _INTRODUCTION],
        blanks=[language.text(one) for one in _BLANKS],
        t=language.text,
        label=lambda message: language.labelled(message, "").rstrip(),
    )
    return visible(page)


def _about(question: Question, case: Case) -> Iterator[Said]:
    """Claims in the words that were kept, else in the neutral wording; papers stand in the text."""
    claims = {claim.id: claim for claim in case.claims}
    for name in question.about:
        claim = claims.get(name)
        if claim is None:
            continue
        own = claim.words is not None and claim.voice in (None, "applicant", "interpreter")
        text = claim.words if own and claim.words else claim.text
        lang = (claim.language if own else case.language) or ""
        yield Said(name, isolated(text), lang)


def _quoted(one: Asked, language: Language, width: int) -> Iterator[str]:
    if one.about:
        yield "   " + language.labelled("sheet-about", "").rstrip()
    for said in one.about:
        yield from _wrapped(f"     {said.id}  ", said.text, width)
    for answer in one.answers:
        yield from _wrapped("   ", language.labelled("sheet-answered", answer), width)
    yield "   " + language.labelled("sheet-answer", "").rstrip()
    yield from ("   " + "_" * (width - 3) for _ in range(3))
    yield f"   [ ] {language.text('sheet-declined')}"


def _wrapped(first: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )
