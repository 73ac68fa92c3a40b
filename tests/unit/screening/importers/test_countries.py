import pytest

from safeconduct.screening.importers.countries import code_of, codes, of_document


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Russia", "ru"),
        ("RUSSIAN FEDERATION", "ru"),
        ("Korea, North", "kp"),
        ("Democratic People's Republic of Korea", "kp"),
        ("Korea (Democratic People's Republic of)", "kp"),
        ("Congo, Democratic Republic of the", "cd"),
        ("Congo", "cg"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Republic of Moldova", "md"),
        ("Syrian Arab Republic", "sy"),
        ("UA", "ua"),
    ],
)
def test_names_as_the_lists_write_them_are_known(said: str, code: str) -> None:
    assert code_of(said) == code


@pytest.mark.parametrize(
    "said", ["", "Ruritania", "Iranian", "suhh", "Korea", "00", "na", "no", "X (Y"]
)
def test_what_names_no_country_is_not_guessed(said: str) -> None:
    assert code_of(said) is None


def test_unknown_words_are_kept_beside_the_codes() -> None:
    assert codes(["Russia", "Ruritanian", "RU", "", None]) == (("ru",), ("Ruritanian",))
    assert of_document("Ruritania") == "Ruritania"
    assert of_document("") is None
