"""What cannot be seen in a written name."""

import pytest

from safeconduct.casefile.legible import illegible, script_of


@pytest.mark.parametrize(
    "name",
    ["Иван Петров", "Jean-Pierre O’Neil", "علی‌رضا", "Նարեկ", "ნინო", "Ivan Петров", "Ångström",
     "Қоңыр", "José", "Смирнов-Smith"],
)  # fmt: skip
def test_names_as_people_write_them_are_legible(name: str) -> None:
    assert not list(illegible(name))


@pytest.mark.parametrize(
    ("name", "code"),
    [("Iva\u200bn", "200B"), ("\u200fИван", "200F"), ("Ivan\u00ad", "00AD"), ("I\ufeff", "FEFF"),
     ("Ivan\u00a0P", "00A0"), ("A\x00", "0000"), ("A\u3164", "3164"), ("A\ufe0f", "FE0F"),
     ("Iv\u200dan", "200D"), ("A\u2028", "2028")],
)  # fmt: skip
def test_what_is_invisible_is_named_by_its_code_point(name: str, code: str) -> None:
    (found,) = illegible(name)
    assert f"U+{code}" in found


def test_a_homoglyph_is_shown_by_its_code_point_in_its_word() -> None:
    (found,) = illegible("P\u0430vel Ivanov")
    assert found == "letters of Cyrillic and Latin in one word (P[U+0430]vel)"


def test_two_words_in_two_scripts_are_no_homoglyph() -> None:
    assert not list(illegible("Pavel \u0430"))


def test_every_word_with_mixed_letters_is_named() -> None:
    assert len(list(illegible("P\u0430vel Iv\u0430nov"))) == 2


def test_a_joiner_is_invisible_outside_of_scripts_that_need_it() -> None:
    assert not list(illegible("می‌خواهم"))
    assert list(illegible("Iv\u200can"))


def test_the_script_of_a_letter_is_known_for_the_scripts_that_are_met() -> None:
    assert [script_of(one) for one in "aаαա"] == ["Latin", "Cyrillic", "Greek", "Armenian"]
    assert script_of("漢") is None
