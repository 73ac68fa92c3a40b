"""What establishes service and identity: shown with its state in the report, kept from dossiers."""

from datetime import date

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.report import html_report
from safeconduct.dossier.report_proofs import proof_views
from safeconduct.dossier.report_shown import shown
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.disclosed import disclosed
from safeconduct.wording.language import LANGUAGES, language

CASE = """
schema: safeconduct/case/1
id: small
applicant:
  id: p1
  names: [Test]
  documents:
    - id: d1
      kind: other
      asked: {on: 2024-10-01, by: RC, note: CANARY-1}
      answered: {on: 2024-10-02, text: CANARY-2}
      compared: {result: matched, by: RC, on: 2024-10-03, reason: CANARY-3}
claims: [{id: c1, kind: statement, text: He served., documents: [d1]}]
evidence: [{id: e1, what: a photograph}]
explanations: [{id: x1, hypothesis: CANARY-4, about: [c1], for: [e1], note: CANARY-5}]
controls:
  - id: w1
    claims: [c1]
    topic: routine
    question: CANARY-6
    language: en
    commitment: 1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a
    fixed_on: 2024-10-10
    fixed_by: RC
    answered: {on: 2024-10-14, text: CANARY-7}
    compared: {result: not-matched, by: RC, on: 2024-10-15, reason: CANARY-8}
registers:
  - {id: r1, claims: [c1], register: CANARY-9, entry: CANARY-10, asked: {on: 2024-10-01}}
identifiers:
  - {id: i2, claims: [c1], kind: telephone, value: CANARY-11}
  - {id: i10, claims: [c1], kind: photograph, value: CANARY-12, evidence: e1, taken_at: CANARY-13}
"""


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(CASE.encode()).case


@pytest.fixture(scope="module")
def vetting(case: Case) -> Vetting:
    return vet(case, load_references(None), on=date(2024, 11, 2))


def test_each_stands_in_the_report_with_its_state(case: Case, vetting: Vetting) -> None:
    views = proof_views(shown(case, vetting, language("en")))
    states = {
        view.id: "".join(
            part.text for row in view.rows if row.label == "State" for part in row.parts
        )
        for view in views
    }
    assert states == {
        "w1": "not matched, as a person judged",
        "r1": "asked, nothing came back",
        "i2": "not asked",
        "i10": "not asked",
    }


def test_the_report_for_the_investigator_has_all_of_it(case: Case, vetting: Vetting) -> None:
    report = html_report(case, vetting, language("en"))
    for number in range(1, 14):
        assert f"CANARY-{number}" in report


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_of_it_but_what_came_of_it_leaves_the_house(
    case: Case, vetting: Vetting, code: str
) -> None:
    words = language(code)
    dossier = msgspec.json.encode(compose(case, vetting, words, {})).decode()
    for left in (dossier, disclosed(vetting, words).decode()):
        assert "CANARY" not in left
        assert "w1" in left
        assert "d1" in left


def test_a_paper_that_nobody_asked_about_shows_no_state(case: Case, vetting: Vetting) -> None:
    bare = read_case(CASE[: CASE.index("      asked:")].encode() + b"claims: []\n").case
    report = html_report(bare, vetting, language("en"))
    assert "not asked" not in report[report.index('id="papers"') : report.index('id="service"')]
