"""A new case file explains itself, and its examples are right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.casefile.template import Essentials, new_case_text

FULL = Essentials(
    id="ivan",
    names=("Иван: #1", "Ivan"),
    citizenships=("RU", "KZ"),
    language="fr",
    title="- a title",
    organisation="CIT",
    responsible="no",
)
LEAST = Essentials(id="ivan", names=("Иван",))


@pytest.mark.parametrize("essentials", [FULL, LEAST])
def test_a_new_case_is_read_with_what_it_was_opened_with(essentials: Essentials) -> None:
    case = read_case(new_case_text(essentials).encode()).case
    assert (case.id, case.language, case.title) == ("ivan", essentials.language, essentials.title)
    assert tuple(name.text for name in case.applicant.names) == essentials.names
    assert case.applicant.citizenships == essentials.citizenships
    assert case.responsible == essentials.responsible
    assert case.claims == ()


def examples(text: str) -> str:
    """The file with every example taken up, as its first lines say."""
    return re.sub(r"(?m)^#(?=\S|  )", "", text)


def test_every_example_in_a_new_case_is_accepted_as_it_stands() -> None:
    case = read_case(examples(new_case_text(LEAST)).encode()).case
    empty = [field for field in case.__struct_fields__ if not getattr(case, field)]
    assert empty == []


def test_every_section_of_a_case_is_in_the_new_file() -> None:
    text = new_case_text(LEAST)
    for field in Case.__struct_fields__:
        assert re.search(rf"(?m)^#?{field}:", text), field


@given(st.text(min_size=1).filter(str.strip))
def test_no_title_breaks_the_file(title: str) -> None:
    text = new_case_text(Essentials(id="x", names=("A",), title=title))
    assert read_case(text.encode()).case.title == title
