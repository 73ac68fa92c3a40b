"""Each claim against its evidence: grades apart, origins counted, nothing added up."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.findings import Counted, Finding, Outcome, Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.wording.language import language
from safeconduct.wording.sentences import say

ON = date(2024, 11, 2)
CASE = """
schema: safeconduct/case/1
id: small
applicant: {id: p1, names: [Test]}
tellings: [{id: t1, on: 2024-03-01}]
sources:
  - {id: s1, name: A paper, kind: publication, reliability: B}
  - {id: s2, name: Its copy, kind: publication, reliability: E, same_origin_as: [s1]}
evidence:
  - {id: e1, what: a page, source: s1, credibility: 2}
  - {id: e2, what: the copy, source: s2, credibility: 5}
claims:
  - id: c1
    kind: statement
    text: He served.
    told_in: t1
    evidence: [{item: e1, bears: supports}, {item: e2, bears: supports}]
"""


def vetted(text: str = CASE) -> Vetting:
    return vet(read_case(text.encode()).case, load_references(None), on=ON)


def of_evidence(vetting: Vetting) -> list[Finding]:
    return [one for one in vetting.findings if one.check == "corroboration"]


def test_two_items_of_one_origin_are_said_to_be_one_origin() -> None:
    (finding,) = of_evidence(vetted())
    said = say(finding.message, language("en"))
    assert said.endswith("e1 and e2 (2 items, 1 origin).")
    assert finding.message.parameters["origins"] == Counted("n-origins", 1)


def test_without_the_declaration_they_are_two() -> None:
    (finding,) = of_evidence(vetted(CASE.replace(", same_origin_as: [s1]", "")))
    assert finding.message.parameters["origins"] == Counted("n-origins", 2)


def test_the_two_grades_of_each_item_stand_side_by_side() -> None:
    (finding,) = of_evidence(vetted())
    graded = {one.id: (one.reliability.value, one.credibility.value) for one in finding.rests_on}
    assert graded == {"e1": ("B", "2"), "e2": ("E", "5"), "t1": ("F", "6")}


def test_an_item_without_a_source_adds_no_origin_and_that_is_said() -> None:
    vetting = vetted(CASE.replace("what: the copy, source: s2", "what: the copy"))
    (finding,) = of_evidence(vetting)
    assert finding.message.parameters["origins"] == Counted("n-origins", 1)
    reasons = [one.reason.id for one in vetting.not_checked if one.check == "corroboration"]
    assert reasons == ["evidence-without-source"]


def test_one_item_without_a_source_has_no_origin_to_count() -> None:
    text = CASE.replace("what: a page, source: s1", "what: a page")
    text = text.replace(", {item: e2, bears: supports}", "")
    vetting = vetted(text)
    (finding,) = of_evidence(vetting)
    assert "origin not stated" in say(finding.message, language("en"))
    assert not [one for one in vetting.not_checked if one.check == "corroboration"]


def test_conflicting_evidence_asks_an_open_question_that_names_no_evidence() -> None:
    (finding,) = of_evidence(vetted(CASE.replace("supports", "conflicts")))
    assert finding.outcome is Outcome.CONFLICTS
    assert finding.question
    asked = say(finding.question, language("en"))
    assert "e1" not in asked
    assert "page" not in asked


@given(st.permutations(["e1", "e2", "e3", "e4"]), st.permutations(["s1", "s2", "s3", "s4"]))
def test_the_order_of_items_and_sources_changes_nothing(items: list[str], names: list[str]) -> None:
    links = {"s1": "[]", "s2": "[s1]", "s3": "[]", "s4": "[s3, s2]"}
    sources = "".join(f"  - {{id: {s}, name: x, same_origin_as: {links[s]}}}\n" for s in names)
    evidence = "".join(f"  - {{id: {e}, what: x, source: s{e[1]}}}\n" for e in items)
    borne = ", ".join(f"{{item: {e}, bears: supports}}" for e in items)
    text = (
        "schema: safeconduct/case/1\nid: small\napplicant: {id: p1, names: [Test]}\n"
        f"sources:\n{sources}evidence:\n{evidence}"
        f"claims: [{{id: c1, kind: statement, text: x, evidence: [{borne}]}}]\n"
    )
    (finding,) = of_evidence(vetted(text))
    assert finding.message.parameters["origins"] == Counted("n-origins", 1)
    assert [because.id for because in finding.because] == ["c1", "e1", "e2", "e3", "e4"]


def test_a_long_case_is_read_in_time_that_grows_with_it() -> None:
    """Each claim beside each source would be 16 million comparisons here."""
    sources = "".join(
        f"  - {{id: s{n}, name: x, same_origin_as: [s{max(n - 1, 1)}]}}\n" for n in range(1, 4001)
    )
    evidence = "".join(f"  - {{id: e{n}, what: x, source: s{n}}}\n" for n in range(1, 4001))
    borne = ", ".join(f"{{item: e{n}, bears: supports}}" for n in range(1, 4001))
    text = (
        "schema: safeconduct/case/1\nid: small\napplicant: {id: p1, names: [Test]}\n"
        f"sources:\n{sources}evidence:\n{evidence}"
        f"claims: [{{id: c1, kind: statement, text: x, evidence: [{borne}]}}]\n"
    )
    (finding,) = of_evidence(vetted(text))
    assert finding.message.parameters["count"] == Counted("n-items", 4000)
    assert finding.message.parameters["origins"] == Counted("n-origins", 1)
