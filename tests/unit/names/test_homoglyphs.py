"""Look-alikes: exchanged into one script, and only where there is one that looks so."""

import pytest

from safeconduct.names.homoglyphs import twin


@pytest.mark.parametrize(
    ("letter", "script", "expected"),
    [
        ("a", "Cyrl", "а"),
        ("а", "Latn", "a"),
        ("H", "Cyrl", "Н"),
        ("Ρ", "Latn", "P"),
        ("о", "Grek", "ο"),
    ],
)
def test_a_look_alike_has_a_twin(letter: str, script: str, expected: str) -> None:
    assert twin(letter, script) == expected


def test_a_letter_that_looks_like_none_has_no_twin() -> None:
    assert twin("ж", "Latn") is None
    assert twin("q", "Grek") is None
    assert twin("a", "Arab") is None


def test_one_for_the_palochka_is_a_letter_in_cyrillic() -> None:
    assert twin("1", "Cyrl") == "ӏ"
    assert twin("7", "Cyrl") is None
