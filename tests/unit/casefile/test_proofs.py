"""Control questions, register entries, identifiers: their states, and what is refused."""

import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.proofs import ProofState, state_of
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import FileMistaken

HEAD = """
schema: safeconduct/case/1
id: small
applicant: {id: p1, names: [Test]}
claims: [{id: c1, kind: statement, text: He served.}]
registers:
  - {id: r1, claims: [c1], register: a roll, entry: his name%s}
"""
ASKED = ", asked: {on: 2024-10-01}"
ANSWERED = ", answered: {on: 2024-10-02, text: no}"
REFUSED = ", answered: {on: 2024-10-02, refused: true}"
COMPARED = ", compared: {result: %s, by: RC, on: 2024-10-03, reason: why}"


def case_of(more: str) -> Case:
    return read_case((HEAD % more).encode()).case


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ("", ProofState.NOT_ASKED),
        (ASKED, ProofState.ASKED),
        (ASKED + ANSWERED, ProofState.ANSWERED),
        (ANSWERED, ProofState.ANSWERED),
        (ANSWERED + COMPARED % "matched", ProofState.MATCHED),
        (ANSWERED + COMPARED % "not-matched", ProofState.NOT_MATCHED),
        (ASKED + REFUSED, ProofState.ASKED),
    ],
)
def test_each_state_is_what_was_recorded(more: str, state: ProofState) -> None:
    assert state_of(case_of(more).registers[0]) is state


@pytest.mark.parametrize("more", ["", ASKED, REFUSED])
def test_what_never_came_back_is_not_compared(more: str) -> None:
    with pytest.raises(FileMistaken) as caught:
        case_of(more + COMPARED % "not-matched")
    assert "answer" in str(caught.value.mistakes[0])


@pytest.mark.parametrize("by", ["", ", by: ''"])
def test_nobody_unnamed_holds_a_match(by: str) -> None:
    with pytest.raises(FileMistaken):
        case_of(ANSWERED + (COMPARED % "matched").replace(", by: RC", by))


def test_each_is_linked_to_claims_of_the_case() -> None:
    for wrong in ("[]", "[c7]"):
        with pytest.raises(FileMistaken):
            read_case((HEAD % "").replace("claims: [c1]", f"claims: {wrong}").encode())


def test_a_paper_that_was_compared_came_back() -> None:
    paper = "documents: [{id: d1, kind: other%s}]"
    text = (HEAD % "").replace("names: [Test]", "names: [Test], " + paper)
    assert read_case((text % "").encode()).case.documents()
    with pytest.raises(FileMistaken):
        read_case((text % (COMPARED % "matched")).encode())
