"""What a case states for weighing its evidence is read whole, and mistakes in it are named."""

import pytest

from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import FileMistaken

HEAD = """
schema: safeconduct/case/1
id: small
applicant: {id: p1, names: [Test]}
evidence: [{id: e1, what: x}]
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(FileMistaken) as caught:
        read_case((HEAD + text).encode())
    return [f"{one.found}; {one.accepted}" for one in caught.value.mistakes]


def test_a_result_needs_the_search_it_came_from() -> None:
    (found,) = mistakes(
        "claims: [{id: c1, kind: event, text: x, if_untrue: [{what: y, result: seen}]}]"
    )
    assert "looked" in found


def test_what_was_looked_through_is_a_search_or_evidence() -> None:
    text = "claims: [{id: c1, kind: event, text: x, if_untrue: [{what: y, looked: [%s]}]}]"
    assert read_case((HEAD + text % "e1").encode()).case.claims[0].if_untrue[0].result is None
    (found,) = mistakes(text % "c1")
    assert "searches and evidence" in found


def test_an_explanation_explains_claims_of_the_case() -> None:
    assert "`c7`" in mistakes("explanations: [{id: x1, hypothesis: h, about: [c7]}]")[0]
    assert "about" in mistakes("explanations: [{id: x1, hypothesis: h, about: []}]")[0]
