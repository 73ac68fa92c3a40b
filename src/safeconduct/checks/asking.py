"""The questions of a vetting with what was answered to them; which are open.

Findings that ask the same of the same claims ask once. They come in the order of the claims, so
that a sheet does not show which of them a conflict is behind.
"""

import msgspec

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Finding, Message, Vetting
from safeconduct.checks.material import natural


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question: its words, the claims and papers that it is about, its answers so far."""

    id: str
    message: Message
    about: tuple[str, ...]
    findings: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def is_open(self) -> bool:
        """Neither an answer nor a refusal is recorded."""
        return not self.answers


def questions(case: Case, vetting: Vetting) -> tuple[Question, ...]:
    """Every question of a vetting, each once, in the order of what it is about."""
    asked: dict[str, Message] = {}
    behind: dict[str, list[Finding]] = {}
    for finding in vetting.findings:
        name = finding.question_id
        if finding.question is not None and name is not None:
            asked.setdefault(name, finding.question)
            behind.setdefault(name, []).append(finding)
    found = [_question(name, message, behind[name], case) for name, message in asked.items()]
    return tuple(sorted(found, key=lambda one: ([natural(name) for name in one.about], one.id)))


def answers_to(finding: Finding, case: Case) -> tuple[Answer, ...]:
    """What was answered to the question of a finding, the latest by its identifier last."""
    found = (one for one in case.answers if one.question == finding.question_id)
    return tuple(sorted(found, key=lambda one: natural(one.id)))


def _question(name: str, message: Message, asking: list[Finding], case: Case) -> Question:
    first = asking[0]
    about = {one.id for one in first.because if one.kind in ("claim", "evidence")}
    return Question(
        id=name,
        message=message,
        about=tuple(sorted(about, key=natural)),
        findings=tuple(one.id for one in asking),
        answers=answers_to(first, case),
    )
