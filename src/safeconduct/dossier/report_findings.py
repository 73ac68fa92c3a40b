"""The results of a vetting for the report: findings by outcome, and what was not checked."""

from safeconduct.casefile.findings import Finding, Message, NotChecked, Outcome, Vetting
from safeconduct.checks.asking import answers_to
from safeconduct.checks.settling import settles, settling
from safeconduct.dossier.answered import answer_words
from safeconduct.dossier.grouping import OUTCOMES, findings_of, not_checked_by_check
from safeconduct.dossier.lettering import sentence
from safeconduct.dossier.phrasing import dataset_words, grade_words
from safeconduct.dossier.report_claims import cited_claim
from safeconduct.dossier.report_shown import Shown, in_order
from safeconduct.dossier.report_values import (
    EntryView,
    FindingView,
    GroupView,
    NotCheckedView,
    Part,
    Parts,
    SettlingView,
    plain,
)

_BRIEF = (Outcome.NOTHING_FOUND, Outcome.UNKNOWN)
"""On a line each: they say what was looked at, and the claims stand in the account."""


def groups(vetting: Vetting, of: Shown) -> tuple[GroupView, ...]:
    """The findings by outcome, none left out; a group without findings is there as well."""
    asks_for = settles(of.case, vetting)
    return tuple(
        GroupView(
            name=outcome.value,
            brief=outcome in _BRIEF,
            findings=tuple(
                _finding(finding, of, asks_for.get(finding.id), brief=outcome in _BRIEF)
                for finding in findings_of(vetting, outcome)
            ),
        )
        for outcome in OUTCOMES
    )


def not_checked(vetting: Vetting, of: Shown) -> tuple[NotCheckedView, ...]:
    """What was not checked, under the name of each check."""
    return tuple(
        NotCheckedView(
            check=of.text(f"check-{check}"), entries=tuple(_entry(one, of) for one in entries)
        )
        for check, entries in not_checked_by_check(vetting).items()
    )


def settled(of: Shown, vetting: Vetting) -> tuple[SettlingView, ...]:
    """What to ask for next, what settles most first; nothing where nothing conflicts or is open."""
    return tuple(
        SettlingView(
            ask=_sentence(one.message, of), cited=of.links(*one.conflicts), conflicts=one.conflicts
        )
        for one in settling(of.case, vetting)
    )


def _entry(one: NotChecked, of: Shown) -> EntryView:
    return EntryView(
        reason=_sentence(one.reason, of),
        needs=_sentence(one.needs, of),
        cited=of.links(*(because.id for because in one.because)),
    )


def _finding(finding: Finding, of: Shown, asks: Message | None, *, brief: bool) -> FindingView:
    cited = {because.id for because in finding.because if because.kind == "claim"}
    claims = [] if brief else [claim for claim in of.case.claims if claim.id in cited]
    return FindingView(
        id=finding.id,
        statement=_sentence(finding.message, of),
        peripheral=finding.peripheral,
        repairs=tuple(_sentence(repair, of) for repair in finding.repairs),
        question=_sentence(finding.question, of) if finding.question else None,
        claims=tuple(cited_claim(claim, of) for claim in in_order(claims)),
        rows=of.rows(
            ("put", _put(finding, of)),
            ("settles", _sentence(asks, of) if asks else ()),
            ("cites", _cites(finding, of)),
            ("indicator", plain(of.text(f"indicator-{finding.indicator}"))),
            ("check", plain(of.text(f"check-{finding.check}"))),
            ("rests-on", _grades(finding, of)),
        ),
    )


def _put(finding: Finding, of: Shown) -> Parts:
    """Whether the question was put, and what was answered; open until something is recorded."""
    if finding.question is None:
        return ()
    found = answers_to(finding, of.case)
    if not found:
        return plain(of.text("answer-open").format(question=finding.question_id))
    return plain("; ".join(answer_words(one, of.language) for one in found))


def _sentence(message: Message, of: Shown) -> Parts:
    return of.sentence(sentence(message, of.language))


def _cites(finding: Finding, of: Shown) -> Parts:
    """Identifiers; a row of a data set is named with the set it stands in."""
    parts: list[Part] = []
    for because in finding.because:
        if parts:
            parts.append(Part(", "))
        if because.kind == "row":
            parts.append(Part(because.id, mono=True))
            if because.dataset:
                parts.append(Part(f" ({dataset_words(because.dataset, of.language)})"))
        else:
            parts += of.links(because.id)
    return tuple(parts)


def _grades(finding: Finding, of: Shown) -> Parts:
    parts: list[Part] = []
    for rests_on in finding.rests_on:
        if parts:
            parts.append(Part(", "))
        parts += of.sentence(grade_words(rests_on))
    return tuple(parts)
