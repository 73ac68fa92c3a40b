"""Names that may not go are found in sentences, scripts and inflections."""

import pytest

from safeconduct.dossier.profiles.remains import NameRemains, refuse_names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Руслан Тестов", "Потом Тестову сказали ехать."),
        ("Руслан Тестов", "с Русланом"),
        ("Руслан Тестов", "They told Testov to go."),
        ("Ruslan Testov", "Руслана вызвали"),
        ("Анна", "Анны не было"),
        ("سامي الاختبار", "قال سامي"),
        ("Sami", "SAMI left"),
    ],
)
def test_a_name_is_found_in_another_script_or_case(name: str, text: str) -> None:
    with pytest.raises(NameRemains, match="c1"):
        refuse_names([{"id": "c1", "value": {"text": ["before", text]}}], (name,))


@pytest.mark.parametrize("text", ["He told the truth.", "Рус", "тест прошёл", "", "Ан"])
def test_other_words_are_left_alone(text: str) -> None:
    refuse_names({"id": "c1", "text": text, "n": 3, "none": None}, ("Руслан Тестов", "Анна"))


def test_a_family_name_that_is_shown_anyway_is_not_looked_for() -> None:
    refuse_names(["Testov left"], ("Anna Testov",), ("Ruslan Testov",))
    with pytest.raises(NameRemains):
        refuse_names(["Anna left"], ("Anna Testov",), ("Ruslan Testov",))


def test_a_word_that_a_person_said_is_no_name_is_passed_and_no_other() -> None:
    tree = ["Leave the house", "Lev left"]
    with pytest.raises(NameRemains):
        refuse_names(tree, ("Лев",), (), ("leave",))
    refuse_names(tree[:1], ("Лев",), (), ("leave",))


def test_the_name_itself_is_not_in_the_message() -> None:
    with pytest.raises(NameRemains) as refused:
        refuse_names([{"id": "c1", "text": "Zanetti came"}], ("Zanetti",))
    assert "Zanetti" not in str(refused.value)
    assert refused.value.places == ("/c1/text",)


def test_nothing_is_refused_without_names() -> None:
    refuse_names(["anything"], ())
