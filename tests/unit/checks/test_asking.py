"""Questions: each once, by an identifier that outlives corrections, open until answered."""

from datetime import date

import msgspec

from safeconduct.casefile.answers import Answer
from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.when_values import When
from safeconduct.checks.asking import Question, questions
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet

HEAD = """
schema: safeconduct/case/1
id: small
conventions: {approximate: {day: P2D, month: P1M}}
applicant: {id: p1, names: [Test]}
tellings: [{id: t1, on: 2024-03-01}]
claims:
"""
ONE = "  - {id: c1, kind: event, text: he left, when: 2022-05-01, told_in: t1}\n"
TWO = (
    "  - {id: c2, kind: event, text: he fell ill, told_in: t1, "
    "relations: [{is: before, claim: c1, least: P1M}, {is: after, claim: c3}]}\n"
)
THREE = "  - {id: c3, kind: event, text: he was drafted, when: 2022-04-15, told_in: t1}\n"
MORE = "  - {id: c9, kind: event, text: something else, told_in: t1}\n"


def case_of(*claims: str) -> Case:
    return read_case((HEAD + "".join(claims)).encode()).case


def asked(case: Case) -> dict[str, Question]:
    vetting = vet(case, load_references(None), on=date(2024, 11, 2))
    return {one.id: one for one in questions(case, vetting)}


def test_a_question_keeps_its_identifier_when_others_join() -> None:
    assert set(asked(case_of(ONE, TWO, THREE))) < set(asked(case_of(ONE, TWO, THREE, MORE)))


def test_a_corrected_date_or_wording_is_the_same_question() -> None:
    corrected = THREE.replace("2022-04-15", "2022-04-16").replace("drafted", "called up")
    assert set(asked(case_of(ONE, TWO, THREE))) == set(asked(case_of(ONE, TWO, corrected)))


def test_the_order_of_the_file_changes_nothing() -> None:
    one, other = asked(case_of(ONE, TWO, THREE)), asked(case_of(THREE, ONE, TWO))
    assert list(one) == list(other)


def test_findings_that_ask_the_same_of_the_same_claims_ask_once() -> None:
    every = asked(case_of(ONE, TWO, THREE))
    about = [(one.message.id, one.about) for one in every.values()]
    assert len(about) == len(set(about))


def test_questions_come_in_the_order_of_their_claims_conflict_or_not() -> None:
    lonely = "  - {id: c0, kind: event, text: he was born, told_in: t1}\n"
    first, *rest = asked(case_of(ONE, TWO, THREE, lonely.replace("c0", "c1x"[:2] + "0"))).values()
    starts = [one.about[0] for one in (first, *rest)]
    assert starts == sorted(starts, key=lambda name: int(name[1:]))


def test_an_answer_or_a_refusal_closes_the_question_and_another_does_not() -> None:
    case = case_of(ONE, TWO, THREE)
    name = next(iter(asked(case)))
    given = Answer(id="a1", question=name, asked="?", on=When(edtf="2024-04-01"), text="so")
    refused = msgspec.structs.replace(given, text=None, refused=True)
    other = msgspec.structs.replace(given, question="q0000000000")
    for answer, is_open in ((given, False), (refused, False), (other, True)):
        held = msgspec.structs.replace(case, answers=(answer,))
        assert asked(held)[name].is_open is is_open
    assert asked(case)[name].is_open
