"""The bytes of a case file become a case, or every mistake in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.reading import read_case
from safeconduct.casefile.yamltree import FileMistaken, Mistake

EXAMPLES = Path(__file__).parents[3] / "examples"
HEAD = "schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [Иван]}\n"


def mistakes(text: str) -> tuple[Mistake, ...]:
    with pytest.raises(FileMistaken) as caught:
        read_case(text.encode())
    return caught.value.mistakes


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*/*.yaml")), ids=lambda file: file.stem)
def test_the_examples_are_read_without_mistakes(file: Path) -> None:
    read = read_case(file.read_bytes())
    assert read.text == file.read_text(encoding="utf-8")
    assert read.case.schema == "safeconduct/case/1"


def test_the_smallest_case_is_read_with_its_places() -> None:
    read = read_case(HEAD.encode())
    assert read.case.applicant.names[0].text == "Иван"
    assert read.case.claims == ()
    span = read.spans[("applicant", "names", 0)]
    assert read.text[span.start : span.end] == "Иван"


def test_shorthands_stand_for_a_date_a_place_a_name_and_a_duration() -> None:
    claim = "{id: c1, kind: stay, text: x, when: 2022-09, where: Samara, lasts: P2W}"
    (read,) = read_case(f"{HEAD}claims: [{claim}]\n".encode()).case.claims
    assert read.when is not None
    assert read.where is not None
    assert read.lasts is not None
    assert (read.when.edtf, read.where.name, read.lasts.iso) == ("2022-09", "Samara", "P2W")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "schema: safeconduct/case/2\nid: X\napplicant: {id: p1, name: [Иван]}\nclaim: []\n"
        "claims:\n- {id: c1, kind: stay, text: x, when: 2022-02-31}\n- {id: c1}\n"
    )
    found = [(one.line, one.found) for one in mistakes(text)]
    assert found == sorted(found)
    assert {line for line, _ in found} == {1, 2, 3, 4, 6, 7}
    assert {"the key `name`", "the key `claim`", "no key `names`", "no key `kind`"} <= {
        one for _, one in found
    }


def test_a_key_that_is_nearly_right_is_answered_with_the_nearest() -> None:
    (found,) = mistakes(HEAD + "cliams: []\n")
    assert found == Mistake(4, 1, "the key `cliams`", "`claims`?")


def test_the_thirty_first_of_february_is_refused_where_it_stands() -> None:
    claim = "claims:\n- id: c1\n  kind: event\n  text: x\n  when: {edtf: 2022-02-31}\n"
    (found,) = mistakes(HEAD + claim)
    assert (found.line, found.column) == (8, 16)
    assert found.found.startswith("the date `2022-02-31`: ")


def test_a_duration_that_is_none_is_refused_with_examples() -> None:
    claim = "claims:\n- {id: c1, kind: event, text: x, lasts: two years}\n"
    (found,) = mistakes(HEAD + claim)
    assert found.found == "the duration `two years`"
    assert "P2Y" in found.accepted


def test_values_of_a_claim_that_exclude_each_other_are_refused() -> None:
    claim = "claims:\n- {id: c1, kind: journey, text: x, where: Samara}\n"
    (found,) = mistakes(HEAD + claim)
    assert found.found == "values that do not go together"
    assert "`from` and `to`" in found.accepted


def outcome(data: bytes) -> str | tuple[Mistake, ...]:
    """The identifier of the case, or the mistakes; any other error comes through."""
    try:
        return read_case(data).case.id
    except FileMistaken as error:
        return error.mistakes


@given(st.binary(max_size=200))
def test_no_bytes_make_anything_but_a_case_or_mistakes(data: bytes) -> None:
    assert outcome(HEAD.encode() + data)


@given(st.data())
def test_a_damaged_case_is_never_read_as_anything_but_a_case_or_mistakes(
    draw: st.DataObject,
) -> None:
    data = (EXAMPLES / "alexander" / "case.yaml").read_bytes()
    start = draw.draw(st.integers(0, len(data)))
    end = min(len(data), start + draw.draw(st.integers(0, 40)))
    put = draw.draw(st.sampled_from([b"", b":", b"- ", b"\n", b"{", b'"', b"#", b"\xff", b"null"]))
    found = outcome(data[:start] + put + data[end:])
    assert isinstance(found, str) or found == tuple(sorted(found))
