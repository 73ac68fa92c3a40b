"""What establishes service and identity: states, no verdict, nothing of the expected answer."""

from datetime import date

import pytest

from safeconduct.casefile.findings import Finding, Outcome, Vetting
from safeconduct.casefile.proofs import ControlTopic
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.wording.language import SHEET_LANGUAGES, language, sheet_language
from safeconduct.wording.sentences import say

CASE = """
schema: safeconduct/case/1
id: small
applicant: {id: p1, names: [Test]}
claims: [{id: c1, kind: statement, text: He served.}]
controls:
  - id: w1
    claims: [c1]
    topic: routine
    question: QUESTION-CANARY
    language: en
    commitment: 1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a
    fixed_on: 2024-10-10
    fixed_by: RC
    asked: {on: 2024-10-14}
    answered: {on: 2024-10-14, text: ANSWER-CANARY}
    compared: {result: not-matched, by: RC, on: 2024-10-15, reason: REASON-CANARY}
"""


def vetted(text: str = CASE) -> Vetting:
    return vet(read_case(text.encode()).case, load_references(None), on=date(2024, 11, 2))


def judged(text: str = CASE) -> Finding:
    (found,) = (one for one in vetted(text).findings if one.check == "positive-proof")
    return found


@pytest.mark.parametrize("topic", list(ControlTopic))
def test_the_question_is_open_and_holds_nothing_of_the_answer(topic: ControlTopic) -> None:
    finding = judged(CASE.replace("topic: routine", f"topic: {topic}"))
    assert finding.outcome is Outcome.ASKS
    for code in SHEET_LANGUAGES:
        assert finding.question
        assert "CANARY" not in say(finding.question, sheet_language(code))
    for code in ("en", "fr", "ru"):
        assert "CANARY" not in say(finding.message, language(code))


def test_a_mismatch_names_who_judged_and_says_that_people_forget() -> None:
    said = say(judged().message, language("en"))
    assert "as RC judged (15 October 2024)" in said
    assert "People forget" in said


def test_the_hour_of_the_same_day_shows_what_was_fixed_before() -> None:
    text = CASE.replace("not-matched", "matched")
    earlier = text.replace("fixed_on: 2024-10-10", "fixed_on: 2024-10-14T08:00Z")
    later = earlier.replace("answered: {on: 2024-10-14", "answered: {on: 2024-10-14T10:00Z")
    assert judged(earlier).outcome is Outcome.UNKNOWN
    assert judged(later).outcome is Outcome.SUPPORTS


def test_an_answer_without_a_judgement_gives_no_finding() -> None:
    text = "".join(line for line in CASE.splitlines(keepends=True) if "compared" not in line)
    vetting = vetted(text)
    assert not [one for one in vetting.findings if one.check == "positive-proof"]
    assert [one.reason.id for one in vetting.not_checked if one.check == "positive-proof"] == [
        "proofs-answered"
    ]


def test_the_order_of_the_file_changes_nothing() -> None:
    extra = (
        "identifiers:\n  - {id: i2, claims: [c1], kind: handle, value: x}\n"
        "  - {id: i10, claims: [c1], kind: handle, value: y}\n"
    )
    lines = extra.splitlines(keepends=True)
    one = vetted(CASE + extra)
    other = vetted(CASE + lines[0] + lines[2] + lines[1])
    assert one.not_checked == other.not_checked
