"""Reading a name: tokens, scripts, repairs, and the remarks on what was odd."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.reading import MOST_LETTERS, MOST_TOKENS, read_name
from safeconduct.names.scripts import COMPARED, OTHER


def forms(text: str) -> list[str]:
    return [token.form for token in read_name(text).tokens]


def remarks(text: str) -> list[tuple[str, int | None]]:
    return [(remark.kind, remark.token) for remark in read_name(text).remarks]


def test_a_name_is_split_at_spaces_and_made_small() -> None:
    assert forms("Іван  ПЕТРЕНКО") == ["іван", "петренко"]
    assert [one.text for one in read_name("Іван  ПЕТРЕНКО").tokens] == ["Іван", "ПЕТРЕНКО"]


def test_a_hyphen_ties_and_a_spaced_dash_does_not() -> None:
    assert [one.glue for one in read_name("Abd al-Rahman").tokens] == ["", "", "-"]
    assert [one.glue for one in read_name("Ivanov - Petrov").tokens] == ["", ""]
    assert forms("Jean‑Luc") == ["jean", "luc"]


def test_the_first_comma_is_where_it_stands_and_no_comma_is_none() -> None:
    assert read_name("VAN DER BERG, Jan, Jr").comma_after == 2
    assert read_name("حسن، علي").comma_after == 0
    assert read_name(", Jan").comma_after is None
    assert read_name("Jan Berg").comma_after is None


def test_words_in_brackets_or_quotation_marks_are_set_aside() -> None:
    found = read_name("Ivan «Batya» Petrov (Vanya)").tokens
    assert [(one.form, one.aside) for one in found] == [
        ("ivan", False),
        ("batya", True),
        ("petrov", False),
        ("vanya", True),
    ]


def test_a_name_wholly_in_brackets_is_still_the_name() -> None:
    assert not any(token.aside for token in read_name("(Ivan Petrov)").tokens)


def test_an_unclosed_bracket_sets_nothing_aside() -> None:
    assert not any(token.aside for token in read_name("Ivan (Petrov").tokens)


def test_apostrophes_of_all_kinds_are_one_and_stay_in_the_form() -> None:
    assert forms("Лук’яненко") == forms("Лукʼяненко") == ["лук'яненко"]
    assert forms("ג׳ורג׳") == ["ג'ורג'"]


def test_initials_are_told_apart_without_spaces() -> None:
    assert [(one.text, one.glue) for one in read_name("A.S.Pushkin").tokens] == [
        ("A.", ""),
        ("S.", "."),
        ("Pushkin", "."),
    ]


def test_a_latin_letter_in_a_cyrillic_word_is_repaired_and_told() -> None:
    assert forms("Сергiй") == ["сергій"]  # with a Latin i
    assert remarks("Сергiй") == [("homoglyph", 0)]
    assert remarks("Сергій") == []


def test_a_cyrillic_letter_in_a_latin_word_is_repaired_and_told() -> None:
    read = read_name("Ivan Pеtrov")  # with a Cyrillic е
    assert read.tokens[1].form == "petrov"
    assert read.tokens[1].script == "Latn"
    assert remarks("Ivan Pеtrov") == [("homoglyph", 1)]


def test_letters_that_nothing_looks_like_leave_the_word_mixed_and_told() -> None:
    assert remarks("Petroжv") == [("mixed-script", 0)]
    assert read_name("Petroжv").tokens[0].script == "Latn"


def test_a_word_that_may_be_meant_in_the_script_of_the_others_is_told_not_changed() -> None:
    read = read_name("ЕВА Brown")
    assert read.tokens[0].script == "Cyrl"
    assert remarks("ЕВА Brown") == [("mixed-script", 0)]
    assert remarks("Женя Brown") == []


def test_a_digit_for_a_letter_is_repaired_and_an_ordinal_is_not() -> None:
    assert forms("Х1абиб") == ["хӏабиб"]
    assert remarks("Х1абиб") == [("homoglyph", 0)]
    assert forms("John 3rd") == ["john", "3rd"]


def test_other_scripts_are_reported_not_dropped() -> None:
    read = read_name("金正恩 Kim")
    assert [(one.form, one.script) for one in read.tokens] == [("金正恩", OTHER), ("kim", "Latn")]
    assert remarks("金正恩 Kim") == [("not-compared", 0)]


def test_capitals_of_all_scripts_have_their_small_letters() -> None:
    assert forms("İBRAHİM") == ["ibrahim"]
    assert forms("ႠႡᲐ") == ["აბა"]
    assert forms("Weiß") == forms("WEISS") == ["weiss"]


@pytest.mark.parametrize("text", ["", "   ", "\u0301" * 1000, "\ud800", "-,.'\"()", "\u202e\u202d"])
def test_text_without_letters_has_no_tokens(text: str) -> None:
    assert read_name(text).tokens == ()


def test_hostile_names_are_read_in_bounded_time_and_size() -> None:
    start = time.perf_counter()
    for text in ("a " * 500_000, "é" * 1_000_000, "a\u0301" * 500_000, "\ufdfa" * 100_000):
        read = read_name(text)
        assert len(read.tokens) <= MOST_TOKENS
        assert all(len(token.form) <= MOST_LETTERS for token in read.tokens)
        assert "shortened" in [remark.kind for remark in read.remarks]
    assert time.perf_counter() - start < 2


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_text_is_read_into_tokens_of_known_scripts(text: str) -> None:
    read = read_name(text)
    for token in read.tokens:
        assert token.script in (*COMPARED, OTHER)
        assert token.form
        assert any(one.isalnum() for one in token.text)
    assert all(one.token is None or one.token < len(read.tokens) for one in read.remarks)
    assert read.comma_after is None or 0 <= read.comma_after < len(read.tokens)
