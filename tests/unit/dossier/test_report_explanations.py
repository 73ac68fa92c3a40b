"""Competing explanations stand side by side, without score, total or winner."""

from datetime import date

from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.report import html_report
from safeconduct.dossier.report_explanations import explanations
from safeconduct.dossier.report_shown import Shown, shown
from safeconduct.dossier.typeset.disclosed import disclosable_case
from safeconduct.wording.language import language

CASE = """
schema: safeconduct/case/1
id: small
applicant: {id: p1, names: [Test]}
sources:
  - {id: s1, name: A paper, kind: publication, reliability: B}
  - {id: s2, name: Its copy, kind: publication, same_origin_as: [s1]}
evidence:
  - {id: e1, what: a page, source: s1, credibility: 2}
  - {id: e2, what: the copy, source: s2}
  - {id: e3, what: a letter}
claims: [{id: c1, kind: statement, text: He served.}, {id: c2, kind: statement, text: He left.}]
explanations:
  - {id: x10, hypothesis: SECOND, about: [c2, c1], for: [e3], against: [e1]}
  - {id: x2, hypothesis: FIRST, about: [c1, c2], for: [e2, c2, e1], by: RC}
  - {id: x3, hypothesis: OTHER, about: [c1]}
"""


def of(code: str = "en") -> Shown:
    case = read_case(CASE.encode()).case
    return shown(case, vet(case, load_references(None), on=date(2024, 11, 2)), language(code))


def test_those_about_the_same_claims_stand_together_by_their_identifier() -> None:
    groups = explanations(of())
    assert [[one.id for one in group.explanations] for group in groups] == [["x2", "x10"], ["x3"]]


def test_items_of_one_origin_are_one_and_each_has_its_two_grades() -> None:
    first = explanations(of())[0].explanations[0]
    rows = {row.label: "".join(part.text for part in row.parts) for row in first.rows}
    assert rows["For"] == "e1 B2, e2 F6: one origin; c2"
    assert rows["Against"] == "nothing recorded"


def test_no_number_stands_beside_a_hypothesis() -> None:
    """A count beside a hypothesis would be read as its score."""
    for code in ("en", "fr", "ru"):
        for group in explanations(of(code)):
            for one in group.explanations:
                words = "".join(p.text for row in one.rows for p in row.parts if p.to is None)
                stated = words.replace(" B2", "").replace(" F6", "")
                assert not any(character.isdigit() for character in stated)


def test_the_report_shows_them_and_what_leaves_the_house_does_not() -> None:
    shown_in = of()
    case = shown_in.case
    vetting = vet(case, load_references(None), on=date(2024, 11, 2))
    report = html_report(case, vetting, language("en"))
    assert report.index("FIRST") < report.index("SECOND")
    assert disclosable_case(case).explanations == ()
