"""Mistakes that no part of a case file shows alone."""

import pytest

from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import FileMistaken, Mistake

HEAD = "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [Ivan]}\n"
EVENT = "kind: event, text: x"


def mistakes(body: str, head: str = HEAD) -> list[Mistake]:
    """The mistakes in a case; lines are counted from the first of `body` where `head` is whole."""
    try:
        read_case((head + body).encode())
    except FileMistaken as error:
        return [one._replace(line=one.line - 3) for one in error.mistakes]
    return []


def only(body: str, head: str = HEAD) -> Mistake:
    found = mistakes(body, head)
    assert len(found) == 1, found
    return found[0]


def test_a_case_whose_parts_agree_has_no_mistakes() -> None:
    assert not mistakes(
        f"claims:\n- {{id: c1, {EVENT}, relations: [{{is: before, claim: c2}}]}}\n"
        f"- {{id: c2, {EVENT}, relations: [{{is: after, claim: c1}}]}}\n"
    )


def test_an_identifier_stands_for_one_thing_in_the_whole_file() -> None:
    body = f"claims:\n- {{id: c1, {EVENT}}}\n- {{id: c1, {EVENT}}}\n"
    assert only(body) == Mistake(3, 8, "the identifier `c1` again", "each identifier once")


def test_an_identifier_says_by_its_letter_what_it_names() -> None:
    assert only(f"claims:\n- {{id: e1, {EVENT}}}\n").accepted == "`c` and a number, such as c1"
    assert only("household:\n- {id: d2, names: [A], relation: wife}\n").found == "`d2`"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"claims:\n- {{id: c1, {EVENT}, relations: [{{is: before, claim: c9}}]}}", "claims"),
        (f"claims:\n- {{id: c1, {EVENT}, told_in: t9}}", "tellings"),
        (f"claims:\n- {{id: c1, {EVENT}, person: p9}}", "persons"),
        (f"claims:\n- {{id: c1, {EVENT}, retells: c9}}", "claims"),
        (f"claims:\n- {{id: c1, {EVENT}, documents: [d9]}}", "documents"),
        (f"claims:\n- {{id: c1, {EVENT}, evidence: [{{item: e9, bears: context}}]}}", "evidence"),
        ("evidence:\n- {id: e1, what: x, source: s9}", "sources"),
        ("tellings:\n- {id: t1, on: 2024, source: s9}", "sources"),
        ("sources:\n- {id: s1, name: x, same_origin_as: [s9]}", "sources"),
        ("service:\n- {id: v1, claims: [c9]}", "claims"),
        ("notes:\n- {id: n1, text: x, about: [c9]}", "anything"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named_with_what_there_is(body: str, kind: str) -> None:
    found = only(body + "\n")
    assert found.line == 2
    assert "9`" in found.found
    assert found.accepted.startswith(f"an identifier of {kind} in this file (")


def test_a_reference_to_a_thing_of_another_kind_leads_nowhere() -> None:
    assert only(f"claims:\n- {{id: c1, {EVENT}, told_in: p1}}\n").found == "`p1`"


def test_what_there_is_stands_in_the_order_of_its_numbers() -> None:
    claims = "".join(f"- {{id: c{i}, {EVENT}}}\n" for i in (10, 2, 1))
    found = only(f"claims:\n{claims}- {{id: c3, {EVENT}, retells: c9}}\n")
    assert "(c1, c2, c3, c10)" in found.accepted


def test_a_reference_of_a_claim_with_another_mistake_is_named_too() -> None:
    body = "claims:\n- {id: c1, kind: evnt, text: x, relations: [{is: before, claim: c9}]}\n"
    assert [one.found for one in mistakes(body)] == ["`evnt`", "`c9`"]


def test_a_claim_is_not_related_to_itself() -> None:
    body = f"claims:\n- {{id: c1, {EVENT}, relations: [{{is: during, claim: c1}}]}}\n"
    assert only(body).found == "`c1` related to itself"


def test_an_order_that_runs_in_a_circle_is_named_with_its_claims() -> None:
    body = (
        f"claims:\n- {{id: c1, {EVENT}, relations: [{{is: before, claim: c2}}]}}\n"
        f"- {{id: c2, {EVENT}, relations: [{{is: before, claim: c3}}]}}\n"
        f"- {{id: c3, {EVENT}}}\n- {{id: c4, {EVENT}, relations: [{{is: after, claim: c3}}]}}\n"
    )
    assert not mistakes(body)
    circle = body + f"- {{id: c5, {EVENT}, relations: [{{is: before, claim: c1}}]}}\n"
    assert not mistakes(circle)
    found = only(
        circle.replace(f"c3, {EVENT}", f"c3, {EVENT}, relations: [{{is: before, claim: c1}}]")
    )
    assert found.found == "a circle of 3 claims: c1 before c2 before c3 before c1"
    assert found.line == 2


def test_a_longest_gap_is_no_shorter_than_the_least() -> None:
    def gap(least: str, most: str) -> list[Mistake]:
        relation = f"{{is: before, claim: c2, least: {least}, most: {most}}}"
        claims = f"- {{id: c1, {EVENT}, relations: [{relation}]}}\n- {{id: c2, {EVENT}}}\n"
        return mistakes("claims:\n" + claims)

    assert not gap("P2W", "P2W")
    assert not gap("P30D", "P1M")  # a month may be as long
    assert gap("P3W", "P2W")[0].accepted == "least ≤ most"


def test_a_claim_retells_a_claim_of_another_telling() -> None:
    def retold(by: str, told_in: str) -> list[Mistake]:
        return mistakes(
            "tellings: [{id: t1, on: 2024}, {id: t2, on: 2024}]\n"
            f"claims:\n- {{id: c1, {EVENT}, told_in: t1}}\n"
            f"- {{id: c2, {EVENT}, told_in: {told_in}, retells: {by}}}\n"
        )

    assert not retold("c1", "t2")
    assert retold("c1", "t1")[0].found == "`c1`, which was told in the same telling"
    assert retold("c2", "t2")[0].found == "a claim that retells itself"


def test_the_width_of_a_vague_date_is_declared_by_the_case() -> None:
    claim = f"claims:\n- {{id: c1, {EVENT}, when: 2022-09~}}\n"
    assert only(claim).accepted == "`conventions: approximate.month` in the case"
    assert not mistakes("conventions: {approximate: {month: P1M}}\n" + claim)


def test_a_declaration_that_cannot_be_read_is_the_only_mistake() -> None:
    claim = f"claims:\n- {{id: c1, {EVENT}, when: 2022-09~}}\n"
    assert only("conventions: {approximate: {month: soon}}\n" + claim).found == "`soon`"


def test_a_transcript_is_the_one_that_was_fixed() -> None:
    def fixed(digest: str) -> list[Mistake]:
        telling = f"{{id: t1, on: 2024, transcript: abc, transcript_sha256: {digest}}}"
        return mistakes(f"tellings: [{telling}]\n")

    right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert not fixed(right)
    (found,) = fixed("0" * 64)
    assert right in found.found
    assert found.accepted == "the transcript as it was fixed"


def test_a_passage_lies_within_its_transcript() -> None:
    def passage(lines: str) -> list[Mistake]:
        claim = f"{{id: c1, {EVENT}, told_in: t1, passage: {lines}}}"
        telling = '{id: t1, on: 2024, transcript: "one\\ntwo\\n"}'
        return mistakes(f"tellings: [{telling}]\nclaims: [{claim}]\n")

    assert not passage("line 2")
    assert not passage("lines 1-2")
    assert passage("lines 1-3")[0].found == "`lines 1-3` of a transcript of 2 lines"
    assert not passage("page 7")  # of which the text says nothing


def test_a_person_has_a_name_in_which_nothing_is_hidden() -> None:
    head = HEAD.replace("[Ivan]", "[]")
    assert only("", head).found == "a person without a name"
    assert "U+200B" in only("", HEAD.replace("Ivan", "I\u200bvan")).found
    assert "one word" in only("", HEAD.replace("Ivan", "Iv\u0430n")).found
    assert not mistakes("", HEAD.replace("Ivan", "<b>Иван</b>"))
