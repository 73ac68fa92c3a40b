import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.geo.folding import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Королёв", "КОРОЛЕВ"),
        ("Ürümqi", "urumqi"),
        ("Ural’sk", "Uralsk"),
        ("Алма-Ата", "алма ата"),
        ("Łódź", "lodz"),
        ("İzmir", "izmir"),
        ("Diyarbakır", "diyarbakir"),
        ("Grüß", "gruss"),
        ("Gəncə", "gence"),
        ("Ере\u200bван\u200f", "ереван"),
        ("Rostov\u2011on\u2011Don", "Rostov on Don"),
        ("თბილისი", "ᲗᲑᲘᲚᲘᲡᲘ"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Киров", "Кирова"), ("Орал", "Oral"), ("Ош", "Ошь")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_name_without_letters_folds_to_nothing() -> None:
    assert folded(" -’\u200f") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
