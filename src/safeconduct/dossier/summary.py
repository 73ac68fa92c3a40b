"""The terminal summary of a vetting: plain text that one person can read aloud to another.

It orders and words what the vetting holds. It adds nothing up and judges nothing.
"""

import textwrap
from collections.abc import Iterator, Mapping

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Finding, Message, NotChecked, Outcome, Vetting
from safeconduct.checks.asking import answers_to
from safeconduct.checks.settling import settles, settling
from safeconduct.dossier.answered import answer_words
from safeconduct.dossier.grouping import OUTCOMES, findings_of, not_checked_by_check
from safeconduct.dossier.lettering import isolated, sentence, visible
from safeconduct.dossier.phrasing import applicant_name, grade_words, kind_of_data
from safeconduct.wording import dates
from safeconduct.wording.language import Language

_NARROWEST, _WIDEST = 40, 100
"""Columns: below, words break; above, lines are too long to be read aloud without losing one."""


def summary(case: Case, vetting: Vetting, language: Language, *, width: int = 80) -> str:
    """What was found, asked and not checked, as lines of at most `width` columns.

    1. Whose vetting, of which day, with what.
    2. The findings by outcome; those that found nothing on a line each.
    3. What to ask for next; what was not checked, under headings like those of the findings.
    4. What the grades say, once, and that this decides nothing.
    """
    columns = max(_NARROWEST, min(width, _WIDEST))
    lines = [*_head(case, vetting, language)]  # 1
    if vetting.findings:
        asks_for = settles(case, vetting)
        for outcome in OUTCOMES:  # 2
            lines += _group(case, findings_of(vetting, outcome), outcome, asks_for, language)
    else:
        lines += ["", language.text("report-nothing-compared")]
    lines += _settling(case, vetting, language)  # 3
    lines += _not_checked(vetting, language)
    if any(finding.rests_on for finding in vetting.findings):
        lines += ["", language.text("report-grades")]  # 4
    lines += ["", language.text("report-not-cleared"), language.text("report-decides-nothing")]
    return visible("\n".join(_wrapped(line, columns) for line in lines)) + "\n"


def _head(case: Case, vetting: Vetting, language: Language) -> Iterator[str]:
    yield language.text("report-of-case").format(case=vetting.case)
    if case.title:
        yield isolated(case.title)
    yield language.labelled("report-applicant", applicant_name(case, language))
    yield ""
    made_with = "summary-with" if vetting.references else "summary-without"
    on = dates.day(vetting.on, language)
    yield language.text(made_with).format(date=on, software=vetting.software)
    for used in vetting.references:
        date = dates.edtf(used.as_of, language)
        kind = kind_of_data(used.kind, language)
        words = language.text("report-data-set").format(kind=kind, id=used.id, date=date)
        yield f"  - {words}"
    yield language.text("summary-read-to-the-end")


def _heading(name: str, language: Language) -> list[str]:
    return ["", language.text(f"report-heading-{name}").upper()]


def _group(
    case: Case,
    findings: tuple[Finding, ...],
    outcome: Outcome,
    asks_for: Mapping[str, Message],
    language: Language,
) -> Iterator[str]:
    yield from _heading(outcome, language)
    if not findings:
        yield language.text(f"report-none-{outcome}")
        return
    yield language.text(f"report-about-{outcome}")
    brief = outcome in (Outcome.NOTHING_FOUND, Outcome.UNKNOWN)
    for finding in findings:
        if brief:
            cited = ", ".join(because.id for because in finding.because)
            yield f"  - {sentence(finding.message, language)} [{finding.id}: {cited}]"
        else:
            yield from _finding(
                finding, answers_to(finding, case), asks_for.get(finding.id), language
            )


def _finding(
    finding: Finding, answers: tuple[Answer, ...], asks: Message | None, language: Language
) -> Iterator[str]:
    mark = f" [{language.text('report-peripheral')}]" if finding.peripheral else ""
    yield ""
    yield f"  * {sentence(finding.message, language)}{mark}"
    if finding.repairs:
        yield "    " + language.labelled("report-repairs", "").rstrip()
        for repair in finding.repairs:
            yield f"      - {sentence(repair, language)}"
    if finding.question:
        question = sentence(finding.question, language)
        yield "    " + language.labelled("report-question", question)
        said = "; ".join(answer_words(one, language) for one in answers)
        still_open = language.text("answer-open").format(question=finding.question_id)
        yield "    " + language.labelled("report-put", said or still_open)
    if asks:
        yield "    " + language.labelled("report-settles", sentence(asks, language))
    cited = ", ".join(because.id for because in finding.because)
    basis = [finding.id, f"{language.text('report-cites').lower()} {cited}"]
    basis.append(language.text(f"indicator-{finding.indicator}"))
    if finding.rests_on:
        grades = ", ".join(grade_words(one) for one in finding.rests_on)
        basis.append(f"{language.text('report-rests-on').lower()} {grades}")
    yield f"    ({'; '.join(basis)})"


def _settling(case: Case, vetting: Vetting, language: Language) -> Iterator[str]:
    found = settling(case, vetting)
    if found:
        yield from _heading("settling", language)
        yield language.text("report-about-settling")
        for one in found:
            cited = f" [{', '.join(one.conflicts)}]" if one.conflicts else ""
            yield f"  - {sentence(one.message, language)}{cited}"


def _not_checked(vetting: Vetting, language: Language) -> Iterator[str]:
    yield from _heading("not-checked", language)
    if not vetting.not_checked:
        yield language.text("report-none-not-checked")
        return
    yield language.text("report-about-not-checked")
    for check, entries in not_checked_by_check(vetting).items():
        yield ""
        yield f"  * {language.text(f'check-{check}')}"
        for entry in entries:
            yield f"    - {_entry(entry, language)}"


def _entry(entry: NotChecked, language: Language) -> str:
    needs = language.labelled("report-needs", f"{sentence(entry.needs, language)}.")
    cited = ", ".join(because.id for because in entry.because)
    return f"{sentence(entry.reason, language)} {needs}{f' [{cited}]' if cited else ''}"


def _wrapped(line: str, columns: int) -> str:
    """One line in as many as it needs, the further ones below the text of the first."""
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    hanging = indent + ("  " if text.startswith(("- ", "* ")) else "")
    return textwrap.fill(
        text,
        columns,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_on_hyphens=False,
    )
