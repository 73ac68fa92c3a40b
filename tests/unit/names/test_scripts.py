"""Which script a letter belongs to."""

import pytest

from safeconduct.names.scripts import script_of


@pytest.mark.parametrize(
    ("letters", "script"),
    [
        ("aZéłğəßư", "Latn"),
        ("жЇўҚӣ", "Cyrl"),
        ("عپگیﷲ", "Arab"),
        ("אץ", "Hebr"),
        ("ՈւԵֆ", "Armn"),
        ("ძეႠᲐ", "Geor"),
        ("ψΏἀ", "Grek"),
        ("金김あไम", "other"),
    ],
)
def test_a_letter_has_the_script_of_its_block(letters: str, script: str) -> None:
    assert {script_of(one) for one in letters} == {script}
