"""Cleaning a name: what nobody sees is taken out and told; the rest stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.cleaning import MOST_CHARACTERS, cleaned


def kinds(raw: str) -> list[str]:
    return [remark.kind for remark in cleaned(raw)[1]]


def test_an_ordinary_name_is_left_alone() -> None:
    assert cleaned("O'Neil, Jean-Luc") == ("O'Neil, Jean-Luc", ())


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\ufeff", "\u3164", "\ue000", "\x00"])
def test_an_invisible_character_is_removed_and_told(letter: str) -> None:
    text, remarks = cleaned(f"Pet{letter}rov")
    assert text == "Petrov"
    assert [(one.kind, one.text) for one in remarks] == [("invisible", f"U+{ord(letter):04X}")]


@pytest.mark.parametrize("mark", ["\u202e", "\u2067", "\u200f", "\u061c"])
def test_a_direction_mark_is_told_as_such(mark: str) -> None:
    text, remarks = cleaned(f"{mark}Petrov")
    assert text == "Petrov"
    assert remarks[0].kind == "bidi"


def test_an_unpaired_surrogate_is_unreadable_not_an_error() -> None:
    assert cleaned("Pet\ud800rov")[0] == "Petrov"
    assert kinds("Pet\ud800rov") == ["unreadable"]


def test_a_joiner_between_arabic_letters_is_spelling_and_not_told() -> None:
    assert cleaned("علی\u200cرضا") == ("علیرضا", ())
    assert kinds("Pet\u200crov") == ["invisible"]


def test_two_marks_on_a_letter_stay_and_a_heap_of_them_goes() -> None:
    assert cleaned("Nguye\u0302\u0303n") == ("Nguy\u1ec5n", ())
    text, remarks = cleaned("e\u0301\u0302\u0303\u0304\u0305l")
    assert len(text) <= 4
    assert [one.kind for one in remarks] == ["marks"]


def test_points_and_stress_marks_are_no_part_of_a_name() -> None:
    assert cleaned("مُحَمَّد")[0] == "محمد"
    assert cleaned("מֹשֶׁה")[0] == "משה"
    assert cleaned("Ива\u0301н")[0] == "Иван"
    assert cleaned("Йожеф")[0] == "Йожеф"


def test_a_long_name_is_cut_and_told() -> None:
    text, remarks = cleaned("x" * 1_000_000)
    assert len(text) == MOST_CHARACTERS
    assert [(one.kind, one.text) for one in remarks] == [("shortened", "1000000")]


def test_a_character_that_stands_for_eighteen_does_not_lengthen_without_bound() -> None:
    assert len(cleaned("\ufdfa" * MOST_CHARACTERS)[0]) <= 2 * MOST_CHARACTERS


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_cleaning_takes_any_text_and_cleaning_twice_changes_nothing_more(raw: str) -> None:
    text, _ = cleaned(raw)
    again, _ = cleaned(text)
    assert cleaned(again)[0] == again
    assert not any("\ud800" <= one <= "\udfff" for one in text)
