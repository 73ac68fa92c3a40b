"""What to ask for next is ranked by what rests on it."""

from datetime import date

from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.settling import Settling, settling
from safeconduct.checks.vetting import vet
from safeconduct.wording.language import LANGUAGES, language
from safeconduct.wording.sentences import say

HEAD = """
schema: safeconduct/case/1
id: small
conventions: {approximate: {day: P2D, month: P1M}}
applicant: {id: p1, names: [Test]}
tellings: [{id: t1, on: 2024-03-01}]
claims:
"""


def settled(claims: str) -> tuple[Settling, ...]:
    case = read_case((HEAD + claims).encode()).case
    return settling(case, vet(case, load_references(None), on=date(2024, 11, 2)))


FAR = "where: {lat: 50.0, lon: 30.0, radius_km: 5}, told_in: t1}"
NEAR = "where: {lat: 10.0, lon: 30.0, radius_km: 5}, told_in: t1}"


def test_the_claim_on_which_most_conflicts_rest_comes_first() -> None:
    found = settled(
        f"  - {{id: c1, kind: event, text: a, when: 2022-10-01T10:00Z, {FAR}\n"
        f"  - {{id: c2, kind: event, text: b, when: 2022-10-01T10:05Z, {NEAR}\n"
        f"  - {{id: c3, kind: event, text: c, when: 2022-10-01T09:55Z, {NEAR}\n"
    )
    assert found[0].claim == "c1"
    assert len(found[0].conflicts) == 2
    assert {one.claim for one in found[1:]} >= {"c2", "c3"}


def test_what_is_open_is_ranked_behind_conflicts() -> None:
    found = settled(
        f"  - {{id: c1, kind: event, text: a, {FAR}\n"
        f"  - {{id: c2, kind: event, text: b, when: 2022-10-01T10:05Z, {NEAR}\n"
        f"  - {{id: c3, kind: event, text: c, when: 2022-10-01T10:05Z, {FAR}\n"
    )
    assert [one.claim for one in found][-1] == "c1"
    assert found[-1].conflicts == ()
    assert found[-1].unknowns > 0


def test_nothing_open_asks_for_nothing() -> None:
    case = read_case(
        (HEAD + f"  - {{id: c1, kind: event, text: a, when: 2022-10-01, {FAR}").encode()
    )
    empty = vet(case.case, load_references(None), on=date(2024, 11, 2))
    bare = type(empty)(
        case="small", on=empty.on, software="x", findings=(), not_checked=(), references=()
    )
    assert settling(case.case, bare) == ()


def test_each_kind_of_claim_has_its_words_in_every_language() -> None:
    for kind in ("stay", "journey", "event", "statement"):
        place = FAR.replace("where", "from") if kind == "journey" else FAR
        found = settled(f"  - {{id: c1, kind: {kind}, text: a, {place}\n")
        for code in LANGUAGES:
            said = say(found[0].message, language(code))
            assert "c1" in said
